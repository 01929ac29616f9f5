"""A task as it is typed: what, who (``@นก``) and by when (``ภายใน 30 พ.ย. 2569``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from kmtui.spoken_days import day_words
from store.dates import BadDate, DateReading, NoSuchDay, read_date

_OWNER: Final = re.compile(r"(?:^|(?<=\s))@(?P<name>[^\s@]+)")
_BY: Final = re.compile(r"\s*(?:ภายใน|\bby\b)\s*(?P<day>\S.*)$", re.DOTALL)
_NEAREST: Final = (0, 100)
"""Years to add to a reading of two digits: a task is due about now, not a century ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PerhapsDay:
    """A day whose year can be read in several ways."""

    written: str
    """As typed."""
    day: date
    """The likeliest."""
    shown: str
    """The same, as a person reads it."""
    text_without: str
    """The task without the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done, taken apart."""

    text: str
    owner: str = ""
    """A written name; empty for nobody."""
    due: date | None = None
    perhaps: PerhapsDay | None = None
    """A day that somebody has to say yes to; then it is still in the text."""


def read_task(typed: str, today: date) -> Task:
    """Take a typed task apart; what is not understood stays in the words."""
    text, owner = typed, ""
    if (named := _OWNER.search(text)) is not None:
        owner = named["name"]
        text = f"{text[: named.start()].rstrip()} {text[named.end() :].lstrip()}".strip()
    by = _BY.search(text)
    reading = _whole_day(by["day"], today) if by else None
    if by is None or reading is None:
        return Task(text=text, owner=owner)
    without, words = text[: by.start()].rstrip(), by["day"].strip()
    if not (reading.two_digit_year or reading.no_year):
        return Task(text=without or text, owner=owner, due=reading.day)
    day = _about_now(reading, today)
    spoken = day_words(day)
    perhaps = PerhapsDay(written=words, day=day, shown=spoken, text_without=without or text)
    return Task(text=text, owner=owner, perhaps=perhaps)


def _whole_day(words: str, today: date) -> DateReading | None:
    """The day that all of these words are; None where they say something else too."""
    try:
        return read_date(words.removeprefix("วันที่").strip(), today=today)
    except (BadDate, NoSuchDay):
        return None


def _about_now(reading: DateReading, today: date) -> date:
    day = reading.day
    if reading.no_year:
        return day if day >= today else _in_year(day, day.year + 1)
    years = (_in_year(day, day.year + more) for more in _NEAREST)
    return min(years, key=lambda one: abs(one - today))


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 28 February for a 29th that it has not."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
