"""A forum in the trash that somebody wrote in meanwhile is told wherever one looks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.app import KmtuiApp
from kmtui.screens.conflicts import ConflictCard, ConflictsRoom
from kmtui.screens.trash import TrashRoom
from store.edits import Add, Delete
from store.notebook import Notebook
from store.records import RecordId, Turn

from .pressing import at_home, go_to, on, press, rows, settle
from .test_conflicts import nok

__all__ = ["nok"]


@pytest.fixture
def gone(demo: Notebook, nok: Notebook, tmp_path: Path) -> RecordId:
    """A forum that was deleted here while Nok added two turns there."""
    session = demo.sessions()[0].id
    demo.save(Delete(session))
    for place in (901, 902):
        nok.save(Add(Turn(session=session, text=f"คำที่ {place}", place=place)))
    for one in (demo, nok, demo):
        one.meet(tmp_path / "stick")
    return session


async def test_home_leads_to_it_and_one_enter_brings_it_back(
    demo: Notebook, demo_app: KmtuiApp, gone: RecordId
) -> None:
    async with at_home(demo_app) as pilot:
        go_to(demo_app, "1 edited on two laptops")
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, ConflictsRoom)
        assert "stays or goes" in on(demo_app)
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, ConflictCard)
        shown = " ".join(rows(demo_app))
        assert "stays in the trash" in shown
        assert "comes back, with 2 things that were written in it meanwhile" in shown
        go_to(demo_app, "laptop of นก")
        await press(pilot, "\r")

        assert demo.conflicts() == ()
        assert {"คำที่ 901", "คำที่ 902"} <= {turn.text for turn in demo.turns(gone)}


async def test_one_enter_lets_it_go_and_undo_opens_it_again(
    demo: Notebook, demo_app: KmtuiApp, gone: RecordId
) -> None:
    async with at_home(demo_app) as pilot:
        await demo_app.run_action("app.room('conflicts')")
        await settle(pilot)
        await press(pilot, "\r")
        go_to(demo_app, "laptop of ลำดวน")
        await press(pilot, "\r")
        assert demo.conflicts() == ()
        assert demo.deleted()[0].id == gone
        await press(pilot, "ctrl+z")

        assert len(demo.conflicts()) == 1


async def test_the_row_in_the_trash_says_so_and_brings_it_back_whole(
    demo: Notebook, demo_app: KmtuiApp, gone: RecordId
) -> None:
    async with at_home(demo_app) as pilot:
        await demo_app.run_action("app.room('trash')")
        await settle(pilot)
        assert isinstance(demo_app.screen, TrashRoom)
        go_to(demo_app, "⚡ written in meanwhile")
        await press(pilot, "\r", "\r")

        assert [row.id for row in demo.sessions()].count(gone) == 1
        assert demo.conflicts() == ()
