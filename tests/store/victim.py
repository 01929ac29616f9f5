"""A notebook that meets strange sticks, and everything that is asked of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from store.changes import segments
from store.edits import Add
from store.notebook import Notebook
from store.records import (
    Agency,
    Attendance,
    Lesson,
    Outcome,
    Person,
    RecordId,
    Review,
    Series,
    Session,
    Turn,
)
from tests.store.meeting import Team
from tests.store.strange_lines import Known

KEPT: Final = ("เวทีน้ำบ้านดอน", "น้ำมาช้าทุกปี", "ซ่อมฝายก่อนฝน")
"""Words of a forum that no stick edits; some repeat the ids of its lines."""


@dataclass
class Template:
    """A notebook and a stick, to be copied for each trial."""

    folder: Path
    known: Known
    mine: RecordId
    """The forum that nobody edits."""
    words: dict[str, Any]
    """What stands in it."""
    trouble: list[str] = field(default_factory=list)


def _fill(book: Notebook, title: str, text: str, lesson: str) -> list[RecordId]:
    new = book.new_id
    session, person, agency, series = new("session"), new("person"), new("agency"), new("series")
    turn, drawn, agreed = new("turn", session), new("lesson", session), new("outcome", session)
    book.save(
        Add(Series(id=series, title=f"ชุด{title}")),
        Add(Session(id=session, title=title, place="วัดดอน", series=series)),
        Add(Agency(id=agency, short="อบต.")),
        Add(Person(id=person, name=f"คุณ{title}", agency=agency)),
    )
    book.save(Add(Attendance(session=session, person=person, roles=frozenset({"recorder"}))))
    book.save(Add(Turn(id=turn, session=session, speaker=person, text=text, place=1)))
    book.save(
        Add(Lesson(id=drawn, session=session, title=lesson, evidence=frozenset({turn}))),
        Add(Outcome(id=agreed, session=session, text="ทำป้าย", owner=person)),
        Add(Review(session=session, person=person, answers={"1": "ได้ฟัง"})),
    )
    return [session, person, agency, series, turn, drawn, agreed]


def template(folder: Path) -> Template:
    """Two laptops that have met, one of them with a forum of its own that it shows to nobody."""
    team = Team(folder)
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    theirs = _fill(daeng, "เวทีดิน", "ดินเค็ม", "ปลูกพืชคลุม")
    shared = _fill(nok, "เวทีป่า", "ป่าโปร่ง", "กันไฟก่อนแล้ง")
    mine = _fill(nok, *KEPT)
    for book in (nok, daeng, nok):
        book.meet(stick)
    words = spoken(nok, mine[0])
    lines = [
        change
        for file in sorted(stick.rglob("*.jsonl"))
        for segment in segments.read(file.read_bytes(), file.name)
        for change in segment.changes
    ]
    known = Known([nok.laptop, daeng.laptop], [*theirs, *shared], lines)
    team.close()
    return Template(folder, known, mine[0], words)


def spoken(book: Notebook, session: RecordId) -> dict[str, Any]:
    """What was said, drawn and agreed in one forum, and where its records came from."""
    whole = book.session(session)
    return {
        "title": whole.session.title,
        "place": whole.session.place,
        "series": whole.series.title if whole.series else "",
        "turns": sorted(one.text for one in whole.turns),
        "lessons": sorted(one.title for one in whole.lessons),
        "outcomes": sorted(one.text for one in whole.outcomes),
        "people": sorted(whole.people[one.person].name for one in whole.attendance),
        "reviews": sorted(str(dict(one.answers)) for one in whole.reviews),
    }
