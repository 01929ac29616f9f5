"""The office's tables hold what the notebooks list, in both engines."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from kmtui.demo import make
from store.changes import segments
from store.changes.line import Change as Line
from store.changes.line import encode
from store.edits import Add, Change, Delete
from store.ids import FIRST_ID
from store.notebook import Notebook
from store.office.packing import COLUMNS, pack
from store.office.tables import TABLES, folded, statements, write_tables
from store.records import Agency, Attendance, Lesson, Outcome, Person, Session, Turn
from tests.proof.test_notebooks import Field
from tests.store.conftest import NOON
from tests.store.meeting import Team, forum
from tests.store.postgres import postgres

__all__ = ["postgres"]
duckdb = pytest.importorskip("duckdb", reason="the extra `office` is not installed")

_LETTER: Final = "\N{REPLACEMENT CHARACTER}"


def asked(packed: Path, question: str) -> list[tuple[Any, ...]]:
    with folded(packed) as base:
        rows: list[tuple[Any, ...]] = base.execute(question).fetchall()
    return rows


def bad_month(folder: Path, seed: int) -> Field:
    """Laptops after a bad month, all of which has come together on one stick."""
    team = Field(folder, seed)
    for _step in range(90):
        team.step()
    (folder / "ครบ").mkdir()
    for _round in range(2):
        for name in sorted(team.books):
            team.books[name].meet(folder / "ครบ")
    return team


@pytest.mark.parametrize(
    "seeds", [range(3), pytest.param(range(3, 23), marks=pytest.mark.long)], ids=["few", "many"]
)
def test_the_tables_hold_what_every_notebook_of_a_team_lists(tmp_path: Path, seeds: range) -> None:
    met: Counter[str] = Counter()
    for seed in seeds:
        team = bad_month(tmp_path / str(seed), seed)
        book = team.books["ก้อย"]
        sessions = {(row.id, row.title, str(row.turns)) for row in book.sessions()}
        lessons = {(one.id, one.title) for one in book.lessons()}
        conflicts = {(one.record, one.field) for one in book.conflicts()}
        waiting = {one.record for one in book.conflicts() if one.field == "deleted"}
        for one in team.books.values():
            one.close()

        pack([tmp_path / str(seed) / "ครบ"], tmp_path / f"{seed}.parquet")

        packed = tmp_path / f"{seed}.parquet"
        with folded(packed) as base:
            found = base.execute("SELECT session, title, turns FROM sessions").fetchall()
            assert {(one, title or "", str(turns)) for one, title, turns in found} == sessions
            found = base.execute("SELECT lesson, title FROM lessons").fetchall()
            assert {(one, title or "") for one, title in found} == lessons
            found = base.execute("SELECT record, field FROM open_conflicts").fetchall()
            assert set(found) == conflicts
            (gone,) = base.execute("SELECT count(*) FROM deleted").fetchone()
        met += Counter(conflicts=len(conflicts - {(one, "deleted") for one in waiting}),
                       waiting=len(waiting), deleted=gone, lessons=len(lessons))  # fmt: skip
    assert (
        min(met[one] for one in ("conflicts", "waiting", "deleted", "lessons")) >= len(seeds) // 2
    ), met


def test_a_deletion_is_undecided_where_somebody_wrote_apart(tmp_path: Path) -> None:
    team = Team(tmp_path)
    one, two, stick = team.laptop("ก้อย"), team.laptop("นก"), team.stick()
    kept, inside, gone = (forum(one, title, "น้ำไม่ไหล") for title in ("เก็บ", "ข้างใน", "ทิ้ง"))
    for book in (one, two):
        book.meet(stick)
    one.save(Delete(kept), Delete(inside), Delete(gone))
    two.save(Change(kept, {"title": "เก็บไว้"}), Add(Turn(session=inside, text="ใหม่", place=9)))
    for book in (two, one, two):
        book.meet(stick)
    waiting = {(c.record, c.shown.value) for c in one.conflicts()}
    team.close()

    pack([stick], tmp_path / "office.parquet")

    found = asked(tmp_path / "office.parquet",
                  "SELECT record, shown = 'true' FROM open_conflicts")  # fmt: skip
    assert set(found) == waiting == {(kept, False), (inside, True)}
    titles = asked(tmp_path / "office.parquet", "SELECT title FROM sessions")
    assert titles == [("เก็บไว้",)]


def demo(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A stick that a notebook with everything in it has met, and what the notebook lists."""
    make(tmp_path / "demo", NOON)
    with Notebook.open(tmp_path / "demo", now=lambda: NOON) as book:
        gone = book.save(Add(Session(title="ทิ้งแล้ว"))).record.id
        book.save(Add(Lesson(session=gone, title="ไปด้วยกัน")))
        book.save(Delete(gone))
        book.save(Add(Person(name="=cmd|' /C calc'!A0")),
                  Change(book.sessions()[0].id, {"place": "+66 81"}))  # fmt: skip
        (tmp_path / "stick").mkdir()
        book.meet(tmp_path / "stick")
        return tmp_path / "stick", listed(book)


