"""Notebooks to measure on: as many forums as wanted, written through the store's own door.

``python -m bench.notebooks FOLDER --sessions 1000`` writes one. The other programs ask for
``kept(sessions)``, which writes it once and finds it again.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from store.edits import Add, Edit
from store.notebook import Notebook
from store.records import Agency, Attendance, Lesson, Person, RecordId, Series, Session, Turn
from store.vocabulary import ROLES

TURNS: Final = 40
LESSONS: Final = 3
PEOPLE: Final = 8
"""At each forum, of the team's eighty."""
_TEAM: Final = 80
_IN_ONE_SAVE: Final = 10
"""Forums."""
_KEEP_EVERY: Final = 40
"""Saves, after which the view is written: what an app does while nobody types."""
_SHAPE: Final = 1
"""Goes up when what is written changes, so that kept notebooks are not taken for new ones."""
_ZONE: Final = timezone(timedelta(hours=7))
_FIRST: Final = datetime(2020, 1, 6, 9, 0, tzinfo=_ZONE)

_NAMES: Final = ["ก้อย", "เดือน", "ต้อม", "แป้น", "ปุ้ย", "หนึ่ง", "อ้อม", "เอก"]
_TITLES: Final = ["คุณ", "พี่", "ลุง", "ป้า", "ผู้ใหญ่", "อ.", "หมอ", "น้า", "ครู", "กำนัน"]
_PLACES: Final = ["ศาลาบ้านท่าช้าง", "วัดบ้านเหนือ", "โรงเรียนบ้านนาหิน", "ที่ทำการกลุ่มบ้านคลองใหม่"]
_AGENCIES: Final = ["กองทุนหมู่บ้าน", "อนามัยตำบล", "เกษตรตำบล", "โรงเรียน", "กลุ่มแม่บ้าน", "สภาเด็ก"]
_TOPICS: Final = [
    "เวทีน้ำประปาหมู่บ้าน",
    "เวทีกองทุนวันละบาท",
    "เวทีขยะต้นทาง",
    "เวทีป่าชุมชน",
    "เวทีตลาดนัดสีเขียว",
]
_SAID: Final = (
    "เรื่องนี้ต้องคุยกับคนในหมู่บ้านให้ครบก่อน แล้วค่อยมาตกลงกัน",
    "บัญชีปีก่อนยังไม่มีใครสรุป เลยไม่รู้ว่าเหลือเท่าไร",
    "ของบ้านเหนือเขาทำมาสองปีแล้ว ลองชวนเขามาเล่าให้ฟัง",
    "ถ้าให้เด็กช่วยจดก็ได้ แต่ต้องมีคนอ่านทวนตอนท้าย",
    "น้ำไม่ไหลช่วงเช้า เพราะถังพักเล็กเกินไป",
    "ผมว่าแบ่งเป็นสามกลุ่ม แล้วให้แต่ละกลุ่มเลือกคนนำเอง",
    "ประชุมคราวก่อนตกลงกันไว้แล้ว แต่ไม่มีใครรับไปทำต่อ",
    "คนที่มาวันนี้มีแต่คนเดิม คนรุ่นใหม่ยังไม่ค่อยมา",
    "เงินไม่ใช่ปัญหา ปัญหาคือเวลา ทุกคนติดหน้านา",
    "ขอให้ลงชื่อไว้ด้วย จะได้ตามกันถูก",
    "เห็นด้วย",
    "แล้วใครจะเป็นคนไปบอกทางอำเภอ",
)
_LEARNT: Final = (
    "อ่านทวนให้ทุกคนฟังก่อนเลิก จะได้แก้กันตรงนั้น",
    "ให้คนที่ทำจริงเป็นคนเล่า คนฟังถามได้มากกว่า",
    "ตั้งคนจดสองคน คนหนึ่งจดคำพูด อีกคนจดข้อตกลง",
    "นัดตอนเย็นหลังเลิกงาน คนมาครบกว่าตอนเช้า",
)


