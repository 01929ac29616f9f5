"""Whatever is pressed, clicked, pasted or made narrower, the app goes on and the notebook is whole.

`just long` presses more. A seed that fails says by itself what was pressed: the same seed presses
the same again, as far as the machine's speed lets it.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import OutOfBounds, Pilot

from kmtui import words
from kmtui.app import KmtuiApp
from store.edits import Add, Change
from store.notebook import Notebook
from store.records import Attendance, Session, Turn

from .conftest import NOON
from .pressing import at_home, settle

KEYS: Final = (
    "enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup",
    "pagedown", "delete", "backspace", "insert", "shift+left", "ctrl+left", "ctrl+right",
    "ctrl+home", *(f"f{number}" for number in range(1, 13)), "ctrl+a", "ctrl+j", "ctrl+k",
    "ctrl+n", "ctrl+p", "ctrl+r", "ctrl+t", "ctrl+u", "ctrl+w", "ctrl+y", "ctrl+z",
)  # fmt: skip
LETTERS: Final = (*"กขเแไำ้่ี: /=[]@\\abc123๑๒ๆ", "\u200b", "\u202e", "日")
PASTED: Final = "วาง\n[@click=app.bell]x[/home]\x1b[2J"
SIZES: Final = ((80, 24), (60, 20), (132, 43))
LEAVES: Final = ("Leave", "ออก")
"""Of the menu: what ends the app."""


@pytest.fixture
def met(demo: Notebook, tmp_path: Path) -> Notebook:
    """The demo notebook after a month: it has met Nok's, with a conflict and a forum twice."""
    stick = tmp_path / "stick"
    stick.mkdir()
    entropy = itertools.count(7_000)
    with Notebook.open(
        tmp_path / "nok", now=lambda: NOON + timedelta(minutes=5), entropy=lambda: next(entropy)
    ) as nok:
        for one in (demo, nok, demo):
            one.meet(stick)
        lesson, forum = demo.lessons()[0].id, demo.session(demo.sessions()[0].id)
        day, place = forum.session.date, forum.session.place
        demo.save(Change(lesson, {"next": "จดให้เสร็จ"}))
        nok.save(Change(lesson, {"next": "ติดไว้ที่ศาลา"}))
        twin = nok.new_id("session")
        nok.save(
            Add(Session(id=twin, title="กองทุนน้ำ", date=day, place=place)),
            *(Add(Attendance(session=twin, person=one.person)) for one in forum.attendance),
            *(Add(Turn(session=twin, place=at, text=one.text, speaker=one.speaker))
              for at, one in enumerate(forum.turns[:5], start=1)),
        )  # fmt: skip
        for one in (nok, demo):
            one.meet(stick)
    assert demo.conflicts()
    assert demo.twins()
    return demo


async def press_anything(pilot: Pilot[Any], chance: random.Random) -> None:
    """One thing that hands do."""
    app = pilot.app
    what = chance.random()
    if what < 0.04:
        offered = [
            one
            for one in app.get_system_commands(app.screen)
            if not any(word in one.title for word in LEAVES)
        ]
        done = chance.choice(offered).callback() if offered else None
        if isinstance(done, Awaitable):
            await done
    elif what < 0.12:
        with suppress(OutOfBounds):
            await pilot.click(
                offset=(chance.randrange(app.size.width), chance.randrange(app.size.height))
            )
    elif what < 0.14:
        await pilot.resize_terminal(chance.randint(1, 140), chance.randint(1, 50))
    elif what < 0.15:
        app.post_message(events.Paste(PASTED * chance.randint(1, 50)))
    elif what < 0.58:
        app.post_message(events.Key(chance.choice(KEYS), None))
    else:
        letter = chance.choice(LETTERS)
        app.post_message(events.Key(_character_to_key(letter), letter))


@pytest.mark.parametrize(
    ("seed", "many"),
    [(1, 200), *(pytest.param(seed, 700, marks=pytest.mark.long) for seed in range(2, 14))],
)
async def test_whatever_is_pressed_the_app_goes_on_and_the_notebook_is_whole(
    met: Notebook, seed: int, many: int
) -> None:
    chance = random.Random(seed)
    words.speak(chance.choice(["th", "en"]))
    before = met.verify()
    app = KmtuiApp(met, now=lambda: NOON)
    async with at_home(app, chance.choice(SIZES)) as pilot:
        for at in range(many):
            await press_anything(pilot, chance)
            if at % 7 == 0:
                await asyncio.sleep(0)
                await pilot.pause()
            if not app.is_running:
                break
        if app.is_running:
            await settle(pilot)
    after = met.verify()

    assert app.last_error is None
    assert (after["damaged"], after["held"], after["differs"]) == ([], [], False)
    assert after["lines"] >= before["lines"]
