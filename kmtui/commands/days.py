"""Days on the command line: read in พ.ศ. or ISO, shown in พ.ศ. with the weekday.

``store.dates`` is imported only where a day is read or shown: its patterns take their time.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kmtui.naming import Warned
from kmtui.words import _, digits, figure, language, told
from store.errors import StoreError

from .telling import ask, can_ask, talk

if TYPE_CHECKING:
    from store.dates import DateReading
    from store.records import Session


class GivenDay(NamedTuple):
    """When a forum was, as said on the line, and what should be told about the reading."""

    day: date
    until: date | None = None
    starts: str | None = None
    ends: str | None = None
    warnings: tuple[Warned, ...] = ()


def today() -> date:
    """The day that this laptop's clock says."""
    return datetime.now().astimezone().date()


def read_day(words: str) -> date:
    """The day that these words mean. Raises BadDate or NoSuchDay."""
    return _reading(words).day


def day_words(day: date | None) -> str:
    """A day for people; empty for none."""
    if day is None:
        return ""
    from store.dates import written

    return written(day, language=language(), digits=digits())


def when_words(session: Session) -> str:
    """Day or days and hours of a forum for people; empty for none."""
    days = [day_words(one) for one in (session.date, session.until) if one]
    hours = [figure(one) for one in (session.starts, session.ends) if one]
    return " ".join(part for part in (" – ".join(days), "–".join(hours)) if part)


def sure_day(words: str, doubts: list[Warned]) -> date:
    """The day that these words mean.

    Somebody is asked where the year is in doubt; what was taken without asking is put to the
    ``doubts``. Raises BadDate or NoSuchDay.
    """
    given = DAY.of(_reading(words), words)
    doubts.extend(given.warnings)
    return given.day


class Day(click.ParamType):  # type: ignore[type-arg] # generic only from click 8.5 on
    """A day, or days with hours; a year of two digits or none is asked about or warned of."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read it, or refuse the line."""
        if not isinstance(value, str):
            return value
        try:
            return self.of(_reading(value), value)
        except StoreError as error:
            self.fail(told(error), param, ctx)

    def of(self, reading: DateReading, words: str) -> GivenDay:
        """The day, and a warning where it was read without asking."""
        day, warnings = reading.day, []
        if reading.two_digit_year or reading.no_year:
            if can_ask():
                day = _asked_for(words, day)
            else:
                kind = "two_digit_year" if reading.two_digit_year else "no_year"
                sentence = _("The day “{words}” is read as {day}.")
                warnings.append(_warned(kind, sentence, words, day))
        if reading.weekday_agrees is False:
            sentence = _("“{words}” names another weekday than {day}.")
            warnings.append(_warned("weekday_differs", sentence, words, day))
        until = reading.until if day == reading.day else None
        return GivenDay(day, until, reading.starts, reading.ends, tuple(warnings))


DAY = Day()


def _reading(words: str) -> DateReading:
    from store.dates import read_date

    return read_date(words, today=today())


def _warned(kind: str, sentence: str, words: str, day: date) -> Warned:
    return Warned(kind=kind, message=sentence.format(words=words, day=day_words(day)))


def _asked_for(words: str, likely: date) -> date:
    """Ask until the day is clear; Enter takes the likely one."""
    question = _("“{words}” is {day}? Enter: yes, or write the day with its year")
    while True:
        typed = ask(question.format(words=words, day=day_words(likely)))
        if not typed:
            return likely
        try:
            return read_day(typed)
        except StoreError as error:
            talk(told(error))
