"""The sealed files of a notebook, own and received, and the lines in them.

Files here were taken whole and checked when they came, so damage found later is rot: what still
checks is used, the rest is kept aside. A file that was never whole is held with its reason and
tried again.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from ..errors import DamagedSegment, NewerSegment, StoreError
from ..files import read_plain
from ..ids import FAR_ID
from . import segments
from .line import BadLine, Change, checks

_HEADER: Final = b'{"fmt":"' + segments.FORMAT.encode() + b'"'
_SEALED: Final = re.compile(r"chg-([0-9a-z]{1,32})-(\d{6,})-[0-9a-f]{16}\.jsonl")
_ENTRY: Final = re.compile(rb'\n\{"id":"([0-9A-Z]{26})","rec":"([^"\\]{1,100})",')
"""How a line begins, behind the end of the one before it: what stands inside one begins so too,
and no text of a line holds a line end."""


class Ref(NamedTuple):
    """Where a line stands: which file, at which byte, how long."""

    file: int
    at: int
    length: int


class Line(NamedTuple):
    """A line of a sealed file that is not decoded yet."""

    rec: str
    ref: Ref


class Rot(NamedTuple):
    """A line that could be read once and cannot any more."""

    file: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A file that cannot be read yet."""

    file: str
    """Relative to the notebook, with ``/``."""
    refusal: StoreError
    retry: bool
    """Whether waiting may help: still being copied, or an update of the program."""


