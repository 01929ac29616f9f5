"""The line that the recorder types in: every key means something at once, in the order it came.

Textual hands letters to the field, and most other keys through the app's queue, where they
arrive later than the letters behind them. Here the field takes all of its keys itself, so a
burst that goes across Enter and Tab means what the same keys mean slowly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from textual import events
from textual.message import Message

from kmtui import keys
from kmtui.recording.desk import Desk, Order, Words
from kmtui.recording.sheet import DrawnKind

from .caret import pasted
from .thai_input import ThaiInput

_DRAWN_BY: Final[dict[str, DrawnKind]] = {
    "record.lesson": "lesson",
    "record.decision": "decision",
    "record.action": "action",
    "record.question": "question",
}
"""By command."""
_STAND_INS: Final = "↵⏎␤⤶"
"""What a line break of a paste looks like; one that is not in the words."""


class SpeakLine(ThaiInput):
    """One line; what it means is the desk's to say."""

    DEFAULT_CSS = """
    SpeakLine, SpeakLine:focus {
        border: none;
        height: 1;
        padding: 0;
        background: $background;
        background-tint: $foreground 0%;
    }
    """

    @dataclass
    class Asked(Message):
        """A key gave orders for the notebook."""

        orders: list[Order]

    class Typed(Message):
        """The words in the line are others now."""

    class Turned(Message):
        """Something beside the words changed: the speaker, the turn in hand, what is drawn."""

    class NothingToDrawFrom(Message):
        """A lesson was asked for before anything was said."""

    class Left(Message):
        """Esc, and nothing was open: back to where the recorder came from."""

    class Pasted(Message):
        """Several lines were pasted; they are one turn."""

    @dataclass
    class Scrolled(Message):
        """The turns above should move by so many pages."""

        pages: int

    def __init__(
        self,
        desk: Desk,
        now: Callable[[], datetime],
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id, select_on_focus=False)
        self.desk = desk
        self._now = now
        self._stand_in = ""

    # the words

    @property
    def words(self) -> Words:
        """What stands in the line, with the line breaks of a paste."""
        text = self.value
        if self._stand_in:
            text = text.replace(self._stand_in, "\n")
        return Words(text=text, cursor=self.cursor_position)

    def put(self, words: Words) -> None:
        """Let the line hold these words."""
        text = self._one_line(words.text)
        if not text:
            self._stand_in = ""
        self.value = text
        self.cursor_position = min(len(text), words.cursor)

    def _one_line(self, text: str) -> str:
        """The text with stand-ins for its line breaks."""
        if "\n" not in text:
            return text
        held = self.value + text
        if not self._stand_in:
            self._stand_in = next(one for one in _STAND_INS if one not in held)
        return text.replace("\n", self._stand_in)

    def _say_turned(self, words: Words) -> None:
        self.put(words)
        self.post_message(self.Turned())

    # keys

    async def on_key(self, event: events.Key) -> None:
        """What a key means here; what means nothing goes on to the field."""
        if self._means_something(event.key):
            event.stop()
            event.prevent_default()

    def _means_something(self, key: str) -> bool:
        if kind := _drawn_by(key):
            self._draw(kind)
        elif key in ("up", "down"):
            return self._walk(-1 if key == "up" else 1)
        elif key in ("pageup", "pagedown"):
            self.post_message(self.Scrolled(-1 if key == "pageup" else 1))
        elif (does := self._PLAIN.get(key)) is not None:
            does(self)
        else:
            return False
        return True

    def _enter(self) -> None:
        words = self.words
        aside = self.desk.drawing.aside if self.desk.drawing else Words()
        orders = self.desk.enter(words.text, self._now())
        self._say_turned(aside)
        if orders:
            self.post_message(self.Asked(orders))

    def _tab(self) -> None:
        self._say_turned(self.desk.tab(self.words, 1))

    def _back_tab(self) -> None:
        self._say_turned(self.desk.tab(self.words, -1))

    def _escape(self) -> None:
        words = self.desk.escape(self.words)
        if words is None:
            self.post_message(self.Left())
        else:
            self._say_turned(words)

    def take_back(self) -> None:
        """Bring back what was kept last."""
        words, orders = self.desk.take_back(self.words)
        self._say_turned(words)
        if orders:
            self.post_message(self.Asked(orders))

    def _draw(self, kind: DrawnKind) -> None:
        words = self.desk.draw(kind, self.words)
        if words is None:
            self.post_message(self.NothingToDrawFrom())
        else:
            self._say_turned(words)

    def _walk(self, step: int) -> bool:
        if self.desk.drawing is not None or (self.value and self.desk.highlighted is None):
            return False
        self.desk.walk(step)
        self.post_message(self.Turned())
        return True

    _PLAIN: ClassVar[dict[str, Callable[[SpeakLine], None]]] = {
        "enter": _enter,
        "tab": _tab,
        "shift+tab": _back_tab,
        "escape": _escape,
        "ctrl+z": take_back,
    }

    # words that come in at once

    def on_paste(self, event: events.Paste) -> None:
        """Take in all lines, in one."""
        event.prevent_default()
        event.stop()
        text = pasted(event.text).strip("\n")
        if "\n" in text:
            self.post_message(self.Pasted())
        self.take_in(self._one_line(text))

    def watch_value(self, value: str) -> None:
        """Others hear of what was typed."""
        if not value:
            self._stand_in = ""
        self.post_message(self.Typed())

    def on_blur(self) -> None:
        """Keep the words before somebody looks elsewhere."""
        self.post_message(self.Typed())


def _drawn_by(key: str) -> DrawnKind | None:
    """What a key draws from the turn in hand; None for other keys."""
    for command, kind in _DRAWN_BY.items():
        if key in keys.COMMANDS[command].keys:
            return kind
    return None
