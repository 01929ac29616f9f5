"""What `kmtui log` costs as a process, beside `python -c "import click, tinydb"`, in one loop.

``python -m bench.log_cost [--sessions 10000] [--rounds 30]``
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from . import notebooks
from .rounds import interleaved, median, table, verdict

FLOOR: Final = "import click, tinydb"
LOG: Final = "kmtui log"
_PROGRAM: Final = (sys.executable, "-c", "from kmtui.start import main; main()")


def process(command: Sequence[str], folder: Path) -> Callable[[], None]:
    """Run a command to its end on this notebook; a failure stops the measuring."""
    surroundings = {**os.environ, "KMTUI_NOTEBOOK": str(folder)}

    def run() -> None:
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command[3:])}: {done.stderr}")

    return run


def main() -> None:
    """Measure and print the ratios."""
    parser = argparse.ArgumentParser(description="What one line of the command line costs.")
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    line = parser.parse_args()
    notebooks.kept(line.sessions)
    with notebooks.passing_folder() as place:
        folder = notebooks.copy_of(line.sessions, Path(place))
        log = ("log", "เวทีลองวัด", "--json", "--recorder", "คุณก้อย", "--say", "คุณก้อย: จดแล้ว")
        jobs = {
            "python -c pass": process((sys.executable, "-c", "pass"), folder),
            FLOOR: process((sys.executable, "-c", FLOOR), folder),
            LOG: process((*_PROGRAM, *log), folder),
            "kmtui where": process((*_PROGRAM, "where", "--json"), folder),
            "kmtui list sessions": process((*_PROGRAM, "list", "sessions", "--json"), folder),
            "kmtui search": process((*_PROGRAM, "search", "--json", "น้ำ"), folder),
        }
        interleaved(jobs, 2)
        times = interleaved(jobs, line.rounds)
    print(f"\nwhole processes, {line.sessions} forums, disk warm, {line.rounds} rounds")
    print(table(times, {"floor": FLOOR}), "\n")
    print(verdict(f"{LOG} / {FLOOR}", median(times, LOG) / median(times, FLOOR), 1.6))


if __name__ == "__main__":
    main()
