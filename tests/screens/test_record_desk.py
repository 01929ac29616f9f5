"""What the keys of the recorder mean, without a screen and without a disk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kmtui.recording.desk import Desk, Order, Words
from kmtui.recording.drafting import draft_of, put_back
from kmtui.recording.keeping import Draw, Kept, LabelIs, SamePerson, Say
from kmtui.recording.spoken import read_line
from kmtui.recording.voices import Voice
from store.ids import IdMaker
from store.readings import Draft, Saved
from store.records import Outcome, Person, Record, RecordId, Turn
from store.vocabulary import OutcomeKind

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SESSION = RecordId("session/S1")


def a_person(name: str) -> Person:
    return Person(id=RecordId(f"person/{name}"), name=name)


def a_desk(*names: str) -> Desk:
    desk = Desk(session=SESSION, today=date(2026, 11, 22))
    desk.voices.know(a_person(name) for name in names)
    return desk


def words(text: str) -> Words:
    return Words(text=text, cursor=len(text))


def said(orders: list[Order]) -> list[tuple[str, str]]:
    return [(one.job.voice.shown, one.job.text) for one in orders if isinstance(one.job, Say)]


def kept(order: Order, record: Record, newcomer: Person | None = None) -> Kept:
    return Kept(saved=Saved(change="c", records=(record,)), record=record, newcomer=newcomer)


def test_a_name_before_a_colon_speaks_and_goes_on_speaking() -> None:
    desk = a_desk("คุณภีม", "คุณพัช")

    orders = desk.enter("ภีม: บทบาทคุณอำนวยได้หรือเปล่า", NOW) + desk.enter("ต่อเลย", NOW)

    assert said(orders) == [
        ("คุณภีม", "บทบาทคุณอำนวยได้หรือเปล่า"),
        ("คุณภีม", "ต่อเลย"),
    ]


def test_a_turn_typed_live_says_when() -> None:
    desk = a_desk("คุณภีม")

    (order,) = desk.enter("ภีม: ได้", NOW)

    assert isinstance(order.job, Say)
    assert order.job.said_at == NOW


@pytest.mark.parametrize(
    "typed",
    [
        "เริ่ม 10:30 น.",
        "10:30 เริ่ม",
        "http://example.org/x",
        "ผมคิดว่ามีอยู่สองข้อด้วยกัน: หนึ่งคือคน",
        "วันนี้ เรา จะ คุย: สามเรื่อง",
    ],
)
def test_a_time_an_address_and_a_clause_are_nobodys_name(typed: str) -> None:
    line = read_line(typed)

    assert (line.name, line.text) == ("", typed)


def test_tab_goes_through_the_last_speakers_and_shift_tab_back() -> None:
    desk = a_desk("คุณภีม", "คุณพัช", "คุณนก")
    for line in ("ภีม: หนึ่ง", "พัช: สอง", "นก: สาม"):
        desk.enter(line, NOW)

    heard = []
    for step in (1, 1, -1):
        desk.tab(Words(), step)
        heard.append(desk.voices.now.name)

    assert heard == ["คุณพัช", "คุณภีม", "คุณพัช"]


def test_tab_behind_the_beginning_of_a_name_completes_it() -> None:
    desk = a_desk("คุณภีม", "คุณพัช")

    left = desk.tab(words("ภี"), 1)

    assert (desk.voices.now.name, left.text) == ("คุณภีม", "")


@pytest.mark.parametrize("typed", ["นํ้า", "นำ้ผึ้ง", "น้ํา", "น้ำ\u200bผึ้ง", "คุณน้ำ"])
def test_another_spelling_of_a_beginning_completes_the_name(typed: str) -> None:
    desk = a_desk("คุณน้ำผึ้ง", "คุณพัช")

    desk.tab(words(typed), 1)

    assert desk.voices.now.name == "คุณน้ำผึ้ง"


def test_a_slip_of_a_tone_completes_a_name_behind_those_that_fit() -> None:
    desk = a_desk("คุณปาน", "คุณป่านทอง", "อ.ปานทิพย์")

    found = [one.name for one in desk.voices.complete("ปาน")]

    assert found == ["คุณปาน", "อ.ปานทิพย์", "คุณป่านทอง"]


def test_a_nickname_in_brackets_completes_the_name() -> None:
    desk = a_desk("คุณสมศรี (หน่อย)", "คุณพัช")

    desk.tab(words("หน่"), 1)

    assert desk.voices.now.name == "คุณสมศรี (หน่อย)"


@pytest.mark.parametrize("typed", ["คุณสมศรี ใจดีมากที่สุด ณ บางบอน", "คุณสมศรี  ใจดีมากที่สุด ณ บางบอน"])
def test_a_long_name_that_is_known_is_read_before_a_colon_in_any_spelling(typed: str) -> None:
    desk = a_desk("คุณสมศรี ใจดีมากที่สุด ณ บางบอน")

    (order,) = desk.enter(f"{typed}: ได้", NOW)

    assert said([order]) == [("คุณสมศรี ใจดีมากที่สุด ณ บางบอน", "ได้")]


def test_tab_behind_words_turns_the_speaker_and_keeps_the_words() -> None:
    desk = a_desk("คุณภีม", "คุณพัช")
    for line in ("ภีม: หนึ่ง", "พัช: สอง"):
        desk.enter(line, NOW)

    left = desk.tab(words("ที่พูดไปแล้วเมื่อกี้"), 1)

    assert (desk.voices.now.name, left.text) == ("คุณภีม", "ที่พูดไปแล้วเมื่อกี้")


def test_an_unknown_name_is_said_at_once_and_asks_nothing() -> None:
    desk = a_desk()

    orders = desk.enter("นก: สวัสดี", NOW)

    assert said(orders) == [("นก", "สวัสดี")]
    assert desk.questions == []


def test_a_nearly_known_name_is_asked_about_once_its_words_are_kept() -> None:
    desk = a_desk("คุณสมหมาย")
    (order,) = desk.enter("คุณสมหมา: ได้", NOW)
    made = Person(id=RecordId("person/new"), name="คุณสมหมา")

    desk.kept(order, kept(order, Turn(id=RecordId("turn/S1-1")), made))
    typed_meanwhile = desk.enter("อีกเรื่องหนึ่ง", NOW)
    answers = desk.enter("", NOW)

    assert said(typed_meanwhile) == [("คุณสมหมา", "อีกเรื่องหนึ่ง")]
    assert [type(one.job) for one in answers] == [SamePerson]
    assert [row.voice.name for row in desk.sheet.rows] == ["คุณสมหมาย", "คุณสมหมาย"]
    assert desk.voices.now.name == "คุณสมหมาย"


def test_esc_says_that_a_nearly_known_name_is_somebody_new() -> None:
    desk = a_desk("คุณสมหมาย")
    (order,) = desk.enter("คุณสมหมา: ได้", NOW)
    made = Person(id=RecordId("person/new"), name="คุณสมหมา")
    desk.kept(order, kept(order, Turn(id=RecordId("turn/S1-1")), made))

    left = desk.escape(words("กำลังพิมพ์"))

    assert left == words("กำลังพิมพ์")
    assert desk.questions == []
    assert desk.sheet.rows[0].voice.name == "คุณสมหมา"


def test_a_role_word_is_no_person_until_somebody_says_so() -> None:
    desk = a_desk()
    desk.holders = {"facilitator": Voice(name="คุณภีม", person=RecordId("person/p"))}
    (order,) = desk.enter("คุณอำนวย: เริ่มได้เลย", NOW)
    assert isinstance(order.job, Say)
    desk.kept(order, kept(order, Turn(id=RecordId("turn/S1-1"))))

    answers = desk.enter("", NOW)

    assert order.job.voice == Voice(label="คุณอำนวย")
    assert [type(one.job) for one in answers] == [LabelIs]
    assert desk.sheet.rows[0].voice.name == "คุณภีม"


def test_a_lesson_is_drawn_in_the_line_and_the_words_come_back() -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: หลงหน้าที่กัน", NOW)

    empty = desk.draw("lesson", words("คำที่ยังพิมพ์ไม่เสร็จ"))
    (order,) = desk.enter("เขียนหน้าที่ให้ชัดก่อนเริ่ม", NOW)

    assert empty == Words()
    assert isinstance(order.job, Draw)
    assert (order.job.kind, order.job.text) == ("lesson", "เขียนหน้าที่ให้ชัดก่อนเริ่ม")
    assert order.job.place == desk.sheet.rows[0].place
    assert desk.drawing is None


def test_an_empty_title_is_the_first_words_of_the_turn() -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: หลงหน้าที่กัน", NOW)
    desk.draw("lesson", Words())

    (order,) = desk.enter("", NOW)

    assert isinstance(order.job, Draw)
    assert order.job.text == "หลงหน้าที่กัน"


def test_esc_puts_a_title_aside_and_the_same_key_brings_it_back() -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: หลงหน้าที่กัน", NOW)
    desk.draw("lesson", words("คำค้าง"))

    back = desk.escape(words("ชื่อบทเรียนครึ่ง"))
    again = desk.draw("lesson", Words())

    assert back == words("คำค้าง")
    assert again == words("ชื่อบทเรียนครึ่ง")


def test_the_turn_in_hand_is_the_one_that_a_lesson_is_drawn_from() -> None:
    desk = a_desk("คุณภีม")
    for line in ("ภีม: หนึ่ง", "สอง", "สาม"):
        desk.enter(line, NOW)

    desk.walk(-1)
    desk.walk(-1)
    desk.draw("question", Words())
    (order,) = desk.enter("", NOW)

    assert isinstance(order.job, Draw)
    assert order.job.text == "สอง"


def test_nothing_can_be_drawn_before_anything_is_said() -> None:
    assert a_desk().draw("lesson", words("คำ")) is None


def test_a_refused_turn_stays_in_sight_and_the_next_enter_tries_again_first() -> None:
    desk = a_desk("คุณภีม")
    (first,) = desk.enter("ภีม: หนึ่ง", NOW)
    desk.refused(first)
    assert first.row is not None
    state = first.row.state

    orders = desk.enter("สอง", NOW)

    assert state == "refused"
    assert said(orders) == [("คุณภีม", "หนึ่ง"), ("คุณภีม", "สอง")]
    assert [row.text for row in desk.sheet.rows] == ["หนึ่ง", "สอง"]


def test_taking_back_an_unsaved_turn_puts_its_words_into_the_line() -> None:
    desk = a_desk("คุณภีม")
    (first,) = desk.enter("ภีม: หนึ่ง", NOW)
    desk.refused(first)

    line, orders = desk.take_back(Words())

    assert (line.text, orders, desk.sheet.rows) == ("หนึ่ง", [], [])


@pytest.mark.parametrize("typed", ["// มาสาย 2 คน", "# มาสาย 2 คน"])
def test_two_strokes_or_a_hash_make_a_note_of_the_recorder(typed: str) -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: หนึ่ง", NOW)

    (order,) = desk.enter(typed, NOW)

    assert isinstance(order.job, Say)
    assert (order.job.kind, order.job.voice, order.job.text) == ("note", Voice(), "มาสาย 2 คน")
    assert desk.voices.now.name == "คุณภีม"


def test_a_heading_stands_over_the_turns_that_follow() -> None:
    desk = a_desk("คุณภีม")

    nothing = desk.enter("= บทบาทของหน่วยงาน", NOW)
    (order,) = desk.enter("ภีม: หนึ่ง", NOW)

    assert nothing == []
    assert isinstance(order.job, Say)
    assert order.job.heading == "บทบาทของหน่วยงาน"


def test_a_draft_holds_what_waits_the_words_aside_and_the_words_in_the_line() -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: ยังไม่ถึงจาน", NOW)
    desk.draw("lesson", words("คำค้าง"))

    job = draft_of(desk, words("ชื่อบทเรียน"), NOW)

    assert job.waiting == ((1000, "คุณภีม: ยังไม่ถึงจาน"),)
    assert job.draft.text == "คำค้าง\nชื่อบทเรียน"
    assert job.draft.speaker_name == "คุณภีม"


def test_a_draft_comes_back_with_its_speaker_its_topic_and_its_caret() -> None:
    before = a_desk("คุณภีม")
    before.enter("ภีม:", NOW)
    before.enter("= หัวข้อ", NOW)
    draft = draft_of(before, Words(text="คำที่พิมพ์ค้าง", cursor=3), NOW).draft
    desk = a_desk("คุณภีม")

    line = put_back(desk, draft)

    assert line == Words(text="คำที่พิมพ์ค้าง", cursor=3)
    assert (desk.voices.now.name, desk.heading) == ("คุณภีม", "หัวข้อ")


def test_a_draft_that_was_kept_as_a_turn_is_not_offered_again() -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: คำที่เก็บแล้ว", NOW)

    line = put_back(desk, Draft(session=SESSION, text="คำที่เก็บแล้ว"))

    assert line == Words()


def kept_desk(at: datetime) -> Desk:
    """A desk with one turn that was kept at this moment."""
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: น้ำไม่ไหลตอนเช้า", NOW)
    letters = IdMaker(lambda: at.timestamp() * 1000, lambda: 7).next()
    desk.sheet.rows[-1].id = RecordId(f"turn/S1-{letters}")
    desk.sheet.rows[-1].state = "kept"
    return desk


@pytest.mark.parametrize(
    "text",
    [
        "น้ำไม่ไหลตอนเช้า",
        "คุณภีม: น้ำไม่ไหลตอนเช้า",
        "น้ำไม่",
        "คุณภีม: น้ำไม่",
    ],
)
def test_words_that_a_kill_left_in_both_places_are_not_offered_again(text: str) -> None:
    desk = kept_desk(NOW + timedelta(seconds=1))

    line = put_back(desk, Draft(session=SESSION, text=text, written=NOW))

    assert line == Words()


def test_a_line_that_was_on_its_way_and_arrived_is_left_out_and_the_rest_comes_back() -> None:
    desk = kept_desk(NOW + timedelta(seconds=1))
    text = "คุณภีม: น้ำไม่ไหลตอนเช้า\nแล้วตอนเย็น"

    line = put_back(desk, Draft(session=SESSION, text=text, written=NOW, cursor=len(text)))

    assert line == Words(text="แล้วตอนเย็น", cursor=len("แล้วตอนเย็น"))


def test_words_typed_after_a_turn_was_kept_come_back_though_it_begins_with_them() -> None:
    desk = kept_desk(NOW)

    line = put_back(desk, Draft(session=SESSION, text="น้ำ", written=NOW + timedelta(seconds=9)))

    assert line.text == "น้ำ"


@pytest.mark.parametrize(
    ("typed", "text", "owner", "due"),
    [
        ("ส่งบทบาท @นก ภายใน 30 พ.ย. 2569", "ส่งบทบาท", "นก", date(2026, 11, 30)),
        ("ส่งบทบาท ภายใน ๓๐ พฤศจิกายน ๒๕๖๙", "ส่งบทบาท", "", date(2026, 11, 30)),
        ("ส่งบทบาทให้ครบ", "ส่งบทบาทให้ครบ", "", None),
        ("ทำให้เสร็จภายในเดือนหน้า", "ทำให้เสร็จภายในเดือนหน้า", "", None),
    ],
)
def test_a_task_says_who_and_by_when(typed: str, text: str, owner: str, due: date | None) -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: จะส่งให้", NOW)
    desk.draw("action", Words())

    (order,) = desk.enter(typed, NOW)

    assert isinstance(order.job, Draw)
    assert (order.job.text, order.job.due) == (text, due)
    assert (order.job.owner.shown if order.job.owner else "") == owner


def test_a_year_of_two_digits_is_asked_about_when_the_task_is_kept() -> None:
    desk = a_desk("คุณภีม")
    desk.enter("ภีม: จะส่งให้", NOW)
    desk.draw("action", Words())
    (order,) = desk.enter("ส่งบทบาท ภายใน 30 พ.ย. 69", NOW)
    kind: OutcomeKind = "action"
    task = Outcome(id=RecordId("outcome/S1-1"), kind=kind, text="ส่งบทบาท ภายใน 30 พ.ย. 69")

    desk.kept(order, kept(order, task))
    asked = desk.questions[0].asked()
    (answer,) = desk.enter("", NOW)

    assert "2569" in asked
    assert answer.job.fields == {"due": date(2026, 11, 30), "text": "ส่งบทบาท"}  # type: ignore[attr-defined]


def test_enter_leaves_the_turn_in_hand_before_it_answers_a_question() -> None:
    desk = a_desk("คุณสมหมาย")
    (order,) = desk.enter("คุณสมหมา: ได้", NOW)
    made = Person(id=RecordId("person/new"), name="คุณสมหมา")
    desk.kept(order, kept(order, Turn(id=RecordId("turn/S1-1")), made))
    desk.walk(-1)

    left = desk.enter("", NOW)
    answered = desk.enter("", NOW)

    assert left == []
    assert [type(one.job) for one in answered] == [SamePerson]


def test_a_draft_holds_a_title_that_was_refused() -> None:
    desk = a_desk("คุณภีม")
    (said_first,) = desk.enter("ภีม: หลงหน้าที่กัน", NOW)
    desk.kept(said_first, kept(said_first, Turn(id=RecordId("turn/S1-1"))))
    desk.draw("lesson", Words())
    (drawn,) = desk.enter("เขียนหน้าที่", NOW)
    desk.refused(drawn)

    job = draft_of(desk, Words(), NOW)

    assert [line for _place, line in job.waiting] == ["// เขียนหน้าที่"]
