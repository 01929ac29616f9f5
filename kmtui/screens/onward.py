"""Tab in a line at the foot of a screen: keep it, and go on to the next field."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable
from functools import partial
from typing import ClassVar

from textual import getters
from textual.binding import Binding, BindingType

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.page import Page
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import RecordList


class Onward(Page[None]):
    """A list of fields, each changed in the line below.

    Keys typed behind Tab wait until the field before is kept and the next one stands in the line;
    where the line is refused or asked about, they are typed into that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("form.next"),
        Binding("shift+tab", "field_before", show=False, priority=True),
    ]

    app = getters.app(KmtuiApp)
    rows = getters.query_one("#list", RecordList)
    answer = getters.query_one(AnswerLine)
    hints = getters.query_one(KeyLine)
    bar = getters.query_one(Bar)

    _from: tuple[Hashable, int] | None = None
    """The field that Tab was pressed in, and 1 for the next one, -1 for the one before."""

    _is_kept = False
    """Whether that field is kept, and to be read."""

    @abstractmethod
    def read_again(self) -> None:
        """Read what is kept now, and call ``shown`` or ``stay``."""

    @abstractmethod
    def field_of(self, key: object) -> Hashable | None:
        """Which field a row or a line is about; None for what is not typed, or not gone on from."""

    def hints_for(self, about: object, *hints: str) -> tuple[str, ...]:
        """Keys that are told while a line is typed, without Tab where it leads nowhere."""
        leads = self.field_of(about) is not None
        return tuple(one for one in hints if leads or one != "form.next")

    @abstractmethod
    def open_field(self, key: object) -> None:
        """Put the field of a row into the line."""

    @property
    def is_typing(self) -> bool:
        """Whether a line is being typed."""
        return self.answer.asking

    def take_line(self) -> None:
        """Keep what was typed; keys behind it wait until it has been read."""
        self.app.hold_keys()
        self.answer.end(given=True)

    def action_next_field(self) -> None:
        """Keep the line and go on to the next field; Tab leads nowhere else."""
        self.in_order(partial(self._leave_field, 1))

    def action_field_before(self) -> None:
        """Keep the line and go back to the field before."""
        self.in_order(partial(self._leave_field, -1))

    def _leave_field(self, step: int) -> None:
        if not self.answer.asking:
            return
        field = self.field_of(self.answer.about)
        if field is not None:
            self._from = field, step
            self.app.hold_keys()
        self.take_line()

    def read_kept(self) -> None:
        """The line was kept: read what stands now, and go on once that is shown."""
        self._is_kept = self._from is not None
        self.read_again()

    def shown(self) -> None:
        """What stands now is shown."""
        if self._is_kept:
            self.go_on()

    def go_on(self) -> None:
        """The line was kept: open the next field, where Tab had asked for it."""
        if self._from is not None and self.is_attached and not self.answer.asking:
            self._open_next(*self._from)
        self.stay()

    def _open_next(self, field: Hashable, step: int) -> None:
        places = [(at, self.field_of(row.key)) for at, row in enumerate(self.rows.rows)]
        fields = list(dict.fromkeys(one for _at, one in places if one is not None))
        if field not in fields:
            return
        there = fields.index(field) + step
        if 0 <= there < len(fields):
            self.rows.cursor = next(at for at, one in places if one == fields[there])
            self.open_field(self.rows.key)

    def stay(self) -> None:
        """Nothing more comes of Tab: the keys behind it are typed where one is."""
        self._is_kept = False
        if self._from is not None:
            self._from = None
            self.app.release_keys()