class Author:
    """Writes forums; the same seed writes the same notebook."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.now = _FIRST
        self.people: list[RecordId] = []
        self.agencies: list[RecordId] = []
        self.series: list[RecordId] = []

    def begin(self, notebook: Notebook) -> None:
        """The team, its agencies and its series."""
        agencies = [Add(Agency(short=short, full=f"{short}บ้านท่าช้าง")) for short in _AGENCIES]
        people = [
            Add(Person(name=f"{_TITLES[at // len(_NAMES)]}{_NAMES[at % len(_NAMES)]}"))
            for at in range(_TEAM)
        ]
        series = [Add(Series(title=f"ชุด{topic}")) for topic in _TOPICS]
        for edits, ids in (
            (agencies, self.agencies),
            (people, self.people),
            (series, self.series),
        ):
            ids += [record.id for record in notebook.save(*edits).records]

    def forum(self, notebook: Notebook, number: int) -> Iterator[Edit]:
        """One forum with its people, its words and its lessons."""
        self.now += timedelta(hours=self.random.choice((3, 5, 8)))
        day: date = self.now.date()
        topic = number % len(_TOPICS)
        session = notebook.new_id("session")
        yield Add(
            Session(
                id=session,
                title=f"{_TOPICS[topic]} ครั้งที่ {number + 1}",
                series=self.series[topic],
                part=number // len(_TOPICS) + 1,
                date=day,
                place=self.random.choice(_PLACES),
            )
        )
        here = self.random.sample(self.people, PEOPLE)
        for seat, person in enumerate(here):
            roles = frozenset({ROLES[seat]}) if seat < len(ROLES) and number % 7 else frozenset()
            agency = self.agencies[seat % len(self.agencies)]
            yield Add(Attendance(session=session, person=person, agency=agency, roles=roles))
        turns = [notebook.new_id("turn", session) for _ in range(TURNS)]
        for place, turn in enumerate(turns, start=1):
            said = " ".join(self.random.choices(_SAID, k=self.random.choice((1, 2, 3, 4))))
            speaker = self.random.choice(here)
            yield Add(
                Turn(id=turn, session=session, place=place * 1024, speaker=speaker, text=said)
            )
        for _ in range(LESSONS):
            yield Add(self.lesson(session, self.random.choice(turns)))

    def lesson(self, session: RecordId, turn: RecordId) -> Lesson:
        """A lesson drawn from one turn."""
        learnt, expected, happened = self.random.choices(_LEARNT, k=3)
        return Lesson(
            session=session,
            title=learnt,
            expected=expected,
            happened=happened,
            evidence=frozenset({turn}),
        )


def write(folder: Path, sessions: int, seed: int = 6) -> None:
    """Write a notebook of this many forums into an empty folder."""
    author = Author(seed)

    def moment() -> datetime:
        author.now += timedelta(milliseconds=5)
        return author.now

    with Notebook.open(
        folder,
        now=moment,
        entropy=lambda: author.random.getrandbits(64),
        chance=author.random.randbytes,
    ) as notebook:
        author.begin(notebook)
        for lap, first in enumerate(range(0, sessions, _IN_ONE_SAVE)):
            numbers = range(first, min(first + _IN_ONE_SAVE, sessions))
            notebook.save(*(edit for number in numbers for edit in author.forum(notebook, number)))
            if lap % _KEEP_EVERY == _KEEP_EVERY - 1:
                notebook.idle()
        notebook.idle()


def kept(sessions: int) -> Path:
    """A notebook of this many forums, written when it was first asked for. Do not write in it.

    It stands in ``KMTUI_BENCH``, else in a folder ``kmtui-bench`` beside other passing files,
    which must be on a real disk for the figures to mean something.
    """
    folder = _place() / f"forums-{sessions}-{_SHAPE}"
    if not folder.exists():
        passing = Path(tempfile.mkdtemp(dir=_place()))
        began = time.perf_counter()
        write(passing / "notebook", sessions)
        (passing / "notebook").rename(folder)
        passing.rmdir()
        print(f"wrote {sessions} forums in {time.perf_counter() - began:.0f} s")
    return folder


def copy_of(sessions: int, place: Path) -> Path:
    """A copy of a kept notebook that may be written in."""
    folder = place / f"forums-{sessions}"
    shutil.copytree(kept(sessions), folder)
    return folder


def passing_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder beside the kept notebooks, on the same disk; gone after the measuring."""
    return tempfile.TemporaryDirectory(dir=_place(), ignore_cleanup_errors=True)


def _place() -> Path:
    folder = Path(os.environ.get("KMTUI_BENCH") or Path(tempfile.gettempdir()) / "kmtui-bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main() -> None:
    """Write one notebook where the line says."""
    parser = argparse.ArgumentParser(description="Write a notebook to measure on.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=6)
    line = parser.parse_args()
    began = time.perf_counter()
    write(line.folder, line.sessions, line.seed)
    print(f"{line.sessions} forums in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
