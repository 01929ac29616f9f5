"""Lines of different content under one id: which of them stands, from the lines alone.

Ids carry a few letters of the laptop that made them. Where one of several lines under an id is of
that laptop, it stands and the others are nobody's. Where that says nothing (ids of earlier
versions, letters that somebody has matched), every one of them stands under an id of its own that
follows from its content, so that none takes the place of another in silence, nor is taken away by
an edit that had only one of them in front of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..ids import sign_in, sign_of, with_chance
from .line import Change, same_text


def resolved(changes: Iterable[Change]) -> list[Change]:
    """The lines that stand, each once, oldest first; the result depends on their set alone.

    Args:
        changes: Of one record.
    """
    first: dict[str, Change] = {}
    others: dict[str, dict[str, Change]] = {}
    for change in changes:
        one = first.setdefault(change.id, change)
        if one is not change and one != change:
            others.setdefault(change.id, {})[_content(change)] = change
    alike = ([one, *others.get(change_id, {}).values()] for change_id, one in first.items())
    found = [change for each in alike for change in _standing(each)]
    return sorted(found, key=lambda change: change.id)


def _standing(alike: list[Change]) -> list[Change]:
    if len(alike) == 1:
        return alike
    makers = [change for change in alike if sign_in(change.id) == sign_of(change.dev)]
    if len(makers) == 1:
        return makers
    return [change._replace(id=own_id(change)) for change in alike]


def own_id(change: Change) -> str:
    """The id under which a line stands that shares its own with another: time and content."""
    import hashlib  # only where two lines share an id

    digest = hashlib.sha256(_content(change).encode()).digest()
    return with_chance(change.id, int.from_bytes(digest[:8], "big"))


def _content(change: Change) -> str:
    """All that a line says but its id, as one text."""
    told = [change.rec, change.put, change.base, change.time, change.dev, change.who, change.tx]
    return same_text([*told, change.undoes, change.odd_clock])
