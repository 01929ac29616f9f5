"""How long a meeting takes, beside merely parsing the same bytes, and how much memory.

``python -m bench.meeting`` measures taking in forums of 100,000 change lines and giving 10,000;
``--sessions 19300`` takes in a million.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import statistics
import time
from pathlib import Path
from typing import Final

from store.changes import segments
from store.notebook import Notebook

from . import notebooks
from .rounds import verdict

PER_FORUM: Final = 1 + notebooks.PEOPLE + notebooks.TURNS + notebooks.LESSONS
"""Change lines."""
GIVEN: Final = 193
"""Forums that are given: about 10,000 lines."""
LINES: Final = 100_000
TAKE_IN_GOAL: Final = 2.5
"""Seconds for 100,000 lines."""
GIVE_GOAL: Final = 0.5
"""Seconds for 10,000 lines."""
MEMORY_GOAL: Final = 4_000
"""Megabytes for a million."""


def lay_out(source: Path, carrier: Path) -> int:
    """What a laptop with this notebook would have put there; how many lines."""
    with Notebook.open(source) as notebook:
        notebook.meet(carrier)
    return sum(
        file.read_bytes().count(b"\n") - 2 for file in carrier.rglob("*.jsonl") if file.is_file()
    )


class Meetings:
    """The same meeting again and again, each time into a notebook that is empty at first."""

    def __init__(self, carrier: Path, place: Path) -> None:
        self._carrier = carrier
        self._place = place
        self._files = sorted(carrier.rglob("*.jsonl"))
        self.lists: list[float] = []
        """Seconds from the end of a meeting until the list of forums stood."""

    def parse(self) -> float:
        """Only what JSON costs: every line once, and nothing kept."""
        began = time.perf_counter()
        for file in self._files:
            for line in file.read_bytes().split(b"\n"):
                if line:
                    json.loads(line)
        return time.perf_counter() - began

    def check(self) -> float:
        """Reading by the rules of the format, and nothing kept."""
        began = time.perf_counter()
        for file in self._files:
            for _segment in segments.read(file.read_bytes(), file.name):
                pass
        return time.perf_counter() - began

    def meet(self) -> float:
        """A whole meeting: read, check, keep durably, fold, sum up."""
        folder = self._place / "taking"
        shutil.rmtree(folder, ignore_errors=True)
        notebook = Notebook.open(folder)
        began = time.perf_counter()
        notebook.meet(self._carrier)
        met = time.perf_counter()
        notebook.sessions()
        self.lists.append(time.perf_counter() - met)
        leave(notebook)
        return met - began


def leave(notebook: Notebook) -> None:
    """Let a notebook go without writing its view, which is not what is measured."""
    notebook._ledger.close()
    if notebook._pen is not None:
        notebook._pen.drop()


def give(place: Path, sessions: int) -> float:
    """Seconds to seal and send this many forums, none of them sealed before."""
    folder, carrier = place / "giving", place / "given"
    for one in (folder, carrier):
        shutil.rmtree(one, ignore_errors=True)
    author = notebooks.Author(6)
    notebook = Notebook.open(folder)
    author.begin(notebook)
    for number in range(sessions):
        notebook.save(*author.forum(notebook, number))
    began = time.perf_counter()
    notebook.meet(carrier)
    taken = time.perf_counter() - began
    leave(notebook)
    return taken


def main() -> None:
    """Measure, print medians and ratios, say what was reached."""
    parser = argparse.ArgumentParser(description="Measure meetings.")
    parser.add_argument("--sessions", type=int, nargs=1, default=[1_925])
    parser.add_argument("--rounds", type=int, default=3)
    line = parser.parse_args()
    (sessions,) = line.sessions
    with notebooks.passing_folder() as passing:
        place = Path(passing)
        source = notebooks.copy_of(sessions, place)
        lines = lay_out(source, place / "carrier")
        shutil.rmtree(source)
        meetings = Meetings(place / "carrier", place)
        gc.disable()
        taken = {"json.loads": 0.0, "check": 0.0, "meet": 0.0}
        rounds: dict[str, list[float]] = {name: [] for name in taken}
        for _lap in range(line.rounds):
            rounds["json.loads"].append(meetings.parse())
            rounds["check"].append(meetings.check())
            rounds["meet"].append(meetings.meet())
            gc.collect()
        taken = {name: statistics.median(found) for name, found in rounds.items()}
        given = statistics.median(give(place, GIVEN) for _lap in range(line.rounds))
    _tell(lines, taken, statistics.median(meetings.lists), given)


def _tell(lines: int, taken: dict[str, float], lists: float, given: float) -> None:
    print(f"{lines} change lines")
    for name, seconds in taken.items():
        ratio = seconds / taken["json.loads"]
        print(f"{name:<14}{seconds:>9.3f} s{ratio:>8.2f} x json.loads")
    print(f"{'lists after':<14}{lists:>9.3f} s")
    if lines < 2 * LINES:
        print(verdict("seconds for 100,000", taken["meet"] * LINES / lines, TAKE_IN_GOAL))
    print(verdict(f"seconds to give {GIVEN * PER_FORUM}", given, GIVE_GOAL))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(verdict("peak memory, MB", peak, MEMORY_GOAL))


if __name__ == "__main__":
    main()
