"""Session: everything of one forum, changed where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.home import HomeScreen
from kmtui.screens.record import RecordScreen
from kmtui.screens.session import SessionScreen
from store.edits import Change
from store.notebook import Notebook
from store.readings import SessionWhole
from store.records import Turn

from .pressing import at_home, go_to, on, press, rows, settle, told

PART_THREE = ("down", "\r")


def whole(demo: Notebook, part: int = 3) -> SessionWhole:
    return demo.session(next(row.id for row in demo.sessions() if row.part == part))


def session_screen(app: KmtuiApp) -> SessionScreen:
    assert isinstance(app.screen, SessionScreen)
    return app.screen


async def edit(pilot: Pilot[Any], row: str, *typed: str) -> None:
    """Change what a row holds: everything of it is typed anew."""
    assert isinstance(pilot.app, KmtuiApp)
    go_to(pilot.app, row)
    await press(pilot, "\r", "ctrl+u", *typed)


@pytest.mark.parametrize(
    ("row", "typed", "field", "value"),
    [
        ("Title", "เวทีน้ำท้ายท่อ ตอนที่ ๓", "title", "เวทีน้ำท้ายท่อ ตอนที่ ๓"),
        ("Day", "1 พ.ย. 2569", "date", date(2026, 11, 1)),
        ("Day", "", "date", None),
        ("From", "13.40 น.", "starts", "13:40"),
        ("Place", "วัดลมเย็น", "place", "วัดลมเย็น"),
        ("Part", "ตอนที่ ๗", "part", 7),
    ],
)
async def test_a_field_is_changed_in_place(
    demo: Notebook, demo_app: KmtuiApp, row: str, typed: str, field: str, value: object
) -> None:
    session = whole(demo).session.id
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, row, typed, "\r")

        assert on(demo_app).startswith(row) or value is None
        assert demo_app.focused is session_screen(demo_app).rows
    assert getattr(demo.session(session).session, field) == value


async def test_a_day_of_two_days_is_kept_whole(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, "Day", "27-28 ก.ย. 2569", "\r")
        assert "27 September" in on(demo_app)
        assert "28 September" in on(demo_app)

        await press(pilot, "\r", "\r")  # opened and kept as it stands

    kept = whole(demo).session
    assert (kept.date, kept.until) == (date(2026, 9, 27), date(2026, 9, 28))


async def test_a_turn_is_changed_in_place(demo: Notebook, demo_app: KmtuiApp) -> None:
    first = whole(demo).turns[0]
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, first.text[:20], "พูดใหม่ทั้งหมด", "\r")

        assert "พูดใหม่ทั้งหมด" in on(demo_app)
    assert whole(demo).turns[0].text == "พูดใหม่ทั้งหมด"
    assert whole(demo).turns[0].speaker == first.speaker


async def test_a_lesson_is_changed_in_place(demo: Notebook, demo_app: KmtuiApp) -> None:
    lesson = whole(demo).lessons[0]
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, f"Lesson {lesson.title}", "ชื่อใหม่", "\r")

        assert on(demo_app) == "◆ Lesson ชื่อใหม่"
    assert "ชื่อใหม่" in {one.title for one in whole(demo).lessons}


async def test_a_day_that_cannot_be_read_stays_in_the_line_with_the_reason(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    before = whole(demo).session.date
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, "Day", "31/2/2569", "\r")

        answer = session_screen(demo_app).answer
        assert answer.asking
        assert answer.line.value == "31/2/2569"
        assert "no such day" in str(answer.border_subtitle)
        await press(pilot, "\x1b")
        assert not answer.asking
    assert whole(demo).session.date == before


async def test_a_year_of_two_digits_is_asked_about_here_too(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, "Day", "12/5/69", "\r")
        assert "Tuesday 12 May 2026" in str(session_screen(demo_app).answer.border_subtitle)
        assert whole(demo).session.date != date(2026, 5, 12)

        await press(pilot, "\r")

    assert whole(demo).session.date == date(2026, 5, 12)


@pytest.mark.parametrize("row", ["Title", "สวัสดีครับพี่น้อง"])
async def test_what_must_have_words_is_not_emptied(
    demo: Notebook, demo_app: KmtuiApp, row: str
) -> None:
    before = whole(demo)
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, row, "\r")

        assert session_screen(demo_app).answer.line.value
        assert len(told(demo_app)) == 1
    assert whole(demo).session.title == before.session.title
    assert whole(demo).turns[0].text == before.turns[0].text


async def test_escape_leaves_a_field_as_it_was_and_the_keys_of_the_list_come_back(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    before = whole(demo).session.place
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, "Place", "ที่อื่น", "\t", "ctrl+z", "\x1b")

        screen = session_screen(demo_app)
        assert not screen.answer.asking
        assert screen.hints.commands[0] == "session.record"
    assert whole(demo).session.place == before


async def test_a_role_goes_through_every_answer_and_back_to_not_known(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    person = next(one.id for one in demo.people() if one.name == "คุณเดือนเพ็ญ")
    seen = []
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "coordinator")
        for _press in range(4):
            await press(pilot, "\r")
            (one,) = [one for one in whole(demo).attendance if one.person == person]
            seen.append((one.checks.get("coordinator"), on(demo_app).split("เพ็ญ ")[1]))

    assert seen == [
        ("did", "● did it"),
        ("partly", "● did it partly"),
        ("did_not", "● did not do it"),
        (None, "○ not known yet"),
    ]


async def test_a_turn_goes_to_the_trash_and_ctrl_z_brings_it_back(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    first = whole(demo).turns[0]
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, first.text[:20])
        await press(pilot, "delete")
        assert first.id not in {one.id for one in whole(demo).turns}
        assert not any(first.text[:20] in row for row in rows(demo_app))

        await press(pilot, "ctrl+z")

        assert any(first.text[:20] in row for row in rows(demo_app))
        assert told(demo_app) == ["In the trash. Ctrl+Z brings it back.", "Taken back."]
    assert whole(demo).turns[0] == first


async def test_a_whole_forum_goes_to_the_trash_from_its_title_and_comes_back_from_home(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "Title")
        await press(pilot, "delete")
        assert isinstance(demo_app.screen, HomeScreen)
        assert [row.part for row in demo.sessions()] == [4]

        await press(pilot, "ctrl+z")

    assert [row.part for row in demo.sessions()] == [4, 3]


async def test_what_cannot_be_put_into_the_trash_says_so(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    before = whole(demo)
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "Place")
        await press(pilot, "delete")

        assert len(told(demo_app)) == 1
    assert whole(demo) == before


@pytest.mark.parametrize(
    ("gap", "to"),
    [
        ("A lesson without the words", "Lesson ทำแทนชาวบ้านมันเร็ว"),
        ("A task that nobody has taken on", "Task นัดผู้ใช้น้ำ"),
        ("A task without a day", "Task นัดผู้ใช้น้ำ"),
        ("role was done: คุณเดือนเพ็ญ", "coordinator คุณเดือนเพ็ญ"),
        ("role was done: ลุงเปลื้อง", "ลุงเปลื้อง ○"),
        ("another role's job", "คุณนภดล ●"),
    ],
)
async def test_a_gap_leads_to_what_closes_it(demo_app: KmtuiApp, gap: str, to: str) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, gap)

        await press(pilot, "\r")

        assert to in on(demo_app)
        assert gap not in on(demo_app)


async def test_a_turn_without_a_speaker_is_led_to(demo: Notebook, demo_app: KmtuiApp) -> None:
    turn = whole(demo).turns[9]
    demo.save(Change(turn.id, {"speaker": None}))
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "without a speaker")

        await press(pilot, "\r")

        assert turn.text[:12] in on(demo_app)


async def lacking_a_speaker(pilot: Pilot[Any], demo: Notebook, *typed: str) -> Turn:
    """Name who said a turn of which nobody knows the speaker; gives the turn as it was."""
    turn = whole(demo).turns[9]
    demo.save(Change(turn.id, {"speaker": None}))
    await press(pilot, *PART_THREE)
    assert isinstance(pilot.app, KmtuiApp)
    go_to(pilot.app, "without a speaker")
    await press(pilot, "\r", *typed)
    return turn


async def test_who_said_a_turn_is_named_at_its_gap(demo: Notebook, demo_app: KmtuiApp) -> None:
    person = next(one.id for one in demo.people() if one.name == "คุณเดือนเพ็ญ")
    async with at_home(demo_app) as pilot:
        turn = await lacking_a_speaker(pilot, demo, "คุณเดือนเพ็ญ", "\r")

        assert turn.text[:12] in on(demo_app)
        assert "เดือนเพ็ญ" in on(demo_app)
        assert not any("without a speaker" in row for row in rows(demo_app))
    kept = whole(demo).turns[9]
    assert (kept.id, kept.speaker, kept.text) == (turn.id, person, turn.text)


@pytest.mark.parametrize(
    ("answer", "name", "more"), [("\r", "คุณเดือนเพ็ญ", 0), ("f8", "คุณเดือนเพ็ง", 1)]
)
async def test_a_speaker_who_is_nearly_somebody_known_is_asked_about(
    demo: Notebook, demo_app: KmtuiApp, answer: str, name: str, more: int
) -> None:
    before = len(demo.people())
    async with at_home(demo_app) as pilot:
        await lacking_a_speaker(pilot, demo, "คุณเดือนเพ็ง", "\r")
        asked = str(session_screen(demo_app).answer.border_subtitle)
        assert len(demo.people()) == before

        await press(pilot, answer)

    assert "คุณเดือนเพ็ญ" in asked
    assert whole(demo).speaker_name(whole(demo).turns[9]) == name
    assert len(demo.people()) == before + more


async def test_a_role_word_is_no_speaker_without_asking(demo: Notebook, demo_app: KmtuiApp) -> None:
    before = demo.people()
    async with at_home(demo_app) as pilot:
        await lacking_a_speaker(pilot, demo, "พิธีกร", "\r", "\x1b")

        assert not session_screen(demo_app).answer.asking
    assert whole(demo).turns[9].speaker is None
    assert demo.people() == before


async def test_somebody_named_as_speaker_has_been_there(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await lacking_a_speaker(pilot, demo, "ลุงสน", "\r")

    kept = whole(demo)
    speaker = kept.turns[9].speaker
    assert kept.speaker_name(kept.turns[9]) == "ลุงสน"
    assert speaker in {one.person for one in kept.attendance}


async def test_who_does_a_task_and_by_when_are_said_at_their_gaps(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "A task that nobody has taken on")
        await press(pilot, "\r", "คุณเดือนเพ็ญ", "\r")
        go_to(demo_app, "A task without a day")
        await press(pilot, "\r", "30 พ.ย. 2569", "\r")

        assert "คุณเดือนเพ็ญ · Mon 30 Nov 2026" in on(demo_app)
        assert not any("A task " in row for row in rows(demo_app))
    task = next(one for one in whole(demo).outcomes if one.text.startswith("นัดผู้ใช้น้ำ"))
    assert task.due == date(2026, 11, 30)
    assert task.owner in {one.id for one in demo.people() if one.name == "คุณเดือนเพ็ญ"}


async def test_a_task_is_due_on_the_day_ahead_once_somebody_says_so(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "A task without a day")
        await press(pilot, "\r", "30 ม.ค.", "\r")
        answer = session_screen(demo_app).answer
        assert "30 January 2027" in str(answer.border_subtitle)
        assert answer.asking

        await press(pilot, "\r")

    assert date(2027, 1, 30) in {one.due for one in whole(demo).outcomes}


async def test_no_day_of_a_task_keeps_what_was_typed(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "A task without a day")
        await press(pilot, "\r", "เมื่อไหร่ดี", "\r")

        answer = session_screen(demo_app).answer
        assert answer.line.value == "เมื่อไหร่ดี"
        assert "cannot be read" in str(answer.border_subtitle)


async def test_what_is_left_with_escape_comes_back_and_a_second_escape_drops_it(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    before = whole(demo).session.place
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, "Place", "ที่อื่น", "\x1b")
        line = session_screen(demo_app).answer.line

        await press(pilot, "\r")
        again = line.value
        await press(pilot, "\x1b", "\r")

        assert again == "ที่อื่น"
        assert line.value == before
    assert whole(demo).session.place == before


async def test_going_home_leaves_no_typed_line_behind(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        await edit(pilot, "Place", "ที่อื่น", "ctrl+home")
        assert session_screen(demo_app).answer.line.value == "ที่อื่น"
        assert len(told(demo_app)) == 1

        await press(pilot, "\x1b", "ctrl+home")

        assert isinstance(demo_app.screen, HomeScreen)


async def test_a_turn_of_several_lines_stays_one_when_it_is_changed(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    turn = whole(demo).turns[0]
    demo.save(Change(turn.id, {"text": "บรรทัดแรก\nบรรทัดสอง"}))
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "บรรทัดแรก")
        await press(pilot, "\r", "ต่อ", "\r")

    assert whole(demo).turns[0].text == "บรรทัดแรก\nบรรทัดสองต่อ"


async def test_a_turn_opened_and_not_changed_is_not_kept_anew(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    turn = whole(demo).turns[0]
    demo.save(Change(turn.id, {"text": "  คำพูดที่มีช่องว่าง "}))
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "คำพูดที่มีช่องว่าง")
        await press(pilot, "\r", "\r")

        assert not session_screen(demo_app).answer.asking
    assert whole(demo).turns[0].text == "  คำพูดที่มีช่องว่าง "


async def test_a_burst_behind_a_name_that_is_asked_about_answers_nothing_by_itself(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await lacking_a_speaker(pilot, demo, "ลุงสน", "\r", "end", "up", "home")

        assert not session_screen(demo_app).answer.asking
    assert whole(demo).speaker_name(whole(demo).turns[9]) == "ลุงสน"


@pytest.mark.parametrize(("field", "gap"), [("date", "The day is"), ("place", "The place is")])
async def test_a_missing_field_is_asked_for(
    demo: Notebook, demo_app: KmtuiApp, field: str, gap: str
) -> None:
    demo.save(Change(whole(demo).session.id, {field: "" if field == "place" else None}))
    async with at_home(demo_app) as pilot:
        await press(pilot, "end", "home", "\r")
        if whole(demo).session.id != session_screen(demo_app).whole.session.id:
            await press(pilot, "\x1b", "down", "\r")
        go_to(demo_app, gap)

        await press(pilot, "\r")

        assert session_screen(demo_app).answer.asking


async def test_a_missing_recorder_is_named_where_one_records(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "Nobody is named as recorder")

        await press(pilot, "\r")

        assert isinstance(demo_app.screen, RecordScreen)


async def test_f4_records_on_and_back_shows_the_new_turn(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE, "insert")
        await press(pilot, "คำที่เพิ่งพูด", "\r", "\x1b")

        assert any("คำที่เพิ่งพูด" in row for row in rows(demo_app))
        assert rows(demo_app)[0].startswith("●●○○○○ 26 turns")


async def test_the_list_keeps_its_place_when_the_terminal_changes(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "Task นัดผู้ใช้น้ำ")
        for size in ((60, 20), (132, 43), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert "Task นัดผู้ใช้น้ำ" in on(demo_app)


def test_session_looks(thai_demo: KmtuiApp, snap_compare: Any) -> None:
    async def opened(pilot: Pilot[None]) -> None:
        await press(pilot, *PART_THREE)

    assert snap_compare(thai_demo, terminal_size=(80, 24), run_before=opened)


def test_a_field_being_changed_looks(thai_demo: KmtuiApp, snap_compare: Any) -> None:
    async def editing(pilot: Pilot[None]) -> None:
        await press(pilot, *PART_THREE)
        assert isinstance(pilot.app, KmtuiApp)
        go_to(pilot.app, "วันที่")
        await press(pilot, "\r", "ctrl+u", "12/5/69", "\r")
        session_screen(pilot.app).answer.line.cursor_blink = False
        await settle(pilot)

    assert snap_compare(thai_demo, terminal_size=(80, 24), run_before=editing)
