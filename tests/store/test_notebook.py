"""What the one door promises, from outside."""

from __future__ import annotations

import hashlib
import itertools
import json
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import files
from store.changes.line import MAX_TEXT
from store.edits import Add, BringBack, Change, Delete, Edit
from store.errors import (
    AlreadyDeleted,
    BadValue,
    ChangedSince,
    FileExists,
    FolderNotEmpty,
    HalfRestored,
    NoSuchFile,
    NotABackup,
    NotDeleted,
    NothingToRedo,
    NothingToUndo,
    StoreError,
    TooLong,
    UnknownField,
    UnknownRecord,
)
from store.notebook import Notebook
from store.readings import Draft
from store.records import (
    Agency,
    Attendance,
    Lesson,
    NamePeriod,
    Outcome,
    RecordId,
    Series,
    Session,
    Source,
    Turn,
)
from tests.store.conftest import NOON, Opener, begin, said


def test_everything_of_a_record_comes_back_as_it_was_kept(opened: Opener) -> None:
    book = opened()
    series = book.save(Add(Series(title="ชุดเวที", aim="หัวปลา"))).record.id
    session = Session(
        title="เวที ๖",
        series=series,
        part=6,
        date=date(2026, 11, 22),
        starts="09:30",
        tags=frozenset({"น้ำ", "ออม"}),
        source=Source(name="a.txt", sha256="0" * 64),
        more={"mood_of_later": {"ดี": [1]}},
    )
    agency = Agency(short="สกร.", earlier=(NamePeriod(short="กศน.", until=date(2023, 5, 18)),))

    kept = [book.save(Add(record)).record for record in (session, agency)]
    book.verify(rebuild=True)
    book.close()

    again = opened()
    for before, after in zip((session, agency), kept, strict=True):
        found = again.record(after.id)
        assert found == after
        names = set(before.__slots__) - {"id"}
        assert {name: getattr(found, name) for name in names} == {
            name: getattr(before, name) for name in names
        }


def test_only_the_fields_that_an_edit_names_are_set(opened: Opener) -> None:
    book = opened()
    session = begin(book)

    book.save(Change(session, {"place": "ศาลา", "date": date(2026, 11, 22)}))
    book.save(Change(session, {"title": "ชื่อใหม่"}))

    found = book.record(session)
    assert isinstance(found, Session)
    assert (found.place, found.title, found.part) == ("ศาลา", "ชื่อใหม่", 6)


def test_an_edit_that_changes_nothing_writes_nothing(opened: Opener, folder: Path) -> None:
    book = opened()
    session = begin(book)
    before = (folder / "log" / "open.jsonl").read_bytes()

    saved = book.save(Change(session, {"title": "เวทีบ้านท่าดี"}))

    assert (folder / "log" / "open.jsonl").read_bytes() == before
    assert saved.record == book.record(session)


def test_sets_and_mappings_are_kept_element_by_element(opened: Opener) -> None:
    book = opened()
    session = begin(book)
    book.save(Change(session, add={"tags": frozenset({"น้ำ", "ดิน"})}))
    book.save(Change(session, add={"tags": frozenset({"ป่า"})}, take={"tags": frozenset({"ดิน"})}))
    (attendance,) = book.attendance(session)
    book.save(
        Change(attendance.id, {"checks.recorder": "did", "roles": frozenset({"facilitator"})})
    )

    found = book.record(session)
    (after,) = book.attendance(session)

    assert isinstance(found, Session)
    assert found.tags == {"น้ำ", "ป่า"}
    assert after.roles == {"facilitator"}
    assert after.checks == {"recorder": "did"}


def test_the_same_tag_typed_two_ways_is_one_tag(opened: Opener) -> None:
    book = opened()
    session = begin(book)

    book.save(Change(session, add={"tags": frozenset({"น้ำ", "น\u0e4d\u0e49า", " น้ำ "})}))

    found = book.record(session)
    assert isinstance(found, Session)
    assert found.tags == {"น้ำ"}


