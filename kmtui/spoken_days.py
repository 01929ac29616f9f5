"""Days as they are shown: in the language and the digits that were chosen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from kmtui.words import digits, figure, language
from store.dates import written


def day_words(day: date, style: Literal["long", "short", "day"] = "short") -> str:
    """A day in words; ``long`` and ``short`` with the weekday and the year."""
    return written(day, language=language(), style=style, digits=digits())


def moment_words(moment: datetime) -> str:
    """Day and time of day of a local moment."""
    return f"{day_words(moment.date(), 'day')} {figure(f'{moment:%H:%M}')}"
