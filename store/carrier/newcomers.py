"""Laptops on a carrier that nobody here knows: what they hold is told before any of it comes in.

A laptop is known that wrote what is here already, that one of those names as met, or that names
one of those itself. Any other is of a notebook that was started apart, perhaps of another team on
a stick that was lent: a person says what is done with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from ..changes import segments
from ..changes.line import Change
from ..ids import kind_of, session_of
from . import laptops
from .kept import SEALED
from .readings import Stranger, Unknown

_MOST: Final = 200
"""Titles, places and people of a laptop that are looked at; a person reads a dozen."""
_SHOWN: Final = 12
_LETTERS: Final = 120
_QUESTIONS: Final = 50
"""Notebooks that are asked about at a time."""
_MANY: Final = 200_000
"""Forums that are counted."""


class Seen:
    """What one unknown laptop has written, as far as a person wants to see it."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.owner = ""
        self.changes = 0
        self.sessions: set[str] = set()
        self.words: dict[str, dict[str, str]] = {"title": {}, "place": {}, "name": {}}

    def look(self, changes: Iterable[Change]) -> None:
        """Go through its lines."""
        for change in changes:
            if laptops.is_of_laptop(change.rec):
                continue
            self.changes += 1
            session = session_of(change.rec)
            if session and len(self.sessions) < _MANY:
                self.sessions.add(session)
            if session == change.rec:
                self._note("title", change)
                self._note("place", change)
            elif kind_of(change.rec) == "person":
                self._note("name", change)

    def _note(self, field: str, change: Change) -> None:
        found, words = self.words[field], change.put.get(field)
        if isinstance(words, str) and words and (change.rec in found or len(found) < _MOST):
            found[change.rec] = words[:_LETTERS]


class Newcomers:
    """Who on a carrier is known, decided when everything there was looked at.

    Args:
        known: Laptops that wrote what is here.
        names: By laptop those whom it has named so far.
        aside: Laptops that are set aside; who knows them is asked about.
        accepted: Laptops that a person takes in; None for all.
    """

    def __init__(
        self,
        known: set[str],
        names: Mapping[str, set[str]],
        aside: Collection[str],
        accepted: Collection[str] | None,
    ) -> None:
        self._all = accepted is None
        self._known = known | set(accepted or ())
        self._aside = frozenset(aside)
        self._names = dict(names)
        self._seen: dict[str, Seen] = {}
        self._met: set[str] = set()

    def knows_one(self, names: Iterable[str], mine: str) -> bool:
        """Whether one of these files is by its name of somebody else who is known."""
        named = map(SEALED.match, names)
        return any(one and one[1] != mine and self.is_known(one[1]) for one in named)

    def is_known(self, laptop: str) -> bool:
        """Whether what it wrote is taken in."""
        return self._all or laptop in self._known

    def hear(self, laptop: str, changes: Iterable[Change]) -> None:
        """Whom a laptop names, in what it tells of itself."""
        own = laptops.record_of(laptop)
        for change in changes:
            if change.rec == own:
                named = laptops.named_in(change.put)
                self._names.setdefault(laptop, set()).update(named)
                owner = change.put.get("owner")
                if laptop in self._seen and isinstance(owner, str):
                    self._seen[laptop].owner = owner[:_LETTERS]

    def wait(self, piece: segments.Piece, changes: Iterable[Change], where: str) -> None:
        """Look at what an unknown laptop wrote; nothing of it is taken in yet."""
        seen = self._seen.setdefault(piece.dev, Seen())
        seen.files.add(where)
        if piece.name not in self._met:
            self._met.add(piece.name)
            changes = tuple(changes)
            seen.look(changes)
            self.hear(piece.dev, changes)

    def settle(self) -> set[str]:
        """Say who is known after all; the files in which those have something."""
        links = self._links()
        vouched: set[str] = set().union(*(self._names.get(one, ()) for one in self._known))
        waiting = [one for one in self._seen if one in vouched or self._named_by(one) & self._known]
        found: set[str] = set()
        while waiting:
            one = waiting.pop()
            if one in self._seen and not self._named_by(one) & self._aside:
                self._known.add(one)
                found |= self._seen.pop(one).files
                waiting += links.get(one, ())
        return found

    def unknown(self) -> Iterator[Unknown]:
        """The notebooks that are asked about, each with its laptops; some of very many."""
        links = self._links()
        left = set(self._seen)
        told = 0
        for first in sorted(self._seen):
            group, waiting = set(), [first]
            while waiting:
                one = waiting.pop()
                if one in left:
                    left.remove(one)
                    group.add(one)
                    waiting += links.get(one, ())
            if group and told < _QUESTIONS:
                told += 1
                yield self._told(sorted(group))

    def _named_by(self, laptop: str) -> set[str]:
        return self._names.get(laptop, set())

    def _links(self) -> dict[str, set[str]]:
        """By laptop those unknown ones that it names or that name it."""
        links: dict[str, set[str]] = {}
        for one, named in self._names.items():
            for other in named:
                if one in self._seen or other in self._seen:
                    links.setdefault(one, set()).add(other)
                    links.setdefault(other, set()).add(one)
        return links

    def _told(self, group: list[str]) -> Unknown:
        seen = [self._seen[one] for one in group]
        return Unknown(
            laptops=tuple(
                Stranger(id=dev, name=one.owner, changes=one.changes)
                for dev, one in zip(group, seen, strict=True)
            ),
            sessions=len(set().union(*(one.sessions for one in seen))),
            titles=_newest(seen, "title"),
            places=_newest(seen, "place"),
            people=_newest(seen, "name"),
        )


def _newest(seen: Iterable[Seen], field: str) -> tuple[str, ...]:
    """Some of the words, the newest records' first, those that come often before the others."""
    words: dict[str, str] = {}
    for one in seen:
        words |= one.words[field]
    newest = [words[rec] for rec in sorted(words, reverse=True)]
    return tuple(one for one, _many in Counter(newest).most_common(_SHOWN))
