"""Writing one forum down: each job is one save, done where the notebook is.

A job runs on the thread of the notebook, in the order in which the keys came. It finds out for
itself who is known and who is there, so a person made by the line before is not made twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from kmtui.taking_back import TakingBack
from store.edits import Add, BringBack, Change, Delete, Edit
from store.errors import N_, StoreError, UnknownRecord
from store.readings import Draft, Saved, SessionWhole
from store.records import Attendance, Lesson, Outcome, Person, Record, RecordId, Turn
from store.vocabulary import OutcomeKind, TurnKind

from .names import key_of
from .sheet import DrawnKind
from .voices import Voice

if TYPE_CHECKING:
    from store.notebook import Notebook

LONGEST_TITLE = 80
"""Code points of a turn's first words, where they stand in for a title."""


class EvidenceNotKept(StoreError):
    """The words that something should be drawn from are not on the disk yet."""

    kind = "evidence_not_kept"
    sentence = N_("The words it comes from are not kept yet. Press Enter to try again.")


@dataclass(slots=True, kw_only=True)
class Pen:
    """What the jobs of one forum hand on to the next; touched on the notebook's thread only."""

    session: RecordId
    newcomers: dict[str, Person] = field(default_factory=dict)
    """People made in this sitting, by the key of their written name."""
    turns: dict[int, RecordId] = field(default_factory=dict)
    """Turns kept in this sitting, by their place."""
    taking_back: TakingBack = field(default_factory=TakingBack)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a job has done."""

    saved: Saved
    record: Record
    """The one that the job was about, as it stands now."""
    newcomer: Person | None = None
    """A person who was made on the way."""


class Job(Protocol):
    """One save."""

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Do it; it is on the disk when this returns. Raises StoreError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Keep what somebody said; whoever said it is there, and is a person from now on."""

    voice: Voice
    text: str
    place: int
    kind: TurnKind = "verbatim"
    heading: str = ""
    said_at: datetime | None = None

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Person, attendance and turn in one save."""
        person, newcomer = person_for(self.voice, notebook, pen)
        edits: list[Edit] = [Add(newcomer)] if newcomer else []
        if person is not None:
            edits += attending(notebook, pen.session, person)
        turn = self._turn(notebook.new_id("turn", pen.session), pen.session, person)
        saved = notebook.save(*edits, Add(turn))
        pen.turns[self.place] = turn.id
        if newcomer is not None:
            pen.newcomers[key_of(newcomer.name)] = newcomer
        return Kept(saved=saved, record=_of(saved, turn.id), newcomer=newcomer)

    def _turn(self, turn_id: RecordId, session: RecordId, person: Person | None) -> Turn:
        return Turn(
            id=turn_id,
            session=session,
            place=self.place,
            speaker=person.id if person else None,
            label=self.voice.label,
            text=self.text,
            kind=self.kind,
            heading=self.heading,
            said_at=self.said_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Keep a lesson, decision, action or question with a turn as its evidence."""

    kind: DrawnKind
    text: str
    place: int
    """Of the turn."""
    turn: RecordId | None = None
    """None where the turn was still on its way when this was asked."""
    owner: Voice | None = None
    due: date | None = None

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Owner, where new, and what was drawn, in one save."""
        evidence = self.turn or pen.turns.get(self.place)
        if evidence is None:
            raise EvidenceNotKept
        owner, newcomer = person_for(self.owner, notebook, pen)
        edits: list[Edit] = [Add(newcomer)] if newcomer else []
        record = self._record(notebook, pen.session, evidence, owner)
        saved = notebook.save(*edits, Add(record))
        if newcomer is not None:
            pen.newcomers[key_of(newcomer.name)] = newcomer
        return Kept(saved=saved, record=_of(saved, record.id), newcomer=newcomer)

    def _record(
        self, notebook: Notebook, session: RecordId, evidence: RecordId, owner: Person | None
    ) -> Lesson | Outcome:
        if self.kind == "lesson":
            return Lesson(
                id=notebook.new_id("lesson", session),
                session=session,
                title=self.text,
                evidence=frozenset({evidence}),
            )
        kind: OutcomeKind = self.kind
        return Outcome(
            id=notebook.new_id("outcome", session),
            session=session,
            kind=kind,
            text=self.text,
            evidence=frozenset({evidence}),
            owner=owner.id if owner else None,
            due=self.due,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePerson:
    """The newcomer is somebody known: everything of theirs is the known person's."""

    newcomer: Person
    known: Person

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Words, tasks and attendance change hands, and the double goes to the trash."""
        edits: list[Edit] = attending(notebook, pen.session, self.known)
        edits += [
            Change(turn.id, {"speaker": self.known.id})
            for turn in notebook.turns(pen.session)
            if turn.speaker == self.newcomer.id
        ]
        edits += [
            Change(one.id, {"owner": self.known.id})
            for one in notebook.outcomes(pen.session)
            if one.owner == self.newcomer.id
        ]
        attendance = known_record(notebook, notebook.attendance_id(pen.session, self.newcomer.id))
        if attendance is not None and "deleted" not in attendance.marks:
            edits.append(Delete(attendance.id))
        saved = notebook.save(*edits, Delete(self.newcomer.id))
        pen.newcomers[key_of(self.newcomer.name)] = self.known
        return Kept(saved=saved, record=self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelIs:
    """A role word before a colon is this person: the words under it are theirs."""

    label: str
    voice: Voice

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Every turn of the forum under this label gets the speaker."""
        person, newcomer = person_for(self.voice, notebook, pen)
        if person is None:
            raise UnknownRecord(where=self.label)
        edits: list[Edit] = [Add(newcomer)] if newcomer else []
        edits += attending(notebook, pen.session, person)
        edits += [
            Change(turn.id, {"speaker": person.id, "label": ""})
            for turn in notebook.turns(pen.session)
            if turn.speaker is None and turn.label == self.label
        ]
        saved = notebook.save(*edits)
        return Kept(saved=saved, record=person, newcomer=newcomer)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFields:
    """Change one record that is kept already."""

    id: RecordId
    fields: Mapping[str, Any]

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:  # noqa: ARG002 - as every job
        """Set the fields."""
        saved = notebook.save(Change(self.id, self.fields))
        return Kept(saved=saved, record=saved.record)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Undo this laptop's last change."""

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Take it back; people who were made by it are not handed on."""
        saved = pen.taking_back.undo(notebook)
        gone = {record.id for record in saved.records if "deleted" in record.marks}
        pen.newcomers = {
            key: person for key, person in pen.newcomers.items() if person.id not in gone
        }
        pen.turns = {at: turn for at, turn in pen.turns.items() if turn not in gone}
        told = next((one for one in saved.records if isinstance(one, Turn)), saved.record)
        return Kept(saved=saved, record=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDraft:
    """Keep the line being typed, and before it what was said and is not kept."""

    draft: Draft
    waiting: tuple[tuple[int, str], ...] = ()
    """By the place of the turn: lines that were on their way when this was asked."""

    def keep_draft(self, notebook: Notebook, pen: Pen) -> None:
        """Keep it; lines that have arrived meanwhile are left out. Raises StoreError."""
        lines = [line for place, line in self.waiting if place not in pen.turns]
        text = "\n".join([*lines, *([self.draft.text] if self.draft.text else [])])
        shift = len(text) - len(self.draft.text)
        notebook.keep_draft(replace(self.draft, text=text, cursor=self.draft.cursor + shift))


def read_whole(notebook: Notebook, session: RecordId) -> tuple[SessionWhole, tuple[Person, ...]]:
    """The forum with everything in it, and everybody the notebook knows."""
    return notebook.session(session), notebook.people()


def person_for(
    voice: Voice | None, notebook: Notebook, pen: Pen
) -> tuple[Person | None, Person | None]:
    """Who a voice is, and the same person again where they have to be made first."""
    if voice is None or not (voice.person or voice.name):
        return None, None
    if voice.person is not None:
        known = known_record(notebook, voice.person)
        if isinstance(known, Person):
            return known, None
    made = pen.newcomers.get(key_of(voice.name))
    if made is not None:
        return made, None
    newcomer = Person(id=notebook.new_id("person"), name=voice.name)
    return newcomer, newcomer


def attending(notebook: Notebook, session: RecordId, person: Person) -> list[Edit]:
    """What has to be saved so that this person is there; nothing where they are already."""
    known = known_record(notebook, notebook.attendance_id(session, person.id))
    if not isinstance(known, Attendance):
        return [Add(Attendance(session=session, person=person.id, agency=person.agency))]
    edits: list[Edit] = [BringBack(known.id)] if "deleted" in known.marks else []
    if known.presence not in ("present", "on_behalf"):
        edits.append(Change(known.id, {"presence": "present"}))
    return edits


def first_words(text: str) -> str:
    """The beginning of a turn, where it stands in for a title."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def known_record(notebook: Notebook, record_id: RecordId) -> Record | None:
    """This record, also from the trash; None where there is none."""
    try:
        return notebook.record(record_id)
    except UnknownRecord:
        return None


def _of(saved: Saved, record_id: RecordId) -> Record:
    return next((one for one in saved.records if one.id == record_id), saved.records[-1])
