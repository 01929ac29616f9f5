"""What was recorded twice is shown with its reason; a person joins or parts it, key by key."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui import words
from kmtui.app import KmtuiApp
from kmtui.screens.session import SessionScreen
from kmtui.screens.sync import SyncScreen
from kmtui.screens.twin_forums import TwinForumsScreen
from kmtui.screens.twins import TwinCard, TwinsRoom
from kmtui.widgets.record_list import RecordList
from store.edits import Add, Change, Edit
from store.notebook import Notebook
from store.records import Agency, Attendance, Person, RecordId, Session, Turn

from .conftest import NOON
from .pressing import at_home, drawn, go_to, on, press, rows, settle, told

DAY = dt.date(2026, 9, 5)
SAME = "น้ำมาช้าทุกปีเพราะฝายรั่วมานานแล้ว"
ALSO = "ต้องซ่อมฝายก่อนหน้าฝนปีหน้าให้ได้"


def recorded(book: Notebook, title: str, names: tuple[str, ...], *texts: str) -> RecordId:
    """A forum of one day and place, with these people, who take turns in speaking."""
    session = book.new_id("session")
    people = [Person(id=book.new_id("person"), name=name) for name in names]
    edits: list[Edit] = [Add(Session(id=session, title=title, date=DAY, place="ศาลาบ้านดอน"))]
    edits += [Add(one) for one in people]
    edits += [Add(Attendance(session=session, person=one.id)) for one in people]
    edits += [
        Add(Turn(session=session, place=at, text=text, speaker=people[at % len(people)].id,
                 said_at=NOON + timedelta(minutes=at)))
        for at, text in enumerate(texts, start=1)
    ]  # fmt: skip
    book.save(*edits)
    return session


@pytest.fixture
def two(demo: Notebook, tmp_path: Path) -> tuple[RecordId, RecordId]:
    """One forum that was recorded here and on Nok's laptop; they have met."""
    numbers = itertools.count(9_000)
    stick = tmp_path / "stick"
    stick.mkdir()
    demo.set_owner("ลำดวน")
    first = recorded(demo, "เวทีเรื่องฝาย", ("คุณภีม", "คุณทองใบ"), SAME, ALSO, "ใครจะไปบอกอำเภอ")
    with Notebook.open(
        tmp_path / "nok", now=lambda: NOON + timedelta(minutes=1), entropy=lambda: next(numbers)
    ) as nok:
        nok.set_owner("นก")
        second = recorded(nok, "ซ่อมฝายบ้านดอน", ("คุณภีม", "คุณนกแก้ว"), SAME + "ๆ", "ผมไปเอง", ALSO)
        for one in (nok, demo):
            one.meet(stick)
        nok.meet(stick)
        demo.meet(stick)
    return first, second


async def enter(pilot: Pilot[Any], name: str = "twins") -> None:
    await pilot.app.run_action(f"app.room('{name}')")
    await settle(pilot)


async def open_forums(pilot: Pilot[Any]) -> None:
    await enter(pilot)
    go_to(pilot.app, "ซ่อมฝายบ้านดอน")
    await press(pilot, "\r")
    assert isinstance(pilot.app.screen, TwinForumsScreen)


async def test_the_room_lists_forums_and_people_with_the_reason_in_words(
    two: tuple[RecordId, RecordId], demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await enter(pilot)
        assert isinstance(demo_app.screen, TwinsRoom)

        assert rows(demo_app) == [
            "Forums",
            "≈ เวทีเรื่องฝาย · ซ่อมฝายบ้านดอน",
            "the same day and place, 1 person in common",
            "",
            "People",
            "≈ คุณภีม · คุณภีม",
            "the same name",
        ]
        await press(pilot, "ฝายบ้านดอน")
        assert len(rows(demo_app)) == 3


async def test_home_leads_there(two: tuple[RecordId, RecordId], demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        go_to(demo_app, "≈ 2 may be recorded twice")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, TwinsRoom)


async def test_a_meeting_leads_there(
    two: tuple[RecordId, RecordId], demo_app: KmtuiApp, tmp_path: Path
) -> None:
    async with at_home(demo_app) as pilot:
        await enter(pilot, "sync")
        go_to(demo_app, str(tmp_path / "stick"))
        await press(pilot, "\r")
        assert not any("recorded twice" in row for row in rows(demo_app))
        await press(pilot, "f5")
        assert isinstance(demo_app.screen, SyncScreen)
        go_to(demo_app, "≈ 2 may be recorded twice")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, TwinsRoom)


