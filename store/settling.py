"""Finding open conflicts, and the line by which a person settles one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from .changes.fold import Folded
from .changes.ledger import Ledger
from .changes.line import DELETED
from .changing import Plan
from .codec import Shape, field_put, shapes
from .conflicts import (
    STANDS,
    Conflict,
    NoConflict,
    NoOffer,
    NotASide,
    NotJoinable,
    Surroundings,
    conflicts_of,
)
from .edits import Delete
from .errors import N_, BadValue
from .ids import kind_of
from .merging import joined
from .records import Agency, Person, RecordId
from .view.forums import Forums

_IDS: Final = frozenset({"session", "person", "agency"})
"""Fields whose ids every record of a kind has."""
How = Literal["value", "both", "lines"]
"""A new value, all texts below each other, or the offered text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person wants to stand."""

    field: str
    take: str | None
    value: Any
    how: How


def open_conflicts(
    forums: Forums, ledger: Ledger, owners: Mapping[str, str], record: RecordId | None
) -> tuple[Conflict, ...]:
    """Everything that is to settle, newest forums first; of one record where it is named."""
    if record is None:
        gone = (forums.record(one) for one in forums.deleted_unseen())
        found = [*forums.conflicted(), *(one for one in gone if one is not None)]
    else:
        one = forums.record(record)
        found = [one] if one is not None else []
    found.sort(key=lambda one: one.id.partition("/")[2], reverse=True)
    trash = [one.id for one in found if one.KIND == "session" and "deleted" in one.marks]
    unseen: dict[str, Mapping[str, Sequence[str]]] = {
        one: forums.unseen_inside(one) for one in trash
    }
    inside = {inner for records in unseen.values() for inner in records}
    around = Surroundings(
        state=forums.state,
        lines=ledger.of_records({one.id for one in found} | inside),
        people={one.id: one for one in forums.of_team("person", Person)} if found else {},
        agencies={one.id: one for one in forums.of_team("agency", Agency)} if found else {},
        record=forums.record,
        owners=owners,
        unseen=unseen,
    )
    return tuple(conflicts_of(found, around))


def settled(
    plan: Plan, conflicts: Sequence[Conflict], record: RecordId, choice: Choice, state: Folded
) -> None:
    """Put what was chosen into a save.

    Args:
        plan: The save.
        conflicts: Those of the record.
        record: Its id.
        choice: What was chosen.
        state: Of the record.

    Raises:
        NoConflict, NotASide, NotJoinable, NoOffer, BadValue
    """
    where = f"{record}.{choice.field}"
    conflict = next((one for one in conflicts if one.field == choice.field), None)
    if conflict is None:
        raise NoConflict(where=where)
    if choice.field == STANDS:
        _settle_standing(plan, conflict, choice, where)
    elif choice.take is not None:
        if choice.take not in {side.id for side in conflict.sides}:
            raise NotASide(where=where, value=choice.take)
        plan.settle(record, {choice.field: state.heads[choice.field][choice.take]})
    else:
        plan.settle(record, _put(conflict, choice, where))


def _settle_standing(plan: Plan, conflict: Conflict, choice: Choice, where: str) -> None:
    """It was deleted on one laptop and edited on another: does it stay?"""
    gone = choice.value
    if choice.how != "value":
        raise NotJoinable(where=where)
    if choice.take is not None:
        side = next((one for one in conflict.sides if one.id == choice.take), None)
        if side is None:
            raise NotASide(where=where, value=choice.take)
        gone = side.value
    if not isinstance(gone, bool):
        raise BadValue(where=where, value=gone, expected=N_("yes or no"))
    if gone and conflict.inside:  # in the trash it is already; now with what is inside
        plan.settle(conflict.record, {DELETED: plan.seen(conflict.record)})
    elif gone:
        plan.take(Delete(conflict.record))
    else:
        plan.settle(conflict.record, {DELETED: None})


def _put(conflict: Conflict, choice: Choice, where: str) -> dict[str, Any]:
    """A value that none of the sides has, as it is stored."""
    value, kind = choice.value, kind_of(conflict.record)
    if choice.how == "lines":
        if conflict.offer is None:
            raise NoOffer(where=where)
        value = conflict.offer
    elif choice.how == "both":
        value = _both(conflict, where)
    if value is None and choice.field.partition(".")[0] in shapes(kind):
        return {choice.field: None}
    return field_put(kind, choice.field, value, where=conflict.record)


def _both(conflict: Conflict, where: str) -> str:
    """All texts below each other; a code, an id or a time is no text."""
    kind, field = kind_of(conflict.record), conflict.field.partition(".")[0]
    shape = shapes(kind).get(field)
    values = [side.value for side in conflict.sides if side.value is not None]
    if shape is None or not _is_text(shape) or not all(isinstance(one, str) for one in values):
        raise NotJoinable(where=where)
    return joined(field, values)


def _is_text(shape: Shape) -> bool:
    """Whether a field holds free text, and no id: without one it is empty, not none."""
    free = shape.many == "map" or (shape.many == "one" and shape.default == "")
    return free and shape.expected == "text" and shape.name not in _IDS
