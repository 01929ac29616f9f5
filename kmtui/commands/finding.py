"""The record that words on the command line mean: an id, or a name."""

from __future__ import annotations

from collections.abc import Iterable

from kmtui.likeness import agency_key, match_agency, match_person
from kmtui.shapes import title_of
from kmtui.values import FindRecord
from store.errors import AmbiguousRecord, UnknownRecord
from store.notebook import Notebook
from store.records import RecordId


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
        person = match_person(words, notebook.people())
        return [person.record.id] if person.record and person.how == "same" else []
    if kind == "agency":
        agency = match_agency(words, notebook.agencies())
        return [agency.record.id] if agency.record and agency.how == "same" else []
    titled: Iterable[tuple[RecordId, str]] = ()
    if kind == "series":
        titled = ((one.id, title_of(one)) for one in notebook.series())
    elif kind == "session":
        titled = ((one.id, one.title) for one in notebook.sessions())
    key = agency_key(words)
    return [id for id, title in titled if agency_key(title) == key]
