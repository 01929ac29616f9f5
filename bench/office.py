"""The office: packing and folding what many laptops wrote, beside our own fold of the same lines.

    python -m bench.office [--changes 100000]

One run, one machine: seconds and the ratio to our own reading and folding of the same files.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.notebooks import passing_folder
from store.changes import segments
from store.changes.fold import Folded
from store.changes.line import Change, encode
from store.ids import IdMaker
from store.office.packing import pack
from store.office.tables import folded, write_tables

_LAPTOPS: Final = 40
_FIELDS: Final = ("title", "place", "text", "tags/น้ำ", "tags/ป่า")
_SAID: Final = "เรื่องนี้ต้องคุยกับคนในหมู่บ้านให้ครบก่อน แล้วค่อยมาตกลงกัน"


def write(folder: Path, changes: int) -> None:
    """Files of this many lines: four lines a record, some of them not knowing of each other."""
    rng = random.Random(7)
    ids = IdMaker(lambda: 1_780_000_000_000.0, lambda: rng.getrandbits(64))
    of_laptop: list[list[bytes]] = [[] for _each in range(_LAPTOPS)]
    seqs = [0] * _LAPTOPS
    for number in range(changes // 4):
        rec, states = f"session/R{number:08}", [Folded("x"), Folded("x")]
        for turn in range(4):
            apart = number % 5 == 0  # two laptops write the title, and neither knows of it
            state = states[turn % 2] if apart else states[0]
            field = "title" if apart or not turn else _FIELDS[(number + turn) % 5]
            value = True if "/" in field else f"{_SAID} {turn}"
            base = {field: found} if (found := state.base_for(field)) else {}
            laptop = (number + turn) % _LAPTOPS
            line = Change(ids.next(state.seen), rec, {field: value}, base,
                          "2026-05-17T09:31:12+07:00", f"laptop{laptop}", None, None)  # fmt: skip
            state.add(line)
            of_laptop[laptop].append(encode(line))
            if len(of_laptop[laptop]) == segments.SEAL_AT:
                _seal(folder, laptop, seqs, of_laptop)
    for laptop in range(_LAPTOPS):
        _seal(folder, laptop, seqs, of_laptop)


def _seal(folder: Path, laptop: int, seqs: list[int], lines: list[list[bytes]]) -> None:
    seqs[laptop] += 1
    made = segments.seal(f"laptop{laptop}", seqs[laptop], "", lines[laptop])
    (folder / made.name).write_bytes(made.content)
    lines[laptop] = []


def our_fold(folder: Path) -> tuple[int, int]:
    """Fields and conflicts, read and folded by the notebook's own code."""
    records: dict[str, Folded] = {}
    for path in sorted(folder.iterdir()):
        for segment in segments.read(path.read_bytes(), path.name):
            for change in segment.changes:
                records.setdefault(change.rec, Folded(change.rec)).add(change)
    shown = [one.shown() for one in records.values()]
    fields = sum(sum(name != "tags" for name in one.fields) for one in shown)
    return fields, sum(len(others) for one in shown for others in one.conflicts.values())


@contextmanager
def timed(what: str, taken: dict[str, float]) -> Iterator[None]:
    """Seconds of a step, and the most memory that the process has had by then."""
    began = time.perf_counter()
    yield
    taken[what] = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{what:<28}{taken[what]:>8.1f} s   peak {peak:>6.0f} MB")


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=100_000)
    changes = parser.parse_args().changes
    taken: dict[str, float] = {}
    with passing_folder() as place:
        folder, packed = Path(place) / "folder", Path(place) / "office.parquet"
        folder.mkdir()
        write(folder, changes)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{changes} changes of {_LAPTOPS} laptops in {size:.0f} MB")
        with timed("packing, verified", taken):
            pack([folder], packed)
        print(f"{'':<28}{packed.stat().st_size / 1e6:>8.1f} MB of Parquet")
        with timed("the SQL fold", taken), folded(packed) as base:
            theirs = tuple(
                base.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in ("fields", "conflicts")
            )
        with timed("the fold and the tables", taken):
            write_tables(packed, Path(place) / "tables")
        with timed("our own reading and fold", taken):
            ours = our_fold(folder)
    print(f"fields and conflicts: {theirs}, ours {ours}")
    ratio = (taken["packing, verified"] + taken["the SQL fold"]) / taken["our own reading and fold"]
    print(f"packing and SQL together: {ratio:.2f} of our own")


if __name__ == "__main__":
    main()
