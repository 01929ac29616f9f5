"""Closing what one record lacks: who said it, who does it, by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kmtui.beginning import Doubt, meant
from kmtui.recording.keeping import attending
from kmtui.recording.tasks import read_task
from kmtui.spoken_days import day_words
from kmtui.words import _
from store.dates import read_date
from store.edits import Add, Change, Edit
from store.errors import N_
from store.notebook import Notebook
from store.readings import Gap
from store.records import Person, RecordId

Lacked = Literal["speaker", "owner", "due"]

_LACKED_BY: Final[Mapping[str, Lacked]] = {
    "turn_without_speaker": "speaker",
    "action_without_owner": "owner",
    "action_without_due": "due",
}
_ASKED: Final[Mapping[Lacked, str]] = {
    "speaker": N_("Speaker"),
    "owner": N_("who does a task"),
    "due": N_("day of a task"),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """A field of a turn or a task that nobody has said yet."""

    record: RecordId
    field: Lacked

    @property
    def asked(self) -> str:
        """What is asked for, in the language of the interface."""
        return _(_ASKED[self.field])

    @property
    def hint(self) -> str:
        """How it can be typed; empty where that needs no words."""
        return _("such as 22 Nov 2569") if self.field == "due" else ""


def lack_of(gap: Gap) -> Lack | None:
    """What can be typed to close a gap; None where one line is not enough."""
    field = _LACKED_BY.get(gap.kind)
    return Lack(gap.about, field) if field and gap.about else None


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day until which a task should be done."""

    day: date
    sure: bool
    """False where the year was not written whole: ask."""


def read_due(words: str, today: date) -> DueDay:
    """Read a day as in the words of a task itself: near today, and rather ahead than behind.

    Raises:
        BadDate: These words are no day.
    """
    task = read_task(f"ภายใน {words}", today)
    if task.due is not None:
        return DueDay(task.due, sure=True)
    if task.perhaps is not None:
        return DueDay(task.perhaps.day, sure=False)
    return DueDay(read_date(words, today=today).day, sure=True)


def name_somebody(
    notebook: Notebook,
    session: RecordId,
    lack: Lack,
    name: str,
    settled: Mapping[str, RecordId | None],
) -> Doubt | None:
    """Keep who spoke, or who does a task.

    Args:
        notebook: To keep it in.
        session: The forum that the turn or task is of.
        lack: What is named.
        name: As typed.
        settled: Names that were asked about, and who is meant; None for somebody new.

    Returns:
        A name that has to be asked about, with nothing kept; None where it is kept.

    Raises:
        StoreError: As ``Notebook.save``.
    """
    newcomers: dict[str, Person] = {}
    found = meant(notebook, name, settled, newcomers)
    if isinstance(found, Doubt):
        return found
    edits: list[Edit] = [*map(Add, newcomers.values())]
    if lack.field == "speaker":
        known = newcomers.get(name) or notebook.record(found)
        if isinstance(known, Person):
            edits += attending(notebook, session, known)
    notebook.save(*edits, Change(lack.record, {lack.field: found}))
    return None


def year_question(day: date) -> str:
    """Whether a day is meant whose year was not written whole."""
    return _("{day}? Enter = yes.").format(day=day_words(day, "long"))
