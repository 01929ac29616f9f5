"""Beginning a forum: few keys, and questions only where something is in doubt."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kmtui.app import KmtuiApp
from kmtui.proposals import Proposal, next_forum
from kmtui.screens.home import HomeScreen
from kmtui.screens.new_forum import NewForumScreen
from kmtui.screens.record import RecordScreen
from store.edits import Add
from store.notebook import Notebook
from store.records import Person

from .pressing import at_home, burst, drawn, press, settle, told


def said(app: KmtuiApp) -> str:
    """What the form says under its fields."""
    return str(app.screen.query_one("#told", Static).content)


async def test_the_next_part_of_a_series_begins_with_two_keys(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        pressed = await press(pilot, "f2", "\r")

        assert isinstance(demo_app.screen, RecordScreen)
    begun = demo.sessions()[0]
    assert pressed == 2
    assert (begun.part, begun.date) == (5, date(2026, 11, 22))
    assert begun.series_title == "กองทุนน้ำกับกลุ่มออมทรัพย์ตำบลลมเย็น"
    assert begun.place == "ที่ทำการกลุ่มออมทรัพย์"
    assert (begun.recorders, begun.facilitators) == (("คุณลำดวน",), ("อ.วรรณา",))


async def test_enter_before_anything_is_proposed_is_for_the_proposal(
    demo: Notebook, demo_app: KmtuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed = threading.Event()

    def late(*known: Any) -> Proposal:
        assert pressed.wait(10)
        return next_forum(*known)

    monkeypatch.setattr("kmtui.screens.new_forum.next_forum", late)
    async with at_home(demo_app) as pilot:
        burst(demo_app, "f2")
        while not isinstance(demo_app.screen, NewForumScreen):
            await pilot.pause()
        burst(demo_app, "\r", "ลำดวน: น้ำมาแล้ว", "\r")
        for _turn in range(20):
            await pilot.pause()
        pressed.set()
        await settle(pilot)

        assert isinstance(demo_app.screen, RecordScreen)
    begun = demo.sessions()[0]
    assert begun.part == 5
    assert [turn.text for turn in demo.turns(begun.id)] == ["น้ำมาแล้ว"]


async def test_a_forum_with_its_people_and_first_turn_takes_at_most_twelve_keys_besides_words(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        pressed = await press(pilot, "f2", "เวทีบ้านกุ่ม", "\t\t\t", "คุณนก", "\t", "คุณภีม", "\r")
        pressed += await press(pilot, "ภีม: สวัสดีครับ", "\r")

    (row,) = empty.sessions()
    assert (row.title, row.recorders, row.facilitators) == (
        "เวทีบ้านกุ่ม", ("คุณนก",), ("คุณภีม",),
    )  # fmt: skip
    assert [turn.text for turn in empty.turns(row.id)] == ["สวัสดีครับ"]
    assert pressed <= 12


async def test_who_holds_a_role_from_the_start_comes_from_their_agency(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    people = {one.id: one for one in demo.people()}
    async with at_home(demo_app) as pilot:
        await press(pilot, "f2", "\r")

    begun = max(demo.sessions(), key=lambda row: row.id)
    there = list(demo.attendance(begun.id))
    assert any(one.agency for one in there)
    assert {one.person: one.agency for one in there} == {
        one.person: people[one.person].agency for one in there if one.person in people
    }


async def test_a_title_of_its_own_is_no_part_of_the_series(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f2")
        await press(pilot, "เวทีป่าชุมชน", "\r")

    begun = next(row for row in demo.sessions() if row.title == "เวทีป่าชุมชน")
    assert (begun.series, begun.part) == (None, None)


async def test_words_typed_in_one_go_land_in_the_title_and_then_in_the_first_turn(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวทีบ้านกุ่ม", "\r", "ภีม: คำแรก", "\r", "คำสอง")

        screen = empty_app.screen
        assert isinstance(screen, RecordScreen)
        assert screen.line.value == "คำสอง"
    (row,) = empty.sessions()
    assert row.title == "เวทีบ้านกุ่ม"
    assert [turn.text for turn in empty.turns(row.id)] == ["คำแรก"]


async def test_words_typed_behind_a_question_wait_for_the_forum(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    empty.save(Add(Person(name="คุณสมหมาย")))
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", "คุณสมหมา", "\r", "คำแรก", "\r")
        assert isinstance(empty_app.screen, NewForumScreen)
        assert empty.sessions() == ()

        await press(pilot, "\r")

    (row,) = empty.sessions()
    assert row.recorders == ("คุณสมหมาย",)
    assert [turn.text for turn in empty.turns(row.id)] == ["คำแรก"]


@pytest.mark.parametrize(
    ("answer", "recorder", "known"),
    [("\r", "คุณสมหมาย", 1), ("f8", "คุณสมหมา", 2)],
)
async def test_a_name_that_is_nearly_a_known_one_is_asked_about(
    empty: Notebook, empty_app: KmtuiApp, answer: str, recorder: str, known: int
) -> None:
    empty.save(Add(Person(name="คุณสมหมาย")))
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", "คุณสมหมา", "\r")
        asked = said(empty_app)

        await press(pilot, answer)

        assert isinstance(empty_app.screen, RecordScreen)
    assert "คุณสมหมาย" in asked
    assert "F8" in asked
    assert empty.sessions()[0].recorders == (recorder,)
    assert len(empty.people()) == known


@pytest.mark.parametrize(
    ("answer", "recorders", "known"),
    [(("\r",), ("พิธีกร",), 1), (("\x1b", "ctrl+u", "คุณนก", "\r"), ("คุณนก",), 1)],
)
async def test_a_role_word_is_not_taken_for_a_person_without_asking(
    empty: Notebook,
    empty_app: KmtuiApp,
    answer: tuple[str, ...],
    recorders: tuple[str, ...],
    known: int,
) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", "พิธีกร", "\r")
        assert "a person's name" in said(empty_app)
        assert empty.people() == ()

        await press(pilot, *answer)

    assert empty.sessions()[0].recorders == recorders
    assert len(empty.people()) == known


async def test_somebody_known_who_is_called_like_a_role_is_not_asked_about(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    empty.save(Add(Person(name="พี่ประสาน")))
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", "พี่ประสาน", "\r")

    assert empty.sessions()[0].recorders == ("พี่ประสาน",)
    assert len(empty.people()) == 1


async def test_escape_lets_a_doubtful_name_be_written_anew(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    empty.save(Add(Person(name="คุณสมหมาย")))
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", "คุณสมหมา", "\r")

        await press(pilot, "\x1b")
        assert said(empty_app) == ""
        await press(pilot, "ย", "\r")

    assert empty.sessions()[0].recorders == ("คุณสมหมาย",)
    assert len(empty.people()) == 1


@pytest.mark.parametrize(
    ("typed", "day"),
    [("12/5/69", date(2026, 5, 12)), ("12 พ.ย.", date(2026, 11, 12))],
)
async def test_a_year_that_is_not_whole_is_asked_about_once(
    empty: Notebook, empty_app: KmtuiApp, typed: str, day: date
) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t", "ctrl+u", typed, "\r")
        assert "Enter" in said(empty_app)
        assert str(day.year) in said(empty_app)
        assert empty.sessions() == ()

        await press(pilot, "\r")

    assert empty.sessions()[0].date == day


async def test_days_and_hours_that_were_typed_are_kept(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        typed = "๒๙-๓๐ พ.ค. ๒๕๖๙ เวลา ๙.๓๐-๑๖.๐๐ น."
        await press(pilot, "f2", "เวที", "\t", "ctrl+u", typed, "\r")

    session = empty.session(empty.sessions()[0].id).session
    assert (session.date, session.until) == (date(2026, 5, 29), date(2026, 5, 30))
    assert (session.starts, session.ends) == ("09:30", "16:00")


@pytest.mark.parametrize("typed", ["คุณนํ้าผึ้ง", "น้ําผึ้ง", "คุณ\u200bน้ำผึ้ง", "อ. น้ำผึ้ง"])
async def test_a_recorder_typed_in_another_spelling_is_the_one_who_is_known(
    empty: Notebook, empty_app: KmtuiApp, typed: str
) -> None:
    empty.save(Add(Person(name="คุณน้ำผึ้ง")))
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", typed, "\r")

    assert empty.sessions()[0].recorders == ("คุณน้ำผึ้ง",)


async def test_somebody_new_who_is_written_in_two_ways_is_one_person(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", "คุณน้ำผึ้ง", "\t", "คุณ นํ้าผึ้ง", "\r")

    assert [one.name for one in empty.people()] == ["คุณน้ำผึ้ง"]
    assert empty.sessions()[0].facilitators == ("คุณน้ำผึ้ง",)


async def test_a_recorder_with_a_slip_of_a_tone_is_asked_about(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    empty.save(Add(Person(name="คุณน้ำผึ้ง")))
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t\t\t", "คุณน่ำผึ้ง", "\r")
        assert "คุณน้ำผึ้ง" in said(empty_app)
        assert empty.sessions() == ()

        await press(pilot, "\r")

    assert empty.sessions()[0].recorders == ("คุณน้ำผึ้ง",)


async def test_the_weekday_of_a_typed_day_is_said_at_once(empty_app: KmtuiApp) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t", "ctrl+u", "20 พ.ย. 2569")

        assert said(empty_app).startswith("Friday 20 November 2026")


async def test_a_weekday_that_does_not_fit_is_told(empty_app: KmtuiApp) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t", "ctrl+u", "วันจันทร์ที่ 20 พ.ย. 2569")

        assert "does not fit" in said(empty_app)


async def test_a_day_that_cannot_be_read_keeps_what_was_typed(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\t", "ctrl+u", "31/2/2569", "\r")

        screen = empty_app.screen
        assert isinstance(screen, NewForumScreen)
        assert screen._field("date").value == "31/2/2569"
        assert screen._field("title").value == "เวที"
        assert any("no such day" in sentence for sentence in told(empty_app))
    assert empty.sessions() == ()


async def test_a_forum_without_a_title_is_not_begun(empty: Notebook, empty_app: KmtuiApp) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2")
        await press(pilot, "backspace", "\t", "\r")

        screen = empty_app.screen
        assert isinstance(screen, NewForumScreen)
        assert "title" in said(empty_app)
        assert screen.focused is screen._field("title")
    assert empty.sessions() == ()


async def test_escape_leaves_and_makes_nothing(empty: Notebook, empty_app: KmtuiApp) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวที", "\x1b")

        assert isinstance(empty_app.screen, HomeScreen)
    assert empty.sessions() == ()


async def test_leaving_before_the_notebook_has_answered_does_no_harm(
    demo_app: KmtuiApp,
) -> None:
    async with at_home(demo_app) as pilot:
        for _time in range(3):
            burst(demo_app, "f2", "\x1b", "f3", "\x1b")
        await settle(pilot)

        assert isinstance(demo_app.screen, HomeScreen)
        assert any("F2" in line for line in drawn(demo_app))


async def test_letters_deleted_in_a_burst_are_the_ones_before_the_key(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2", "เวทีบ้านกั", "backspace", "ุ่ม", "\r")

    assert empty.sessions()[0].title == "เวทีบ้านกุ่ม"


def test_a_new_forum_looks(thai_demo: KmtuiApp, snap_compare: Any) -> None:
    async def asked(pilot: Pilot[None]) -> None:
        await press(pilot, "f2", "\t\t\t", "คุณลำดวล", "\r")
        screen = pilot.app.screen
        assert isinstance(screen, NewForumScreen)
        screen._field("recorder").cursor_blink = False
        await settle(pilot)

    assert snap_compare(thai_demo, terminal_size=(80, 24), run_before=asked)


def test_help_looks(thai_demo: KmtuiApp, snap_compare: Any) -> None:
    async def opened(pilot: Pilot[None]) -> None:
        await press(pilot, "f2", "f1")

    assert snap_compare(thai_demo, terminal_size=(80, 24), run_before=opened)


async def test_who_comes_late_opens_a_forum_with_one_key_and_names_it_afterwards(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        await press(pilot, "f2")
        await press(pilot, "\r")

        assert isinstance(empty_app.screen, RecordScreen)
        assert [one.title for one in empty.sessions()] == ["Forum of Sun 22 Nov 2026 (2569)"]
