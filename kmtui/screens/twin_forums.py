"""Twin forums: what two recorders wrote of one forum, beside each other, joined by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from kmtui import keys
from kmtui.screens.card import CardScreen
from kmtui.widgets.beside_lines import DoubleKey, TurnKey, beside_rows, number, whose_words
from kmtui.widgets.card_lines import (
    CardReading,
    Deed,
    DeedKey,
    Field,
    Line,
    Link,
    LinkKey,
    Told,
    card_rows,
)
from kmtui.words import _, counted, figure
from store.beside import Beside, OneRecord
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.readings import Saved
from store.records import RecordId

Pair = tuple[RecordId, RecordId]


@dataclass(frozen=True, slots=True)
class BesideReading(CardReading):
    """What the screen shows of two forums."""

    beside: Beside | None = None


class TwinForumsScreen(CardScreen, inherit_bindings=False):
    """Both records, what can be done with them, and their turns; nothing is joined by looking.

    Args:
        first: The forum as part of which the other one would be read.
        second: The other one.
        why: What they have in common, in words; empty where that is not known here.
    """

    NAME: ClassVar[str] = N_("One forum, two records?")
    HINTS: ClassVar[tuple[str, ...]] = ("twins.choose", "twins.two", "change.undo", "go.back",
                                        "app.help")  # fmt: skip
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (
        "twins.choose", "twins.join", "twins.fold_all", "twins.two", "change.undo",
        "record.history", "go.back", "app.menu",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("line.change", "form.next", *COMMANDS_HERE),
        Binding("shift+tab", "field_before", show=False, priority=True),
    ]

    def __init__(self, first: RecordId, second: RecordId, why: str = "") -> None:
        super().__init__(first)
        self._second = second
        self._why = why
        self._folds: set[Pair] = set()
        """Doubled lines that are folded when the two are joined."""

    # down

    def read(self, notebook: Notebook) -> BesideReading:
        """Both forums, line by line."""
        beside = notebook.beside(self.record, self._second)
        return BesideReading(beside.records[0].session.title, (), beside=beside)

    def read_again(self) -> None:
        """Read both as they are kept now; one that is gone meanwhile closes the screen."""
        self.app.ask(self.read, self._show, self._gone, saves=False)

    def _gone(self, error: StoreError) -> None:
        self.app.tell_refusal(error)
        if self.is_current:
            self.dismiss()

    @property
    def _beside(self) -> Beside | None:
        return self._reading.beside if isinstance(self._reading, BesideReading) else None

    def _lay_out(self) -> None:
        beside = self._beside
        if beside is None or not self.is_attached:
            return
        self.bar.say(beside.records[0].session.title)
        self._folds &= set(_open_pairs(beside))
        width = self.rows.room
        rows = list(card_rows(tuple(self._lines(beside)), width))
        rows += beside_rows(beside, self._folds, width)
        if not beside.joined:
            below = (Told(""), Deed("join_below", _join_words(len(self._folds))))
            rows += card_rows(below, width)
        before = self.rows.key
        self.rows.show(rows)
        if before not in (None, self.rows.key) and self.rows.key == DeedKey("two"):
            self.rows.action_first()  # the row before it has gone: Enter once more parts nothing

    def _lines(self, beside: Beside) -> Iterator[Line]:
        if beside.joined:
            yield Told(_("These are read as one. Each stands as it was written."), "primary")
        elif self._why:
            yield Told(self._why)
        for at, one in enumerate(beside.records):
            yield Link(f"{number(at)} {whose_words(one.owner)}", _record_words(one), one.session.id)
        todo = len(_open_pairs(beside))
        if not beside.joined:
            yield Deed("join", _join_words(len(self._folds)))
        if todo > len(self._folds):
            words = counted("fold {n} doubled line", "fold all {n} doubled lines", todo)
            yield Deed("fold", words.format(n=figure(todo)))
        elif todo:
            yield Deed("fold_none", _("fold no line"))
        parted = _("they are two: read them apart") if beside.joined else _(
            "they are two: propose them no more"
        )  # fmt: skip
        yield Deed("two", parted)
        yield Told("")

    # up

    def _open(self, key: object) -> None:
        match key:
            case DoubleKey() if not self.app.writable:
                self.app.tell_reading_only()
            case DoubleKey(first, second, is_folded):
                self._fold(first, second, is_folded=is_folded)
            case TurnKey(turn):
                self._open_original(self._original_of(turn), turn)
            case LinkKey(record):
                self._open_original(record, None)
            case _:
                super()._open(key)

    def do(self, deed: str) -> None:
        """Join, fold, or part."""
        match deed:
            case "join" | "join_below":
                self.action_join()
            case "fold":
                self.action_fold_all()
            case "fold_none":
                self._folds.clear()
                self._lay_out()
            case "two":
                self._two()

    def _fold(self, first: RecordId, second: RecordId, *, is_folded: bool) -> None:
        """Choose a doubled line or let it go; of joined forums, at once."""
        beside = self._beside
        if beside is None:
            return
        if is_folded:
            self._write(lambda book: book.unfold(first, second))
        elif beside.joined:
            self._write(lambda book: book.join(first, second))
        else:
            self._folds ^= {(first, second)}
            self._lay_out()

    def action_fold_all(self) -> None:
        """Choose every doubled line; of joined forums, fold them one after the other."""
        beside = self._beside
        if beside is None:
            return
        pairs = _open_pairs(beside)
        if not pairs:
            self.app.tell(_("No line stands there twice."))
        elif beside.joined:
            self._write(partial(_fold_each, pairs=pairs))
        else:
            self._folds |= set(pairs)
            self._lay_out()

    def action_join(self) -> None:
        """Read both as one forum, with the chosen lines folded; one change, taken back as one."""
        beside = self._beside
        if beside is None or beside.joined:
            return
        lines = [one for one in _open_pairs(beside) if one in self._folds]

        def joined(_saved: Saved) -> None:
            self.app.tell(_("Read as one. Ctrl+Z parts them again."))
            self.read_again()

        self._write(lambda book: book.join(self.record, self._second, lines=lines), joined)

    def action_two(self) -> None:
        """On a doubled line: they are two lines. Anywhere else: they are two forums."""
        self.in_order(self._two_in_hand)

    def _two_in_hand(self) -> None:
        match self.rows.key:
            case DoubleKey(first, second):
                self._write(lambda book: book.part(first, second))
            case _:
                self._two()

    def _two(self) -> None:
        def parted(_saved: Saved) -> None:
            self.app.tell(_("Two, not one. Ctrl+Z takes it back."))
            if self.is_current:
                self.dismiss()

        self._write(lambda book: book.part(self.record, self._second), parted)

    def _write(self, work: Any, then: Any = None) -> None:
        if self.app.writable:
            self.app.ask(work, then or (lambda _saved: self.read_again()))
        else:
            self.app.tell_reading_only()

    def _original_of(self, turn: RecordId) -> RecordId:
        beside = self._beside
        assert beside is not None
        for one in beside.records:
            if any(each.id == turn for each in one.turns):
                return one.session.id
        return self.record

    def _open_original(self, session: RecordId, at: RecordId | None) -> None:
        """Show one record by itself, as it was written."""
        from kmtui.screens.session import SessionScreen

        def opened(whole: Any) -> None:
            screen = SessionScreen(whole, at=at, alone=True)
            self.app.call_later(self.app.open_screen, screen, self.read_again)

        self.app.ask(lambda book: book.session(session, alone=True), opened, saves=False)

    def keep(self, field: Field, value: Any) -> None:
        """There is no field here."""

    def action_trash(self) -> None:
        """What does not stand is folded, never put away."""

    def action_history(self) -> None:
        """Who changed what of the turn, or of the forum that is marked."""
        match self.rows.key:
            case TurnKey(record) | LinkKey(record) | DoubleKey(_, record):
                self.app.open_history(record)
            case _:
                self.app.open_history(self.record)


def _open_pairs(beside: Beside) -> list[Pair]:
    """Doubled lines that nobody has folded yet."""
    return [(line.turn.id, line.double.id) for line in beside.lines if line.double is not None]


def _fold_each(notebook: Notebook, *, pairs: list[Pair]) -> Saved:
    for first, second in pairs:
        saved = notebook.join(first, second)
    return saved


def _record_words(one: OneRecord) -> str:
    many = len(one.turns)
    turns = counted("{n} turn", "{n} turns", many).format(n=figure(many))
    return f"{one.session.title} · {turns}"


def _join_words(folded: int) -> str:
    if not folded:
        return _("read both as one forum")
    words = counted(
        "read both as one forum, {n} line folded", "read both as one forum, {n} lines folded",
        folded,
    )  # fmt: skip
    return words.format(n=figure(folded))
