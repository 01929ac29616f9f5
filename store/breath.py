"""Giving way: long work on a notebook lets other questions in between two of its steps.

A long piece of work takes a breath where the lines, the forums and their databases are whole. In a
breath the same thread may save, take back, seal and read, as if it had been asked between two
jobs; nothing that takes a breath itself for writing may be begun in one. A breath may also raise
``Stopped``: the work ends there, and what it had done stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

Breath = Callable[[], None]
OFTEN: Final = 64
"""Small things that are done between two breaths."""
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
