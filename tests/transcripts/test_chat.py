"""Chats as LINE exports them: a session a day, senders, stickers, lines that go on."""

from __future__ import annotations

from datetime import datetime

from store.transcripts import read, read_text

from .reads import NOBODY, SAMPLES, TODAY, counts, kinds, known, of, said, sample


def test_each_day_of_a_chat_is_a_session_of_its_own() -> None:
    days = read(SAMPLES / "line_desktop.txt", known=NOBODY, today=TODAY)

    assert [one.when.date.isoformat() for one in days if one.when.date] == [
        "2024-03-01",
        "2024-03-02",
    ]
    assert {one.title for one in days} == {"ทีมป่าชุมชนเขาเขียว"}
    assert [len(one.turns) for one in days] == [2, 1]


def test_a_sender_may_have_blanks_and_a_message_several_lines() -> None:
    day = read(SAMPLES / "line_desktop.txt", known=NOBODY, today=TODAY)[0]

    assert said(day) == [
        ("ดวงใจ", "พรุ่งนี้ใครถือสมุดจดคะ"),
        ("พี่ อ้วน ป่าไม้", "ผมเอง\nเดี๋ยวถ่ายรูปส่ง"),
    ]
    assert day.turns[1].said_at == datetime(2024, 3, 1, 10, 31)  # noqa: DTZ001 - local, no zone


def test_stickers_and_pictures_are_no_speech_and_are_counted() -> None:
    day = read(SAMPLES / "line_desktop.txt", known=NOBODY, today=TODAY)[0]

    dropped = [(one.line, one.kind) for one in day.dropped if one.kind != "chat_head"]
    assert dropped == [(8, "sticker"), (9, "media")]
    (told,) = [one for one in day.findings if one.kind == "media_left_out"]
    assert told.facts["count"] == 2


def test_a_phone_tells_senders_by_what_repeats() -> None:
    day = sample("line_phone.txt")

    assert counts(day) == {"พี่ อ้วน": 2, "ดวงใจ": 1}
    assert said(day)[-1] == ("ดวงใจ", "ขอบคุณค่ะ\nฝากจดเรื่องแนวกันไฟด้วย")
    assert "sender_guessed" not in kinds(day)


def test_a_sender_seen_once_is_guessed_and_asked_about() -> None:
    chat = "2025.12.20 วันเสาร์\n22:31 ดวงใจ มาแล้ว\n22:32 ดวงใจ รออยู่\n22:33 ป้า นวล ถึงแล้ว"

    day = of(chat)

    assert said(day)[-1] == ("ป้า", "นวล ถึงแล้ว")
    assert [one.line for one in day.questions] == [4]


def test_a_known_or_named_sender_is_no_guess() -> None:
    chat = "2025.12.20 วันเสาร์\n22:31 ดวงใจ มาแล้ว\n22:32 ดวงใจ รออยู่\n22:33 ป้า นวล ถึงแล้ว"

    by_notebook = of(chat, known("ป้า นวล"))
    by_hand = of(chat, named=("ป้า นวล",))

    assert said(by_notebook)[-1] == said(by_hand)[-1] == ("ป้า นวล", "ถึงแล้ว")
    assert not by_notebook.questions


def test_a_year_above_2400_is_buddhist_also_in_a_chat() -> None:
    day = of("2567/03/02 เสาร์\n09:00\tดวงใจ\tถึงแล้ว\n09:01\tดวงใจ\tรอ")

    assert day.when.date is not None
    assert day.when.date.isoformat() == "2024-03-02"


def test_a_day_of_stickers_only_is_no_session_and_not_lost() -> None:
    chat = "2024/03/01 ศุกร์\n09:00\tดวงใจ\tมา\n2024/03/02 เสาร์\n09:00\tดวงใจ\tสติกเกอร์\n"

    (only,) = read_text(chat, "แชท.txt", known=NOBODY, today=TODAY)

    assert set(only.uses) == {1, 2, 3, 4}


def test_subtitles_are_turns_with_their_time() -> None:
    meeting = sample("meeting.vtt")

    assert said(meeting) == [("ดวงใจ", "เริ่มเลยนะคะ"), ("สมาน", "ครับ\nเชิญครับ")]
    assert [one.said_at_text for one in meeting.turns] == ["00:00:01.000", "00:00:05.000"]


def test_subtitles_with_names_before_a_colon_are_read_too() -> None:
    meeting = sample("meeting.srt")

    assert said(meeting) == [("คุณดวงใจ", "เริ่มเลยนะคะ"), ("คุณสมาน", "ครับ")]


def test_a_table_with_named_columns_is_read_by_them() -> None:
    meeting = sample("table.txt")

    assert meeting.layout == "table"
    assert said(meeting) == [("คุณดวงใจ", "เริ่มเลยนะคะ"), ("คุณสมาน", "ครับ")]
    assert [one.said_at_text for one in meeting.turns] == ["09:30", "09:31"]


def test_a_time_before_the_label_is_kept_apart_from_it() -> None:
    meeting = of("[00:01:05] คุณแดง: มา\n[00:01:09] คุณดำ: ครับ")

    assert said(meeting) == [("คุณแดง", "มา"), ("คุณดำ", "ครับ")]
    assert [one.said_at_text for one in meeting.turns] == ["00:01:05", "00:01:09"]


def test_a_name_and_a_time_alone_on_a_line_head_what_was_said() -> None:
    meeting = of("คุณแดง 10:05\nมาแล้ว\nคุณดำ 10:06\nครับ")

    assert said(meeting) == [("คุณแดง", "มาแล้ว"), ("คุณดำ", "ครับ")]


def test_a_time_at_the_end_of_a_sentence_heads_nothing() -> None:
    meeting = of("คุณแดง: รถออกกี่โมง\nคุณดำ: เที่ยวแรก\nพี่ขาวออก 10:05\nคุณแดง: ครับ")

    assert counts(meeting) == {"คุณแดง": 2, "คุณดำ": 1}