class Archive:
    """The folder ``log`` of a notebook, without its open file.

    Args:
        folder: The folder; may be missing.
        aside: Laptops whose files count for nothing here.
    """

    def __init__(self, folder: Path, aside: Collection[str] = ()) -> None:
        self.folder = folder
        self.aside = frozenset(aside)
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self.held: set[str] = set()
        """Files that cannot be read; nothing of them counts."""
        self._content = lru_cache(maxsize=24)(self._read)

    def names(self) -> list[str]:
        """Every sealed file that counts, ``<laptop>/<file>``, in a fixed order."""
        every = self.every_name()
        if not self.aside:
            return every
        return [name for name in every if name.partition("/")[0] not in self.aside]

    def every_name(self) -> list[str]:
        """The same, with those of laptops that are set aside."""
        if not self.folder.is_dir():
            return []
        found = (
            f"{laptop.name}/{file.name}"
            for laptop in self.folder.iterdir()
            if laptop.is_dir()
            for file in laptop.iterdir()
            if file.suffix == ".jsonl" and not file.name.startswith((".", "~"))
        )
        return sorted(found)

    def _read(self, name: str) -> bytes:
        return read_plain(self.folder / name, segments.MAX_FILE)

    def content(self, name: str) -> bytes:
        """A sealed file's bytes. Raises StoreError where it cannot be read."""
        return self._content(name)

    def forget(self) -> None:
        """Read files anew: some were put in the place of others."""
        self._content.cache_clear()

    def number(self, name: str) -> int:
        """A small number for this file, for references."""
        if name not in self._numbers:
            self._numbers[name] = len(self._names)
            self._names.append(name)
        return self._numbers[name]

    def take_in(self, name: str, *, own: str = "") -> tuple[list[Line], list[Rot]]:
        """The lines of one sealed file, checked.

        Args:
            name: Of the file.
            own: This laptop; of a file of its own every line that can be read counts, whatever
                stands beside it.

        Raises:
            DamagedSegment, NewerSegment: It must be held; nothing of it counts.
        """
        content = self.content(name)
        try:
            for _whole in segments.read(content, name):
                pass
        except NewerSegment:
            raise
        except DamagedSegment:
            if not (_SEALED.fullmatch(name.partition("/")[2]) and content.startswith(_HEADER)):
                raise
            if segments.is_as_sealed(content, name) and not name.startswith(f"{own}/"):
                raise  # as it was written, and never to be read: no rot
            return self._salvaged(name, content)
        return list(self.lines_of(name, content)), []

    def lines_of(self, name: str, content: bytes) -> Iterator[Line]:
        """The lines of a file whose bytes are known to be whole."""
        number = self.number(name)
        for found in _ENTRY.finditer(content):
            start = found.start() + 1
            end = content.find(b"\n", start)
            length = (end if end >= 0 else len(content)) - start
            yield Line(found[2].decode("ascii"), Ref(number, start, length))

    def _salvaged(self, name: str, content: bytes) -> tuple[list[Line], list[Rot]]:
        """What still checks of a rotten file, line by line."""
        number, at = self.number(name), 0
        lines: list[Line] = []
        rot: list[Rot] = []
        for raw in content.split(b"\n"):
            if rec := _record_of(raw):
                lines.append(Line(rec, Ref(number, at, len(raw))))
            elif raw and not raw.startswith((_HEADER, b'{"end":true')):
                rot.append(Rot(name, raw))
            at += len(raw) + 1
        return lines, rot

    def readable_lines(self, name: str) -> list[bytes]:
        """The lines of a damaged file that still hold; none where it cannot be read at all."""
        try:
            content = self.content(name)
            lines, _rot = self._salvaged(name, content)
        except StoreError:
            return []
        return [content[one.ref.at : one.ref.at + one.ref.length] for one in lines]

    @staticmethod
    def seq_of(name: str) -> int | None:
        """The number in a sealed file's name; None where it has none."""
        found = _SEALED.fullmatch(name.partition("/")[2])
        return int(found[2]) if found else None

    def change(self, ref: Ref) -> Change:
        """The change that stands there."""
        content = self.content(self._names[ref.file])
        raw = content[ref.at : ref.at + ref.length].removesuffix(b"\r")
        try:
            return segments.line(raw)
        except BadLine as error:
            raise DamagedSegment(where=self._names[ref.file], reason=str(error)) from error

    def lines_with(self, words: bytes) -> Iterator[bytes]:
        """Every line of every sealed file that holds these bytes; newest files first."""
        for name in reversed(self.names()):
            if name in self.held:
                continue
            try:
                content = self.content(name)
            except StoreError:
                continue  # told when it was held
            at = content.find(words)
            while at >= 0:
                start = content.rfind(b"\n", 0, at) + 1
                end = content.find(b"\n", at)
                end = len(content) if end < 0 else end
                yield content[start:end]
                at = content.find(words, end)

    def lines_of_records(self, recs: set[bytes]) -> Iterator[bytes]:
        """Every line of every sealed file that is of one of these records."""
        for name in self.names() if recs else ():
            if name in self.held:
                continue
            try:
                content = self.content(name)
            except StoreError:
                continue  # told when it was held
            for found in _ENTRY.finditer(content):
                if found[2] in recs:
                    start = found.start() + 1
                    end = content.find(b"\n", start)
                    yield content[start : len(content) if end < 0 else end]

    def own(self, dev: str) -> list[str]:
        """This laptop's sealed files, oldest first."""
        own = [name for name in self.names() if name.startswith(f"{dev}/chg-{dev}-")]
        numbers = [int(found[2]) for name in own if (found := _SEALED.search(name))]
        if len(set(numbers)) < len(own):  # a backup closed what was open, and came back
            own.sort(key=lambda name: (name[: -len("0123456789abcdef.jsonl")], self._size(name)))
        return own

    def _size(self, name: str) -> int:
        try:
            return (self.folder / name).stat().st_size
        except OSError:
            return 0

    def last_seal(self, dev: str) -> tuple[int, str]:
        """Number and SHA-256 of this laptop's newest sealed file; 0 and empty for none."""
        for name in reversed(self.own(dev)):
            found = _SEALED.fullmatch(name.partition("/")[2])
            if found is None:
                continue
            return int(found[2]), self._sha256(name)
        return 0, ""

    def _sha256(self, name: str) -> str:
        last = self.content(name).rstrip(b"\n").rpartition(b"\n")[2]
        try:
            return str(json.loads(last).get("sha256", ""))
        except (ValueError, AttributeError, RecursionError):
            return ""  # rotten: the chain of seals starts anew


def beginnings_in(content: bytes) -> Iterator[bytes]:
    """How each line of a file begins: its id and its record."""
    return (found[0] for found in _ENTRY.finditer(content))


def far_ids_in(content: bytes) -> set[str]:
    """The ids of a file's lines that are further ahead than any clock is believed to be."""
    ids = (found[1].decode() for found in _ENTRY.finditer(content))
    return {one for one in ids if one >= FAR_ID}


def _record_of(raw: bytes) -> str:
    """The record of a line that holds by itself and is read later as well; empty for none."""
    if not checks(raw):
        return ""
    try:
        return segments.line(raw).rec
    except BadLine:
        return ""


def kept_aside_name(raw: bytes, kind: str) -> str:
    """The name under which damaged bytes are kept aside; the same bytes, the same name.

    Args:
        raw: The bytes.
        kind: ``rot`` or ``torn_tail``.
    """
    return f"{zlib.crc32(raw):08x}-{len(raw)}.{kind}"
