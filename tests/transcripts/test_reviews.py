"""After action reviews: headings with answers below, and bullets with answers beside."""

from __future__ import annotations

from .reads import counts, of, sample


def test_headings_and_bullets_give_the_answers_to_their_questions() -> None:
    review = sample("aar_headings.txt")

    assert review.layout == "aar"
    assert [(one.question, one.text) for one in review.answers] == [
        ("expected", "อยากเห็นทุกหมู่ส่งคนมา"),
        ("short", "คนจดมาแค่คนเดียว"),
        ("next", "นัดคนจดหมู่ ๕ มาฝึก"),
        ("exceeded", "เด็ก ๆ มาช่วยงาน"),
        ("short", "เครื่องเสียงเบาไป"),
    ]


def test_what_exceeded_or_fell_short_is_a_draft_of_a_lesson() -> None:
    review = sample("aar_headings.txt")

    assert [(one.kind, one.line) for one in review.lessons] == [
        ("problem", 7),
        ("went_well", 12),
        ("problem", 13),
    ]


def test_each_review_belongs_to_the_one_who_is_named_above_it() -> None:
    review = of("คุณแดง\nสิ่งที่คาดหวัง\nมาครบ\nสิ่งที่จะกลับไปทำ\nจดให้ทัน\nAAR ของ คุณดำ\nสิ่งที่คาดหวัง\nได้เพื่อน")

    assert [(one.who, one.text) for one in review.answers][-2:] == [
        ("คุณแดง", "จดให้ทัน"),
        ("คุณดำ", "ได้เพื่อน"),
    ]


def test_numbered_questions_are_read_and_paragraphs_go_on() -> None:
    review = of(
        "ทบทวนหลังงาน\n1. สิ่งที่คาดหวัง\n1.1 มาครบ\n1.2 มาเร็ว\n2. สิ่งที่ได้เกินความคาดหวัง\nอาหารพอ\nน้ำเหลือ"
    )

    assert [one.text for one in review.answers] == ["1.1 มาครบ", "1.2 มาเร็ว", "อาหารพอ\nน้ำเหลือ"]


def test_reviews_at_the_end_of_a_talk_are_no_turns() -> None:
    forum = of("คุณแดง: มาแล้ว\nคุณดำ: ครับ\nสิ่งที่คาดหวัง\nมาครบ\n- จุดอ่อน : เสียงเบา\nบทเรียน: นัดล่วงหน้า")

    assert counts(forum) == {"คุณแดง": 1, "คุณดำ": 1}
    assert [one.question for one in forum.answers] == ["expected", "short", "lesson"]
    assert [one.text for one in forum.lessons] == ["เสียงเบา", "นัดล่วงหน้า"]
