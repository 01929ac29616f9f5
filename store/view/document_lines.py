"""The documents of one table, each kept as its line of the file until somebody asks for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Final

from ..errors import N_, StoreError

Document = Mapping[str, Any]
_OUR_ID: Final = re.compile(rb'\{"id":"([^"\\]*)"')


class DamagedView(StoreError):
    """A file of the view is not what was written; it is made again from the lines."""

    kind = "damaged_view"
    sentence = N_("{where} is damaged. Run `kmtui verify --rebuild`; nothing is lost.")


class Documents(MutableMapping[str, Document]):
    """The documents of one table, each kept as bytes until somebody asks for it.

    Args:
        where: The file that they stand in, for a refusal to name.
    """

    def __init__(self, where: str = "") -> None:
        self._where = where
        self._kept: dict[str, bytes | Document] = {}
        self._places: dict[str, str] = {}
        """Our id to TinyDB's."""

    @classmethod
    def of(cls, documents: Mapping[Any, Document]) -> Documents:
        """A table that shares nothing with these. Raises ValueError or TypeError as `encode`."""
        known = documents._kept if isinstance(documents, Documents) else documents
        found = cls()
        for doc_id, kept in known.items():
            found.put(str(doc_id), kept if isinstance(kept, bytes) else encode(kept))
        return found

    def put(self, doc_id: str, line: bytes) -> None:
        """Keep a document as it stands in the file."""
        if doc_id in self._kept:
            self._leave(doc_id)
        self._kept[doc_id] = line
        if (our := _our_id(line)) is not None:
            self._places[our] = doc_id

    def _leave(self, doc_id: str) -> None:
        our = _our_id(self._kept[doc_id])
        if our is not None and self._places.get(our) == doc_id:
            del self._places[our]

    def __getitem__(self, doc_id: str) -> Document:
        kept = self._kept[doc_id]
        if isinstance(kept, bytes):
            try:
                kept = self._kept[doc_id] = json.loads(kept)
            except (ValueError, RecursionError) as error:
                raise DamagedView(where=self._where) from error
        return kept

    def passing(self, doc_id: str) -> Document:
        """A document for one look: it stays as it is in the file. Raises as reading it does."""
        kept = self._kept[doc_id]
        if not isinstance(kept, bytes):
            return kept
        try:
            found: Document = json.loads(kept)
        except (ValueError, RecursionError) as error:
            raise DamagedView(where=self._where) from error
        return found

    def all_passing(self) -> Iterator[Document]:
        """Every document for one look: ten thousand that stayed decoded take 20 MB."""
        return map(self.passing, tuple(self._kept))

    def __setitem__(self, doc_id: str, document: Document) -> None:
        self.put(doc_id, encode(document))

    def __delitem__(self, doc_id: str) -> None:
        self._leave(doc_id)
        del self._kept[doc_id]

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

    def our_ids_with(self, words: str) -> Iterator[str]:
        """Our ids of the documents in whose lines these words stand, without decoding the rest."""
        sought = words.encode()
        for our_id, doc_id in tuple(self._places.items()):
            kept = self._kept[doc_id]
            if sought in (kept if isinstance(kept, bytes) else encode(kept)):
                yield our_id

    def encoded(self) -> Iterator[tuple[str, bytes]]:
        """Every document as bytes; what was not touched goes through as it came."""
        for doc_id, kept in self._kept.items():
            yield doc_id, kept if isinstance(kept, bytes) else encode(kept)


def _our_id(kept: bytes | Document) -> str | None:
    """The id of ours that a document carries, read off its first bytes where it is not decoded."""
    if isinstance(kept, bytes):
        if found := _OUR_ID.match(kept):
            return found[1].decode()
        if not kept.startswith(b'{"id":"'):
            return None
        our = json.loads(kept)["id"]  # with a quote or a backslash in it
    else:
        our = kept.get("id")
    return our if isinstance(our, str) else None


def encode(document: Document) -> bytes:
    """A document as one line, our id first.

    Raises:
        ValueError: It holds what JSON or UTF-8 does not: NaN, or half of a character pair.
        TypeError: It holds a value or a key that JSON would turn into another.
    """
    if "id" in document:
        document = {"id": document["id"], **document}
    _need_text_keys(document)
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def _need_text_keys(value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of a document must be text, found {key!r}")
            if isinstance(inner, dict | list | tuple):
                _need_text_keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _need_text_keys(inner)


def name_in_file(name: str) -> bytes:
    """The name of a table or document as it stands in the file."""
    if not isinstance(name, str):
        raise TypeError(f"the name of a table must be text, found {name!r}")
    return json.dumps(name, ensure_ascii=False).encode()
