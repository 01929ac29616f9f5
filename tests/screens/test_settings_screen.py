"""First run and settings: asked once, changed at once, kept for the next start."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from kmtui import words
from kmtui.app import KmtuiApp
from kmtui.screens.first_run import FirstRunScreen
from kmtui.screens.home import HomeScreen
from kmtui.screens.new_forum import NewForumScreen
from kmtui.screens.record import RecordScreen
from kmtui.screens.settings import SettingsScreen
from kmtui.settings import Settings
from store.notebook import Notebook

from .conftest import NOON
from .pressing import at_home, drawn, go_to, on, press, settle, until


@pytest.fixture
def first(tmp_path: Path) -> Iterator[KmtuiApp]:
    """The app as it starts for the first time."""
    entropy = itertools.count(1)
    with Notebook.open(
        tmp_path / "new", now=lambda: NOON, entropy=lambda: next(entropy)
    ) as notebook:
        yield KmtuiApp(notebook, now=lambda: NOON, welcomes=True)
    words.speak("en")


def book(app: KmtuiApp) -> Notebook:
    return app._notebook


@pytest.mark.parametrize("on", ["\r", "\t"])
async def test_the_first_start_asks_for_name_and_agency_and_proposes_the_recorder(
    first: KmtuiApp, on: str
) -> None:
    async with at_home(first) as pilot:
        await until(pilot, lambda: isinstance(first.screen, FirstRunScreen), "the welcome")
        await settle(pilot)
        await press(pilot, "คุณลำดวน", on, "กลุ่มออมทรัพย์ลมเย็น", on, "\r")

        assert isinstance(first.screen, HomeScreen)
        notebook = book(first)
        assert notebook.owner == "คุณลำดวน"
        (person,) = notebook.people()
        (agency,) = notebook.agencies()
        assert (person.name, person.agency) == ("คุณลำดวน", agency.id)
        assert agency.short == "กลุ่มออมทรัพย์ลมเย็น"

        await press(pilot, "f2", "เวทีแรก", "\r")
        assert isinstance(first.screen, RecordScreen)
        assert notebook.sessions()[0].recorders == ("คุณลำดวน",)


async def test_the_first_start_can_be_skipped_and_is_not_asked_again(first: KmtuiApp) -> None:
    async with at_home(first) as pilot:
        await until(pilot, lambda: isinstance(first.screen, FirstRunScreen), "the welcome")
        await settle(pilot)
        await press(pilot, "\x1b")

        assert isinstance(first.screen, HomeScreen)
        assert book(first).owner == ""
    again = KmtuiApp(book(first), now=lambda: NOON, welcomes=True)
    async with at_home(again):
        assert isinstance(again.screen, HomeScreen)


async def test_a_forum_that_cannot_wait_is_begun_over_the_questions(first: KmtuiApp) -> None:
    async with at_home(first) as pilot:
        await until(pilot, lambda: isinstance(first.screen, FirstRunScreen), "the welcome")
        await settle(pilot)
        await press(pilot, "คุณ", "f2")

        assert isinstance(first.screen, NewForumScreen)


async def test_the_language_changes_at_once_and_is_kept(demo: Notebook, demo_app: KmtuiApp) -> None:
    demo_app.settings = Settings(language="en")
    async with at_home(demo_app) as pilot:
        await pilot.app.run_action("app.room('settings')")
        await settle(pilot)
        assert isinstance(demo_app.screen, SettingsScreen)
        go_to(demo_app, "Language")
        try:
            await press(pilot, "\r")

            assert any("ภาษา" in line for line in drawn(demo_app))
            assert "F1 ช่วย" in drawn(demo_app)[-1]
            await press(pilot, "\x1b")
            assert isinstance(demo_app.screen, HomeScreen)
            assert "ช่วย" in drawn(demo_app)[-1]
            assert demo_app.focused is demo_app.screen.rows
        finally:
            words.speak("en")
    assert Settings.read(demo.folder).language == "th"


async def test_the_colours_change_at_once_and_are_kept(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await pilot.app.run_action("app.room('settings')")
        await settle(pilot)
        go_to(demo_app, "Colours")
        await press(pilot, "\r")

        assert demo_app.theme == "kmtui-light"
        assert on(demo_app) == "Colours light, for the sun"
    assert Settings.read(demo.folder).theme == "kmtui-light"


async def test_whose_laptop_it_is_is_typed(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await pilot.app.run_action("app.room('settings')")
        await settle(pilot)
        go_to(demo_app, "Whose laptop")
        await press(pilot, "\r", "ctrl+u", "พี่นก", "\r")

        assert on(demo_app) == "Whose laptop พี่นก"
    assert demo.owner == "พี่นก"
