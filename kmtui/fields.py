"""How every field of every record is called, hinted at and typed, and where its row stands.

What is true of a field whatever the screen stands in ``store.records``; the rest stands here,
once. Cards, the forum's page, `edit`, `show`, `log`, history and conflicts read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kmtui.words import _
from store.errors import N_


class Called(NamedTuple):
    """What people read and type of one field."""

    label: str
    """English, marked ``N_``."""
    hint: str = ""
    """How it can be typed; English, empty where that needs no words."""
    lines: bool = False
    """Whether it is typed in an area of several lines."""
    seldom: bool = False
    """Whether it has no row while it is empty."""
    option: str = ""
    """What it is for as an option of `kmtui log`; English, empty for none."""


_COMMAS: Final = N_("commas between them")
_DAY: Final = N_("such as 22 Nov 2569")
_HOUR: Final = N_("such as 09:30")

_EVERYWHERE: Final[Mapping[str, Called]] = {
    "title": Called(N_("Title")),
    "series": Called(N_("Series")),
    "session": Called(N_("Forum")),
    "part": Called(N_("Part"), seldom=True),
    "date": Called(N_("Day"), _DAY),
    "until": Called(N_("Last day"), _DAY),
    "starts": Called(N_("From"), _HOUR, seldom=True),
    "ends": Called(N_("To"), _HOUR, seldom=True),
    "place": Called(N_("Place"), option=N_("Where it was held.")),
    "status": Called(N_("State")),
    "aim": Called(N_("Aim"), lines=True),
    "success": Called(N_("Success is"), seldom=True),
    "no_lesson_because": Called(N_("No lesson, because"), seldom=True),
    "finished": Called(N_("Closed")),
    "circles": Called(N_("Circles"), _COMMAS),
    "tags": Called(N_("Tags"), _COMMAS),
    "agencies": Called(N_("Agencies"), _COMMAS),
    "agency": Called(N_("Agency")),
    "presence": Called(N_("Here or not")),
    "reason": Called(N_("Reason")),
    "came_at": Called(N_("Came at"), _HOUR),
    "left_at": Called(N_("Left at"), _HOUR),
    "roles": Called(N_("Roles")),
    "acting": Called(N_("Acting as")),
    "checks": Called(N_("Did it")),
    "position": Called(N_("Position")),
    "speaker": Called(N_("Speaker")),
    "label": Called(N_("Written as")),
    "text": Called(N_("Words"), lines=True),
    "heading": Called(N_("Heading")),
    "kind": Called(N_("Kind")),
    "said_at": Called(N_("Said at")),
    "expected": Called(N_("Expected"), lines=True),
    "happened": Called(N_("Happened"), lines=True),
    "why": Called(N_("Why"), N_("empty means: not known yet"), lines=True),
    "next": Called(N_("Next time"), lines=True),
    "for_role": Called(N_("Who should use it")),
    "for_agency": Called(N_("Agency that should use it")),
    "evidence": Called(N_("Evidence")),
    "applied_where": Called(N_("Used where"), lines=True),
    "applied_on": Called(N_("Used on"), _DAY),
    "replaced_by": Called(N_("Replaced by")),
    "confirmed_by": Called(N_("Borne out by")),
    "contradicted_by": Called(N_("Contradicted by")),
    "reused_in": Called(N_("Used again in")),
    "owner": Called(N_("Who does it"), N_("a name")),
    "due": Called(N_("By when"), _DAY),
    "done": Called(N_("Done")),
    "answered_by": Called(N_("Answered by")),
    "willing": Called(N_("Willing")),
    "name": Called(N_("Name")),
    "aliases": Called(N_("Other names"), _COMMAS),
    "short": Called(N_("Short name")),
    "full": Called(N_("Full name")),
    "earlier": Called(N_("Earlier names"), N_("such as กศน. until 2566")),
    "membership": Called(N_("Member")),
    "person": Called(N_("Whose"), N_("a name")),
    "questions": Called(N_("Questions")),
    "answers": Called(N_("Answers"), lines=True),
    "promise": Called(N_("Promise"), lines=True),
    "promise_kept": Called(N_("Promise kept")),
    "source": Called(N_("Read from")),
    "role": Called(N_("Role")),
    "ability": Called(N_("Can it")),
    "basis": Called(N_("Who says so")),
    "capacity": Called(N_("How many")),
    "holder": Called(N_("Held by")),
    "duties": Called(N_("Duties"), lines=True),
    "rules": Called(N_("Rules"), lines=True),
    "not_its_job": Called(N_("Not its job"), lines=True),
    "same_as": Called(N_("Read as part of")),
    "joins": Called(N_("Joined with it")),
    "not_same": Called(N_("Not the same as")),
}
_OF_KIND: Final[Mapping[str, Called]] = {
    "session.aim": Called(N_("Aim")),
    "attendance.agency": Called(N_("Agency that day")),
    "lesson.title": Called(N_("Lesson")),
    "outcome.reason": Called(N_("Reason"), lines=True),
    "capability.reason": Called(N_("Reason"), lines=True),
}
"""Fields that one kind of record calls or types otherwise than the rest."""

ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "series": ("title", "aim"),
    "session": (
        "title", "part", "date", "starts", "ends", "place", "aim", "success", "no_lesson_because",
        "status",
    ),
    "attendance": ("presence", "came_at", "left_at", "agency", "position", "reason"),
    "turn": ("text",),
    "lesson": (
        "title", "expected", "happened", "why", "next", "kind", "status", "for_role",
        "applied_where",
    ),
    "outcome": ("text", "kind", "owner", "due", "done", "reason", "willing"),
    "person": ("name", "aliases", "agency", "position"),
    "agency": ("short", "full", "aliases", "earlier", "membership"),
    "review": ("person", "promise", "promise_kept"),
}  # fmt: skip
"""By kind of record: the fields that have a row on its card or page, in this order."""
NO_ROW: Final[Mapping[str, str]] = {
    "session.series": "stands beside the counts; put into one in the room of series",
    "session.until": "is typed with the day",
    "session.finished": "is said when the forum is closed",
    "session.circles": "the command line only, as yet",
    "session.tags": "the command line only, as yet",
    "session.agencies": "stand with the people",
    "session.source": "is told by `kmtui show`",
    "attendance.session": "is what it is of",
    "attendance.person": "is what it is of; a way to the person stands there",
    "attendance.roles": "each role has a row of its own",
    "attendance.acting": "the command line only, as yet",
    "attendance.checks": "each role that is held has a row of its own",
    "turn.session": "is what it is of",
    "turn.place": "is its order",
    "turn.speaker": "stands before the words",
    "turn.label": "stands before the words where nobody is known",
    "turn.said_at": "is told by `kmtui show`",
    "turn.kind": "the command line only, as yet",
    "turn.heading": "stands above the words",
    "lesson.session": "is a way to the forum",
    "lesson.for_agency": "the command line only, as yet",
    "lesson.evidence": "each turn is a way there",
    "lesson.applied_on": "the command line only, as yet",
    "lesson.replaced_by": "the command line only, as yet",
    "lesson.confirmed_by": "each forum is a way there",
    "lesson.contradicted_by": "each forum is a way there",
    "lesson.reused_in": "each forum is a way there",
    "lesson.tags": "the command line only, as yet",
    "outcome.session": "is a way to the forum",
    "outcome.evidence": "each turn is a way there",
    "outcome.answered_by": "is a way to the turn",
    "outcome.agency": "is a way to the agency",
    "review.session": "is what it is of",
    "review.questions": "the answers are shown by their questions",
    "review.answers": "each question has a row of its own",
}
"""Fields without a row, and why; those of twins have none anywhere."""
NOT_SEARCHED: Final[Mapping[str, str]] = {
    "session.circles": "letters and numbers of circles",
    "review.questions": "a code",
    "review.answers": "found through the lessons and promises that were made of them, as yet",
    "agency.earlier": "found by the agency's other names",
}
"""Fields of words that are not searched, and why."""


def called(kind: str, name: str) -> Called:
    """How a field is called; by its own name where a newer version made it.

    Args:
        kind: Of the record; empty where only the field's name is known.
        name: The field; ``checks.recorder`` and ``tags/น้ำ`` are of ``checks`` and ``tags``.
    """
    base = name.partition(".")[0].partition("/")[0]
    return _OF_KIND.get(f"{kind}.{base}") or _EVERYWHERE.get(base) or Called(base)


def label(kind: str, name: str) -> str:
    """What a field is called, in the language of the interface."""
    return _(called(kind, name).label)


def hint(kind: str, name: str) -> str:
    """How a field can be typed, in the language of the interface; empty for no words."""
    words = called(kind, name).hint
    return _(words) if words else ""


def is_known(name: str) -> bool:
    """Whether this version has a field of this name."""
    return name.partition(".")[0].partition("/")[0] in _EVERYWHERE
