"""Many texts in one file that is never changed: their keys, the texts, and whose they are.

A file is a head, then tables of 32-bit numbers, then the bits of ``signs``, then the lines. It is
mapped, not read: what was not looked at takes no memory.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ..ids import kind_of, session_of
from ..records import RecordId
from .entry import Entry
from .letters import line_of, text_of, without_tones
from .question import Question
from .signs import BLOCK, HEAP, SignMaker, blocks_with, heaps_with

FULL: Final = 8 * 1024 * 1024
"""Bytes of lines after which a new shard is begun: what making one needs in memory, twice."""
_SIGNED: Final = 64 * BLOCK
"""Bytes of lines from which a table of signs is worth its room."""
_ROW: Final = 16
"""Blocks that are looked at in one go."""
_MAGIC: Final = b"kmwords3"
_ORDER: Final = 0x01020304
_HEAD: Final = struct.Struct("=8sII9QI")
"""Name, byte order, count of entries, sizes of the nine parts, CRC-32 of all of them."""
_CHECK: Final = struct.Struct("=I")
"""CRC-32 of the head."""


class NotAShard(ValueError):
    """The file is not what was written."""


class ShardMaker:
    """Puts texts together for one shard."""

    def __init__(self) -> None:
        self.size = 0
        """Bytes of lines so far."""
        self._lines = bytearray()
        self._whose = bytearray()
        self._texts = bytearray()
        self._starts = array("I")
        self._whose_ends = array("I", [0])
        self._text_ends = array("I", [0])
        self._blocks = array("I")
        self._block_start = -BLOCK
        self._signs = SignMaker()

    def add(self, entry: Entry) -> None:
        """Take one more text."""
        at = len(self._lines)
        if at - self._block_start >= BLOCK:
            self._end_block()
            self._block_start = at
            self._blocks.append(len(self._starts))
        line, packed = line_of(entry.text)
        self._starts.append(at)
        self._lines += line
        self._lines += b"\n"
        self._whose += _whose(entry)
        self._whose_ends.append(len(self._whose))
        self._texts += packed
        self._text_ends.append(len(self._texts))
        self.size = len(self._lines)

    def _end_block(self) -> None:
        if self._block_start >= 0:
            self._signs.add(bytes(self._lines[self._block_start :]))

    def parts(self) -> list[bytes | bytearray]:
        """The whole file in order; no more texts can be added."""
        self._end_block()
        count = len(self._starts)
        self._starts.append(len(self._lines))
        self._blocks.append(count)
        is_big = self.size >= _SIGNED
        signs = b"".join(self._signs.rows()) if is_big else b""
        heaps = self._signs.heaps() if is_big else b""
        tables = (self._starts, self._whose_ends, self._text_ends, self._blocks)
        parts: list[bytes | bytearray] = [table.tobytes() for table in tables]
        parts += [signs, heaps, self._lines, self._whose, self._texts]
        crc = 0
        for part in parts:
            crc = zlib.crc32(part, crc)
        head = _HEAD.pack(_MAGIC, _ORDER, count, *map(len, parts), crc)
        return [head + _CHECK.pack(zlib.crc32(head)), *parts]


def _whose(entry: Entry) -> bytes:
    """Id and field, and what the id does not tell."""
    kind = "" if entry.kind == kind_of(entry.id) else entry.kind
    session = "" if entry.session == session_of(entry.id) else entry.session or "-"
    return f"{entry.id}\t{entry.field}\t{kind}\t{session}".encode()


class Shard:
    """Texts that can be looked through; never changed.

    Args:
        content: The whole file.

    Raises:
        NotAShard: It is not what was written.
    """

    def __init__(self, content: bytes | mmap.mmap) -> None:
        self._content = content
        whole = memoryview(content)
        try:
            parts = _parts_of(whole)
        except NotAShard:
            whole.release()
            raise
        self._parts = parts
        self._whole = whole
        self._starts, self._whose_ends, self._text_ends, self._blocks = (
            part.cast("I") for part in parts[:4]
        )
        self._signs, self._heaps, self._lines, self._whose, self._texts = parts[4:]
        self.count = len(self._starts) - 1
        """How many texts it holds."""

    @classmethod
    def at(cls, path: Path) -> Shard:
        """The shard in this file. Raises NotAShard or OSError."""
        with path.open("rb") as file:
            try:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise NotAShard(path.name) from error
        try:
            return cls(content)
        except NotAShard:
            content.close()
            raise

    @property
    def size(self) -> int:
        """Bytes of lines."""
        return len(self._lines)

    def close(self) -> None:
        """Let go of the file, so that Windows lets it be deleted."""
        tables = (self._starts, self._whose_ends, self._text_ends, self._blocks)
        for view in (*tables, *self._parts, self._whole):
            view.release()
        if isinstance(self._content, mmap.mmap):
            self._content.close()

    def is_whole(self) -> bool:
        """Whether every byte is as it was written; reads all of it."""
        crc = 0
        for part in self._parts:
            crc = zlib.crc32(part, crc)
        found: int = _HEAD.unpack_from(self._whole)[-1]
        return crc == found

    def id_of(self, number: int) -> str:
        """Whose text it is."""
        return self._whose_row(number).partition(b"\t")[0].decode()

    def entry(self, number: int) -> Entry:
        """One of its texts."""
        record, field, kind, session = self._whose_row(number).decode().split("\t")
        belongs = session_of(record) if not session else None if session == "-" else session
        packed = bytes(self._texts[self._text_ends[number] : self._text_ends[number + 1]])
        text = text_of(self._line(number), packed)
        return Entry(record, kind or kind_of(record), _as_id(belongs), field, text)

    def _whose_row(self, number: int) -> bytes:
        return bytes(self._whose[self._whose_ends[number] : self._whose_ends[number + 1]])

    def _line(self, number: int) -> bytes:
        return bytes(self._lines[self._starts[number] : self._starts[number + 1] - 1])

    def exact(self, question: Question) -> Iterator[int]:
        """Texts that hold the words, most likely, in order."""
        for first, last in self._stretches(question):
            start = self._starts[first]
            lines = bytes(self._lines[start : self._starts[last]])
            if question.in_line(lines):
                yield from self._lines_with(question, lines, start)

    def _lines_with(self, question: Question, lines: bytes, start: int) -> Iterator[int]:
        longest = max(question.needles, key=len)
        at = lines.find(longest)
        while at >= 0:
            number = bisect_right(self._starts, start + at) - 1
            end = self._starts[number + 1] - start
            if len(question.needles) == 1 or question.in_line(self._line(number)):
                yield number
            at = lines.find(longest, end)

    def nearly(self, question: Question) -> Iterator[int]:
        """Texts that hold the words but for tone marks, most likely, in order."""
        for first, last in self._stretches(question):
            lines = without_tones(bytes(self._lines[self._starts[first] : self._starts[last]]))
            if question.in_line_without_tones(lines):
                for number, line in enumerate(lines.split(b"\n")[:-1], start=first):
                    near = question.in_line_without_tones(line)
                    if near and not question.in_line(self._line(number)):
                        yield number

    def _stretches(self, question: Question) -> Iterator[tuple[int, int]]:
        """First and last (not in it) of texts in a row that may hold the words."""
        blocks = self._blocks
        if self._signs and question.triples:
            for block, last in _in_a_row(blocks_with(self._signs, question.triples)):
                yield blocks[block], blocks[last]
            return
        last = len(blocks) - 1
        heaps = range(-(-last // HEAP))
        for heap in heaps_with(self._heaps, question.pair_masks) if self._heaps else heaps:
            yield blocks[heap * HEAP], blocks[min((heap + 1) * HEAP, last)]


def _in_a_row(blocks: Iterator[int]) -> Iterator[tuple[int, int]]:
    """First and last (not in it) of blocks in a row: one look costs less than many."""
    first = last = next(blocks, -1)
    for block in blocks:
        last += 1
        if block != last or last - first >= _ROW:
            yield first, last
            first = last = block
    if first >= 0:
        yield first, last + 1


def _as_id(session: str | None) -> RecordId | None:
    return None if session is None else RecordId(session)


def _parts_of(whole: memoryview) -> list[memoryview]:
    size = _HEAD.size + _CHECK.size
    if len(whole) < size or _CHECK.unpack_from(whole, _HEAD.size)[0] != zlib.crc32(
        whole[: _HEAD.size]
    ):
        raise NotAShard("head")
    magic, order, _count, *sizes, _crc = _HEAD.unpack_from(whole)
    if magic != _MAGIC or order != _ORDER or size + sum(sizes) != len(whole):
        raise NotAShard("size")
    parts = []
    for part in sizes:
        parts.append(whole[size : size + part])
        size += part
    return parts


def made_of(entries: Iterable[Entry]) -> Iterator[list[bytes | bytearray]]:
    """Files of these texts, in order; all texts of a record stand in one.

    Args:
        entries: Those of one record behind each other.
    """
    maker, before = ShardMaker(), ""
    for entry in entries:
        if maker.size >= FULL and entry.id != before:
            yield maker.parts()
            maker = ShardMaker()
        maker.add(entry)
        before = entry.id
    if maker.size:
        yield maker.parts()
