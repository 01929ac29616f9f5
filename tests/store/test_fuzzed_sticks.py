"""Sticks that somebody filled with whatever a line can say: the notebook answers after each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def tried(first: int, count: int, place: Path, *, whole: bool) -> list[Any]:
    """What went wrong with the sticks of these seeds, by a program that may take so much only."""
    words = ["-m", "tests.store.fuzzing", str(first), str(count), str(place)]
    found = subprocess.run(
        [sys.executable, *words, *(["whole"] if whole else [])],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    told = [json.loads(line) for line in found.stdout.decode().splitlines()]
    assert told, found.stderr.decode()[-2_000:]
    assert told[-1] == {"sticks": count}, (told[-3:], found.stderr.decode()[-2_000:])
    return told[:-1]


def test_after_each_of_many_strange_sticks_the_notebook_answers(tmp_path: Path) -> None:
    assert tried(0, 300, tmp_path, whole=False) == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(1_000, 11_000, 1_000))
def test_after_each_of_ten_thousand_strange_sticks_everything_answers(
    tmp_path: Path, first: int
) -> None:
    assert tried(first, 1_000, tmp_path, whole=True) == []
