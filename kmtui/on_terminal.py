"""What the app does about its terminal: ask it where Thai letters go, and mend what can be mended.

Textual reads what comes from the terminal, answers too, so nothing that is typed gets lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from rich.segment import Segment
from textual import events
from textual.color import Color
from textual.filter import LineFilter
from textual.timer import Timer

from kmtui import hooks
from kmtui.terminals import ANSWERS, SARA_AM, Finding, apart, judge, question
from kmtui.typed_ahead import TypedAhead

_PATIENCE: Final = 1.5
"""Seconds until a terminal counts as one that does not answer."""
_LETTER_BY_LETTER: Final = "\x1b[?2027l"
_BY_CLUSTER: Final = "\x1b[?2027h"
"""How some terminals count cells; Textual counts letter by letter."""


class SaraAmApart(LineFilter):
    """Draws SARA AM as a ring and SARA AA; what was typed, kept and copied stays as it is."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments as they go to the terminal; each takes the cells that it took."""
        return [
            segment._replace(text=apart(segment.text)) if SARA_AM in segment.text else segment
            for segment in segments
        ]


class OnTerminal(TypedAhead):
    """An app that knows what its terminal does with Thai."""

    def __init__(self) -> None:
        super().__init__()
        self.finding: Finding | None = None
        """What was measured last; None until the terminal has answered, or has not in time."""
        self.is_apart = False
        self._sara_am = SaraAmApart()
        self._columns: list[int] = []
        self._then: Callable[[Finding], None] | None = None
        self._patience: Timer | None = None
        self._is_drawn = False
        self._counted_by_cluster = False

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes through on its way to the terminal."""
        filters = super().get_line_filters()
        return [*filters, self._sara_am] if self.is_apart else filters

    def draw_apart(self, apart_: bool) -> None:
        """Draw SARA AM in its other form from now on, or as it is."""
        if apart_ == self.is_apart:
            return
        self.is_apart = apart_
        for screen in self.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget.refresh()

    # asking

    def measure(self, then: Callable[[Finding], None], *, is_drawn: bool = True) -> None:
        """Ask the terminal; one that does not answer is waited for, and keys work meanwhile.

        Args:
            then: Gets what was found.
            is_drawn: Whether the screen has been drawn already, so that its last line, which is
                written over, must be drawn again.
        """
        if self._patience is not None:
            return  # it is being asked
        self._then = then
        self._is_drawn = is_drawn
        self._ask()

    def _ask(self) -> None:
        self._columns = []
        self.to_terminal(question(max(1, self.size.height)))
        self._patience = self.set_timer(_PATIENCE, self._answered)

    def to_terminal(self, sequence: str) -> None:
        """Write past what is drawn; nobody sees it in a test without a terminal."""
        hooks.to_terminal(self, sequence)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal has answered one question."""
        if self._patience is None:
            return  # late, and nobody's
        self._columns.append(event.x + 1)
        if len(self._columns) == ANSWERS:
            self._answered()

    def _answered(self) -> None:
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        if not self.screen_stack:
            return  # the app was left while the terminal thought
        finding = judge(self._columns)
        if finding.state == "wrong" and not self._counted_by_cluster:
            self._counted_by_cluster = self._is_drawn = True
            self.to_terminal(_LETTER_BY_LETTER)
            self._ask()
            return
        self.finding = finding
        if self._is_drawn:
            for widget in self.screen.walk_children(with_self=True):
                widget.refresh()
        if self._then is not None:
            self._then(finding)

    def on_unmount(self) -> None:
        """Leave the terminal counting as it did."""
        if self._counted_by_cluster:
            self.to_terminal(_BY_CLUSTER)
