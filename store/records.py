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
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, NewType

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

_NOTHING: Final[Mapping[str, Any]] = {}


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

    title: str = ""
    aim: str = ""
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

    title: str = ""
    series: RecordId | None = None
    part: int | None = None
    date: dt.date | None = None
    """First day; None where nobody has said it yet."""
    until: dt.date | None = None
    """Last day of a forum of several days; None for one day."""
    starts: str | None = None
    """Local time of day, ``HH:MM``."""
    ends: str | None = None
    place: str = ""
    status: SessionStatus = "held"
    aim: str = ""
    """BAR: what this forum is for."""
    success: str = ""
    """BAR: how it looks when it went well."""
    no_lesson_because: str = ""
    """Said by a person when a forum gave no lesson; empty otherwise."""
    finished: bool = False
    """The recorder has closed it; it can be written on all the same."""
    circles: frozenset[str] = frozenset()
    """วงย่อย: the circles that it was split into."""
    tags: frozenset[str] = frozenset()
    agencies: frozenset[RecordId] = frozenset()
    """Agencies known to take part before anybody said who came for them."""
    source: Source | None = None
    same_as: frozenset[RecordId] = frozenset()
    """Another record of the same forum, as part of which this one is read."""
    joins: frozenset[RecordId] = frozenset()
    """The other side of ``same_as``: records that are read as part of this one."""
    not_same: frozenset[RecordId] = frozenset()
    """Those that a person said are others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Attendance(Record):
    """การเข้าร่วม: one person at one session. Its id is made of both, so there is only one."""

    KIND: ClassVar[str] = "attendance"

    session: RecordId = RecordId("")
    person: RecordId = RecordId("")
    agency: RecordId | None = None
    """The agency of that day."""
    presence: Presence = "present"
    reason: str = ""
    """Why absent, or whom they stood in for."""
    came_at: str | None = None
    """Local time of day, ``HH:MM``; None where not noted."""
    left_at: str | None = None
    roles: frozenset[Role] = frozenset()
    acting: frozenset[Role] = frozenset()
    """Those of ``roles`` that are held in somebody's place, not formally."""
    checks: Mapping[str, RoleCheck] = field(default_factory=lambda: _NOTHING)
    """By role: did they do it? A role that is missing here is not known yet."""
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Turn(Record):
    """คำพูด: what one speaker said, in the speaker's own words."""

    KIND: ClassVar[str] = "turn"

    session: RecordId = RecordId("")
    place: int = 0
    """Order in the session; steps are wide so that a turn can be put between two others."""
    speaker: RecordId | None = None
    """A person; None where nobody has said who spoke."""
    label: str = ""
    """The speaker as the source wrote it, where that is not a known person (พิธีกร, ประธาน)."""
    text: str = ""
    """Verbatim: slips of typing and all."""
    said_at: dt.datetime | None = None
    """Aware; None where the source gave no time."""
    kind: TurnKind = "verbatim"
    heading: str = ""
    """The topic it stands under; empty where there is none."""
    same_as: frozenset[RecordId] = frozenset()
    """The turn that is shown for it, where two recorders wrote down the same words."""
    not_same: frozenset[RecordId] = frozenset()
    """Turns that a person said are others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Lesson(Record):
    """บทเรียน: what was expected, what happened, why, and what to do next."""

    KIND: ClassVar[str] = "lesson"

    session: RecordId | None = None
    title: str = ""
    expected: str = ""
    happened: str = ""
    why: str = ""
    """Empty means "not known yet"."""
    next: str = ""
    for_role: Role | None = None
    """Who should apply it."""
    for_agency: RecordId | None = None
    kind: LessonKind | None = None
    evidence: frozenset[RecordId] = frozenset()
    """The turns it came from."""
    status: LessonStatus = "draft"
    applied_where: str = ""
    applied_on: dt.date | None = None
    replaced_by: RecordId | None = None
    confirmed_by: frozenset[RecordId] = frozenset()
    """Later sessions that bore it out."""
    contradicted_by: frozenset[RecordId] = frozenset()
    reused_in: frozenset[RecordId] = frozenset()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Outcome(Record):
    """ข้อสรุป: a decision, action, open question, proposal or invitation."""

    KIND: ClassVar[str] = "outcome"

    session: RecordId = RecordId("")
    kind: OutcomeKind = "decision"
    text: str = ""
    evidence: frozenset[RecordId] = frozenset()
    owner: RecordId | None = None
    """Who has taken an action on; None where nobody has."""
    due: dt.date | None = None
    done: bool = False
    answered_by: RecordId | None = None
    """The turn that answers an open question."""
    agency: RecordId | None = None
    """Who is invited."""
    reason: str = ""
    willing: bool | None = None
    """Whether an invited agency wants to join; None while not known. Source: forum line 31."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Person(Record):
    """คน: somebody who comes to forums."""

    KIND: ClassVar[str] = "person"

    name: str = ""
    """As written, title and all: คุณภีม, อ.จำนง."""
    aliases: frozenset[str] = frozenset()
    """Other names for the same person: พี่หมาย."""
    agency: RecordId | None = None
    position: str = ""
    same_as: frozenset[RecordId] = frozenset()
    """The record of the same person as which this one is read."""
    joins: frozenset[RecordId] = frozenset()
    """The other side of ``same_as``."""
    not_same: frozenset[RecordId] = frozenset()
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

    short: str = ""
    full: str = ""
    aliases: frozenset[str] = frozenset()
    earlier: tuple[NamePeriod, ...] = ()
    membership: Membership = "member"
    same_as: frozenset[RecordId] = frozenset()
    """The record of the same agency as which this one is read."""
    joins: frozenset[RecordId] = frozenset()
    """The other side of ``same_as``."""
    not_same: frozenset[RecordId] = frozenset()
    """Those that a person said are others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Capability(Record):
    """บทบาทที่เป็นได้: whether an agency can hold a role, and who says so."""

    KIND: ClassVar[str] = "capability"

    agency: RecordId = RecordId("")
    role: Role = "facilitator"
    ability: Ability = "not_asked"
    basis: Basis = "others"
    reason: str = ""
    capacity: str = ""
    """How many and who: 5-6 คน."""
    holder: str = ""
    """A person or a position."""
    acting: bool = False
    evidence: frozenset[RecordId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Duty(Record):
    """หน้าที่: what a role does, its rules, and what is not its job."""

    KIND: ClassVar[str] = "duty"

    role: Role = "facilitator"
    agency: RecordId | None = None
    duties: str = ""
    rules: str = ""
    not_its_job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Review(Record):
    """AAR: one person's answers after one session."""

    KIND: ClassVar[str] = "review"

    session: RecordId = RecordId("")
    person: RecordId | None = None
    questions: str = "gotoknow4"
    """Which set of questions."""
    answers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """By question, in the person's words."""
    promise: str = ""
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
