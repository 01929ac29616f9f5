"""What is asked where somebody sits in front of a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, Called, Caller

FORUM = (
    "ถอดบทเรียนโครงการน้ำ ตอนที่ ๒\nวันที่ 17 เม.ย. 49\n\n"
    "คุณนภา   พอช.   มาคนเดียว แต่ทำได้เต็มที่\n\n"
    "คุณวิชัย      แล้วทำหน้าที่นี้ได้ไหม\n\n"
    "คุณนภา    ได้ค่ะ\n"
)


def at_terminal(kmtui: Caller, *words: str | Path, types: str = "") -> Called:
    """Call with a terminal for stdin and stderr, where these keys are waiting to be read."""
    master, slave = pty.openpty()
    os.write(master, types.encode())
    process = subprocess.Popen(
        [sys.executable, "-m", "kmtui", *map(str, words)],
        stdin=slave, stdout=subprocess.PIPE, stderr=slave, cwd=ROOT, text=True,
        env=os.environ | {"KMTUI_NOTEBOOK": str(kmtui.notebook), "KMTUI_LANG": "en"},
    )  # fmt: skip
    os.close(slave)
    out = process.communicate(timeout=60)[0]
    said = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(master)
    return Called(process.returncode, out, said.decode("utf-8", "replace"))


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    file = tmp_path / "เวที.txt"
    file.write_text(FORUM, encoding="utf-8")
    return file


def test_a_near_name_is_asked_about_once_and_remembered(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--say=คุณสมหมาย: หนึ่ง")

    called = at_terminal(kmtui, "log", "ข", "--say=พี่หมาย: สอง", "--say=พี่หมาย: สาม", types="y\n")

    assert called.code == 0
    assert "คุณสมหมาย" in called.err
    (person,) = kmtui.json("list", "people")
    assert person["aliases"] == ["พี่หมาย"]
    assert kmtui.json("log", "ค", "--say=พี่หมาย: สี่")["warnings"] == []


def test_a_near_name_may_be_somebody_else(kmtui: Caller) -> None:
    kmtui.json("log", "ก", "--say=คุณสมหมาย: หนึ่ง")

    at_terminal(kmtui, "log", "ข", "--say=พี่หมาย: สอง", types="n\n")

    assert [one["name"] for one in kmtui.json("list", "people")] == ["คุณสมหมาย", "พี่หมาย"]


def test_a_role_word_is_asked_who_it_is(kmtui: Caller) -> None:
    at_terminal(kmtui, "log", "ก", "--say=คุณอำนวย: หนึ่ง", types="คุณแดง\n")

    assert [one["speaker"] for one in kmtui.json("list", "turns")] == ["คุณแดง"]


def test_a_year_of_two_digits_is_asked_about(kmtui: Caller) -> None:
    called = at_terminal(kmtui, "log", "ก", "--date=17/4/12", types="17/4/2512\n")

    assert called.code == 0
    assert kmtui.json("list", "sessions")[0]["date"] == "1969-04-17"


def test_a_transcript_is_shown_and_kept_after_a_yes(kmtui: Caller, transcript: Path) -> None:
    called = at_terminal(kmtui, "import", transcript, types="\ny\ny\n")

    assert called.code == 0, called.err
    assert "คุณนภา" in called.out
    (session,) = kmtui.json("list", "sessions")
    assert (session["date"], session["part"]) == ("2006-04-17", 2)
    assert [one["short"] for one in kmtui.json("list", "agencies")] == ["พอช."]
    assert kmtui.json("list", "turns")[0]["text"] == "มาคนเดียว แต่ทำได้เต็มที่"


def test_a_transcript_is_not_kept_after_a_no(kmtui: Caller, transcript: Path) -> None:
    called = at_terminal(kmtui, "import", transcript, types="\nn\nn\n")

    assert called.code == 1
    assert kmtui.json("list", "sessions") == []
    assert kmtui.json("list", "people") == []


def test_the_head_is_corrected_before_it_is_kept(kmtui: Caller, transcript: Path) -> None:
    keys = "\nn\ne\nเวทีอื่น\n18/4/2549\nวัดดอน\n๓\ny\n"

    called = at_terminal(kmtui, "import", transcript, types=keys)

    assert called.code == 0, called.err
    (session,) = kmtui.json("list", "sessions")
    assert (session["title"], session["date"]) == ("เวทีอื่น", "2006-04-18")
    assert (session["place"], session["part"]) == ("วัดดอน", 3)


def test_the_same_file_again_stops_unless_somebody_says_go_on(
    kmtui: Caller, transcript: Path
) -> None:
    kmtui.json("import", transcript)

    called = at_terminal(kmtui, "import", transcript, types="\n")

    assert called.code == 1
    assert len(kmtui.json("list", "sessions")) == 1


def test_walking_away_at_a_question_keeps_nothing(kmtui: Caller, transcript: Path) -> None:
    called = at_terminal(kmtui, "import", transcript, types="\x04")

    assert called.code == 130
    assert "Traceback" not in called.err
    assert kmtui.json("list", "sessions") == []
