"""Home: what to begin, what to go on with, what needs attention."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.home import HomeScreen
from kmtui.screens.record import RecordScreen
from kmtui.screens.session import SessionScreen
from kmtui.screens.sessions import SessionsScreen
from store.edits import Add, Delete
from store.notebook import Notebook
from store.readings import Draft, Notice
from store.records import Session

from .conftest import NOON
from .pressing import at_home, drawn, go_to, on, press, rows, settle, told


async def test_an_empty_notebook_says_what_to_press(empty_app: KmtuiApp) -> None:
    async with at_home(empty_app):
        assert rows(empty_app) == ["Lately", "Nothing yet. F2 begins the first forum."]


async def test_home_shows_the_forums_of_lately_and_counts_what_is_missing(
    demo_app: KmtuiApp,
) -> None:
    async with at_home(demo_app):
        shown = rows(demo_app)

    at = shown.index("Needs attention")
    assert [row.split("●")[0].strip() for row in shown[1:3]] == [
        "Thu 19 Nov 2026 ถอดบทเรียนกองทุนน้ำกับกลุ่มออมทรัพย์ตำบลลมเย็น ตอนที่ ๔",
        "Thu 22 Oct 2026 ถอดบทเรียนกองทุนน้ำกับกลุ่มออมทรัพย์ตำบลลมเย็น ตอนที่ ๓",
    ]
    assert shown[at + 1 :] == [
        "1 forum no recorder",
        "2 forums roles not checked",
        "1 forum a task nobody took",
    ]


async def test_the_next_part_is_offered_in_the_words_and_digits_of_the_last(
    demo_app: KmtuiApp,
) -> None:
    async with at_home(demo_app):
        assert any("ถอดบทเรียนกองทุนน้ำ" in line and "ตอนที่ ๕" in line for line in drawn(demo_app))


async def test_a_line_that_was_being_typed_stands_first_and_is_gone_on_with(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    session = demo.sessions()[0].id
    demo.keep_draft(Draft(session=session, text="ยังพิมพ์ไม่จบ", speaker_name="คุณนภดล", written=NOON))
    async with at_home(demo_app) as pilot:
        shown = rows(demo_app)
        await press(pilot, "home", "\r")

        screen = demo_app.screen
        assert isinstance(screen, RecordScreen)
        assert screen.line.value == "ยังพิมพ์ไม่จบ"
    assert shown[0] == "Being typed"
    assert "คุณนภดล: ยังพิมพ์ไม่จบ" in shown[1]
    assert "22 Nov 2026 12:00" in shown[1]


async def test_what_is_missing_leads_to_the_forums_that_lack_it(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        go_to(demo_app, "1 forum no recorder")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, SessionsScreen)
        assert len(rows(demo_app)) == 1
        assert "ตอนที่ ๓" in on(demo_app)


async def test_enter_opens_a_forum_f4_records_and_each_way_back_shows_what_changed(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, SessionScreen)
        await press(pilot, "insert", "คำใหม่", "\r", "\x1b")
        assert isinstance(demo_app.screen, SessionScreen)
        assert any("คำใหม่" in row for row in rows(demo_app))

        demo_app.ask(lambda book: book.save(Delete(book.sessions()[1].id)))
        await press(pilot, "\x1b")

        assert isinstance(demo_app.screen, HomeScreen)
        assert not any("ตอนที่ ๓" in row for row in rows(demo_app))


async def test_ctrl_z_takes_the_last_change_back_and_says_so(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    demo.save(Add(Session(title="เวทีที่ตั้งผิด")))
    async with at_home(demo_app) as pilot:
        assert any("เวทีที่ตั้งผิด" in row for row in rows(demo_app))

        await press(pilot, "ctrl+z")

        assert not any("เวทีที่ตั้งผิด" in row for row in rows(demo_app))
        assert told(demo_app) == ["Taken back."]


async def test_nothing_to_take_back_is_no_refused_save(empty_app: KmtuiApp) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "ctrl+z")

        assert empty_app.refusal == ""
        assert len(told(empty_app)) == 1


async def test_what_opening_found_is_told(demo: Notebook) -> None:
    demo.notices = (Notice(kind="torn_tail", facts={"where": "held/tail"}),)
    app = KmtuiApp(demo, now=lambda: NOON)
    async with at_home(app):
        assert len(told(app)) == 1
        assert "held/tail" in told(app)[0]


@pytest.mark.parametrize("kind", ["torn_tail", "rot", "held"])
async def test_what_opening_found_stays_on_home_and_is_told_whole_again(
    demo: Notebook, kind: str
) -> None:
    demo.notices = (Notice(kind=kind, facts={"where": "held/tail"}),)
    app = KmtuiApp(demo, now=lambda: NOON)
    async with at_home(app) as pilot:
        shown = rows(app)
        app.clear_notifications()
        go_to(app, "! ")
        await press(pilot, "\r")

        assert shown[shown.index("Needs attention") + 1].startswith("! ")
        assert len(told(app)) == 1
        assert "held/tail" in told(app)[0]


async def test_what_is_mended_already_asks_for_nothing(demo: Notebook) -> None:
    demo.notices = (Notice(kind="view_rebuilt"),)
    app = KmtuiApp(demo, now=lambda: NOON)
    async with at_home(app):
        assert not any(row.startswith("! ") for row in rows(app))
        assert len(told(app)) == 1


async def settled(pilot: Pilot[Any]) -> None:
    await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (132, 43)])
def test_home_at(thai_demo: KmtuiApp, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(thai_demo, terminal_size=size, run_before=settled)
