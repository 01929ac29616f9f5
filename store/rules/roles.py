"""Roles over people and forums: who holds which, what drifted, and whether it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from ..records import Attendance, RecordId
from ..vocabulary import ROLES, TEAM, Role, RoleCheck

_CHECKS: Final = get_args(RoleCheck)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHealth:
    """How often one person was placed in one role, and what became of it."""

    did: int = 0
    partly: int = 0
    did_not: int = 0
    not_known: int = 0
    """Placed, and nobody has said yet whether it was done."""

    @property
    def placed(self) -> int:
        """Forums in which the person held the role."""
        return self.did + self.partly + self.did_not + self.not_known


def has_drifted(one: Attendance) -> bool:
    """Whether one person facilitated and did the practitioner's work in the same forum.

    Several roles in one hand are allowed; only this pair is told.
    Source: founding forum lines 3 (two roles are allowed) and 43 (the complaint).
    """
    return "facilitator" in one.roles and "practitioner" in one.roles


def drift(attendance: Iterable[Attendance]) -> tuple[Attendance, ...]:
    """Those whose roles drifted, in the order given. Told, never refused."""
    return tuple(one for one in attendance if has_drifted(one))


def locked_positions(attendance: Iterable[Attendance]) -> Mapping[Role, tuple[RecordId, ...]]:
    """Who holds each of the three positions of a คุณอำนวย team; absent people hold none.

    A position is locked where exactly one person holds it; nobody or several want telling.
    Source: founding forum line 55.
    """
    holders: dict[Role, tuple[RecordId, ...]] = dict.fromkeys(TEAM, ())
    for one in attendance:
        if one.presence != "absent":
            for role in TEAM:
                if role in one.roles:
                    holders[role] += (one.person,)
    return holders


def unchecked(one: Attendance) -> int:
    """How many of a person's roles at one forum nobody has checked."""
    return sum(role not in one.checks for role in one.roles)


def not_known_yet(attendance: Iterable[Attendance]) -> int:
    """How many placed roles nobody has checked, over all of these people.

    Source: founding forum lines 49 and 55 (people are placed, whether they do it is not known).
    """
    return sum(unchecked(one) for one in attendance)


def health(attendance: Iterable[Attendance]) -> Mapping[tuple[RecordId, Role], RoleHealth]:
    """By person and role, what became of it over forums; roles in the order of the field.

    Args:
        attendance: Of forums that were held; a planned one has nothing to be done yet.
    """
    tally: dict[tuple[RecordId, Role], dict[str, int]] = {}
    for one in attendance:
        for role in ROLES:
            if role in one.roles:
                counts = tally.setdefault((one.person, role), {})
                check = str(one.checks.get(role, ""))
                state = check if check in _CHECKS else "not_known"
                counts[state] = counts.get(state, 0) + 1
    return {who: RoleHealth(**counts) for who, counts in tally.items()}
