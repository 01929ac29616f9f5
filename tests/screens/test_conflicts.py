"""What two laptops wrote apart is settled by a person, and waits without harm until then."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.conflicts import ConflictCard, ConflictsRoom
from kmtui.screens.sync import SyncScreen
from store.edits import Change
from store.notebook import Notebook
from store.records import RecordId, Session

from .conftest import NOON
from .pressing import at_home, go_to, on, press, rows, settle


@pytest.fixture
def nok(demo: Notebook, tmp_path: Path) -> Iterator[Notebook]:
    """Nok's laptop, which has met this one."""
    numbers = itertools.count(9_000)
    stick = tmp_path / "stick"
    stick.mkdir()
    demo.set_owner("ลำดวน")
    with Notebook.open(
        tmp_path / "nok", now=lambda: NOON + timedelta(minutes=1), entropy=lambda: next(numbers)
    ) as notebook:
        notebook.set_owner("นก")
        demo.meet(stick)
        notebook.meet(stick)
        demo.meet(stick)
        yield notebook


def written_apart(demo: Notebook, nok: Notebook, tmp_path: Path, field: str) -> RecordId:
    """A field of one forum, written on both laptops."""
    session = demo.sessions()[0].id
    demo.save(Change(session, {field: "ที่ศาลากลางบ้าน"}))
    nok.save(Change(session, {field: "ที่วัดเหนือ"}))
    for one in (demo, nok, demo):
        one.meet(tmp_path / "stick")
    return session


def value(notebook: Notebook, session: RecordId, field: str) -> Any:
    found = notebook.record(session)
    assert isinstance(found, Session)
    return getattr(found, field)


async def open_conflict(pilot: Pilot[Any]) -> None:
    await pilot.app.run_action("app.room('conflicts')")
    await settle(pilot)
    assert isinstance(pilot.app.screen, ConflictsRoom)
    await press(pilot, "\r")
    assert isinstance(pilot.app.screen, ConflictCard)


async def test_home_says_it_and_leads_there(
    demo: Notebook, nok: Notebook, demo_app: KmtuiApp, tmp_path: Path
) -> None:
    written_apart(demo, nok, tmp_path, "place")
    async with at_home(demo_app) as pilot:
        go_to(demo_app, "1 edited on two laptops")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, ConflictsRoom)
        assert "Place" in on(demo_app)


async def test_both_values_stand_there_with_who_when_and_laptop_and_one_is_taken(
    demo: Notebook, nok: Notebook, demo_app: KmtuiApp, tmp_path: Path
) -> None:
    session = written_apart(demo, nok, tmp_path, "place")
    async with at_home(demo_app) as pilot:
        await open_conflict(pilot)
        shown = " ".join(rows(demo_app))
        assert "ที่ศาลากลางบ้าน" in shown
        assert "ที่วัดเหนือ" in shown
        assert "laptop of นก" in shown
        assert "laptop of ลำดวน" in shown
        go_to(demo_app, "laptop of ลำดวน")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, ConflictsRoom)
        assert value(demo, session, "place") == "ที่ศาลากลางบ้าน"
        assert demo.conflicts() == ()
        await press(pilot, "ctrl+z")
        assert len(demo.conflicts()) == 1


async def test_a_third_value_is_written_where_neither_fits(
    demo: Notebook, nok: Notebook, demo_app: KmtuiApp, tmp_path: Path
) -> None:
    session = written_apart(demo, nok, tmp_path, "aim")
    async with at_home(demo_app) as pilot:
        await open_conflict(pilot)
        go_to(demo_app, "write new")
        await press(pilot, "\r")
        await press(pilot, "ctrl+u", "ที่บ้านกำนัน", "\r")

    assert value(demo, session, "aim") == "ที่บ้านกำนัน"
    assert demo.conflicts() == ()


async def test_both_texts_can_stand_below_each_other(
    demo: Notebook, nok: Notebook, demo_app: KmtuiApp, tmp_path: Path
) -> None:
    session = written_apart(demo, nok, tmp_path, "aim")
    async with at_home(demo_app) as pilot:
        await open_conflict(pilot)
        go_to(demo_app, "both, one below the other")
        await press(pilot, "\r")

    both = value(demo, session, "aim")
    assert sorted(both.split("\n")) == ["ที่วัดเหนือ", "ที่ศาลากลางบ้าน"]


async def test_what_is_left_for_later_waits_without_harm(
    demo: Notebook, nok: Notebook, demo_app: KmtuiApp, tmp_path: Path
) -> None:
    session = written_apart(demo, nok, tmp_path, "place")
    before = demo.conflicts()
    async with at_home(demo_app) as pilot:
        await open_conflict(pilot)
        await press(pilot, "\x1b", "\x1b")
        demo.save(Change(session, {"title": "ชื่อใหม่"}))

    assert demo.conflicts()[0].others == before[0].others


async def test_home_says_which_laptop_has_not_seen_what(
    demo: Notebook, nok: Notebook, demo_app: KmtuiApp
) -> None:
    demo.save(Change(demo.sessions()[0].id, {"place": "ที่ใหม่"}))
    async with at_home(demo_app) as pilot:
        go_to(demo_app, "นก lacks 1 forum")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, SyncScreen)
