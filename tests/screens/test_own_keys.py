"""A person's own keys and choices: taken from settings.toml, or passed over in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.own_keys import read_keys
from kmtui.screens.lessons import LessonsRoom
from kmtui.screens.new_forum import NewForumScreen
from kmtui.settings import FILE, Settings
from kmtui.words import told as told_error
from store.notebook import Notebook

from .conftest import NOON
from .pressing import at_home, drawn, press, told


@pytest.fixture
def own(tmp_path: Path) -> Iterator[None]:
    """Keys as they come, again, when the test has ended."""
    before = dict(keys.COMMANDS)
    yield
    keys.COMMANDS.clear()
    keys.COMMANDS.update(before)


def settings(folder: Path, text: str) -> Settings:
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return Settings.read(folder)


def wrong(found: Settings) -> list[str]:
    _own, more = read_keys(found.keys, found.text)
    return [told_error(one) for one in (*found.wrong, *more)]


def started(notebook: Notebook, found: Settings) -> KmtuiApp:
    own_keys, more = read_keys(found.keys, found.text)
    keys.give(own_keys)
    app = KmtuiApp(notebook, now=lambda: NOON, settings=found, wrong=more)
    app.set_keymap(own_keys)
    return app


@pytest.mark.usefixtures("own")
async def test_an_own_key_works_and_is_the_one_that_is_shown(
    demo: Notebook, tmp_path: Path
) -> None:
    found = settings(
        tmp_path / "s", '[keys]\n"app.new" = "ctrl+n"\napp.lessons = ["ctrl+l", "ctrl+g"]\n'
    )
    app = started(demo, found)
    async with at_home(app, size=(100, 24)) as pilot:
        await press(pilot, "f2")
        assert not isinstance(app.screen, NewForumScreen)
        await press(pilot, "ctrl+n")
        assert isinstance(app.screen, NewForumScreen)
        await press(pilot, "\x1b", "ctrl+l")
        assert isinstance(app.screen, LessonsRoom)
        await press(pilot, "f1")
        assert any("Ctrl+N" in line for line in drawn(app))
        assert told(app) == []


@pytest.mark.usefixtures("own")
async def test_an_own_key_draws_a_lesson_while_recording(demo: Notebook, tmp_path: Path) -> None:
    found = settings(tmp_path / "s", '[keys]\nrecord.lesson = "ctrl+l"\n')
    app = started(demo, found)
    before = len(demo.lessons())
    async with at_home(app) as pilot:
        await press(pilot, "insert", "หนึ่งสองสาม", "\r", "ctrl+l", "บทเรียนใหม่", "\r")

    assert len(demo.lessons()) == before + 1


@pytest.mark.parametrize(
    ("text", "line", "names"),
    [
        ('[keys]\n"app.nwe" = "f2"\n', 2, ("app.nwe", "app.new")),
        ('# mine\n[keys]\n"app.new" = "f99"\n', 3, ("f99", "f9")),
        ('[keys]\n"app.new" = "q"\n', 2, ("q", "app.new")),
        ('[keys]\n"app.new" = "alt+n"\n', 2, ("alt+n", "app.new")),
        ('[keys]\n"app.new" = "ctrl+m"\n', 2, ("ctrl+m", "app.new")),
        ('[keys]\n"app.new" = "f3"\n', 2, ("f3", "app.find")),
        ('[keys]\n"app.new" = 7\n', 2, ("7", "app.new")),
        ('langauge = "th"\n', 1, ("langauge", "language")),
        ('\ntheme = "pink"\n', 2, ("pink", "kmtui-light")),
        ("sara_am_apart = 1\n", 1, ("sara_am_apart", "true")),
        ("theme = \n", 1, (FILE, "line 1")),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_nearest(
    tmp_path: Path, text: str, line: int, names: tuple[str, ...]
) -> None:
    (said,) = wrong(settings(tmp_path / "s", text))

    assert f"line {line}" in said
    for name in names:
        assert name in said


async def test_the_app_starts_without_what_is_wrong_and_says_so(
    demo: Notebook, tmp_path: Path
) -> None:
    app = started(demo, settings(tmp_path / "s", '[keys]\n"app.nwe" = "f2"\nx = [[1]]\n'))
    async with at_home(app) as pilot:
        assert any("app.nwe" in one for one in told(app))
        await press(pilot, "f2")
        assert isinstance(app.screen, NewForumScreen)


def test_two_commands_may_change_their_keys_with_each_other(tmp_path: Path) -> None:
    found = settings(tmp_path / "s", '[keys]\n"app.new" = "f4"\n"app.lessons" = "f2"\n')

    assert wrong(found) == []
