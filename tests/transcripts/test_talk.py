"""Talk in its other shapes: headings, colons, single blanks, and speech that somebody tells."""

from __future__ import annotations

import pytest

from store.transcripts.errors import NotATranscript

from .reads import counts, kinds, known, of, said, sample


def test_unlabelled_paragraphs_go_on_with_the_last_speaker() -> None:
    forum = sample("headings.txt")

    first = forum.turns[0]
    assert counts(forum) == {"คุณจันทร์แรม": 1, "คุณเวียง": 1}
    assert first.more == (8, 10, 11, 12)
    assert "\nส่วนที่ 1 คนในหมู่บ้าน ตอนนี้มี 40 ครัวเรือน\n" in first.text
    assert "        ต้นที่ปลูกริมคลองรอดเกินครึ่ง  แต่" in first.text


def test_a_line_that_begins_with_a_full_stop_was_broken_by_accident() -> None:
    forum = sample("headings.txt")

    assert forum.turns[0].text.endswith("แต่ประสานกับ อบต.ยังไม่ลงตัว")


def test_a_role_with_its_place_is_a_heading_and_no_speaker() -> None:
    forum = sample("headings.txt")

    headings = [one.text for one in forum.headings]
    assert headings[:2] == ["คุณอำนวยตำบลปากคลอง", "ตำบลปากคลอง"]
    assert [one.heading for one in forum.turns] == ["ตำบลปากคลอง", "ตำบลท่าเรือ"]


@pytest.mark.parametrize("part", ["ส่วนที่ 1", "ส่วนที่ ๒", "ตอนที่ 3", "กลุ่มที่ 1", "วาระที่ 2"])
@pytest.mark.parametrize("gap", [" : ", "   ", "\t"])
def test_a_numbered_part_is_never_a_speaker(part: str, gap: str) -> None:
    forum = of(f"คุณแดง{gap}เริ่มเลย\n{part}{gap}คนในหมู่บ้าน\n{part}{gap}อีกหน")

    assert counts(forum) == {"คุณแดง": 1}


def test_colons_are_read_in_every_spelling() -> None:
    forum = sample("colon.txt")

    assert forum.layout == "colon"
    assert counts(forum) == {
        "พิธีกร": 2,
        "อาจารย์รัตนา ใจกว้าง": 1,
        "นายเกษม ดีพร้อม": 1,
        "คุณอำนวย": 1,
    }


def test_a_clock_time_is_no_label_and_neither_is_a_word_of_a_form() -> None:
    forum = sample("colon.txt")

    assert forum.turns[3].text == ("ผมรับซื้อทุกวันเสาร์ เริ่มเวลา 09:30 น. ถึงเที่ยง\nเวลา : ถ้าเปลี่ยนจะบอกอีกที")


@pytest.mark.parametrize("line", ["09:30 เริ่มงาน", "เวลา 09:30 น.", "http://a.b : ก", "1. แดง: ก"])
def test_a_line_that_begins_with_a_number_or_an_address_has_no_label(line: str) -> None:
    forum = of(f"คุณแดง: เริ่ม\n{line}\nคุณแดง: จบ")

    assert counts(forum) == {"คุณแดง": 2}


@pytest.mark.parametrize("word", ["พิธีกร", "ประธาน", "คุณอำนวย", "คุณลิขิต", "ผู้เข้าร่วม 1"])
def test_a_role_word_speaks_without_being_taken_for_a_person(word: str) -> None:
    forum = of(f"{word}: เริ่มเลย\nคุณแดง: ครับ")

    speaker = forum.speakers[0]
    assert (speaker.label, speaker.name, speaker.person) == (word, "", None)
    assert speaker.is_role
    assert [one.facts["label"] for one in forum.questions] == [word]


def test_a_role_word_is_a_person_where_the_notebook_knows_one_of_that_name() -> None:
    forum = of("คุณอำนวย: เริ่มเลย", known("คุณอำนวย"))

    assert forum.speakers[0].person == "person/0"
    assert forum.speakers[0].name == "คุณอำนวย"
    assert not forum.questions


def test_one_blank_splits_only_for_a_speaker_that_is_known() -> None:
    forum = sample("single_blank.txt", known("ลุงคำ", "ป้าใบ"))

    assert said(forum) == [
        ("ลุงคำ", "ตอนเริ่มมีข้าวแค่สิบกระสอบ ทุกคนเอามาคนละถัง"),
        ("ป้าใบ", "แล้วปีที่น้ำท่วมทำอย่างไร"),
    ]


