"""Outcomes, people, agencies and series: found, opened, changed where they stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.agency import AgencyCard
from kmtui.screens.outcome import OutcomeCard
from kmtui.screens.person import PersonCard
from kmtui.screens.series import SeriesCard
from kmtui.screens.session import SessionScreen
from store.edits import Add, Change
from store.notebook import Notebook
from store.records import Agency, NamePeriod, Outcome, Person, Session

from .conftest import NOON
from .pressing import at_home, go_to, on, press, rows, settle

TODAY = NOON.date()


async def enter(pilot: Pilot[Any], room: str) -> None:
    await pilot.app.run_action(f"app.room('{room}')")
    await settle(pilot)


def task(demo: Notebook, text: str, **known: Any) -> Outcome:
    session = demo.sessions()[0].id
    saved = demo.save(Add(Outcome(session=session, kind="action", text=text, **known)))
    assert isinstance(saved.record, Outcome)
    return saved.record


async def test_what_is_late_stands_first_and_what_is_done_last(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    who = demo.people()[0].id
    task(demo, "ทำแล้ว", owner=who, done=True)
    task(demo, "เลยกำหนด", owner=who, due=TODAY - timedelta(days=3))
    task(demo, "ใกล้ถึง", owner=who, due=TODAY + timedelta(days=5))
    task(demo, "ไม่มีวัน", owner=who)
    async with at_home(demo_app) as pilot:
        await enter(pilot, "outcomes")
        shown = rows(demo_app)

        places = [next(at for at, row in enumerate(shown) if words in row) for words in (
            "Late", "เลยกำหนด", "Due soon", "ใกล้ถึง", "Without a day", "ไม่มีวัน", "Done", "ทำแล้ว"
        )]  # fmt: skip
        assert places == sorted(places)


async def test_a_task_gets_an_owner_a_day_and_is_done(demo: Notebook, demo_app: KmtuiApp) -> None:
    one = task(demo, "ไปถามสหกรณ์")
    name = demo.people()[0].name
    async with at_home(demo_app) as pilot:
        await enter(pilot, "outcomes")
        await press(pilot, "ไปถามสหกรณ์", "\r")
        assert isinstance(demo_app.screen, OutcomeCard)
        go_to(demo_app, "Who does it")
        await press(pilot, "\r", name, "\r")
        go_to(demo_app, "By when")
        await press(pilot, "\r", "30 พ.ย. 2569", "\r")
        assert "30 November 2026" in on(demo_app)
        go_to(demo_app, "Done")
        await press(pilot, "\r")

    kept = demo.record(one.id)
    assert isinstance(kept, Outcome)
    assert (kept.owner, kept.due, kept.done) == (demo.people()[0].id, date(2026, 11, 30), True)


async def test_people_stand_in_dictionary_order_and_a_card_has_their_forums(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await enter(pilot, "people")
        names = [row.split(" ")[0] for row in rows(demo_app)]
        assert len(names) == len(demo.people())
        assert names.index("คุณเดือนเพ็ญ") < names.index("คุณนภดล")
        await press(pilot, "เดือนเพ็ญ", "\r")
        assert isinstance(demo_app.screen, PersonCard)
        go_to(demo_app, "ตอนที่ ๓")
        await press(pilot, "\r")

        assert isinstance(demo_app.screen, SessionScreen)


async def test_forums_further_back_are_looked_through_where_that_is_wanted(
    demo: Notebook, demo_app: KmtuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kmtui.screens.person._AT_ONCE", 1)
    person = next(one for one in demo.people() if one.name == "คุณเดือนเพ็ญ")
    for number in range(3):  # later ones, without them
        demo.save(Add(Session(title=f"เวทีอื่น {number}", date=date(2026, 12, 1 + number))))
    async with at_home(demo_app) as pilot:
        demo_app.open_record(person.id)
        await settle(pilot)
        assert not any("ตอนที่" in row for row in rows(demo_app))
        go_to(demo_app, "the 4 older forums too")
        await press(pilot, "\r")

        assert sum("ตอนที่" in row for row in rows(demo_app)) == 2
        assert not any("older" in row or "looking" in row for row in rows(demo_app))


async def test_other_names_and_the_agency_of_a_person_are_typed(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    one = next(person for person in demo.people() if person.name == "คุณเดือนเพ็ญ")
    async with at_home(demo_app) as pilot:
        demo_app.open_record(one.id)
        await settle(pilot)
        go_to(demo_app, "Other names")
        await press(pilot, "\r", "ctrl+u", "พี่เพ็ญ, ป้าเดือน", "\r")
        go_to(demo_app, "Agency")
        await press(pilot, "\r", "ctrl+u", "กลุ่มแม่บ้าน", "\r")
        go_to(demo_app, "Other names")
        await press(pilot, "\r", "ctrl+u", "พี่เพ็ญ", "\r")

    kept = demo.record(one.id)
    assert isinstance(kept, Person)
    assert kept.aliases == {"พี่เพ็ญ"}
    agency = demo.record(kept.agency) if kept.agency else None
    assert isinstance(agency, Agency)
    assert agency.short == "กลุ่มแม่บ้าน"


async def test_somebody_who_was_made_twice_is_read_as_one_and_undo_parts_them(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    known = next(person for person in demo.people() if person.name == "คุณเดือนเพ็ญ")
    twin = demo.save(Add(Person(name="พี่เดือนเพ็ญ"))).record.id
    before = len(demo.people())
    async with at_home(demo_app) as pilot:
        demo_app.open_record(known.id)
        await settle(pilot)
        go_to(demo_app, "the same as พี่เดือนเพ็ญ?")
        await press(pilot, "\r")
        assert len(demo.people()) == before - 1

        await press(pilot, "ctrl+z")
        assert twin in {one.id for one in demo.people()}


async def test_an_agency_has_the_names_of_other_years(demo: Notebook, demo_app: KmtuiApp) -> None:
    one = demo.save(Add(Agency(short="สกร.", full="กรมส่งเสริมการเรียนรู้"))).record.id
    async with at_home(demo_app) as pilot:
        await enter(pilot, "agencies")
        await press(pilot, "สกร", "\r")
        assert isinstance(demo_app.screen, AgencyCard)
        go_to(demo_app, "Earlier names")
        await press(pilot, "\r", "กศน. ถึง ๒๕๖๖", "\r")
        assert on(demo_app) == "Earlier names กศน. until 2566"
        go_to(demo_app, "Earlier names")
        await press(pilot, "\r", "ctrl+u", "กศน เมื่อไรไม่รู้", "\r")
        screen = demo_app.screen
        assert isinstance(screen, AgencyCard)
        assert screen.answer.asking

    kept = demo.record(one)
    assert isinstance(kept, Agency)
    assert kept.earlier == (NamePeriod(short="กศน.", until=date(2023, 12, 31)),)


async def test_a_series_tells_which_part_nobody_recorded(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    series = demo.series()[0].id
    demo.save(Add(Session(title="ตอนที่ ๑๐", series=series, part=10)))
    async with at_home(demo_app) as pilot:
        await enter(pilot, "series")
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, SeriesCard)
        shown = rows(demo_app)

        missing = [row for row in shown if "is not recorded" in row]
        assert [row.split()[2] for row in missing] == ["1", "2", "5", "6", "7", "8", "9"]
        parts = [row for row in shown if "●" in row or row.startswith("10")]
        assert [row.split()[0] for row in parts] == ["3", "4", "10"]


@pytest.mark.parametrize("room", ["outcomes", "people", "agencies", "series"])
async def test_an_empty_room_says_what_fills_it(empty_app: KmtuiApp, room: str) -> None:
    async with at_home(empty_app) as pilot:
        await enter(pilot, room)

        assert "yet" in rows(empty_app)[0]


async def test_a_person_in_the_trash_is_not_in_the_room(demo: Notebook, demo_app: KmtuiApp) -> None:
    one = demo.people()[0]
    async with at_home(demo_app) as pilot:
        demo_app.open_record(one.id)
        await settle(pilot)
        await press(pilot, "delete")
        await enter(pilot, "people")

        assert not any(row.startswith(f"{one.name} ") for row in rows(demo_app))
    assert demo.record(one.id).marks == {"deleted"}
    demo.save(Change(demo.people()[0].id, {"position": "ครู"}))
