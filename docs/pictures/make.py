"""Draw the pictures of README and manual from the app itself, on the demo notebook.

``just pictures``. Textual's own export gives every letter the width of a code point, so that Thai,
where a cluster of up to four code points stands in one cell, is pulled apart. Here each cluster
is put into its own cell.
"""

from __future__ import annotations

import asyncio
import html
import os
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"

from rich.cells import cell_len
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

from kmtui import demo, words
from kmtui.app import KmtuiApp
from store.edits import Add, Change, Delete
from store.notebook import Notebook
from store.readings import SessionWhole
from store.records import Attendance, Outcome, Session, Turn

OLD: Final = """ประชุมปิดบัญชีร้านค้าชุมชน ครั้งที่ 2
วันที่ 12 ก.พ. 69 ณ ศาลากลางบ้าน

คุณลำดวน   เปิดสมุดบัญชีดูกันก่อน กำไรปีนี้มาจากไหนบ้าง

ลุงเปลื้อง   ข้าวสารกับน้ำมัน อย่างอื่นขายไม่ค่อยออก

ป้าแฉล้ม   ปีหน้าลองลดของค้างชั้น แล้วเอาเงินไปลงข้าวสาร

คุณลำดวน   ตกลงตามนี้ ใครตรวจสต็อกเดือนหน้า
"""
"""A transcript that somebody typed on paper's lines, long before there was a notebook."""
STICK: Final = "แฟลชไดรฟ์"
FOLDER: Final = Path(__file__).parent
NOW: Final = datetime(2026, 11, 22, 10, 42, tzinfo=timezone(timedelta(hours=7)))
CELL: Final = 9.0
"""Width of a cell; a letter of a fixed font is 0.6 of its size."""
LINE: Final = 19.0
SIZE: Final = 15.0
MARGIN: Final = 12.0
FONTS: Final = (
    "'Noto Sans Mono','DejaVu Sans Mono',Consolas,Menlo,'Noto Sans Thai',Tahoma,monospace"
)
WIDE: Final = frozenset("ฌญฐฑฒณฤฦฬฮ")
"""Thai letters that are wider than a cell in fonts for reading: drawn narrower."""
FALLBACK: Final = (ColorTriplet(0xE6, 0xE2, 0xD3), ColorTriplet(0x16, 0x19, 0x1D))
"""Ink and ground where the app leaves the choice to the terminal."""


def clusters(text: str) -> Iterator[str]:
    """Letters with the marks above and below them: what stands in a cell together."""
    held = ""
    for letter in text:
        if held and (unicodedata.category(letter) in ("Mn", "Me", "Cf") or letter == "ำ"):
            held += letter
            continue
        if held:
            yield held
        held = letter
    if held:
        yield held


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """What is drawn by itself, with the cell that it begins in: Thai by cluster, others by word."""
    at, word, begins = 0, "", 0
    for cluster in clusters(text):
        thai = "\u0e01" <= cluster[0] <= "\u0e5b"
        if (thai or cluster.isspace()) and word:
            yield begins, word
            word = ""
        if thai:
            yield at, cluster
        elif not cluster.isspace():
            begins = at if not word else begins
            word += cluster
        at += cell_len(cluster)
    if word:
        yield begins, word


