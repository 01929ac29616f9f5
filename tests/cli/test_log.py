"""`kmtui log`: a forum in one line."""

from __future__ import annotations

import pytest

from tests.cli.calling import Caller

ROLE_KEYS = {
    "sponsor", "facilitator", "practitioner", "recorder", "coordinator", "process_lead"
}  # fmt: skip


def test_a_title_is_enough(kmtui: Caller) -> None:
    found = kmtui.json("log", "เวทีบ้านดอน")

    assert found["session"] == {
        "id": found["session"]["id"],
        "title": "เวทีบ้านดอน",
        "part": None,
        "date": None,
        "place": "",
    }
    assert found["session"]["id"].startswith("session/")
    assert found["turns"] == 0
    assert found["speakers"] == []
    assert found["attendance"] == {"present": [], "absent": []}
    assert found["roles"] == {role: [] for role in ROLE_KEYS}
    assert (found["decisions"], found["lessons"], found["not_understood"]) == ([], 0, [])
    assert found["warnings"] == []


def test_everything_that_was_said_on_the_line_is_in_the_document(kmtui: Caller) -> None:
    found = kmtui.json(
        "log", "เวทีบ้านดอน", "--date", "17/5/2569", "--place", "ศาลาวัด", "--series", "ชุดน้ำ",
        "--part", "๖", "--recorder", "คุณนก", "--facilitator", "คุณแดง",
        "--facilitator", "คุณเขียว", "--process-lead", "คุณแดง", "--agency", "อบต.",
        "--say", "คุณนก: หนึ่ง", "--say", "คุณแดง: สอง", "--say", "คุณแดง: สาม",
        "--lesson", "ก", "--lesson", "ข", "--absent", "คุณฟ้า=ป่วย",
    )  # fmt: skip

    assert found["session"]["part"] == 6
    assert found["session"]["date"] == "2026-05-17"
    assert found["session"]["place"] == "ศาลาวัด"
    assert found["turns"] == 3
    assert found["speakers"] == [
        {"name": "คุณแดง", "turns": 2},
        {"name": "คุณนก", "turns": 1},
    ]
    assert found["attendance"] == {
        "present": ["คุณนก", "คุณแดง", "คุณเขียว"],
        "absent": ["คุณฟ้า"],
    }
    assert found["roles"]["facilitator"] == ["คุณแดง", "คุณเขียว"]
    assert found["roles"]["recorder"] == ["คุณนก"]
    assert found["roles"]["process_lead"] == ["คุณแดง"]
    assert found["roles"]["sponsor"] == []
    assert found["lessons"] == 2
    assert found["agencies"] == ["อบต."]


def test_speakers_with_as_many_turns_stand_in_the_order_in_which_they_spoke(
    kmtui: Caller,
) -> None:
    found = kmtui.json("log", "ก", "--say=คุณนก: 1", "--say=คุณแดง: 2", "--say=คุณฟ้า: 3")

    assert [one["name"] for one in found["speakers"]] == ["คุณนก", "คุณแดง", "คุณฟ้า"]


@pytest.mark.parametrize("words", ["คุณนก: เวลา 09:30", "คุณนก：เวลา 09:30", "คุณนก :เวลา 09:30"])
def test_only_the_first_colon_parts_name_and_text(kmtui: Caller, words: str) -> None:
    kmtui.json("log", "ก", "--say", words)

    (turn,) = kmtui.json("list", "turns")
    assert (turn["speaker"], turn["text"]) == ("คุณนก", "เวลา 09:30")


