"""History and trash: nothing that was kept is out of reach."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.app import KmtuiApp
from kmtui.screens.history import HistoryScreen
from kmtui.screens.lesson import LessonCard
from kmtui.screens.put_away import PutAwayScreen
from kmtui.screens.trash import TrashRoom
from store.edits import Change, Delete
from store.errors import UnknownField
from store.notebook import Notebook
from store.records import Lesson, Session

from .pressing import at_home, go_to, on, press, rows, settle, told


def title(notebook: Notebook, session: str) -> str:
    found = notebook.record(session)  # type: ignore[arg-type]
    assert isinstance(found, Session)
    return found.title


async def test_history_tells_value_and_what_it_took_the_place_of(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    session = demo.sessions()[0].id
    demo.save(Change(session, {"place": "ศาลากลางบ้าน"}))
    demo.save(Change(session, {"place": "วัดเหนือ", "date": date(2026, 11, 20)}))
    async with at_home(demo_app) as pilot:
        demo_app.open_history(session)
        await settle(pilot)

        assert isinstance(demo_app.screen, HistoryScreen)
        assert any("Place: วัดเหนือ ← ศาลากลางบ้าน" in row for row in rows(demo_app))
        assert any("12:00" in row for row in rows(demo_app))


async def test_any_earlier_value_comes_back_and_can_be_undone(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    session = demo.sessions()[0].id
    first = title(demo, session)
    demo.save(Change(session, {"title": "สอง"}))
    demo.save(Change(session, {"title": "สาม"}))
    async with at_home(demo_app) as pilot:
        demo_app.open_history(session)
        await settle(pilot)
        go_to(demo_app, f"Title: {first}")
        await press(pilot, "\r")
        assert title(demo, session) == first
        assert on(demo_app).endswith(f"Title: {first}")

        await press(pilot, "ctrl+z")
        assert title(demo, session) == "สาม"
        await press(pilot, "ctrl+y")
        assert title(demo, session) == first


async def test_history_of_a_lesson_opens_from_its_card(demo: Notebook, demo_app: KmtuiApp) -> None:
    lesson = demo.lessons()[0]
    demo.save(Change(lesson.id, {"status": "accepted", "tags": frozenset({"น้ำ"})}))
    async with at_home(demo_app) as pilot:
        demo_app.open_record(lesson.id)
        await settle(pilot)
        assert isinstance(demo_app.screen, LessonCard)
        await pilot.app.screen.run_action("history")
        await settle(pilot)

        assert isinstance(demo_app.screen, HistoryScreen)
        assert any("State: accepted" in row for row in rows(demo_app))
        assert any("Tags: น้ำ" in row for row in rows(demo_app))
        await press(pilot, "\x1b")
        assert isinstance(demo_app.screen, LessonCard)


async def test_what_another_wrote_into_a_value_stays_words(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    session = demo.sessions()[0].id
    demo.save(Change(session, {"place": "[@click=app.quit]x[/] \x1b[2J"}))
    async with at_home(demo_app) as pilot:
        demo_app.open_history(session)
        await settle(pilot)

        assert any("[@click=app.quit]x[/]" in row for row in rows(demo_app))
        assert "\x1b" not in "".join(
            segment.text for line in demo_app.screen._compositor.render_strips() for segment in line
        )


async def test_the_trash_brings_back_what_was_put_away(demo: Notebook, demo_app: KmtuiApp) -> None:
    lesson = demo.lessons()[0]
    demo.save(Delete(lesson.id))
    async with at_home(demo_app) as pilot:
        await pilot.app.run_action("app.room('trash')")
        await settle(pilot)
        assert isinstance(demo_app.screen, TrashRoom)
        assert f"Lesson {lesson.title}" in on(demo_app)
        await press(pilot, "\r")
        assert lesson.id not in {one.id for one in demo.lessons()}
        assert any(lesson.title in row for row in rows(demo_app))
        await press(pilot, "\r")

        assert lesson.id in {one.id for one in demo.lessons()}
        assert rows(demo_app) == ["The trash is empty."]
        await press(pilot, "ctrl+z")
        assert lesson.id not in {one.id for one in demo.lessons()}
        assert len(rows(demo_app)) == 1


async def test_a_forum_in_the_trash_is_read_before_it_is_brought_back(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    session = demo.sessions()[0].id
    words = [turn.text[:6] for turn in demo.turns(session)]
    demo.save(Delete(session))
    async with at_home(demo_app) as pilot:
        await pilot.app.run_action("app.room('trash')")
        await settle(pilot)
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, PutAwayScreen)
        shown = rows(demo_app)
        go_to(demo_app, words[1])
        await press(pilot, "\r")
        assert session not in {row.id for row in demo.sessions()}
        assert "first row" in told(demo_app)[-1]
        await press(pilot, "\x1b")
        assert isinstance(demo_app.screen, TrashRoom)
        await press(pilot, "\r", "\r")

        assert all(any(one in row for row in shown) for one in words[:5])
        assert session in {row.id for row in demo.sessions()}


async def test_a_change_that_never_was_is_refused(demo: Notebook) -> None:
    lesson: Lesson = demo.lessons()[0]
    before = demo.record(lesson.id)
    made = demo.history(lesson.id)[0].change
    for field, change in (("title", "0" * 26), ("_deleted", made)):
        with pytest.raises(UnknownField):
            demo.set_back(lesson.id, field, change)
    assert demo.record(lesson.id) == before


async def test_the_trash_says_when_it_is_empty(empty_app: KmtuiApp) -> None:
    async with at_home(empty_app) as pilot:
        await pilot.app.run_action("app.room('trash')")
        await settle(pilot)

        assert rows(empty_app) == ["The trash is empty."]
        assert told(empty_app) == []
