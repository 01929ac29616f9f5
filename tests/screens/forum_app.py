"""The app, opened on the recording of one forum; run as a program, on a terminal."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from kmtui.app import KmtuiApp
from kmtui.screens.record import RecordScreen
from store.clock import local_now
from store.notebook import Notebook
from store.records import RecordId

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class ForumApp(KmtuiApp):
    """Goes straight to the recording of a forum."""

    def __init__(self, notebook: Notebook, session: RecordId, now: Any = lambda: NOW) -> None:
        super().__init__(notebook, now=now)
        self.notebook = notebook
        self.session = session
        self.waiting = 0
        self.stalled = False
        self.way_is_free = Event()
        self.way_is_free.set()

    def on_mount(self) -> None:
        self.call_later(self.record_session, self.session)

    def hold(self) -> None:
        """Let nothing through to the notebook."""
        self.way_is_free.clear()

    def let_go(self) -> None:
        self.way_is_free.set()

    def ask(self, work: Any, then: Any = None, refused: Any = None, **how: Any) -> None:
        self.waiting += 1

        def held(notebook: Notebook) -> Any:
            self.way_is_free.wait(10)
            return work(notebook)

        def answered(answer: Any) -> None:
            self.waiting -= 1
            if then is not None:
                then(answer)

        def was_refused(error: Any) -> None:
            self.waiting -= 1
            (refused or self.tell_refusal)(error)

        super().ask(held, answered, was_refused, **how)


def main() -> None:
    """Record the first forum of the notebook in a folder.

    A second argument stalls the screen for so many seconds, once the first letter has come.
    """
    stall = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    with Notebook.open(Path(sys.argv[1])) as notebook:
        app = ForumApp(notebook, notebook.sessions()[0].id, local_now)
        if stall:
            app.call_later(app.set_interval, 0.1, lambda: _stall(app, stall))
        app.run()


def _stall(app: ForumApp, seconds: float) -> None:
    """Block the loop as a slow disk or a busy laptop would, once something is being typed."""
    screen = app.screen
    if isinstance(screen, RecordScreen) and screen.line.value and not app.stalled:
        app.stalled = True
        time.sleep(seconds)


if __name__ == "__main__":
    main()
