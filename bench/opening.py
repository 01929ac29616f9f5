"""Opening a notebook and its first list, each time in a fresh process, beside SQLite.

``python -m bench.opening [--sessions 10000] [--rounds 9]``
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from store.notebook import Notebook

from . import notebooks
from .rounds import Times, median, table, verdict

_MEMORY: Final = """
def memory():
    found = dict(line.split(":", 1) for line in open("/proc/self/status", encoding="utf-8"))
    return {name: int(found[name].split()[0]) / 1024 for name in ("VmHWM", "RssAnon")}
"""
OURS: Final = """
import json, sys, time
from pathlib import Path
from store.notebook import Notebook
import store.view.forums
before = memory()
began = time.perf_counter()
notebook = Notebook.open(Path(sys.argv[1]), read_only=len(sys.argv) > 2)
opened = time.perf_counter()
rows = len(notebook.sessions())
listed = time.perf_counter()
print(json.dumps({"open": (opened - began) * 1000, "list": (listed - opened) * 1000,
    "both": (listed - began) * 1000, "rows": rows, "before": before, "after": memory()}))
"""
SQLITE: Final = """
import json, sqlite3, sys, time
before = memory()
began = time.perf_counter()
base = sqlite3.connect(sys.argv[1])
rows = len(base.execute("select * from forum order by date desc, id desc").fetchall())
print(json.dumps({"both": (time.perf_counter() - began) * 1000, "rows": rows,
    "before": before, "after": memory()}))
"""
_COLUMNS: Final = (
    "id title series_title part date place status finished turns lessons outcomes recorders"
    " facilitators complete gaps last_change"
)


def in_sqlite(notebook: Path, path: Path) -> Path:
    """The same list as a table of SQLite, with an index on its order."""
    columns = _COLUMNS.split()
    base = sqlite3.connect(path)
    base.execute(f"create table forum ({', '.join(columns)})")
    base.execute("create index by_date on forum (date, id)")
    with Notebook.open(notebook, read_only=True) as book:
        for row in book.sessions():
            values = [getattr(row, column) for column in columns]
            kept = [
                one if isinstance(one, str | int | float | None) else str(one) for one in values
            ]
            base.execute(f"insert into forum values ({', '.join('?' * len(kept))})", kept)
    base.commit()
    base.close()
    return path


def run(program: str, *words: str) -> dict[str, Any]:
    """What a fresh process measured of itself."""
    command = [sys.executable, "-c", _MEMORY + program, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and print the ratios."""
    parser = argparse.ArgumentParser(description="What opening a notebook costs.")
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    line = parser.parse_args()
    notebook = notebooks.kept(line.sessions)
    with notebooks.passing_folder() as folder:
        base = in_sqlite(notebook, Path(folder) / "list.sqlite")
        jobs = {
            "kmtui, to write": (OURS, str(notebook)),
            "kmtui, to read": (OURS, str(notebook), "read"),
            "SQLite": (SQLITE, str(base)),
        }
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in jobs}
        for _ in range(line.rounds + 1):
            for name, job in jobs.items():
                found[name].append(run(*job))
    times: Times = {name: [one["both"] for one in all_[1:]] for name, all_ in found.items()}
    for part in ("open", "list"):
        times[f"  of that, {part}"] = [one[part] for one in found["kmtui, to write"][1:]]
    last = {name: all_[-1] for name, all_ in found.items()}
    rows = last["SQLite"]["rows"]
    print(f"\nopening and listing {rows} forums with {rows * notebooks.TURNS} turns, disk warm")
    print(table(times, {"SQLite": "SQLite"}), "\n")
    for name, one in last.items():
        after, before = one["after"], one["before"]
        print(
            f"{name:<18} peak {after['VmHWM']:.0f} MB, of its own {after['RssAnon']:.0f} MB"
            f" (before: {before['RssAnon']:.0f} MB)"
        )
    ours = last["kmtui, to write"]
    print(verdict("open and list, ms", median(times, "kmtui, to write"), 300))
    print(verdict("peak memory, MB", ours["after"]["VmHWM"], 200))


if __name__ == "__main__":
    main()
