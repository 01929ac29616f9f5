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
    by_id: dict[str, list[Change]] = {}
    for change in changes:
        alike = by_id.setdefault(change.id, [])
        if change not in alike:
            alike.append(change)
    found = [one for alike in by_id.values() for one in _standing(alike)]
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

    told = [change.rec, change.put, change.base, change.time, change.dev, change.who, change.tx]
    digest = hashlib.sha256(same_text([*told, change.undoes, change.odd_clock]).encode()).digest()
    return with_chance(change.id, int.from_bytes(digest[:8], "big"))