def colours(style: Style | None) -> tuple[ColorTriplet, ColorTriplet]:
    """Ink and ground of a style as they come out of the terminal."""
    ink, ground = FALLBACK
    if style is not None:
        if style.color is not None and style.color.triplet is not None:
            ink = style.color.triplet
        if style.bgcolor is not None and style.bgcolor.triplet is not None:
            ground = style.bgcolor.triplet
        if style.reverse:
            ink, ground = ground, ink
        if style.dim:
            ink = ColorTriplet(*((a + b) // 2 for a, b in zip(ink, ground, strict=True)))
    return ink, ground


def drawn_row(strip: Strip, row: int, here: str) -> Iterator[str]:
    """One line of the terminal: grounds first, then letters; the folder here is somebody's home."""
    letters: list[str] = []
    at, top = 0, MARGIN + row * LINE
    for segment in strip:
        if segment.control:
            continue
        text = segment.text.replace(here, "~")
        text += " " * (cell_len(segment.text) - cell_len(text))
        ink, ground = colours(segment.style)
        width = cell_len(text)
        if ground != FALLBACK[1]:
            yield (
                f'<rect x="{MARGIN + at * CELL:.1f}" y="{top:.1f}" width="{width * CELL:.1f}"'
                f' height="{LINE + 0.5}" fill="{ground.hex}"/>'
            )
        weight = ' font-weight="bold"' if segment.style and segment.style.bold else ""
        for cell, piece in pieces(text):
            middle = MARGIN + (at + cell + cell_len(piece) / 2) * CELL
            foot = top + LINE * 0.74
            place = f'x="{middle:.1f}" y="{foot:.1f}"'
            if piece[0] in WIDE and cell_len(piece) == 1:
                place = f'transform="translate({middle:.1f} {foot:.1f}) scale(.75 1)"'
            letters.append(f'<text {place} fill="{ink.hex}"{weight}>{html.escape(piece)}</text>')
        at += width
    yield from letters


def picture(strips: Iterable[Strip], columns: int, title: str, here: str) -> str:
    """The screen as SVG; the words stay words, so it can be searched and read out."""
    rows = list(strips)
    width, height = columns * CELL + 2 * MARGIN, len(rows) * LINE + 2 * MARGIN
    body = "\n".join(part for row, strip in enumerate(rows) for part in drawn_row(strip, row, here))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' font-family="{FONTS}" font-size="{SIZE}" text-anchor="middle" role="img">\n'
        f"<title>{html.escape(title)}</title>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{FALLBACK[1].hex}"/>\n{body}\n</svg>\n'
    )


def drawn(app: KmtuiApp, title: str) -> str:
    """What the app shows now."""
    strips = app.screen._compositor.render_strips()
    return picture(strips, app.size.width, title, str(app._notebook.folder.parent))


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type as a keyboard does, marks and all; ``Pilot.press`` drops those that combine."""
    for letter in text:
        pilot.app.post_message(events.Key(letter, letter))
    await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the notebook has answered and the screen is drawn."""
    app = pilot.app
    assert isinstance(app, KmtuiApp)
    for _ in range(3):
        app._store_thread.submit(lambda: None).result()
        await pilot.pause()


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen, how it is reached from Home, and how large it is drawn."""

    title: str
    steps: tuple[str, ...] = ()
    """Keys by name; ``!`` before an action; ``"`` before words that are typed."""
    size: tuple[int, int] = (80, 24)
    met: bool = False
    """After the meeting that ``sync`` shows the beginning of."""


_LATEST: Final = ("down", "enter")
SCENES: Final = {
    "home": Scene("หน้าแรก"),
    "new-forum": Scene("เปิดเวที", ("f2", '"เวทีออมวันละบาท ตอนที่ 5')),
    "record": Scene("จดเวที", ("insert", '"ถ้าไม่มีคนจด ก็เหมือนไม่ได้คุยกัน')),
    "record-wide": Scene("จดเวที จอกว้าง", ("insert", '"ใครรับไปทำ'), (132, 43)),
    "people-here": Scene("ใครอยู่ในเวที", ("insert", "ctrl+r")),
    "finish": Scene("ปิดเวที", ("insert", "f10")),
    "session": Scene("เวทีหนึ่ง", _LATEST),
    "sessions": Scene("ทุกเวที", ("f3", '"น้ำ')),
    "lessons": Scene("บทเรียน", ("f4",)),
    "lesson": Scene("บทเรียนหนึ่ง", ("f4", "enter")),
    "outcomes": Scene("งานและข้อตกลง", ("!room('outcomes')",)),
    "people": Scene("คน", ("!room('people')",)),
    "person": Scene("คนหนึ่ง", ("!room('people')", "enter")),
    "series": Scene("ชุดเวที", ("!room('series')",)),
    "conflicts": Scene("แก้สองที่", ("!room('conflicts')",)),
    "conflict": Scene("แก้สองที่: เลือก", ("!room('conflicts')", "enter")),
    "history": Scene("ประวัติ", ("f4", "enter", "!screen.history")),
    "menu": Scene("เมนู", ("f12",)),
    "help": Scene("วิธีใช้", ("f1",)),
    "trash": Scene("ถังขยะ", ("!room('trash')",)),
    "settings": Scene("ตั้งค่า", ("!room('settings')",)),
    "reading-in": Scene("นำเข้าบันทึกเดิม", ("!app.read_in", "down", "enter")),
    "sync": Scene("เจอกับเครื่องอื่น", ("!room('sync')", "f5")),
    "twins": Scene("จดซ้ำ", ("!room('twins')",), met=True),
    "twin-forums": Scene("เวทีเดียว จดสองที่", ("!room('twins')", "enter"), met=True),
}


def as_it_was(folder: Path, stick: Path) -> None:
    """A notebook as it stands after a month: it has met another laptop, and both wrote a lesson."""
    later = NOW + timedelta(minutes=5)
    with (
        Notebook.open(folder, now=lambda: NOW) as here,
        Notebook.open(folder.with_name("นก"), now=lambda: later) as there,
    ):
        here.set_owner("ลำดวน")
        there.set_owner("นก")
        for one in (here, there, here):
            one.meet(stick)
        lesson = here.lessons()[0].id
        here.save(Change(lesson, {"next": "จดให้เสร็จ แล้วอ่านทวนก่อนปิดเวที"}))
        there.save(Change(lesson, {"next": "จดให้เสร็จ แล้วติดไว้ที่ศาลา"}))
        for one in (here, there, here):
            one.meet(stick)
        nok_was_there_too(there, here.session(here.sessions()[0].id))
        there.meet(stick)
        thrown = here.save(Add(Outcome(session=here.sessions()[0].id, text="ลองพิมพ์ดู"))).record.id
        here.save(Delete(thrown))


def nok_was_there_too(nok: Notebook, forum: SessionWhole) -> None:
    """The latest forum once more, as another recorder wrote it."""
    whole = forum.session
    session = nok.new_id("session")
    heard, further = [turn for turn in forum.turns if turn.speaker][:2]
    nok.save(
        Add(Session(id=session, title="กองทุนน้ำ ครั้งที่ 4", date=whole.date, place=whole.place)),
        *(Add(Attendance(session=session, person=one.person)) for one in forum.attendance[:3]),
        *(
            Add(Turn(session=session, place=at, text=text, speaker=speaker))
            for at, (text, speaker) in enumerate(
                (
                    (heard.text, heard.speaker),
                    ("ใครมีรถกระบะไปขนท่อบ้าง", further.speaker),
                    (further.text, further.speaker),
                ),
                start=1,
            )
        ),
    )


async def draw_one(notebook: Notebook, scene: Scene) -> str:
    """Go there, and draw it."""
    app = KmtuiApp(notebook, now=lambda: NOW)
    app._read_from = notebook.folder.with_name("แฟ้ม")
    async with app.run_test(size=scene.size, notifications=False) as pilot:
        await settled(pilot)
        for step in scene.steps:
            if step.startswith("!"):
                await app.run_action(step[1:].replace("room(", "app.room("), app.screen)
            elif step.startswith('"'):
                await typed(pilot, step[1:])
            else:
                await pilot.press(step)
            await settled(pilot)
        return drawn(app, f"kmtui: {scene.title}")


async def draw_all(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """These scenes, by the picture's name."""
    with Notebook.open(folder, now=lambda: NOW) as notebook:
        found = {}
        for name in sorted(names, key=lambda name: SCENES[name].met):
            if SCENES[name].met:
                notebook.meet(folder.with_name(STICK))
            found[name] = await draw_one(notebook, SCENES[name])
        return found


def main(target: Path = FOLDER, names: Iterable[str] = SCENES) -> None:
    """Draw them on the demo notebook, beside this program or where the line says."""
    words.speak("th")
    with tempfile.TemporaryDirectory() as place:
        notebook = Path(place) / "ลมเย็น"
        demo.make(notebook, NOW)
        stick = Path(place) / STICK
        stick.mkdir()
        papers = Path(place) / "แฟ้ม"
        papers.mkdir()
        (papers / "ร้านค้าชุมชน.txt").write_text(OLD, encoding="utf-8")
        as_it_was(notebook, stick)
        for name, svg in asyncio.run(draw_all(notebook, names)).items():
            (target / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    where, *some = sys.argv[1:] or [str(FOLDER)]
    main(Path(where), some or SCENES)
