"""Labels with a wide gap behind them: the layout of the founding forum, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.transcripts import read

from .reads import NOBODY, SAMPLES, TODAY, counts, kinds, known, of, said, sample

FOUNDING = Path(__file__).parents[2] / "../shared/field/forum-part-6.txt"
NBSP = "\u00a0"


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding forum is not on this machine")
def test_the_founding_forum_has_27_turns_of_six_people() -> None:
    (forum,) = read(FOUNDING, known=NOBODY, today=TODAY)

    assert counts(forum) == {
        "คุณพัช": 2,
        "คุณภีม": 10,
        "คุณสมหมาย": 5,
        "อ.จำนง": 1,
        "คุณเกรียงไกร": 5,
        "คุณชะอ้อน": 4,
    }
    first = FOUNDING.read_text(encoding="utf-8").split("\n", 1)[0]
    assert (forum.title, forum.part, forum.part_text) == (first, 6, "ตอนที่ ๖")
    assert forum.series_title == first.removesuffix(" ตอนที่ ๖")
    assert forum.when.date is None
    assert not forum.not_understood
    assert [(one.line, one.kind) for one in forum.dropped] == [(57, "footer")]
    agencies = {one.label: one.agency.name for one in forum.speakers if one.agency}
    assert agencies == {"คุณพัช": "พอช."}
    aliases = {one.label: one.aliases for one in forum.speakers if one.aliases}
    assert aliases == {"คุณสมหมาย": ("พี่หมาย",), "คุณชะอ้อน": ("พี่ชะอ้อน",)}


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding forum is not on this machine")
def test_the_founding_forum_stays_verbatim_behind_each_label() -> None:
    lines = FOUNDING.read_text(encoding="utf-8").split("\n")

    (forum,) = read(FOUNDING, known=NOBODY, today=TODAY)

    for turn in forum.turns:
        line = lines[turn.line - 1]
        assert line.startswith(turn.label)
        assert line.endswith(turn.text)
        assert not line[len(turn.label) : len(line) - len(turn.text)].strip()


def test_every_line_with_a_label_is_one_turn_and_two_in_a_row_stay_two() -> None:
    forum = sample("padded.txt")

    assert counts(forum) == {
        "คุณอรชร": 4,
        "คุณบุญช่วย": 3,
        "คุณประเสริฐศรี": 1,
        "อ.ปรานอม": 1,
        "คุณสมาน": 2,
    }
    assert [one.label for one in forum.turns[8:10]] == ["คุณอรชร", "คุณอรชร"]


def test_the_title_is_the_whole_first_line_and_the_part_is_read_from_it() -> None:
    forum = sample("padded.txt")

    assert forum.title == "ทบทวนงานกองทุนน้ำดื่มลุ่มน้ำคลองยาว ตอนที่ ๙"
    assert forum.series_title == "ทบทวนงานกองทุนน้ำดื่มลุ่มน้ำคลองยาว"
    assert (forum.part, forum.part_text) == (9, "ตอนที่ ๙")
    assert forum.when.date is None


def test_part_ten_comes_after_part_six() -> None:
    six = of("เวทีป่า ตอนที่ ๖\n\nคุณแดง   มา")
    ten = of("เวทีป่า ตอนที่ ๑๐\n\nคุณแดง   มา")

    assert six.part is not None
    assert ten.part is not None
    assert six.part < ten.part
    assert six.series_title == ten.series_title


def test_text_is_verbatim_with_inner_gaps_slips_and_trailing_blanks() -> None:
    forum = sample("padded.txt")

    texts = [text for _, text in said(forum)]
    assert texts[3] == f"ดีเลย  ที่ผมจดไว้คือมีสามหมู่ที่ยังไม่มีคนดูมิเตอร์{NBSP}"
    assert texts[-1] == (f"ผมว่าเดือนหน้า{NBSP * 3} เรื่องจดนี่สำคัน ถ้าไม่จดปีหน้าก็เริ่มใหม่หมด")


def test_a_gap_before_the_text_may_be_narrower_than_one_inside_it() -> None:
    forum = of(f"คุณแดง{NBSP} มาครบ{NBSP * 3} แต่ช้า")

    assert said(forum) == [("คุณแดง", f"มาครบ{NBSP * 3} แต่ช้า")]


def test_a_role_word_inside_the_text_stays_in_the_text() -> None:
    forum = sample("padded.txt")

    turn = forum.turns[7]
    assert turn.label == "คุณบุญช่วย"
    assert turn.text.startswith(f"คุณประสานมีหน้าที่เดินบอกทุกบ้าน{NBSP} ส่วน")


def test_a_sentence_that_begins_with_a_role_word_is_no_label_when_it_starts_a_line() -> None:
    forum = of(f"คุณแดง   เล่าต่อ\nคุณประสานมีหน้าที่เดินบอกทุกบ้าน{NBSP} ส่วนหมู่อื่นโทร")

    assert counts(forum) == {"คุณแดง": 1}
    assert forum.turns[0].more == (2,)


def test_a_one_word_answer_is_a_turn() -> None:
    forum = sample("padded.txt")

    assert said(forum)[2] == ("คุณอรชร", "ไหว")


def test_the_agency_column_is_offered_and_stays_in_the_text() -> None:
    forum = sample("padded.txt")

    offer = forum.speakers[0].agency
    assert offer is not None
    assert (offer.name, offer.line, offer.full) == ("พช.", 3, "กรมการพัฒนาชุมชน")
    assert forum.turns[0].text.startswith(f"พช.{NBSP * 2} ปีนี้")
    assert [one.line for one in forum.questions if one.kind == "agency_column"] == [3]
    assert sum(one.agency is not None for one in forum.speakers) == 1


def test_an_accepted_agency_leaves_the_text_and_is_asked_no_more() -> None:
    forum = sample("padded.txt").with_agency("คุณอรชร")

    assert forum.turns[0].text.startswith("ปีนี้หัวหน้า")
    assert forum.speakers[0].agency is not None
    assert forum.speakers[0].agency.accepted
    assert "agency_column" not in kinds(forum)
    assert forum.with_agency("คุณอรชร") == forum
    assert forum.with_agency("ไม่มีคนนี้") == forum


def test_an_agency_that_the_notebook_knows_is_recognised_by_its_own_name() -> None:
    forum = of("คุณแดง   กลุ่มน้ำใส   มาแล้ว", known(agencies=("กลุ่มน้ำใส",)))

    assert forum.speakers[0].agency is not None
    assert forum.speakers[0].agency.known == "agency/0"


def test_an_agency_in_brackets_beside_the_name_is_no_part_of_the_name() -> None:
    forum = of("คุณนภา (พช.): มาแทนค่ะ")

    speaker = forum.speakers[0]
    assert (speaker.label, speaker.name) == ("คุณนภา (พช.)", "คุณนภา")
    assert speaker.agency is not None
    assert (speaker.agency.name, speaker.agency.in_text) == ("พช.", False)
    assert forum.with_agency("คุณนภา (พช.)").turns == forum.turns


def test_names_of_talk_are_offered_as_aliases_and_never_taken() -> None:
    forum = sample("padded.txt")

    aliases = {one.label: one.aliases for one in forum.speakers if one.aliases}
    assert aliases == {"คุณประเสริฐศรี": ("พี่เสริฐศรี",), "คุณสมาน": ("พี่มาน",)}
    assert {"พี่เสริฐศรี", "พี่มาน"}.isdisjoint(counts(forum))


def test_the_footer_of_the_page_is_no_turn_and_is_named() -> None:
    forum = sample("footer.txt")

    assert counts(forum) == {"คุณมะลิวัลย์": 1, "คุณสายหยุด": 1}
    assert [one.line for one in forum.dropped] == [5, 6, 7, 8]
    assert [one.line for one in forum.warnings if one.kind == "dropped"] == [5, 6, 7, 8]


def test_a_second_part_behind_a_footer_is_read_on() -> None:
    whole = (SAMPLES / "footer.txt").read_text(encoding="utf-8") + "\nคุณสายหยุด   ขายได้แล้ว\n"

    forum = of(whole)

    assert counts(forum)["คุณสายหยุด"] == 2


def test_a_reader_s_comment_behind_the_footer_is_no_turn() -> None:
    whole = (SAMPLES / "footer.txt").read_text(encoding="utf-8") + "\nคุณแขก   อ่านแล้วชอบ\n"

    forum = of(whole)

    assert "คุณแขก" not in counts(forum)
    assert forum.dropped[-1].text == "คุณแขก   อ่านแล้วชอบ"


def test_a_known_person_is_found_and_a_near_one_is_told() -> None:
    forum = of("คุณสมาน   มา\n\nคุณอรชน   มา", known("คุณสมาน", "คุณอรชร"))

    first, second = forum.speakers
    assert first.person == "person/0"
    assert second.person is None
    assert second.near == ("person/1",)
    assert "near_name" in kinds(forum)


def test_labels_without_a_title_are_speakers_where_the_file_repeats_them() -> None:
    forum = of("แดง   มาแล้ว\nดำ   ช้าจัง\nแดง   รถติด\nดำ   อีกแล้ว")

    assert counts(forum) == {"แดง": 2, "ดำ": 2}


def test_a_tab_separates_a_label_as_well() -> None:
    forum = of("คุณแดง\tมาแล้ว\nคุณดำ\tช้าจัง")

    assert forum.layout == "tab"
    assert said(forum) == [("คุณแดง", "มาแล้ว"), ("คุณดำ", "ช้าจัง")]


def test_a_verb_of_saying_deep_in_a_turn_makes_no_new_speaker() -> None:
    forum = of(f"คุณแดง {NBSP} พอดีเลยจะถามว่าใครมา\nคุณแดง {NBSP} แล้วจะบอกว่าไปไหน")

    assert counts(forum) == {"คุณแดง": 2}
    assert {one.kind for one in forum.turns} == {"verbatim"}
