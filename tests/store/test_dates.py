"""Days, hours and part numbers in the spellings of the field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import (
    BadDate,
    BadPart,
    BadTime,
    DaysBackwards,
    NoSuchDay,
    find_date,
    find_part,
    read_date,
    read_part,
    read_time,
    written,
)

TODAY = date(2026, 11, 23)

SPELLINGS: list[tuple[str, dict[str, Any]]] = [
    (
        "วันที่ ๑๒ กุมภาพันธ์ ๒๕๔๓ เวลา ๑๐.๓๐-๑๒.๐๐น.",
        {"day": date(2000, 2, 12), "starts": "10:30", "ends": "12:00"},
    ),
    ("วันที่ 26 พฤษภาคม  2549", {"day": date(2006, 5, 26)}),
    ("27-28ก.ย.2548", {"day": date(2005, 9, 27), "until": date(2005, 9, 28)}),
    ("17 เม.ย.49", {"day": date(2006, 4, 17), "two_digit_year": True}),
    ("6 ธ.ค.49", {"day": date(2006, 12, 6), "two_digit_year": True}),
    ("9 มี.ค. 49", {"day": date(2006, 3, 9), "two_digit_year": True}),
    ("วันที่  23  ม.ค. 50", {"day": date(2007, 1, 23), "two_digit_year": True}),
    ("30 พ.ค.54", {"day": date(2011, 5, 30), "two_digit_year": True}),
    (
        "6 – 8 เม.ย. 49",
        {"day": date(2006, 4, 6), "until": date(2006, 4, 8), "two_digit_year": True},
    ),
    (
        "ระหว่างวันที่ 29–30 พฤษภาคม 2554",
        {"day": date(2011, 5, 29), "until": date(2011, 5, 30)},
    ),
    (
        "วันที่30มิ.ย.-2ก.ค.",
        {"day": date(2026, 6, 30), "until": date(2026, 7, 2), "no_year": True},
    ),
    (
        "วันที่5-6ก.ย.นี้",
        {"day": date(2026, 9, 5), "until": date(2026, 9, 6), "no_year": True},
    ),
    ("30/7/2560", {"day": date(2017, 7, 30)}),
    ("วันที่ 22 พฤษภาคม 2549", {"day": date(2006, 5, 22)}),
    (
        "วันพฤหัสบดีที่ 3 ตุลาคม พ.ศ. 2567",
        {"day": date(2024, 10, 3), "weekday_written": 3, "weekday_agrees": True},
    ),
    ("2024/01/15 จันทร์", {"day": date(2024, 1, 15), "weekday_written": 0, "weekday_agrees": True}),
    (
        "2025.12.20 วันเสาร์",
        {"day": date(2025, 12, 20), "weekday_written": 5, "weekday_agrees": True},
    ),
    ("2026-05-12", {"day": date(2026, 5, 12)}),
    ("2569-05-12", {"day": date(2026, 5, 12)}),
    ("๒๕๖๙-๐๕-๑๒", {"day": date(2026, 5, 12)}),
    ("12 พค 2569", {"day": date(2026, 5, 12)}),
    ("12 พ.ค 2569", {"day": date(2026, 5, 12)}),
    ("12 พ. ค. 2569", {"day": date(2026, 5, 12)}),
    ("12 พฤษภา 2569", {"day": date(2026, 5, 12)}),
    ("12พฤษภาคม2569", {"day": date(2026, 5, 12)}),
    ("12 พฤษภาคม ค.ศ. 2026", {"day": date(2026, 5, 12)}),
    ("12 May 2026", {"day": date(2026, 5, 12)}),
    ("12/5/69", {"day": date(2026, 5, 12), "two_digit_year": True}),
    ("12-5-69", {"day": date(2026, 5, 12), "two_digit_year": True}),
    ("12/5", {"day": date(2026, 5, 12), "no_year": True}),
    ("29 กุมภาพันธ์ 2567", {"day": date(2024, 2, 29)}),
    (
        "30 ธ.ค. 2548 - 2 ม.ค. 2549",
        {"day": date(2005, 12, 30), "until": date(2006, 1, 2)},
    ),
    (
        "30 ธ.ค.-2 ม.ค. 2549",
        {"day": date(2005, 12, 30), "until": date(2006, 1, 2)},
    ),
    (
        "30/7/2560 - 1/8/2560",
        {"day": date(2017, 7, 30), "until": date(2017, 8, 1)},
    ),
    ("วันนี้", {"day": TODAY}),
    ("เมื่อวาน", {"day": date(2026, 11, 22)}),
]  # fmt: skip
NOTHING = {
    "until": None, "starts": None, "ends": None, "two_digit_year": False, "no_year": False,
    "weekday_written": None, "weekday_agrees": None,
}  # fmt: skip


@pytest.mark.parametrize(("words", "reading"), SPELLINGS, ids=[words for words, _ in SPELLINGS])
def test_every_spelling_of_the_field_is_read(words: str, reading: dict[str, Any]) -> None:
    found = read_date(words, today=TODAY)

    wanted = NOTHING | reading
    assert {name: getattr(found, name) for name in wanted} == wanted
    assert words[found.start : found.end] == words


@pytest.mark.parametrize(
    "words", ["", "xx", "เมื่อไรก็ได้", "12", "2549", "12 พ.ค. 2569 ที่วัด", "ครั้งที่ 2/2549"]
)
def test_words_that_are_no_day_are_refused_in_one_sentence(words: str) -> None:
    with pytest.raises(BadDate) as refused:
        read_date(words, today=TODAY)

    assert words in str(refused.value)
    assert "2569" in str(refused.value)


@pytest.mark.parametrize(
    "words", ["31 ก.พ. 2549", "29 กุมภาพันธ์ 2568", "32/1/2569", "1/13/2569", "2569-02-30"]
)
def test_a_day_that_no_calendar_has_is_told_so(words: str) -> None:
    with pytest.raises(NoSuchDay):
        read_date(words, today=TODAY)


def test_the_leap_day_of_a_buddhist_year_is_the_gregorian_one() -> None:
    assert read_date("29 ก.พ. 2567", today=TODAY).day == date(2024, 2, 29)
    assert written(date(2024, 2, 29), style="long") == "วันพฤหัสบดีที่ 29 กุมภาพันธ์ 2567"


def test_a_range_that_goes_back_is_refused() -> None:
    with pytest.raises(DaysBackwards):
        read_date("8-6 เม.ย. 2549", today=TODAY)


@pytest.mark.parametrize(
    ("year", "gregorian"), [("69", 2026), ("49", 2006), ("70", 1927), ("00", 1957)]
)
def test_two_digits_are_the_latest_buddhist_year_not_in_the_future(
    year: str, gregorian: int
) -> None:
    found = read_date(f"1 ม.ค. {year}", today=TODAY)

    assert found.day == date(gregorian, 1, 1)
    assert found.two_digit_year


def test_a_weekday_that_is_wrong_is_told() -> None:
    found = read_date("วันจันทร์ที่ 3 ตุลาคม 2567", today=TODAY)

    assert (found.weekday_written, found.weekday_agrees) == (0, False)


def test_a_wrong_second_year_in_brackets_is_refused() -> None:
    with pytest.raises(NoSuchDay):
        read_date("Sun 22 Nov 2026 (2568)", today=TODAY)


def test_a_day_without_a_year_is_sooner_past_than_to_come() -> None:
    assert read_date("20 พ.ย.", today=TODAY).day == date(2026, 11, 20)
    assert read_date("30 พ.ย.", today=TODAY).day == date(2026, 11, 30)
    assert read_date("1 มิ.ย.", today=TODAY).day == date(2026, 6, 1)
    assert read_date("29 ก.พ.", today=TODAY).day == date(2024, 2, 29)


@given(
    st.dates(date(1860, 1, 1), date(2150, 12, 31)),
    st.sampled_from(["long", "short"]),
    st.sampled_from(["th", "en"]),
    st.sampled_from(["arabic", "thai"]),
)
def test_a_written_day_is_read_back(day: date, style: Any, language: Any, digits: Any) -> None:
    words = written(day, language=language, style=style, digits=digits)

    found = read_date(words, today=TODAY)

    assert found.day == day
    assert found.weekday_agrees
    assert not found.two_digit_year


@given(st.text(st.sampled_from("0123456789๑๒ /-.–พศคมย.วันที่จทร์อ")))
def test_odd_words_are_read_or_refused_and_nothing_else(words: str) -> None:
    try:
        found = read_date(words, today=TODAY)
    except BadDate:
        return

    assert found.until is None or found.until > found.day


def test_days_are_written_in_three_ways() -> None:
    day = date(2026, 11, 22)

    assert written(day, style="long") == "วันอาทิตย์ที่ 22 พฤศจิกายน 2569"
    assert written(day) == "อา. 22 พ.ย. 2569"
    assert written(day, style="day") == "22 พ.ย."
    assert written(day, digits="thai") == "อา. ๒๒ พ.ย. ๒๕๖๙"
    assert written(day, language="en") == "Sun 22 Nov 2026 (2569)"
    assert written(day, language="en", style="day") == "22 Nov"


@pytest.mark.parametrize(
    ("line", "words", "rest"),
    [
        (
            "วันที่ ๙ มีนาคม ๒๕๔๓ เวลา ๑๓.๓๐-๑๕.๐๐น. ศาลาบ้านท่าช้าง",
            "วันที่ ๙ มีนาคม ๒๕๔๓ เวลา ๑๓.๓๐-๑๕.๐๐น.",
            "ศาลาบ้านท่าช้าง",
        ),
        ("บันทึกวันที่ 2024/01/15 10:30", "วันที่ 2024/01/15 10:30", ""),
        ("เวทีบ้านใหม่ 27-28ก.ย.2548 รอบสอง", "27-28ก.ย.2548", "รอบสอง"),
        ("คนมา 1/2 ของ 40 คน เมื่อ 5 มี.ค. 2549", "เมื่อ 5 มี.ค. 2549", ""),
        ("มา 5 มีนาคม 12 คน", "5 มีนาคม", "12 คน"),
        ("31 ก.พ. 2549 ไม่มี แต่ 2 มี.ค. 2549 มี", "2 มี.ค. 2549", "มี"),
        ("นัด\u00a012\u00a0พ.ย.\u200b 2569\u00a0จ. ตรัง", "12\u00a0พ.ย.\u200b 2569", "จ. ตรัง"),
    ],
)  # fmt: skip
def test_a_day_is_found_inside_a_line(line: str, words: str, rest: str) -> None:
    found = find_date(line, today=TODAY)

    assert found is not None
    assert line[found.start : found.end] == words
    assert found.rest == rest


@pytest.mark.parametrize(
    "line",
    [
        "ครั้งที่ ๒/๒๕๔๙", "หมู่ 5 มีคนมา", "ประชุมที่ 3 มีความเห็น 19.00น.", "แบ่ง 1/2 กับ 3/4",
        "ข้อ 1.2.3", "ปี 2549", "ไม่มีวันที่", "เวลา 09:30 น.", "31 ก.พ. 2549", "โทร 081-234-5678",
    ],
)  # fmt: skip
def test_what_is_no_day_is_not_found(line: str) -> None:
    assert find_date(line, today=TODAY) is None


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("19.00น.", "19:00"), ("13.40 น.", "13:40"), ("10:30", "10:30"), ("๙.๐๕ น.", "09:05"),
        ("เวลา 8.30 นาฬิกา", "08:30"), ("19 น.", "19:00"), ("00:00", "00:00"),
    ],
)  # fmt: skip
def test_hours_are_read(words: str, time: str) -> None:
    assert read_time(words) == time


@pytest.mark.parametrize("words", ["", "24.00", "9.60", "เช้า", "9", "9.5"])
def test_what_is_no_hour_is_refused(words: str) -> None:
    with pytest.raises(BadTime):
        read_time(words)


@pytest.mark.parametrize(
    ("words", "number", "last"),
    [
        ("ตอนที่ ๖", 6, False), ("ตอนที่ ๑๐", 10, False), ("(ตอนที่ 9)", 9, False), ("(1)", 1, False),
        ("(3.2)", 3, False), ("(8) จบ", 8, True), ("(ตอนจบ)", None, True), ("(ต่อ)", None, False),
        (": ๑๙.", 19, False), (": 578.", 578, False), ("[1]", 1, False), ("ครั้งที่ 2/2549", 2, False),
    ],
)  # fmt: skip
def test_part_numbers_are_read_alone_and_in_a_title(
    words: str, number: int | None, last: bool
) -> None:
    title = f"เล่าเรื่องกองทุน {words}"

    alone, inside = read_part(words), find_part(title)

    assert (alone.number, alone.last) == (number, last)
    assert inside is not None
    assert (inside.number, inside.last) == (number, last)
    assert title[inside.start : inside.end] == inside.text
    assert inside.text in words


def test_a_meeting_number_keeps_its_year() -> None:
    assert read_part("ครั้งที่ ๒/๒๕๔๙").year == 2549


def test_the_words_for_a_part_count_before_brackets() -> None:
    found = find_part("(1) บทเรียนกองทุน ครั้งที่ 3 ตอนที่ ๑๐")

    assert found is not None
    assert (found.number, found.text) == (10, "ตอนที่ ๑๐")


@pytest.mark.parametrize("title", ["เวทีบ้านใหม่", "สัมมนา (2549)", "คนมา 12 คน", ""])
def test_a_title_without_a_part_has_none(title: str) -> None:
    assert find_part(title) is None


@pytest.mark.parametrize("words", ["", "หก", "6 คน", "2549"])
def test_what_is_no_part_is_refused(words: str) -> None:
    with pytest.raises(BadPart):
        read_part(words)
