"""What the recorder's orders leave in the notebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kmtui.recording.keeping import (
    Draw,
    EvidenceNotKept,
    KeepDraft,
    LabelIs,
    Pen,
    SamePerson,
    Say,
    TakeBack,
)
from kmtui.recording.people import Absent, Belong, Check, Hold, Join
from kmtui.recording.voices import NOBODY, Voice
from store.edits import Add
from store.notebook import Notebook
from store.readings import Draft
from store.records import Attendance, Outcome, Person, RecordId, Session, Turn

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with Notebook.open(tmp_path / "notebook", now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def pen(notebook: Notebook) -> Pen:
    return Pen(session=notebook.save(Add(Session(title="เวทีบ้านนาโพธิ์"))).record.id)


def people(notebook: Notebook) -> list[str]:
    return sorted(person.name for person in notebook.people())


def present(notebook: Notebook, pen: Pen) -> list[str]:
    whole = notebook.session(pen.session)
    return sorted(
        whole.people[one.person].name for one in whole.attendance if one.presence == "present"
    )


def test_first_words_make_a_person_who_is_here_in_one_save(notebook: Notebook, pen: Pen) -> None:
    kept = Say(voice=Voice(name="นก"), text="สวัสดี", place=1000, said_at=NOW).keep(notebook, pen)

    turn = kept.record
    assert isinstance(turn, Turn)
    assert (turn.text, turn.said_at, turn.place) == ("สวัสดี", NOW, 1000)
    assert kept.newcomer is not None
    assert turn.speaker == kept.newcomer.id
    assert present(notebook, pen) == ["นก"]
    notebook.undo()
    assert (people(notebook), present(notebook, pen)) == ([], [])


def test_two_lines_of_a_new_name_make_one_person(notebook: Notebook, pen: Pen) -> None:
    Say(voice=Voice(name="นก"), text="หนึ่ง", place=1000).keep(notebook, pen)
    Say(voice=Voice(name="นก"), text="สอง", place=2000).keep(notebook, pen)

    assert people(notebook) == ["นก"]
    assert len({turn.speaker for turn in notebook.turns(pen.session)}) == 1


def test_somebody_noted_as_absent_who_speaks_is_here(notebook: Notebook, pen: Pen) -> None:
    nok = notebook.save(Add(Person(name="นก"))).record.id
    Absent(person=nok, reason="ป่วย").keep(notebook, pen)

    Say(voice=Voice(name="นก", person=nok), text="มาแล้ว", place=1000).keep(notebook, pen)

    assert present(notebook, pen) == ["นก"]


def test_roles_stay_when_their_holder_speaks(notebook: Notebook, pen: Pen) -> None:
    nok = notebook.save(Add(Person(name="นก"))).record.id
    Hold(person=nok, role="recorder", holds=True).keep(notebook, pen)

    Say(voice=Voice(name="นก", person=nok), text="จดอยู่", place=1000).keep(notebook, pen)

    assert notebook.session(pen.session).names_with("recorder") == ("นก",)


def test_a_lesson_names_the_turn_that_was_kept_just_before(notebook: Notebook, pen: Pen) -> None:
    turn = Say(voice=NOBODY, text="หลงหน้าที่กัน", place=1000).keep(notebook, pen).record

    Draw(kind="lesson", text="เขียนหน้าที่", place=1000).keep(notebook, pen)

    (lesson,) = notebook.lessons(pen.session)
    assert (lesson.title, lesson.evidence) == ("เขียนหน้าที่", frozenset({turn.id}))


def test_nothing_is_drawn_from_words_that_are_not_kept(notebook: Notebook, pen: Pen) -> None:
    with pytest.raises(EvidenceNotKept):
        Draw(kind="lesson", text="เขียนหน้าที่", place=1000).keep(notebook, pen)

    assert notebook.lessons(pen.session) == ()


def test_a_task_has_its_owner_also_a_new_one(notebook: Notebook, pen: Pen) -> None:
    Say(voice=NOBODY, text="จะส่งให้", place=1000).keep(notebook, pen)

    kept = Draw(kind="action", text="ส่ง", place=1000, owner=Voice(name="นก")).keep(notebook, pen)

    assert isinstance(kept.record, Outcome)
    assert kept.newcomer is not None
    assert kept.record.owner == kept.newcomer.id
    assert present(notebook, pen) == []


def test_a_newcomer_who_is_somebody_known_leaves_nothing_behind(
    notebook: Notebook, pen: Pen
) -> None:
    known = notebook.save(Add(Person(name="คุณสมหมาย"))).record
    assert isinstance(known, Person)
    new = Say(voice=Voice(name="คุณสมหมา"), text="ได้", place=1000).keep(notebook, pen).newcomer
    assert new is not None

    SamePerson(newcomer=new, known=known).keep(notebook, pen)
    Say(voice=Voice(name="คุณสมหมา"), text="อีก", place=2000).keep(notebook, pen)

    assert {turn.speaker for turn in notebook.turns(pen.session)} == {known.id}
    assert (people(notebook), present(notebook, pen)) == (["คุณสมหมาย"], ["คุณสมหมาย"])


def test_a_role_word_becomes_the_person_who_was_meant(notebook: Notebook, pen: Pen) -> None:
    Say(voice=Voice(label="คุณอำนวย"), text="เริ่ม", place=1000).keep(notebook, pen)

    LabelIs(label="คุณอำนวย", voice=Voice(name="คุณภีม")).keep(notebook, pen)

    whole = notebook.session(pen.session)
    assert [whole.speaker_name(turn) for turn in whole.turns] == ["คุณภีม"]


def test_taking_back_the_first_words_forgets_who_was_made(notebook: Notebook, pen: Pen) -> None:
    Say(voice=Voice(name="นก"), text="ผิดเวที", place=1000).keep(notebook, pen)

    kept = TakeBack().keep(notebook, pen)
    Say(voice=Voice(name="นก"), text="อีกครั้ง", place=1000).keep(notebook, pen)

    assert isinstance(kept.record, Turn)
    assert "deleted" in kept.record.marks
    assert [turn.text for turn in notebook.turns(pen.session)] == ["อีกครั้ง"]
    assert present(notebook, pen) == ["นก"]


def test_a_draft_leaves_out_the_lines_that_have_arrived(notebook: Notebook, pen: Pen) -> None:
    Say(voice=NOBODY, text="ถึงแล้ว", place=1000).keep(notebook, pen)
    draft = Draft(session=pen.session, text="กำลังพิมพ์", cursor=2, written=NOW)

    KeepDraft(draft=draft, waiting=((1000, "ถึงแล้ว"), (2000, "นก: ยังไม่ถึง"))).keep_draft(
        notebook, pen
    )

    kept = notebook.draft(pen.session)
    assert kept is not None
    assert kept.text == "นก: ยังไม่ถึง\nกำลังพิมพ์"
    assert kept.cursor == len("นก: ยังไม่ถึง\n") + 2


def test_a_person_may_hold_several_roles_and_give_one_back(notebook: Notebook, pen: Pen) -> None:
    nok = Join(voice=Voice(name="นก")).keep(notebook, pen).record.id

    Hold(person=nok, role="facilitator", holds=True).keep(notebook, pen)
    Hold(person=nok, role="practitioner", holds=True).keep(notebook, pen)
    Hold(person=nok, role="facilitator", holds=False).keep(notebook, pen)

    (one,) = notebook.attendance(pen.session)
    assert one.roles == {"practitioner"}


def test_an_absence_says_why(notebook: Notebook, pen: Pen) -> None:
    nok = Join(voice=Voice(name="นก")).keep(notebook, pen).record.id

    kept = Absent(person=nok, reason="ติดประชุมจังหวัด").keep(notebook, pen)

    assert isinstance(kept.record, Attendance)
    assert (kept.record.presence, kept.record.reason) == ("absent", "ติดประชุมจังหวัด")


def test_an_agency_is_made_once_and_found_again(notebook: Notebook, pen: Pen) -> None:
    nok = Join(voice=Voice(name="นก")).keep(notebook, pen).record.id
    pla = Join(voice=Voice(name="ปลา")).keep(notebook, pen).record.id

    Belong(person=nok, agency="พอช.").keep(notebook, pen)
    Belong(person=pla, agency="พอช.").keep(notebook, pen)

    (agency,) = notebook.agencies()
    assert {one.agency for one in notebook.attendance(pen.session)} == {agency.id}
    assert {person.agency for person in notebook.people()} == {agency.id}


def test_a_role_check_can_be_set_and_be_unknown_again(notebook: Notebook, pen: Pen) -> None:
    nok = Join(voice=Voice(name="นก")).keep(notebook, pen).record.id
    Hold(person=nok, role="recorder", holds=True).keep(notebook, pen)
    attendance = notebook.attendance_id(pen.session, RecordId(nok))

    Check(attendance=attendance, role="recorder", check="partly").keep(notebook, pen)
    (partly,) = notebook.attendance(pen.session)
    Check(attendance=attendance, role="recorder", check=None).keep(notebook, pen)
    (unknown,) = notebook.attendance(pen.session)

    assert partly.checks == {"recorder": "partly"}
    assert unknown.checks.get("recorder") is None
