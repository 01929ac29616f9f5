"""One database of the view: JSON that stock TinyDB opens, its documents decoded when touched."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tinydb.storages import Storage

from ..files import DISK, Disk, read_plain, write_new
from .document_lines import DamagedView, Document, Documents, encode, name_in_file

Changes = Iterable[tuple[str, Document | None]]
_LIMIT: Final = 4 << 30
_BLOCK: Final = 256 << 10
"""Bytes that are handed to the disk at a time."""
_TABLE: Final = re.compile(rb'("(?:[^"\\]|\\.)*"): \{')
_DOCUMENT: Final = re.compile(rb'"([^"\\]*)": (\{.*\}),?')


class DocumentFile(Storage):
    """The tables of one database, in memory; written whole to a new file when asked."""

    def __init__(self) -> None:
        self._tables: dict[str, Documents] = {}
        self.dirty = False

    @classmethod
    def load(cls, path: Path, crc: int | None) -> DocumentFile:
        """Read a database.

        Args:
            path: Its file.
            crc: CRC-32 that the file must have; None takes any.

        Raises:
            DamagedView, NoSuchFile, CannotRead
        """
        content = read_plain(path, _LIMIT)
        if crc is not None and zlib.crc32(content) != crc:
            raise DamagedView(where=path.name)
        return cls.of_bytes(content, path.name)

    @classmethod
    def of_bytes(cls, content: bytes, where: str = "") -> DocumentFile:
        """A database from the bytes of its file. Raises DamagedView."""
        file = cls()
        try:
            tables = _by_lines(content, where)
            if tables is None:  # TinyDB itself has written it, in a layout of its own
                found = json.loads(content) or {}
                tables = {table: Documents.of(documents) for table, documents in found.items()}
        except (ValueError, AttributeError, TypeError, RecursionError) as error:
            raise DamagedView(where=where) from error
        file._tables = tables
        return file

    # TinyDB's contract

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Every table, its documents decoded on touch."""
        return dict(self._tables) or None  # type: ignore[arg-type] # lazy documents are a mapping

    def write(self, data: Mapping[str, Mapping[Any, Document]]) -> None:
        """Take this as the whole database; what was not decoded is not encoded either.

        Raises:
            ValueError, TypeError: Something in it cannot be written as JSON; nothing has changed.
        """
        tables = {}
        for table, documents in data.items():
            name_in_file(table)
            tables[table] = Documents.of(documents)
        self._tables = tables
        self.dirty = True

    def close(self) -> None:
        """Nothing is open between reading and writing."""

    # what a table class may use besides

    def commit(self, table: str, changes: Changes, *, cleared: bool = False) -> None:
        """Set or remove single documents of a table; all of them or none.

        Raises:
            ValueError, TypeError: A document cannot be written as JSON; nothing has changed.
        """
        name_in_file(table)
        wanted = [(one, None if new is None else encode(new)) for one, new in changes]
        for doc_id, _line in wanted:
            name_in_file(doc_id)
        if cleared or table not in self._tables:
            self._tables[table] = Documents()
        documents = self._tables[table]
        for doc_id, line in wanted:
            if line is not None:
                documents.put(doc_id, line)
            elif doc_id in documents:
                del documents[doc_id]
        self.dirty = True

    # by our own ids

    def find(self, table: str, our_id: str) -> int | None:
        """TinyDB's id of the document with this id of ours; None where there is none."""
        documents = self._tables.get(table)
        place = documents.place(our_id) if documents is not None else None
        return None if place is None else int(place)

    def passing(self, table: str, our_id: str) -> Document | None:
        """The document with this id of ours, decoded for one look; None where there is none."""
        documents = self._tables.get(table)
        place = documents.place(our_id) if documents is not None else None
        return None if documents is None or place is None else documents.passing(place)

    def ids(self, table: str) -> Iterator[str]:
        """Our ids in a table."""
        documents = self._tables.get(table)
        return documents.our_ids() if documents is not None else iter(())

    def ids_with(self, table: str, words: str) -> Iterator[str]:
        """Our ids in a table of the documents in whose lines these words stand."""
        documents = self._tables.get(table)
        return documents.our_ids_with(words) if documents is not None else iter(())

    def every(self, table: str) -> Iterator[Document]:
        """Every document of a table, decoded for one look: for reading only."""
        documents = self._tables.get(table)
        return documents.all_passing() if documents is not None else iter(())

    # to the disk

    def parts(self) -> Iterator[bytes]:
        """The file, line by line."""
        yield b"{"
        between = b"\n"
        for table, documents in self._tables.items():
            yield between + name_in_file(table) + b": {"
            line_end = b"\n"
            for doc_id, line in documents.encoded():
                yield line_end + name_in_file(doc_id) + b": " + line
                line_end = b",\n"
            yield b"\n}"
            between = b",\n"
        yield b"\n}\n" if self._tables else b"}\n"

    def write_to(self, path: Path, *, sync: bool = True, disk: Disk = DISK) -> tuple[int, int]:
        """Write the whole database in the place of its old file.

        Args:
            path: The file.
            sync: Wait until it is on the medium.
            disk: How bytes reach the disk.

        Returns:
            Size in bytes and CRC-32.

        Raises:
            DiskRefused, NotebookReadOnly: The old file stands.
        """
        size = crc = 0

        def told() -> Iterator[bytes]:
            nonlocal size, crc
            for block in _blocks(self.parts()):
                size, crc = size + len(block), zlib.crc32(block, crc)
                yield block

        write_new(path, told(), sync=sync, disk=disk)
        self.dirty = False
        return size, crc


def _by_lines(content: bytes, where: str) -> dict[str, Documents] | None:
    """The tables of a file in our own layout, not decoded; None where it is another's."""
    first, *lines = content.split(b"\n")
    if first != b"{":
        return None
    tables: dict[str, Documents] = {}
    inside: Documents | None = None
    ended = False
    for line in lines:
        if inside is not None and (found := _DOCUMENT.fullmatch(line)):
            inside.put(found[1].decode(), found[2])
        elif inside is not None and line in (b"}", b"},"):
            inside = None
        elif inside is None and not ended and (found := _TABLE.fullmatch(line)):
            inside = tables[json.loads(found[1])] = Documents(where)
        elif inside is None and not ended and line == b"}":
            ended = True
        elif line or not ended:
            return None
    return tables if ended else None


def _blocks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces."""
    held: list[bytes] = []
    length = 0
    for part in parts:
        held.append(part)
        length += len(part)
        if length >= _BLOCK:
            yield b"".join(held)
            held, length = [], 0
    yield b"".join(held)
