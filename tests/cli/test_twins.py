"""`kmtui twins` and `kmtui join`: one forum recorded twice, read as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Caller

LINE = "น้ำมาช้าทุกปีเพราะฝายรั่วมานาน"


@pytest.fixture
def twice(tmp_path: Path, kmtui: Caller) -> tuple[Caller, str, str]:
    """One forum, recorded on two laptops that have met."""
    other = Caller(tmp_path / "other")
    ids = [
        caller.json(
            "log", title, "--date=2026-05-17", "--place=ศาลา", f"--recorder={who}",
            f"--say=ลุงแดง: {LINE}{more}", f"--say={who}: {who} จดไว้ท้ายเวที", f"--lesson={title}",
        )["session"]["id"]
        for caller, title, who, more in (
            (kmtui, "เวทีฝาย", "คุณนก", ""), (other, "เวทีเรื่องฝาย", "คุณต้น", " "),
        )
    ]  # fmt: skip
    stick = tmp_path / "stick"
    stick.mkdir()
    for caller in (kmtui, other, kmtui):
        assert caller("sync", stick, "--accept").code == 0
    return kmtui, ids[0], ids[1]


def test_twins_are_proposed_with_what_they_have_in_common(
    twice: tuple[Caller, str, str],
) -> None:
    kmtui, first, second = twice

    found = {one["kind"]: one for one in kmtui.json("twins")}

    assert {found["session"]["first"]["id"], found["session"]["second"]["id"]} == {first, second}
    assert (found["session"]["why"], found["session"]["people"]) == (["day_place", "people"], 1)
    assert found["person"]["first"]["title"] == "ลุงแดง"
    lines = kmtui("twins").out.splitlines()
    assert lines[0].startswith("Forum “เวที")
    assert lines[0].endswith(": the same day and place, 1 person in common")
    assert lines[1].startswith("  kmtui join session/")


def test_a_joined_forum_is_listed_shown_and_checked_once_and_undo_parts_it(
    twice: tuple[Caller, str, str],
) -> None:
    kmtui, first, second = twice
    before = kmtui.json("list", "sessions")

    joined = kmtui.json("join", first, second)

    assert (joined["first"], joined["second"], joined["joined"]) == (first, second, True)
    (row,) = kmtui.json("list", "sessions")
    assert (row["id"], row["turns"], row["lessons"], row["joins"]) == (first, 4, 2, [second])
    assert len(kmtui.json("list", "turns", "--session", first)) == 4
    assert len(kmtui.json("list", "lessons", "--session", second)) == 0
    assert len(kmtui.json("list", "lessons", "--session", first)) == 2
    shown = kmtui.json("show", second)
    assert (shown["record"]["id"], len(shown["turns"])) == (first, 4)
    assert [one["id"] for one in shown["joined"]] == [second]
    assert "joined with it: เวทีเรื่องฝาย" in kmtui("show", first).out
    alone = kmtui.json("show", second, "--alone")
    assert (alone["record"]["id"], len(alone["turns"]), alone["joined"]) == (second, 2, [])
    assert {hit["session"] for hit in kmtui.json("search", "จดไว้ท้ายเวที")} == {first}
    assert len(kmtui.json("check")) == 1
    kmtui.json("undo")
    assert kmtui.json("list", "sessions") == before


def test_doubled_lines_are_folded_by_a_persons_choice(twice: tuple[Caller, str, str]) -> None:
    kmtui, first, second = twice
    kmtui.json("join", first, second)
    turns = [one for one in kmtui.json("twins") if one["kind"] == "turn"]
    (pair,) = [one for one in turns if LINE in one["first"]["title"]]

    kmtui.json("join", pair["second"]["id"], pair["first"]["id"])

    shown = kmtui.json("show", first)
    assert pair["first"]["id"] not in {turn["id"] for turn in shown["turns"]}
    assert [one["id"] for one in shown["folded"][pair["second"]["id"]]] == [pair["first"]["id"]]
    kmtui.json("undo")
    assert len(kmtui.json("show", first)["turns"]) == 4


def test_a_person_made_twice_is_one_after_joining(twice: tuple[Caller, str, str]) -> None:
    kmtui, _first, _second = twice
    (pair,) = [one for one in kmtui.json("twins") if one["kind"] == "person"]

    called = kmtui("join", pair["first"]["id"], pair["second"]["id"])

    assert called.err == "Joined: ลุงแดง is read as part of ลุงแดง\n"
    people = [one["id"] for one in kmtui.json("list", "people") if one["name"] == "ลุงแดง"]
    assert people == [pair["first"]["id"]]
    assert len(kmtui.json("list", "turns", "--speaker", "ลุงแดง")) == 2


def test_what_is_two_is_not_proposed_again(twice: tuple[Caller, str, str]) -> None:
    kmtui, first, second = twice

    called = kmtui("join", first, second, "--not")

    assert called.err == "Two, not one: เวทีฝาย · เวทีเรื่องฝาย\n"
    assert [one["kind"] for one in kmtui.json("twins")] == ["person"]
    assert len(kmtui.json("list", "sessions")) == 2


def test_what_cannot_be_one_is_refused_in_one_sentence(twice: tuple[Caller, str, str]) -> None:
    kmtui, first, second = twice
    person = kmtui.json("list", "people")[0]["id"]
    kmtui.json("join", first, second)

    refused = [kmtui("join", *ids, "--json") for ids in ((first, person), (first, second))]

    assert [one.error["kind"] for one in refused] == ["cannot_join", "joined_already"]
    assert [one.code for one in refused] == [1, 1]


def test_no_twins_is_said(kmtui: Caller, forum: str) -> None:
    assert kmtui.json("twins") == []
    assert kmtui("twins").err == "Nothing looks like one thing recorded twice.\n"
    assert forum
