"""A forum that is gone on with: where its turns stand when Record opens."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from kmtui import demo
from kmtui.app import KmtuiApp
from kmtui.screens.record import RecordScreen
from store.notebook import Notebook

NOW: Final = datetime(2026, 11, 22, 10, 42, tzinfo=timezone(timedelta(hours=7)))


async def test_a_forum_that_is_opened_again_shows_its_last_turns(tmp_path: Path) -> None:
    demo.make(tmp_path / "notebook", NOW)
    with Notebook.open(tmp_path / "notebook", now=lambda: NOW) as notebook:
        app = KmtuiApp(notebook, now=lambda: NOW)
        async with app.run_test(size=(80, 24)) as pilot:
            app.record_session(notebook.sessions()[0].id)
            while not isinstance(app.screen, RecordScreen):
                await pilot.pause()
            await pilot.pause()

            turns = app.screen.turns

            assert turns.max_scroll_y > 0
            assert turns.scroll_offset.y == turns.max_scroll_y
