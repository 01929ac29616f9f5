"""What is read as one: people, agencies and forums that somebody joined; the originals stay.

Only what is joined pays for it: without a joined person or agency no record is looked at, and a
forum says by itself whether it is part of another.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from ..records import Agency, Person, Record, RecordId, Session, Turn, facts_of
from ..rules.twins import first_of, one_each, placed_anew, read_as, side_by_side
from . import places
from .shelves import Shelf

R = TypeVar("R", bound=Record)
ReadAs = Mapping[RecordId, RecordId]
"""Records that are read as others, with those."""


def team_read_as(shelf: Shelf) -> dict[RecordId, RecordId]:
    """People and agencies that are read as another one."""
    found: dict[RecordId, RecordId] = {}
    for kind in ("person", "agency"):
        table = places.TABLES[kind]
        if next(shelf.file.ids_with(table, '"same_as":'), None) is None:
            continue
        records = [one for id_ in shelf.ids(table) if (one := shelf.record(id_)) is not None]
        living = [one for one in records if "deleted" not in one.marks]
        found |= read_as({one.id: getattr(one, "same_as", ()) for one in living})
    return found


def pointed(record: R, read: ReadAs) -> R:
    """A record that points to the people and agencies as which others are read."""
    if not read:
        return record
    changed: dict[str, Any] = {}
    for name in _pointing(record.KIND):
        value = getattr(record, name)
        if isinstance(value, frozenset):
            if not value.isdisjoint(read):
                changed[name] = frozenset(read.get(one, one) for one in value)
        elif value in read:
            changed[name] = read[value]
    return dataclasses.replace(record, **changed) if changed else record


@cache
def _pointing(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record that point to people and agencies."""
    known = facts_of(kind).items()
    return tuple(name for name, facts in known if facts.points_to in ("person", "agency"))


def of_forum(record: R, session: RecordId) -> R:
    """A record of a joined forum as one of the forum that is shown."""
    if getattr(record, "session", session) == session:
        return record
    changed: dict[str, Any] = {"session": session}
    return dataclasses.replace(record, **changed)


def as_one(records: Sequence[R], read: ReadAs) -> tuple[R, ...]:
    """People or agencies, each once; the names of the others are further names of it."""
    if read.keys().isdisjoint(one.id for one in records):
        return tuple(records)
    others: dict[RecordId, list[Record]] = {}
    for one in records:
        if one.id in read:
            others.setdefault(read[one.id], []).append(one)
    return tuple(
        _with_names(one, others[one.id]) if one.id in others else one
        for one in records
        if one.id not in read
    )


def _with_names(one: R, others: Sequence[Record]) -> R:
    joined = frozenset(other.id for other in others)
    names = {name for other in others for name in _names(other)} - _own_names(one)
    changed: dict[str, Any] = {"joins": joined}
    if isinstance(one, Person | Agency):
        changed["aliases"] = one.aliases | names
    return dataclasses.replace(one, **_filled(one, others), **changed)


def _filled(first: Record, others: Sequence[Record]) -> dict[str, Any]:
    """What the others add to the record that is shown: what it leaves empty, and all elements."""
    changed: dict[str, Any] = {}
    for name in (name for name, facts in facts_of(first.KIND).items() if facts.joined):
        value, given = getattr(first, name), [getattr(other, name) for other in others]
        if isinstance(value, frozenset):
            changed[name] = value.union(*given)
        elif not value:
            changed[name] = next(filter(None, given), value)
    return changed


def _own_names(record: Record) -> set[str]:
    match record:
        case Person(name=name):
            return {name}
        case Agency(short=short, full=full):
            return {short, full}
        case _:
            return set()


def _names(record: Record) -> set[str]:
    names = _own_names(record) | set(getattr(record, "aliases", ()))
    return {name for name in names if name}


def group_of(session: Session, record: Callable[[str], Record | None]) -> tuple[Session, ...]:
    """The records of one forum, the shown one first; a session alone where nobody joined it.

    Joining is written on both sides at once. What only one side says joins nothing, so that
    every record of a forum finds the same ones, from whichever it begins.

    Args:
        session: One of them.
        record: Finds any session.
    """
    if not (session.same_as or session.joins) or "deleted" in session.marks:
        return (session,)
    found: dict[RecordId, Session] = {session.id: session}
    todo = [session]
    while todo:
        one = todo.pop()
        for other_id in one.same_as | one.joins:
            other = record(other_id) if other_id not in found else None
            if not isinstance(other, Session) or "deleted" in other.marks:
                continue
            if one.id in other.same_as or one.id in other.joins:
                found[other.id] = other
                todo.append(other)
    first = first_of({one.id: one.same_as for one in found.values()})
    return (found[first], *(found[one] for one in sorted(found) if one != first))


def forum_as_one(group: Sequence[Session]) -> Session:
    """The first record of a forum, with what it leaves empty from the others, and all sets."""
    first, *others = group
    return dataclasses.replace(first, **_filled(first, others)) if others else first


def gathered(kind: str, each: Sequence[tuple[R, ...]], session: RecordId) -> tuple[R, ...]:
    """What stands inside the records of one forum, as one; folded turns are still among it.

    Args:
        kind: Of what is inside.
        each: By record of the forum, the shown one first.
        session: The shown one.
    """
    if kind == "turn" and len(each) > 1:
        turns = [[one for one in records if isinstance(one, Turn)] for records in each]
        placed: Any = placed_anew(side_by_side(turns), session)
        return tuple(placed)
    every: Any = [of_forum(one, session) for records in each for one in records]
    found: Any = one_each(every) if kind == "attendance" else every
    return tuple(found)


def evidence_shown(record: R, below: Mapping[RecordId, Sequence[Turn]]) -> R:
    """A lesson or outcome that points to the turns that are shown, not to those folded below."""
    into = {turn.id: shown for shown, turns in below.items() for turn in turns}
    changed: dict[str, Any] = {}
    evidence: frozenset[RecordId] = getattr(record, "evidence", frozenset())
    if not evidence.isdisjoint(into):
        changed["evidence"] = frozenset(into.get(one, one) for one in evidence)
    if (answer := getattr(record, "answered_by", None)) in into:
        changed["answered_by"] = into[answer]
    return dataclasses.replace(record, **changed) if changed else record
