"""A line that asks for one thing at a time, at the foot of a screen that is not for typing."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

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

    async def _on_key(self, event: events.Key) -> None:
        box = self.parent
        if event.key in ("enter", "escape") and isinstance(box, AnswerLine):
            event.stop()
            event.prevent_default()
            box.end(given=event.key == "enter")
            return
        await super()._on_key(event)


class AnswerLine(Horizontal):
    """Asks ``what ▸ …``; Enter gives the words, Esc gives none."""

    DEFAULT_CSS = """
    AnswerLine {
        height: 3;
        border: round $primary;
        padding: 0 1;
        display: none;
        border-subtitle-color: $muted;
        & > #what { width: auto; height: 1; color: $primary; text-style: bold; }
        &.-asking { display: block; }
    }
    """

    line = getters.query_one("#answer", _Line)
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

    def compose(self) -> ComposeResult:
        """What is asked, and the line."""
        yield Static(id="what", markup=False)
        yield _Line(id="answer", select_on_focus=False)

    @property
    def asking(self) -> bool:
        """Whether a question stands."""
        return self._about is not None

    @property
    def about(self) -> object:
        """What the question that stands is about, as it was handed in; None for none."""
        return self._about

    def ask(self, about: object, what: str, *, words: str = "", hint: str = "") -> None:
        """Ask for something; ``words`` stand in the line already."""
        self._about = about
        self.what.update(Content(f"{what} ▸ "))
        self.border_subtitle = Content(hint) if hint else None
        self.line.value = words
        self.line.cursor_position = len(words)
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
