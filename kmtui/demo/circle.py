"""One forum of the demo: read in from its text, and what was drawn from it put beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import as_file, files
from typing import Any

from store.ids import attendance_id
from store.records import (
    Attendance,
    Lesson,
    Outcome,
    Record,
    RecordId,
    Session,
    Turn,
)
from store.transcripts import Known, Proposal, ProposedTurn, read
from store.vocabulary import OutcomeKind, Presence, Role, RoleCheck

from .cast import Cast, NewId

_STEP = 1000


@dataclass(slots=True)
class Circle:
    """A forum that grows while it is told.

    Args:
        cast: Who may come.
        new_id: A fresh id for a record of this kind and session.
        session: The forum.
        turns: What was said, in order.
    """

    cast: Cast
    new_id: NewId
    session: Session
    turns: tuple[Turn, ...] = ()
    drawn: list[Record] = field(default_factory=list)

    def words(self, *numbers: int) -> frozenset[RecordId]:
        """The turns with these numbers, counted from 1."""
        return frozenset(self.turns[number - 1].id for number in numbers)

    def came(
        self,
        name: str,
        *roles: Role,
        checks: Mapping[str, RoleCheck] | None = None,
        presence: Presence = "present",
        reason: str = "",
    ) -> None:
        """Somebody was there or not, with these roles."""
        person = self.cast.people[name]
        self.drawn.append(
            Attendance(
                id=attendance_id(self.session.id, person.id),
                session=self.session.id,
                person=person.id,
                agency=person.agency,
                presence=presence,
                reason=reason,
                roles=frozenset(roles),
                checks=checks or {},
                position=person.position,
            )
        )

    def learned(self, title: str, *numbers: int, **told: Any) -> None:
        """A lesson, with the turns that it came from."""
        self.drawn.append(
            Lesson(
                id=self.new_id("lesson", self.session.id),
                session=self.session.id,
                title=title,
                evidence=self.words(*numbers),
                **told,
            )
        )

    def came_out(self, kind: OutcomeKind, text: str, *numbers: int, **told: Any) -> None:
        """A decision, action or question, with the turns that it came from."""
        self.drawn.append(
            Outcome(
                id=self.new_id("outcome", self.session.id),
                session=self.session.id,
                kind=kind,
                text=text,
                evidence=self.words(*numbers),
                **told,
            )
        )

    def records(self) -> tuple[Record, ...]:
        """Everything to keep of it."""
        return (self.session, *self.turns, *self.drawn)


def read_circle(cast: Cast, new_id: NewId, part: int, day: date, **known: Any) -> Circle:
    """The forum of this part, read in from its text as a person would who knows everybody.

    Args:
        cast: Who may come.
        new_id: A fresh id for a record of this kind and session.
        part: Its number in the series.
        day: On which it was held; the text does not say.
        known: Other fields of the session.
    """
    proposal = _proposed(cast, part, day)
    session = Session(
        id=new_id("session"),
        title=proposal.title,
        series=cast.series.id,
        part=proposal.part,
        date=day,
        source=proposal.source,
        **known,
    )
    circle = Circle(cast, new_id, session)
    circle.turns = tuple(_turn(circle, one, at) for at, one in enumerate(proposal.turns, start=1))
    return circle


def _proposed(cast: Cast, part: int, day: date) -> Proposal:
    """The text as it is read, with the agency of everybody who has one beside the name."""
    known = Known(tuple(cast.people.values()), tuple(cast.agencies.values()))
    with as_file(files(__package__).joinpath(f"part-{part}.txt")) as path:
        (proposal,) = read(path, known=known, today=day)
    for speaker in proposal.speakers:
        proposal = proposal.with_agency(speaker.label)
    return proposal


def _turn(circle: Circle, said: ProposedTurn, at: int) -> Turn:
    return Turn(
        id=circle.new_id("turn", circle.session.id),
        session=circle.session.id,
        place=_STEP * at,
        speaker=circle.cast.person(said.label),
        text=said.text,
    )
