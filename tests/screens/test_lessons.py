"""Lessons: every lesson of every forum, and each with what bears it out."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.labels import lesson_status_word
from kmtui.screens.lesson import LessonCard
from kmtui.screens.lessons import LessonsRoom
from kmtui.screens.session import SessionScreen
from kmtui.widgets.thai_area import ThaiTextArea
from store.edits import Change, Delete
from store.notebook import Notebook

from .pressing import at_home, go_to, on, press, rows, settle, told


async def into_lessons(pilot: Pilot[Any]) -> LessonsRoom:
    await pilot.app.run_action("app.room('lessons')")
    await settle(pilot)
    assert isinstance(pilot.app.screen, LessonsRoom)
    return pilot.app.screen


async def test_every_lesson_stands_there_with_its_state(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app, size=(132, 43)) as pilot:
        await into_lessons(pilot)

        shown = rows(demo_app)
        assert len(shown) == len(demo.lessons())
        for one in demo.lessons():
            assert any(
                one.title[:20] in row and lesson_status_word(one.status) in row for row in shown
            )


async def test_letters_leave_the_lessons_that_hold_them(demo: Notebook, demo_app: KmtuiApp) -> None:
    title = demo.lessons()[0].title
    async with at_home(demo_app) as pilot:
        await into_lessons(pilot)
        await press(pilot, title)

        assert [row for row in rows(demo_app) if title[:10] in row] == rows(demo_app)

        await press(pilot, "ฮฮฮ")
        assert rows(demo_app) == ["Nothing fits. Fewer letters find more."]

        await press(pilot, "\x1b")
        assert len(rows(demo_app)) == len(demo.lessons())


async def test_an_empty_room_says_how_a_lesson_is_drawn(empty_app: KmtuiApp) -> None:
    async with at_home(empty_app) as pilot:
        await into_lessons(pilot)

        assert "F6" in rows(empty_app)[0]


async def test_a_lesson_leads_to_the_turn_that_bears_it_out_and_back(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    lesson = next(one for one in demo.lessons() if one.evidence)
    async with at_home(demo_app) as pilot:
        await into_lessons(pilot)
        await press(pilot, lesson.title, "\r")
        assert isinstance(demo_app.screen, LessonCard)

        go_to(demo_app, "“")
        said = on(demo_app).partition("“")[2]
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, SessionScreen)
        assert said[:12] in on(demo_app)

        await press(pilot, "\x1b")
        assert isinstance(demo_app.screen, LessonCard)


async def test_a_field_is_typed_and_a_state_chosen_where_they_stand(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    lesson = demo.lessons()[0]
    async with at_home(demo_app) as pilot:
        await into_lessons(pilot)
        await press(pilot, lesson.title, "\r")
        go_to(demo_app, "Why")
        await press(pilot, "\r", "ctrl+u", "ไม่มีใครถามก่อน", "\r")
        assert "ไม่มีใครถามก่อน" in on(demo_app)

        go_to(demo_app, "State")
        await press(pilot, "\r")
        assert on(demo_app) == "State checked with the circle"

        await press(pilot, "ctrl+z")
        assert on(demo_app) == "State draft"

    kept = demo.record(lesson.id)
    assert getattr(kept, "why") == "ไม่มีใครถามก่อน"  # noqa: B009
    assert getattr(kept, "status") == "draft"  # noqa: B009


async def test_an_answer_of_many_lines_is_typed_in_an_area_and_kept_with_its_lines(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    lesson = demo.lessons()[0]
    async with at_home(demo_app) as pilot:
        await into_lessons(pilot)
        await press(pilot, lesson.title, "\r")
        go_to(demo_app, "Next time")
        await press(pilot, "\r", "ctrl+u", "ถามก่อน", "f9", "แล้วค่อยทำ", "ctrl+j", "ด้วยกัน")
        screen = demo_app.screen
        assert isinstance(screen, LessonCard)
        area = screen.answer.line
        assert isinstance(area, ThaiTextArea)
        height = screen.answer.region.height
        await press(pilot, "\r")

    assert height == 5
    assert getattr(demo.record(lesson.id), "next") == "ถามก่อน\nแล้วค่อยทำ\nด้วยกัน"  # noqa: B009


async def test_what_was_typed_and_left_stands_in_the_line_again(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    before = demo.lessons()[0]
    async with at_home(demo_app) as pilot:
        await into_lessons(pilot)
        await press(pilot, before.title, "\r")
        go_to(demo_app, "Next time")
        await press(pilot, "\r", "ลองใหม่", "\x1b")
        assert not demo_app.screen.query_one("AnswerLine").has_class("-asking")

        await press(pilot, "\r")
        screen = demo_app.screen
        assert isinstance(screen, LessonCard)
        assert "ลองใหม่" in screen.answer.line.value
    assert demo.record(before.id) == before


async def test_the_trash_takes_a_lesson_and_undo_brings_it_back(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    lesson = demo.lessons()[0]
    async with at_home(demo_app) as pilot:
        await into_lessons(pilot)
        await press(pilot, lesson.title, "\r")
        await press(pilot, "delete")

        assert isinstance(demo_app.screen, LessonsRoom)
        assert lesson.id not in {one.id for one in demo.lessons()}
        assert "trash" in told(demo_app)[-1]

        await press(pilot, "ctrl+z")
        assert lesson.id in {one.id for one in demo.lessons()}


async def test_a_lesson_that_another_window_has_put_away_is_told_not_shown(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    lesson = demo.lessons()[0]
    demo.save(Change(lesson.id, {"applied_on": date(2026, 11, 1)}))
    async with at_home(demo_app) as pilot:
        await into_lessons(pilot)
        demo.save(Delete(lesson.id))
        await press(pilot, lesson.title, "\r")

        assert any("trash" in row for row in rows(demo_app))


async def test_del_in_the_room_takes_a_letter_first_and_a_lesson_where_there_are_none(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    lessons = demo.lessons()
    async with at_home(demo_app) as pilot:
        room = await into_lessons(pilot)
        await press(pilot, "กข", "home", "delete")
        assert room.words.value == "ข"
        assert demo.lessons() == lessons

        await press(pilot, "delete", "delete")
        assert len(demo.lessons()) == len(lessons) - 1
        assert len(rows(demo_app)) == len(lessons) - 1

        await press(pilot, "ctrl+z")
        assert len(rows(demo_app)) == len(lessons)
