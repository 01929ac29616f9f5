"""Keys on their way to a screen: they wait until it is open, and arrive in their order.

A Ctrl key of the Thai layout arrives as the one of the Latin layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from textual import events
from textual.message_pump import MessagePump
from textual.screen import Screen

from kmtui import kedmanee
from kmtui.hooks import HookedApp


class TypedAhead(HookedApp):
    """An app that hands keys on one after the other, also while it opens a screen."""

    def __init__(self) -> None:
        super().__init__()
        self._holds = 0
        self._held: list[events.Event] = []

    @property
    def holds_keys(self) -> bool:
        """Whether keys wait."""
        return bool(self._holds)

    async def on_event(self, event: events.Event) -> None:
        """Let keys wait while the screen that they are meant for is being opened."""
        if isinstance(event, events.Key) and kedmanee.latin(event.key) != event.key:
            event = events.Key(kedmanee.latin(event.key), None)
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if typed and self._holds:
            self._held.append(event)
            return
        await super().on_event(event)

    def hold_keys(self) -> None:
        """From here on keys wait, until ``release_keys`` was called as often as this."""
        self._holds += 1

    def release_keys(self) -> None:
        """Let the keys that waited through, in their order, to the screen that is open now."""
        self.call_later(self._let_through)

    async def _let_through(self) -> None:
        self._holds -= 1
        if not self._holds:
            for event in self.put_aside():
                await self.on_event(event)

    def put_aside(self) -> list[events.Event]:
        """Take the keys that waited so far."""
        held, self._held = self._held, []
        return held

    def put_first(self, typed: Iterable[events.Event]) -> None:
        """Let these keys come before those that wait."""
        self._held[:0] = typed

    def _pass_through(self, pumps: Sequence[MessagePump], work: Callable[[], None]) -> None:
        """Do it behind what these have before them; one that is gone has nothing before it."""
        for at, pump in enumerate(pumps):
            if pump.call_later(self._pass_through, pumps[at + 1 :], work):
                return
        work()

    def in_order(self, screen: Screen[Any], then: Callable[[], None]) -> None:
        """Do something once the keys before this one have done theirs, and before those behind.

        Args:
            screen: Where it is done; a screen that was left does nothing any more.
            then: What to do.
        """
        if not screen.is_active:
            return
        focused = screen.focused or screen

        def afterwards(work: Callable[[], None]) -> None:
            # a key's handler posts to its own widget first, and from there to the screen
            through = (focused, focused, screen)
            self._pass_through(through, work)

        def do() -> None:
            if screen.is_active:  # the key before may have left it
                then()
            afterwards(self.release_keys)

        self.hold_keys()
        afterwards(do)