def listed(book: Notebook) -> dict[str, Any]:
    """By table, rows as a notebook has them."""
    people = {one.id: one.name for one in book.people()}
    agencies = {one.id: one.short or one.full for one in book.agencies()}
    forums = {row.id: row for row in book.sessions()}

    def name_of(record: Any) -> Any:
        return people.get(record) or agencies.get(record) or None

    def forum_of(one: Lesson | Outcome | Attendance) -> tuple[str, str | None]:
        row = forums[one.session] if one.session else None
        assert row is not None
        return row.title, row.date.isoformat() if row.date else None

    return {
        "sessions": Counter((row.title, row.turns) for row in forums.values()),
        "lessons": Counter(
            (*forum_of(one), one.title, one.status, one.kind, len(one.evidence))
            for one in book.lessons()
        ),
        "outcomes": Counter(
            (*forum_of(one), one.kind, one.text, name_of(one.owner), one.done, len(one.evidence))
            for one in book.outcomes()
        ),
        "roles": Counter(
            (*forum_of(one), name_of(one.person), name_of(one.agency), role, one.presence)
            for one in book.attendance()
            for role in one.roles
        ),
    }


_ROWS: Final = {
    "sessions": "SELECT title, turns FROM sessions",
    "lessons": "SELECT forum, date, title, status, kind, evidence FROM lessons",
    "outcomes": "SELECT forum, date, kind, text, owner, done = 'true', evidence FROM outcomes",
    "roles": "SELECT forum, date, person, agency, role, presence FROM roles",
}


def test_every_row_is_as_the_notebook_has_it(tmp_path: Path) -> None:
    stick, ours = demo(tmp_path)

    pack([stick], tmp_path / "office.parquet")

    for table, question in _ROWS.items():
        assert Counter(asked(tmp_path / "office.parquet", question)) == ours[table], table
    assert min(map(len, ours.values())) > 1
    assert max(row[-1] for row in ours["lessons"]) > 0


def test_what_forums_lack_is_what_the_notebook_says(tmp_path: Path) -> None:
    stick, book = Team(tmp_path).stick(), Team(tmp_path).laptop("ก้อย")
    nuan = book.save(Add(Person(name="นวล"))).record.id
    statuses: tuple[Any, ...] = ("held", "planned", "postponed", "did_not_happen")
    presences: tuple[Any, ...] = ("present", "absent", "on_behalf", "invited")
    for status in statuses:
        for presence in presences:
            at = book.save(Add(Session(title=f"{status} {presence}", status=status))).record.id
            one = Attendance(
                session=at, person=nuan, roles=frozenset({"recorder"}), presence=presence
            )
            book.save(Add(one))
        book.save(Add(Session(title=status, status=status, no_lesson_because="ฝนตก")))
        book.save(Add(Turn(session=at, text="น้ำไม่ไหล", place=1)))
    book.meet(stick)
    ours = {
        (row.title, gap.kind) for row in book.sessions() for gap in row.gaps if gap.level == "must"
    }
    book.close()

    pack([stick], tmp_path / "office.parquet")

    found = asked(tmp_path / "office.parquet", "SELECT forum, lacks FROM lacking")
    assert set(found) == ours
    assert len(found) == len(ours)
    assert ("held absent", "no_recorder") in ours
    assert ("held present", "no_recorder") not in ours


