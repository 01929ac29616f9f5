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


def apart(document: Document) -> Document:
    """A document that a caller may change without changing the store's."""
    return Document(own(dict(document)), document.doc_id)


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
            before = None if self.cleared else self._stored.get(key)
            if document is _GONE:
                if before is not None:
                    found.append((key, None))
            elif before is None or dict(document) != before:
                found.append((key, dict(document)))
        return found


class ViewTable(Table):
    """A table over a storage that takes single documents; over any other it is TinyDB's own."""

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        commit = getattr(self._storage, "commit", None)
        if commit is None:
            super()._update_table(updater)
            return
        stored = (self._storage.read() or {}).get(self.name)
        seen = Touched(stored or {}, self.document_id_class)
        updater(seen)  # type: ignore[arg-type] # a mapping that looks like TinyDB's dictionary
        changes = seen.changes()
        if changes or seen.cleared or stored is None:
            commit(self.name, changes, cleared=seen.cleared)
        self.clear_cache()

    def search(self, cond: QueryLike) -> list[Document]:
        """Matching documents, each a copy of its own; nothing is shared between two searches."""
        return [apart(document) for document in super().search(cond)]

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """As TinyDB's, copies."""
        found = super().get(*args, **kwargs)
        if isinstance(found, list):
            return [apart(document) for document in found]
        return None if found is None else apart(found)

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
