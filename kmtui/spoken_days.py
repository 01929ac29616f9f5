"""Days as they are shown: in the language and the digits that were chosen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from kmtui.words import digits, figure, language
from store.dates import written


def day_words(day: date, style: Literal["long", "short", "day"] = "short") -> str:
    """A day in words; ``long`` and ``short`` with the weekday and the year."""
    return written(day, language=language(), style=style, digits=digits())


def day_in_a_list(day: date) -> str:
    """A day with weekday and one year: English has both, and a list has room for one."""
    return day_words(day).partition(" (")[0]


def moment_words(moment: datetime) -> str:
    """Day and time of day of a local moment, for a list."""
    return f"{day_in_a_list(moment.date())} {time_words(moment)}"


def time_words(moment: datetime) -> str:
    """The time of day of a local moment."""
    return figure(f"{moment:%H:%M}")