def test_a_line_that_introduces_somebody_is_a_note_and_no_turn() -> None:
    forum = sample("single_blank.txt", known("ลุงคำ", "ป้าใบ"))

    assert [one.line for one in forum.notes] == [3]
    assert [one.line for one in forum.spoken] == [3, 5, 7]


def test_one_blank_asks_who_speaks_where_nobody_is_known() -> None:
    forum = sample("single_blank.txt")

    assert not forum.turns
    assert [one.line for one in forum.not_understood] == [3, 5, 7]
    asked = {one.facts["label"] for one in forum.questions}
    assert asked == {"ลุงคำ", "ป้าใบ"}


def test_somebody_unknown_is_not_put_into_the_mouth_of_the_one_above() -> None:
    forum = sample("single_blank.txt", known("ลุงคำ"))

    assert counts(forum) == {"ลุงคำ": 1}
    assert [one.line for one in forum.not_understood] == [7]


def test_labels_that_a_person_names_are_speakers() -> None:
    text = "ทบทวนธนาคารข้าว\n\nลุงคำ ข้าวหมดแล้ว\n\nป้าใบ ปีนี้เอาใหม่"

    forum = of(text, named=("ลุงคำ", "ป้าใบ"))

    assert said(forum) == [("ลุงคำ", "ข้าวหมดแล้ว"), ("ป้าใบ", "ปีนี้เอาใหม่")]


def test_the_day_times_and_place_are_read_from_the_line_above_the_talk() -> None:
    forum = sample("single_blank.txt")

    assert forum.when.date is not None
    assert forum.when.date.isoformat() == "2001-06-05"
    assert (forum.when.starts, forum.when.ends) == ("13:30", "16:00")
    assert forum.place == "ศาลาวัดหนองบัว"


def test_told_speech_loses_its_verb_and_is_marked_as_told() -> None:
    forum = sample("reported.txt")

    assert forum.layout == "reported"
    assert {one.kind for one in forum.turns} == {"reported"}
    assert said(forum) == [
        ("ประธาน", "บัญชีเดือนก่อนยังปิดไม่ได้"),
        ("คุณรำไพ", "ใบเสร็จหายไปสองใบ  กำลังตามอยู่"),
        ("ประธาน นายธงชัย  แก่นแก้ว", "ขอให้เก็บใบเสร็จไว้ที่เดียว\nและให้ถ่ายรูปไว้ทุกใบ"),
        ("นางวิมาลา", "ควรซื้อแฟ้มใหม่"),
    ]


def test_role_and_name_together_are_one_speaker_with_the_name() -> None:
    forum = sample("reported.txt")

    assert forum.speakers[2].name == "นายธงชัย แก่นแก้ว"
    assert not forum.speakers[2].is_role


def test_an_agenda_item_is_the_topic_of_what_stands_below_it() -> None:
    forum = sample("reported.txt")

    assert {one.heading for one in forum.turns} == {"วาระที่ 2 เรื่องสืบเนื่อง (ต่อ)"}


def test_a_paragraph_that_tells_of_another_stays_with_its_speaker() -> None:
    forum = of("คุณแดง: เล่าให้ฟัง\nคุณดำ บอกว่าไม่มา\nคุณขาว: ครับ\nคุณแดง: แล้วเจอกัน")

    assert counts(forum) == {"คุณแดง": 2, "คุณขาว": 1}
    assert forum.turns[0].more == (2,)


def test_people_of_the_notebook_are_only_spoken_of_where_the_file_has_colons() -> None:
    forum = of("คุณแดง: เล่าให้ฟัง\nคุณดำ มาสายทุกวัน", known("คุณดำ"))

    assert counts(forum) == {"คุณแดง": 1}


def test_a_speaker_of_the_file_may_have_one_blank_once_and_it_is_told() -> None:
    forum = of("คุณแดง   เล่าให้ฟัง\nคุณดำ   ครับ\nคุณแดง จบแล้ว")

    assert counts(forum) == {"คุณแดง": 2, "คุณดำ": 1}
    assert kinds(forum) == {"odd_blank"}


def test_a_label_that_a_person_names_splits_at_one_blank_in_any_file() -> None:
    forum = of("คุณแดง: เล่าให้ฟัง\nป้าใบ จ้า มาแล้ว", named=("ป้าใบ",))

    assert counts(forum) == {"คุณแดง": 1, "ป้าใบ": 1}


