"""Trash: what was put away; Enter opens it to read, and there it is brought back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len

from kmtui.labels import kind_word
from kmtui.screens.put_away import PutAwayScreen
from kmtui.screens.room import Entry, Room
from kmtui.shapes import title_of
from kmtui.widgets.record_list import Cell
from kmtui.words import _
from store.errors import N_
from store.ids import kind_of
from store.notebook import Notebook
from store.records import Record, RecordId
from store.text import search_key

_KIND = 16


class TrashRoom(Room):
    """The latest made first. Nothing leaves the trash by itself."""

    NAME: ClassVar[str] = N_("Trash")
    ASKS: ClassVar[str] = N_("Type words of what was put away")
    NOTHING: ClassVar[str] = N_("The trash is empty.")
    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "change.undo", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (*HINTS[:-1], "app.menu")

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Everything in the trash."""
        unseen = notebook.deleted_unseen()
        return [
            _entry(one, _forum_of(notebook, one), written_in=one.id in unseen)
            for one in notebook.deleted()
        ]

    def open_entry(self, key: object) -> None:
        """Read it first; the page's first row brings it back."""
        page = PutAwayScreen(RecordId(str(key)))
        self.app.call_later(self.app.open_screen, page, self.read_again)

    def action_trash(self) -> None:
        """It is in the trash already; Del takes a letter of the words."""
        self.words.action_delete_right()


def _forum_of(notebook: Notebook, record: Record) -> str:
    session = getattr(record, "session", None)
    return title_of(notebook.record(session)) if session else ""


def _entry(record: Record, forum: str, *, written_in: bool) -> Entry:
    kind = kind_word(kind_of(record.id) or "")
    words = title_of(record)
    told = "⚡ " + _("written in meanwhile") if written_in else ""

    def cells(_width: int) -> tuple[Cell, ...]:
        if told:
            wide = cell_len(told) + 2
            return (
                Cell(f"  {kind}", _KIND, "muted"), Cell(words), Cell(f"  {told}", wide, "warning")
            )  # fmt: skip
        return (Cell(f"  {kind}", _KIND, "muted"), Cell(words), Cell(f"  {forum}", 24, "muted"))

    return Entry(record.id, search_key(f"{kind} {words} {forum} {told}"), cells)
