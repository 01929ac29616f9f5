"""Outcome: a task with who and by when, a question with its answer, and the turns it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from kmtui.naming_records import record_name
from kmtui.screens.card import CardScreen
from kmtui.spoken_days import day_words
from kmtui.widgets.card_lines import CardReading, Field, Line, Link, Told, heading, yes_or_no
from kmtui.widgets.marks import drawn_word
from kmtui.words import _
from store.edits import Change, Edit
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.records import Outcome, Turn
from store.vocabulary import OUTCOME_KINDS


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


def _fields(notebook: Notebook, one: Outcome) -> Iterator[Line]:
    yield Field(one.id, "text", _("Words"), one.text, "text")
    kinds = tuple((kind, drawn_word(kind)) for kind in OUTCOME_KINDS)
    yield Field(one.id, "kind", _("Kind"), one.kind, "choice", kinds)
    if one.kind == "action":
        owner = record_name(notebook, one.owner) if one.owner else ""
        due = day_words(one.due, "long") if one.due else ""
        hint = _("such as 22 Nov 2569")
        yield Field(one.id, "owner", _("Who does it"), owner, "who", hint=_("a name"))
        yield Field(one.id, "due", _("By when"), one.due, "day", written=due, hint=hint)
        yield Field(one.id, "done", _("Done"), one.done, "choice", yes_or_no())
    if one.kind == "question" and one.answered_by:
        yield Link(_("Answered by"), record_name(notebook, one.answered_by), one.answered_by)
    if one.kind == "invitation":
        willing = ((None, _("not known yet")), (True, _("yes")), (False, _("no")))
        if one.agency:
            yield Link(_("Agency"), record_name(notebook, one.agency), one.agency, "primary")
        yield Field(one.id, "reason", _("Reason"), one.reason, "text")
        yield Field(one.id, "willing", _("Willing"), one.willing, "choice", willing)


def _evidence(notebook: Notebook, one: Outcome) -> Iterator[Line]:
    for place in sorted(one.evidence):
        try:
            turn = notebook.record(place)
        except StoreError:
            continue  # it is on another laptop still
        if isinstance(turn, Turn):
            name = record_name(notebook, turn.speaker) if turn.speaker else turn.label or "?"
            yield Link(f"  {name}", f"“{turn.text}”", place)
