"""Giving way: long work on a notebook lets other questions in between two of its steps.

A long piece of work takes a breath where the lines, the forums and their databases are whole. In a
breath the same thread may save, take back, seal and read, as if it had been asked between two
jobs; nothing that takes a breath itself for writing may be begun in one. A breath may also raise
``Stopped``: the work ends there, and what it had done stands.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

Breath = Callable[[], None]
OFTEN: Final = 64
"""Small things that are done between two breaths."""
_TURN: Final = 0.001
"""Seconds."""
T = TypeVar("T")


class Stopped(Exception):
    """Somebody asked long work to end; what it had done stands, and nothing is half."""


def no_breath() -> None:
    """Nobody waits."""


def breathing(things: Iterable[T], breath: Breath, every: int = OFTEN) -> Iterator[T]:
    """These things, with a breath before the first and after every few."""
    for count, thing in enumerate(things):
        if count % every == 0:
            breath()
        yield thing


@contextmanager
def quick_turns() -> Iterator[None]:
    """Let another thread in after a millisecond and not five: a screen stays as quick as ever."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
