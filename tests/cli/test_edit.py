"""`kmtui edit`, `delete`, `undelete`, `undo` and `history`."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.cli.calling import Caller


def test_a_field_is_changed_and_the_whole_record_told(kmtui: Caller, forum: str) -> None:
    found = kmtui.json("edit", forum, "place=ศาลาวัด", "part=๗", "date=18/5/2569")

    assert set(found) == {"record", "change"}
    record = found["record"]
    assert (record["id"], record["kind"]) == (forum, "session")
    assert (record["place"], record["part"], record["date"]) == ("ศาลาวัด", 7, "2026-05-18")
    assert record["title"] == "เวทีบ้านดอน"


def test_an_empty_value_is_none(kmtui: Caller, forum: str) -> None:
    assert kmtui.json("edit", forum, "date=", "part=")["record"]["date"] is None


def test_a_list_takes_and_gives_up_elements(kmtui: Caller, forum: str) -> None:
    kmtui.json("edit", forum, "tags+=น้ำ", "tags+=ป่า")

    found = kmtui.json("edit", forum, "tags-=ป่า", "tags+=ฝาย")

    assert found["record"]["tags"] == sorted(["น้ำ", "ฝาย"])


def test_a_list_is_set_whole(kmtui: Caller, forum: str) -> None:
    kmtui.json("edit", forum, "tags+=น้ำ")

    assert kmtui.json("edit", forum, "tags=ก, ข")["record"]["tags"] == ["ก", "ข"]
    assert kmtui.json("edit", forum, "tags=")["record"]["tags"] == []


def test_roles_and_their_checks_are_edited_on_the_attendance(kmtui: Caller, forum: str) -> None:
    here = next(one for one in kmtui.json("list", "attendance") if one["person"] == "คุณแดง")

    found = kmtui.json("edit", here["id"], "roles+=facilitator", "checks.facilitator=did")

    assert found["record"]["roles"] == ["facilitator"]
    assert found["record"]["checks"] == {"facilitator": "did"}
    assert kmtui.json("list", "sessions")[0]["facilitator"] == ["คุณแดง"]


def test_a_check_is_taken_back_to_not_known_yet(kmtui: Caller, forum: str) -> None:
    here = next(one for one in kmtui.json("list", "attendance") if one["person"] == "คุณนก")
    kmtui.json("edit", here["id"], "checks.recorder=partly")

    assert kmtui.json("edit", here["id"], "checks.recorder=")["record"]["checks"] == {}


def test_a_speaker_is_changed_by_name(kmtui: Caller, forum: str) -> None:
    turn = kmtui.json("list", "turns")[0]

    found = kmtui.json("edit", turn["id"], "speaker=คุณแดง")

    assert found["record"]["speaker"] == "คุณแดง"
    assert found["record"]["speaker_id"].startswith("person/")


def test_the_text_of_a_turn_stays_as_typed(kmtui: Caller, forum: str) -> None:
    turn = kmtui.json("list", "turns")[0]

    found = kmtui.json("edit", turn["id"], "text= สอง  ช่อง=นะ\n")

    assert found["record"]["text"] == " สอง  ช่อง=นะ\n"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("nosuch=1", "unknown_field"),
        ("id=session/X", "unknown_field"),
        ("marks=x", "unknown_field"),
        ("session=x", "unknown_field"),
        ("part=หก", "bad_value"),
        ("date=31/2/2569", "bad_date"),
        ("date=วันไหนก็ได้", "bad_date"),
        ("status=maybe", "bad_value"),
        ("starts=25:00", "bad_value"),
        ("finished=perhaps", "bad_value"),
        ("series=ไม่มีชุดนี้", "unknown_record"),
        ("title+=x", "bad_value"),
        ("tags+=", "bad_value"),
        ("checks.recorder=did", "unknown_field"),
        ("title", "bad_value"),
        ("=x", "bad_value"),
    ],
)
def test_a_wrong_value_is_one_sentence_and_changes_nothing(
    kmtui: Caller, forum: str, words: str, kind: str
) -> None:
    before = kmtui.bytes()

    called = kmtui("edit", forum, "place=ที่อื่น", words, "--json")

    assert called.code == 1
    assert called.error["kind"] == kind
    assert kmtui.bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["edit", "session/NOSUCH", "title=x"],
        ["delete", "session/NOSUCH"],
        ["undelete", "session/NOSUCH"],
        ["history", "session/NOSUCH"],
        ["show", "session/NOSUCH"],
        ["show", "../../etc/passwd"],
        ["check", "session/NOSUCH"],
        ["list", "turns", "--session", "session/NOSUCH"],
    ],
)
def test_a_wrong_id_is_one_sentence(kmtui: Caller, forum: str, words: list[str]) -> None:
    before = kmtui.bytes()

    called = kmtui(*words, "--json")

    assert called.code == 1
    assert called.error["kind"] == "unknown_record"
    assert kmtui.bytes() == before


def test_what_was_deleted_comes_back_as_it_was(kmtui: Caller, forum: str) -> None:
    deleted = kmtui.json("delete", forum)
    assert deleted["record"]["marks"] == ["deleted"]
    assert kmtui.json("list", "sessions") == []
    assert [one["id"] for one in kmtui.json("list", "sessions", "--deleted")] == [forum]

    back = kmtui.json("undelete", forum)

    assert back["record"]["marks"] == []
    assert [one["turns"] for one in kmtui.json("list", "sessions")] == [2]


def test_deleting_twice_and_bringing_back_what_is_there_are_refused(
    kmtui: Caller, forum: str
) -> None:
    assert kmtui("undelete", forum, "--json").error["kind"] == "not_deleted"
    kmtui.json("delete", forum)

    assert kmtui("delete", forum, "--json").error["kind"] == "already_deleted"


def test_the_last_change_is_taken_back(kmtui: Caller, forum: str) -> None:
    kmtui.json("edit", forum, "title=ผิด")

    found = kmtui.json("undo")

    assert (found["record"]["id"], found["record"]["title"]) == (forum, "เวทีบ้านดอน")


def test_what_was_taken_back_is_done_again(kmtui: Caller, forum: str) -> None:
    kmtui.json("edit", forum, "title=ใหม่")
    kmtui.json("undo")

    assert kmtui.json("redo")["record"]["title"] == "ใหม่"
    assert kmtui("redo", "--json").error["kind"] == "nothing_to_redo"


def test_an_empty_notebook_has_nothing_to_undo(kmtui: Caller, forum: str) -> None:
    kmtui.json("undo")

    called = kmtui("undo", "--json")

    assert called.code == 1
    assert called.error["kind"] == "nothing_to_undo"


def test_history_tells_each_value_and_what_it_took_the_place_of(kmtui: Caller, forum: str) -> None:
    change = kmtui.json("edit", forum, "title=เวทีใหม่")["change"]

    found = kmtui.json("history", forum)

    titles = [one for one in found if one["field"] == "title"]
    assert [(one["value"], one["replaced"]) for one in titles] == [
        ("เวทีบ้านดอน", None),
        ("เวทีใหม่", "เวทีบ้านดอน"),
    ]
    assert set(titles[0]) == {"change", "time", "who", "laptop", "field", "value", "replaced"}
    assert titles[1]["change"] == change
    assert datetime.fromisoformat(titles[0]["time"]).utcoffset() is not None
    assert len(titles[0]["laptop"]) == 10
