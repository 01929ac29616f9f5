"""Waiting for the pen: a window that only reads writes as soon as the other one has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kmtui.words import _
from store.errors import StoreError

if TYPE_CHECKING:
    from kmtui.app import KmtuiApp
    from store.notebook import Notebook

OFTEN: Final = 2.0
"""Seconds between two looks."""


class WaitingForPen:
    """Looks now and then; what the other window wrote is read before this one writes.

    Args:
        app: A window that only reads.
    """

    def __init__(self, app: KmtuiApp) -> None:
        self._app = app
        self._timer = app.set_interval(OFTEN, self.look)

    def look(self) -> None:
        """Take the pen where it is free, while nothing is under way on the screen."""
        app = self._app
        if not app.writable and app.is_quiet and not getattr(app.screen, "is_typing", False):
            app.ask(self._take, self._taken, self._not_taken, saves=False)

    def _take(self, notebook: Notebook) -> bool:
        """On the notebook's thread: what is asked for after this asks the notebook that writes."""
        found = None if notebook.writable else notebook.with_pen()
        if found is not None:
            self._app.has_pen(found)
        return found is not None

    def _taken(self, is_ours: bool) -> None:
        if not is_ours:
            return
        self._timer.stop()
        self._app.tell(_("The other window is closed. This window writes now."))
        self._app.renew_all()

    def _not_taken(self, refusal: StoreError) -> None:
        """Told once; whoever opens the window again is told again."""
        self._timer.stop()
        self._app.tell_refusal(refusal)
