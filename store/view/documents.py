"""One database of the view: JSON that stock TinyDB opens, its documents decoded when touched."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

from tinydb.storages import Storage

from ..errors import N_, StoreError
from ..files import read_plain, write_new

Document = Mapping[str, Any]
Changes = Iterable[tuple[str, Document | None]]
_LIMIT: Final = 4 << 30
_TABLE: Final = re.compile(rb'\{?("(?:[^"\\]|\\.)*"): \{$')
_DOCUMENT: Final = re.compile(rb'"([^"\\]*)": (\{.*\}),?$')
_OUR_ID: Final = re.compile(rb'\{"id":"([^"\\]*)"')


class DamagedView(StoreError):
    """A file of the view is not what was written; it is made again from the lines."""

    kind = "damaged_view"
    sentence = N_("{where} is damaged. Run `kmtui verify --rebuild`; nothing is lost.")


class Documents(MutableMapping[str, Document]):
    """The documents of one table, each kept as bytes until somebody asks for it."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes | Document] = {}
        self._places: dict[str, str] = {}
        """Our id to TinyDB's."""

    def put_bytes(self, doc_id: str, raw: bytes) -> None:
        """A document as it stands in the file."""
        self._kept[doc_id] = raw
        if found := _OUR_ID.match(raw):
            self._places[found[1].decode()] = doc_id

    def __getitem__(self, doc_id: str) -> Document:
        kept = self._kept[doc_id]
        if isinstance(kept, bytes):
            kept = self._kept[doc_id] = json.loads(kept)
        return kept

    def __setitem__(self, doc_id: str, document: Document) -> None:
        self._forget(doc_id)
        self._kept[doc_id] = document
        if isinstance(our := document.get("id"), str):
            self._places[our] = doc_id

    def __delitem__(self, doc_id: str) -> None:
        self._forget(doc_id)
        del self._kept[doc_id]

    def _forget(self, doc_id: str) -> None:
        if doc_id in self._kept and isinstance(our := self[doc_id].get("id"), str):
            self._places.pop(our, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._kept

    def place(self, our_id: str) -> str | None:
        """TinyDB's id of the document with this id of ours; None where there is none."""
        return self._places.get(our_id)

    def our_ids(self) -> Iterator[str]:
        """Our ids, without decoding anything."""
        return iter(tuple(self._places))

    def encoded(self) -> Iterator[tuple[str, bytes]]:
        """Every document as bytes; what was not touched goes through as it came."""
        for doc_id, kept in self._kept.items():
            yield doc_id, kept if isinstance(kept, bytes) else encode(kept)


def encode(document: Document) -> bytes:
    """A document as one line, our id first.

    Raises:
        ValueError: It holds what JSON or UTF-8 does not: NaN, or half of a character pair.
    """
    if "id" in document:
        document = {"id": document["id"], **document}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


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
            DamagedView, DiskRefused
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
            if not file._read_lines(content):
                file._tables = {
                    table: _whole(documents)
                    for table, documents in (json.loads(content) or {}).items()
                }
        except (ValueError, AttributeError, TypeError) as error:
            raise DamagedView(where=where) from error
        return file

    def _read_lines(self, content: bytes) -> bool:
        """Take the documents line by line; False where the file is laid out otherwise."""
        documents: Documents | None = None
        for line in content.split(b"\n"):
            if documents is not None and (found := _DOCUMENT.match(line)):
                documents.put_bytes(found[1].decode(), found[2])
            elif found := _TABLE.match(line):
                documents = self._tables[json.loads(found[1])] = Documents()
            elif line not in (b"", b"{", b"{}", b"}", b"},"):
                self._tables = {}
                return False
        return True

    # TinyDB's contract

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Every table, its documents decoded on touch."""
        return dict(self._tables) or None  # type: ignore[arg-type] # lazy documents are a mapping

    def write(self, data: Mapping[str, Mapping[Any, Document]]) -> None:
        """Take this as the whole database."""
        self._tables = {
            table: _whole({str(one): dict(document) for one, document in documents.items()})
            for table, documents in data.items()
        }
        self.dirty = True

    def close(self) -> None:
        """Nothing is open between reading and writing."""

    # what a table class may use besides

    def commit(self, table: str, changes: Changes, *, cleared: bool = False) -> None:
        """Set or remove single documents of a table; all of them or none.

        Raises:
            ValueError: A document cannot be written as JSON.
        """
        wanted = [(one, None if new is None else json.loads(encode(new))) for one, new in changes]
        if cleared or table not in self._tables:
            self._tables[table] = Documents()
        documents = self._tables[table]
        for doc_id, document in wanted:
            if document is None:
                documents.pop(doc_id, None)
            else:
                documents[doc_id] = document
        self.dirty = True

    # by our own ids

    def find(self, table: str, our_id: str) -> int | None:
        """TinyDB's id of the document with this id of ours; None where there is none."""
        documents = self._tables.get(table)
        place = documents.place(our_id) if documents is not None else None
        return None if place is None else int(place)

    def ids(self, table: str) -> Iterator[str]:
        """Our ids in a table."""
        documents = self._tables.get(table)
        return documents.our_ids() if documents is not None else iter(())

    def every(self, table: str) -> Iterable[Document]:
        """Every document of a table, not copied: for reading only."""
        documents = self._tables.get(table)
        return documents.values() if documents is not None else ()

    # to the disk

    def parts(self) -> Iterator[bytes]:
        """The file, piece by piece."""
        yield b"{"
        for number, (table, documents) in enumerate(self._tables.items()):
            name = json.dumps(table, ensure_ascii=False).encode()
            yield (b",\n" if number else b"\n") + name + b": {\n"
            lines = [b'"%s": %s' % (one.encode(), raw) for one, raw in documents.encoded()]
            yield b",\n".join(lines)
            yield b"\n}" if lines else b"}"
        yield b"\n}\n" if self._tables else b"}\n"

    def write_to(self, path: Path, *, sync: bool = True) -> tuple[int, int]:
        """Write the whole database in the place of its old file.

        Returns:
            Size in bytes and CRC-32.

        Raises:
            DiskRefused, NotebookReadOnly: The old file stands.
        """
        content = b"".join(self.parts())
        write_new(path, content, sync=sync)
        self.dirty = False
        return len(content), zlib.crc32(content)


def _whole(documents: Mapping[str, Document]) -> Documents:
    found = Documents()
    for doc_id, document in documents.items():
        found[doc_id] = document
    return found
