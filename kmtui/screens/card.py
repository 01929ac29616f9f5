"""A card: everything of one record, changed where it stands."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from kmtui import keys
from kmtui.asking import Pace
from kmtui.beginning import Doubt, keep_named
from kmtui.mending import DueDay, read_due, year_question
from kmtui.screens.onward import Onward
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.bar import Bar
from kmtui.widgets.card_lines import CardReading, DeedKey, Field, FieldKey, LinkKey, card_rows
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import RecordList
from kmtui.words import _, told
from store.edits import Change, Delete, Edit
from store.errors import StoreError
from store.notebook import Notebook
from store.records import RecordId

_HINTS_IN_LINE = ("line.keep", "form.next", "line.leave")
_HINTS_IN_LINES = ("line.keep", "line.new_line", "form.next", "line.leave")
_HINTS_IN_DOUBT = ("form.yes", "form.new_person", "line.leave")


class CardScreen(Onward):
    """One list from the first field to the last link. One kind of card is one subclass.

    A card says how it is called and reads its lines on the notebook's thread; fields are changed
    in a line at the foot, choices by Enter alone, and links are followed.

    Args:
        record: Whose card.
        at: The name of a field to stand on; empty for the first.
    """

    CSS = "#list { margin: 1 1 0 1; }"
    NAME: ClassVar[str] = ""
    """In English, marked ``N_``."""
    HINTS: ClassVar[tuple[str, ...]] = ("line.change", "change.delete", "change.undo", "go.back",
                                        "app.help")  # fmt: skip
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (
        "line.change", "change.delete", "change.undo", "record.history", "go.back",
        "form.new_person", "app.menu",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of(*COMMANDS_HERE)]

    def __init__(self, record: RecordId, *, at: str = "") -> None:
        super().__init__()
        self.record = record
        self._at = at
        self._reading: CardReading | None = None
        self._asked_about = ""
        """The day whose year was asked about and stands in the line."""
        self._doubt: Doubt | None = None
        """The name that was asked about and stands in the line."""
        self._settled: dict[str, RecordId | None] = {}
        self._opened_with = ""
        self._aside: dict[FieldKey, str] = {}
        """What was typed and left with Esc."""

    @abstractmethod
    def read(self, notebook: Notebook) -> CardReading:
        """The card as it stands; called on the notebook's thread. Raises UnknownRecord."""

    def edits(self, notebook: Notebook, field: Field, value: Any) -> Sequence[Edit]:  # noqa: ARG002
        """What keeps a new value of a field; called on the notebook's thread.

        A card whose field is more than a field of its record says so here.
        """
        return (Change(field.record, {field.name: value}),)

    def read_day(self, words: str) -> DueDay:
        """The day that was typed; rather ahead than behind. Raises BadDate."""
        return read_due(words, self.app.today())

    def do(self, deed: str) -> None:
        """Do what a row of the card offers, by its name."""

    def compose(self) -> ComposeResult:
        """The bar, the list, a line to type in when asked, the keys."""
        yield Bar(_(self.NAME))
        yield RecordList(id="list")
        yield AnswerLine()
        yield KeyLine(*self.HINTS)

    def on_mount(self) -> None:
        """Read what is kept."""
        self.rows.focus()
        self.read_again()

    def on_resize(self, _event: events.Resize) -> None:
        """Texts are broken into lines of this width."""
        self.call_after_refresh(self._lay_out)

    # down

    def read_again(self) -> None:
        """Read the card as it is kept now."""
        self.app.ask(self.read, self._show, self._not_read, saves=False, pace=Pace.READS)

    def _not_read(self, error: StoreError) -> None:
        self.stay()
        self.app.tell_refusal(error)

    def _show(self, reading: CardReading) -> None:
        self._reading = reading
        self._lay_out()
        if self._at and self.is_attached:
            for at, row in enumerate(self.rows.rows):
                if isinstance(row.key, FieldKey) and row.key.field.name == self._at:
                    self.rows.cursor = at
            self._at = ""
        self.shown()

    def _lay_out(self) -> None:
        if self._reading is None or not self.is_attached:
            return
        self.bar.say(self._reading.title)
        width = self.rows.room
        self.rows.show(list(card_rows(self._reading.all_lines(), width)))

    # up

    def action_change(self) -> None:
        """Change what is marked, follow it, or keep the line that is being typed."""
        self.in_order(self._enter)

    def _enter(self) -> None:
        if self.answer.asking:
            self.take_line()
        else:
            self._open(self.rows.key)

    def field_of(self, key: object) -> Hashable | None:
        """A field that is typed; a card that keeps in its own way is not gone on in."""
        if not isinstance(key, FieldKey) or key.field.how == "choice":
            return None
        own_way = type(self).keep is not CardScreen.keep
        return None if own_way else (key.field.record, key.field.name)

    def open_field(self, key: object) -> None:
        """Put a field into the line."""
        self._open(key)

    @on(RecordList.Chosen)
    def _chosen(self, chosen: RecordList.Chosen) -> None:
        self._open(chosen.key)

    def _open(self, key: object) -> None:
        match key:
            case LinkKey(record):
                self.app.open_record(record)
            case DeedKey(name):
                self.do(name)
            case FieldKey(field) if not self.app.writable:
                self.app.tell_reading_only()
            case FieldKey(field) if field.how == "choice":
                self.keep(field, field.next_choice())
            case FieldKey(field) as about:
                self._opened_with = self._aside.pop(about, field.words)
                self._ask(field, self._opened_with, field.hint)

    def _ask(self, field: Field, words: str, why: str = "", doubt: Doubt | None = None) -> None:
        """Put words into the line, and say why they are there again."""
        self._doubt = doubt
        long = field.how == "text"
        self.answer.ask(FieldKey(field), field.label, words=words, hint=why, keeps_lines=long)
        in_line = _HINTS_IN_LINES if long else _HINTS_IN_LINE
        hints = _HINTS_IN_DOUBT if doubt else in_line
        self.hints.show(*self.hints_for(FieldKey(field), *hints))
        self.stay()

    def _to_list(self) -> None:
        self.hints.show(*self.HINTS)
        self.rows.focus()

    @on(AnswerLine.Given)
    def _given(self, given: AnswerLine.Given) -> None:
        self._to_list()
        self.app.release_keys()
        if not isinstance(given.about, FieldKey):
            self.stay()
            return
        field, text = given.about.field, given.text
        if text == field.words.strip():
            self.go_on()  # nothing was changed
            return
        match field.how:
            case "day" if text:
                self._keep_day(field, text)
            case "day" | "who" if not text:
                self.keep(field, None)
            case "who":
                self._keep_name(field, text)
            case _:
                self.keep(field, text)

    def keep(self, field: Field, value: Any) -> None:
        """Keep a value; when it is refused, what was typed stands in the line again."""

        def refused(error: StoreError) -> None:
            if self.is_attached and not self.answer.asking and field.how in ("words", "text"):
                self._ask(field, str(value), told(error))
            self._not_read(error)

        self.app.ask(
            lambda notebook: notebook.save(*self.edits(notebook, field, value)),
            lambda _saved: self.read_kept(),
            refused,
        )

    def _keep_day(self, field: Field, text: str) -> None:
        try:
            read = self.read_day(text)
        except StoreError as error:
            self._ask(field, text, told(error))
            return
        if read.sure or text == self._asked_about:
            self.keep(field, read.day)
            return
        self._asked_about = text
        self._ask(field, text, year_question(read.day))

    def _keep_name(self, field: Field, name: str) -> None:
        """Keep who somebody is; a name that is not sure is asked about."""
        if self._doubt is not None and self._doubt.written == name:
            self._settled.setdefault(name, self._doubt.yes)
        settled = dict(self._settled)

        def save(notebook: Notebook) -> Doubt | None:
            return keep_named(notebook, name, settled, partial(self.edits, notebook, field))

        def named(doubt: Doubt | None) -> None:
            if doubt is None:
                self.read_kept()
            elif self.is_attached:
                self._ask(field, name, doubt.asked(), doubt)
            else:
                self.stay()

        self.app.ask(save, named, self._not_read)

    def action_new_person(self) -> None:
        """The name that is asked about is somebody new's."""
        self.in_order(self._somebody_new)

    def _somebody_new(self) -> None:
        if self.answer.asking and self._doubt is not None:
            self._settled[self._doubt.written] = None
            self.take_line()

    def action_trash(self) -> None:
        """Put the record into the trash."""

        def gone(_saved: object) -> None:
            self.app.tell(_("In the trash. Ctrl+Z brings it back."))
            self.dismiss()

        if not self.answer.asking:
            self.app.ask(lambda notebook: notebook.save(Delete(self.record)), gone)

    def action_undo(self) -> None:
        """Take back this laptop's last change."""
        if self.answer.asking:
            self.app.tell(_("Enter keeps the line, Esc leaves it as it was."))
            return
        self.app.take_back(self.read_again)

    def action_history(self) -> None:
        """Who changed what of it."""
        self.app.open_history(self.record)

    def action_back(self) -> None:
        """To where one came from; a line that is being typed is left, and put aside."""
        self.in_order(self._back)

    def _back(self) -> None:
        if not self.answer.asking:
            if self.is_current:
                self.dismiss()
            return
        about, words = self.answer.about, self.answer.line.value
        if words != self._opened_with and isinstance(about, FieldKey):
            self._aside[about] = words
        self.answer.end(given=False)
        self._asked_about = ""
        self._doubt = None
        self._to_list()
