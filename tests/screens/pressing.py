"""Keys pressed as a person does, and what stands on the screen afterwards."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.home import HomeScreen
from kmtui.widgets.record_list import RecordList

NAMED: Final = {"\r": "enter", "\t": "tab", "\x1b": "escape"}
PATIENCE: Final = 10.0
"""Seconds until a test gives up."""


def burst(app: App[Any], *typed: str) -> int:
    """Keys as fast as a terminal hands them over; words letter by letter, and keys by name.

    Returns:
        How many keys that were not letters of words.
    """
    pressed = 0
    for part in typed:
        if len(part) > 1 and (part.startswith(("ctrl+", "shift+")) or part in _BY_NAME):
            app.post_message(events.Key(part, None))
            pressed += 1
            continue
        for letter in part:
            named = NAMED.get(letter)
            pressed += named is not None
            key = named or _character_to_key(letter)
            app.post_message(events.Key(key, None if named else letter))
    return pressed


_BY_NAME: Final = {f"f{number}" for number in range(1, 13)} | {
    "up", "down", "home", "end", "pageup", "pagedown", "delete", "backspace", "insert",
}  # fmt: skip


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every key has arrived, the notebook has answered and all is drawn."""
    app = pilot.app
    assert isinstance(app, KmtuiApp)
    end = time.monotonic() + PATIENCE
    quiet = 0
    while time.monotonic() < end:
        await pilot.pause()
        still = app.is_quiet and not app.keeping and _is_laid_out(app)
        quiet = quiet + 1 if still else 0
        if quiet == 3:  # an answer may have asked for something more
            return
    raise AssertionError("the notebook did not answer")


async def until(pilot: Pilot[Any], so: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, f"{what} did not happen"
        await pilot.pause(0.01)


def _is_laid_out(app: App[Any]) -> bool:
    """Whether there is a page to press keys on, with what it shows."""
    home = app.screen
    return len(app.screen_stack) > 1 and (
        not isinstance(home, HomeScreen) or home._reading is not None
    )


async def press(pilot: Pilot[Any], *typed: str) -> int:
    """A burst, and everything that comes of it."""
    await until(pilot, lambda: _is_laid_out(pilot.app), "the first page")
    pressed = burst(pilot.app, *typed)
    await settle(pilot)
    return pressed


@asynccontextmanager
async def at_home(
    app: KmtuiApp, size: tuple[int, int] = (80, 24), **how: Any
) -> AsyncIterator[Pilot[None]]:
    """The app on its first page."""
    async with app.run_test(size=size, **how) as pilot:
        await until(pilot, lambda: _is_laid_out(app), "the first page")
        await settle(pilot)
        yield pilot


def rows(app: App[Any]) -> list[str]:
    """What the rows of the list on the screen say."""
    shown = app.screen.query_one(RecordList)
    return [" ".join(" ".join(cell.text for cell in row.cells).split()) for row in shown.rows]


def on(app: App[Any]) -> str:
    """What the row under the cursor says."""
    return rows(app)[app.screen.query_one(RecordList).cursor]


def go_to(app: App[Any], words: str) -> None:
    """Put the cursor on the first row that holds these words."""
    shown = app.screen.query_one(RecordList)
    found = [at for at, row in enumerate(rows(app)) if words in row]
    assert found, f"{words!r} in {rows(app)}"
    shown.cursor = next(at for at in found if shown.rows[at].key is not None)


def drawn(app: App[Any]) -> list[str]:
    """The whole screen, line by line, as the terminal gets it."""
    lines = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in line) for line in lines]


def told(app: App[Any]) -> list[str]:
    """The sentences that are told beside the screen."""
    return [one.message for one in app._notifications]
