"""Tab in a line keeps it and goes on to the next field; no letter typed behind it is lost."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.app import KmtuiApp
from kmtui.screens.card import CardScreen
from kmtui.screens.person import PersonCard
from kmtui.screens.session import SessionScreen
from kmtui.widgets.key_line import KeyLine
from store.edits import Add
from store.errors import DiskFull
from store.notebook import Notebook
from store.records import Person, RecordId

from .pressing import at_home, burst, drawn, go_to, on, press, settle, told

SHIFT_TAB = "shift+tab"


def card(app: KmtuiApp) -> CardScreen | SessionScreen:
    screen = app.screen
    assert isinstance(screen, CardScreen | SessionScreen)
    return screen


def shown(app: KmtuiApp) -> RecordId:
    """The forum on the screen."""
    screen = app.screen
    assert isinstance(screen, SessionScreen)
    return screen.whole.session.id


@pytest.fixture
def somebody(demo: Notebook) -> RecordId:
    return demo.save(Add(Person(name="คุณก้อนเมฆ"))).record.id


def of(demo: Notebook, person: RecordId) -> Person:
    found = demo.record(person)
    assert isinstance(found, Person)
    return found


async def test_tab_goes_from_field_to_field_and_keeps_each(
    demo: Notebook, demo_app: KmtuiApp, somebody: RecordId
) -> None:
    async with at_home(demo_app) as pilot:
        demo_app.open_record(somebody)
        await settle(pilot)
        assert isinstance(demo_app.screen, PersonCard)
        go_to(demo_app, "Name")

        await press(pilot, "\r", "ctrl+u", "คุณเมฆ", "\t", "เมฆน้อย, ลุงเมฆ", "\t", "อบต. ลมเย็น")
        assert card(demo_app).answer.asking
        assert "Next" in drawn(demo_app)[-1]
        await press(pilot, "\r")

        found = of(demo, somebody)
        agencies = {one.id: one.short or one.full for one in demo.agencies()}
        assert (found.name, found.aliases) == ("คุณเมฆ", frozenset({"เมฆน้อย", "ลุงเมฆ"}))
        assert found.agency is not None
        assert agencies[found.agency] == "อบต. ลมเย็น"


async def test_keys_typed_in_one_go_land_in_their_fields(
    demo: Notebook, demo_app: KmtuiApp, somebody: RecordId
) -> None:
    async with at_home(demo_app) as pilot:
        demo_app.open_record(somebody)
        await settle(pilot)
        go_to(demo_app, "Name")

        burst(demo_app, "\r", "ctrl+u", "คุณเมฆ", "\t", "เมฆน้อย", SHIFT_TAB, "ใหญ่", "\r")
        await settle(pilot)

        assert (of(demo, somebody).name, of(demo, somebody).aliases) == (
            "คุณเมฆใหญ่",
            frozenset({"เมฆน้อย"}),
        )
        assert not demo_app.holds_keys


async def test_tab_behind_a_field_that_is_as_it_was_keeps_nothing_and_goes_on(
    demo: Notebook, demo_app: KmtuiApp, somebody: RecordId
) -> None:
    before = len(demo.history(somebody))
    async with at_home(demo_app) as pilot:
        demo_app.open_record(somebody)
        await settle(pilot)
        go_to(demo_app, "Name")
        await press(pilot, "\r", "\t")

        assert card(demo_app).answer.asking
        assert not on(demo_app).startswith("Name")
        await press(pilot, "\x1b", "\x1b")
    assert len(demo.history(somebody)) == before


async def test_facts_of_a_forum_are_filled_in_by_tab(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "down", "\r")
        session = shown(demo_app)
        go_to(demo_app, "Title")

        burst(demo_app, "\r", "ctrl+u", "เวทีท้ายเหมือง", "\t", "ctrl+u", "๗", "\t", "ctrl+u",
              "12 พ.ค. 2569", "\r")  # fmt: skip
        await settle(pilot)

    kept = demo.session(session).session
    assert (kept.title, kept.part, kept.date) == ("เวทีท้ายเหมือง", 7, date(2026, 5, 12))


async def test_a_day_that_cannot_be_read_stays_and_the_keys_behind_it_go_there(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "down", "\r")
        session = shown(demo_app)
        go_to(demo_app, "Day")

        burst(demo_app, "\r", "ctrl+u", "32/13/2569", "\t", "!")
        await settle(pilot)

        assert card(demo_app).answer.line.value == "32/13/2569!"
        assert not demo_app.holds_keys
        await press(pilot, "ctrl+u", "13/5/2569", "\t")
        assert on(demo_app).startswith("From")
        assert card(demo_app).answer.asking
    assert demo.session(session).session.date == date(2026, 5, 13)


async def test_a_refused_field_stays_and_the_keys_go_on(
    demo: Notebook, demo_app: KmtuiApp, somebody: RecordId, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_edits: object, **_how: object) -> None:
        raise DiskFull(where="notebook")

    async with at_home(demo_app, notifications=True) as pilot:
        demo_app.open_record(somebody)
        await settle(pilot)
        go_to(demo_app, "Name")
        with monkeypatch.context() as broken:
            broken.setattr(demo, "save", full)
            burst(demo_app, "\r", "ctrl+u", "คุณเมฆ", "\t", "ขาว")
            await settle(pilot)

        assert "full" in told(demo_app)[0]
        assert card(demo_app).answer.line.value == "คุณเมฆขาว"
        assert not demo_app.holds_keys


async def test_tab_leads_out_of_no_list_and_past_no_end(
    demo_app: KmtuiApp, somebody: RecordId
) -> None:
    async with at_home(demo_app) as pilot:
        demo_app.open_record(somebody)
        await settle(pilot)
        await press(pilot, "\t", SHIFT_TAB)
        assert demo_app.focused is card(demo_app).rows

        go_to(demo_app, "Name")
        await press(pilot, "\r", SHIFT_TAB)
        assert not card(demo_app).answer.asking
        assert demo_app.focused is card(demo_app).rows
        assert not demo_app.holds_keys


async def test_tab_in_words_that_were_said_keeps_them(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "down", "\r")
        session = shown(demo_app)
        first = next(iter(demo.turns(session))).text
        go_to(demo_app, first[:12])
        await press(pilot, "\r", "จริง", "\t")

        assert not card(demo_app).answer.asking
        hints = demo_app.screen.query_one(KeyLine)
        assert "Next" not in str(hints.render())
    assert next(iter(demo.turns(session))).text == first + "จริง"
