"""Conflicts: what two laptops wrote apart, one below the other, until a person says what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from typing import Any, ClassVar

from kmtui.conflict_words import about, by_whom, side_words
from kmtui.naming_records import record_name
from kmtui.screens.card import CardScreen
from kmtui.screens.room import Entry, Room
from kmtui.values import reader_for, value_of
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Link, Told
from kmtui.widgets.record_list import Cell
from kmtui.words import _
from store.conflicts import STANDS, Conflict, Side
from store.errors import N_
from store.notebook import Notebook
from store.readings import Saved
from store.records import RecordId
from store.text import search_key

_NUMBERS = "①②③④⑤⑥⑦⑧⑨"


@dataclass(frozen=True, slots=True)
class ConflictKey:
    """A field of a record with several values."""

    record: RecordId
    field: str


class ConflictsRoom(Room):
    """Everything that is to settle; whatever waits does no harm."""

    NAME: ClassVar[str] = N_("Edited on two laptops")
    ASKS: ClassVar[str] = N_("Type words of what was edited")
    NOTHING: ClassVar[str] = N_("Nothing was edited on two laptops at once.")
    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "change.undo", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (*HINTS[:-1], "app.menu")

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Every conflict, newest forums first."""
        return [_entry(one) for one in notebook.conflicts()]

    def open_entry(self, key: object) -> None:
        """Open both sides."""
        if isinstance(key, ConflictKey):
            screen = ConflictCard(key.record, key.field)
            self.app.call_later(self.app.open_screen, screen, self.read_again)

    def action_trash(self) -> None:
        """Nothing is put away here; Del takes a letter."""
        self.words.action_delete_right()


def _entry(conflict: Conflict) -> Entry:
    words = about(conflict)

    def cells(_width: int) -> tuple[Cell, ...]:
        return (Cell("  ⚡ ", 4, "warning"), Cell(words))

    return Entry(ConflictKey(conflict.record, conflict.field), search_key(words), cells)


class ConflictCard(CardScreen):
    """Every value with who, when and where; one Enter says which stands, Esc leaves it for later.

    Args:
        record: The record.
        field: Its field.
    """

    NAME: ClassVar[str] = N_("Which one stands?")
    HINTS: ClassVar[tuple[str, ...]] = ("conflict.take", "change.undo", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (
        "conflict.take", "change.undo", "record.history", "go.back", "app.menu",
    )  # fmt: skip

    def __init__(self, record: RecordId, field: str) -> None:
        super().__init__(record)
        self.field = field
        self._zone: tzinfo | None = None

    def on_mount(self) -> None:
        """Times are told as the clock here says them."""
        self._zone = self.app.now().tzinfo
        super().on_mount()

    def read(self, notebook: Notebook) -> CardReading:
        """Both sides, and what can be made of them."""
        for one in notebook.conflicts(self.record):
            if one.field == self.field:
                names = partial(record_name, notebook)
                return CardReading(about(one), tuple(_lines(one, names, self._zone)))
        return CardReading("", (Told(_("This is settled."), "accent"),))

    def do(self, deed: str) -> None:
        """Let a value stand."""
        what, _colon, change = deed.partition(":")
        match what:
            case "take":
                self._settle(lambda book: book.settle(self.record, self.field, take=change))
            case "both":
                self._settle(lambda book: book.settle(self.record, self.field, how="both"))
            case "lines":
                self._settle(lambda book: book.settle(self.record, self.field, how="lines"))

    def keep(self, field: Field, value: Any) -> None:  # noqa: ARG002 - there is one
        """What was written new stands."""

        def settle(notebook: Notebook) -> Saved:
            reader = reader_for(notebook.record(self.record), _by_id, _no_day)
            wanted = value_of(self.field, str(value), reader)
            return notebook.settle(self.record, self.field, value=wanted)

        self._settle(settle)

    def _settle(self, work: Callable[[Notebook], Saved]) -> None:
        if not self.app.writable:
            self.app.tell_reading_only()
            return

        def done(_saved: Saved) -> None:
            self.app.tell(_("Settled. Ctrl+Z opens it again."))
            if self.is_current:
                self.dismiss()

        self.app.ask(work, done)

    def action_trash(self) -> None:
        """A value that does not stand is in the history."""


def _lines(
    conflict: Conflict, name_of: Callable[[RecordId], str], zone: tzinfo | None
) -> Iterator[Line]:
    for number, side in enumerate(conflict.sides):
        yield from _side(conflict, number, side, name_of, zone)
    texts = conflict.field != STANDS and all(isinstance(one.value, str) for one in conflict.sides)
    if conflict.offer is not None:
        yield Deed("lines", _("both, put together line by line:"))
        yield Told(conflict.offer, "")
        yield Told("")
    if texts:
        yield Deed("both", _("both, one below the other"))
        shown = str(conflict.shown.value)
        yield Field(conflict.record, conflict.field, _("write new"), shown, "text", written="…")
    yield Told("")
    yield Told(_("Esc: later. It waits without harm."))
    if conflict.session is not None:
        yield Told("")
        yield Link(_("Forum"), conflict.session_title, conflict.session, "primary")


def _side(
    conflict: Conflict,
    number: int,
    side: Side,
    name_of: Callable[[RecordId], str],
    zone: tzinfo | None,
) -> Iterator[Line]:
    """A value: whose, then the whole of it."""
    shown = _("shown now") if not number else ""
    head = " · ".join(part for part in (by_whom(side, zone), shown) if part)
    yield Deed(f"take:{side.id}", f"{_NUMBERS[min(number, 8)]} {head}")
    yield Told(side_words(conflict, side, name_of), "")
    yield Told("")


def _by_id(_kind: str, words: str) -> RecordId:
    """Only texts are written new here."""
    return RecordId(words)


def _no_day(words: str) -> Any:
    """Only texts are written new here."""
    return words
