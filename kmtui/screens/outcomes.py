"""Outcomes: tasks by day and owner, open questions, invitations, decisions, over all forums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar, Final

from kmtui.screens.room import Entry, Room
from kmtui.spoken_days import day_words
from kmtui.widgets.marks import DRAWN_MARKS
from kmtui.widgets.record_list import REST, Cell
from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook
from store.records import Outcome, Person, RecordId
from store.text import search_key

_SOON: Final = timedelta(days=14)
_WIDE: Final = 66
_LATE, _SOON_DUE, _LATER, _UNOWNED, _UNDATED, _OPEN, _INVITED, _DECIDED, _PROPOSED, _DONE = range(
    10
)


class OutcomesRoom(Room):
    """What is late stands first, what is done last."""

    NAME: ClassVar[str] = N_("Tasks and decisions")
    ASKS: ClassVar[str] = N_("Type words of a task, a name, or a forum")
    NOTHING: ClassVar[str] = N_("Nothing was agreed on yet. In a forum F7 to F9 draw it.")

    def __init__(self) -> None:
        super().__init__()
        self._today = date.min

    def on_mount(self) -> None:
        """What is late is late today."""
        self._today = self.app.today()
        super().on_mount()

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Every outcome that is not in the trash, by how much it asks for somebody."""
        forums = {one.id: one.title for one in notebook.sessions()}
        people = {one.id: one for one in notebook.people()}
        found = [(_group(one, self._today), one) for one in notebook.outcomes()]
        found.sort(key=lambda pair: (pair[0], pair[1].due or date.max, pair[1].id))
        return [_entry(group, one, forums, people) for group, one in found]


def _group(one: Outcome, today: date) -> int:
    if one.kind != "action":
        open_question = one.kind == "question" and one.answered_by is None
        return {
            "question": _OPEN if open_question else _DONE,
            "invitation": _INVITED,
            "decision": _DECIDED,
            "proposal": _PROPOSED,
        }[one.kind]
    if one.done:
        return _DONE
    if one.due is not None and one.due < today:
        return _LATE
    if one.due is not None:
        return _SOON_DUE if one.due - today <= _SOON else _LATER
    return _UNOWNED if one.owner is None else _UNDATED


def _heading(group: int) -> str:
    return {
        _LATE: _("Late"),
        _SOON_DUE: _("Due soon"),
        _LATER: _("Due later"),
        _UNOWNED: _("Nobody has taken it on"),
        _UNDATED: _("Without a day"),
        _OPEN: _("Open questions"),
        _INVITED: _("Invitations"),
        _DECIDED: _("Decisions"),
        _PROPOSED: _("Proposals"),
        _DONE: _("Done"),
    }[group]


def _entry(
    group: int,
    one: Outcome,
    forums: dict[RecordId, str],
    people: dict[RecordId, Person],
) -> Entry:
    owner = people[one.owner].name if one.owner in people else ""
    forum = forums.get(one.session, "")
    day = day_words(one.due) if one.due else ""

    def cells(width: int) -> tuple[Cell, ...]:
        late = "warning" if group == _LATE else "secondary"
        mark = Cell(f"  {DRAWN_MARKS[one.kind]} ", 4, late)
        beside = " · ".join(part for part in (owner, day) if part)
        if width < _WIDE:
            return (mark, Cell(one.text), Cell(f"  {beside}", 20, "muted"))
        return (mark, Cell(one.text, REST), Cell(f"  {beside or forum}", 34, "muted"))

    return Entry(one.id, search_key(f"{one.text} {owner} {forum}"), cells, _heading(group))