def test_a_second_attendance_of_a_person_changes_the_first(opened: Opener) -> None:
    book = opened()
    session = begin(book)
    person = book.people()[0].id

    book.save(Add(Attendance(session=session, person=person, roles=frozenset({"facilitator"}))))

    (found,) = book.attendance(session)
    assert found.roles == {"recorder", "facilitator"}


BAD: list[tuple[str, dict[str, object], type[StoreError]]] = [
    ("no such field", {"colour": "red"}, UnknownField),
    ("a word for a number", {"part": "หก"}, BadValue),
    ("a text for a date", {"date": "22 พ.ย."}, BadValue),
    ("an unknown status", {"status": "maybe"}, BadValue),
    ("an hour that is none", {"starts": "25:00"}, BadValue),
    ("a number for a text", {"title": 5}, BadValue),
    ("half of a character pair", {"title": "\ud800"}, BadValue),
    ("more text than a line holds", {"title": "ก" * (MAX_TEXT + 1)}, TooLong),
    ("a number that no file holds", {"part": 2**60}, BadValue),
    ("a key of a field that has none", {"title.x": "ก"}, UnknownField),
]


@pytest.mark.parametrize(("name", "fields", "refusal"), BAD, ids=[case[0] for case in BAD])
def test_a_bad_value_is_refused_and_nothing_of_the_save_is_kept(
    opened: Opener, folder: Path, name: str, fields: dict[str, object], refusal: type[StoreError]
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    before = (folder / "log" / "open.jsonl").read_bytes()

    with pytest.raises(refusal):
        book.save(Add(Turn(session=session, text="สอง", place=2)), Change(session, fields))

    assert (folder / "log" / "open.jsonl").read_bytes() == before
    assert said(book, session) == ["หนึ่ง"]


def test_a_record_that_is_not_there_is_named(opened: Opener) -> None:
    book = opened()
    nobody = RecordId("person/01K00000000000000000000000")

    for ask in (
        lambda: book.record(nobody),
        lambda: book.history(nobody),
        lambda: book.save(Change(nobody, {"name": "ก"})),
        lambda: book.save(Delete(nobody)),
        lambda: book.session(RecordId("session/01K00000000000000000000000")),
        lambda: book.find_id("ไม่มี"),
    ):
        with pytest.raises(UnknownRecord):
            ask()


def test_a_deleted_session_is_gone_from_lists_and_comes_back_whole(opened: Opener) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    book.save(Add(Lesson(session=session, title="บทเรียน")))

    book.save(Delete(session))

    assert book.sessions() == ()
    assert book.lessons() == ()
    assert list(book.turns()) == []
    assert [record.id for record in book.deleted()] == [session]
    with pytest.raises(AlreadyDeleted):
        book.save(Delete(session))
    with pytest.raises(AlreadyDeleted):
        book.save(Change(session, {"title": "ก"}))
    book.save(BringBack(session))
    assert [row.turns for row in book.sessions()] == [1]
    assert len(book.lessons()) == 1
    with pytest.raises(NotDeleted):
        book.save(BringBack(session))


def test_history_says_who_changed_what_when_and_from_what(opened: Opener) -> None:
    book = opened()
    session = begin(book)
    person = book.people()[0].id
    book.save(Change(session, {"place": "ศาลา"}), who=person)
    saved = book.save(Change(session, {"place": "วัด"}), who=person)

    *_, first, last = (one for one in book.history(session) if one.field == "place")

    assert (first.value, first.replaced) == ("ศาลา", ())
    assert (last.value, last.replaced, last.who) == ("วัด", ("ศาลา",), person)
    assert (last.change, last.time, last.laptop) == (saved.change, NOON, book.laptop)


def test_undo_takes_back_one_save_after_the_other(opened: Opener) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    turn = next(iter(book.turns(session)))
    book.save(Change(turn.id, {"text": "สอง", "heading": "หัวข้อ"}))
    book.save(Delete(turn.id))
    book.close()
    book = opened()

    book.undo()
    assert said(book, session) == ["สอง"]
    book.undo()
    found = book.record(turn.id)
    assert isinstance(found, Turn)
    assert (found.text, found.heading) == ("หนึ่ง", "")
    book.undo()
    assert said(book, session) == []
    book.undo()
    assert book.sessions() == ()
    assert book.people() == ()
    with pytest.raises(NothingToUndo):
        book.undo()


def test_redo_does_again_what_was_taken_back_also_after_a_restart(opened: Opener) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง")
    turn = next(iter(book.turns(session)))
    book.save(Change(turn.id, {"text": "สาม"}))
    book.undo()
    book.undo()
    assert said(book, session) == ["หนึ่ง"]
    book.close()
    book = opened()

    book.redo()
    assert said(book, session) == ["หนึ่ง", "สอง"]
    book.redo()
    assert said(book, session) == ["สาม", "สอง"]
    with pytest.raises(NothingToRedo):
        book.redo()
    book.undo()
    assert said(book, session) == ["หนึ่ง", "สอง"]


def test_nothing_is_done_again_once_something_new_was_done(opened: Opener) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    book.undo()
    book.save(Change(session, {"place": "ศาลา"}))

    with pytest.raises(NothingToRedo):
        book.redo()

    assert said(book, session) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["save", "undo", "redo"]), max_size=14))
