"""The record that words on the command line mean: an id, or a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from kmtui.values import FindRecord
from store.errors import N_, AmbiguousRecord, UnknownRecord
from store.names import match, match_agency
from store.notebook import Notebook
from store.records import RecordId
from store.text import loose_key, search_key


def finder(notebook: Notebook) -> FindRecord:
    """Finds records of this notebook, names before ids; a name in doubt is refused."""

    def find(kind: str, words: str) -> RecordId:
        named, near = _named(notebook, kind, words)
        if len(named) > 1:
            raise AmbiguousRecord(where=words, count=len(named))
        if named:
            return named[0]
        with _offering(near, words):
            found = notebook.find_id(words)
            if not found.startswith(f"{kind}/"):
                raise UnknownRecord(where=words)
        return found

    return find


class NearlyKnown(UnknownRecord):
    """Nobody is called so, but somebody nearly is: only a person can say whether it is them."""

    sentence = N_("There is no record {where}. Nearly: {near}.")


@contextmanager
def _offering(near: Sequence[str], words: str) -> Iterator[None]:
    """Tell what is nearly called so where there is no record."""
    try:
        yield
    except UnknownRecord:
        if near:
            raise NearlyKnown(where=words, near=", ".join(near)) from None
        raise


def _named(notebook: Notebook, kind: str, words: str) -> tuple[list[RecordId], list[str]]:
    """The records of this kind that are called so, and what others are called that nearly are."""
    if kind == "person":
        found = match(words, notebook.people())
        return [found.same.id] if found.same else [], [one.name for one in found.near]
    if kind == "agency":
        agency = match_agency(words, notebook.agencies())
        near = [one.short or one.full for one in agency.near]
        return [agency.same.id] if agency.same else [], near
    titled: Iterable[tuple[RecordId, str]] = ()
    if kind == "series":
        titled = ((one.id, one.title) for one in notebook.series())
    elif kind == "session":
        titled = ((one.id, one.title) for one in notebook.sessions())
    key = search_key(words)
    every = list(titled)
    same = [record for record, title in every if search_key(title) == key]
    slips = [title for _record, title in every if loose_key(title) == loose_key(words)]
    return same, slips
