"""`kmtui import`: transcripts shown first, then kept whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Caller

FOUNDING = Path(__file__).parents[2] / "../shared/field/forum-part-6.txt"
FORUM = (
    "ถอดบทเรียนโครงการน้ำ ตอนที่ ๒\n\n"
    "คุณนภา   พอช.   มาคนเดียว แต่ทำได้เต็มที่\n\n"
    "คุณวิชัย      แล้วทำหน้าที่นี้ได้ไหม\n\n"
    "คุณนภา    ได้ค่ะ\n\n"
    "คุณวิชัย    งั้นเริ่มเลย\n"
)
MINUTES = (
    "รายงานการประชุมคณะทำงานน้ำ\n"
    "เมื่อวันพุธที่ ๑๒ เมษายน ๒๕๔๙\n"
    "ณ ห้องประชุมบ้านดอน\n\n"
    "ผู้มาประชุม\n"
    "๑.\tนายวิชัย มั่นคง\tประธานคณะทำงาน\n"
    "๒.\tนางมาลี ใจงาม\tกรรมการ\n"
    "ผู้ไม่มาประชุม\n"
    "๑.\tนายสมชาย ดีเสมอ\tติดราชการ\n"
    "เริ่มประชุมเวลา ๐๙.๓๐ น.\n"
    "ระเบียบวาระที่ ๑\tเรื่องที่ประธานแจ้งให้ที่ประชุมทราบ\n"
    "มติที่ประชุม\tรับทราบ\n"
    "เลิกประชุมเวลา ๑๒.๐๐ น.\n"
    "\t\t\t(นางสาวนภา สุขใจ)\n"
    "\t\t\tผู้จดรายงานการประชุม\n"
)


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    file = tmp_path / "เวที ตอนที่ ๒.txt"
    file.write_text(FORUM, encoding="utf-8")
    return file


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding forum is not on this machine")
def test_the_founding_forum_is_read_as_it_was_held(kmtui: Caller) -> None:
    found = kmtui.json("import", FOUNDING)

    assert found["turns"] == 27
    assert found["speakers"] == [
        {"name": "คุณภีม", "turns": 10},
        {"name": "คุณสมหมาย", "turns": 5},
        {"name": "คุณเกรียงไกร", "turns": 5},
        {"name": "คุณชะอ้อน", "turns": 4},
        {"name": "คุณพัช", "turns": 2},
        {"name": "อ.จำนง", "turns": 1},
    ]
    assert (found["session"]["part"], found["session"]["date"]) == (6, None)
    assert [(one["name"], one["speaker"]) for one in found["agencies_offered"]] == [
        ("พอช.", "คุณพัช")
    ]
    turns = kmtui.json("list", "turns")
    assert len(turns) == 27
    said = [line for line in FOUNDING.read_text(encoding="utf-8").splitlines() if line][1:-1]
    for turn, line in zip(turns, said, strict=True):
        # Only the name and the blanks after it are taken off: the words stay as they were.
        assert line.startswith(turn["speaker"])
        assert line.removeprefix(turn["speaker"]).strip(" \u00a0") == turn["text"].strip()
    assert len(kmtui.json("list", "people")) == 6


def test_a_preview_prints_the_same_and_writes_nothing(kmtui: Caller, transcript: Path) -> None:
    preview = kmtui.json("import", transcript, "--preview")
    assert not kmtui.notebook.exists()

    kept = kmtui.json("import", transcript)

    assert preview["session"]["id"] is None
    assert kept["session"].pop("id").startswith("session/")
    preview["session"].pop("id")
    assert preview == kept


def test_a_preview_leaves_a_notebook_as_it_is(kmtui: Caller, forum: str, transcript: Path) -> None:
    before = kmtui.bytes()

    kmtui.json("import", transcript, "--preview")

    assert kmtui.bytes() == before


def test_the_text_is_kept_as_it_was_said(kmtui: Caller, transcript: Path) -> None:
    kmtui.json("import", transcript)

    assert [one["text"] for one in kmtui.json("list", "turns")] == [
        "พอช.   มาคนเดียว แต่ทำได้เต็มที่",
        "แล้วทำหน้าที่นี้ได้ไหม",
        "ได้ค่ะ",
        "งั้นเริ่มเลย",
    ]


def test_an_agency_column_is_left_in_the_text_and_told(kmtui: Caller, transcript: Path) -> None:
    found = kmtui.json("import", transcript)

    assert [one["kind"] for one in found["warnings"] if one["line"] == 3] == ["agency_column"]
    assert found["agencies"] == []
    assert kmtui.json("list", "agencies") == []


def test_an_agency_column_is_taken_where_that_was_asked_for(
    kmtui: Caller, transcript: Path
) -> None:
    found = kmtui.json("import", transcript, "--agency-column", "take")

    assert found["agencies"] == ["พอช."]
    assert not [one for one in found["warnings"] if one["kind"] == "agency_column"]
    assert kmtui.json("list", "turns")[0]["text"] == "มาคนเดียว แต่ทำได้เต็มที่"
    here = {one["person"]: one["agency"] for one in kmtui.json("list", "attendance")}
    assert here == {"คุณนภา": "พอช.", "คุณวิชัย": None}


def test_a_part_makes_a_series_and_the_next_part_finds_it(
    kmtui: Caller, transcript: Path, tmp_path: Path
) -> None:
    other = tmp_path / "สาม.txt"
    other.write_text(FORUM.replace("๒", "๓").replace("เริ่มเลย", "จบแล้ว"), encoding="utf-8")

    kmtui.json("import", transcript, other)

    (series,) = kmtui.json("list", "series")
    assert series["title"] == "ถอดบทเรียนโครงการน้ำ"
    rows = kmtui.json("list", "sessions")
    assert sorted(one["part"] for one in rows) == [2, 3]
    assert {one["series_id"] for one in rows} == {series["id"]}
    assert len(kmtui.json("list", "people")) == 2


def test_options_stand_before_what_the_file_says(kmtui: Caller, transcript: Path) -> None:
    found = kmtui.json(
        "import", transcript, "--title=เวทีอื่น", "--date=17/5/2569", "--part=๙", "--place=วัด"
    )

    session = found["session"]
    assert (session["title"], session["part"]) == ("เวทีอื่น", 9)
    assert (session["date"], session["place"]) == ("2026-05-17", "วัด")


def test_the_same_file_is_read_in_once(kmtui: Caller, transcript: Path) -> None:
    session = kmtui.json("import", transcript)["session"]["id"]
    before = kmtui.bytes()

    called = kmtui("import", transcript, "--json")

    assert called.code == 1
    assert called.error["kind"] == "already_imported"
    assert session in called.error["message"]
    assert "--again" in called.error["message"]
    assert kmtui.bytes() == before
    assert kmtui.json("import", transcript, "--again")["session"]["id"] != session


def test_minutes_bring_their_lists_their_recorder_and_their_decisions(
    kmtui: Caller, tmp_path: Path
) -> None:
    file = tmp_path / "รายงาน.txt"
    file.write_text(MINUTES, encoding="utf-8")

    found = kmtui.json("import", file)

    assert found["session"]["date"] == "2006-04-12"
    assert found["attendance"]["absent"] == ["นายสมชาย ดีเสมอ"]
    assert {"นายวิชัย มั่นคง", "นางมาลี ใจงาม"} <= set(found["attendance"]["present"])
    assert found["roles"]["recorder"] == ["นางสาวนภา สุขใจ"]
    assert found["decisions"] == ["รับทราบ"]
    here = {one["person"]: one for one in kmtui.json("list", "attendance")}
    assert here["นายสมชาย ดีเสมอ"]["reason"] == "ติดราชการ"
    assert here["นายวิชัย มั่นคง"]["position"] == "ประธานคณะทำงาน"
    (decision,) = kmtui.json("list", "outcomes")
    assert (decision["kind"], decision["text"]) == ("decision", "รับทราบ")


def test_a_speaker_who_is_known_is_the_same_person(kmtui: Caller, transcript: Path) -> None:
    kmtui.json("log", "ก", "--say=คุณวิชัย: หนึ่ง", "--say=นภา: สอง")

    found = kmtui.json("import", transcript)

    assert [one["kind"] for one in found["warnings"] if "นภา" in one["message"]][-1:] == [
        "taken_for_known"
    ] or "taken_for_known" in [one["kind"] for one in found["warnings"]]
    assert len(kmtui.json("list", "people")) == 2


def test_a_role_word_as_a_label_is_no_person(kmtui: Caller, tmp_path: Path) -> None:
    file = tmp_path / "ก.txt"
    file.write_text(
        "พิธีกร : เริ่มครับ\nคุณมาลี ใจงาม: ค่ะ\nพิธีกร : ต่อเลย\nคุณมาลี ใจงาม: จบค่ะ\n",
        encoding="utf-8",
    )

    found = kmtui.json("import", file)

    assert [one["name"] for one in kmtui.json("list", "people")] == ["คุณมาลี ใจงาม"]
    assert "role_word_label" in [one["kind"] for one in found["warnings"]]
    assert {one["name"] for one in found["speakers"]} == {"พิธีกร", "คุณมาลี ใจงาม"}


def test_several_files_give_an_array(kmtui: Caller, transcript: Path, tmp_path: Path) -> None:
    other = tmp_path / "อื่น.txt"
    other.write_text(FORUM + "\nคุณนภา    อีกคำ\n", encoding="utf-8")

    found = kmtui.json("import", transcript, other)

    assert [one["turns"] for one in found] == [4, 5]


def test_a_bad_file_does_not_stop_the_others(
    kmtui: Caller, transcript: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "ไม่มี.txt"

    called = kmtui("import", missing, transcript, "--json")

    assert called.code == 3
    refused, kept = called.document
    assert refused["file"] == str(missing)
    assert set(refused["error"]) == {"kind", "message", "where"}
    assert kept["turns"] == 4


@pytest.mark.parametrize(
    "content",
    [
        None, b"", b"   \n\n", b"\x00\x01\x02" * 500, b"%PDF-1.4\n\x80\x81",
        b"word " * 400, b"a" * 3_000_000,
    ],
    ids=["missing", "empty", "blank", "binary", "pdf", "prose", "one long line"],
)  # fmt: skip
def test_what_is_no_transcript_is_one_sentence_and_changes_nothing(
    kmtui: Caller, forum: str, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "x.txt"
    if content is not None:
        file.write_bytes(content)
    before = kmtui.bytes()

    called = kmtui("import", file, "--json")

    assert called.code == 1
    assert called.error["message"]
    assert kmtui.bytes() == before


def test_a_bad_file_makes_no_notebook(kmtui: Caller, tmp_path: Path) -> None:
    called = kmtui("import", tmp_path / "ไม่มี.txt", "--json")

    assert called.code == 1
    assert not kmtui.notebook.exists()


def test_all_of_a_file_is_one_change(kmtui: Caller, forum: str, transcript: Path) -> None:
    kmtui.json("import", transcript)

    kmtui.json("undo")

    assert [one["id"] for one in kmtui.json("list", "sessions")] == [forum]
    assert len(kmtui.json("list", "people")) == 2


def test_a_transcript_is_shown_for_people(kmtui: Caller, transcript: Path) -> None:
    called = kmtui("import", transcript, "--preview")

    assert called.code == 0
    assert "คุณนภา 2" in called.out
    assert "พอช." in called.out


def test_a_speaker_who_is_named_needs_one_blank_only(kmtui: Caller, tmp_path: Path) -> None:
    file = tmp_path / "ก.txt"
    file.write_text("ครูทอง การออมต้องช่วยกัน\n\nป้านวล แล้วคนที่ไม่มีเงินล่ะครู\n", encoding="utf-8")

    found = kmtui.json("import", file, "--speaker=ครูทอง", "--speaker=ป้านวล")

    assert [one["name"] for one in found["speakers"]] == ["ครูทอง", "ป้านวล"]
    assert [one["text"] for one in kmtui.json("list", "turns")] == [
        "การออมต้องช่วยกัน",
        "แล้วคนที่ไม่มีเงินล่ะครู",
    ]


def test_a_chat_of_two_days_is_kept_in_one_change(kmtui: Caller, tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(
        "[LINE] ประวัติการแชทกับ ทีมบ้านดอน\nบันทึกวันที่ 2024/01/16 10:30\n\n"
        "2024/01/15 จันทร์\n10:30\tมาลี\tใครจดคะ\n10:31\tพี่ชัย\tผมเอง\n\n"
        "2024/01/16 อังคาร\n09:00\tมาลี\tขอบคุณค่ะ\n",
        encoding="utf-8",
    )

    found = kmtui.json("import", file)

    days = [found] if isinstance(found, dict) else found
    assert sum(one["turns"] for one in days) == 3
    assert len(kmtui.json("list", "people")) == 2
    assert all(one["said_at"] for one in kmtui.json("list", "turns"))
    kmtui.json("undo")
    assert kmtui.json("list", "people") == []
    assert kmtui.json("list", "turns") == []


def test_reviews_are_kept_with_their_promise(kmtui: Caller, tmp_path: Path) -> None:
    file = tmp_path / "aar.txt"
    file.write_text(
        "สิ่งที่คาดหวัง\n\nจะได้พบสมาชิกทุกตำบล\n\nสิ่งที่จะกลับไปทำ\n\nกลับไปนัดหมู่ ๔\n",
        encoding="utf-8",
    )

    kmtui.json("import", file)

    (review,) = kmtui.json("list", "reviews")
    assert review["answers"]["expected"] == "จะได้พบสมาชิกทุกตำบล"
    assert review["promise"] == "กลับไปนัดหมู่ ๔"


SINGLE_BLANKS = "ครูทอง ใจบุญ อยู่ที่บ้านใหม่\n\nครูทอง คนต้องช่วยกัน\n\nป้านวล แล้วคนที่ไม่มีเงินล่ะครู\n"


def test_a_file_in_which_nobody_is_told_apart_is_refused_until_somebody_is_named(
    kmtui: Caller, tmp_path: Path
) -> None:
    file = tmp_path / "f.txt"
    file.write_text(SINGLE_BLANKS, encoding="utf-8")

    refused = kmtui("import", file, "--json")
    named = kmtui.json("import", file, "--speaker", "ครูทอง", "--speaker", "ป้านวล")

    assert refused.error["kind"] == "nobody_told_apart"
    assert {one["name"] for one in named["speakers"]} == {"ครูทอง", "ป้านวล"}


def test_a_file_of_which_much_is_not_understood_tells_some_lines_and_how_many_more(
    kmtui: Caller, tmp_path: Path
) -> None:
    said = "\n".join(f"ลุงแดง {at % 9}: เรื่องที่ {at} น้ำไม่ไหล" for at in range(300))
    file = tmp_path / "ถอดเทป.txt"
    file.write_text(said, encoding="utf-8")

    called = kmtui("import", str(file), "--preview")
    document = kmtui.json("import", str(file), "--preview")

    assert len(document["warnings"]) > 200
    assert len([line for line in called.err.splitlines() if line.startswith("!")]) == 41
    assert f"and {len(document['warnings']) - 40} more" in called.err
