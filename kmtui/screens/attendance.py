"""Attendance: how somebody was at a forum, when they came and left, which roles, and did they?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from kmtui.labels import check_word, role_word
from kmtui.naming_records import agency_edits
from kmtui.screens.card import CardScreen
from kmtui.shapes import title_of
from kmtui.widgets.card_fields import card_fields
from kmtui.widgets.card_lines import CardReading, Field, Line, Link, heading, yes_or_no
from kmtui.widgets.marks import ROLE_MARKS, ROLE_ORDER
from kmtui.words import _
from store.dates import read_time
from store.edits import Change, Edit
from store.errors import N_
from store.notebook import Notebook
from store.records import Attendance
from store.vocabulary import ROLE_CHECKS


class AttendanceCard(CardScreen):
    """Everything that is known of one person at one forum."""

    NAME: ClassVar[str] = N_("At the forum")

    def read(self, notebook: Notebook) -> CardReading:
        """The attendance as it stands."""
        one = notebook.record(self.record)
        assert isinstance(one, Attendance)
        name = title_of(notebook.record(one.person))
        agency = title_of(notebook.record(one.agency)) if one.agency else ""
        lines = [*card_fields(one, agency=agency), *_roles(one)]
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


def _roles(one: Attendance) -> Iterator[Line]:
    yield from heading(_("Roles"))
    for role in ROLE_ORDER:
        label = f"{ROLE_MARKS[role]} {role_word(role)}"
        yield Field(one.id, f"role:{role}", label, role in one.roles, "choice", yes_or_no())
    held = [role for role in ROLE_ORDER if role in one.roles]
    if held:
        yield from heading(_("Did they do it?"))
    answers = tuple((check, check_word(check)) for check in (None, *ROLE_CHECKS))
    for role in held:
        yield Field(
            one.id, f"checks.{role}", role_word(role), one.checks.get(role), "choice", answers
        )
