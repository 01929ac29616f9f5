"""`kmtui list`, `show`, `search`, `check`, `where`: asking changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.commands.columns import cells, columns
from tests.cli.calling import Caller

KINDS = [
    "sessions", "turns", "lessons", "outcomes", "people", "agencies", "series",
    "capabilities", "duties", "reviews", "attendance",
]  # fmt: skip


def test_a_session_tells_what_a_list_needs(kmtui: Caller, forum: str) -> None:
    (row,) = kmtui.json("list", "sessions")

    assert row["id"] == forum
    assert (row["title"], row["series"], row["part"]) == ("เวทีบ้านดอน", "ชุดน้ำ", 1)
    assert (row["date"], row["place"], row["status"]) == ("2026-05-17", "", "held")
    assert (row["turns"], row["lessons"]) == (2, 1)
    assert (row["recorder"], row["facilitator"]) == (["คุณนก"], [])


def test_a_turn_tells_who_said_what_where(kmtui: Caller, forum: str) -> None:
    first, second = kmtui.json("list", "turns")

    assert first["session"] == forum
    assert (first["speaker"], first["text"]) == ("คุณนก", "น้ำมาช้า")
    assert (first["said_at"], first["kind"], first["heading"]) == (None, "verbatim", "")
    assert second["speaker"] == "คุณแดง"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_an_array_of_records_with_ids(kmtui: Caller, forum: str, kind: str) -> None:
    found = kmtui.json("list", kind)

    assert isinstance(found, list)
    assert all(isinstance(one["id"], str) and one["id"] for one in found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_for_people_too(kmtui: Caller, forum: str, kind: str) -> None:
    called = kmtui("list", kind)

    assert called.code == 0
    assert bool(called.out) != bool(called.err)


def test_turns_are_filtered_by_speaker_session_series_and_day(kmtui: Caller, forum: str) -> None:
    kmtui.json("log", "ข", "--date=2026-06-01", "--say=คุณนก: สอง", "--series=ชุดป่า")

    def texts(*words: str) -> list[str]:
        return [one["text"] for one in kmtui.json("list", "turns", *words)]

    assert sorted(texts("--speaker=คุณนก")) == ["น้ำมาช้า", "สอง"]
    assert texts("--session", forum, "--speaker=คุณแดง") == ["ต้องซ่อมฝาย"]
    assert texts("--series=ชุดป่า") == ["สอง"]
    assert texts("--from=1/6/2569") == ["สอง"]
    assert texts("--until=2026-05-31", "--limit=1") == ["น้ำมาช้า"]
    assert texts("--session=เวทีบ้านดอน", "--from=2026-06-01") == []


def test_sessions_are_filtered_by_status(kmtui: Caller, forum: str) -> None:
    kmtui.json("edit", forum, "status=postponed")

    assert len(kmtui.json("list", "sessions", "--status=postponed")) == 1
    assert kmtui.json("list", "sessions", "--status=held") == []


def test_sessions_are_filtered_by_who_came(kmtui: Caller, forum: str) -> None:
    kmtui.json("log", "ข", "--say=คุณฟ้า: สอง")

    found = kmtui.json("list", "sessions", "--speaker=คุณนก")

    assert [one["id"] for one in found] == [forum]


def test_a_long_list_is_one_array(kmtui: Caller) -> None:
    kmtui.json("log", "ก", *(f"--say=คุณนก: {'ยาว' * 3000} {n}" for n in range(120)))

    found = kmtui.json("list", "turns")

    assert [one["text"].split()[1] for one in found] == [str(n) for n in range(120)]


def test_a_filter_that_names_nobody_is_refused(kmtui: Caller, forum: str) -> None:
    called = kmtui("list", "turns", "--speaker=คุณไม่มีตัวตน", "--json")

    assert called.code == 1
    assert called.error["kind"] == "unknown_record"


def test_a_session_is_shown_with_everything_in_it(kmtui: Caller, forum: str) -> None:
    found = kmtui.json("show", forum)

    assert found["record"]["title"] == "เวทีบ้านดอน"
    assert [one["text"] for one in found["turns"]] == ["น้ำมาช้า", "ต้องซ่อมฝาย"]
    assert [one["title"] for one in found["lessons"]] == ["ซ่อมฝายก่อนฝน"]
    assert {one["person"] for one in found["attendance"]} == {"คุณนก", "คุณแดง"}
    assert 0 <= found["complete"] <= 1


def test_a_session_is_shown_for_people(kmtui: Caller, forum: str) -> None:
    called = kmtui("show", forum)

    assert "คุณนก: น้ำมาช้า" in called.out
    assert "◆ ซ่อมฝายก่อนฝน" in called.out
    assert called.err == ""


def test_words_are_found_with_their_place_in_the_text(kmtui: Caller, forum: str) -> None:
    found = kmtui.json("search", "ฝาย")

    turn = next(one for one in found if one["kind"] == "turn")
    assert turn["session"] == forum
    assert turn["text"][turn["start"] : turn["end"]] == "ฝาย"
    assert turn["id"] in {one["id"] for one in kmtui.json("list", "turns")}


def test_nothing_found_is_an_empty_array(kmtui: Caller, forum: str) -> None:
    assert kmtui.json("search", "ไม่มีคำนี้") == []


def test_what_a_forum_lacks_is_told_with_its_weight(kmtui: Caller) -> None:
    session = kmtui.json("log", "ก")["session"]["id"]

    (found,) = kmtui.json("check", session)["sessions"]

    assert (found["id"], found["title"]) == (session, "ก")
    assert 0 <= found["complete"] < 1
    gaps = {one["kind"]: one for one in found["gaps"]}
    assert {"no_recorder", "no_turns", "no_lesson", "no_date"} <= set(gaps)
    assert {one["level"] for one in gaps.values()} <= {"must", "should", "nice"}
    assert all(one["what"] for one in gaps.values())


def test_a_role_that_nobody_checked_names_its_holder(kmtui: Caller, forum: str) -> None:
    (found,) = kmtui.json("check", forum)["sessions"]

    (gap,) = [one for one in found["gaps"] if one["kind"] == "role_not_checked"]
    assert "คุณนก" in gap["what"]


def test_strict_ends_with_three_where_anything_is_missing(kmtui: Caller, forum: str) -> None:
    assert kmtui("check", "--json").code == 0

    called = kmtui("check", "--strict", "--json")

    assert called.code == 3
    assert called.document["sessions"]


def test_where_answers_before_there_is_a_notebook(kmtui: Caller) -> None:
    found = kmtui.json("where")

    assert found == {"notebook": str(kmtui.notebook), "exists": False}
    assert not kmtui.notebook.exists()


def test_where_counts_what_is_there(kmtui: Caller, forum: str) -> None:
    found = kmtui.json("where")

    assert found["exists"] is True
    assert found["counts"]["sessions"] == 1
    assert found["counts"]["people"] == 2
    assert len(found["laptop"]) == 10
    assert kmtui("where").code == 0


@pytest.mark.parametrize(
    "words",
    [["show", "abcdef"], ["history", "abcdef"], ["undo"], ["edit", "abcdef", "title=x"],
     ["delete", "abcdef"], ["verify"], ["backup", "b"]],
)  # fmt: skip
def test_asking_where_there_is_no_notebook_makes_none(kmtui: Caller, words: list[str]) -> None:
    called = kmtui(*words, "--json")

    assert called.code == 1
    assert called.error["kind"] == "no_notebook"
    assert not kmtui.notebook.exists()


@pytest.mark.parametrize("words", [["list", "sessions"], ["list", "turns"], ["search", "x"]])
def test_a_list_where_there_is_no_notebook_is_empty_and_makes_none(
    kmtui: Caller, words: list[str]
) -> None:
    called = kmtui(*words, "--json")

    assert (called.code, called.document) == (0, [])
    assert kmtui(*words).err
    assert not kmtui.notebook.exists()


@pytest.mark.parametrize(
    "words", [["list", "turns"], ["show"], ["search", "น้ำ"], ["check"], ["where"], ["verify"]]
)
def test_asking_writes_nothing(kmtui: Caller, forum: str, words: list[str]) -> None:
    before = kmtui.bytes()

    called = kmtui(*words, *([forum] if words == ["show"] else []))

    assert called.code == 0
    assert kmtui.bytes() == before


def test_json_and_notebook_stand_before_or_after_the_command(
    kmtui: Caller, forum: str, tmp_path: Path
) -> None:
    here = str(kmtui.notebook)
    elsewhere = Caller(tmp_path / "elsewhere")

    before = elsewhere("--json", "--notebook", here, "list", "sessions")
    after = elsewhere("list", "sessions", "--json", "--notebook", here)

    assert before.document == after.document
    assert before.document[0]["id"] == forum


def test_a_notebook_is_kept_in_one_file_and_made_from_it(
    kmtui: Caller, forum: str, tmp_path: Path
) -> None:
    file = tmp_path / "stick" / "backup.kmtui"
    file.parent.mkdir()
    kmtui.json("backup", file)
    other = Caller(tmp_path / "other")

    other.json("restore", file)

    assert other.json("list", "turns") == kmtui.json("list", "turns")
    assert kmtui("backup", file, "--json").error["kind"] == "file_exists"
    assert other("restore", file, "--json").error["kind"] == "folder_not_empty"


def test_a_folder_is_no_backup(kmtui: Caller, tmp_path: Path) -> None:
    called = kmtui("restore", tmp_path, "--json")

    assert (called.code, called.error["kind"]) == (1, "cannot_read")


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 not really", b"\x00" * 1000])
def test_what_is_no_backup_is_refused(kmtui: Caller, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "b"
    if content is not None:
        file.write_bytes(content)

    called = kmtui("restore", file, "--json")

    assert called.code == 1
    assert called.error["kind"] == ("no_such_file" if content is None else "not_a_backup")
    assert not kmtui.notebook.exists() or not any(kmtui.notebook.iterdir())


def test_every_line_is_read_again(kmtui: Caller, forum: str) -> None:
    found = kmtui.json("verify")

    assert found["lines"] > 0
    assert (found["damaged"], found["rebuilt"]) == ([], False)
    assert kmtui.json("verify", "--rebuild")["rebuilt"] is True
    assert len(kmtui.json("list", "turns")) == 2


def test_columns_stand_straight_under_thai_marks() -> None:
    one, other = columns([("น้ำ", "x"), ("นาน", "y")])

    assert cells("น้ำ") == 2
    assert cells(one.partition("x")[0]) == cells(other.partition("y")[0])


def test_what_people_typed_cannot_steer_the_terminal(kmtui: Caller) -> None:
    kmtui.json("log", "ก\x1b[2J\u202eข", "--say=คุณนก: \x9b31m")

    for words in (["list", "sessions"], ["list", "turns"], ["check"], ["search", "ก"]):
        called = kmtui(*words)
        assert called.code == 0
        assert not set(called.out) & set("\x1b\x9b\u202e")
    for words in (["list", "sessions", "--json"], ["list", "turns", "--json"]):
        called = kmtui(*words)
        assert not set(called.out) & set("\x1b\x9b\u202e")
        assert called.document


def test_a_forum_in_the_trash_is_shown_with_everything_inside(kmtui: Caller, forum: str) -> None:
    before = kmtui.json("show", forum)
    kmtui("delete", forum)

    said = kmtui("show", forum)
    after = kmtui.json("show", forum)

    assert "in the trash" in said.out
    assert [turn["text"] for turn in after["turns"]] == [turn["text"] for turn in before["turns"]]
    assert after["record"]["marks"] == ["deleted"]
    assert all(turn["text"] in said.out for turn in before["turns"])
