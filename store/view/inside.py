"""What stands inside a forum, as a deletion of the forum names it, and what it had not seen.

A deletion lists the changes that its writer had before it. For a forum these are also the changes
of its turns, attendance, reviews, lessons and outcomes: whatever is written inside it and is not on
that list was written by somebody who did not know of the deletion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..changes.fold import Folded
from ..changes.line import DELETED
from ..ids import FIRST_ID, record_letters
from . import places
from .shelves import Shelves

LOOKED_INSIDE: Final = FIRST_ID
"""An id that no change has: a deletion that names it names everything inside that it had seen."""
_MOST: Final = 5_000
"""Changes that a deletion names, about 150 kB; of a longer forum it says nothing."""
_INSIDE: Final = ("turn", "attendance", "review")
_DRAWN: Final = ("lesson", "outcome")


def named_inside(shelves: Shelves, session: str) -> list[str]:
    """What a deletion of this forum names besides the changes of the forum's own record."""
    found = [head for _id, state in _living(shelves, session) for head in state.live_heads()]
    return [LOOKED_INSIDE, *sorted(found)] if len(found) <= _MOST else []


def unseen_inside(shelves: Shelves, session: str) -> dict[str, list[str]]:
    """What was written inside a deleted forum by somebody who did not know of it.

    Returns:
        By record, its changes that no deletion names; empty for a forum that is not deleted, and
        where a deletion says nothing of the inside.
    """
    state = shelves.of(session).state(session)
    deletions = [ids for ids in state.heads.get(DELETED, {}).values() if ids is not None]
    if not deletions or any(LOOKED_INSIDE not in ids for ids in deletions):
        return {}
    if not state.shown().deleted:
        return {}
    seen = {one for ids in deletions for one in ids}
    return {
        id_: fresh
        for id_, inner in _living(shelves, session)
        if (fresh := [one for one in inner.live_heads() if one not in seen])
    }


def _living(shelves: Shelves, session: str) -> Iterator[tuple[str, Folded]]:
    """Everything inside that is not in the trash by itself."""
    letters = record_letters(session)
    for name, kinds in ((places.inside_shelf(letters), _INSIDE),
                        (places.lessons_shelf(letters), _DRAWN)):  # fmt: skip
        shelf = shelves.shelf(name)
        for kind in kinds:
            for one in list(shelf.ids_of(places.TABLES[kind], letters)):
                state = shelf.state(one)
                if not state.shown().deleted:
                    yield one, state
