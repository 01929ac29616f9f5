"""The menu finds a command by Thai or English, spelt another way, or with a slip of a tone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.command import CommandPalette

from kmtui import words
from kmtui.app import KmtuiApp
from kmtui.palette import Commands, fitting
from kmtui.screens.lessons import LessonsRoom
from kmtui.screens.trash import TrashRoom

from .pressing import at_home, burst, drawn, press, until


@pytest.fixture
def thai(thai_demo: KmtuiApp) -> Iterator[KmtuiApp]:
    yield thai_demo
    words.speak("en")


@pytest.mark.parametrize(
    ("name", "typed", "score"),
    [
        ("บทเรียน · Lessons  (F4)", "บทเรียน", 1.0),
        ("บทเรียน · Lessons  (F4)", "less", 1.0),
        ("บทเรียน · Lessons  (F4)", "เรียน", 0.8),
        ("แก้สองเครื่อง", "เเก้สอง", 1.0),
        ("ทำซ้ำ", "ทําซํ้า", 1.0),
        ("ทำซ้ำ", "ทำซำ", 0.4),
        ("แก้สองเครื่อง", "เครือง แก", 0.4),
        ("ถังขยะ · Trash", "ＴＲＡ", 1.0),
        ("ตอนที่ ๒", "ตอนที่ 2", 1.0),
        ("New forum  (F2)", "nf", 0.1),
        ("New forum  (F2)", "forum new", 0.8),
    ],
)
def test_the_better_a_name_fits_the_higher_it_stands(name: str, typed: str, score: float) -> None:
    found = fitting(name, typed)

    assert found is not None
    assert found.score == score


@pytest.mark.parametrize("typed", ["", "  ", "ฮฮฮ", "z"])
def test_what_is_nowhere_in_a_name_does_not_fit(typed: str) -> None:
    assert fitting("บทเรียน · Lessons", typed) is None


@pytest.mark.parametrize(
    ("name", "typed", "parts"),
    [
        ("ถังขยะ · Trash", "ถัง", ["ถัง"]),
        ("ถังขยะ · Trash", "trash ขยะ", ["ขยะ", "Trash"]),
        ("น้ำใจ", "นํ้า", ["น้ำ"]),
        ("น้ำใจ", "น", ["น้ำ"]),
        ("ทำซ้ำ", "ซำ", ["ซ้ำ"]),
        ("New forum  (F2)", "nf", ["N", "f"]),
        ("เรื่องนี้", "รน", ["รื่", "นี้"]),
    ],
)
def test_what_was_looked_for_stands_out_in_whole_letters(
    name: str, typed: str, parts: list[str]
) -> None:
    found = fitting(name, typed)

    assert found is not None
    assert [name[start:end] for start, end in found.spans] == parts


async def test_what_fits_exactly_stands_above_what_fits_but_for_a_tone(thai: KmtuiApp) -> None:
    async with at_home(thai):
        hits = [hit async for hit in Commands(thai.screen).search("บทเรี่ยน")]
        exact = [hit async for hit in Commands(thai.screen).search("บทเรียน")]

    assert hits
    assert exact
    assert max(hit.score for hit in hits) < min(
        hit.score for hit in exact if "บทเรียน" in (hit.text or "")
    )


@pytest.mark.parametrize("typed", ["ถังขยะ", "trash", "ถังขยะ\u200b"])
async def test_a_room_is_opened_by_its_name(thai: KmtuiApp, typed: str) -> None:
    async with at_home(thai) as pilot:
        await press(pilot, "ctrl+p")
        assert isinstance(thai.screen, CommandPalette)
        burst(thai, typed)
        await until(pilot, lambda: any("Trash" in line for line in drawn(thai)), "the trash")
        await pilot.pause(0.3)
        burst(thai, "\r")
        await until(pilot, lambda: isinstance(thai.screen, TrashRoom), "the room")


async def test_a_slip_of_a_tone_is_forgiven_below_what_fits(thai: KmtuiApp) -> None:
    async with at_home(thai) as pilot:
        await press(pilot, "ctrl+p")
        burst(thai, "บทเรี่ยน")
        await until(pilot, lambda: any("Lessons" in line for line in drawn(thai)), "it")
        await pilot.pause(0.3)
        burst(thai, "\r")
        await until(pilot, lambda: isinstance(thai.screen, LessonsRoom), "the room")
