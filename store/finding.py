"""Finding words in everything that was written, in a notebook of any size."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from .breath import OFTEN, breathing
from .ids import OF_SESSION, kind_of, session_of
from .readings import Hit
from .records import KINDS, Record, RecordId, searched
from .search import Entry, SearchIndex
from .view.forums import Forums
from .view.list_rows import undisturbed

_MORE: Final = 3
"""How many times the limit is looked at, since hits in the trash fall out."""


def entries(record: Record) -> list[Entry]:
    """The texts of a record that are searched; none of a deleted one."""
    if "deleted" in record.marks:
        return []
    kind = record.KIND
    texts: list[tuple[str, str]] = []
    for name in searched(kind):
        value = getattr(record, name)
        words = sorted(value) if isinstance(value, frozenset) else [value]
        texts += [(name, one) for one in words]
    session = session_of(record.id)
    return [Entry(record.id, kind, session, name, text) for name, text in texts if text]


class Finding:
    """The search text of one notebook, kept up with its records.

    Args:
        folder: Of the cache.
        forums: The records.
        writes: Whether this window may write the cache.
    """

    def __init__(self, folder: Path, forums: Forums, *, writes: bool) -> None:
        self._forums = forums
        self._index = SearchIndex(folder if folder.is_dir() or writes else None)
        self._writes = writes
        self._whole = bool(forums.token) and self._index.mark == forums.token

    def search(self, words: str, *, limit: int) -> tuple[Hit, ...]:
        """Texts that hold these words, the trash left out."""
        if not words.strip():
            return ()
        self._catch_up()
        hits = self._index.find(words, limit=limit * _MORE)
        gone = self._forums.gone()
        standing = [hit for hit in hits if hit.id not in gone and hit.session not in gone]
        read = {**self._forums.into(), **self._forums.read_as()}
        if not read:
            return tuple(standing[:limit])
        joined = {hit.session for hit in standing} & {*read.keys(), *read.values()}
        for session in joined - {None}:
            read |= self._forums.folded_into(RecordId(str(session)))
        return _each_once(standing, read)[:limit]

    def _catch_up(self) -> None:
        self._forums.settle()
        if self._whole:
            self.take()
            return
        if not self._writes:
            self._index = SearchIndex(None)
        self._forums.take_changed()
        every = breathing(self._every(), self._forums.breath)
        with undisturbed():
            self._index.rebuild(every, self._forums.token)
            gc.freeze()  # else the next look for garbage stops a screen for seconds
        self._whole = True
        self._take()  # what was saved in a breath

    def take(self) -> None:
        """Take what has changed, with breaths; what changes in them is taken too."""
        changed = self._forums.take_changed() if self._whole else set()
        try:
            while changed:
                self._give(changed.pop())
                if len(changed) % OFTEN == 0:
                    self._forums.breath()
        finally:
            self._forums.changed |= changed
        self._take()

    def _take(self) -> None:
        changed = self._forums.take_changed()
        for record_id in changed if self._whole else ():
            self._give(record_id)

    def _give(self, record_id: str) -> None:
        record = self._forums.record(record_id) if kind_of(record_id) in KINDS else None
        self._index.put(record_id, entries(record) if record else [])

    def _every(self) -> Iterator[Entry]:
        for kind in KINDS:
            if kind not in OF_SESSION:
                for record in self._forums.of_kind(kind):
                    yield from entries(record)
        for kind in ("lesson", "outcome"):
            for record in self._forums.drawn_in_passing(kind):
                yield from entries(record)
        for session in self._forums.originals():
            for record in self._forums.all_inside(session):
                yield from entries(record)
        for one in (*self._forums.into(), *self._forums.read_as()):
            if (joined := self._forums.record(one)) is not None:
                yield from entries(joined)

    def check(self, *, again: bool) -> None:
        """Forget a search text that is damaged, or any where asked; the next search makes it."""
        if again or not self._index.is_whole():
            self._whole = False

    def keep(self, token: str) -> None:
        """At a checkpoint: write what is new, under the checkpoint's token."""
        self._take()
        if self._whole:  # else it is made anew at the next search
            self._index.keep(token, self._forums.breath)


def _each_once(hits: list[Hit], read: Mapping[RecordId, RecordId]) -> tuple[Hit, ...]:
    """Hits in what is joined, as those of what is shown for it."""
    found: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        session = read.get(hit.session, hit.session) if hit.session else None
        shown = dataclasses.replace(hit, id=read.get(hit.id, hit.id), session=session)
        text = shown.field if shown.kind == "turn" else shown.text
        found.setdefault((shown.id, text), shown)
    return tuple(found.values())
