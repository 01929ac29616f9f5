"""The bordered place where the recorder types: who speaks, the words, what waits beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kmtui.recording.desk import Desk
from kmtui.thai.lines import cut
from kmtui.words import _

from .marks import DRAWN_MARKS, drawn_word
from .speak_line import SpeakLine

_WIDEST_NAME: Final = 20
"""Cells of the speaker's name at the left of the words."""
_FRAME: Final = 6
"""Cells that the border and the blanks beside a title take."""
_SHOWN_HOW: Final = 2
"""Turns after which the line no longer says how to type in it."""


class SpeakBox(Horizontal):
    """One line to type in; its border says what is being drawn, or asks a small question."""

    DEFAULT_CSS = """
    SpeakBox {
        height: 3;
        border: round $primary;
        border-title-color: $secondary;
        border-title-background: $background;
        border-subtitle-color: $muted;
        padding: 0 1;
        background: $background;
        & > #speaker { width: auto; height: 1; color: $primary; text-style: bold; }
        &.-drawing { border: round $secondary; }
        &.-drawing > #speaker { color: $secondary; }
        &.-asking { border-title-color: $warning; border-title-style: bold; }
        &.-refused { border: round $error; border-title-color: $error; }
    }
    """

    line = getters.query_one("#line", SpeakLine)
    speaker = getters.query_one("#speaker", Static)

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__(id="speak-box")
        self.desk = desk
        self._now = now
        self.refusal = ""
        """Why the last save was refused; empty where none was."""
        self.told = ""
        """Something worth knowing that asks for nothing, until the next Enter."""

    def compose(self) -> ComposeResult:
        """The speaker, and the line."""
        yield Static(id="speaker", markup=False)
        yield SpeakLine(self.desk, self._now, id="line")

    def on_mount(self) -> None:
        """Show who speaks."""
        self.show()

    def on_resize(self) -> None:
        """Cut the words in the border again."""
        self._show_border()

    def show(self) -> None:
        """Show who speaks, and what waits."""
        drawing = self.desk.drawing
        self.set_class(drawing is not None, "-drawing")
        self.set_class(self._asks, "-asking")
        self.set_class(bool(self.refusal), "-refused")
        if drawing is not None:
            label = f"{DRAWN_MARKS[drawing.kind]} {drawn_word(drawing.kind)} ▸ "
        else:
            voice = self.desk.voices.now
            name = voice.short or _("who")
            label = f"{cut(name, _WIDEST_NAME)} ▸ "
        new_here = drawing is None and len(self.desk.sheet.rows) < _SHOWN_HOW
        self.line.placeholder = _("name: words   // note   = heading") if new_here else ""
        self.speaker.update(Content(label))
        self._show_border()

    @property
    def _asks(self) -> bool:
        busy = self.desk.drawing or self.desk.highlighted or self.refusal
        return bool(self.desk.questions) and not busy

    def _show_border(self) -> None:
        title, below = next(iter(self._said_beside()), ("", ""))
        room = max(10, self.outer_size.width - _FRAME)
        self.border_title = Content(cut(title, room)) if title else None
        self.border_subtitle = Content(cut(below, room)) if below else None

    def _said_beside(self) -> Iterable[tuple[str, str]]:
        """What stands in the border above and below the line; the first counts."""
        if self.refusal:
            yield self.refusal, _("Enter = try again   Ctrl+Z = back into the line")
        if (drawing := self.desk.drawing) is not None:
            below = _("Enter = keep   Esc = put aside")
            if drawing.kind == "action":
                below = _("@name   by 30 Nov   Enter = keep   Esc = put aside")
            row = drawing.row
            yield f"{row.voice.short}: {row.text}" if row.voice.short else row.text, below
        if (held := self.desk.highlighted) is not None:
            yield held.text, _("F6 to F9 = draw from this turn   Esc = leave it")
        if self.desk.questions:
            yield self.desk.questions[0].asked(), ""
        if self.told:
            yield "", self.told