async def test_both_stand_in_one_list_with_the_mark_of_each_notebook(
    two: tuple[RecordId, RecordId], demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await open_forums(pilot)
        shown = rows(demo_app)

        assert shown[0] == "the same day and place, 1 person in common"
        assert shown[1] == "① laptop of ลำดวน เวทีเรื่องฝาย · 3 turns"
        assert shown[2] == "② laptop of นก ซ่อมฝายบ้านดอน · 3 turns"
        assert on(demo_app) == shown[1]
        assert shown[-10:] == [
            f"① คุณทองใบ {SAME}",
            "○ the same words?",
            f"② คุณนกแก้ว {SAME}ๆ",
            f"① คุณภีม {ALSO}",
            "○ the same words?",
            f"② คุณนกแก้ว {ALSO}",
            "② คุณภีม ผมไปเอง",
            "① คุณทองใบ ใครจะไปบอกอำเภอ",
            "",
            "▸ read both as one forum",
        ]


async def test_at_132_columns_they_stand_in_two_columns(
    two: tuple[RecordId, RecordId], demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app, size=(132, 43)) as pilot:
        await open_forums(pilot)
        shown = drawn(demo_app)

        both = next(line for line in shown if line.count(SAME) == 2)
        assert both.index(SAME) < 66 < both.rindex(SAME)
        assert any("laptop of ลำดวน" in line and "laptop of นก" in line for line in shown)
        alone = next(line for line in shown if "ผมไปเอง" in line)
        assert alone[:60].strip() == ""


async def test_lines_are_chosen_one_by_one_and_enter_joins_with_them_in_one_change(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    first, second = two
    before = [demo.session(one) for one in two]
    async with at_home(demo_app) as pilot:
        await open_forums(pilot)
        go_to(demo_app, "the same words?")
        await press(pilot, "\r")
        assert on(demo_app) == "● will be folded"
        assert len(demo.sessions()) == len({row.id for row in demo.sessions()})
        assert [demo.session(one) for one in two] == before
        go_to(demo_app, "▸ read both as one forum, 1 line folded")
        await press(pilot, "\r")

        assert told(demo_app)[-1] == "Read as one. Ctrl+Z parts them again."
        whole = demo.session(second)
        assert (whole.session.id, len(whole.turns)) == (first, 5)
        assert [len(one) for one in whole.folded.values()] == [1]
        assert "These are read as one." in rows(demo_app)[0]
        assert "● folded" in rows(demo_app)
        await press(pilot, "ctrl+z")
        assert [demo.session(one) for one in two] == before
        assert "▸ read both as one forum" in rows(demo_app)


async def test_enter_pressed_twice_on_reading_as_one_parts_nothing(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    first, second = two
    async with at_home(demo_app) as pilot:
        await open_forums(pilot)
        go_to(demo_app, "▸ read both as one forum")
        await press(pilot, "\r")
        assert not on(demo_app).startswith("▸ they are two")

        await press(pilot, "\r")

        assert demo.session(second).session.id == first


async def test_a_chosen_line_is_let_go_again_and_all_can_be_chosen(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await open_forums(pilot)
        go_to(demo_app, "the same words?")
        await press(pilot, "\r", "\r")
        assert rows(demo_app).count("○ the same words?") == 2
        go_to(demo_app, "▸ fold all 2 doubled lines")
        await press(pilot, "\r")
        assert rows(demo_app).count("● will be folded") == 2
        go_to(demo_app, "▸ fold no line")
        await press(pilot, "\r")
        assert rows(demo_app).count("○ the same words?") == 2
        await demo_app.run_action("screen.fold_all")
        await demo_app.run_action("screen.join")
        await settle(pilot)

    assert len(demo.session(two[0]).turns) == 4


async def test_after_the_last_line_enter_joins(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await open_forums(pilot)
        await press(pilot, "end", "\r")

    assert [one.id for one in demo.session(two[0]).joined] == [two[1]]


async def test_the_end_of_the_last_line_comes_into_sight(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    turn = list(demo.turns(two[0]))[-1]
    demo.save(Change(turn.id, {"text": "ใครจะไปบอกอำเภอ " * 12 + "จบแค่นี้"}))
    demo.join(*two)
    async with at_home(demo_app, size=(60, 20)) as pilot:
        await open_forums(pilot)
        await press(pilot, "end")

        assert any("จบแค่นี้" in line for line in drawn(demo_app))


async def test_lines_of_a_joined_forum_are_folded_and_let_go_at_once(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    demo.join(*two)
    async with at_home(demo_app) as pilot:
        await enter(pilot)
        shown = rows(demo_app)
        assert shown[-3:] == [
            "Read as one", "= เวทีเรื่องฝาย · ซ่อมฝายบ้านดอน", "2 lines may stand twice"
        ]  # fmt: skip
        go_to(demo_app, "ซ่อมฝายบ้านดอน")
        await press(pilot, "\r")
        go_to(demo_app, "the same words?")
        await press(pilot, "\r")
        assert len(demo.session(two[0]).turns) == 5
        go_to(demo_app, "● folded")
        await press(pilot, "\r")
        assert len(demo.session(two[0]).turns) == 6
        go_to(demo_app, "▸ fold all 2")
        await press(pilot, "\r")
        assert len(demo.session(two[0]).turns) == 4
        go_to(demo_app, "they are two: read them apart")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, TwinsRoom)
        assert demo.session(two[0]).joined == ()
        assert not any("ซ่อมฝาย" in row for row in rows(demo_app))


async def test_f8_says_that_two_lines_or_two_forums_are_two_and_undo_takes_it_back(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await open_forums(pilot)
        go_to(demo_app, "the same words?")
        await press(pilot, "f8")
        assert rows(demo_app).count("○ the same words?") == 1
        assert isinstance(demo_app.screen, TwinForumsScreen)
        go_to(demo_app, "① laptop of ลำดวน")
        await press(pilot, "f8")
        assert isinstance(demo_app.screen, TwinsRoom)
        assert rows(demo_app)[0] == "People"
        await press(pilot, "f8")
        assert rows(demo_app) == ["Nothing looks like one thing recorded twice."]
        await press(pilot, "ctrl+z", "ctrl+z")

        assert rows(demo_app)[0] == "Forums"
        assert len(demo.twins()) == 2


async def test_two_people_are_one_with_the_names_of_both_and_undo_parts_them(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    people = [one.id for one in demo.people() if one.name == "คุณภีม"]
    async with at_home(demo_app) as pilot:
        await enter(pilot)
        go_to(demo_app, "คุณภีม")
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, TwinCard)
        shown = rows(demo_app)
        assert shown[0] == "the same name"
        assert "① laptop of ลำดวน คุณภีม" in shown
        assert "② laptop of นก คุณภีม" in shown
        assert "Lately at: ซ่อมฝายบ้านดอน" in shown
        go_to(demo_app, "the same: read ② as ①")
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, TwinsRoom)
        assert [one.id for one in demo.people() if one.name == "คุณภีม"] == people[:1]
        assert "People" not in rows(demo_app)
        assert rows(demo_app)[-2:] == ["Read as one", "= คุณภีม · คุณภีม"]
        go_to(demo_app, "= คุณภีม")
        await press(pilot, "\r")
        assert rows(demo_app)[0] == "These are read as one."
        go_to(demo_app, "they are two: read them apart")
        await press(pilot, "\r")
        assert [one.id for one in demo.people() if one.name == "คุณภีม"] == people
        await press(pilot, "ctrl+z", "ctrl+z")

        assert [one.id for one in demo.people() if one.name == "คุณภีม"] == people
        assert "People" in rows(demo_app)


async def test_two_agencies_that_are_two_are_not_proposed_again(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    for short, full in (("อบต.ดอน", "องค์การบริหารส่วนตำบลดอน"), ("อ.บ.ต.ดอน", "")):
        demo.save(Add(Agency(short=short, full=full)))
    async with at_home(demo_app) as pilot:
        await enter(pilot)
        assert rows(demo_app)[:2] == ["Agencies", "≈ อบต.ดอน · อ.บ.ต.ดอน"]
        await press(pilot, "\r")
        assert "Full name: องค์การบริหารส่วนตำบลดอน" in rows(demo_app)
        await press(pilot, "f8")

        assert isinstance(demo_app.screen, TwinsRoom)
        assert demo.twins() == ()


async def test_both_originals_stay_reachable_from_the_joined_forum(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    first, second = two
    demo.join(*two, lines=[])
    async with at_home(demo_app) as pilot:
        demo_app.open_session(second)
        await settle(pilot)
        go_to(demo_app, "= read as one with “ซ่อมฝายบ้านดอน”")
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, TwinForumsScreen)
        go_to(demo_app, "② laptop of นก")
        await press(pilot, "\r")
        screen = demo_app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.whole.session.id == second
        assert [turn.text for turn in screen.whole.turns] == [SAME + "ๆ", "ผมไปเอง", ALSO]
        assert "= one record of a forum, as it was written" in rows(demo_app)
        await press(pilot, "\x1b")
        go_to(demo_app, "① คุณทองใบ ใครจะไปบอกอำเภอ")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, SessionScreen)
        assert demo_app.screen.whole.session.id == first
        assert "ใครจะไปบอกอำเภอ" in on(demo_app)


async def test_the_mouse_chooses_a_line_and_joins(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await open_forums(pilot)
        for words_ in ("the same words?", "read both as one forum, 1 line folded"):
            at = next(at for at, row in enumerate(rows(demo_app)) if words_ in row)
            for _click in range(2):
                await pilot.click(RecordList, offset=(10, at))
                await settle(pilot)

        assert len(demo.session(two[0]).turns) == 5


async def test_the_pair_on_a_notebook_that_is_only_read_says_so(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_folder: Path
) -> None:
    with Notebook.open(demo_folder, read_only=True, now=lambda: NOON) as reader:
        app = KmtuiApp(reader, now=lambda: NOON)
        async with at_home(app) as pilot:
            await open_forums(pilot)
            for row in ("the same words?", "read both as one", "they are two"):
                go_to(app, row)
                await press(pilot, "\r")

            assert isinstance(app.screen, TwinForumsScreen)
            assert "another window" in told(app)[-1].lower()
    assert len(demo.twins()) == 2


async def test_an_overview_says_who_holds_the_forum(
    two: tuple[RecordId, RecordId], demo: Notebook, demo_app: KmtuiApp
) -> None:
    first, _second = two
    async with at_home(demo_app) as pilot:
        demo_app.open_session(first)
        await settle(pilot)
        assert "2 of 2 laptops hold this forum" in rows(demo_app)
        await press(pilot, "\x1b")
        turn = next(demo.turns(first))
        demo.save(Add(replace(turn, id=demo.new_id("turn", first), text="เพิ่มทีหลัง")))
        demo_app.open_session(first)
        await settle(pilot)

        go_to(demo_app, "1 of 2 laptops hold this forum; นก’s has not seen it")
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, SyncScreen)


async def test_nothing_is_said_of_laptops_where_no_other_one_is_known(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        demo_app.open_session(demo.sessions()[0].id)
        await settle(pilot)

        assert not any("laptops hold" in row for row in rows(demo_app))


@pytest.fixture
def thai(two: tuple[RecordId, RecordId], demo_app: KmtuiApp) -> Iterator[KmtuiApp]:
    """The app in Thai, with a forum that was recorded twice."""
    words.speak("th")
    yield demo_app
    words.speak("en")


SIZES = pytest.mark.parametrize("size", [(80, 24), (132, 43), (60, 20)])


@SIZES
def test_the_room_looks(thai: KmtuiApp, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(thai, terminal_size=size, run_before=enter)


@SIZES
def test_the_pair_looks(thai: KmtuiApp, snap_compare: Any, size: tuple[int, int]) -> None:
    async def opened(pilot: Pilot[Any]) -> None:
        await open_forums(pilot)
        go_to(thai, "คำพูดเดียวกันไหม")
        await press(pilot, "\r")

    assert snap_compare(thai, terminal_size=size, run_before=opened)


def test_two_people_look(thai: KmtuiApp, snap_compare: Any) -> None:
    async def opened(pilot: Pilot[Any]) -> None:
        await enter(pilot)
        go_to(thai, "คุณภีม")
        await press(pilot, "\r")

    assert snap_compare(thai, terminal_size=(80, 24), run_before=opened)
