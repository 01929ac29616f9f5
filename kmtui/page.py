"""A screen that is left once, and never takes another one with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

from kmtui.typed_ahead import TypedAhead

Leaving = TypeVar("Leaving")
"""What a page answers when it is left."""


class Page(Screen[Leaving]):
    """What fills the terminal.

    Textual's own ``dismiss`` takes away whatever is on top: an answer that comes late, or a second
    click, would take away the page behind.
    """

    _is_left = False
    _answer: tuple[Leaving | None] | None = None
    """Of a page that is to be left as soon as nothing is open above it."""

    def in_order(self, then: Callable[[], None]) -> None:
        """Do something here once the keys before this one have done theirs.

        Args:
            then: What to do; nothing, where the page was left meanwhile.
        """
        app = self.app
        assert isinstance(app, TypedAhead)
        app.in_order(self, then)

    def dismiss(self, result: Leaving | None = None) -> AwaitComplete:
        """Leave; once something is open above it, when that was left."""
        if self._is_left:
            return AwaitComplete()
        if not self.is_active:
            self._answer = (result,)
            return AwaitComplete()
        self._is_left = True
        return super().dismiss(result)

    def on_screen_resume(self) -> None:
        """Leave, if that was asked for meanwhile."""
        if self._answer is not None:
            self.dismiss(*self._answer)
