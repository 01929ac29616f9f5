"""What a notebook answers: records put together for a reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .records import (
    Agency,
    Attendance,
    Lesson,
    Outcome,
    Person,
    Record,
    RecordId,
    Review,
    Series,
    Session,
    Turn,
)
from .values import Value
from .vocabulary import GapKind, GapLevel


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Gap(Value):
    """Something that a forum's record still lacks. It is told, never demanded."""

    kind: GapKind
    level: GapLevel
    about: RecordId | None = None
    """The record to jump to; None where the gap is the session's own."""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Completeness(Value):
    """How much of a forum's record is there."""

    share: float
    """0..1; six dots on a screen."""
    gaps: tuple[Gap, ...] = ()
    """The most important first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SessionRow(Value):
    """A session as a list shows it, without reading its turns."""

    id: RecordId
    title: str
    series: RecordId | None
    series_title: str
    part: int | None
    date: dt.date | None
    place: str
    status: str
    finished: bool
    turns: int
    lessons: int
    outcomes: int
    recorders: tuple[str, ...]
    """Names, as written."""
    facilitators: tuple[str, ...]
    complete: float
    gaps: Sequence[Gap]
    """The most important first."""
    marks: frozenset[str] = frozenset()
    joins: tuple[RecordId, ...] = ()
    """Further records of the same forum, read as part of this one."""
    last_change: str = ""
    """Id of the last change of it or of anything in it; sorts by time."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Further texts of it, by the names of their fields."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SessionWhole(Value):
    """One session with everything in it; deleted records are left out."""

    session: Session
    series: Series | None
    attendance: tuple[Attendance, ...]
    turns: tuple[Turn, ...]
    """In order."""
    lessons: tuple[Lesson, ...]
    outcomes: tuple[Outcome, ...]
    reviews: tuple[Review, ...]
    people: Mapping[RecordId, Person]
    """Everybody named anywhere in it."""
    agencies: Mapping[RecordId, Agency]
    completeness: Completeness
    joined: tuple[Session, ...] = ()
    """Further records of the same forum, as they were written; they are read as part of it."""
    folded: Mapping[RecordId, tuple[Turn, ...]] = field(default_factory=dict)
    """By turn that is shown: the same words as another recorder wrote them down."""

    def speaker_name(self, turn: Turn) -> str:
        """Who said it, as written; the source's label, or empty, where that is not known."""
        person = self.people.get(turn.speaker) if turn.speaker else None
        return person.name if person else turn.label

    def names_with(self, role: str) -> tuple[str, ...]:
        """The people who hold this role here, as written."""
        return tuple(
            self.people[one.person].name
            for one in self.attendance
            if role in one.roles and one.person in self.people
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Saved(Value):
    """What a save did; it is on the disk when this is returned."""

    change: str
    """Id of the change; several records saved together share it."""
    records: tuple[Record, ...]
    """As they stand now, in the order of the edits."""

    @property
    def record(self) -> Record:
        """The first of the records."""
        return self.records[0]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class FieldChange(Value):
    """One field of one record, changed once."""

    change: str
    time: dt.datetime | None
    """Aware, as the laptop's clock said; for people, no rule reads it."""
    who: RecordId | None
    laptop: str
    field: str
    value: Any
    replaced: tuple[Any, ...] = ()
    """The values that it took the place of; empty for a first value."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Hit(Value):
    """A text that holds the words looked for."""

    kind: str
    id: RecordId
    session: RecordId | None
    field: str
    text: str
    """The whole text as stored."""
    start: int
    """Code points of ``text``; the hit is ``text[start:end]``."""
    end: int
    exact: bool = True
    """False where only the tone marks differ."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Holder(Value):
    """Who writes to a notebook now."""

    pid: int = 0
    laptop: str = ""
    owner: str = ""
    since: str = ""
    """Local time with offset, ISO 8601."""
    program: str = ""

    def __str__(self) -> str:
        known = [part for part in (self.owner, self.program, self.since[11:16]) if part]
        return ", ".join([*known, f"process {self.pid}"]) if self.pid else "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Notice(Value):
    """Something found on opening or verifying that a person should hear once."""

    kind: str
    """torn_tail, rot, repaired, view_rebuilt, view_renewed, held, clock, duplicate_device."""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Draft(Value):
    """A line that was being typed and is not saved yet."""

    session: RecordId
    text: str
    speaker: RecordId | None = None
    speaker_name: str = ""
    written: dt.datetime | None = None
    """Aware, when the last key came."""
    cursor: int = 0
