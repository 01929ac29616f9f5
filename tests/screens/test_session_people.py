"""Session: who came when, one card a person, AARs, and whether the forum was held."""

from __future__ import annotations

from datetime import datetime, timedelta

from kmtui.app import KmtuiApp
from kmtui.screens.attendance import AttendanceCard
from kmtui.screens.review import ReviewCard
from kmtui.screens.session import SessionScreen
from store.edits import Add, Change
from store.notebook import Notebook
from store.records import Attendance, RecordId, Review

from .conftest import NOON
from .pressing import at_home, go_to, on, press, rows, settle
from .test_session import PART_THREE, whole


def visitor(demo: Notebook) -> Attendance:
    """Somebody at part three who holds no role."""
    return next(one for one in whole(demo).attendance if not one.roles)


def name(demo: Notebook, one: Attendance) -> str:
    return whole(demo).people[one.person].name


async def test_a_person_is_opened_and_when_they_came_stands_between_the_turns(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    one = visitor(demo)
    began = datetime(2026, 10, 22, 19, 0, tzinfo=NOON.tzinfo)
    turns = whole(demo).turns
    for at, turn in enumerate(turns):
        demo.save(Change(turn.id, {"said_at": began + timedelta(minutes=at)}))
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, name(demo, one))
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, AttendanceCard)
        go_to(demo_app, "Came at")
        await press(pilot, "\r", "19.03 น.", "\r")
        assert on(demo_app) == "Came at 19:03"
        await press(pilot, "\x1b")

        assert isinstance(demo_app.screen, SessionScreen)
        shown = rows(demo_app)
        mark = shown.index(f"– 19:03 {name(demo, one)} came")
        said = [at for at, row in enumerate(shown) if turns[2].text[:15] in row]
        after = [at for at, row in enumerate(shown) if turns[3].text[:15] in row]
        assert said[0] < mark < after[0]


async def test_a_time_that_is_none_stays_in_the_line_with_the_reason(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    one = visitor(demo)
    async with at_home(demo_app) as pilot:
        demo_app.open_record(one.id)
        await settle(pilot)
        go_to(demo_app, "Left at")
        await press(pilot, "\r", "25.99", "\r")

        screen = demo_app.screen
        assert isinstance(screen, AttendanceCard)
        assert screen.answer.asking
        assert screen.answer.line.value == "25.99"
    assert demo.record(one.id) == one


async def test_roles_and_whether_they_were_done_are_chosen_on_the_card(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    one = visitor(demo)
    async with at_home(demo_app) as pilot:
        demo_app.open_record(one.id)
        await settle(pilot)
        go_to(demo_app, "coordinator")
        await press(pilot, "\r")
        assert on(demo_app).endswith("yes")
        go_to(demo_app, "coordinator not known yet")
        await press(pilot, "\r")

    kept = demo.record(one.id)
    assert isinstance(kept, Attendance)
    assert "coordinator" in kept.roles
    assert kept.checks["coordinator"] == "did"


async def test_an_agency_of_that_day_is_found_by_name_or_made(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    one = visitor(demo)
    known = len(demo.agencies())
    async with at_home(demo_app) as pilot:
        demo_app.open_record(one.id)
        await settle(pilot)
        go_to(demo_app, "Agency that day")
        await press(pilot, "\r", "ctrl+u", "อบต.ลมเย็น", "\r")
        assert on(demo_app).endswith("อบต.ลมเย็น")
        go_to(demo_app, "Agency that day")
        await press(pilot, "\r", "ctrl+u", "\r")
        go_to(demo_app, "Agency that day")
        await press(pilot, "\r", "อบต.ลมเย็น", "\r")

    assert len(demo.agencies()) == known + 1
    kept = demo.record(one.id)
    assert isinstance(kept, Attendance)
    assert kept.agency in {agency.id for agency in demo.agencies()}


async def test_an_aar_begins_with_its_first_answer_and_ends_in_a_promise(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    session = whole(demo).session.id
    who = next(iter(whole(demo).people.values())).name
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "somebody’s AAR")
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, ReviewCard)
        assert not [one for one in demo.of_kind("review") if getattr(one, "session") == session]  # noqa: B009
        go_to(demo_app, "What did you expect?")
        await press(pilot, "\r", "คนมาครบ", "\r")
        go_to(demo_app, "What will you do next?")
        await press(pilot, "\r", "ไปถามสหกรณ์เอง", "\r")
        go_to(demo_app, "Whose")
        await press(pilot, "\r", who, "\r")
        go_to(demo_app, "Promise kept")
        await press(pilot, "\r")
        assert on(demo_app) == "Promise kept yes"
        await press(pilot, "\x1b")
        assert any("คนมาครบ" in row and who in row for row in rows(demo_app))

    (review,) = whole(demo).reviews
    assert isinstance(review, Review)
    assert dict(review.answers) == {"expected": "คนมาครบ", "next": "ไปถามสหกรณ์เอง"}
    assert (review.promise, review.promise_kept) == ("ไปถามสหกรณ์เอง", True)


async def test_leaving_an_aar_without_an_answer_keeps_none(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "somebody’s AAR")
        await press(pilot, "\r", "\x1b")

    assert whole(demo).reviews == ()


async def test_whether_the_forum_was_held_is_one_key(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "State held")
        await press(pilot, "\r")

        assert on(demo_app) == "State did not happen"
    assert whole(demo).session.status == "did_not_happen"


async def test_a_person_of_a_forum_leads_from_an_aar_kept_elsewhere(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    session = whole(demo).session.id
    demo.save(Add(Review(session=session, answers={"later_question": "ตอบ"}, person=None)))
    async with at_home(demo_app) as pilot:
        await press(pilot, *PART_THREE)
        go_to(demo_app, "? –")
        await press(pilot, "\r")

        assert any("later_question ตอบ" in row for row in rows(demo_app))
    assert RecordId(session) == session
