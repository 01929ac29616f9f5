"""Conflicts: every value beside the others until a person settles it, and that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.conflicts import STANDS, NoConflict, NoOffer, NotASide, NotJoinable
from store.edits import Add, Change, Delete
from store.errors import BadValue, ChangedSince, NotebookReadOnly, UnknownRecord
from store.notebook import Notebook
from store.records import Agency, Attendance, Lesson, Outcome, Person, RecordId, Session
from tests.store.meeting import Team, forum

LINES = "หัวข้อ\nมา 20 คน\nกินข้าว\nปิดเวที\nกลับบ้าน"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def meet(stick: Path, *books: Notebook) -> None:
    """Until everybody has everything."""
    for book in (*books, *books):
        book.meet(stick)


@pytest.fixture
def two(team: Team) -> tuple[Notebook, Notebook, RecordId]:
    """Two laptops that both hold a forum of one turn."""
    nok, daeng = team.laptop("นก"), team.laptop("แดง")
    session = forum(nok, "เวทีบ้านดอน", "น้ำมาช้า")
    meet(team.stick(), nok, daeng)
    return nok, daeng, session


Apart = Callable[[RecordId, dict[str, Any], dict[str, Any]], None]


@pytest.fixture
def apart(team: Team, two: tuple[Notebook, Notebook, RecordId]) -> Apart:
    """Changes a record on both laptops before they meet; the second one is the newer."""
    nok, daeng, _session = two

    def change(record: RecordId, first: dict[str, Any], second: dict[str, Any]) -> None:
        nok.save(Change(record, first))
        for _second in range(30):
            daeng.new_id("lesson")  # its clock goes on
        daeng.save(Change(record, second))
        meet(team.stick(), nok, daeng)

    return change


def values(book: Notebook) -> list[tuple[str, Any, list[Any]]]:
    return [
        (one.field, one.shown.value, [other.value for other in one.others])
        for one in book.conflicts()
    ]


def test_a_conflict_says_what_who_when_and_on_which_laptop(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    person = nok.new_id("person")
    nok.save(Add(Person(id=person, name="คุณนก")))
    turn = next(nok.turns(session))
    nok.save(Change(turn.id, {"text": "น้ำมาช้ามาก"}), who=person)
    daeng.save(Change(turn.id, {"text": "น้ำไม่มา"}))
    meet(team.stick(), nok, daeng)

    (conflict,) = daeng.conflicts()

    assert (conflict.record, conflict.kind, conflict.field) == (turn.id, "turn", "text")
    assert (conflict.session, conflict.session_title) == (session, "เวทีบ้านดอน")
    assert conflict.title == conflict.shown.value
    sides = {side.value: (side.who_name, side.laptop_name) for side in conflict.sides}
    assert sides == {"น้ำมาช้ามาก": ("คุณนก", "นก"), "น้ำไม่มา": ("", "แดง")}
    assert {side.laptop for side in conflict.sides} == {nok.laptop, daeng.laptop}
    assert all(side.time is not None and side.time.tzinfo for side in conflict.sides)
    assert values(nok) == values(daeng)


def test_the_same_text_typed_twice_is_no_conflict(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart
) -> None:
    nok, daeng, session = two

    apart(session, {"place": "ศาลา"}, {"place": "ศาลา"})

    assert nok.conflicts() == daeng.conflicts() == ()


def test_renamed_here_and_edited_inside_there_both_stand(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    turn = next(daeng.turns(session))
    nok.save(Change(session, {"title": "เวทีบ้านดอนใหม่"}))
    daeng.save(Change(turn.id, {"text": "น้ำไม่มา"}))

    meet(team.stick(), nok, daeng)

    for book in (nok, daeng):
        assert book.conflicts() == ()
        assert book.session(session).session.title == "เวทีบ้านดอนใหม่"
        assert [one.text for one in book.turns(session)] == ["น้ำไม่มา"]


def test_deleted_here_and_edited_there_stays_and_says_so_until_a_person_decides(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    turn = next(nok.turns(session))
    nok.save(Delete(turn.id))
    daeng.save(Change(turn.id, {"text": "น้ำไม่มา"}))
    meet(team.stick(), nok, daeng)
    (conflict,) = nok.conflicts()

    kept = nok.settle(turn.id, STANDS, value=False)

    assert (conflict.field, conflict.shown.value, conflict.others[0].value) == (STANDS, False, True)
    assert (conflict.shown.laptop_name, conflict.others[0].laptop_name) == ("แดง", "นก")
    assert kept.record.marks == frozenset()
    assert nok.conflicts() == ()
    nok.undo()
    assert [one.field for one in nok.conflicts()] == [STANDS]
    nok.settle(turn.id, STANDS, take=nok.conflicts()[0].others[0].id)
    assert "deleted" in nok.record(turn.id).marks
    assert nok.conflicts() == ()


def test_taking_one_value_settles_it_on_every_laptop(
    two: tuple[Notebook, Notebook, RecordId], team: Team, apart: Apart
) -> None:
    nok, daeng, session = two
    apart(session, {"place": "ศาลา"}, {"place": "วัด"})
    (conflict,) = nok.conflicts()

    saved = nok.settle(session, "place", take=conflict.others[0].id)
    meet(team.stick(), nok, daeng)

    assert getattr(saved.record, "place", "") == conflict.others[0].value
    for book in (nok, daeng):
        assert book.conflicts() == ()
        assert book.session(session).session.place == conflict.others[0].value


def test_keeping_what_is_shown_settles_it_too(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart
) -> None:
    nok, _daeng, session = two
    apart(session, {"place": "ศาลา"}, {"place": "วัด"})
    shown = nok.conflicts()[0].shown

    nok.settle(session, "place", take=shown.id)

    assert nok.conflicts() == ()
    assert nok.session(session).session.place == shown.value


def test_undoing_a_settlement_opens_the_conflict_again_as_it_was(
    two: tuple[Notebook, Notebook, RecordId], team: Team, apart: Apart
) -> None:
    nok, daeng, session = two
    apart(session, {"place": "ศาลา"}, {"place": "วัด"})
    before = nok.conflicts()
    for place in (0, 1, None):
        take = None if place is None else nok.conflicts()[0].sides[place].id
        nok.settle(session, "place", take=take, value="โรงเรียน")

        nok.undo()

        (again,) = nok.conflicts()
        told = [(one.value, one.time, one.laptop) for one in again.sides]
        assert told == [(one.value, one.time, one.laptop) for one in before[0].sides]
        before = (again,)
    nok.redo()
    assert nok.conflicts() == ()
    assert nok.session(session).session.place == "โรงเรียน"
    nok.undo()
    meet(team.stick(), nok, daeng)
    assert values(daeng) == values(nok) != []
    nok.verify(rebuild=True)
    assert values(daeng) == values(nok)


def test_settling_apart_is_a_conflict_of_the_two_settlements(
    two: tuple[Notebook, Notebook, RecordId], team: Team, apart: Apart
) -> None:
    nok, daeng, session = two
    apart(session, {"place": "ศาลา"}, {"place": "วัด"})

    nok.settle(session, "place", value="โรงเรียน")
    daeng.settle(session, "place", value="อบต.")
    meet(team.stick(), nok, daeng)

    (conflict,) = nok.conflicts()
    assert {side.value for side in conflict.sides} == {"โรงเรียน", "อบต."}
    with pytest.raises(ChangedSince):
        nok.undo(past_meeting=True)


def test_putting_it_off_does_no_harm_and_an_edit_beside_it_does_not_hide_it(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart
) -> None:
    nok, _daeng, session = two
    apart(session, {"place": "ศาลา"}, {"place": "วัด"})
    beside = nok.conflicts()[0].others[0].value

    nok.save(Change(session, {"place": "โรงเรียน", "title": "อีกชื่อ"}))

    assert values(nok) == [("place", "โรงเรียน", [beside])]


@pytest.mark.parametrize(
    ("field", "first", "second", "new"),
    [
        ("date", dt.date(2026, 5, 12), dt.date(2026, 5, 13), dt.date(2026, 5, 14)),
        ("starts", "09:00", "09:30", "10:00"),
        ("part", 6, 7, 8),
        ("status", "planned", "postponed", "held"),
        ("series", RecordId("series/01A"), RecordId("series/01B"), None),
        ("finished", True, False, True),
    ],
)
def test_every_sort_of_field_can_be_settled(
    two: tuple[Notebook, Notebook, RecordId],
    apart: Apart,
    field: str,
    first: Any,
    second: Any,
    new: Any,
) -> None:
    nok, _daeng, session = two
    if field == "finished":
        nok.save(Change(session, {"finished": True}))
    apart(session, {field: first}, {field: second})
    (conflict,) = nok.conflicts()
    assert {side.value for side in conflict.sides} == {first, second}

    nok.settle(session, field, value=new)

    assert nok.conflicts() == ()
    assert getattr(nok.record(session), field) == new


def test_whether_a_role_was_done_is_settled_role_by_role(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    person = nok.new_id("person")
    nok.save(Add(Person(id=person, name="คุณนก")), Add(Attendance(session=session, person=person)))
    meet(team.stick(), nok, daeng)
    one = nok.attendance_id(session, person)
    nok.save(Change(one, {"checks.recorder": "did"}))
    daeng.save(Change(one, {"checks.recorder": "did_not"}))
    meet(team.stick(), nok, daeng)
    (conflict,) = nok.conflicts()

    nok.settle(one, "checks.recorder", value="partly")

    assert (conflict.field, conflict.title) == ("checks.recorder", "คุณนก")
    found = nok.record(one)
    assert isinstance(found, Attendance)
    assert dict(found.checks) == {"recorder": "partly"}


def test_sets_never_conflict_since_adding_wins(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart
) -> None:
    nok, _daeng, session = two

    apart(session, {"tags": frozenset({"น้ำ"})}, {"tags": frozenset({"ป่า"})})

    assert nok.conflicts() == ()
    with pytest.raises(NoConflict):
        nok.settle(session, "tags", value=frozenset({"น้ำ"}))


def test_both_texts_stand_below_each_other_where_a_person_says_so(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart
) -> None:
    nok, _daeng, session = two
    turn = next(nok.turns(session)).id
    apart(turn, {"text": "น้ำมาช้ามาก"}, {"text": "น้ำไม่มา"})
    wanted = "\n".join(side.value for side in nok.conflicts()[0].sides)

    nok.settle(turn, "text", how="both")

    assert [one.text for one in nok.turns(session)] == [wanted]


def test_lines_put_together_are_offered_and_only_taken_by_a_person(
    two: tuple[Notebook, Notebook, RecordId], team: Team, apart: Apart
) -> None:
    nok, daeng, session = two
    turn = next(nok.turns(session)).id
    nok.save(Change(turn, {"text": LINES}))
    meet(team.stick(), nok, daeng)
    apart(turn, {"text": LINES.replace("20", "25")}, {"text": LINES.replace("บ้าน", "วัด")})
    (conflict,) = nok.conflicts()
    assert conflict.shown.value != conflict.offer

    nok.settle(turn, "text", how="lines")

    wanted = LINES.replace("20", "25").replace("บ้าน", "วัด")
    assert conflict.offer == wanted
    assert [one.text for one in nok.turns(session)] == [wanted]


def test_one_line_that_both_changed_is_never_put_together(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart
) -> None:
    nok, _daeng, session = two
    turn = next(nok.turns(session)).id
    apart(turn, {"text": "มา 25 คน"}, {"text": "มา 30 คน"})

    assert nok.conflicts()[0].offer is None
    with pytest.raises(NoOffer):
        nok.settle(turn, "text", how="lines")


def test_a_choice_that_is_none_is_refused_and_nothing_changes(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart, team: Team
) -> None:
    nok, _daeng, session = two
    apart(session, {"date": dt.date(2026, 5, 12)}, {"date": dt.date(2026, 5, 13)})
    before = values(nok)

    with pytest.raises(NoConflict):
        nok.settle(session, "title", value="อีกชื่อ")
    with pytest.raises(NotASide):
        nok.settle(session, "date", take="0" * 26)
    with pytest.raises(NotJoinable):
        nok.settle(session, "date", how="both")
    with pytest.raises(BadValue):
        nok.settle(session, "date", value="เมื่อวาน")
    with pytest.raises(UnknownRecord):
        nok.settle(RecordId("session/01KSR493Z2"), "date", value=None)
    with pytest.raises(NotebookReadOnly):
        team.laptop("นก", read_only=True).settle(session, "date", value=None)

    assert values(nok) == before


def test_what_is_in_the_trash_waits_until_it_comes_back(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart
) -> None:
    nok, _daeng, session = two
    turn = next(nok.turns(session)).id
    apart(turn, {"text": "ก"}, {"text": "ข"})
    apart(session, {"place": "ศาลา"}, {"place": "วัด"})

    nok.save(Delete(session))

    assert nok.conflicts() == ()
    nok.undo()
    assert {one.field for one in nok.conflicts()} == {"text", "place"}


def test_conflicts_of_people_agencies_and_what_was_drawn_have_names(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    drawn = [
        Person(id=nok.new_id("person"), name="คุณนก"),
        Agency(id=nok.new_id("agency"), short="อบต."),
        Lesson(id=nok.new_id("lesson", session), session=session, title="ซ่อมก่อนฝน"),
        Outcome(id=nok.new_id("outcome", session), session=session, text="ซ่อมฝาย"),
    ]
    nok.save(*map(Add, drawn))
    meet(team.stick(), nok, daeng)
    fields = {"person": "position", "agency": "full", "lesson": "why", "outcome": "reason"}
    for book, word in ((nok, "หนึ่ง"), (daeng, "สอง")):
        book.save(*(Change(one.id, {fields[one.KIND]: word}) for one in drawn))
    meet(team.stick(), nok, daeng)

    found = {one.kind: (one.title, one.session_title) for one in daeng.conflicts()}

    assert found == {
        "person": ("คุณนก", ""),
        "agency": ("อบต.", ""),
        "lesson": ("ซ่อมก่อนฝน", "เวทีบ้านดอน"),
        "outcome": ("ซ่อมฝาย", "เวทีบ้านดอน"),
    }


def test_reading_without_the_pen_finds_the_same_conflicts(
    two: tuple[Notebook, Notebook, RecordId], apart: Apart, team: Team
) -> None:
    nok, _daeng, session = two
    apart(session, {"place": "ศาลา"}, {"place": "วัด"})
    nok.save(Add(Session(title="อีกเวที")))

    reader = team.laptop("นก", read_only=True)

    assert values(reader) == values(nok) != []
