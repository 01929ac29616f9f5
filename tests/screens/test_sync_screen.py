"""Laptops meet on the screen: first looked at, then met, and only then safe to pull out."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.choose_path import ChoosePath
from kmtui.screens.conflicts import ConflictsRoom
from kmtui.screens.sync import SyncScreen
from store.edits import Add, Change
from store.notebook import Notebook
from store.records import Session

from .conftest import NOON
from .pressing import at_home, go_to, press, rows, settle


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder in which Nok's laptop has left two forums."""
    folder = tmp_path / "stick"
    folder.mkdir()
    entropy = itertools.count(7_000)
    with Notebook.open(
        tmp_path / "nok", now=lambda: NOON, entropy=lambda: next(entropy)
    ) as notebook:
        notebook.set_owner("นก")
        notebook.save(Add(Session(title="เวทีของนก")))
        notebook.save(Add(Session(title="เวทีที่สองของนก")))
        notebook.meet(folder)
    return folder


@pytest.fixture
def empty_stick(tmp_path: Path) -> Path:
    folder = tmp_path / "blank"
    folder.mkdir()
    return folder


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def pull_out(stick: Path) -> None:
    stick.rmdir()


async def look_into(pilot: Pilot[Any], folder: Path) -> SyncScreen:
    """Name a folder; what a meeting there would do is shown."""
    await press(pilot, "f5")
    screen = pilot.app.screen
    assert isinstance(screen, SyncScreen)
    go_to(pilot.app, "another folder")
    await press(pilot, "\r")
    assert isinstance(pilot.app.screen, ChoosePath)
    await press(pilot, str(folder), "\r")
    go_to(pilot.app, "this folder")
    await press(pilot, "home", "\r")
    return screen


async def test_a_folder_is_looked_into_first_and_nothing_is_written(
    demo: Notebook, demo_app: KmtuiApp, stick: Path
) -> None:
    before = len(demo.sessions())
    files = files_in(stick)
    async with at_home(demo_app) as pilot:
        await look_into(pilot, stick)

        assert isinstance(demo_app.screen, SyncScreen)
        assert "Nothing new would come in." in rows(demo_app)
        assert any("Nobody here knows" in row and "นก" in row for row in rows(demo_app))
        assert any("เวทีที่สองของนก · เวทีของนก" in row for row in rows(demo_app))
        assert "Nothing was written yet." in rows(demo_app)
        assert not [row for row in rows(demo_app) if row.endswith("·")]
    assert len(demo.sessions()) == before
    assert files_in(stick) == files


