"""What other laptops ask for, as rows: what was written apart or twice, who lacks what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kmtui.words import _, counted, figure
from store.carrier.readings import Receipts
from store.notebook import Notebook
from store.records import RecordId

from .record_list import Cell, Row

LOOKED_AT: Final = 100
"""Forums that are read at most to look for twins where nobody asked for it."""


@dataclass(frozen=True, slots=True)
class OfLaptops:
    """Read behind the rest of Home, as it takes longer."""

    conflicts: int = 0
    """Fields that two laptops wrote apart."""
    behind: tuple[tuple[str, int], ...] = ()
    """Laptops that are not known to hold forums of here, and how many of the latest."""
    twins: int = 0
    """What may be one and was recorded twice; in a large notebook, of the latest forums."""


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
    return OfLaptops(
        len(notebook.conflicts()),
        tuple(sorted(lacking.items())),
        len(notebook.twins(most=LOOKED_AT)),
    )


def of_laptops(found: OfLaptops) -> Iterator[Row]:
    """A row for what was written apart, and one for each laptop that lacks something."""
    many = found.conflicts
    if many:
        words = counted("{n} edited on two laptops", "{n} edited on two laptops", many)
        yield _row(f"⚡ {words.format(n=figure(many))}", "conflicts")
    if found.twins:
        yield _row(twins_sentence(found.twins), "twins")
    for name, lacking in found.behind:
        words = counted("{name} lacks {n} forum", "{name} lacks {n} forums", lacking)
        yield _row(words.format(name=name, n=figure(lacking)), "sync")


def twins_sentence(many: int) -> str:
    """How much was probably recorded twice."""
    words = counted("≈ {n} may be recorded twice", "≈ {n} may be recorded twice", many)
    return words.format(n=figure(many))


def read_holders(notebook: Notebook, sessions: Iterable[RecordId]) -> Receipts | None:
    """Who holds a forum, whichever records it is read from; None where there is one laptop only."""
    every = [notebook.receipts(one) for one in sessions]
    lacking = {laptop.id: laptop for one in every for laptop in one.lacking}
    holding = [one for one in every[0].holding if one.id not in lacking]
    if len(holding) + len(lacking) < 2:
        return None
    return replace(every[0], holding=tuple(holding), lacking=tuple(lacking.values()))


def holders_row(receipts: Receipts) -> Row:
    """``3 of 4 laptops hold this forum; Nok's has not seen it``."""
    held, lacking = len(receipts.holding), receipts.lacking
    every = held + len(lacking)
    words = _("{held} of {n} laptops hold this forum").format(held=figure(held), n=figure(every))
    if lacking:
        names = ", ".join(sorted(one.name or one.id for one in lacking))
        words += counted("; {name}’s has not seen it", "; {name}’s have not seen it", len(lacking)
                         ).format(name=names)  # fmt: skip
    return Row((Cell("  ", 2), Cell(words, style="warning" if lacking else "muted")),
               key=RoomKey("sync") if lacking else None)  # fmt: skip


def _row(words: str, room: str) -> Row:
    return Row((Cell("  ", 2), Cell(words, style="warning")), key=RoomKey(room))