def test_the_same_new_name_is_one_person(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--say=คุณนก: หนึ่ง", "--say=คุณนก: สอง", "--recorder=คุณนก")

    assert [one["name"] for one in kmtui.json("list", "people")] == ["คุณนก"]


def test_a_known_person_is_not_made_again(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--say=คุณนก: หนึ่ง")

    found = kmtui.json("log", "ข", "--say=คุณนก: สอง")

    assert found["warnings"] == []
    assert found["new_people"] == []
    assert len(kmtui.json("list", "people")) == 1


def test_a_name_without_its_title_is_the_known_person_and_is_reported(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--say=คุณสมใจ: หนึ่ง")

    found = kmtui.json("log", "ข", "--say=สมใจ: สอง")

    assert [one["kind"] for one in found["warnings"]] == ["taken_for_known"]
    assert found["speakers"] == [{"name": "คุณสมใจ", "turns": 1}]
    assert len(kmtui.json("list", "people")) == 1


def test_a_role_word_is_never_taken_for_a_person(kmtui: Caller) -> None:
    found = kmtui.json("log", "ก", "--say=คุณอำนวย: หนึ่ง", "--recorder=คุณบันทึก")

    assert kmtui.json("list", "people") == []
    assert [one["kind"] for one in found["warnings"]] == ["role_word", "role_word"]
    assert found["roles"]["recorder"] == []
    assert found["speakers"] == [{"name": "คุณอำนวย", "turns": 1}]


def test_a_lesson_beside_one_turn_has_it_as_its_evidence(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--say=คุณนก: หนึ่ง", "--lesson=บทเรียน")

    (turn,) = kmtui.json("list", "turns")
    (lesson,) = kmtui.json("list", "lessons")
    assert lesson["evidence"] == [turn["id"]]


def test_nobody_said_which_of_two_turns_a_lesson_comes_from(kmtui: Caller, forum: str) -> None:
    (lesson,) = kmtui.json("list", "lessons")

    assert lesson["evidence"] == []
    assert lesson["session"] == forum


def test_a_series_is_found_again_by_its_title(kmtui: Caller, forum: str) -> None:
    kmtui.json("log", "ข", "--series", "ชุดน้ำ", "--part", "2")

    assert [one["title"] for one in kmtui.json("list", "series")] == ["ชุดน้ำ"]
    assert {one["series"] for one in kmtui.json("list", "sessions")} == {"ชุดน้ำ"}


def test_a_person_comes_for_an_agency(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--agency", "คุณนก=อบต.", "--agency", "พช.")

    (here,) = kmtui.json("list", "attendance")
    assert (here["person"], here["agency"], here["presence"]) == ("คุณนก", "อบต.", "present")
    assert sorted(one["short"] for one in kmtui.json("list", "agencies")) == ["พช.", "อบต."]


def test_two_digits_of_a_year_are_the_latest_year_that_is_not_in_the_future(
    kmtui: Caller,
) -> None:
    found = kmtui.json("log", "ก", "--date", "17 เม.ย. 49")

    assert found["session"]["date"] == "2006-04-17"
    assert [one["kind"] for one in found["warnings"]] == ["two_digit_year"]


def test_days_and_hours_are_kept_as_said(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--date", "27-28 ก.ย. 2548 เวลา 09.30-12.00 น.")

    record = kmtui.json("show", kmtui.json("list", "sessions")[0]["id"])["record"]
    assert (record["date"], record["until"]) == ("2005-09-27", "2005-09-28")
    assert (record["starts"], record["ends"]) == ("09:30", "12:00")


def test_a_weekday_that_is_another_day_is_told(kmtui: Caller) -> None:
    found = kmtui.json("log", "ก", "--date", "วันพุธที่ 17 พฤษภาคม 2569")

    assert found["session"]["date"] == "2026-05-17"
    assert [one["kind"] for one in found["warnings"]] == ["weekday_differs"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["log"],
        ["log", "  "],
        ["log", "ก", "--date", "วันไหนก็ได้"],
        ["log", "ก", "--date", "31/2/2569"],
        ["log", "ก", "--part", "หก"],
        ["log", "ก", "--part", "-1"],
        ["log", "ก", "--say", "ไม่มีใครพูด"],
        ["log", "ก", "--say", "คุณนก: "],
        ["log", "ก", "--say", "09:30 เริ่ม"],
        ["log", "ก", "--unknown"],
    ],
)
def test_a_wrong_line_makes_no_notebook(kmtui: Caller, wrong: list[str]) -> None:
    called = kmtui(*wrong, "--json")

    assert called.code == 2
    assert called.error["kind"] == "usage"
    assert not kmtui.notebook.exists()


def test_text_that_no_file_can_hold_is_refused_whole(kmtui: Caller, forum: str) -> None:
    before = kmtui.bytes()

    called = kmtui("log", "ข", "--say", "คุณใหม่: \udc80", "--json")

    assert called.code == 1
    assert called.error["kind"] == "bad_value"
    assert kmtui.bytes() == before


def test_people_read_it_in_thai(kmtui: Caller) -> None:
    called = Caller(kmtui.notebook, lang="th")("log", "เวทีบ้านดอน", "--date=2026-05-17")

    assert called.code == 0
    assert "๒๕๖๙" in called.out or "2569" in called.out
