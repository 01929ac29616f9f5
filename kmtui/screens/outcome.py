"""Outcome: a task with who and by when, a question with its answer, and the turns it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from kmtui import fields
from kmtui.naming_records import record_name
from kmtui.screens.card import CardScreen
from kmtui.widgets.card_fields import card_fields
from kmtui.widgets.card_lines import CardReading, Field, Line, Link, Told, heading
from kmtui.words import _
from store.edits import Change, Edit
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.records import Outcome, Turn


class OutcomeCard(CardScreen):
    """Everything of one decision, task, question, proposal or invitation."""

    NAME: ClassVar[str] = N_("Decision or task")

    def read(self, notebook: Notebook) -> CardReading:
        """It as it stands."""
        one = notebook.record(self.record)
        assert isinstance(one, Outcome)
        lines = [*_fields(notebook, one), *heading(_("Evidence"))]
        lines += list(_evidence(notebook, one)) or [Told("  " + _("no turn bears it out yet"))]
        lines.append(Link(_("Forum"), record_name(notebook, one.session), one.session, "primary"))
        return CardReading(one.text, tuple(lines), one.marks)

    def edits(self, notebook: Notebook, field: Field, value: Any) -> Sequence[Edit]:
        """An answer that was found by its words is kept as the turn."""
        if field.name == "willing" and value == "":
            return (Change(field.record, {"willing": None}),)
        return super().edits(notebook, field, value)


_OF_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    "action": ("owner", "due", "done"),
    "invitation": ("reason", "willing"),
}
"""Fields that only one kind of outcome has a row for."""


def _fields(notebook: Notebook, one: Outcome) -> Iterator[Line]:
    owner = record_name(notebook, one.owner) if one.owner else ""
    yield from card_fields(one, "text", "kind")
    if one.kind == "question" and one.answered_by:
        answer = record_name(notebook, one.answered_by)
        yield Link(fields.label("outcome", "answered_by"), answer, one.answered_by)
    if one.kind == "invitation" and one.agency:
        agency = record_name(notebook, one.agency)
        yield Link(fields.label("outcome", "agency"), agency, one.agency, "primary")
    if more := _OF_KIND.get(one.kind):
        yield from card_fields(one, *more, owner=owner)


def _evidence(notebook: Notebook, one: Outcome) -> Iterator[Line]:
    for place in sorted(one.evidence):
        try:
            turn = notebook.record(place)
        except StoreError:
            continue  # it is on another laptop still
        if isinstance(turn, Turn):
            name = record_name(notebook, turn.speaker) if turn.speaker else turn.label or "?"
            yield Link(f"  {name}", f"“{turn.text}”", place)
