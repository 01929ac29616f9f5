"""What the field calls a code: roles, and how somebody was there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kmtui.words import _
from store.vocabulary import (
    LessonKind,
    LessonStatus,
    Membership,
    OutcomeKind,
    Presence,
    RoleCheck,
    SessionStatus,
    TurnKind,
)


def role_word(role: str) -> str:
    """What a role is called here."""
    return {
        "sponsor": _("sponsor"),
        "facilitator": _("facilitator"),
        "practitioner": _("practitioner"),
        "recorder": _("recorder"),
        "coordinator": _("coordinator"),
        "process_lead": _("process lead"),
    }[role]


def presence_word(presence: Presence) -> str:
    """How somebody was there, or was not."""
    return {
        "present": _("present"),
        "absent": _("absent"),
        "on_behalf": _("on behalf of somebody"),
        "invited": _("invited"),
    }[presence]


def lesson_status_word(status: LessonStatus) -> str:
    """How far a lesson has come."""
    return {
        "draft": _("draft"),
        "checked": _("checked with the circle"),
        "accepted": _("accepted"),
        "applied": _("in use"),
        "retired": _("retired"),
    }[status]


def lesson_kind_word(kind: LessonKind) -> str:
    """What a lesson is about."""
    return {
        "went_well": _("went well"),
        "problem": _("a problem"),
        "finding": _("something found out"),
        "suggestion": _("a suggestion"),
    }[kind]


def session_status_word(status: SessionStatus) -> str:
    """Whether a forum was held."""
    return {
        "planned": _("planned"),
        "held": _("held"),
        "did_not_happen": _("did not happen"),
        "postponed": _("postponed"),
    }[status]


def outcome_kind_word(kind: OutcomeKind) -> str:
    """What came out of a forum."""
    return {
        "decision": _("Decision"),
        "action": _("Task"),
        "question": _("Question"),
        "proposal": _("Proposal"),
        "invitation": _("Invitation"),
    }[kind]


def turn_kind_word(kind: TurnKind) -> str:
    """Whether words were said, told by somebody else, or noted by the recorder."""
    return {
        "verbatim": _("in their own words"),
        "reported": _("told by somebody else"),
        "note": _("the recorder's note"),
    }[kind]


def membership_word(membership: Membership) -> str:
    """Whether an agency belongs to it."""
    return {"member": _("member"), "proposed": _("proposed"), "invited": _("invited")}[membership]


def check_word(check: RoleCheck | None) -> str:
    """Whether somebody did their role."""
    return {
        "did": _("did it"),
        "partly": _("did it partly"),
        "did_not": _("did not do it"),
        None: _("not known yet"),
    }[check]


_CODES: Final[Mapping[str, Callable[[Any], str]]] = {
    "session.status": session_status_word,
    "attendance.presence": presence_word,
    "attendance.roles": role_word,
    "attendance.acting": role_word,
    "attendance.checks": check_word,
    "turn.kind": turn_kind_word,
    "lesson.kind": lesson_kind_word,
    "lesson.status": lesson_status_word,
    "lesson.for_role": role_word,
    "outcome.kind": outcome_kind_word,
    "agency.membership": membership_word,
    "capability.role": role_word,
    "duty.role": role_word,
}


def code_word(kind: str, name: str, code: str) -> str:
    """What a code in a field of this kind of record is called; itself where nobody has a word."""
    word = _CODES.get(f"{kind}.{name}")
    if word is None:
        return code
    try:
        return word(code)
    except KeyError:
        return code  # a newer version made it


def kind_word(kind: str) -> str:
    """What a kind of record is called; the code itself where a newer version made it."""
    return {
        "series": _("Series"),
        "session": _("Forum"),
        "attendance": _("Attendance"),
        "turn": _("Turn"),
        "lesson": _("Lesson"),
        "outcome": _("Decision or task"),
        "person": _("Person"),
        "agency": _("Agency"),
        "capability": _("What an agency can be"),
        "duty": _("Duty"),
        "review": _("AAR"),
    }.get(kind, kind)
