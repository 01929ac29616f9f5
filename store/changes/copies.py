"""How many copies of files that could not be read ``held`` takes, and of what size."""

from __future__ import annotations

from pathlib import Path
from typing import Final

REASON: Final = ".reason.txt"
MOST: Final = 200
"""Copies; what is past them is still told every time."""
LARGEST: Final = 200 << 20
"""Bytes of all copies together."""


def has_room(folder: Path, size: int) -> bool:
    """Whether one more copy of so many bytes is kept in ``held``; what is not is told all the same.

    Raises:
        OSError
    """
    copies = [one.stat().st_size for one in folder.iterdir() if not one.name.endswith(REASON)]
    return len(copies) < MOST and sum(copies) + size <= LARGEST
