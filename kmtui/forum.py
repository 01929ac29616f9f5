"""A forum put together in memory: its records are saved at once, or only shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from store.edits import Add, Edit
from store.ids import attendance_id
from store.records import (
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
from store.vocabulary import ROLES, Presence, Role

from .naming import Naming, Warned
from .shapes import speakers_shape

STEP: Final = 1000
"""Between the places of two turns, so that others fit in between."""

NewId = Callable[[str, RecordId | None], RecordId]
"""A fresh id for a record of this kind, in this session."""
Was = Literal["present", "absent"]


@dataclass(slots=True, kw_only=True)
class Forum:
    """One session and everything in it, before it is kept."""

    session: Session
    naming: Naming
    new_id: NewId
    series: Series | None = None
    """Only where it is a new one."""
    turns: list[Turn] = field(default_factory=list)
    attendance: dict[RecordId, Attendance] = field(default_factory=dict)
    """By person."""
    outcomes: list[Outcome] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    not_understood: list[int] = field(default_factory=list)
    """Line numbers, from 1."""
    new_people: tuple[str, ...] = ()
    """People whom nobody knew before this forum."""

    def id_for(self, kind: str) -> RecordId:
        """A fresh id inside this forum."""
        return self.new_id(kind, self.session.id)

    def say(self, text: str, speaker: RecordId | None = None, **known: Any) -> Turn:
        """Add what was said; whoever said it was there."""
        turn = Turn(
            id=self.id_for("turn"),
            session=self.session.id,
            place=STEP * (len(self.turns) + 1),
            speaker=speaker,
            text=text,
            **known,
        )
        self.turns.append(turn)
        if speaker is not None:
            self.attend(speaker)
        return turn

    def attend(self, person: RecordId, presence: Presence | None = None, **known: Any) -> None:
        """Note that this person came, or did not; what was noted before stays."""
        before = self.attendance.get(person) or Attendance(
            id=attendance_id(self.session.id, person), session=self.session.id, person=person
        )
        if presence is not None:
            known["presence"] = presence
        self.attendance[person] = replace(before, **known)

    def hold(self, person: RecordId, role: Role) -> None:
        """This person holds the role here."""
        before = self.attendance.get(person)
        self.attend(person, roles=(before.roles if before else frozenset()) | {role})

    def take_part(self, agency: RecordId) -> None:
        """This agency took part."""
        self.session = replace(self.session, agencies=self.session.agencies | {agency})

    def records(self) -> list[Record]:
        """Everything of this forum, in an order in which each names only those before it."""
        series = [self.series] if self.series else []
        return [
            *series,
            self.session,
            *self.attendance.values(),
            *self.turns,
            *self.lessons,
            *self.outcomes,
            *self.reviews,
        ]

    def settle(self, known_before: int = 0) -> None:
        """Take over what naming has to tell about this forum; nothing more is added to it.

        Args:
            known_before: How many of the new records of naming are of an earlier forum.
        """
        new = self.naming.new[known_before:]
        self.new_people = tuple(one.name for one in new if isinstance(one, Person))
        self.warnings = [*self.naming.take_warnings(), *self.warnings]

    def name_of(self, person: RecordId) -> str:
        """What the person is called, known or new."""
        return self.naming.name_of(person)

    def shape(self, *, kept: bool) -> dict[str, Any]:
        """The document of `log` and `import`; ids are null where nothing is kept."""
        session = self.session
        notes = sum(turn.kind == "note" and turn.speaker is None for turn in self.turns)
        return {
            "session": {
                "id": session.id if kept else None,
                "title": session.title,
                "part": session.part,
                "date": session.date.isoformat() if session.date else None,
                "place": session.place,
            },
            "turns": len(self.turns) - notes,
            "speakers": speakers_shape(self._speaker_names()),
            "attendance": {
                "present": self._names(lambda one: one.presence in ("present", "on_behalf")),
                "absent": self._names(lambda one: one.presence == "absent"),
            },
            "roles": {role: self._holders(role) for role in ROLES},
            "decisions": [one.text for one in self.outcomes if one.kind == "decision"],
            "lessons": len(self.lessons),
            "not_understood": sorted(self.not_understood),
            "warnings": [one.shape() for one in self.warnings],
            "notes": notes,
            "agencies": [self.name_of(one) for one in sorted(self.session.agencies)],
            "new_people": list(self.new_people),
        }

    def _speaker_names(self) -> Iterable[str]:
        for turn in self.turns:
            name = self.name_of(turn.speaker) if turn.speaker else turn.label
            if name:
                yield name

    def _names(self, wanted: Callable[[Attendance], bool]) -> list[str]:
        return [self.name_of(person) for person, one in self.attendance.items() if wanted(one)]

    def _holders(self, role: Role) -> list[str]:
        return self._names(lambda one: role in one.roles)


def edits_of(naming: Naming, *forums: Forum) -> list[Edit]:
    """One transaction: all of these forums with everybody new in them, or nothing."""
    records = [*naming.new, *(record for forum in forums for record in forum.records())]
    return [*map(Add, records), *naming.changes()]