def test_who_wrote_it_down_is_read_above_the_talk() -> None:
    forum = of("เวทีน้ำ\nผู้จดบันทึก: นางนภา สุขใจ\n\nคุณแดง: มา")

    assert [(one.role, one.name) for one in forum.roles] == [("recorder", "นางนภา สุขใจ")]
    assert counts(forum) == {"คุณแดง": 1}


@pytest.mark.parametrize(
    ("line", "day", "asked"),
    [
        ("วันที่ 22 พฤษภาคม 2549", "2006-05-22", None),
        ("17 เม.ย.49", "2006-04-17", "two_digit_year"),
        ("วันที่ 3 ม.ค. 70", "1927-01-03", "two_digit_year"),
        ("27-28ก.ย.2548", "2005-09-27", None),
        ("วันที่5-6ก.ย.นี้", None, "no_year"),
        ("วันจันทร์ที่ 22 พฤษภาคม 2550", "2007-05-22", "weekday_differs"),
    ],
)
def test_days_are_read_as_the_field_writes_them(
    line: str, day: str | None, asked: str | None
) -> None:
    forum = of(f"เวทีน้ำ\n{line}\n\nคุณแดง: มา")

    assert (forum.when.date.isoformat() if forum.when.date else None) == day
    assert kinds(forum) == ({asked} if asked else set())


def test_a_second_day_is_asked_about_and_the_first_is_taken() -> None:
    forum = of("เวทีน้ำ\nวันที่ 5 มิถุนายน 2566\nวันที่ 7 มิถุนายน 2566\n\nคุณแดง: มา")

    assert forum.when.date is not None
    assert forum.when.date.isoformat() == "2023-06-05"
    assert [one.isoformat() for one in forum.when.alternatives] == ["2023-06-07"]
    assert kinds(forum) == {"several_dates"}


@pytest.mark.parametrize(
    "text",
    [
        "def main() -> None:\n    x = 1\n    return x\n",
        "ชื่อ,หน่วยงาน,บทบาท\nแดง,น้ำใส,จด\nดำ,ป่าเขียว,ประสาน\n",
        "เมื่อวานฝนตกทั้งวัน ชาวบ้านอยู่แต่ในบ้าน\nดังนั้น  งานจึงเลื่อน\nดังนั้น  คนจึงกลับ\nแล้วก็จบ\nไม่มีอะไร\nอีกเลย\n",
        '{"a": 1,\n "b": 2}\n',
        "name: x\nkind: y\nname: z\nkind: w\n",
    ],
)
def test_what_has_no_speaker_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(NotATranscript) as refused:
        of(text)

    assert str(refused.value).count("ทดลอง.txt") == 1
    assert refused.value.where == "ทดลอง.txt"


@pytest.mark.parametrize("name", ["คุณกิจจา", "คุณอำนวยพร", "คุณประสานสุข"])
def test_a_name_that_only_begins_like_a_role_word_is_a_name(name: str) -> None:
    forum = of(f"{name}: มา")

    assert forum.speakers[0].name == name
    assert not forum.questions


def test_a_role_word_with_a_family_name_is_a_person_and_asked_about() -> None:
    forum = of("คุณอำนวย พอใจ: มา")

    assert forum.speakers[0].name == "คุณอำนวย พอใจ"
    assert kinds(forum) == {"role_word_name"}


def test_a_resolution_in_a_talk_is_a_decision_and_no_speech() -> None:
    forum = of("คุณแดง: ปลูกเพิ่มไหม\nมติที่ประชุม: ปลูกเดือนหน้า\nคุณดำ: ครับ")

    assert [(one.line, one.text) for one in forum.decisions] == [(2, "ปลูกเดือนหน้า")]
    assert counts(forum) == {"คุณแดง": 1, "คุณดำ": 1}


def test_a_numbered_list_of_who_came_stands_above_a_talk() -> None:
    forum = of("เวทีน้ำ\nผู้เข้าร่วม\n1. คุณแดง\n2. คุณดำ\n\nคุณแดง: มา\nคุณดำ: ครับ")

    assert [one.name for one in forum.attendance] == ["คุณแดง", "คุณดำ"]
    assert counts(forum) == {"คุณแดง": 1, "คุณดำ": 1}
    assert forum.title == "เวทีน้ำ"
