"""Twins: what two people recorded of one forum, one person or one agency made on two laptops.

They are proposed and joined by a person's choice only. What is joined is read as one; every
original stays as it was, so parting them again needs nothing put back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from ..records import Attendance, Record, RecordId, Turn
from ..text import search_key
from ..vocabulary import Presence

R = TypeVar("R", bound=Record)

NEARLY: Final = 0.85
"""Share of letters that two lines must have in common to be nearly the same."""
_SHORT: Final = 8
"""Letters up to which a line (เห็นด้วย) is the same only where all of it is, said close by."""
_AROUND: Final = 12
"""Places by which two records of one line may stand apart."""
_CLOSE: Final = 3
_STEP: Final = 1_000
_THERE: Final[Mapping[Presence, int]] = {"present": 0, "on_behalf": 1, "invited": 2, "absent": 3}


def first_of(group: Mapping[RecordId, Iterable[RecordId]]) -> RecordId:
    """Which of joined records is the one that the others are read as.

    Args:
        group: Everything joined, each with those that it was said to be the same as. Joining on
            two laptops may say it both ways round.
    """
    ends = [one for one, others in group.items() if not any(other in group for other in others)]
    return min(ends or group)


def read_as(same: Mapping[RecordId, Iterable[RecordId]]) -> dict[RecordId, RecordId]:
    """Every record that is read as another one, with that one.

    Args:
        same: By record, those that it was said to be the same as; what is not there (deleted, or
            not come yet) is no key and joins nothing.
    """
    links: dict[RecordId, set[RecordId]] = {}
    for one, others in same.items():
        for other in others:
            if other in same and other != one:
                links.setdefault(one, set()).add(other)
                links.setdefault(other, set()).add(one)
    found: dict[RecordId, RecordId] = {}
    met: set[RecordId] = set()
    for one in links:
        if one not in met:
            group = set(_reached(one, links))
            met |= group
            first = first_of({each: same[each] for each in group})
            found |= {each: first for each in group if each != first}
    return found


def _reached(start: RecordId, links: Mapping[RecordId, Iterable[RecordId]]) -> Iterator[RecordId]:
    todo, met = [start], {start}
    while todo:
        one = todo.pop()
        yield one
        fresh = [other for other in links[one] if other not in met]
        met.update(fresh)
        todo += fresh


# the turns of two records of one forum


def side_by_side(records: Sequence[Sequence[Turn]]) -> tuple[Turn, ...]:
    """The turns of several records of one forum as one row, each record in its own order.

    Where all of them have times these decide; else how far each record has come. A clock that
    went back turns no order round.

    Args:
        records: The turns of each, in order; the shown one first.
    """
    written = [turns for turns in records if turns]
    timed = all(any(turn.said_at for turn in turns) for turns in written)
    keyed = [
        (key, rank, turn)
        for rank, turns in enumerate(written)
        for key, turn in zip(_times(turns) if timed else _shares(turns), turns, strict=True)
    ]
    keyed.sort(key=lambda one: one[:2])
    return tuple(turn for _key, _rank, turn in keyed)


def _times(turns: Sequence[Turn]) -> list[float]:
    """When each was said at the earliest, in seconds; never less than the one before."""
    known = [turn.said_at.timestamp() if turn.said_at else None for turn in turns]
    last = next(time for time in known if time is not None)
    found = []
    for time in known:
        last = last if time is None else max(last, time)
        found.append(last)
    return found


def _shares(turns: Sequence[Turn]) -> list[float]:
    return [(at + 0.5) / len(turns) for at in range(len(turns))]


def placed_anew(turns: Iterable[Turn], session: RecordId) -> tuple[Turn, ...]:
    """The same turns as those of one forum, with places in the order in which they stand.

    The places of the forum's own turns never go down, so what is added behind all comes last in
    the original too.
    """
    place, found = 0, []
    for turn in turns:
        place = max(place + _STEP, turn.place if turn.session == session else 0)
        found.append(dataclasses.replace(turn, session=session, place=place))
    return tuple(found)


def doubled(turns: Sequence[Turn], apart: Mapping[RecordId, str]) -> Iterator[tuple[Turn, Turn]]:
    """Lines that two recorders wrote down, near each other: the same, or nearly the same words.

    Args:
        turns: Of a joined forum, in order.
        apart: By turn, the record of the forum that it is in: only lines of two are twins.
    """
    keys = [search_key(turn.text).replace(" ", "") for turn in turns]
    taken: set[int] = set()
    for at, turn in enumerate(turns):
        if at in taken or not keys[at]:
            continue
        around = [
            other
            for other in range(at + 1, min(len(turns), at + 1 + 2 * _AROUND))
            if other not in taken
            and apart[turns[other].id] != apart[turn.id]
            and not {turn.id, turns[other].id} & (turn.not_same | turns[other].not_same)
        ]
        scores = {other: _likeness(keys[at], keys[other], other - at) for other in around}
        best = max(scores, key=lambda other: (scores[other], -other), default=None)
        if best is not None and scores[best] >= NEARLY:
            taken |= {at, best}
            yield turn, turns[best]


def _likeness(one: str, other: str, steps: int) -> float:
    """Share of letters in common; 0 for what cannot be one line."""
    if min(len(one), len(other)) <= _SHORT:
        return float(one == other and steps <= _CLOSE)
    if one == other:
        return 1.0
    from difflib import SequenceMatcher  # only who looks for twins needs it

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < NEARLY or matcher.quick_ratio() < NEARLY:
        return 0.0
    return matcher.ratio()


def folded(turns: Sequence[Turn]) -> tuple[tuple[Turn, ...], dict[RecordId, tuple[Turn, ...]]]:
    """The turns that are shown, and by shown turn those that a person folded into it."""
    if not any(turn.same_as for turn in turns):
        return tuple(turns), {}
    into = read_as({turn.id: turn.same_as for turn in turns})
    below: dict[RecordId, list[Turn]] = {}
    for turn in turns:
        if turn.id in into:
            below.setdefault(into[turn.id], []).append(turn)
    shown = tuple(turn for turn in turns if turn.id not in into)
    return shown, {one: tuple(others) for one, others in below.items()}


# people


def one_each(attendance: Sequence[Attendance]) -> tuple[Attendance, ...]:
    """Everybody once: what several records say of one person is read together."""
    by_person: dict[RecordId, list[Attendance]] = {}
    for one in attendance:
        by_person.setdefault(one.person, []).append(one)
    if len(by_person) == len(attendance):
        return tuple(attendance)
    return tuple(together(every) if len(every) > 1 else every[0] for every in by_person.values())


def together(every: Sequence[Attendance]) -> Attendance:
    """Several records of one person at one forum as one; the first one's word goes first."""
    first = every[0]
    checks = {role: check for one in reversed(every) for role, check in one.checks.items()}
    formal = {role for one in every for role in one.roles - one.acting}
    return dataclasses.replace(
        first,
        agency=next((one.agency for one in every if one.agency), None),
        presence=min((one.presence for one in every), key=_THERE.__getitem__),
        reason=next((one.reason for one in every if one.reason), ""),
        came_at=next((one.came_at for one in every if one.came_at), None),
        left_at=next((one.left_at for one in every if one.left_at), None),
        roles=frozenset().union(*(one.roles for one in every)),
        acting=frozenset().union(*(one.acting for one in every)) - formal,
        checks=checks,
        position=next((one.position for one in every if one.position), ""),
        marks=frozenset().union(*(one.marks for one in every)),
    )
