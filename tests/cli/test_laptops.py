"""Laptops on the command line: an unknown notebook is asked about, one is set aside or retired."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Caller


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    found = tmp_path / "stick"
    found.mkdir()
    return found


@pytest.fixture
def office(tmp_path: Path, stick: Path) -> Caller:
    """The notebook of an office, whose stick this is."""
    found = Caller(tmp_path / "office")
    found.json("log", "เวทีถนน", "--place=ศาลากลาง", "--say=สมชาย: งบหมด")
    found.json("where", "--owner", "บอส\x1b[2J")
    found.json("sync", stick)
    return found


def titles(caller: Caller) -> set[str]:
    return {row["title"] for row in caller.json("list", "sessions")}


def laptops(caller: Caller) -> dict[str | None, Any]:
    return {one["name"]: one for one in caller.json("sync", "--laptops")["laptops"]}


def test_an_unknown_notebook_is_told_with_what_it_holds_and_waits(
    kmtui: Caller, forum: str, office: Caller, stick: Path
) -> None:
    called = kmtui("sync", stick)

    assert called.code == 3
    for words in ("เวทีถนน", "ศาลากลาง", "สมชาย", "บอส", "--accept-only", "--set-aside"):
        assert words in called.err
    assert "\x1b" not in called.err + called.out
    assert titles(kmtui) == {"เวทีบ้านดอน"}


def test_the_document_tells_the_same_and_one_laptop_is_accepted_by_its_owner(
    kmtui: Caller, forum: str, office: Caller, stick: Path
) -> None:
    called = kmtui("sync", stick, "--json")

    assert called.code == 3
    (unknown,) = called.document["unknown"]
    assert unknown["titles"] == ["เวทีถนน"]
    assert unknown["places"] == ["ศาลากลาง"]
    assert "สมชาย" in unknown["people"]
    assert called.document["safe"] is False
    office.json("where", "--owner", "บอส")
    office.json("log", "เวทีตลาด")
    office.json("sync", stick)
    assert kmtui("sync", stick, "--accept-only", "นก", "--json").error["kind"] == "laptop_not_known"

    accepted = kmtui("sync", stick, "--accept-only", "บอส")

    assert accepted.code == 0
    assert titles(kmtui) == {"เวทีบ้านดอน", "เวทีถนน", "เวทีตลาด"}
    assert kmtui("sync", stick).code == 0


def test_a_meeting_is_taken_back_and_brought_back(
    kmtui: Caller, forum: str, office: Caller, stick: Path
) -> None:
    kmtui.json("sync", stick, "--accept")
    laptop = office.json("where")["laptop"]

    called = kmtui("sync", "--set-aside", laptop[:5])

    assert called.code == 0
    assert "Set aside" in called.err
    assert "set aside" in called.out
    assert titles(kmtui) == {"เวทีบ้านดอน"}
    assert kmtui.json("search", "งบหมด") == []
    office.json("log", "เวทีตลาด")
    office.json("sync", stick)
    again = kmtui("sync", stick)
    assert "left out" in again.err
    assert "Only laptops that are set aside" in again.err
    kmtui.json("sync", "--bring-back", laptop)
    assert titles(kmtui) == {"เวทีบ้านดอน", "เวทีถนน"}


def test_a_laptop_is_retired_and_expected_again(
    kmtui: Caller, forum: str, office: Caller, stick: Path
) -> None:
    kmtui.json("sync", stick, "--accept")
    laptop = office.json("where")["laptop"]

    retired = kmtui.json("sync", "--retire", laptop)["laptops"]
    expected = kmtui.json("sync", "--expect", laptop)["laptops"]

    assert [one["state"] for one in retired] == ["here", "gone"]
    assert [one["state"] for one in expected] == ["here", "here"]


def test_nobody_sets_the_own_laptop_aside_and_a_folder_is_named_alone(
    kmtui: Caller, forum: str, stick: Path
) -> None:
    mine = kmtui.json("where")["laptop"]

    assert kmtui("sync", "--set-aside", mine, "--json").error["kind"] == "own_laptop"
    assert kmtui("sync", "--retire", mine, "--json").error["kind"] == "own_laptop"
    assert kmtui("sync", stick, "--retire", mine).code == 2
    assert kmtui("sync").code == 2


def test_the_owner_is_set_and_told(kmtui: Caller, forum: str) -> None:
    told = kmtui.json("where", "--owner", " ก้อย ")

    assert told["owner"] == "ก้อย"
    assert kmtui.json("where")["owner"] == "ก้อย"
    assert "ก้อย" in kmtui("where", "--owner", "ก้อย").out
    refused = kmtui("where", "--owner", "ก" * 500, "--json")
    assert (refused.code, refused.error["kind"]) == (1, "too_long")


def test_nothing_new_is_said_in_plain_words(kmtui: Caller, forum: str, stick: Path) -> None:
    first = kmtui("sync", stick)

    again = kmtui("sync", stick)

    assert first.err.startswith("Went out: ")
    assert again.out.startswith("Nothing new came in.\n")
    assert "Everything of ours is in the folder already." in again.err


def test_a_forum_that_was_edited_elsewhere_is_no_new_one(
    kmtui: Caller, forum: str, office: Caller, stick: Path
) -> None:
    kmtui.json("sync", stick, "--accept")
    office.json("sync", stick)
    office.json("edit", forum, "place=วัด")
    office.json("sync", stick)

    called = kmtui("sync", stick)

    assert called.out.startswith("1 edited forum from 1 laptop\n")
    assert called.code == 0


def test_undo_after_a_meeting_says_what_it_would_take_back_and_does_so_when_asked(
    kmtui: Caller, forum: str, office: Caller, stick: Path
) -> None:
    kmtui.json("sync", stick, "--accept")

    refused = kmtui("undo", "--json")

    assert refused.error["kind"] == "met_since"
    assert "เวทีบ้านดอน" in refused.error["message"]
    assert "--past-meeting" in refused.error["message"]
    assert "attendance/" not in refused.error["message"]
    assert titles(kmtui) == {"เวทีบ้านดอน", "เวทีถนน"}
    assert kmtui("undo", "--past-meeting").code == 0
    assert titles(kmtui) == {"เวทีถนน"}
