"""Plain lines for people: columns that stand straight under each other in Thai too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from store.text import shown_line

_GAP = "  "


def cells(text: str) -> int:
    """How many cells of a terminal the text takes: marks above and below take none."""
    return sum(_cells_of(letter) for letter in text)


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows as lines; the last column is as wide as it is, and nothing is cut off.

    What a person or a file brought is shown without characters that a terminal obeys.
    """
    table = [[one_line(cell) for cell in row] for row in rows]
    if not table:
        return []
    count = max(len(row) for row in table)
    widths = [
        max((cells(row[at]) for row in table if at < len(row) - 1), default=0)
        for at in range(count)
    ]  # what ends its row pushes nobody aside
    return [_line(row, widths) for row in table]


def one_line(text: str) -> str:
    """The text on one line and safe for a terminal."""
    return shown_line(text)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=False)]
    return _GAP.join(padded).rstrip()


def _cells_of(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
