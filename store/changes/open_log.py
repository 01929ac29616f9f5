"""The one file that still grows: every save goes here and is on the disk before it is told kept.

The tail is written in advance with line ends and then overwritten, so a save costs one flush of
the device and not two. What a crash left half-written is kept aside and cut; a bad line before
good ones is rot: kept aside, and everything around it stays.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from ..errors import N_, DiskRefused, SyncFailed
from ..files import Disk, refused
from .line import BadLine, Change, decode

STEP: Final = 1024 * 1024
"""Bytes of line ends written in advance."""
_REC: Final = re.compile(rb'"rec":"([a-z][a-z0-9_]{0,31}/[0-9A-Za-z_-]{1,64})"')


class Kept(NamedTuple):
    """A whole line and where it stands."""

    at: int
    raw: bytes
    change: Change


@dataclass(frozen=True, slots=True)
class Scan:
    """What a stretch of the open file holds."""

    kept: tuple[Kept, ...]
    end: int
    """Where the next line goes: after the last whole save."""
    torn: bytes
    """What stands after ``end``: a save that was never told kept."""
    rot: tuple[tuple[int, bytes], ...]
    """Bad lines before good ones, with their places."""


def record_named(raw: bytes) -> str | None:
    """The record that a damaged line still names; None where that cannot be read either."""
    found = _REC.search(raw)
    return found[1].decode() if found else None


def scan(content: bytes, start: int = 0) -> Scan:
    """Read the lines from ``start``: whole saves, rot before them, and a torn tail."""
    lines: list[Kept | tuple[int, bytes]] = []
    at = start
    written = content.rstrip(b"\n\0")  # without the line ends that were written in advance
    for raw in written[start:].split(b"\n"):
        if raw and raw.strip(b"\0"):
            try:
                lines.append(Kept(at, raw, decode(raw)))
            except BadLine:
                lines.append((at, raw))
        at += len(raw) + 1
    last = _last_whole_save(lines)
    kept = tuple(line for line in lines[:last] if isinstance(line, Kept))
    rot = tuple(line for line in lines[:last] if not isinstance(line, Kept))
    end = kept[-1].at + len(kept[-1].raw) + 1 if kept else start
    return Scan(kept, end, written[end:].strip(b"\n\0"), rot)


def _last_whole_save(lines: Sequence[Kept | tuple[int, bytes]]) -> int:
    """How many lines stand up to and with the last line of the last whole save."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if not isinstance(line, Kept):
            continue
        tx = line.change.tx
        if tx is None:
            return place + 1
        first, own, count = tx
        # An earlier save with a rotten line was told kept; only the last one may be torn.
        if own == count and _is_whole(lines, place, first, count):
            return place + 1
        if _another_save_before(lines, place, first):
            return _end_of_saves_before(lines, place, first)
        return 0
    return 0


def _is_whole(lines: Sequence[Kept | tuple[int, bytes]], last: int, first: str, count: int) -> bool:
    if last + 1 < count:
        return False
    for own, line in enumerate(lines[last + 1 - count : last + 1], start=1):
        if not isinstance(line, Kept) or line.change.tx != (first, own, count):
            return False
    return True


def _another_save_before(lines: Sequence[Kept | tuple[int, bytes]], last: int, first: str) -> bool:
    return any(isinstance(line, Kept) and line.change.save != first for line in lines[:last])


def _end_of_saves_before(lines: Sequence[Kept | tuple[int, bytes]], last: int, first: str) -> int:
    for place in range(last, -1, -1):
        line = lines[place]
        if isinstance(line, Kept) and line.change.save != first:
            return place + 1
    return 0


class OpenLog:
    """The open file, held by the one window that writes.

    Args:
        path: The file; made where it is missing.
        disk: How bytes reach the disk; tests put a failing one here.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._disk = disk
        self._broken: SyncFailed | None = None
        self.end = 0
        """Bytes of whole saves."""
        self._room = 0
        self._crc = 0
        fresh = not path.exists()
        try:
            self._fd = disk.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))
        except OSError as error:
            raise refused(error, path) from error
        if fresh:
            self._disk.sync_folder(path.parent)

    def recover(self, start: int, crc: int) -> Scan:
        """Read what is there and cut a torn tail.

        Args:
            start: Bytes that the caller knows already.
            crc: CRC-32 of those bytes; where it is not theirs, everything is read.

        Returns:
            The lines after those known bytes (or all, with ``start`` not believed).
        """
        content = self.path.read_bytes()
        if not (0 <= start <= len(content) and zlib.crc32(content[:start]) == crc):
            start = 0
        found = scan(content, start)
        self.end, self._room = found.end, len(content)
        self._crc = zlib.crc32(content[: found.end])
        if found.torn:
            self._cut()
        return found

    @property
    def crc(self) -> int:
        """CRC-32 of the whole saves."""
        return self._crc

    def append(self, lines: Sequence[bytes]) -> int:
        """Put a whole save on the disk; when this returns, it is kept.

        Returns:
            Where its first line stands.

        Raises:
            DiskRefused, NotebookReadOnly: Nothing of it is kept; the file is as before.
            SyncFailed: Whether it is kept is not known; nothing more is written until reopened.
        """
        if self._broken:
            raise self._broken
        if not os.fstat(self._fd).st_nlink and not self.path.exists():
            raise DiskRefused(where=str(self.path), reason=N_("it was deleted meanwhile"))
        block = b"".join(line + b"\n" for line in lines)
        at = self.end
        try:
            self._make_room(at + len(block))
            self._disk.write_at(self._fd, block, at)
            self._room = max(self._room, at + len(block))
        except OSError as error:
            self._take_back(error)
            raise refused(error, self.path) from error
        try:
            self._disk.sync(self._fd)
        except OSError as error:
            self._broken = SyncFailed(where=self.path.name, reason=error.strerror or str(error))
            raise self._broken from error
        self.end = at + len(block)
        self._crc = zlib.crc32(block, self._crc)
        return at

    def _make_room(self, needed: int) -> None:
        if needed <= self._room:
            return
        room = needed + STEP
        try:
            self._disk.write_at(self._fd, b"\n" * (room - self.end), self.end)
            self._disk.sync(self._fd)
        except OSError:
            self._cut()  # a nearly full disk may still hold the line itself
        else:
            self._room = room

    def _take_back(self, error: OSError) -> None:
        """After a refused write: back to the last whole save."""
        try:
            self._cut()
        except OSError as worse:
            self._broken = SyncFailed(where=self.path.name, reason=worse.strerror or str(error))

    def _cut(self) -> None:
        self._disk.truncate(self._fd, self.end)
        self._disk.sync(self._fd)
        self._room = self.end

    def empty(self) -> None:
        """Begin anew, after everything in it was sealed.

        Raises:
            SyncFailed: Nothing more is written until reopened; what was sealed is kept.
        """
        self.end, self._crc = 0, 0
        try:
            self._cut()
        except OSError as error:
            self._broken = SyncFailed(where=self.path.name, reason=error.strerror or str(error))
            raise self._broken from error

    def close(self) -> None:
        """Let the file go; everything told kept is on the disk already."""
        if self._fd >= 0:
            self._disk.close(self._fd)
            self._fd = -1
