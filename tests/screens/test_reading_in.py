"""Reading a transcript in: looked at first, corrected, kept as one, or left."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui.app import KmtuiApp
from kmtui.screens.choose_path import ChoosePath
from kmtui.screens.home import HomeScreen
from kmtui.screens.reading_in import ReadingInScreen
from kmtui.screens.session import SessionScreen
from store.notebook import Notebook
from store.readings import SessionWhole

from .pressing import at_home, go_to, on, press, rows, settle, told

TALK = """เวทีป่าชุมชนบ้านลมเย็น ตอนที่ ๒
วันที่ ๕ พ.ค. ๖๙

คุณมานะ              เราเริ่มที่ป่าก่อน น้ำมาทีหลัง
คุณสายพิน            เห็นด้วยค่ะ ป่าหายน้ำก็หาย
พิธีกร               ขอให้แต่ละคนพูดสั้น ๆ
คุณมานะ              ปีที่แล้วปลูกไปสามร้อยต้น
คุณสายพิน            รอดอยู่สองร้อยสิบ
"""
FOUNDING = Path(__file__).parents[3] / "shared" / "field" / "forum-part-6.txt"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talks" / "ป่าชุมชน.txt"
    path.parent.mkdir()
    path.write_text(TALK, encoding="utf-8")
    return path


async def look_at(pilot: Pilot[Any], path: Path) -> ReadingInScreen:
    """Choose a file by its path."""
    await pilot.app.run_action("app.read_in")
    await settle(pilot)
    assert isinstance(pilot.app.screen, ChoosePath)
    await press(pilot, str(path), "\r")
    assert isinstance(pilot.app.screen, ReadingInScreen)
    return pilot.app.screen


def kept(notebook: Notebook) -> SessionWhole:
    return notebook.session(notebook.sessions()[0].id)


async def test_a_file_is_walked_to_with_the_arrows(empty_app: KmtuiApp, talk: Path) -> None:
    empty_app._read_from = talk.parent.parent
    (talk.parent / "picture.png").write_bytes(b"\x89PNG")
    async with at_home(empty_app) as pilot:
        await pilot.app.run_action("app.read_in")
        await settle(pilot)
        go_to(empty_app, "talks/")
        await press(pilot, "\r")
        assert not any("picture" in row for row in rows(empty_app))
        go_to(empty_app, "ป่าชุมชน.txt")
        await press(pilot, "\r")

        assert isinstance(empty_app.screen, ReadingInScreen)


async def test_nothing_is_kept_before_it_is_asked_for(
    empty: Notebook, empty_app: KmtuiApp, talk: Path
) -> None:
    async with at_home(empty_app) as pilot:
        await look_at(pilot, talk)
        assert "5 turns · 3 speakers" in rows(empty_app)[0]
        assert any("2 turns คุณมานะ" in row for row in rows(empty_app))
        await press(pilot, "\x1b")

        assert isinstance(empty_app.screen, HomeScreen)
    assert empty.sessions() == ()
    assert empty.people() == ()


async def test_what_is_looked_at_is_kept_with_one_key_and_shown(
    empty: Notebook, empty_app: KmtuiApp, talk: Path
) -> None:
    async with at_home(empty_app) as pilot:
        await look_at(pilot, talk)
        await press(pilot, "f10")

        assert isinstance(empty_app.screen, SessionScreen)
    found = kept(empty)
    assert len(found.turns) == 5
    assert (found.session.part, found.session.date) == (2, date(2026, 5, 5))
    assert {one.name for one in empty.people()} == {"คุณมานะ", "คุณสายพิน"}


async def test_a_role_word_is_asked_about_and_its_name_taken(
    empty: Notebook, empty_app: KmtuiApp, talk: Path
) -> None:
    async with at_home(empty_app) as pilot:
        await look_at(pilot, talk)
        go_to(empty_app, "Who is “พิธีกร”?")
        await press(pilot, "\r", "อ.วรรณา", "\r")
        assert on(empty_app) == "Who is “พิธีกร”? อ.วรรณา"
        await press(pilot, "f10")

    found = kept(empty)
    assert [found.speaker_name(one) for one in found.turns][2] == "อ.วรรณา"


async def test_the_head_is_corrected_before_it_is_kept(
    empty: Notebook, empty_app: KmtuiApp, talk: Path
) -> None:
    async with at_home(empty_app) as pilot:
        await look_at(pilot, talk)
        for row, words in (("Title", "ป่ากับน้ำ"), ("Day", "6 พ.ค. 2568"), ("Part", "๓")):
            go_to(empty_app, row)
            await press(pilot, "\r", "ctrl+u", words, "\r")
        await press(pilot, "f10")

    found = kept(empty).session
    assert (found.title, found.date, found.part) == ("ป่ากับน้ำ", date(2025, 5, 6), 3)


async def test_a_name_that_is_nearly_known_is_asked_about(
    demo: Notebook, demo_app: KmtuiApp, tmp_path: Path
) -> None:
    known = next(one.name for one in demo.people() if one.name == "คุณเดือนเพ็ญ")
    path = tmp_path / "t.txt"
    near = known.replace("เพ็ญ", "เพ็น")
    path.write_text(f"{near}: หนึ่ง\nคุณแปลก: สอง\n{near}: สาม\n", encoding="utf-8")
    before = len(demo.people())
    async with at_home(demo_app) as pilot:
        await look_at(pilot, path)
        go_to(demo_app, f"{near} is {known}?")
        assert on(demo_app).endswith("yes")
        await press(pilot, "\r")
        assert on(demo_app).endswith("no")
        await press(pilot, "f10")

    assert {near, "คุณแปลก"} <= {one.name for one in demo.people()}
    assert len(demo.people()) == before + 2


async def test_a_file_that_was_read_in_before_says_so(
    empty: Notebook, empty_app: KmtuiApp, talk: Path
) -> None:
    async with at_home(empty_app) as pilot:
        await look_at(pilot, talk)
        await press(pilot, "f10", "\x1b")
        await look_at(pilot, talk)

        assert "read in before" in rows(empty_app)[0]
        await press(pilot, "\x1b")
    assert len(empty.sessions()) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 200, "cannot be read as text"),
        ("ไม่มีใครพูดอะไรเลยในไฟล์นี้\n".encode(), "No speaker was found"),
    ],
)
async def test_what_is_no_transcript_is_refused_in_a_sentence(
    empty: Notebook, empty_app: KmtuiApp, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    async with at_home(empty_app) as pilot:
        await pilot.app.run_action("app.read_in")
        await settle(pilot)
        await press(pilot, str(path), "\r")

        assert said in told(empty_app)[-1]
        assert isinstance(empty_app.screen, HomeScreen)
    assert empty.sessions() == ()


async def test_a_path_that_leads_nowhere_is_said(empty_app: KmtuiApp, tmp_path: Path) -> None:
    async with at_home(empty_app) as pilot:
        await pilot.app.run_action("app.read_in")
        await settle(pilot)
        await press(pilot, str(tmp_path / "none.txt"))
        assert rows(empty_app) == [f"▸ Enter goes to {tmp_path / 'none.txt'}"]
        await press(pilot, "\r")

        assert "There is nothing at" in told(empty_app)[-1]
        assert isinstance(empty_app.screen, ChoosePath)


async def test_a_folder_that_is_read_after_its_screen_was_left_changes_nothing(
    empty_app: KmtuiApp,
) -> None:
    async with at_home(empty_app) as pilot:
        await pilot.app.run_action("app.read_in")
        await settle(pilot)
        screen = empty_app.screen
        assert isinstance(screen, ChoosePath)
        await press(pilot, "\x1b")

        screen._show(())

        assert not isinstance(empty_app.screen, ChoosePath)


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding forum is not beside the project")
async def test_the_founding_forum_is_read_in_on_the_screen(
    empty: Notebook, empty_app: KmtuiApp
) -> None:
    async with at_home(empty_app) as pilot:
        await look_at(pilot, FOUNDING)
        assert "27 turns · 6 speakers" in rows(empty_app)[0]
        go_to(empty_app, "พอช. is the agency of คุณพัช?")
        await press(pilot, "\r", "f10")

    found = kept(empty)
    assert len(found.turns) == 27
    assert found.session.part == 6
    assert [one.short for one in empty.agencies()] == ["พอช."]
