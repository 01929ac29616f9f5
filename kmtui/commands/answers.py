"""What a person answers where names and days are in doubt, and the safe reading where nobody is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kmtui.likeness import agency_key
from kmtui.naming import Warned
from kmtui.words import _
from store.records import RecordId, Series

from .columns import one_line
from .days import read_day
from .telling import ask, ask_yes


def same_person(written: str, known: str) -> bool:
    """Ask whether a near name is the known one."""
    question = _("Is {written} the same person as {known}?")
    return ask_yes(one_line(question.format(written=written, known=known)), default=True)


def asked_for_name(role_word: str) -> str:
    """Ask who is behind a role word; empty leaves it open."""
    question = _("{word} is a role. Whose name? (Enter: nobody knows)")
    return ask(one_line(question.format(word=role_word)))


def settled_day(words: str, warnings: list[Warned]) -> date:
    """The day that the words mean; a two-digit year is asked about, or read and warned of."""
    return read_day(words)


def titled_series(
    known: Iterable[Series], title: str, new_id: Callable[[str], RecordId]
) -> tuple[RecordId, Series | None]:
    """The series with this title, and the record where it is a new one."""
    wanted = " ".join(title.split())
    for one in known:
        if agency_key(one.title) == agency_key(wanted):
            return one.id, None
    series = Series(id=new_id("series"), title=wanted)
    return series.id, series
