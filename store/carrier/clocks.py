"""Clocks that are wrong, told from the times that laptops write beside their changes.

No rule of the notebook reads a time; a person should hear of it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from ..changes.line import Change

AHEAD: Final = timedelta(days=1)
"""More than any two time zones are apart."""
_BACK: Final = timedelta(hours=1)


def latest_believed(now: datetime) -> str:
    """The latest time that another laptop may have written, as it writes it."""
    return (now + AHEAD).isoformat(timespec="seconds")


def wrong_time(changes: Iterable[Change], latest: str) -> str | None:
    """A time that these changes cannot have been made at; None where all may be right.

    Args:
        changes: Of one laptop, in the order in which it made them.
        latest: From ``latest_believed``; empty where our own clock is not to be believed.
    """
    before = ""
    for change in changes:
        if change.odd_clock or (latest and change.time > latest):
            return change.time
        if change.time < before and _went_back(before, change.time):
            return change.time
        before = change.time
    return None


def _went_back(before: str, after: str) -> bool:
    try:
        return datetime.fromisoformat(before) - datetime.fromisoformat(after) > _BACK
    except (ValueError, TypeError):
        return False
