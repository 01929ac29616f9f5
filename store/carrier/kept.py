"""The sealed files that this notebook has, and what each of them holds, told cheaply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ..changes import segments
from ..changes.archive import Archive
from ..errors import StoreError
from ..ids import session_of

SEALED: Final = re.compile(r"chg-([0-9a-z]{1,32})-(\d{6,})-([0-9a-f]{16})\.jsonl")
_COUNT: Final = re.compile(rb'\n\{"end":true,"n":(\d{1,9}),')
_ID: Final = re.compile(rb'\n\{"id":"([0-7][0-9A-HJKMNP-TV-Z]{25})"')
_REC: Final = re.compile(rb'\n\{"id":"[0-9A-Z]{26}","rec":"([a-z][a-z0-9_]*/[0-9A-Za-z_-]+)"')
_PREV: Final = re.compile(rb'"prev":"([0-9a-f]{64})"')
_OF_LAPTOP: Final = re.compile(rb'\n\{"id":"[0-9A-Z]{26}","rec":"laptop/')
_TAIL: Final = 512
"""Bytes: the end line with its check sum, and some of the line before."""


class KeptFile(NamedTuple):
    """A sealed file below ``log``."""

    name: str
    """``<laptop>/<file>``."""
    path: Path
    dev: str
    seq: int
    size: int

    @property
    def file(self) -> str:
        """Its name alone, the same everywhere."""
        return self.path.name


class KeptFiles:
    """All sealed files of a notebook, by their names.

    Args:
        archive: The folder of lines.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.by_file: dict[str, KeptFile] = {}
        self.seqs: dict[str, dict[int, set[str]]] = {}
        """By laptop and number the files' names; more than one tells of a copied notebook."""
        for name in archive.names():
            self.add(name)

    def add(self, name: str) -> None:
        """A file that is there now; a name that is none of ours is left out."""
        found = SEALED.fullmatch(name.partition("/")[2])
        if found is None:
            return
        path = self._archive.folder / name
        try:
            size = path.lstat().st_size
        except OSError:
            return
        self.by_file[path.name] = KeptFile(name, path, found[1], int(found[2]), size)
        self.seqs.setdefault(found[1], {}).setdefault(int(found[2]), set()).add(path.name)

    def drop(self, name: str) -> None:
        """A file that is not there any more."""
        gone = self.by_file.pop(name.partition("/")[2], None)
        if gone is not None:
            self.seqs[gone.dev][gone.seq].discard(gone.file)
            if not self.seqs[gone.dev][gone.seq]:
                del self.seqs[gone.dev][gone.seq]

    def __iter__(self) -> Iterator[KeptFile]:
        """By laptop and number."""
        return iter(sorted(self.by_file.values(), key=lambda one: (one.dev, one.seq, one.file)))

    def of(self, dev: str) -> list[KeptFile]:
        """The files of one laptop, oldest first."""
        seqs = self.seqs.get(dev, {})
        return [self.by_file[name] for seq in sorted(seqs) for name in sorted(seqs[seq])]

    def is_same(self, path: Path, size: int, file: str) -> bool:
        """Whether a file elsewhere is one that is here: name, size, and the end with its sum."""
        kept = self.by_file.get(file)
        if kept is None or kept.size != size:
            return False
        try:
            return tail(path, size) == tail(kept.path, size)
        except OSError:
            return False

    def is_there(self, path: Path, size: int, file: str) -> bool:
        """The same, and for one that is encrypted there: by its name, where ours is whole."""
        if path.name == file:
            return self.is_same(path, size, file)
        known = self.by_file.get(file)
        return known is not None and size > known.size and self.whole(known) is not None

    def whole(self, kept: KeptFile) -> segments.Piece | None:
        """A file of ours that still holds its check sum; None where it rotted."""
        try:
            (piece,) = segments.pieces(self._archive.content(kept.name), kept.name)
        except (StoreError, ValueError):
            return None
        return piece if isinstance(piece, segments.Piece) and piece.name == kept.file else None

    def content(self, kept: KeptFile) -> bytes:
        """Its bytes. Raises StoreError where it cannot be read."""
        return self._archive.content(kept.name)

    def followed(self, dev: str) -> set[str]:
        """Check sums that files of this laptop name as the one before them."""
        found = set()
        for kept in self.of(dev):
            try:
                with kept.path.open("rb") as file:
                    first = file.readline(1_000)
            except OSError:
                continue
            found |= {one.decode() for one in _PREV.findall(first)}
        return found


def tail(path: Path, size: int) -> bytes:
    """The last bytes of a file. Raises OSError."""
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        return file.read(_TAIL)


def count_told(path: Path, size: int) -> int:
    """How many lines a sealed file says that it holds; 0 where it cannot be read."""
    try:
        found = _COUNT.findall(tail(path, size))
    except OSError:
        return 0
    return int(found[-1]) if found else 0


def newest_id(content: bytes) -> str:
    """The greatest change id in a file's bytes; empty for none."""
    return max((one.decode() for one in _ID.findall(content)), default="")


def records_in(content: bytes) -> set[str]:
    """The records that a file's lines name."""
    return {one.decode() for one in _REC.findall(content)}


def sessions_in(content: bytes) -> set[str]:
    """The sessions that a file's lines touch."""
    return {found for one in records_in(content) if (found := session_of(one))}


def of_records(lines: int, content: bytes) -> int:
    """How many of so many lines are changes of records, not what a laptop tells of itself."""
    return lines - len(_OF_LAPTOP.findall(content))
