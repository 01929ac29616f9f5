"""What a notebook holds: frozen values, one class a record.

Every record has an ``id`` (``kind/letters``), the ``marks`` that a reader should be told about,
and in ``more`` the fields that this version does not know, kept as they came. A record of a
session carries the session's letters in its own id (``turn/<session>-<own>``), so that the id
alone says which forum it belongs to.

Plain fields hold one value. A ``frozenset`` field is a set whose elements are kept one by one
(two laptops may add to it). A ``Mapping`` field is kept key by key (``checks.recorder``).
Dates are Gregorian; พ.ศ. is only shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Final, NamedTuple, NewType

from .values import Value
from .vocabulary import (
    Ability,
    Basis,
    LessonKind,
    LessonStatus,
    Mark,
    Membership,
    OutcomeKind,
    Presence,
    Role,
    RoleCheck,
    SessionStatus,
    TurnKind,
)

RecordId = NewType("RecordId", str)
"""``kind/letters``; ours and opaque to everyone but ``store.ids``, never TinyDB's doc_id."""

COMMON: Final = frozenset({"id", "marks", "more"})
"""Fields that every record has; ours, and never typed."""
_NOTHING: Final[Mapping[str, Any]] = {}


class Facts(NamedTuple):
    """What is true of a field, whoever asks."""

    searched: bool = False
    """Its words are found."""
    points_to: str = ""
    """The kind of record whose ids it holds; empty for none."""
    joined: bool = False
    """Where several records are read as one, what the first leaves empty comes from the others;
    of a set, all elements count."""
    listed: bool = False
    """A text of a forum that lists keep ready beside those that every list shows."""
    clock: bool = False
    """A local time of day, ``HH:MM``."""
    twins: bool = False
    """It says which records are one thing, or are not."""


_PLAIN: Final = Facts()


