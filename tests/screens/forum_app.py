"""A small app around the screens of one forum, for tests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
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
