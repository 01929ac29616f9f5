"""What other laptops ask for, as rows of Home: what was written apart, who lacks what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kmtui.words import counted, figure
from store.notebook import Notebook

from .record_list import Cell, Row


@dataclass(frozen=True, slots=True)
class OfLaptops:
    """Read behind the rest of Home, as it takes longer."""

    conflicts: int = 0
    """Fields that two laptops wrote apart."""
    behind: tuple[tuple[str, int], ...] = ()
    """Laptops that are not known to hold forums of here, and how many of the latest."""


@dataclass(frozen=True, slots=True)
class RoomKey:
    """The row of something that a room shows."""

    room: str


def read_of_laptops(notebook: Notebook) -> OfLaptops:
    """Nothing where nobody else has written here."""
    if len(notebook.laptops()) < 2:
        return OfLaptops()
    lacking = Counter(
        one.name or one.id for receipt in notebook.receipts_behind() for one in receipt.lacking
    )
    return OfLaptops(len(notebook.conflicts()), tuple(sorted(lacking.items())))


def of_laptops(found: OfLaptops) -> Iterator[Row]:
    """A row for what was written apart, and one for each laptop that lacks something."""
    many = found.conflicts
    if many:
        words = counted("{n} edited on two laptops", "{n} edited on two laptops", many)
        yield _row(f"⚡ {words.format(n=figure(many))}", "conflicts")
    for name, lacking in found.behind:
        words = counted("{name} lacks {n} forum", "{name} lacks {n} forums", lacking)
        yield _row(words.format(name=name, n=figure(lacking)), "sync")


def _row(words: str, room: str) -> Row:
    return Row((Cell("  ", 2), Cell(words, style="warning")), key=RoomKey(room))
