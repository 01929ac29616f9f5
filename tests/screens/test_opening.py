"""The first frame is drawn before the notebook is opened; nothing typed meanwhile is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Final

import pytest

from kmtui.app import KmtuiApp
from kmtui.line import is_for_the_app
from kmtui.screens.home import HomeScreen
from kmtui.screens.new_forum import NewForumScreen
from store.errors import NotANotebook
from store.notebook import Notebook, Progress
from tests.screens.conftest import NOON
from tests.screens.pressing import burst, drawn, press, settle, told, until
from tests.screens.terminal import ROOT, Terminal

NOT_YET: Final = ("tinydb", "click", "store.notebook", "store.records", "kmtui.hooks.area", "babel")
"""What the first frame can do without."""


class Slow:
    """Opens a notebook when it is told to.

    Args:
        notebook: What it opens.
    """

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.may = Event()
        self.progress: Progress | None = None

    def __call__(self, progress: Progress) -> Notebook:
        self.progress = progress
        assert self.may.wait(20)
        return self._notebook


@pytest.fixture
def slow(demo: Notebook) -> Slow:
    return Slow(demo)


def app_on(slow: Slow) -> KmtuiApp:
    return KmtuiApp(slow, now=lambda: NOON, welcomes=True)


def test_the_first_frame_brings_neither_the_store_nor_the_command_line() -> None:
    program = """
import json, sys
import kmtui.start, kmtui.running, kmtui.screens.home
print(json.dumps(sorted(sys.modules)))
"""

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    brought = set(json.loads(done.stdout))
    assert "kmtui.app" in brought
    assert brought.isdisjoint(NOT_YET)


async def test_the_page_and_its_keys_stand_there_before_the_notebook_is_open(slow: Slow) -> None:
    app = app_on(slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: slow.progress is not None, "opening")

        before = "\n".join(drawn(app))
        slow.may.set()
        await until(pilot, lambda: app.is_open, "being open")
        await settle(pilot)
        after = "\n".join(drawn(app))

        assert "F2  Begin a forum" in before
        assert "F1" in drawn(app)[-1]
        assert "Nothing yet" not in before
        assert "Lately" not in before
        assert "Lately" in after


async def test_what_is_typed_before_it_is_open_arrives_when_it_is(slow: Slow) -> None:
    app = app_on(slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: slow.progress is not None, "opening")
        burst(app, "f2", "เวทีเช้า")
        await pilot.pause()
        held = isinstance(app.screen, HomeScreen)

        slow.may.set()
        await until(pilot, lambda: isinstance(app.screen, NewForumScreen), "the forum")
        await settle(pilot)

        assert held
        assert any("เวทีเช้า" in line for line in drawn(app))


async def test_opening_that_takes_long_says_so_and_how_far_it_is(slow: Slow) -> None:
    app = app_on(slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: slow.progress is not None, "opening")
        home = app.screen
        assert isinstance(home, HomeScreen)

        home.tell_opening(0, 0)
        await pilot.pause()
        first = "\n".join(drawn(app))
        assert slow.progress is not None
        slow.progress(30, 40)
        await until(pilot, lambda: "75 %" in "\n".join(drawn(app)), "the share")
        slow.may.set()
        await until(pilot, lambda: app.is_open, "being open")
        await settle(pilot)
        home.tell_opening(39, 40)  # one that comes late
        await settle(pilot)

        assert "Opening the notebook" in first
        assert "Opening the notebook" not in "\n".join(drawn(app))


async def test_a_notebook_that_cannot_be_opened_ends_the_app_with_the_reason() -> None:
    def refuses(_progress: Progress) -> Notebook:
        raise NotANotebook(where="there")

    app = KmtuiApp(refuses, now=lambda: NOON)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.not_opened is not None, "the refusal")

    assert app.return_code == 1
    assert isinstance(app.not_opened, NotANotebook)
    app.close_notebook()


def test_a_person_reads_that_reason_as_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("no notebook", encoding="utf-8")

    with Terminal("kmtui", "--notebook", str(file)) as terminal:
        code = terminal.end()

    said = terminal.shown.rpartition(b"\x1b[?1049l")[2]
    assert code == 1
    assert b"letter.txt" in said
    assert b"Traceback" not in terminal.shown


async def test_a_mistake_of_ours_while_opening_ends_the_app_too() -> None:
    def breaks(_progress: Progress) -> Notebook:
        raise ZeroDivisionError

    app = KmtuiApp(breaks, now=lambda: NOON)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.last_error is not None, "the mistake")


async def test_who_only_reads_is_told_once_it_is_open(demo: Notebook) -> None:
    def opens(_progress: Progress) -> Notebook:
        return Notebook.open(demo.folder, read_only=True, now=lambda: NOON)

    app = KmtuiApp(opens, now=lambda: NOON, welcomes=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.is_open, "being open")
        await press(pilot, "f2")

        assert not app.writable
        assert isinstance(app.screen, HomeScreen)
        assert any("Another window writes" in words for words in told(app))
    app.close_notebook()


@pytest.mark.parametrize(
    ("line", "so"),
    [
        ("", True),
        ("--notebook x", True),
        ("--notebook=x --lang en", True),
        ("--lang xx", False),
        ("--lang", False),
        ("--notebook", False),
        ("--notebook --lang", False),
        ("--json", False),
        ("list", False),
        ("--notebook x list", False),
        ("-- --notebook x", False),
        ("--help", False),
    ],
)
def test_only_a_line_without_a_command_leads_straight_to_the_app(line: str, so: bool) -> None:
    assert is_for_the_app(line.split()) is so


def test_without_a_terminal_the_app_says_what_works_without_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kmtui", "--notebook", str(tmp_path / "new")],
        cwd=ROOT,
        env={**os.environ, "KMTUI_LANG": "en"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "The app needs a terminal. `kmtui --help` lists what works without one."
    ]
