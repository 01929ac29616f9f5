"""Official minutes: who came, what was decided, who wrote it down."""

from __future__ import annotations

import pytest

from .reads import of, sample


def test_the_head_gives_title_number_day_times_and_place() -> None:
    meeting = sample("minutes.txt")

    assert meeting.layout == "minutes"
    assert meeting.title == "รายงานการประชุมคณะทำงานตลาดชุมชนริมน้ำ"
    assert (meeting.part, meeting.part_text) == (3, "ครั้งที่ ๓/๒๕๖๗")
    assert meeting.when.date is not None
    assert meeting.when.date.isoformat() == "2024-05-16"
    assert (meeting.when.starts, meeting.when.ends) == ("13:30", "15:00")
    assert meeting.place == "ศาลาอเนกประสงค์บ้านท่าดี"


def test_those_present_are_listed_with_their_position() -> None:
    meeting = sample("minutes.txt")

    present = [(one.name, one.position) for one in meeting.attendance if one.presence == "present"]
    assert present == [
        ("นายทองใบ รุ่งแจ้ง", "ประธานคณะทำงาน"),
        ("นายชิต มีทรัพย์", "กรรมการ"),
        ("นายเดช ยิ่งยง", "นักวิชาการ"),
    ]


def test_a_substitute_says_for_whom_they_came() -> None:
    meeting = sample("minutes.txt")

    (one,) = [one for one in meeting.attendance if one.presence == "on_behalf"]
    assert (one.name, one.substitute_for) == ("นางละม่อม แสนดี", "หัวหน้ากลุ่มแม่บ้าน")


def test_the_absent_have_their_reason_and_their_position_apart() -> None:
    meeting = sample("minutes.txt")

    absent = [
        (one.name, one.position, one.reason)
        for one in meeting.attendance
        if one.presence == "absent"
    ]
    assert absent == [
        ("นางสาวปิ่น ทองคำ", "", "ลาป่วย"),
        ("นายแก้ว บุญมา", "เหรัญญิก", "ติดราชการ"),
    ]


def test_guests_are_no_members() -> None:
    meeting = sample("minutes.txt")

    assert [one.name for one in meeting.attendance if not one.member] == ["นายเดช ยิ่งยง"]


def test_whoever_signs_as_recorder_held_that_role_and_the_checker_did_not() -> None:
    meeting = sample("minutes.txt")

    roles = [(one.role, one.name, one.written) for one in meeting.roles]
    assert roles == [("recorder", "นางสาวอำไพ แก้วใส", "ผู้จดรายงานการประชุม")]


@pytest.mark.parametrize(
    "signed",
    [
        "ลงชื่อ ........................ ผู้จดรายงานการประชุม\n(นางนภา สุขใจ)",
        "(นางนภา สุขใจ)\nผู้จดรายงานการประชุม",
        "ผู้จดรายงานการประชุม (นางนภา สุขใจ)",
        "ผู้จดรายงานการประชุม : นางนภา สุขใจ",
        "ลงชื่อ นางนภา สุขใจ ผู้จดรายงานการประชุม",
    ],
)
def test_a_recorder_is_found_above_below_or_beside(signed: str) -> None:
    meeting = of(f"รายงานการประชุมกลุ่มน้ำ\nผู้มาประชุม\n๑. นายแดง มาดี\nเลิกประชุมเวลา ๑๒.๐๐ น.\n{signed}")

    assert [(one.role, one.name) for one in meeting.roles] == [("recorder", "นางนภา สุขใจ")]


def test_every_resolution_is_a_decision_under_its_item() -> None:
    meeting = sample("minutes.txt")

    assert [(one.line, one.text) for one in meeting.decisions] == [
        (18, "รับทราบ"),
        (22, "เห็นชอบให้ใช้แบบที่สอง"),
    ]
    assert meeting.decisions[1].heading.startswith("ระเบียบวาระที่ ๒")


def test_what_nobody_is_named_for_is_a_note_of_the_minutes() -> None:
    meeting = sample("minutes.txt")

    assert [one.text for one in meeting.notes] == ["ที่ประชุมดูแบบร้านแล้วเห็นพ้องกัน"]
    assert [one.label for one in meeting.turns] == ["ประธาน"]
    assert not meeting.not_understood


def test_a_row_that_names_nobody_is_not_understood() -> None:
    meeting = of(
        "รายงานการประชุมกลุ่มน้ำ\nผู้มาประชุม\n๑. นายแดง มาดี\nรวมทั้งสิ้นหลายคน\nเริ่มประชุมเวลา ๙.๐๐ น."
    )

    assert [one.line for one in meeting.not_understood] == [4]


def test_a_family_name_in_a_cell_of_its_own_belongs_to_the_name() -> None:
    meeting = of(
        "รายงานการประชุมกลุ่มน้ำ\nผู้มาประชุม\n๑. นาย ทองใบ   รุ่งแจ้ง   ประธาน\nเริ่มประชุมเวลา ๙.๐๐ น."
    )

    assert [(one.name, one.position) for one in meeting.attendance] == [
        ("นาย ทองใบ รุ่งแจ้ง", "ประธาน")
    ]
