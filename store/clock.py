"""The laptop's clock, which can be handed in by who asks, and the moments that lines tell."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime


def local_now() -> datetime:
    """The wall clock, with this laptop's own offset; no table of time zones is needed."""
    return datetime.now().astimezone()


def moment_of(text: str) -> datetime | None:
    """The moment in a line's time; None for none, and where no other zone could tell it.

    At the ends of the calendar a moment of one zone is outside of it in the next.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if MINYEAR < found.year < MAXYEAR else None
