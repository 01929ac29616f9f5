"""History: who changed what of one record, when and on which laptop; any of it can come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from typing import ClassVar

from kmtui.field_words import DELETED, NameOf, change_words, field_label
from kmtui.naming_records import record_name
from kmtui.screens.room import Entry, Room
from kmtui.spoken_days import moment_words
from kmtui.widgets.record_list import Cell
from kmtui.words import _
from store.errors import N_
from store.ids import kind_of
from store.notebook import Notebook
from store.readings import FieldChange, Saved
from store.records import RecordId
from store.text import search_key

_WHEN = 25
_WHO = 16
_WIDE = 72


@dataclass(frozen=True, slots=True)
class ChangeKey:
    """One field, changed once."""

    change: str
    field: str


class HistoryScreen(Room):
    """The newest first; Enter gives a field the value again that it had then.

    Args:
        record: Whose history.
    """

    NAME: ClassVar[str] = N_("History")
    ASKS: ClassVar[str] = N_("Type words of a value, a field or a name")
    NOTHING: ClassVar[str] = N_("Nothing was changed yet.")
    HINTS: ClassVar[tuple[str, ...]] = ("history.set_back", "change.undo", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (*HINTS[:-1], "app.menu")

    def __init__(self, record: RecordId) -> None:
        super().__init__()
        self.record = record
        self._labels: dict[object, str] = {}
        self._zone: tzinfo | None = None

    def on_mount(self) -> None:
        """Times are told as the clock here says them."""
        self._zone = self.app.now().tzinfo
        super().on_mount()

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Every change, the newest first."""
        found = notebook.history(self.record)[::-1]
        name_of = partial(record_name, notebook)
        zone = self._zone
        kind = kind_of(self.record)
        self._labels = {
            ChangeKey(one.change, one.field): field_label(kind, one.field) for one in found
        }
        mine = {notebook.laptop: notebook.owner or _("this laptop")}
        return [
            _entry(one, change_words(kind, one, name_of), _who(one, name_of, mine), zone)
            for one in found
        ]

    def open_entry(self, key: object) -> None:
        """Give the field its value of then again."""
        if not isinstance(key, ChangeKey):
            return
        if key.field == DELETED:
            self.app.tell(_("The trash brings back what was deleted."))
            return

        def back(_saved: Saved) -> None:
            said = _("{field}: as it was then. Ctrl+Z takes it back.")
            self.app.tell(said.format(field=self._labels[key]))
            self.read_again()

        self.app.ask(lambda notebook: notebook.set_back(self.record, key.field, key.change), back)

    def action_trash(self) -> None:
        """What was changed is never put away; Del takes a letter of the words."""
        self.words.action_delete_right()


def _who(change: FieldChange, name_of: NameOf, laptops: Mapping[str, str]) -> str:
    """Who did it; on which laptop, where nobody said who."""
    return name_of(change.who) if change.who else laptops.get(change.laptop, change.laptop)


def _entry(change: FieldChange, what: str, who: str, zone: tzinfo | None) -> Entry:
    when = _moment(change.time, zone)

    def cells(width: int) -> tuple[Cell, ...]:
        first = (Cell(f"  {when}", _WHEN, "muted"),)
        if width < _WIDE:
            return (*first, Cell(what))
        return (*first, Cell(f"{who} ", _WHO, "primary"), Cell(what))

    key = ChangeKey(change.change, change.field)
    return Entry(key, search_key(f"{what} {who}"), cells)


def _moment(time: datetime | None, zone: tzinfo | None) -> str:
    if time is None:
        return "?"
    local = time.astimezone(zone)
    return moment_words(local)
