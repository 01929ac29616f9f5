"""Finding as somebody types, beside a plain loop and SQLite over the same texts, key by key.

``python -m bench.search [--sessions 10000] [--rounds 3] [--fts]``
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from store.records import RecordId
from store.search import Entry, SearchIndex

from .notebooks import passing_folder
from .rounds import Times, interleaved, verdict
from .sayings import ABSENT, COMMON, MIDDLING, RARE, texts

_WORDS: Final = {"common": COMMON, "middling": MIDDLING, "rare": RARE, "absent": ABSENT}
_FIRST: Final = 50
"""Hits that fill a screen."""
_FRESH: Final = """
import json, sys, time
from pathlib import Path
from store.search import SearchIndex
def own():
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else ()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon")), 0.0)
before = own()
began = time.perf_counter()
index = SearchIndex(Path(sys.argv[1]))
mark = index.mark
opened = (time.perf_counter() - began) * 1000
began = time.perf_counter()
index.find(sys.argv[2])
first = (time.perf_counter() - began) * 1000
for word in sys.argv[2:]:
    for at in range(len(word)):
        index.find(word[: at + 1])
print(json.dumps({"mark": mark, "open": opened, "first": first, "own": own() - before}))
"""


def entries(said: Sequence[tuple[int, int, str]]) -> Iterator[Entry]:
    """The texts as a notebook gives them, latest first, with ids as long as real ones."""
    for forum, turn, text in reversed(said):
        letters = f"{forum:026}"
        session = RecordId(f"session/{letters}")
        yield Entry(f"turn/{letters}-{turn:026}", "turn", session, "text", text)


def in_sqlite(path: Path, said: Sequence[tuple[int, int, str]], *, fts: bool) -> sqlite3.Connection:
    """The same texts as rows; with ``fts`` under an index of triples."""
    base = sqlite3.connect(path)
    kind = "virtual table said using fts5(text, tokenize='trigram')" if fts else "table said (text)"
    base.execute(f"create {kind}")
    base.executemany("insert into said values (?)", ((text,) for _, _, text in reversed(said)))
    base.commit()
    return base


def looked_up(base: sqlite3.Connection, word: str, *, fts: bool) -> list[tuple[str]]:
    """What SQLite finds; FTS5 knows nothing shorter than three letters."""
    if fts and len(word) < 3:
        return []
    how, value = ("match", f'"{word}"') if fts else ("like", f"%{word}%")
    ask = f"select text from said where text {how} ? limit {_FIRST}"
    found: list[tuple[str]] = base.execute(ask, (value,)).fetchall()
    return found


def told(name: str, times: Sequence[float], ours: Sequence[float]) -> str:
    """Worst, 95 of 100, middle, and the middle of the ratios to ours, key by key."""
    ratio = statistics.median(time / own for time, own in zip(times, ours, strict=True))
    total = sum(times) / sum(ours)
    return (
        f"{name:<18}{max(times):>10.2f}{_of_hundred(times, 95):>10.2f}"
        f"{statistics.median(times):>10.2f}{ratio:>14.2f}{total:>14.2f}"
    )


def _of_hundred(times: Sequence[float], share: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]


def measured(jobs: dict[str, Callable[[str], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each job for every beginning of every word: the middle of the rounds."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for word in _WORDS.values():
        for at in range(len(word)):
            typed = word[: at + 1]
            times: Times = interleaved(
                {name: partial(job, typed) for name, job in jobs.items()}, rounds
            )
            for name in jobs:
                taken[name].append(statistics.median(times[name]))
    return taken


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fts", action="store_true", help="beside FTS5 too: builds for a minute")
    line = parser.parse_args()
    said = list(texts(line.sessions))
    plain = [text for _, _, text in reversed(said)]
    letters = sum(map(len, plain)) / len(plain)
    print(f"{len(plain)} texts of {letters:.0f} letters, the first {_FIRST} hits")
    with passing_folder() as name:
        _compare(Path(name), said, plain, line)


def _compare(
    place: Path, said: list[tuple[int, int, str]], plain: list[str], line: argparse.Namespace
) -> None:
    index = SearchIndex(place / "cache")
    began = time.perf_counter()
    index.rebuild(entries(said), "bench")
    size = sum(path.stat().st_size for path in (place / "cache").iterdir())
    print(f"made in {time.perf_counter() - began:.1f} s, {size / 1e6:.0f} MB on the disk")
    rows = in_sqlite(place / "rows.db", said, fts=False)
    jobs: dict[str, Callable[[str], object]] = {
        "ours": lambda word: index.find(word, limit=_FIRST),
        "plain loop": lambda word: list(islice((one for one in plain if word in one), _FIRST)),
        "SQLite LIKE": lambda word: looked_up(rows, word, fts=False),
    }
    if line.fts:
        began = time.perf_counter()
        triples = in_sqlite(place / "triples.db", said, fts=True)
        print(f"FTS5 made in {time.perf_counter() - began:.1f} s")
        jobs["FTS5 (3 and more)"] = lambda word: looked_up(triples, word, fts=True)
    taken = measured(jobs, line.rounds)
    print(
        f"{'ms a key':<18}{'worst':>10}{'p95':>10}{'median':>10}{'x ours, mid':>14}{'in all':>14}"
    )
    for name, times in taken.items():
        print(told(name, times, taken["ours"]))
    print(verdict("worst key, ms", max(taken["ours"]), 55))
    print(verdict("95 keys of 100, ms", _of_hundred(taken["ours"], 95), 16))
    index.close()
    fresh = [sys.executable, "-c", _FRESH, str(place / "cache"), *_WORDS.values()]
    answer = json.loads(subprocess.run(fresh, capture_output=True, check=True, text=True).stdout)
    print(
        "in a fresh process: opened in {open:.2f} ms, first word {first:.1f} ms,".format(**answer)
    )
    print("  memory of its own after all words {own:.1f} MB".format(**answer))


if __name__ == "__main__":
    main()
