"""Every screen, in Thai and English, at three sizes: whole lines, whole hints, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from kmtui import keys, rooms, words
from kmtui.app import KmtuiApp
from kmtui.screens.conflicts import ConflictCard
from kmtui.screens.session import SessionScreen
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import RecordList
from store.notebook import Notebook

from .pressing import at_home, drawn, go_to, press, rows, settle, told
from .test_twins import SAME, recorded

WAYS: Final[dict[str, tuple[str, ...]]] = {
    "home": (),
    "new forum": ("f2",),
    "sessions": ("f3",),
    "session": ("down", "\r"),
    "session, a line open": ("down", "\r", "\r"),
    "record": ("insert",),
    "finish": ("insert", "f10"),
    "people here": ("insert", "ctrl+r"),
    "help": ("f1",),
    "menu": ("f12",),
    **{f"room {name}": (f"!app.room('{name}')",) for name in rooms._ROOMS},
    "a card": ("!app.room('lessons')", "\r"),
    "history": ("down", "\r", "!screen.history"),
    "read in": ("!app.read_in",),
    "terminal": ("!app.check_terminal",),
}
RECORDED_TWICE: Final[dict[str, tuple[str, ...]]] = {
    "twins": ("!app.room('twins')",),
    "two forums": ("!app.room('twins')", "\r"),
    "two forums, joined": ("!app.room('twins')", "\r", "!screen.join"),
    "two people": ("!app.room('twins')", "down", "\r"),
    "a record of a joined forum": ("!app.room('twins')", "\r", "!screen.join", "\r"),
}
"""Ways in a notebook that holds one forum twice."""
LONG: Final = "ซ่อมฝายบ้านดอนที่ประชุมกันหลังฤดูเก็บเกี่ยวของทุกหมู่บ้าน"
OF_THIS_MACHINE: Final = {"room settings", "room sync", "read in", "terminal"}
"""They show folders of this machine, or what its terminal does."""
SIZES: Final = ((80, 24), (132, 43), (60, 20))


@pytest.fixture(params=["en", "th"])
def spoken(
    request: pytest.FixtureRequest, demo: Notebook, demo_app: KmtuiApp
) -> Iterator[KmtuiApp]:
    """The app on the demo notebook, in each language."""
    words.speak(request.param)
    demo.set_owner("คุณลำดวน")
    yield demo_app
    words.speak("en")


@pytest.mark.parametrize("way", [*WAYS, *RECORDED_TWICE])
async def test_a_screen_is_whole_at_every_size(
    spoken: KmtuiApp, demo: Notebook, way: str, snapshot: SnapshotAssertion
) -> None:
    pages = []
    for title in (LONG, f"{LONG} จดอีกคน") if way in RECORDED_TWICE else ():
        recorded(demo, title, ("คุณภีมวัฒนา",), SAME * 3, title)
    async with at_home(spoken) as pilot:
        for step in WAYS.get(way) or RECORDED_TWICE.get(way, ()):
            if step.startswith("!"):
                await spoken.run_action(step[1:])
                await settle(pilot)
            else:
                await press(pilot, step)
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            await pilot.pause(0.05)

            lines = drawn(spoken)
            assert {cell_len(line) for line in lines} == {width}
            assert len(lines) == height
            for line in spoken.screen.query(KeyLine):
                whole = [f"{key} {word}" for key, word in keys.hints(*line.commands)]
                shown = [hint for hint in whole if hint in lines[-1]]
                assert shown == whole[: len(shown)]
                assert len(shown) == len(whole) or width < 80
                left = lines[-1]
                for hint in shown:
                    left = left.replace(hint, "", 1)
                assert left.strip() == "", f"half a hint: {left!r}"
            pages.append("\n".join(line.rstrip() for line in lines))

    if way not in OF_THIS_MACHINE:
        assert f"\n{'=' * 60}\n".join(pages) == snapshot


async def test_a_click_on_a_hint_presses_its_key(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        line = drawn(demo_app)[-1]
        await pilot.click(KeyLine, offset=(line.index("F3") + 1, 0))
        await settle(pilot)

        assert type(demo_app.screen).__name__ == "SessionsScreen"


async def test_a_click_marks_a_row_and_a_second_one_opens_it(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        shown = demo_app.screen.query_one(RecordList)
        at = next(at for at, row in enumerate(rows(demo_app)) if "ตอนที่ ๓" in row)
        await pilot.click(RecordList, offset=(10, at))
        await settle(pilot)
        assert shown.cursor == at
        await pilot.click(RecordList, offset=(10, at))
        await settle(pilot)

        assert isinstance(demo_app.screen, SessionScreen)


async def test_what_is_marked_is_copied_whole(demo: Notebook, demo_app: KmtuiApp) -> None:
    turn = next(one for one in demo.turns() if len(one.text) > 100)
    async with at_home(demo_app) as pilot:
        demo_app.open_record(turn.id)
        await settle(pilot)
        go_to(demo_app, turn.text[:12])
        await press(pilot)
        await demo_app.run_action("app.copy_this")
        await settle(pilot)

        assert "".join(turn.text.split()) in "".join(demo_app.clipboard.split())
        assert any(one.startswith("Copied") for one in told(demo_app))


async def test_help_tells_about_the_thing_in_hand_first(demo: Notebook, demo_app: KmtuiApp) -> None:
    lesson = demo.lessons()[0]
    async with at_home(demo_app) as pilot:
        demo_app.open_record(lesson.id)
        await settle(pilot)
        go_to(demo_app, "State")
        await press(pilot, "f1")
        assert rows(demo_app)[0] == "State · Enter goes on to the next choice."

        await press(pilot, "\x1b", "f3", "f1")
        assert rows(demo_app)[0].startswith("Type words of a title")


def test_a_conflict_has_a_card_too() -> None:
    assert ConflictCard.HINTS[0] == "conflict.take"
