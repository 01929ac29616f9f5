"""Who is here and what they do here: each job is one save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.edits import Add, BringBack, Change, Edit
from store.errors import UnknownRecord
from store.records import Agency, Attendance, Person, RecordId
from store.vocabulary import Role, RoleCheck

from .keeping import Kept, Pen, attending, known_record, person_for
from .names import key_of
from .voices import Voice

if TYPE_CHECKING:
    from store.notebook import Notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Somebody is here."""

    voice: Voice

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Person, where new, and attendance in one save."""
        person, newcomer = person_for(self.voice, notebook, pen)
        if person is None:
            raise UnknownRecord(where=self.voice.shown)
        edits: list[Edit] = [Add(newcomer)] if newcomer else []
        edits += attending(notebook, pen.session, person)
        saved = notebook.save(*edits)
        if newcomer is not None:
            pen.newcomers[key_of(newcomer.name)] = newcomer
        return Kept(saved=saved, record=person, newcomer=newcomer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Somebody holds a role here, or holds it no longer."""

    person: RecordId
    role: Role
    holds: bool

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """The role goes into the attendance; several roles are one person's right."""
        roles = {"roles": frozenset[str]({self.role})}
        if self.holds:
            return _attendance(notebook, pen, self.person, {}, add=roles)
        return _attendance(notebook, pen, self.person, {}, take=roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Somebody did not come, and why; or came after all."""

    person: RecordId
    reason: str = ""
    came: bool = False

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Set presence and reason."""
        presence = "present" if self.came else "absent"
        return _attendance(
            notebook, pen, self.person, {"presence": presence, "reason": self.reason}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Belong:
    """Somebody comes from an agency, today and, where nothing else is known, always."""

    person: RecordId
    agency: str
    """A short or a full name; a new one is an agency from now on."""

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:
        """Agency, where new, attendance and person in one save."""
        agency = _agency_named(self.agency, notebook)
        edits: list[Edit] = []
        if agency is None:
            agency = Agency(id=notebook.new_id("agency"), short=self.agency)
            edits.append(Add(agency))
        person = notebook.record(self.person)
        if isinstance(person, Person) and person.agency is None:
            edits.append(Change(person.id, {"agency": agency.id}))
        return _attendance(notebook, pen, self.person, {"agency": agency.id}, before=edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether somebody did the role that they held; None for not known yet."""

    attendance: RecordId
    role: Role
    check: RoleCheck | None

    def keep(self, notebook: Notebook, pen: Pen) -> Kept:  # noqa: ARG002 - as every job
        """Set one key of the checks."""
        saved = notebook.save(Change(self.attendance, {f"checks.{self.role}": self.check}))
        return Kept(saved=saved, record=saved.record)


def _attendance(
    notebook: Notebook,
    pen: Pen,
    person: RecordId,
    fields: dict[str, Any],
    *,
    add: dict[str, frozenset[str]] | None = None,
    take: dict[str, frozenset[str]] | None = None,
    before: list[Edit] | None = None,
) -> Kept:
    """Change the attendance of a person, making it where there is none."""
    attendance = notebook.attendance_id(pen.session, person)
    known = known_record(notebook, attendance)
    edits: list[Edit] = list(before or [])
    if not isinstance(known, Attendance):
        who = known_record(notebook, person)
        agency = who.agency if isinstance(who, Person) else None
        there = Attendance(id=attendance, session=pen.session, person=person, agency=agency)
        edits.append(Add(there))
    elif "deleted" in known.marks:
        edits.append(BringBack(attendance))
    edits.append(Change(attendance, fields, add or {}, take or {}))
    saved = notebook.save(*edits)
    return Kept(saved=saved, record=saved.records[-1])


def _agency_named(name: str, notebook: Notebook) -> Agency | None:
    wanted = key_of(name)
    for agency in notebook.agencies():
        if wanted in {key_of(one) for one in (agency.short, agency.full, *agency.aliases)}:
            return agency
    return None
