"""Whom the Tab key offers: the people who spoke last."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import RecordId, Turn


def last_speakers(turns: Sequence[Turn], most: int = 12) -> tuple[RecordId, ...]:
    """Known speakers, the latest first, each once.

    Args:
        turns: In their order.
        most: How many to name at most; reading stops there.
    """
    found: dict[RecordId, None] = {}
    for turn in reversed(turns):
        if turn.speaker is not None:
            found[turn.speaker] = None
            if len(found) == most:
                break
    return tuple(found)
