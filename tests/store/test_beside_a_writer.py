"""A backup and a reader beside a window that records, meets and seals: nothing kept is missing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.notebook import Notebook
from tests.store.meeting import titles

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from store.edits import Add
from store.notebook import Notebook
from store.records import Session
with Notebook.open(Path(sys.argv[1])) as book:
    for number in range(int(sys.argv[3])):
        book.save(Add(Session(title=f"เวที {number}")))
        print(number, flush=True)
        if number % 3 == 2:
            book.meet(Path(sys.argv[2]))
        if number % 20 == 19:
            book.idle()
"""


@contextmanager
def writer(folder: Path, many: int) -> Iterator[subprocess.Popen[str]]:
    """Another process that keeps so many forums, and meets after every third."""
    stick = folder.parent / "stick"
    stick.mkdir()
    line = [sys.executable, "-c", WRITER, str(folder), str(stick), str(many)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=ROOT) as window:
        try:
            yield window
        finally:
            window.kill()


def look_on(tmp_path: Path, many: int) -> int:
    """Back up and read for as long as the other process writes; how often that was done."""
    folder, looks, kept = tmp_path / "book", 0, -1
    with writer(folder, many) as window:
        assert window.stdout is not None
        for said in window.stdout:
            kept = int(said)
            if kept % 5 != 4:
                continue
            looks += 1
            file = tmp_path / f"{looks}.kmtui"
            with Notebook.open(folder, read_only=True) as reader:
                seen = titles(reader)
                reader.backup(file)
            Notebook.restore(file, tmp_path / f"new{looks}")
            with Notebook.open(tmp_path / f"new{looks}") as new:
                found = titles(new)
            acknowledged = {f"เวที {number}" for number in range(kept + 1)}
            assert acknowledged <= seen
            assert acknowledged <= found
    assert kept == many - 1
    return looks


def test_what_was_kept_is_in_every_backup_and_list_made_beside_it(tmp_path: Path) -> None:
    assert look_on(tmp_path, 30) == 6


@pytest.mark.long
def test_the_same_for_a_long_day(tmp_path: Path) -> None:
    assert look_on(tmp_path, 900) == 180