def test_undo_and_redo_go_back_and_forth_as_over_two_stacks(steps: list[str]) -> None:
    with TemporaryDirectory() as folder, Notebook.open(Path(folder), now=lambda: NOON) as book:
        session = book.save(Add(Session(title="0"))).record.id
        done, undone = ["0"], list[str]()
        for at, step in enumerate(steps, start=1):
            if step == "save":
                done.append(str(at))
                undone.clear()
                book.save(Change(session, {"title": done[-1]}))
            elif step == "undo" and len(done) > 1:
                undone.append(done.pop())
                book.undo()
            elif step == "redo" and undone:
                done.append(undone.pop())
                book.redo()
            elif step == "redo":
                with pytest.raises(NothingToRedo):
                    book.redo()
            found = book.record(session)
            assert isinstance(found, Session)
            assert found.title == done[-1]


def test_undo_reaches_into_sealed_files(opened: Opener) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง")
    book._ledger.seal()

    book.undo()

    assert said(book, session) == ["หนึ่ง"]


def test_undo_refuses_where_somebody_else_has_written_since(
    opened: Opener, folder: Path, tmp_path: Path
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    book.save(Change(session, {"place": "ศาลา"}))
    book.backup(tmp_path / "all.zip")
    Notebook.restore(tmp_path / "all.zip", tmp_path / "other")
    other = opened(at=tmp_path / "other")
    other.save(Change(session, {"place": "วัด"}))
    (name,) = other._ledger.seal()
    (folder / "log" / other.laptop).mkdir()
    (folder / "log" / name).write_bytes((tmp_path / "other" / "log" / name).read_bytes())
    book.close()
    book = opened()

    with pytest.raises(ChangedSince):
        book.undo()

    assert book.sessions()[0].place == "วัด"


def test_two_laptops_that_edit_one_field_lose_nothing(
    opened: Opener, folder: Path, tmp_path: Path
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    book.backup(tmp_path / "all.zip")
    Notebook.restore(tmp_path / "all.zip", tmp_path / "other")
    other = opened(at=tmp_path / "other")
    other.save(Change(session, {"place": "วัด", "aim": "ออม"}))
    book.save(Change(session, {"place": "ศาลา"}))
    (name,) = other._ledger.seal()
    (folder / "log" / other.laptop).mkdir()
    (folder / "log" / name).write_bytes((tmp_path / "other" / "log" / name).read_bytes())
    book.close()

    book = opened()

    found = book.record(session)
    assert isinstance(found, Session)
    assert "conflict" in found.marks
    assert found.aim == "ออม"
    assert {one.value for one in book.history(session) if one.field == "place"} == {"วัด", "ศาลา"}


def test_a_file_of_another_laptop_that_cannot_be_read_is_held_with_its_reason(
    opened: Opener, folder: Path
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    book.close()
    strange = folder / "log" / "bbbbbbbbbb"
    strange.mkdir()
    (strange / "chg-bbbbbbbbbb-000001-0000000000000000.jsonl").write_bytes(b"half a file")

    book = opened()

    assert said(book, session) == ["หนึ่ง"]
    assert [notice.kind for notice in book.notices] == ["held"]
    assert sorted(path.suffix for path in (folder / "held").iterdir()) == [".jsonl", ".txt"]
    assert book.verify()["held"]


def test_lists_are_in_the_order_that_a_reader_expects(opened: Opener) -> None:
    book = opened()
    for day in (3, 1, 2):
        book.save(Add(Session(title=f"วันที่ {day}", date=date(2026, 11, day))))
    session = book.sessions()[0].id
    for place, text in ((30, "ค"), (10, "ก"), (20, "ข")):
        book.save(Add(Turn(session=session, text=text, place=place)))

    assert [row.title for row in book.sessions()] == ["วันที่ 3", "วันที่ 2", "วันที่ 1"]
    assert said(book, session) == ["ก", "ข", "ค"]


def test_a_row_of_a_list_follows_what_is_in_the_session(opened: Opener) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    assert [row.recorders for row in book.sessions()] == [("คุณภีม",)]

    book.save(
        Add(Lesson(session=session, title="บทเรียน")), Add(Outcome(session=session, text="ตกลง"))
    )
    person = book.people()[0]
    book.save(Change(person.id, {"name": "คุณภีมเสน"}))

    (row,) = book.sessions()
    assert (row.turns, row.lessons, row.outcomes) == (1, 1, 1)
    assert row.recorders == ("คุณภีมเสน",)


def test_an_id_may_be_shortened_at_either_end(opened: Opener) -> None:
    book = opened()
    session = begin(book)
    letters = session.partition("/")[2]

    assert book.find_id(session) == session
    assert book.find_id(letters) == session
    assert book.find_id(letters[-12:].lower()) == session


def test_search_finds_words_in_everything_and_nothing_in_the_trash(opened: Opener) -> None:
    book = opened()
    session = begin(book, "กองทุนน้ำของหมู่สาม", "เรื่องอื่น")

    (hit,) = book.search("กองทุนน้ำ")
    assert hit.text[hit.start : hit.end] == "กองทุนน้ำ"
    assert (hit.kind, hit.session, hit.field) == ("turn", session, "text")
    book.save(Change(hit.id, {"text": "กองทุนป่า"}))
    assert book.search("กองทุนน้ำ") == ()
    assert [one.id for one in book.search("กองทุนป่า")] == [hit.id]
    book.verify(rebuild=True)
    assert [one.id for one in book.search("กองทุนป่า")] == [hit.id]
    book.save(Delete(session))
    assert book.search("กองทุนป่า") == ()


def test_search_text_that_is_kept_follows_what_is_written_after_it(
    opened: Opener, folder: Path
) -> None:
    book = opened()
    session = begin(book, "กองทุนน้ำ")
    book.verify(rebuild=True)
    book.search("น้ำ")
    for number in range(450):
        book.save(Add(Turn(session=session, text=f"ครั้งที่ {number} แห้งแล้ง", place=number)))
    book.close()

    book = opened()

    assert len(book.search("แห้งแล้ง", limit=1000)) == 450
    assert len(book.search("กองทุนน้ำ")) == 1


def test_a_backup_makes_the_same_notebook_elsewhere_under_another_laptop(
    opened: Opener, folder: Path, tmp_path: Path
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง")
    file = tmp_path / "สำรอง.kmtui"

    told = book.backup(file)
    restored = Notebook.restore(file, tmp_path / "new")

    other = opened(at=tmp_path / "new")
    assert told["lines"] == restored["lines"] == 5
    assert said(other, session) == ["หนึ่ง", "สอง"]
    assert other.laptop != book.laptop
    with pytest.raises(FileExists):
        book.backup(file)
    with pytest.raises(FolderNotEmpty):
        Notebook.restore(file, tmp_path / "new")


def test_a_restore_that_is_cut_off_is_no_notebook_and_can_be_made_again(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง")
    file, new = tmp_path / "b.kmtui", tmp_path / "new"
    book.backup(file)
    steps: list[str] = []

    class PulledOut(BaseException):
        """The laptop's battery."""

    def write_until(last: int) -> None:
        def write(path: Path, content: bytes | Iterable[bytes]) -> None:
            if len(steps) == last:
                path.with_name(f".{path.name}.part").write_bytes(b"{half")
                raise PulledOut
            steps.append(path.name)
            files.write_new(path, content)

        monkeypatch.setattr("store.restoring.write_new", write)
        monkeypatch.setattr("store.device.write_new", write)

    for last in (1, 2):
        steps.clear()
        write_until(last)
        with pytest.raises(PulledOut):
            Notebook.restore(file, new)
        for read_only in (False, True):
            with pytest.raises(HalfRestored, match="kmtui restore"):
                Notebook.open(new, read_only=read_only)
    monkeypatch.undo()
    Notebook.restore(file, new)

    assert said(opened(at=new), session) == ["หนึ่ง", "สอง"]
    assert not [one.name for one in new.rglob("*.part")]
    assert not (new / "restoring").exists()


@pytest.mark.parametrize("harm", ["cut", "flipped", "text", "empty", "missing"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    opened: Opener, tmp_path: Path, harm: str
) -> None:
    book = opened()
    begin(book, "หนึ่ง")
    file = tmp_path / "b.kmtui"
    book.backup(file)
    content = bytearray(file.read_bytes())
    if harm == "flipped":
        content[len(content) // 3] ^= 8
    spoiled = bytes({"cut": content[:-40], "text": b"hello", "empty": b""}.get(harm, content))
    file.write_bytes(spoiled)
    if harm == "missing":
        file.unlink()

    with pytest.raises(StoreError) as refusal:
        Notebook.restore(file, tmp_path / "new")

    assert isinstance(refusal.value, NoSuchFile if harm == "missing" else NotABackup)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "files",
    [["log/x"], [["log/x"]], "log/x", 7, None, {"log/x": 7}, {"log/x": None}, {"log/y": "0"}],
)
def test_a_backup_with_a_strange_list_is_refused(tmp_path: Path, files: object) -> None:
    file = tmp_path / "strange.kmtui"
    with zipfile.ZipFile(file, "w") as archive:
        head = {"fmt": "kmtui-backup", "v": 1, "files": files}
        archive.writestr("backup.json", json.dumps(head))
        archive.writestr("log/x", b"x")

    with pytest.raises(NotABackup):
        Notebook.restore(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_backup_tells_how_far_it_has_come_and_so_does_its_restore(
    opened: Opener, tmp_path: Path
) -> None:
    book = opened()
    begin(book, "หนึ่ง")
    book.meet(tmp_path / "stick")
    begin(book, "สอง")
    told: dict[str, list[tuple[int, int]]] = {"backup": [], "restore": []}

    book.backup(tmp_path / "b", progress=lambda *far: told["backup"].append(far))
    Notebook.restore(
        tmp_path / "b", tmp_path / "new", progress=lambda *far: told["restore"].append(far)
    )

    for one in told.values():
        assert one == sorted(one)
        assert all(0 < done <= of for done, of in one)
    assert told["restore"][-1][0] == told["restore"][-1][1]


def test_a_backup_that_names_files_outside_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "evil.kmtui"
    evil = "log/../../../evil"
    head = {"fmt": "kmtui-backup", "v": 1, "files": {evil: hashlib.sha256(b"x").hexdigest()}}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("backup.json", json.dumps(head))
        archive.writestr(evil, b"x")

    with pytest.raises(NotABackup, match="outside"):
        Notebook.restore(file, tmp_path / "new")


def test_the_line_being_typed_is_there_again(opened: Opener) -> None:
    book = opened()
    session = begin(book)
    draft = Draft(session=session, text="ยังไม่ได้กด", speaker_name="คุณภีม", written=NOON, cursor=3)
    book.keep_draft(draft)
    book.close()

    book = opened()

    assert book.draft(session) == draft
    assert book.drafts() == (draft,)
    book.keep_draft(Draft(session=session, text=""))
    assert book.drafts() == ()


edits = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "delete", "bring back", "undo", "reopen", "rebuild"]),
        st.integers(0, 5),
        st.sampled_from(["ก", "ข", "น้ำ", ""]),
    ),
    max_size=25,
)


@given(script=edits, salt=st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_a_rebuilt_view_shows_the_same(
    script: list[tuple[str, int, str]], salt: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("book") / "notebook"
    numbers = itertools.count(1)

    def open_it() -> Notebook:
        return Notebook.open(folder, now=lambda: NOON, entropy=lambda: next(numbers))

    book = open_it()
    session = begin(book)
    turns: list[RecordId] = []
    for what, which, text in script:
        target = turns[which % len(turns)] if turns else session
        edits_by_name: dict[str, Edit] = {
            "change": Change(target, {"heading": text} if turns else {"place": text}),
            "delete": Delete(target),
            "bring back": BringBack(target),
        }
        edit = edits_by_name.get(what)
        try:
            if what == "add":
                turns.append(
                    book.save(Add(Turn(session=session, text=text, place=which))).record.id
                )
            elif what == "undo":
                book.undo()
            elif what == "reopen":
                book.close()
                book = open_it()
            elif what == "rebuild":
                book.verify(rebuild=True)
            elif edit is not None:
                book.save(edit)
        except (AlreadyDeleted, NotDeleted, NothingToUndo, ChangedSince):
            continue

    shown = [book.record(one) for one in [session, *turns]], book.sessions(), book.deleted()
    assert not book.verify()["differs"]
    book.verify(rebuild=True)
    assert (
        [book.record(one) for one in [session, *turns]],
        book.sessions(),
        book.deleted(),
    ) == shown
    book.close()


def test_search_text_that_is_damaged_is_made_again_by_verify(opened: Opener, folder: Path) -> None:
    book = opened()
    session = begin(book, "กองทุนน้ำ")
    book.verify(rebuild=True)
    book.search("น้ำ")
    book.close()
    for path in (folder / "cache").iterdir():
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    book = opened()
    book.save(Add(Turn(session=session, text="กองทุนข้าว", place=9)))
    book.verify()

    assert len(book.search("กองทุน")) == 2


@pytest.mark.parametrize("step", [0, -3600])
def test_a_clock_that_stands_or_goes_back_spoils_no_order(folder: Path, step: int) -> None:
    moments = (NOON + timedelta(seconds=step * number) for number in itertools.count())
    session = None
    for turn in range(3):  # a reopened window remembers no earlier id
        with Notebook.open(folder, now=lambda: next(moments)) as book:
            session = session or begin(book, "หนึ่ง")
            if turn == 1:
                book.save(Delete(next(iter(book.turns(session))).id))
            if turn == 2:
                book.undo()

            assert said(book, session) == ([] if turn == 1 else ["หนึ่ง"])