def holds(default: Any, **facts: Any) -> Any:
    """A field with what is true of it; the facts are those of ``Facts``."""
    return field(default=default, metadata={"facts": Facts(**facts)})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Record(Value):
    """What all records have in common."""

    KIND: ClassVar[str] = ""

    id: RecordId = RecordId("")
    """Empty on a record that is not kept yet."""
    marks: frozenset[Mark] = frozenset()
    more: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """Fields of a newer version, as they came."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Series(Record):
    """ชุดเวที / โครงการ: forums that belong together, in the order of their part numbers."""

    KIND: ClassVar[str] = "series"

    title: str = holds("", searched=True)
    aim: str = holds("", searched=True)
    """หัวปลา: what the whole series is for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Source(Value):
    """The file that a session was read in from."""

    name: str = ""
    sha256: str = ""
    """Of the file's bytes, 64 hexadecimal digits."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Session(Record):
    """เวที: one forum."""

    KIND: ClassVar[str] = "session"

    title: str = holds("", searched=True)
    series: RecordId | None = holds(None, points_to="series", joined=True)
    part: int | None = holds(None, joined=True)
    date: dt.date | None = holds(None, joined=True)
    """First day; None where nobody has said it yet."""
    until: dt.date | None = holds(None, joined=True)
    """Last day of a forum of several days; None for one day."""
    starts: str | None = holds(None, joined=True, clock=True)
    """Local time of day, ``HH:MM``."""
    ends: str | None = holds(None, joined=True, clock=True)
    place: str = holds("", searched=True, joined=True)
    status: SessionStatus = "held"
    aim: str = holds("", searched=True, joined=True)
    """BAR: what this forum is for."""
    success: str = holds("", searched=True, joined=True)
    """BAR: how it looks when it went well."""
    no_lesson_because: str = holds("", searched=True, joined=True)
    """Said by a person when a forum gave no lesson; empty otherwise."""
    finished: bool = False
    """The recorder has closed it; it can be written on all the same."""
    circles: frozenset[str] = holds(frozenset(), joined=True)
    """วงย่อย: the circles that it was split into."""
    tags: frozenset[str] = holds(frozenset(), searched=True, joined=True)
    agencies: frozenset[RecordId] = holds(frozenset(), points_to="agency", joined=True)
    """Agencies known to take part before anybody said who came for them."""
    source: Source | None = None
    same_as: frozenset[RecordId] = holds(frozenset(), twins=True)
    """Another record of the same forum, as part of which this one is read."""
    joins: frozenset[RecordId] = holds(frozenset(), twins=True)
    """The other side of ``same_as``: records that are read as part of this one."""
    not_same: frozenset[RecordId] = holds(frozenset(), twins=True)
    """Those that a person said are others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Attendance(Record):
    """การเข้าร่วม: one person at one session. Its id is made of both, so there is only one."""

    KIND: ClassVar[str] = "attendance"

    session: RecordId = holds(RecordId(""), points_to="session")
    person: RecordId = holds(RecordId(""), points_to="person")
    agency: RecordId | None = holds(None, points_to="agency")
    """The agency of that day."""
    presence: Presence = "present"
    reason: str = holds("", searched=True)
    """Why absent, or whom they stood in for."""
    came_at: str | None = holds(None, clock=True)
    """Local time of day, ``HH:MM``; None where not noted."""
    left_at: str | None = holds(None, clock=True)
    roles: frozenset[Role] = frozenset()
    acting: frozenset[Role] = frozenset()
    """Those of ``roles`` that are held in somebody's place, not formally."""
    checks: Mapping[str, RoleCheck] = field(default_factory=lambda: _NOTHING)
    """By role: did they do it? A role that is missing here is not known yet."""
    position: str = holds("", searched=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Turn(Record):
    """คำพูด: what one speaker said, in the speaker's own words."""

    KIND: ClassVar[str] = "turn"

    session: RecordId = holds(RecordId(""), points_to="session")
    place: int = 0
    """Order in the session; steps are wide so that a turn can be put between two others."""
    speaker: RecordId | None = holds(None, points_to="person")
    """A person; None where nobody has said who spoke."""
    label: str = holds("", searched=True)
    """The speaker as the source wrote it, where that is not a known person (พิธีกร, ประธาน)."""
    text: str = holds("", searched=True)
    """Verbatim: slips of typing and all."""
    said_at: dt.datetime | None = None
    """Aware; None where the source gave no time."""
    kind: TurnKind = "verbatim"
    heading: str = holds("", searched=True)
    """The topic it stands under; empty where there is none."""
    same_as: frozenset[RecordId] = holds(frozenset(), twins=True)
    """The turn that is shown for it, where two recorders wrote down the same words."""
    not_same: frozenset[RecordId] = holds(frozenset(), twins=True)
    """Turns that a person said are others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Lesson(Record):
    """บทเรียน: what was expected, what happened, why, and what to do next."""

    KIND: ClassVar[str] = "lesson"

    session: RecordId | None = holds(None, points_to="session")
    title: str = holds("", searched=True)
    expected: str = holds("", searched=True)
    happened: str = holds("", searched=True)
    why: str = holds("", searched=True)
    """Empty means "not known yet"."""
    next: str = holds("", searched=True)
    for_role: Role | None = None
    """Who should apply it."""
    for_agency: RecordId | None = holds(None, points_to="agency")
    kind: LessonKind | None = None
    evidence: frozenset[RecordId] = holds(frozenset(), points_to="turn")
    """The turns it came from."""
    status: LessonStatus = "draft"
    applied_where: str = holds("", searched=True)
    applied_on: dt.date | None = None
    replaced_by: RecordId | None = holds(None, points_to="lesson")
    confirmed_by: frozenset[RecordId] = holds(frozenset(), points_to="session")
    """Later sessions that bore it out."""
    contradicted_by: frozenset[RecordId] = holds(frozenset(), points_to="session")
    reused_in: frozenset[RecordId] = holds(frozenset(), points_to="session")
    tags: frozenset[str] = holds(frozenset(), searched=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Outcome(Record):
    """ข้อสรุป: a decision, action, open question, proposal or invitation."""

    KIND: ClassVar[str] = "outcome"

    session: RecordId = holds(RecordId(""), points_to="session")
    kind: OutcomeKind = "decision"
    text: str = holds("", searched=True)
    evidence: frozenset[RecordId] = holds(frozenset(), points_to="turn")
    owner: RecordId | None = holds(None, points_to="person")
    """Who has taken an action on; None where nobody has."""
    due: dt.date | None = None
    done: bool = False
    answered_by: RecordId | None = holds(None, points_to="turn")
    """The turn that answers an open question."""
    agency: RecordId | None = holds(None, points_to="agency")
    """Who is invited."""
    reason: str = holds("", searched=True)
    willing: bool | None = None
    """Whether an invited agency wants to join; None while not known. Source: forum line 31."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Person(Record):
    """คน: somebody who comes to forums."""

    KIND: ClassVar[str] = "person"

    name: str = holds("", searched=True)
    """As written, title and all: คุณภีม, อ.จำนง."""
    aliases: frozenset[str] = holds(frozenset(), searched=True)
    """Other names for the same person: พี่หมาย."""
    agency: RecordId | None = holds(None, points_to="agency", joined=True)
    position: str = holds("", searched=True, joined=True)
    same_as: frozenset[RecordId] = holds(frozenset(), twins=True)
    """The record of the same person as which this one is read."""
    joins: frozenset[RecordId] = holds(frozenset(), twins=True)
    """The other side of ``same_as``."""
    not_same: frozenset[RecordId] = holds(frozenset(), twins=True)
    """Those that a person said are others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class NamePeriod(Value):
    """A name that an agency had for some years."""

    short: str = ""
    full: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Agency(Record):
    """หน่วยงาน: short name, full name, and the names of other years (กศน. then สกร.)."""

    KIND: ClassVar[str] = "agency"

    short: str = holds("", searched=True)
    full: str = holds("", searched=True, joined=True)
    aliases: frozenset[str] = holds(frozenset(), searched=True)
    earlier: tuple[NamePeriod, ...] = ()
    membership: Membership = "member"
    same_as: frozenset[RecordId] = holds(frozenset(), twins=True)
    """The record of the same agency as which this one is read."""
    joins: frozenset[RecordId] = holds(frozenset(), twins=True)
    """The other side of ``same_as``."""
    not_same: frozenset[RecordId] = holds(frozenset(), twins=True)
    """Those that a person said are others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Capability(Record):
    """บทบาทที่เป็นได้: whether an agency can hold a role, and who says so."""

    KIND: ClassVar[str] = "capability"

    agency: RecordId = holds(RecordId(""), points_to="agency")
    role: Role = "facilitator"
    ability: Ability = "not_asked"
    basis: Basis = "others"
    reason: str = holds("", searched=True)
    capacity: str = holds("", searched=True)
    """How many and who: 5-6 คน."""
    holder: str = holds("", searched=True)
    """A person or a position."""
    acting: bool = False
    evidence: frozenset[RecordId] = holds(frozenset(), points_to="turn")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Duty(Record):
    """หน้าที่: what a role does, its rules, and what is not its job."""

    KIND: ClassVar[str] = "duty"

    role: Role = "facilitator"
    agency: RecordId | None = holds(None, points_to="agency")
    duties: str = holds("", searched=True)
    rules: str = holds("", searched=True)
    not_its_job: str = holds("", searched=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Review(Record):
    """AAR: one person's answers after one session."""

    KIND: ClassVar[str] = "review"

    session: RecordId = holds(RecordId(""), points_to="session")
    person: RecordId | None = holds(None, points_to="person")
    questions: str = "gotoknow4"
    """Which set of questions."""
    answers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """By question, in the person's words."""
    promise: str = holds("", searched=True)
    """สิ่งที่จะกลับไปทำ: followed up later."""
    promise_kept: bool | None = None


KINDS: Final[Mapping[str, type[Record]]] = {
    kind.KIND: kind
    for kind in (
        Series,
        Session,
        Attendance,
        Turn,
        Lesson,
        Outcome,
        Person,
        Agency,
        Capability,
        Duty,
        Review,
    )
}
"""Every kind of record by the word before the stroke in its id."""


@cache
def facts_of(kind: str) -> Mapping[str, Facts]:
    """What is true of each field of a kind of record, by its name. Raises KeyError for no kind."""
    known = fields(KINDS[kind])
    return {one.name: one.metadata.get("facts", _PLAIN) for one in known if one.name not in COMMON}


@cache
def searched(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record whose words are found."""
    return tuple(name for name, facts in facts_of(kind).items() if facts.searched)


@cache
def fact(name: str) -> Facts:
    """What is true of a field by its name alone: one name says the same wherever it stands.

    Searching and joining differ from kind to kind; ask ``facts_of`` for those.
    """
    return next((facts_of(kind)[name] for kind in KINDS if name in facts_of(kind)), _PLAIN)
