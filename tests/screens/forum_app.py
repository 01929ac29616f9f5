"""A small app around the screens of one forum, for tests; run as a program, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from textual.app import App

from kmtui.recording.keeping import read_whole
from kmtui.screens.record import RecordScreen
from store.errors import StoreError
from store.notebook import Notebook
from store.records import RecordId

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class ForumApp(App[None]):
    """Opens the first forum of a notebook for recording."""

    def __init__(self, notebook: Notebook, session: RecordId) -> None:
        super().__init__()
        self.notebook = notebook
        self.session = session
        self.thread = ThreadPoolExecutor(1)
        self.waiting = 0
        self.stalled = False
        self.open = Event()
        self.open.set()

    def hold(self) -> None:
        """Let nothing through to the notebook."""
        self.open.clear()

    def let_go(self) -> None:
        self.open.set()

    def ask(
        self,
        work: Callable[[Notebook], Any],
        then: Callable[[Any], None] | None,
        refused: Callable[[StoreError], None],
    ) -> None:
        self.waiting += 1

        def done(tell: Callable[[], None]) -> None:
            self.waiting -= 1
            tell()

        def run() -> None:
            self.open.wait(10)
            try:
                answer = work(self.notebook)
            except StoreError as error:
                self.call_from_thread(done, lambda error=error: refused(error))
            else:
                self.call_from_thread(done, lambda: then(answer) if then else None)

        self.thread.submit(run)

    def on_mount(self) -> None:
        whole, people = read_whole(self.notebook, self.session)
        draft = self.notebook.draft(self.session)
        self.push_screen(RecordScreen(whole, people, draft=draft, now=lambda: NOW))


def main() -> None:
    """Record the first forum of the notebook in a folder.

    A second argument stalls the screen for so many seconds, once the first letter has come.
    """
    stall = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    with Notebook.open(Path(sys.argv[1])) as notebook:
        app = ForumApp(notebook, notebook.sessions()[0].id)
        if stall:
            app.call_later(app.set_interval, 0.1, lambda: _stall(app, stall))
        app.run()
        app.thread.shutdown()


def _stall(app: ForumApp, seconds: float) -> None:
    """Block the loop as a slow disk or a busy laptop would, once something is being typed."""
    screen = app.screen
    if isinstance(screen, RecordScreen) and screen.line.value and not app.stalled:
        app.stalled = True
        time.sleep(seconds)


if __name__ == "__main__":
    main()
