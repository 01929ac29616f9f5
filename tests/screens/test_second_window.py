"""A second window takes the pen once it is free, with everything that the first one wrote."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from kmtui.app import KmtuiApp
from kmtui.screens.home import HomeScreen
from kmtui.screens.new_forum import NewForumScreen
from store.edits import Add
from store.errors import DiskFull
from store.notebook import Notebook
from store.records import RecordId, Session
from tests.screens.conftest import NOON
from tests.screens.pressing import at_home, drawn, press, told, until


def forum(title: str) -> Add:
    return Add(Session(id=RecordId(""), title=title, date=date(2026, 5, 17)))


@pytest.fixture
def first(demo_folder: Path) -> Notebook:
    return Notebook.open(demo_folder, now=lambda: NOON)


@pytest.fixture
def second(first: Notebook) -> KmtuiApp:
    return KmtuiApp(Notebook.open(first.folder, read_only=True, now=lambda: NOON), now=lambda: NOON)


async def look(app: KmtuiApp) -> None:
    """Do not wait for the clock."""
    assert app.pen_wait is not None
    app.pen_wait.look()
    await asyncio.sleep(0)


async def test_a_second_window_writes_once_the_first_has_gone(
    first: Notebook, second: KmtuiApp
) -> None:
    async with at_home(second) as pilot:
        first.save(forum("เวทีที่หน้าต่างแรกเพิ่งเขียน"))
        first.close()
        await look(second)
        await until(pilot, lambda: second.writable, "writing")
        await until(
            pilot,
            lambda: any("หน้าต่างแรกเพิ่งเขียน" in one for one in drawn(second)),
            "what the first wrote",
        )

        assert "This window writes now" in told(second)[-1]
        assert "kept" in drawn(second)[0]
        await press(pilot, "f2")
        assert isinstance(second.screen, NewForumScreen)
    second.close_notebook()
    with Notebook.open(first.folder) as again:
        assert again.writable


async def test_a_second_window_goes_on_reading_while_the_first_is_there(
    first: Notebook, second: KmtuiApp
) -> None:
    async with at_home(second) as pilot:
        told_before = told(second)
        for _ in range(3):
            await look(second)
            await until(pilot, lambda: second.is_quiet, "an answer")

        assert not second.writable
        assert "reading only" in drawn(second)[0]
        assert told(second) == told_before
    first.save(forum("หน้าต่างแรกยังเขียนได้"))
    first.close()


async def test_of_two_windows_that_wait_one_writes(first: Notebook, second: KmtuiApp) -> None:
    third = Notebook.open(first.folder, read_only=True, now=lambda: NOON)
    async with at_home(second) as pilot:
        first.close()
        await look(second)
        await until(pilot, lambda: second.writable, "writing")

        assert third.with_pen() is None
        assert third.holder is not None
        assert third.holder.pid == os.getpid()
    second.close_notebook()
    after = third.with_pen()
    assert after is not None
    after.close()


async def test_a_pen_that_cannot_be_taken_is_told_once_and_reading_goes_on(
    first: Notebook, second: KmtuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_notebook: Notebook) -> None:
        raise DiskFull(where="x")

    monkeypatch.setattr(Notebook, "with_pen", full)
    async with at_home(second) as pilot:
        before = len(told(second))
        await look(second)
        await until(pilot, lambda: len(told(second)) > before, "the refusal")

        assert not second.writable
        assert isinstance(second.screen, HomeScreen)
        assert second.last_error is None
    first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a real terminal")
@pytest.mark.parametrize("how", ["\x11", "kill"])
def test_of_two_programs_the_second_writes_when_the_first_ends(demo_folder: Path, how: str) -> None:
    from tests.screens.terminal import Terminal

    program = "tests.screens.home_app"
    with Terminal(program, str(demo_folder)) as one:
        one.wait_for_words("kept")
        with Terminal(program, str(demo_folder)) as two:
            two.wait_for_words("reading only")
            if how == "kill":
                os.kill(one.pid, signal.SIGKILL)
            else:
                one.type(how)
            one.end()
            two.wait_for_words("writes now")  # the box breaks its lines
            two.type("\x11")

            assert two.end() == 0
            assert b"Traceback" not in two.shown
