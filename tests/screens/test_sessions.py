"""Sessions: every forum, and every word said, found as one types."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.home import HomeScreen
from kmtui.screens.record import RecordScreen
from kmtui.screens.session import SessionScreen
from kmtui.screens.sessions import SessionsScreen, forums
from kmtui.thai.letters import letters
from kmtui.widgets.hit_rows import BEFORE, HitKey, hit_row
from kmtui.widgets.record_list import RecordList
from store.notebook import Notebook
from store.readings import Hit, SessionRow
from store.records import RecordId

from .pressing import at_home, burst, on, press, rows, settle, until

PLACES = ("บ้านกุ่ม", "บ้านนาโพธิ์", "บ้านท่าช้าง", "บ้านหนองบัว")


def many(amount: int) -> list[SessionRow]:
    """So many forums of four villages."""
    return [
        SessionRow(
            id=RecordId(f"session/{at:026}"),
            title=f"เวที{PLACES[at % 4]} ครั้งที่ {at}",
            series=None,
            series_title="",
            part=None,
            date=date(2026, 11, 22) - timedelta(days=at % 3000),
            place=PLACES[at % 4],
            status="held",
            finished=False,
            turns=1,
            lessons=0,
            outcomes=0,
            recorders=("คุณเดือนเพ็ญ",) if at == 7777 else (),
            facilitators=(),
            complete=0.5,
            gaps=(),
        )
        for at in range(amount)
    ]


async def found(pilot: Pilot[None], words: str) -> None:
    """Type words, and wait until what was said is looked through too."""
    await press(pilot, words)
    screen = pilot.app.screen
    assert isinstance(screen, SessionsScreen)
    await until(pilot, lambda: bool(screen._hits) and not screen._searching, "a hit")
    await settle(pilot)


def underlined(shown: RecordList, at: int) -> list[str]:
    """The parts of a row that stand out."""
    line = shown.render_line(at - shown.scroll_offset.y)
    return [one.text for one in line if one.style and one.style.underline]


async def test_ten_thousand_forums_shrink_with_every_letter(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3")
        screen = demo_app.screen
        assert isinstance(screen, SessionsScreen)
        screen.show(forums(many(10_000)))
        left = [len(screen.rows.rows)]

        for letters in ("กุ่ม", " 77", "76"):
            burst(demo_app, letters)
            await until(pilot, lambda: len(screen.rows.rows) < left[-1], "fewer forums")
            await settle(pilot)
            left.append(len(screen.rows.rows))

        assert left[:2] == [10_000, 2_500]
        assert left[3] == 1
        assert "ครั้งที่ 7776" in on(demo_app)


async def test_a_forum_is_found_by_who_recorded_it(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3")
        screen = demo_app.screen
        assert isinstance(screen, SessionsScreen)
        screen.show(forums(many(10_000)))

        await press(pilot, "เดือนเพ็ญ")

        assert "ครั้งที่ 7777" in on(demo_app)


async def test_words_that_were_said_are_found_and_lead_to_their_turn(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    turn = list(demo.turns(demo.sessions()[1].id))[-1]
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3")
        await found(pilot, turn.text[:24])
        assert "Said or written" in rows(demo_app)

        await press(pilot, "\r")

        assert isinstance(demo_app.screen, SessionScreen)
        assert turn.text[:12] in on(demo_app)


@pytest.mark.parametrize("start", range(16, 40))
def test_a_hit_begins_with_a_whole_letter_and_says_what_was_found(start: int) -> None:
    text = "ประชาคมหมู่บ้านที่นี่น้ำไม่ไหลมาสามวันแล้วครับท่าน"
    session, turn = RecordId("session/1"), RecordId("turn/1-2")
    hit = Hit(
        kind="turn", id=turn, session=session, field="text", text=text, start=start, end=start + 3
    )

    said = hit_row(hit, None).cells[1]

    assert "".join(letters(said.text[1:])[0]) in letters(text)
    assert text[start : start + 3] in said.text[: BEFORE + 6]


async def test_the_words_that_were_found_stand_out(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3")
        await found(pilot, "ออม")
        shown = demo_app.screen.query_one(RecordList)
        at = next(at for at, row in enumerate(shown.rows) if isinstance(row.key, HitKey))

        assert set(underlined(shown, at)) == {"ออม"}


async def test_letters_of_a_title_stand_out_as_they_are_typed(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3")
        screen = demo_app.screen
        assert isinstance(screen, SessionsScreen)
        screen.show(forums(many(100)))

        await press(pilot, "เวที กุม ๗")
        rows_ = list(screen.rows.rows)

        assert rows_[0].key is None
        assert "with other tone marks" in rows_[0].cells[0].text
        assert underlined(screen.rows, 1)[:2] == ["เวที", "กุ่ม"]
        assert "7" in underlined(screen.rows, 1)[2:]


async def test_words_that_were_said_with_another_tone_stand_below(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    turn = next(one for one in demo.turns(demo.sessions()[1].id) if "้" in one.text)
    at = turn.text.index("้")
    typed = turn.text[max(0, at - 6) : at] + "๊" + turn.text[at + 1 : at + 8].strip()
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3")
        await found(pilot, typed)
        screen = demo_app.screen
        assert isinstance(screen, SessionsScreen)

        assert "Said or written · with other tone marks" in rows(demo_app)
        assert all(not hit.exact for hit in screen._hits)


async def test_nothing_that_fits_says_so(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3", "ฮฮฮฮ")

        assert rows(demo_app) == ["Nothing fits. Fewer letters find more."]
        await press(pilot, "\r")
        assert isinstance(demo_app.screen, SessionsScreen)


async def test_escape_empties_the_field_first_and_then_leaves(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3", "ฮฮ")
        await press(pilot, "\x1b")
        assert len(rows(demo_app)) == 2

        await press(pilot, "\x1b")

        assert isinstance(demo_app.screen, HomeScreen)


async def test_the_list_moves_while_the_letters_stay_in_the_field(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3", "down", "ถอด")
        await press(pilot, "down")

        screen = demo_app.screen
        assert isinstance(screen, SessionsScreen)
        assert screen.words.value == "ถอด"
        assert "ตอนที่ ๓" in on(demo_app)


async def test_f4_records_the_forum_that_is_marked(demo: Notebook, demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3", "down", "insert")

        assert isinstance(demo_app.screen, RecordScreen)
        assert demo_app.screen.whole.session.id == demo.sessions()[1].id


async def test_a_burst_opens_what_its_words_find(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3", "ตอนที่ ๓", "\r")

        screen = demo_app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.whole.session.part == 3


async def test_only_rows_in_sight_are_made(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3")
        screen = demo_app.screen
        assert isinstance(screen, SessionsScreen)

        screen.show(forums(many(10_000)))

        assert not isinstance(screen.query_one(RecordList).rows, list)


def test_sessions_look(thai_demo: KmtuiApp, snap_compare: Any) -> None:
    async def opened(pilot: Pilot[None]) -> None:
        await press(pilot, "f3")
        await found(pilot, "ออม")
        screen = pilot.app.screen
        assert isinstance(screen, SessionsScreen)
        screen.words.cursor_blink = False
        await settle(pilot)

    assert snap_compare(thai_demo, terminal_size=(80, 24), run_before=opened)
