"""A terminal that closes, and a kill: what was said and what is typed is there again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from store.edits import Add
from store.notebook import Notebook
from store.records import Person, Session

pytest.importorskip("pty", reason="a pty is a Unix thing")
from .terminal import Terminal

PROGRAM = "tests.screens.forum_app"
TYPED = "คำที่ยังพิมพ์ไม่จบ"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notebook with one forum and one person."""
    place = tmp_path / "notebook"
    with Notebook.open(place) as notebook:
        notebook.save(Add(Session(title="เวทีบ้านนาโพธิ์")))
        notebook.save(Add(Person(name="คุณภีม")))
    return place


def turns(folder: Path) -> list[str]:
    with Notebook.open(folder, read_only=True) as notebook:
        return [turn.text for turn in notebook.turns()]


def typed(folder: Path) -> tuple[str, str]:
    """Whose line is being typed, and the line."""
    with Notebook.open(folder, read_only=True) as notebook:
        return next(((one.speaker_name, one.text) for one in notebook.drafts()), ("", ""))


def test_the_line_is_there_again_after_a_kill(folder: Path) -> None:
    with Terminal(PROGRAM, str(folder)) as terminal:
        terminal.wait_for_words("▸")
        terminal.type(f"ภีม: คำแรก\r{TYPED}")
        terminal.wait_for(lambda: typed(folder) == ("คุณภีม", TYPED), "the draft")
        terminal.send(signal.SIGKILL)
        terminal.end()

    with Terminal(PROGRAM, str(folder)) as again:
        again.wait_for_words(TYPED)
        again.wait_for_words("Typed and not kept")
        again.type("\r")
        again.wait_for(lambda: turns(folder) == ["คำแรก", TYPED], "the turn")


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "hang up", "Ctrl+C", "Ctrl+Q"])
def test_whatever_ends_it_keeps_turns_and_line_and_leaves_no_traceback(
    folder: Path, how: str
) -> None:
    with Terminal(PROGRAM, str(folder)) as terminal:
        terminal.wait_for_words("▸")
        terminal.type(f"ภีม: คำแรก\r{TYPED}")
        terminal.wait_for_words(TYPED)
        match how:
            case "hang up":
                terminal.hang_up()
            case "Ctrl+C":
                terminal.type("\x03")
            case "Ctrl+Q":
                terminal.type("\x11")
            case _:
                terminal.send(signal.Signals[how])
        code = terminal.end()
        shown = terminal.shown

    assert turns(folder) == ["คำแรก"]
    assert typed(folder) == ("คุณภีม", TYPED)
    assert b"Traceback" not in shown
    assert not (folder / "last-error.txt").exists()
    assert code == 0


def test_a_second_window_may_record_once_the_first_was_killed(folder: Path) -> None:
    with Terminal(PROGRAM, str(folder)) as terminal:
        terminal.wait_for_words("▸")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.end()

    with Notebook.open(folder) as notebook:
        writable = notebook.writable

    assert writable
