"""Keep a small notebook as this version leaves it: `just keep-view 1.0` before a release.

Every later version is tested with it (``tests/store/test_view_shape.py``).
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from store.edits import Add
from store.notebook import Notebook
from store.records import Agency, Attendance, Lesson, Outcome, Person, Session, Turn

VIEWS = Path(__file__).parent / "store" / "views"
_NOON = datetime(2026, 5, 17, 12, tzinfo=UTC)


def make(folder: Path) -> None:
    """Write a notebook with one forum, its lines sealed and its view whole."""
    letters = count(1)
    with Notebook.open(
        folder, now=lambda: _NOON, entropy=lambda: next(letters), chance=lambda n: bytes(range(n))
    ) as book:
        book.set_owner("ก้อย")
        agency, person, session = (book.new_id(kind) for kind in ("agency", "person", "session"))
        turn = book.new_id("turn", session)
        book.save(
            Add(Agency(id=agency, short="กศน.")),
            Add(Person(id=person, name="ลุงต้อม", agency=agency)),
            Add(Session(id=session, title="เวทีน้ำประปา", place="วัดป่า")),
            Add(Attendance(session=session, person=person, roles=frozenset({"recorder"}))),
            Add(Turn(id=turn, session=session, speaker=person, text="น้ำไม่ไหลตอนเช้า")),
            Add(Lesson(session=session, title="ตรวจถังก่อนหน้าแล้ง", evidence=frozenset({turn}))),
            Add(Outcome(session=session, kind="action", text="ล้างถัง", owner=person)),
        )
        book.verify(rebuild=True)


if __name__ == "__main__":
    make(VIEWS / sys.argv[1])
