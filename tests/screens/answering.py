"""A terminal that answers where its cursor stands, in one of the ways that terminals do."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Final

from rich.cells import cell_len

from .terminal import Terminal

_ASKED: Final = re.compile(rb"\x1b\[(\d+);1H\x1b\[2K([^\x1b]*)\x1b\[6n")
Counting = Callable[["AnsweringTerminal", str], int]


def as_we_do(_terminal: AnsweringTerminal, text: str) -> int:
    return cell_len(text)


def sara_am_in_its_letters_cell(_terminal: AnsweringTerminal, text: str) -> int:
    return cell_len(text) - text.count("\u0e33")


def each_mark_in_a_cell(_terminal: AnsweringTerminal, text: str) -> int:
    return len(text)


def by_cluster_until_told(terminal: AnsweringTerminal, text: str) -> int:
    told = b"\x1b[?2027l" in terminal.shown
    return cell_len(text) - (0 if told else text.count("\u0e33"))


def nonsense(_terminal: AnsweringTerminal, _text: str) -> int:
    return 700


class AnsweringTerminal(Terminal):
    """A program's terminal that counts cells its own way, and says so when it is asked."""

    def __init__(self, counts: Counting, module: str, *arguments: str) -> None:
        self.counts = counts
        self._seen = 0
        self.asked = 0
        super().__init__(module, *arguments)

    def read(self, seconds: float = 0.05) -> bytes:
        """Take in what was written, and answer what was asked in it."""
        super().read(seconds)
        for question in _ASKED.finditer(self.shown, self._seen):
            self._seen = question.end()
            self.asked += 1
            row, text = int(question[1]), question[2].decode("utf-8")
            os.write(self.fd, f"\x1b[{row};{1 + self.counts(self, text)}R".encode())
        return self.shown
