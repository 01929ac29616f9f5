"""What the field calls a code: roles, and how somebody was there."""

from __future__ import annotations

from kmtui.words import _
from store.vocabulary import LessonKind, LessonStatus, Presence, SessionStatus


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
