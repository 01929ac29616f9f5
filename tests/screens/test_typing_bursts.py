"""Keys that come faster than the screen draws, through a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.settings import keep
from store.edits import Add
from store.notebook import Notebook
from store.records import Attendance, Person, RecordId, Session

pytest.importorskip("pty", reason="a pty is a Unix thing")
from .terminal import Terminal

F2, F6, F9 = "\x1bOQ", "\x1b[17~", "\x1b[20~"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notebook with one forum where two people are."""
    place = tmp_path / "notebook"
    with Notebook.open(place) as notebook:
        session = notebook.save(Add(Session(title="เวทีบ้านนาโพธิ์"))).record.id
        for name in ("คุณภีม", "คุณพัช"):
            person = notebook.save(Add(Person(name=name))).record.id
            notebook.save(Add(Attendance(session=session, person=person)))
    return place


def said(folder: Path) -> list[tuple[str, str]]:
    with Notebook.open(folder, read_only=True) as notebook:
        whole = notebook.session(notebook.sessions()[0].id)
        return [(whole.speaker_name(turn), turn.text) for turn in whole.turns]


def typed(folder: Path, keys: str, turns: int, *, stall: float = 0.0) -> list[tuple[str, str]]:
    """Write all keys in one go, and wait until so many turns are kept."""
    more = [str(stall)] if stall else []
    with Terminal("tests.screens.forum_app", str(folder), *more) as terminal:
        terminal.wait_for_words("▸")
        terminal.type(keys)
        terminal.wait_for(lambda: len(said(folder)) >= turns, f"{turns} turns")
    return said(folder)


@pytest.mark.parametrize("stall", [0.0, 0.5])
def test_a_burst_across_enter_and_tab_lands_where_slow_keys_would(
    folder: Path, stall: float
) -> None:
    keys = "ภีม: คำหนึ่ง\rพัช: คำสอง\r\tคำสาม\r\tคำสี่\r"

    kept = typed(folder, keys, 4, stall=stall)

    assert kept == [
        ("คุณภีม", "คำหนึ่ง"),
        ("คุณพัช", "คำสอง"),
        ("คุณภีม", "คำสาม"),
        ("คุณพัช", "คำสี่"),
    ]


@pytest.mark.parametrize("stall", [0.0, 0.5])
def test_a_burst_across_drawing_a_lesson_keeps_title_and_words_apart(
    folder: Path, stall: float
) -> None:
    keys = f"ภีม: คำหนึ่ง\r{F6}ชื่อบทเรียน\rคำสอง\r{F9}\rคำสาม\r"

    kept = typed(folder, keys, 3, stall=stall)

    with Notebook.open(folder, read_only=True) as notebook:
        whole = notebook.session(RecordId(notebook.sessions()[0].id))
    of = {turn.id: turn.text for turn in whole.turns}
    assert kept == [("คุณภีม", "คำหนึ่ง"), ("คุณภีม", "คำสอง"), ("คุณภีม", "คำสาม")]
    assert [(one.title, [of[turn] for turn in one.evidence]) for one in whole.lessons] == [
        ("ชื่อบทเรียน", ["คำหนึ่ง"])
    ]
    assert [(one.kind, one.text) for one in whole.outcomes] == [("question", "คำสอง")]


def test_a_hundred_turns_in_one_burst_are_all_there_in_their_order(folder: Path) -> None:
    lines = [f"คำที่ {number}" for number in range(100)]

    kept = typed(folder, "ภีม:\r" + "".join(f"{line}\r" for line in lines), 100)

    assert kept == [("คุณภีม", line) for line in lines]


def test_a_burst_from_home_begins_a_forum_and_says_its_first_words(tmp_path: Path) -> None:
    folder = tmp_path / "notebook"
    with Notebook.open(folder):
        keep(folder, "language", "en")  # somebody has been here before
    with Terminal("tests.screens.home_app", str(folder)) as terminal:
        terminal.wait_for_words("F2 begins")
        terminal.type(f"{F2}เวทีบ้านกุ่ม\t\t\tคุณนก\rนก: คำหนึ่ง\rคำสอง\r")
        terminal.wait_for(lambda: turns_in(folder) == 2, "two turns")

    with Notebook.open(folder, read_only=True) as notebook:
        (row,) = notebook.sessions()
    assert (row.title, row.recorders) == ("เวทีบ้านกุ่ม", ("คุณนก",))
    assert said(folder) == [("คุณนก", "คำหนึ่ง"), ("คุณนก", "คำสอง")]


def turns_in(folder: Path) -> int:
    with Notebook.open(folder, read_only=True) as notebook:
        return len(list(notebook.turns()))
