"""`kmtui sync`: two laptops and a stick, from the command line."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kmtui.commands.sync import Shown
from tests.cli.calling import Caller


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    found = tmp_path / "stick"
    found.mkdir()
    return found


@pytest.fixture
def other(tmp_path: Path) -> Caller:
    """The notebook of another laptop."""
    found = Caller(tmp_path / "other")
    found.json("log", "เวทีบ้านเหนือ", "--say=คุณแดง: ฝนไม่มา")
    return found


def test_the_document_has_the_shape_that_scripts_read(
    kmtui: Caller, forum: str, other: Caller, stick: Path
) -> None:
    other.json("sync", stick)

    met = kmtui.json("sync", stick, "--accept")

    first = {"sent", "received", "held", "conflicts", "laptops", "warnings"}
    assert set(met) == first | {"unknown", "left_out", "safe", "whole_look"}
    assert set(met["sent"]) == {"segments", "changes"}
    assert met["received"]["sessions"] == 1
    assert met["received"]["changes"] > 2
    assert (met["held"], met["conflicts"]) == ([], 0)
    of_laptop = {"id", "name", "last_seen", "changes", "clock_wrong", "own", "state"}
    assert [set(one) for one in met["laptops"]] == [of_laptop] * 2
    assert [one["own"] for one in met["laptops"]] == [True, False]
    assert all(one["last_seen"].startswith("20") for one in met["laptops"])
    assert [set(one) for one in met["warnings"]] == [{"kind", "message"}]
    assert met["warnings"][0]["kind"] == "joined"
    found = {row["title"] for row in kmtui.json("list", "sessions")}
    assert found == {"เวทีบ้านดอน", "เวทีบ้านเหนือ"}


def test_a_folder_of_which_not_all_was_looked_at_ends_with_3(
    kmtui: Caller, forum: str, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.carrier.looking.MAX_ENTRIES", 10)
    for number in range(20):
        (stick / f"photo{number}.jpg").write_bytes(b"x")

    called = kmtui("sync", stick)

    assert called.code == 3
    assert "not all were looked at" in called.err
    assert "safe to pull out" not in called.out + called.err


def test_a_damaged_file_is_told_by_backup_and_mended_by_it(
    kmtui: Caller, forum: str, stick: Path, tmp_path: Path
) -> None:
    kmtui("sync", stick)
    kmtui("verify", "--rebuild")
    right, wrong = "เวทีบ้านดอน".encode(), "เวทีบ้านดมน".encode()
    files = (kmtui.notebook / "log").glob("*/chg-*.jsonl")
    path = next(file for file in files if right in file.read_bytes())
    path.write_bytes(path.read_bytes().replace(right, wrong, 1))

    found = kmtui("verify")
    made = kmtui("backup", tmp_path / "b.kmtui")
    again = kmtui("verify")

    assert found.code == 3
    assert "--rebuild" in found.err
    assert made.code == 0
    assert "kept anew" in made.err
    assert again.code == 0
    assert [row["title"] for row in kmtui.json("list", "sessions")] == ["เวทีบ้านดอน"]


def test_a_dry_run_tells_and_changes_nothing(
    kmtui: Caller, forum: str, other: Caller, stick: Path
) -> None:
    other.json("sync", stick)
    before = kmtui.bytes()

    called = kmtui("sync", stick, "--dry-run", "--accept")

    assert called.code == 0
    assert called.out.startswith("1 new forum from 1 laptop\n")
    assert "would come in" in called.err
    assert "Goes out: " in called.err
    assert "Nothing was written yet." in called.err
    assert kmtui.bytes() == before


def test_it_is_safe_to_pull_out_only_when_all_was_read_back(
    kmtui: Caller, forum: str, stick: Path
) -> None:
    called = kmtui("sync", stick)
    assert called.code == 0
    assert "safe to pull out" in called.err
    for own in stick.iterdir():
        own.rename(stick / "elsewhere")
        own.write_text("a file where our folder should be", encoding="utf-8")

    refused = kmtui("sync", stick)

    assert refused.code == 3
    assert "safe to pull out" not in refused.err
    assert "did not take what is new here" in refused.err


def test_in_thai_it_says_that_the_stick_may_be_pulled_out(tmp_path: Path, stick: Path) -> None:
    thai = Caller(tmp_path / "notebook", lang="th")
    thai.json("log", "เวที")

    assert "ดึงออกได้" in thai("sync", stick).err


def test_a_held_file_is_told_and_the_rest_comes_in(
    kmtui: Caller, forum: str, other: Caller, stick: Path
) -> None:
    other.json("sync", stick)
    (stick / "half \x1b[2J.jsonl").write_bytes(b'{"fmt":"kmtui-changes","v":1')

    called = kmtui("sync", stick, "--accept", "--json")
    again = kmtui("sync", stick)

    assert called.code == again.code == 3
    (held,) = called.document["held"]
    assert held["retry"] is True
    assert "still being copied" in held["reason"]
    assert called.document["received"]["sessions"] == 1
    assert "\x1b" not in again.out + again.err + called.out


def test_a_folder_that_is_not_there_is_refused_in_one_sentence(
    kmtui: Caller, forum: str, tmp_path: Path
) -> None:
    called = kmtui("sync", tmp_path / "media" / "stick", "--json")

    assert called.code == 1
    assert called.error["kind"] == "no_carrier"
    assert "stick" in called.error["message"]


def test_a_new_laptop_gets_everything_from_the_stick(
    kmtui: Caller, other: Caller, stick: Path
) -> None:
    other.json("sync", stick)

    assert kmtui.json("sync", stick, "--accept")["received"]["sessions"] == 1
    assert len(kmtui.json("list", "sessions")) == 1


def test_progress_is_told_only_where_it_takes_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    import click

    moments = iter([0.0, 0.1, 0.6, 0.7, 0.9])
    with (
        click.Context(click.Command("sync")),
        Shown(lambda done, of: f"{done} of {of}", clock=lambda: next(moments)) as shown,
    ):
        for done in (1, 2, 3, 4):
            shown(done, 4)

    assert capsys.readouterr().err == "2 of 4\n4 of 4\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no Ctrl+C to send on Windows")
def test_ctrl_c_ends_at_a_whole_file(
    kmtui: Caller, forum: str, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.carrier.meeting import Meeting

    whole = Meeting.run

    def pressed(meeting: Meeting) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return whole(meeting)

    monkeypatch.setattr(Meeting, "run", pressed)
    called = kmtui("sync", stick)
    monkeypatch.undo()

    assert called.code == 130
    assert "Stopped" in called.err
    assert "safe to pull out" not in called.err
    assert kmtui("sync", stick).code == 0