async def test_a_folder_that_is_named_after_the_page_was_left_is_not_looked_into(
    demo_app: KmtuiApp, stick: Path
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f5")
        screen = demo_app.screen
        assert isinstance(screen, SyncScreen)
        await press(pilot, "\x1b")

        screen._look(stick)
        await settle(pilot)

        assert not screen._is_meeting
        assert not isinstance(demo_app.screen, SyncScreen)


async def test_a_meeting_takes_in_gives_and_says_when_it_is_safe_to_pull_out(
    demo: Notebook, demo_app: KmtuiApp, stick: Path, tmp_path: Path
) -> None:
    before = len(demo.sessions())
    async with at_home(demo_app) as pilot:
        await look_into(pilot, stick)
        go_to(demo_app, "Take it in")
        await press(pilot, "\r")

        assert any("safe to pull out" in row for row in rows(demo_app))
        assert len(demo.sessions()) == before + 2
        await press(pilot, "\x1b")
        assert any("เวทีของนก" in row for row in rows(demo_app))
    with Notebook.open(tmp_path / "nok", now=lambda: NOON) as nok:
        nok.meet(stick)
        assert len(nok.sessions()) == before + 2


async def test_what_changed_on_two_laptops_opens_where_it_is_decided(
    demo: Notebook, demo_app: KmtuiApp, stick: Path, tmp_path: Path
) -> None:
    forum = demo.save(Add(Session(title="เวทีเดียวกัน"))).record.id
    demo.meet(stick)
    with Notebook.open(tmp_path / "nok", now=lambda: NOON) as nok:
        nok.meet(stick)
        nok.save(Change(forum, {"title": "อย่างนก"}))
        nok.meet(stick)
    demo.save(Change(forum, {"title": "อย่างเรา"}))
    async with at_home(demo_app) as pilot:
        await press(pilot, "f5")
        go_to(demo_app, str(stick))
        await press(pilot, "\r")
        await press(pilot, "f5")
        go_to(demo_app, "▸ ⚡ changed on two laptops: 1")

        await press(pilot, "\r")

        assert isinstance(demo_app.screen, ConflictsRoom)


async def test_a_folder_used_before_is_offered_and_one_key_looks_into_it(
    demo: Notebook, demo_app: KmtuiApp, stick: Path
) -> None:
    demo.meet(stick)
    async with at_home(demo_app) as pilot:
        await press(pilot, "f5")
        assert any(str(stick) in row for row in rows(demo_app))
        await press(pilot, "f5")

        assert "Nothing new would come in." in rows(demo_app)
        await press(pilot, "f5")
        assert any("safe to pull out" in row for row in rows(demo_app))


async def test_f5_twice_takes_nothing_in_of_a_notebook_that_nobody_knows(
    demo: Notebook, demo_app: KmtuiApp, stick: Path
) -> None:
    before, files = len(demo.sessions()), files_in(stick)
    async with at_home(demo_app) as pilot:
        await look_into(pilot, stick)
        await press(pilot, "f5")

        assert any("Say first what is done" in row for row in rows(demo_app))
        assert any("Leave it out" in row for row in rows(demo_app))
    assert len(demo.sessions()) == before
    assert files_in(stick) == files


async def test_what_is_left_out_is_not_asked_about_again_and_can_be_brought_back(
    demo: Notebook, demo_app: KmtuiApp, stick: Path
) -> None:
    before = len(demo.sessions())
    async with at_home(demo_app) as pilot:
        screen = await look_into(pilot, stick)
        go_to(demo_app, "Leave it out")
        await press(pilot, "\r")

        assert not any("Nobody here knows" in row for row in rows(demo_app))
        assert any("left out" in row for row in rows(demo_app))
        go_to(demo_app, next(row for row in rows(demo_app) if "set aside · 0 changes" in row))
        await press(pilot, "\r")
        go_to(demo_app, "Bring it back")
        await press(pilot, "\r")
        await press(pilot, "\x1b")
        screen._look(stick)
        await settle(pilot)
        assert any("Nobody here knows" in row for row in rows(demo_app))
    assert len(demo.sessions()) == before


async def test_a_meeting_is_taken_back_from_the_page_and_a_lost_laptop_is_retired(
    demo: Notebook, demo_app: KmtuiApp, stick: Path
) -> None:
    before = len(demo.sessions())
    demo.meet(stick)
    async with at_home(demo_app) as pilot:
        await press(pilot, "f5")
        assert any("this laptop" in row for row in rows(demo_app))
        go_to(demo_app, "นก ·")
        await press(pilot, "\r")
        go_to(demo_app, "Do not expect")
        await press(pilot, "\r")
        assert "not expected any more" in rows(demo_app)
        assert [one.state for one in demo.laptops()] == ["", "gone"]
        go_to(demo_app, "Expect it again")
        await press(pilot, "\r")
        go_to(demo_app, "Set it aside")
        await press(pilot, "\r")

        assert "set aside" in rows(demo_app)
        await press(pilot, "\x1b")
        assert any("set aside" in row for row in rows(demo_app))
        await press(pilot, "\x1b")
        assert not any("เวทีของนก" in row for row in rows(demo_app))
    assert len(demo.sessions()) == before


async def test_a_stick_that_is_not_there_any_more_costs_a_sentence(
    demo: Notebook, demo_app: KmtuiApp, empty_stick: Path
) -> None:
    before = demo.sessions()
    async with at_home(demo_app) as pilot:
        await look_into(pilot, empty_stick)
        pull_out(empty_stick)
        screen = demo_app.screen
        assert isinstance(screen, SyncScreen)
        screen._folder = empty_stick / "gone" / "deeper"
        await press(pilot, "f5")

        assert any("Is the stick plugged in?" in row for row in rows(demo_app))
        assert any("another folder" in row for row in rows(demo_app))
    assert demo.sessions() == before


async def test_a_second_window_can_look_but_not_meet(
    demo: Notebook, tmp_path: Path, stick: Path
) -> None:
    with Notebook.open(demo.folder, read_only=True, now=lambda: NOON) as second:
        app = KmtuiApp(second, now=lambda: NOON)
        async with at_home(app) as pilot:
            await look_into(pilot, stick)
            assert any("Nobody here knows" in row for row in rows(app))
            go_to(app, "Take it in")
            await press(pilot, "\r")
            await press(pilot, "f5")

            assert any("Nothing was written yet." in row for row in rows(app))
            await settle(pilot)
    assert len(demo.sessions()) == 2


async def test_under_keys_an_unknown_laptop_is_trusted_with_one_key_after_its_digits_were_heard(
    demo: Notebook, demo_app: KmtuiApp, tmp_path: Path
) -> None:
    pytest.importorskip("pyrage", reason="the extra `secure` is not installed")
    pytest.importorskip("nacl", reason="the extra `secure` is not installed")
    stick = tmp_path / "locked"
    stick.mkdir()
    demo.team.turn_on()
    demo.team.export(tmp_path / "team.key", None)
    with Notebook.open(tmp_path / "nok", now=lambda: NOON) as nok:
        nok.team.join(tmp_path / "team.key")
        nok.save(Add(Session(title="เวทีของนก")))
        nok.meet(stick)
        laptop, digits = nok.laptop, nok.team.fingerprint()
    async with at_home(demo_app) as pilot:
        await look_into(pilot, stick)
        await press(pilot, "f5")
        assert not any(row.title == "เวทีของนก" for row in demo.sessions())
        go_to(demo_app, f"laptop {laptop}: {digits}")
        await press(pilot, "\r")
        assert not any(laptop in row and digits in row for row in rows(demo_app))
        demo.meet(stick)

    assert any(row.title == "เวทีของนก" for row in demo.sessions())


async def test_undo_after_a_meeting_is_asked_about_and_done_the_second_time(
    demo: Notebook, demo_app: KmtuiApp, stick: Path
) -> None:
    demo.save(Add(Session(title="เวทีก่อนรวม")))
    demo.meet(stick)
    async with at_home(demo_app) as pilot:
        await press(pilot, "ctrl+z")
        assert any(row.title == "เวทีก่อนรวม" for row in demo.sessions())
        assert "เวทีก่อนรวม" in next(iter(demo_app._notifications)).message
        assert not demo_app.refusal
        await press(pilot, "ctrl+z")

        assert not any(row.title == "เวทีก่อนรวม" for row in demo.sessions())