def test_tables_are_safe_to_open_in_a_spreadsheet(tmp_path: Path) -> None:
    stick, ours = demo(tmp_path)
    pack([stick], tmp_path / "office.parquet")

    counts = write_tables(tmp_path / "office.parquet", tmp_path / "tables")

    assert sorted(path.stem for path in (tmp_path / "tables").iterdir()) == sorted(TABLES)
    assert {name: counts[name] for name in ours} == {
        name: rows.total() for name, rows in ours.items()
    }
    with (tmp_path / "tables" / "sessions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == counts["sessions"]
    assert "'+66 81" in {row["place"] for row in rows}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("บ้าน\x1b]0;เปลี่ยนชื่อ\x07ดอน", "บ้าน\ufffd]0;เปลี่ยนชื่อ\ufffdดอน"),
        ("บ้าน\x9b31mดอน", "บ้าน\ufffd31mดอน"),
        ("บ้าน\u202eดอน\u2066", "บ้าน\ufffdดอน\ufffd"),
        ("\n=1+1", "'\n=1+1"),
        ("\x00=1+1", "\ufffd=1+1"),
        ("＝1+1", "'＝1+1"),
        ("บรรทัดหนึ่ง\nบรรทัดสอง", "บรรทัดหนึ่ง\nบรรทัดสอง"),
    ],
)
def test_a_table_brings_no_command_for_a_terminal_and_no_formula(
    tmp_path: Path, typed: str, written: str
) -> None:
    team = Team(tmp_path)
    book = team.laptop("ก้อย")
    book.save(Add(Session(id=book.new_id("session"), title="เวที", place=typed)))
    book.meet(team.stick())
    team.close()
    pack([team.stick()], tmp_path / "office.parquet")

    write_tables(tmp_path / "office.parquet", tmp_path / "tables")

    with (tmp_path / "tables" / "sessions.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["place"] for row in csv.DictReader(file)] == [written]


def test_an_agency_without_a_short_name_has_its_full_one(tmp_path: Path) -> None:
    team = Team(tmp_path)
    book = team.laptop("ก้อย")
    session = forum(book, "เวที")
    person, agency = book.new_id("person"), book.new_id("agency")
    book.save(
        Add(Person(id=person, name="คุณนก")),
        Add(Agency(id=agency, full="สำนักงานเกษตร")),
        Add(Attendance(session=session, person=person, agency=agency,
                       roles=frozenset({"recorder"}))),
    )  # fmt: skip
    book.meet(team.stick())
    team.close()

    pack([team.stick()], tmp_path / "office.parquet")

    found = asked(tmp_path / "office.parquet", "SELECT person, agency, role, presence FROM roles")
    assert found == [("คุณนก", "สำนักงานเกษตร", "recorder", "present")]


# lines that nobody's program writes


def sealed(folder: Path, *lines: Line) -> None:
    """One file of these lines."""
    folder.mkdir(exist_ok=True)
    made = segments.seal("odd", 1, "", [encode(one) for one in lines])
    (folder / made.name).write_bytes(made.content)


def odd_lines() -> list[Line]:
    def line(number: int, rec: str, put: dict[str, Any]) -> Line:
        change = f"01M80T0740{number:016d}"
        return Line(change, rec, put, {}, '"\r\n', "odd", 'a",\n"b', None)

    return [
        line(1, "session/01", {"title": "ก\0\0ข \\u0000", 'x"\r\n,y': 1, "ไม่\0มี": "\0"}),
        line(1, "session/02", {"title": "id เดียวกัน"}),
        line(2, "session/03", {"tags/น้ำ": True}),
        line(3, "session/04", {"title": ["a"], "date": True, "place": 5}),
        line(4, "lesson/01-02", {"title": None, "status": None, "evidence/x": None}),
        line(5, "later/05", {"title": "ชนิดใหม่"}),
    ]


_ODD: Final = [
    ("session/01", None), ("session/02", "id เดียวกัน"), ("session/03", None),
    ("session/04", '["a"]'),
]  # fmt: skip


def test_odd_lines_count_each_for_itself(tmp_path: Path) -> None:
    sealed(tmp_path / "odd", *odd_lines())

    done = pack([tmp_path / "odd"], tmp_path / "office.parquet")

    assert done.changes == len(odd_lines())
    packed = tmp_path / "office.parquet"
    found = asked(packed, "SELECT session, title FROM sessions ORDER BY session")
    assert found[0] == ("session/01", "ก\0\0ข \\u0000")
    assert found[1:] == _ODD[1:]
    fields = asked(packed, "SELECT field, value FROM fields WHERE rec = 'session/01'")
    assert {(name, json.loads(value)) for name, value in fields} == {
        ("title", "ก\0\0ข \\u0000"), ('x"\r\n,y', 1), (f"ไม่{_LETTER}มี", "\0"),
    }  # fmt: skip
    assert asked(packed, "SELECT status, evidence FROM lessons") == [("draft", 0)]


@pytest.mark.long
def test_both_engines_write_the_same_tables(tmp_path: Path, postgres: Any) -> None:
    stick, ours = demo(tmp_path)
    team = bad_month(tmp_path / "month", 3)
    for one in team.books.values():
        one.close()
    sealed(tmp_path / "odd", *odd_lines())
    folders = [stick, tmp_path / "month" / "ครบ", tmp_path / "odd"]
    pack(folders, tmp_path / "office.csv")
    pack(folders, tmp_path / "office.parquet")

    postgres("-c", "CREATE DATABASE tables")
    base = ("-d", "tables")
    postgres(*base, input=statements("postgres"))
    content = (tmp_path / "office.csv").read_bytes().decode()
    for _twice in range(2):  # a line that is loaded twice counts once
        postgres(*base, "-c", "\\copy changes from stdin csv header", input=content)
    postgres(*base, input=statements("fold"))
    postgres(*base, input=statements("tables"))

    for table in TABLES:
        out = postgres(*base, "-c", f"\\copy (SELECT * FROM {table}) to stdout csv")
        theirs = Counter(tuple(row) for row in csv.reader(out.splitlines(keepends=True)))
        rows = asked(tmp_path / "office.parquet", f"SELECT * FROM {table}")
        expected = Counter(
            tuple("" if one is None else str(one).replace("\0", _LETTER) for one in row)
            for row in rows
        )
        assert theirs == expected, table
        assert len(expected) > 1, table
    assert len(ours) == len(_ROWS)


# the shipped statements


def in_parts(packed: Path, question: str, parts: int) -> Counter[tuple[Any, ...]]:
    """What a question comes to where each part of the records is folded for itself."""
    found: Counter[tuple[Any, ...]] = Counter()
    for part in range(parts):
        piece = packed.with_name(f"{part}.parquet")
        with duckdb.connect() as base:
            base.execute(
                f"COPY (SELECT * FROM read_parquet('{packed}') WHERE hash(rec) % {parts} = {part})"
                f" TO '{piece}' (FORMAT parquet)"
            )
        found += Counter(asked(piece, question))
    return found


def test_the_fold_can_be_made_in_parts_of_the_records(tmp_path: Path) -> None:
    stick, _ours = demo(tmp_path)
    pack([stick], tmp_path / "office.parquet")

    for question in ("SELECT rec, field, value FROM fields", "SELECT * FROM deleted",
                     "SELECT rec, field, element, present FROM elements"):  # fmt: skip
        whole = Counter(asked(tmp_path / "office.parquet", question))
        assert in_parts(tmp_path / "office.parquet", question, 3) == whole
        assert whole


def test_the_printed_statements_run_alone_over_several_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, ours = demo(tmp_path)
    pack([stick], tmp_path / "office.parquet")
    monkeypatch.chdir(tmp_path)

    with duckdb.connect() as base:
        base.execute("\n".join(map(statements, ("duckdb", "fold", "tables"))))
        alone = Counter(base.execute(_ROWS["sessions"]).fetchall())
        base.execute("CREATE OR REPLACE VIEW changes AS SELECT * FROM read_parquet("
                     "['office.parquet', 'office.parquet'])")  # fmt: skip
        base.execute("\n".join(map(statements, ("fold", "tables"))))
        doubled = {table: Counter(base.execute(_ROWS[table]).fetchall()) for table in _ROWS}

    assert alone == ours["sessions"]
    assert doubled == ours


def test_the_columns_are_those_that_the_sql_reads() -> None:
    assert all(name in statements("postgres") for name in COLUMNS)


def test_the_mark_of_having_looked_inside_is_the_first_id() -> None:
    assert f"'{FIRST_ID}'" in statements("fold")
