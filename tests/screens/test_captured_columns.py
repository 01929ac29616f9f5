"""Each screen in a real terminal at nine widths: borders straight, every line as wide as it is.

A mark for the right border is drawn by the terminal itself: the screen is captured from tmux, which
counts cells its own way, and beside it stands what Textual drew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from rich.cells import cell_len

from .terminal import PATIENCE, ROOT

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

WIDTHS: Final = (41, 48, 60, 72, 80, 90, 100, 118, 132)
ROWS: Final = 24
LEFT: Final = "╭│╰┌└"
RIGHT: Final = "╮│╯┐┘"
SCREENS: Final = (
    ("new forum", ("F2",), "คุณอำนวย"),
    ("forums", ("Escape", "F3"), "╰"),
    ("lessons", ("Escape", "F4"), "╰"),
    ("forum", ("Escape", "F3", "Down", "Enter"), " เวที · "),
    ("recording", ("IC",), " จดเวที · "),
    ("people", ("C-r",), " คนและบทบาท"),
    ("closing", ("Escape", "F10"), "ปิดเวทีนี้"),
    ("help", ("F1",), "ทุกหน้า"),
    ("menu", ("Escape", "F12"), "▔▔▔"),
    ("terminal", ("Terminal", "Down", "Enter"), "┘"),
    ("terminal, measured again", ("Enter",), "Enter ทำเลย"),
)
"""Each screen: its name, the keys to it from the one before, and what tells that it is there."""


class Tmux:
    """A tmux of its own with one window."""

    def __init__(self, width: int, folder: Path) -> None:
        self.width = width
        self._socket = folder / "tmux"
        self.call(
            "new-session", "-d", "-x", str(width), "-y", str(ROWS), sys.executable, "-m",
            "kmtui", "--lang", "th", "--notebook", str(folder / "demo"),
        )  # fmt: skip

    def call(self, *words: str) -> str:
        """Run a command of tmux; what it says."""
        # a size that whoever runs the tests has told would be believed rather than the terminal
        told = {"COLUMNS", "LINES"}
        sized = {name: value for name, value in os.environ.items() if name not in told}
        done = subprocess.run(
            ["tmux", "-f", "/dev/null", "-S", str(self._socket), *words],
            cwd=ROOT, env={**sized, "LC_ALL": "C.UTF-8", "TMUX": ""},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return done.stdout

    def lines(self) -> list[str]:
        """The screen as tmux has it, without what is blank at the right."""
        return self.call("capture-pane", "-p").split("\n")[:ROWS]

    def until(self, so: Callable[[list[str]], bool], what: str) -> list[str]:
        """The screen, once it is so, and has stopped changing."""
        end = time.monotonic() + PATIENCE
        before: list[str] = []
        while time.monotonic() < end:
            now = self.lines()
            if now == before and so(now):
                return now
            before = now
            time.sleep(0.1)
        raise AssertionError(what + "\n" + "\n".join(before))


@pytest.fixture(
    params=[
        pytest.param(one, marks=() if one in (41, 80, 132) else pytest.mark.long) for one in WIDTHS
    ]
)
def tmux(request: pytest.FixtureRequest, demo_folder: Path) -> Iterator[Tmux]:
    """The app on the demo notebook, in Thai, in a terminal of this width."""
    one = Tmux(request.param, demo_folder.parent)
    yield one
    one.call("kill-server")


def borders(lines: list[str]) -> dict[int, list[str]]:
    """The lines that begin with a border, by the column of it."""
    found: dict[int, list[str]] = {}
    for line in lines:
        words = line.lstrip()
        if words and words[0] in LEFT:
            found.setdefault(cell_len(line) - cell_len(words), []).append(line.rstrip())
    return found


def edge(line: str) -> int:
    """The column behind the last border of a line; 0 where it has only the one it begins with."""
    at = max(line.rfind(one) for one in RIGHT)
    return cell_len(line[: at + 1]) if at > line.find(line.lstrip()[0]) else 0


def crooked(lines: list[str]) -> list[str]:
    """Lines whose right border does not stand where that of the others of their box does."""
    return [
        line
        for boxed in borders(lines).values()
        for line in boxed
        if not edge(line) or edge(line) != edge(boxed[0])
    ]


def walk(tmux: Tmux) -> Iterator[tuple[str, list[str]]]:
    """Each screen by its name, from one to the next."""
    yield "home", tmux.until(partial(_shows, "╰"), "Home")
    for name, pressed, sign in SCREENS:
        for key in pressed:
            tmux.call("send-keys", key)
            tmux.until(lambda _now: True, f"standing still behind {key}")
        yield name, tmux.until(partial(_shows, sign), name)


def _shows(sign: str, lines: list[str]) -> bool:
    return any(sign in line for line in lines)


def test_a_crooked_border_and_a_missing_one_are_seen() -> None:
    straight = ["╭────╮", "│ น้ำ │", "╰────╯"]

    assert crooked(straight) == []
    assert crooked([*straight[:1], "│ น้ำ  │", *straight[2:]]) == ["│ น้ำ  │"]
    assert crooked([*straight[:1], "│ น้ำ", *straight[2:]]) == ["│ น้ำ"]


def test_borders_are_straight_and_no_line_is_too_wide(tmux: Tmux) -> None:
    boxes = 0
    for name, lines in walk(tmux):
        boxes += len(borders(lines))
        assert max(map(cell_len, lines)) <= tmux.width, (name, lines)
        assert crooked(lines) == [], (name, lines)
    assert boxes >= 3
