"""TinyDB's table, told to touch only the documents that an operation touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Final

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

_GONE: Final = object()


def own(value: Any) -> Any:
    """A copy that shares nothing with what it was made from."""
    if isinstance(value, dict):
        return {key: own(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [own(inner) for inner in value]
    return value


def same(one: Any, other: Any) -> bool:
    """Whether both are the same JSON; Python's own ``==`` takes 1, 1.0 and True for one value."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def apart(document: Document) -> Document:
    """A document that a caller may change without changing the store's."""
    return type(document)(own(dict(document)), document.doc_id)


class Touched(MutableMapping[Any, Any]):
    """A table as an operation sees it: what it touches is copied and remembered."""

    def __init__(self, stored: Mapping[str, Any], id_class: Callable[[str], Any]) -> None:
        self._stored = stored
        self._id_class = id_class
        self._touched: dict[str, Any] = {}
        self.cleared = False

    def _there(self, doc_id: str) -> bool:
        if doc_id in self._touched:
            return self._touched[doc_id] is not _GONE
        return not self.cleared and doc_id in self._stored

    def __getitem__(self, doc_id: Any) -> Any:
        key = str(doc_id)
        if not self._there(key):
            raise KeyError(doc_id)
        if key not in self._touched:
            self._touched[key] = own(dict(self._stored[key]))
        return self._touched[key]

    def __setitem__(self, doc_id: Any, document: Any) -> None:
        self._touched[str(doc_id)] = document

    def __delitem__(self, doc_id: Any) -> None:
        key = str(doc_id)
        if not self._there(key):
            raise KeyError(doc_id)
        self._touched[key] = _GONE

    def __contains__(self, doc_id: object) -> bool:
        return self._there(str(doc_id))

    def __iter__(self) -> Iterator[Any]:
        keys = [] if self.cleared else [key for key in self._stored if key not in self._touched]
        keys += [key for key, document in self._touched.items() if document is not _GONE]
        return iter([self._id_class(key) for key in keys])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove every document."""
        self.cleared, self._touched = True, {}

    def changes(self) -> list[tuple[str, Mapping[str, Any] | None]]:
        """What differs now from what is stored; None for a removed document."""
        found: list[tuple[str, Mapping[str, Any] | None]] = []
        for key, document in self._touched.items():
            there = not self.cleared and key in self._stored
            if document is _GONE:
                if there:
                    found.append((key, None))
            elif not (there and same(dict(document), self._stored[key])):
                found.append((key, dict(document)))
        return found


def _on_a_copy(
    table: dict[int, Mapping[str, Any]],
    updater: Callable[[dict[int, Mapping[str, Any]]], None],
    id_class: Callable[[str], Any],
) -> None:
    """Update a whole table that a storage of TinyDB's has given out, at the very end only."""
    seen = Touched({str(doc_id): document for doc_id, document in table.items()}, id_class)
    updater(seen)  # type: ignore[arg-type] # a mapping that looks like TinyDB's dictionary
    if seen.cleared:
        table.clear()
    for key, document in seen.changes():
        if document is None:
            del table[id_class(key)]
        else:
            table[id_class(key)] = own(dict(document))


class ViewTable(Table):
    """A table over a storage that takes single documents, or over any other of TinyDB's.

    Over any of them a failing update changes nothing, and what is given out is a copy.
    """

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        # Asked of the class: a middleware passes names of its storage on, and would be passed by.
        if not hasattr(type(self._storage), "commit"):
            super()._update_table(lambda table: _on_a_copy(table, updater, self.document_id_class))
            return
        storage: Any = self._storage
        stored = (storage.read() or {}).get(self.name)
        seen = Touched(stored or {}, self.document_id_class)
        updater(seen)  # type: ignore[arg-type] # a mapping that looks like TinyDB's dictionary
        changes = seen.changes()
        if changes or seen.cleared or stored is None:
            storage.commit(self.name, changes, cleared=seen.cleared)
        self.clear_cache()

    def search(self, cond: QueryLike) -> list[Document]:
        """Matching documents, each a copy of its own; nothing is shared between two searches."""
        return [apart(document) for document in super().search(cond)]

    def get(
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> Any:
        """As TinyDB's: copies, and only those that are asked for by id are decoded."""
        if doc_id is None and doc_ids is not None:
            wanted, table = {str(one) for one in doc_ids}, self._read_table()
            return [self._apart(table, key) for key in table if key in wanted]
        found = super().get(cond, doc_id, doc_ids)  # type: ignore[arg-type] # none of its overloads takes all three
        return None if found is None else apart(found)

    def _apart(self, table: Mapping[str, Mapping[str, Any]], key: str) -> Document:
        return self.document_class(own(dict(table[key])), self.document_id_class(key))

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """As TinyDB's; an id is looked up without decoding its document."""
        if doc_id is not None:
            return str(doc_id) in self._read_table()
        return super().contains(cond)

    def __iter__(self) -> Iterator[Document]:
        return map(apart, super().__iter__())

    def update(
        self,
        fields: Mapping[Any, Any] | Callable[[MutableMapping[Any, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """As TinyDB's; a condition is asked without copying what it does not match."""
        if doc_ids is None and cond is not None:
            doc_ids = self._matching(cond)
        return super().update(fields, None if doc_ids is not None else cond, doc_ids)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        """As TinyDB's; a condition is asked without copying what it does not match."""
        if doc_ids is None and cond is not None:
            doc_ids = self._matching(cond)
        return super().remove(None if doc_ids is not None else cond, doc_ids)

    def _matching(self, cond: QueryLike) -> list[int]:
        return [
            self.document_id_class(doc_id)
            for doc_id, document in self._read_table().items()
            if cond(document)
        ]


class ViewDB(TinyDB):
    """TinyDB with our table."""

    table_class = ViewTable
