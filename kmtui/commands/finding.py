"""The record that words on the command line mean: an id, or a name."""

from __future__ import annotations

from collections.abc import Iterable

from kmtui.values import FindRecord
from store.errors import AmbiguousRecord, UnknownRecord
from store.names import match, match_agency
from store.notebook import Notebook
from store.records import RecordId
from store.text import search_key


def finder(notebook: Notebook) -> FindRecord:
    """Finds records of this notebook, names before ids; a name in doubt is refused."""

    def find(kind: str, words: str) -> RecordId:
        named = _named(notebook, kind, words)
        if len(named) > 1:
            raise AmbiguousRecord(where=words, count=len(named))
        if named:
            return named[0]
        found = notebook.find_id(words)
        if not found.startswith(f"{kind}/"):
            raise UnknownRecord(where=words)
        return found

    return find


def _named(notebook: Notebook, kind: str, words: str) -> list[RecordId]:
    """The records of this kind that are called so."""
    if kind == "person":
        found = match(words, notebook.people())
        return [found.same.id] if found.same else []
    if kind == "agency":
        agency = match_agency(words, notebook.agencies())
        return [agency.same.id] if agency.same else []
    titled: Iterable[tuple[RecordId, str]] = ()
    if kind == "series":
        titled = ((one.id, one.title) for one in notebook.series())
    elif kind == "session":
        titled = ((one.id, one.title) for one in notebook.sessions())
    key = search_key(words)
    return [record for record, title in titled if search_key(title) == key]
