"""How the Record screen and its neighbours look, at each size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kmtui import words
from kmtui.screens.record import RecordScreen
from store.edits import Add
from store.notebook import Notebook
from store.records import Agency, Attendance, Person, RecordId, Session
from store.vocabulary import Role

from .forum_app import NOW, ForumApp
from .test_record import burst, settled

SIZES = [(80, 24), (60, 20), (132, 43)]
HERE: dict[str, Role | None] = {
    "คุณชะเอม": "recorder",
    "คุณปกรณ์": "facilitator",
    "คุณเกียรติชัย": "coordinator",
    "คุณมานะ": None,
}
KEYS = (
    "ปกรณ์: บทบาทคุณอำนวยของตำบลเราทำได้หรือเปล่า\r",
    "มานะ: ได้ แต่ช่วงแรกยังไม่ชัดว่าใครต้องทำอะไรบ้าง ขอให้เขียนออกมาก่อน\r",
    "// มาสายสองคน\r",
    "= หน้าที่ของแต่ละบทบาท\r",
    "เกียรติชัย: คนจดสำคัญที่สุด ถ้าไม่มีคนจดก็ไม่เหลืออะไรให้เอาไปทำต่อ\r",
    "f6",
    "ตั้งคนจดก่อนเริ่มเวที\r",
    "ปกรณ์: ตกลงตามนี้\r",
    "f7",
    "ทุกหน่วยงานเขียนบทบาทของตน\r",
    "f8",
    "รวมบทบาทเป็นแผ่นเดียว @มานะ ภายใน 30 พ.ย. 2569\r",
    "\t",
    "ครั้งหน้าใครจะ",
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[ForumApp]:
    words.speak("th")
    with Notebook.open(tmp_path / "notebook", now=lambda: NOW) as notebook:
        session = notebook.save(Add(Session(title="เวทีเงินออมบ้านนาโพธิ์ ตอนที่ ๒"))).record.id
        agency = notebook.save(Add(Agency(short="กศน."))).record.id
        for name, role in HERE.items():
            _come(notebook, session, agency, name, role)
        yield ForumApp(notebook, session)
    words.speak("en")


def _come(
    notebook: Notebook, session: RecordId, agency: RecordId, name: str, role: Role | None
) -> None:
    person = notebook.save(Add(Person(name=name, agency=agency))).record.id
    roles: frozenset[Role] = frozenset({role}) if role else frozenset()
    notebook.save(Add(Attendance(session=session, person=person, agency=agency, roles=roles)))


async def typed(pilot: Pilot[None], *more: str) -> None:
    """The forum so far, with everything kept and the caret standing still."""
    app = pilot.app
    assert isinstance(app, ForumApp)
    while len(app.screen_stack) < 3:
        await pilot.pause()
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, RecordScreen)
    burst(app, *KEYS, *more)
    await settled(pilot)
    screen.read_again()  # not after a while, but now
    await settled(pilot)
    screen.line.cursor_blink = False
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
def test_record_at(app: ForumApp, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=typed)


def test_record_in_light_colours(app: ForumApp, snap_compare: Any) -> None:
    async def light(pilot: Pilot[None]) -> None:
        await typed(pilot)
        pilot.app.theme = "kmtui-light"
        await pilot.pause()

    assert snap_compare(app, terminal_size=(80, 24), run_before=light)


def test_a_lesson_being_drawn(app: ForumApp, snap_compare: Any) -> None:
    async def drawing(pilot: Pilot[None]) -> None:
        await typed(pilot, "f6", "ชื่อบทเรียน")

    assert snap_compare(app, terminal_size=(80, 24), run_before=drawing)


def test_a_name_being_asked_about(app: ForumApp, snap_compare: Any) -> None:
    async def asking(pilot: Pilot[None]) -> None:
        await typed(pilot, "\r", "คุณชะเอน: ก็ได้\r")

    assert snap_compare(app, terminal_size=(80, 24), run_before=asking)


@pytest.mark.parametrize("key", ["ctrl+r", "f10"])
def test_the_screen_behind(app: ForumApp, snap_compare: Any, key: str) -> None:
    async def opened(pilot: Pilot[None]) -> None:
        await typed(pilot)
        await pilot.press(key)
        await settled(pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)
