"""A room: every record of one kind, found as one types; what a room of its own says about it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.asking import Pace
from kmtui.page import Page
from kmtui.sifting import Sieve
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.widgets.thai_input import ThaiInput
from kmtui.words import _, figure
from store.edits import Delete
from store.notebook import Notebook
from store.readings import Saved
from store.records import RecordId

_MOVES: Final = {"up", "down", "pageup", "pagedown"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a room shows it."""

    key: object
    """What is opened; a record's id."""
    found_by: str
    """The search key of everything that it is found by."""
    cells: Callable[[int], tuple[Cell, ...]]
    """Its row in a list of so many cells."""
    group: str = ""
    """The heading that it stands under; entries of a group come one after the other."""


class Room(Page[None]):
    """A field to type in, the records that fit, the keys. One room is one subclass.

    A room says how it is called, reads its entries on the notebook's thread, and opens one.
    """

    CSS = """
    #words, #words:focus {
        border: round $primary; margin: 0 1; height: 3; background: $background;
        background-tint: $foreground 0%;
    }
    #list { margin: 0 1; }
    """
    app = getters.app(KmtuiApp)
    NAME: ClassVar[str] = ""
    """In English, marked ``N_``."""
    ASKS: ClassVar[str] = ""
    """What can be typed, in English."""
    NOTHING: ClassVar[str] = ""
    """What to do where there is no entry at all, in English."""
    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "change.delete", "change.undo", "go.back",
                                        "app.help")  # fmt: skip
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (
        "list.open", "change.delete", "change.undo", "go.back", "app.menu",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("list.open", "change.undo", "go.back", "app.menu"),
        Binding("delete", "trash", show=False, priority=True),
    ]

    words = getters.query_one("#words", ThaiInput)
    rows = getters.query_one("#list", RecordList)
    bar = getters.query_one(Bar)

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] | None = None
        self._sieve: Sieve[Entry] = Sieve((), ())

    @abstractmethod
    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Every entry in its order; called on the notebook's thread."""

    def open_entry(self, key: object) -> None:
        """Open what is marked; a record's card, where a room says nothing else."""
        self.app.open_record(RecordId(str(key)))

    def compose(self) -> ComposeResult:
        """The bar, the field, the list, the keys."""
        yield Bar(_(self.NAME))
        yield ThaiInput(placeholder=_(self.ASKS), id="words")
        yield RecordList(id="list")
        yield KeyLine(*self.HINTS)

    def on_mount(self) -> None:
        """Read what there is."""
        self.words.focus()
        self.read_again()

    def on_resize(self, _event: events.Resize) -> None:
        """Rows have this width."""
        self.call_after_refresh(self._lay_out)

    def read_again(self) -> None:
        """Read what is kept now."""
        self.app.ask(self.read, self._show, saves=False, pace=Pace.READS)

    def _show(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._sieve = Sieve(entries, (one.found_by for one in entries))
        self._lay_out()

    def _lay_out(self, *, keep: bool = True) -> None:
        """Show what fits the words; ``keep`` leaves the cursor on what it is on."""
        if self._entries is None or not self.is_attached:
            return  # not read yet, or left meanwhile
        self.rows.looked_for = self.words.value
        fits, near = self._sieve.sift(self.words.value)
        self.bar.say(figure(len(fits)) if fits else "")
        self.rows.show([*self._rows(fits, near), *self._near_rows(near)], keep=keep)

    def _near_rows(self, near: Sequence[Entry]) -> list[Row]:
        """What fits but for its tone marks, under a heading of its own."""
        if not near:
            return []
        width = self.rows.room
        head = Row((Cell(_("with other tone marks"), style="muted"),))
        return [head, *(Row(one.cells(width), key=one.key) for one in near)]

    def _rows(self, fits: Sequence[Entry], near: Sequence[Entry]) -> list[Row]:
        if not fits and near:
            return []
        if not fits:
            said = _("Nothing fits. Fewer letters find more.") if self._entries else _(self.NOTHING)
            return [Row((Cell("  " + said, style="muted"),))]
        width = self.rows.room
        rows: list[Row] = []
        group = ""
        for one in fits:
            if one.group != group:
                group = one.group
                rows += [Row((Cell(""),))] if rows else []
                rows.append(Row((Cell(group, style="muted"),)))
            rows.append(Row(one.cells(width), key=one.key))
        return rows

    @on(Input.Changed, "#words")
    def _typed(self, changed: Input.Changed) -> None:
        changed.stop()
        self._lay_out(keep=False)

    def on_key(self, event: events.Key) -> None:
        """Up and down move in the list while the field keeps the letters."""
        if event.key in _MOVES:
            event.stop()
            step = 1 if event.key in ("down", "pagedown") else -1
            (self.rows.action_page if "page" in event.key else self.rows.action_move)(step)

    def action_open(self) -> None:
        """Open what is marked, once the list has followed the words."""
        self.in_order(lambda: self._open(self.rows.key))

    @on(RecordList.Chosen)
    def _chosen(self, chosen: RecordList.Chosen) -> None:
        self._open(chosen.key)

    def _open(self, key: object) -> None:
        if key is not None:
            self.open_entry(key)

    def action_trash(self) -> None:
        """Del takes a letter of the words; where there are none, it puts the record away."""
        self.in_order(self._trash)

    def _trash(self) -> None:
        key = self.rows.key
        if self.words.value:
            self.words.action_delete_right()
        elif isinstance(key, str):
            self.app.ask(lambda notebook: notebook.save(Delete(RecordId(key))), self._gone)

    def _gone(self, _saved: Saved) -> None:
        self.app.tell(_("In the trash. Ctrl+Z brings it back."))
        self.read_again()

    def action_undo(self) -> None:
        """Take back this laptop's last change."""
        self.app.take_back(self.read_again)

    def action_back(self) -> None:
        """Empty the field, or leave."""
        self.in_order(self._back)

    def _back(self) -> None:
        if self.words.value:
            self.words.value = ""
        elif self.is_current:
            self.dismiss()
