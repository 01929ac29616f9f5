"""A saved turn beside a raw append + fsync of the same bytes and beside SQLite, in one loop.

``python -m bench.saving [--sessions 100 1000 10000] [--rounds 200]``
"""

from __future__ import annotations

import argparse
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from store.changes.line import encode
from store.edits import Add
from store.notebook import Notebook
from store.records import RecordId, Turn

from . import notebooks
from .rounds import Times, interleaved, median, table, verdict

SAID: Final = "ถ้าไม่มีคนจดก็เหมือนไม่ได้คุยกัน คราวหน้าขอให้ตั้งคนจดก่อนเริ่ม แล้วอ่านทวนตอนท้ายให้ทุกคนฟัง"
RAW: Final = "append + fsync"
LIMIT: Final = "pre-written + fdatasync"
_TAIL: Final = 1024 * 1024


def saving(notebook: Notebook) -> Callable[[], object]:
    """Save one more turn to the latest forum, as the Record screen does."""
    session = notebook.sessions()[0].id
    speaker = next(iter(notebook.attendance(session))).person
    place = [1_000_000]

    def save() -> object:
        place[0] += 1024
        turn = Turn(session=session, place=place[0], speaker=speaker, text=SAID)
        return notebook.save(Add(turn))

    return save


def line_of(notebook: Notebook, record: RecordId) -> bytes:
    """The bytes that the notebook wrote for a record."""
    return encode(notebook._ledger.of_record(record)[0]) + b"\n"


def appending(path: Path, line: bytes) -> Callable[[], None]:
    """Append the same bytes to a file and wait until they are on the disk."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def append() -> None:
        os.write(fd, line)
        os.fsync(fd)

    return append


def overwriting(path: Path, line: bytes) -> Callable[[], None]:
    """Write the same bytes over a tail that is there already: the least that a disk asks for."""
    path.write_bytes(b"\n" * _TAIL)
    fd = os.open(path, os.O_WRONLY)
    sync = getattr(os, "fdatasync", os.fsync)
    sync(fd)
    at = [0]

    def overwrite() -> None:
        os.lseek(fd, at[0] % (_TAIL - len(line)), os.SEEK_SET)
        os.write(fd, line)
        sync(fd)
        at[0] += len(line)

    return overwrite


def inserting(path: Path, line: bytes, turns: int) -> Callable[[], None]:
    """Insert the same bytes as a row of SQLite (WAL, FULL) that holds as many turns already."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("pragma journal_mode = wal")
    base.execute("pragma synchronous = full")
    base.execute("create table turn (id text primary key, session text, body blob)")
    base.execute("create index turns_of on turn (session)")
    row = "insert into turn values (?, ?, ?)"
    base.execute("begin")
    base.executemany(row, ((f"{at:026}", f"{at // 40:026}", line) for at in range(turns)))
    base.execute("commit")
    base.execute("pragma wal_checkpoint(truncate)")
    number = [turns]

    def insert() -> None:
        number[0] += 1
        base.execute(row, (f"{number[0]:026}", f"{turns // 40:026}", line))

    return insert


def measure(sizes: Iterable[int], rounds: int, place: Path) -> tuple[Times, int]:
    """Everything in one loop.

    Returns:
        Milliseconds by name, and how many bytes each wrote at a time.
    """
    jobs: dict[str, Callable[[], object]] = {}
    line = b""
    for size in sizes:
        notebook = Notebook.open(notebooks.copy_of(size, place))
        save = saving(notebook)
        line = line_of(notebook, save().record.id)  # type: ignore[attr-defined]
        jobs[f"kmtui, {size} forums"] = save
        rows = size * notebooks.TURNS
        jobs[f"SQLite, {size} forums"] = inserting(place / f"{size}.sqlite", line, rows)
    jobs[RAW] = appending(place / "raw", line)
    jobs[LIMIT] = overwriting(place / "tail", line)
    interleaved(jobs, 5)
    return interleaved(jobs, rounds), len(line)


def main() -> None:
    """Measure and print the ratios."""
    parser = argparse.ArgumentParser(description="What a saved turn costs.")
    parser.add_argument("--sessions", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=200)
    line = parser.parse_args()
    sizes = sorted(line.sessions)
    for size in sizes:
        notebooks.kept(size)
    with notebooks.passing_folder() as folder:
        times, length = measure(sizes, line.rounds, Path(folder))
    biggest = f"SQLite, {sizes[-1]} forums"
    print(f"\none turn of {length} bytes, kept when it returns; {line.rounds} rounds")
    print(table(times, {"append": RAW, "limit": LIMIT, "SQLite": biggest}), "\n")
    for size in sizes:
        ours = median(times, f"kmtui, {size} forums")
        print(verdict(f"{size} forums / append + fsync", ours / median(times, RAW), 1.1))
        theirs = median(times, f"SQLite, {size} forums")
        print(verdict(f"{size} forums / SQLite, same size", ours / theirs, 0.6))
    ends = [median(times, f"kmtui, {size} forums") for size in (sizes[-1], sizes[0])]
    print(verdict(f"{sizes[-1]} forums / {sizes[0]} forums", ends[0] / ends[1], 1.2))


if __name__ == "__main__":
    main()
