"""One forum of the demo: read in from its text, and what was drawn from it put beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any

from store.ids import attendance_id
from store.records import (
    Attendance,
    Lesson,
    Outcome,
    Record,
    RecordId,
    Session,
    Source,
    Turn,
)
from store.vocabulary import OutcomeKind, Presence, Role, RoleCheck

from .cast import Cast, NewId

_STEP = 1000
_BLANKS = " \u00a0"


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
    """The forum of this part, as its text tells it."""
    name = f"part-{part}.txt"
    raw = files(__package__).joinpath(name).read_bytes()
    title, *rest = raw.decode("utf-8").splitlines()
    session = Session(
        id=new_id("session"),
        title=title,
        series=cast.series.id,
        part=part,
        date=day,
        source=Source(name=name, sha256=sha256(raw).hexdigest()),
        **known,
    )
    circle = Circle(cast, new_id, session)
    circle.turns = tuple(_turns(circle, rest))
    return circle


def _turns(circle: Circle, lines: list[str]) -> list[Turn]:
    spoken = [line for line in lines if line.startswith(tuple(circle.cast.people))]
    return [_turn(circle, line, at) for at, line in enumerate(spoken, start=1)]


def _turn(circle: Circle, line: str, at: int) -> Turn:
    name = next(one for one in circle.cast.people if line.startswith(one))
    text = line[len(name) :].lstrip(_BLANKS)
    for short in circle.cast.agencies:
        if text.startswith(short + "\u00a0"):
            text = text[len(short) :].lstrip(_BLANKS)
    return Turn(
        id=circle.new_id("turn", circle.session.id),
        session=circle.session.id,
        place=_STEP * at,
        speaker=circle.cast.person(name),
        text=text,
    )
