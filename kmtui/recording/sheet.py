"""The turns of a forum as the recorder sees them, kept or still on their way to the disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from kmtui.spoken_days import day_words
from store.readings import SessionWhole
from store.records import Lesson, Outcome, RecordId, Turn
from store.vocabulary import TurnKind

from .voices import NOBODY, Voice

State = Literal["saving", "kept", "refused"]
DrawnKind = Literal["lesson", "decision", "action", "question", "proposal", "invitation"]

STEP: Final = 1000
"""Between the places of two turns, so that others fit in between."""


@dataclass(slots=True, kw_only=True, eq=False)
class Drawn:
    """What was drawn from a turn."""

    kind: DrawnKind
    text: str
    state: State = "saving"
    id: RecordId | None = None
    """None until it is kept."""
    beside: str = ""
    """Owner and day of an action, as a person reads them."""


@dataclass(slots=True, kw_only=True, eq=False)
class Row:
    """One turn with what was drawn from it."""

    voice: Voice = NOBODY
    text: str = ""
    place: int = 0
    kind: TurnKind = "verbatim"
    heading: str = ""
    state: State = "saving"
    id: RecordId | None = None
    """None until it is kept."""
    drawn: list[Drawn] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Sheet:
    """All rows of one forum, in order."""

    rows: list[Row] = field(default_factory=list)

    def renew(self, kept: list[Row]) -> None:
        """Take over what is kept; rows stay the same rows, and those on their way stay."""
        known = {row.id: row for row in self.rows if row.id}
        waiting = [row for row in self.rows if row.state != "kept"]
        rows = [_renewed(known[row.id], row) if row.id in known else row for row in kept]
        self.rows = sorted([*rows, *waiting], key=lambda row: row.place)

    def next_place(self) -> int:
        """Behind the last turn."""
        return max((row.place for row in self.rows), default=0) + STEP

    def unsaved(self) -> list[Row]:
        """Rows with anything that was refused, in order."""
        return [
            row
            for row in self.rows
            if row.state == "refused" or any(one.state == "refused" for one in row.drawn)
        ]

    def swap_voice(self, old: Voice, new: Voice) -> list[Row]:
        """Show the one speaker as the other; tells which rows changed."""
        changed = [row for row in self.rows if row.voice.shown and row.voice.key == old.key]
        for row in changed:
            row.voice = new
        return changed


def _renewed(row: Row, kept: Row) -> Row:
    waiting = [one for one in row.drawn if one.state != "kept"]
    row.voice, row.text, row.place = kept.voice, kept.text, kept.place
    row.kind, row.heading = kept.kind, kept.heading
    row.drawn = [*kept.drawn, *waiting]
    return row


def rows_of(whole: SessionWhole) -> list[Row]:
    """The rows of a session as it is kept."""
    rows = [_row(turn, whole) for turn in whole.turns]
    by_id = {row.id: row for row in rows}
    drawn: tuple[Lesson | Outcome, ...] = (*whole.lessons, *whole.outcomes)
    for record in drawn:
        for row in _evidence(record, by_id):
            row.drawn.append(drawn_of(record, whole))
    return rows


def _row(turn: Turn, whole: SessionWhole) -> Row:
    person = whole.people.get(turn.speaker) if turn.speaker else None
    return Row(
        voice=Voice(name=person.name, person=person.id) if person else Voice(label=turn.label),
        text=turn.text,
        place=turn.place,
        kind=turn.kind,
        heading=turn.heading,
        state="kept",
        id=turn.id,
    )


def _evidence(record: Lesson | Outcome, by_id: dict[RecordId | None, Row]) -> Iterable[Row]:
    """The first of the turns that it came from, so that it is shown once."""
    found = [row for turn, row in by_id.items() if turn in record.evidence]
    return found[:1]


def drawn_of(record: Lesson | Outcome, whole: SessionWhole | None = None) -> Drawn:
    """A kept lesson or outcome as it stands under its turn."""
    if isinstance(record, Lesson):
        return Drawn(kind="lesson", text=record.title, state="kept", id=record.id)
    owner = whole.people.get(record.owner) if whole and record.owner else None
    return Drawn(
        kind=record.kind,
        text=record.text,
        state="kept",
        id=record.id,
        beside=beside_task(owner.name if owner else "", record.due),
    )


def beside_task(owner: str, due: date | None) -> str:
    """Who has taken a task on, and by when."""
    day = day_words(due) if due else ""
    return " · ".join(part for part in (owner, day) if part)
