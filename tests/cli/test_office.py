"""`kmtui office`: what many laptops wrote, as one file and as tables."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from .calling import Caller

pytest.importorskip("duckdb", reason="the extra `office` is not installed")


@pytest.fixture
def stick(kmtui: Caller, forum: str, tmp_path: Path) -> Path:
    """A folder in which one laptop has been."""
    folder = tmp_path / "stick"
    folder.mkdir()
    kmtui.json("sync", str(folder))
    return folder


def test_folders_become_one_file_and_tables(kmtui: Caller, stick: Path, tmp_path: Path) -> None:
    target, tables = tmp_path / "office.parquet", tmp_path / "tables"

    done = kmtui.json("office", str(stick), "-o", str(target), "--tables", str(tables))
    again = kmtui("office", str(stick), "-o", str(target))

    assert done["changes"] > 0
    assert len(done["laptops"]) == 1
    assert done["held"] == []
    assert done["tables"]["sessions"] == len(kmtui.json("list", "sessions"))
    assert again.out.splitlines() == [
        f"{target} holds {done['changes']} changes of 1 laptop.",
        f"closed files {done['segments']}",
    ]
    with (tables / "sessions.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert titles == [one["title"] for one in kmtui.json("list", "sessions")]


def test_a_damaged_file_is_told_and_the_rest_is_packed(
    kmtui: Caller, stick: Path, tmp_path: Path
) -> None:
    (stick / "ครึ่ง.jsonl").write_bytes(b'{"fmt":"kmtui-changes","v":1')

    called = kmtui("office", str(stick), "-o", str(tmp_path / "office.parquet"))

    assert called.code == 3
    assert "ครึ่ง.jsonl" in called.err
    assert (tmp_path / "office.parquet").exists()


def test_what_is_encrypted_is_opened_with_the_keys_of_the_notebook_only(
    kmtui: Caller, forum: str, tmp_path: Path
) -> None:
    pytest.importorskip("pyrage", reason="the extra `secure` is not installed")
    pytest.importorskip("nacl", reason="the extra `secure` is not installed")
    stick, target = tmp_path / "stick", tmp_path / "office.parquet"
    stick.mkdir()
    kmtui.json("secure", "--on")
    kmtui.json("sync", stick)

    done = kmtui.json("office", stick, "-o", target)
    stranger = Caller(tmp_path / "other")("--json", "office", stick, "-o", tmp_path / "no.parquet")

    assert done["changes"] > 0
    assert done["held"] == []
    assert stranger.error["kind"] == "locked"
    assert not (tmp_path / "no.parquet").exists()


def test_with_keys_what_nobody_has_signed_is_left_out(
    kmtui: Caller, stick: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyrage", reason="the extra `secure` is not installed")
    pytest.importorskip("nacl", reason="the extra `secure` is not installed")
    office = Caller(tmp_path / "office")
    office.json("secure", "--on")

    called = office("--json", "office", stick, "-o", tmp_path / "office.parquet")
    (laptop,) = kmtui.json("office", stick, "-o", tmp_path / "all.parquet")["laptops"]
    office.json("secure", "--trust", laptop, "--unsigned")
    trusted = office.json("office", stick, "-o", tmp_path / "office.parquet")

    assert called.error["kind"] == "not_signed"
    assert trusted["laptops"] == [laptop]


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_the_fold_is_printed_for_who_runs_an_engine(kmtui: Caller, engine: str) -> None:
    called = kmtui("office", "--sql", engine)

    assert called.code == 0
    assert "CREATE TABLE heads AS" in called.out
    assert "CREATE TABLE sessions AS" in called.out
    assert "plain(value" in called.out


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        (["{there}"], "usage", 2),
        (["-o", "{there}/a.parquet"], "usage", 2),
        (["{there}/nowhere", "-o", "{there}/a.parquet"], "no_folder", 1),
        (["{there}", "-o", "{there}/a.parquet"], "nothing_to_pack", 1),
        (["{there}", "-o", "{there}/a.xlsx"], "office_file", 1),
        (["{there}", "-o", "{there}/no/such/a.parquet"], "no_such_file", 1),
    ],
)
def test_a_wrong_line_is_one_sentence(
    kmtui: Caller, tmp_path: Path, words: list[str], kind: str, code: int
) -> None:
    there = tmp_path / "empty"
    there.mkdir()

    called = kmtui("--json", "office", *(word.format(there=there) for word in words))

    assert called.code == code
    assert called.error["kind"] == kind
    assert os.listdir(there) == []  # noqa: PTH208 - names are all that is asked
