"""What was put away, to be read before it is brought back; nothing of it can be changed here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType

from kmtui import fields, keys
from kmtui.app import KmtuiApp
from kmtui.field_words import NameOf, value_words
from kmtui.naming_records import record_name
from kmtui.page import Page
from kmtui.shapes import plain, title_of
from kmtui.widgets.bar import Bar
from kmtui.widgets.card_lines import DeedKey, Field, card_rows
from kmtui.widgets.forum_lines import ForumLines
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.words import _
from store.edits import BringBack
from store.notebook import Notebook
from store.readings import Saved, SessionWhole
from store.records import Record, RecordId

_BACK = "bring_back"


class PutAwayScreen(Page[None]):
    """Everything of one record that is in the trash; the first row brings it back.

    Args:
        record: Its id.
    """

    COMMANDS_HERE: ClassVar[tuple[str, ...]] = ("list.open", "go.back", "app.menu")
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of(*COMMANDS_HERE)]

    app = getters.app(KmtuiApp)
    rows = getters.query_one("#list", RecordList)
    bar = getters.query_one(Bar)

    def __init__(self, record: RecordId) -> None:
        super().__init__()
        self.record = record
        self._title = ""
        self._whole: SessionWhole | None = None
        self._facts: tuple[Field, ...] = ()

    def compose(self) -> ComposeResult:
        """The bar, the list, the keys."""
        yield Bar(_("In the trash"))
        yield RecordList(id="list")
        yield KeyLine("list.open", "go.back", "app.help")

    def on_mount(self) -> None:
        """Read it."""
        self.rows.focus()
        self.app.ask(self._read, self._show, saves=False)

    def on_resize(self, _event: events.Resize) -> None:
        """Texts are broken into lines of this width."""
        self.call_after_refresh(self._lay_out)

    def _read(self, notebook: Notebook) -> tuple[Record, SessionWhole | None, tuple[Field, ...]]:
        found = notebook.record(self.record)
        if found.KIND == "session":
            return found, notebook.session(self.record), ()
        return found, None, tuple(_facts(found, lambda one: record_name(notebook, one)))

    def _show(self, read: tuple[Record, SessionWhole | None, tuple[Field, ...]]) -> None:
        record, self._whole, self._facts = read
        self._title = title_of(record)
        self._lay_out()

    def _lay_out(self) -> None:
        if not (self._title or self._whole or self._facts) or not self.is_attached:
            return
        self.bar.say(self._title)
        width = self.rows.room
        inside = (
            list(card_rows(self._facts, width))
            if self._whole is None
            else list(ForumLines(self._whole, width))
        )
        words = _("Bring it back, as it was")
        back = Cell(f"▸ {words}", style="accent")
        self.rows.show([Row((back,), key=DeedKey(_BACK)), Row((Cell(""),)), *inside])

    # up

    def action_open(self) -> None:
        """Bring it back, from the first row; the others are for reading."""
        self.in_order(lambda: self._open(self.rows.key))

    @on(RecordList.Chosen)
    def _chosen(self, chosen: RecordList.Chosen) -> None:
        self._open(chosen.key)

    def _open(self, key: object) -> None:
        if key != DeedKey(_BACK):
            self.app.tell(_("It is in the trash. The first row brings it back."))
        elif not self.app.writable:
            self.app.tell_reading_only()
        else:
            self.app.ask(lambda notebook: notebook.save(BringBack(self.record)), self._is_back)

    def _is_back(self, _saved: Saved) -> None:
        self.app.tell(_("It is back. Ctrl+Z puts it away again."))
        self.dismiss()

    def action_back(self) -> None:
        """To the trash again."""
        self.in_order(self._leave)

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss()


def _facts(record: Record, name_of: NameOf) -> Iterator[Field]:
    """Every field that holds something, in words."""
    for name in fields.ROWS.get(record.KIND, ()):
        value = plain(getattr(record, name))
        words = value_words(record.KIND, name, value, name_of) if value else ""
        if words:
            yield Field(record.id, name, fields.label(record.KIND, name), words)
