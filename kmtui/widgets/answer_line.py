"""A line that asks for one thing at a time, at the foot of a screen that is not for typing."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from .thai_area import ThaiTextArea
from .thai_input import ThaiInput


class _Line(ThaiInput):
    """Takes Enter and Esc itself, so that they mean something in their order."""

    DEFAULT_CSS = """
    _Line, _Line:focus {
        border: none;
        height: 1;
        padding: 0;
        background: $background;
        background-tint: $foreground 0%;
    }
    """

    async def on_key(self, event: events.Key) -> None:
        """Enter gives the words, Esc gives none; other keys go on to the field."""
        _end_box(self, event)

    def put(self, words: str) -> None:
        """Let it hold these words, the caret behind them."""
        self.value = words
        self.cursor_position = len(words)


class _Lines(ThaiTextArea):
    """The same for words that may have many lines."""

    DEFAULT_CSS = """
    _Lines, _Lines:focus {
        border: none;
        width: 1fr;
        height: auto;
        min-height: 1;
        max-height: 6;
        padding: 0;
        background: $background;
        background-tint: $foreground 0%;
        scrollbar-size-vertical: 1;
    }
    """

    async def on_key(self, event: events.Key) -> None:
        """Enter gives the words, Esc gives none; other keys go on to the area."""
        _end_box(self, event)

    def put(self, words: str) -> None:
        """Let it hold these words, the caret behind them."""
        self.load_text(words)
        self.move_cursor(self.document.end)


def _end_box(line: Widget, event: events.Key) -> None:
    box = line.parent
    if event.key in ("enter", "escape") and isinstance(box, AnswerLine):
        event.stop()
        event.prevent_default()
        box.end(given=event.key == "enter")


class AnswerLine(Horizontal):
    """Asks ``what ▸ …``; Enter gives the words, Esc gives none."""

    DEFAULT_CSS = """
    AnswerLine {
        height: auto;
        border: round $primary;
        padding: 0 1;
        display: none;
        border-subtitle-color: $muted;
        & > #what { width: auto; height: 1; color: $primary; text-style: bold; }
        &.-asking { display: block; }
        & > #answer-lines { display: none; }
        &.-long > #answer-lines { display: block; }
        &.-long > #answer { display: none; }
    }
    """

    what = getters.query_one("#what", Static)

    @dataclass
    class Given(Message):
        """Somebody has answered."""

        about: object
        """What was asked about, as it was handed in."""
        text: str

    class Declined(Message):
        """Esc: no answer."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._about: object = None

    @property
    def line(self) -> _Line | _Lines:
        """What the words are typed in now."""
        if self.has_class("-long"):
            return self.query_one("#answer-lines", _Lines)
        return self.query_one("#answer", _Line)

    def compose(self) -> ComposeResult:
        """What is asked, and the line."""
        yield Static(id="what", markup=False)
        yield _Line(id="answer", select_on_focus=False)
        yield _Lines(id="answer-lines")

    @property
    def asking(self) -> bool:
        """Whether a question stands."""
        return self._about is not None

    @property
    def about(self) -> object:
        """What the question that stands is about, as it was handed in; None for none."""
        return self._about

    def ask(
        self,
        about: object,
        what: str,
        *,
        words: str = "",
        hint: str = "",
        keeps_lines: bool = False,
    ) -> None:
        """Ask for something.

        Args:
            about: Handed back with the answer.
            what: Is asked for.
            words: Stand in the line already.
            hint: Told on the border.
            keeps_lines: Whether the answer may have many lines.
        """
        self._about = about
        self.set_class(keeps_lines, "-long")
        self.what.update(Content(f"{what} ▸ "))
        self.border_subtitle = Content(hint) if hint else None
        self.line.put(words)
        self.add_class("-asking")
        self.line.focus()

    def end(self, *, given: bool) -> None:
        """Take the answer, or none."""
        about, text = self._about, self.line.value
        self._about = None
        self.remove_class("-asking")
        if given:
            self.post_message(self.Given(about, text.strip()))
        else:
            self.post_message(self.Declined())
