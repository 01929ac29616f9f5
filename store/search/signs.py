"""Which triples of letters stand in which block of lines: a table of bits.

A block that lacks one of the triples of a word cannot hold the word, so that looking for something
rare reads little. A block that has them all may still lack the word. Words of two letters have no
triple: for them there is a second, coarser table of pairs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final

from .letters import PAIRS, TRIPLES, pairs, triples

BLOCK: Final = 1_000
"""Bytes of lines after which a block ends."""
HEAP: Final = 64
"""Blocks that have one row in the table of pairs."""
_HEAP_BYTES: Final = PAIRS // 8


class SignMaker:
    """Makes the table block by block."""

    def __init__(self) -> None:
        self._columns = bytearray()
        """A byte for each triple and eight blocks, all triples of eight blocks together."""
        self._blocks = 0
        self._eight = 0
        self._heap = bytearray()
        self._heaps = bytearray()

    def add(self, lines: bytes) -> None:
        """Take the next block."""
        column = bytearray(TRIPLES)
        deque(map(column.__setitem__, triples(lines), repeat(1 << (self._blocks & 7))), 0)
        self._eight |= int.from_bytes(column, "little")
        self._blocks += 1
        if self._blocks & 7 == 0:
            self._end_eight()
        self._heap += lines
        if self._blocks % HEAP == 0:
            self._end_heap()

    def _end_heap(self) -> None:
        there = bytearray(_HEAP_BYTES)
        for pair in set(pairs(bytes(self._heap))):
            there[pair >> 3] |= 1 << (pair & 7)
        self._heaps += there
        self._heap.clear()

    def _end_eight(self) -> None:
        self._columns += self._eight.to_bytes(TRIPLES, "little")
        self._eight = 0

    def rows(self) -> Iterator[bytes]:
        """The table, a row of bits for each triple; no more blocks can be added."""
        if self._blocks & 7:
            self._end_eight()
        columns = bytes(self._columns)
        self._columns.clear()
        return (columns[triple::TRIPLES] for triple in range(TRIPLES))

    def heaps(self) -> bytes:
        """The table of pairs, a row of bits for each heap; no more blocks can be added."""
        if self._heap:
            self._end_heap()
        return bytes(self._heaps)


def heaps_with(table: memoryview, masks: Iterable[int]) -> Iterator[int]:
    """The heaps that have one pair of each mask, in order.

    Args:
        table: As ``SignMaker.heaps`` gave it.
        masks: Bits of pairs; -1 for what may stand anywhere.
    """
    wanted = [mask for mask in masks if mask >= 0]
    for heap in range(len(table) // _HEAP_BYTES):
        row = table[heap * _HEAP_BYTES : (heap + 1) * _HEAP_BYTES]
        there = int.from_bytes(row, "little")
        if all(there & mask for mask in wanted):
            yield heap


def blocks_with(table: memoryview, wanted: Iterable[int]) -> Iterator[int]:
    """The blocks that have all of these triples, in order.

    Args:
        table: As ``SignMaker.rows`` gave it.
        wanted: Triples, at least one.
    """
    width = len(table) // TRIPLES
    common = -1
    for triple in wanted:
        common &= int.from_bytes(table[triple * width : (triple + 1) * width], "little")
        if not common:
            return
    for at, eight in enumerate(common.to_bytes(width, "little")):
        if eight:
            for bit in range(8):
                if eight >> bit & 1:
                    yield at * 8 + bit
