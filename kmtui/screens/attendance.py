"""Attendance: how somebody was at a forum, when they came and left, which roles, and did they?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from kmtui.labels import presence_word, role_word
from kmtui.naming_records import agency_edits
from kmtui.screens.card import CardScreen
from kmtui.shapes import title_of
from kmtui.widgets.card_lines import CardReading, Field, Line, Link, heading, yes_or_no
from kmtui.widgets.marks import ROLE_MARKS, ROLE_ORDER
from kmtui.words import _
from store.dates import read_time
from store.edits import Change, Edit
from store.errors import N_
from store.notebook import Notebook
from store.records import Attendance
from store.vocabulary import PRESENCES


class AttendanceCard(CardScreen):
    """Everything that is known of one person at one forum."""

    NAME: ClassVar[str] = N_("At the forum")

    def read(self, notebook: Notebook) -> CardReading:
        """The attendance as it stands."""
        one = notebook.record(self.record)
        assert isinstance(one, Attendance)
        name = title_of(notebook.record(one.person))
        agency = title_of(notebook.record(one.agency)) if one.agency else ""
        lines = [*_fields(one, agency), *_roles(one)]
        lines += heading(_("Person"))
        lines.append(Link("", name, one.person, "primary"))
        return CardReading(name, tuple(lines), one.marks)

    def edits(self, notebook: Notebook, field: Field, value: Any) -> Sequence[Edit]:
        """Times are read as people type them; an agency by its name; roles one by one."""
        what, _dot, role = field.name.partition(":")
        match what:
            case "came_at" | "left_at":
                wanted = read_time(str(value)) if value else None
                return (Change(field.record, {what: wanted}),)
            case "agency":
                return agency_edits(notebook, field.record, str(value))
            case "role":
                there = frozenset({role})
                none: frozenset[str] = frozenset()
                return (
                    Change(
                        field.record,
                        add={"roles": there if value else none},
                        take={"roles": none if value else there},
                    ),
                )
        return super().edits(notebook, field, value)


def _fields(one: Attendance, agency: str) -> Iterator[Line]:
    hint = _("such as 09:30")
    presences = tuple((word, presence_word(word)) for word in PRESENCES)
    yield Field(one.id, "presence", _("Here or not"), one.presence, "choice", presences)
    yield Field(one.id, "came_at", _("Came at"), one.came_at, hint=hint)
    yield Field(one.id, "left_at", _("Left at"), one.left_at, hint=hint)
    yield Field(one.id, "agency", _("Agency that day"), agency)
    yield Field(one.id, "position", _("Position"), one.position)
    yield Field(one.id, "reason", _("Reason"), one.reason)


def _roles(one: Attendance) -> Iterator[Line]:
    yield from heading(_("Roles"))
    for role in ROLE_ORDER:
        label = f"{ROLE_MARKS[role]} {role_word(role)}"
        yield Field(one.id, f"role:{role}", label, role in one.roles, "choice", yes_or_no())
    held = [role for role in ROLE_ORDER if role in one.roles]
    if held:
        yield from heading(_("Did they do it?"))
    answers = (
        (None, _("not known yet")),
        ("did", _("did it")),
        ("partly", _("did it partly")),
        ("did_not", _("did not do it")),
    )
    for role in held:
        yield Field(
            one.id, f"checks.{role}", role_word(role), one.checks.get(role), "choice", answers
        )
