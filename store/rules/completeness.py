"""How much of a forum's record is there, and what it still lacks.

A forum that was held is complete with a named recorder, a record, and a lesson or the reason
why there is none. What is missing is told, the most important first; nothing is refused for it.

Source: founding forum line 53 (the recorder matters most; without a record and a lesson it ends
there), lines 49 and 55 (placed, but whether it was done is not known), line 43 (role drift).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..readings import Completeness, Gap
from ..records import Attendance, Lesson, Outcome, RecordId, Review, Session, Turn
from ..vocabulary import GapKind, GapLevel, Role
from .roles import has_drifted, unchecked

LEVELS: Final[Mapping[GapKind, GapLevel]] = {
    "no_recorder": "must",
    "no_turns": "must",
    "no_lesson": "must",
    "no_facilitator": "should",
    "no_date": "should",
    "role_drift": "should",
    "turn_without_speaker": "should",
    "lesson_without_evidence": "should",
    "role_not_checked": "should",
    "action_without_owner": "should",
    "nobody_present": "nice",
    "no_place": "nice",
    "action_without_due": "nice",
}
"""Every gap and how much it matters, the most important first."""

DOTS: Final = 6
_MUST: Final = 20
_SHOULD: Final = 6
_FLAW: Final = 5
"""Points taken off where something is there but lacks a part; less than a missing must."""
_SOLID: Final = 0.95
"""Of the share for musts and shoulds; the rest is for what is only nice to have."""
_NEEDED: Final[Mapping[str, tuple[GapKind, ...]]] = {
    "held": ("no_recorder", "no_turns", "no_lesson", "no_facilitator", "no_date"),
    "planned": ("no_recorder", "no_facilitator", "no_date"),
    "postponed": ("no_recorder", "no_facilitator", "no_date"),
    "did_not_happen": ("no_date",),
}
"""What a forum needs, by its status."""
_NICE: Final = 3


def completeness(
    session: Session,
    attendance: Sequence[Attendance],
    turns: Sequence[Turn],
    lessons: Sequence[Lesson],
    outcomes: Sequence[Outcome],
    *,
    reviews: Sequence[Review] = (),
) -> Completeness:
    """What this forum has and lacks.

    A recorder or facilitator who was absent does not count. A forum that is planned, postponed
    or did not happen needs neither a record nor a lesson, and its roles are not checked.
    """
    found = [
        *_of_session(session, attendance, turns, lessons, reviews),
        *_of_people(session, attendance),
        *_of_turns(turns),
        *_of_lessons(lessons),
        *_of_actions(outcomes),
    ]
    found.sort(key=_rank)
    return Completeness(share=_share(session, found), gaps=tuple(found))


def dots(share: float) -> int:
    """How many of the six dots are full; all six only where no must and no should is left."""
    return DOTS if share >= _SOLID else min(DOTS - 1, int(share * DOTS))


def summary_counts(gaps: Iterable[Gap]) -> Mapping[GapKind, int]:
    """How often each kind of gap is there, over one forum or many; the most important first."""
    counts = dict.fromkeys(LEVELS, 0)
    for gap in gaps:
        counts[gap.kind] = counts.get(gap.kind, 0) + gap.count
    return {kind: count for kind, count in counts.items() if count}


def merged(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """One gap a kind, with how often it is there and the first record that it is about."""
    first: dict[GapKind, Gap] = {}
    counts: dict[GapKind, int] = {}
    for gap in gaps:
        first.setdefault(gap.kind, gap)
        counts[gap.kind] = counts.get(gap.kind, 0) + gap.count
    return tuple(
        gap
        if gap.count == counts[kind]
        else Gap(kind=kind, level=gap.level, about=gap.about, count=counts[kind])
        for kind, gap in first.items()
    )


_ORDER: Final[Mapping[GapKind, int]] = {kind: at for at, kind in enumerate(LEVELS)}


def _rank(gap: Gap) -> int:
    return _ORDER[gap.kind]


def _gap(kind: GapKind, about: RecordId | None = None, count: int = 1) -> Gap:
    return Gap(kind=kind, level=LEVELS[kind], about=about, count=count)


def _of_session(
    session: Session,
    attendance: Sequence[Attendance],
    turns: Sequence[Turn],
    lessons: Sequence[Lesson],
    reviews: Sequence[Review],
) -> list[Gap]:
    there = {
        "no_recorder": _held_by("recorder", session, attendance),
        "no_turns": bool(turns),
        "no_lesson": bool(lessons) or bool(session.no_lesson_because.strip()),
        "no_facilitator": _held_by("facilitator", session, attendance),
        "no_date": session.date is not None,
    }
    gaps = [_gap(kind) for kind in _NEEDED[session.status] if not there[kind]]
    if session.status != "did_not_happen" and not session.place.strip():
        gaps.append(_gap("no_place"))
    if session.status == "held" and not reviews and not any(map(_came, attendance)):
        gaps.append(_gap("nobody_present"))
    return gaps


def _came(one: Attendance) -> bool:
    return one.presence in ("present", "on_behalf")


def _held_by(role: Role, session: Session, attendance: Sequence[Attendance]) -> bool:
    """Whether somebody who came, or who is expected at a forum to come, holds the role."""
    was_held = session.status == "held"
    return any(
        role in one.roles and (_came(one) if was_held else one.presence != "absent")
        for one in attendance
    )


def _of_people(session: Session, attendance: Sequence[Attendance]) -> list[Gap]:
    gaps = []
    for one in attendance:
        if one.roles:
            if has_drifted(one):
                gaps.append(_gap("role_drift", one.id))
            if session.status == "held" and (count := unchecked(one)):
                gaps.append(_gap("role_not_checked", one.id, count))
    return gaps


def _of_turns(turns: Sequence[Turn]) -> list[Gap]:
    """The recorder's own notes have no speaker, and a label from the source names one."""
    count = 0
    first: RecordId | None = None
    for turn in turns:
        if turn.speaker is None and not turn.label and turn.kind != "note":
            first = first or turn.id
            count += 1
    return [_gap("turn_without_speaker", first, count)] if count else []


def _of_lessons(lessons: Sequence[Lesson]) -> list[Gap]:
    return [_gap("lesson_without_evidence", one.id) for one in lessons if not one.evidence]


def _of_actions(outcomes: Sequence[Outcome]) -> list[Gap]:
    gaps = []
    for one in outcomes:
        if one.kind == "action" and not one.done:
            if one.owner is None:
                gaps.append(_gap("action_without_owner", one.id))
            if one.due is None:
                gaps.append(_gap("action_without_due", one.id))
    return gaps


def _share(session: Session, gaps: Sequence[Gap]) -> float:
    """Points for what is there, minus points for flaws, as 0..1; a kind counts once."""
    needed = _NEEDED[session.status]
    possible = sum(_points(kind) for kind in needed)
    kinds = {gap.kind for gap in gaps}
    lost = sum(
        _points(kind) if kind in needed else _FLAW for kind in kinds if LEVELS[kind] != "nice"
    )
    nice = sum(LEVELS[kind] == "nice" for kind in kinds)
    solid = max(0, possible - lost) / possible
    return round(_SOLID * solid + (1 - _SOLID) * (1 - nice / _NICE), 4)


def _points(kind: GapKind) -> int:
    return _MUST if LEVELS[kind] == "must" else _SHOULD
