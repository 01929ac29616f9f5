"""Tries strange sticks one after another, each with so much work and memory and no more.

``python -m tests.store.fuzzing FIRST COUNT FOLDER [whole]`` prints a line of JSON for each stick
after which something was wrong, and at last how many were tried.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.store.trying import Trial
from tests.store.victim import template

SECONDS = 20
"""Of work for one stick, not of the clock; usual is a small part of one."""
MEMORY = 2 * 1024**3
"""Bytes of address space; usual is a tenth."""


class TooMuchWork(BaseException):
    """One stick took all that it may; no refusal, and nothing catches it."""


def limit_memory() -> None:
    """Let this program have so much memory, where the system can say so."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@contextmanager
def bounded() -> Iterator[None]:
    """Raise where what is inside works for too long, where the system can tell."""

    def ring(*_given: object) -> None:
        raise TooMuchWork

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def main(first: int, count: int, place: Path, *, whole: bool) -> None:
    """Try the sticks of these seeds."""
    limit_memory()
    of = template(place / "template")
    for seed in range(first, first + count):
        folder = place / str(seed)
        folder.mkdir()
        trial = Trial(of, seed, folder)
        try:
            with bounded():
                trouble = trial.run() if whole else trial.run_shortly()
        except (TooMuchWork, MemoryError) as error:
            trouble = [*trial.trouble, repr(error)]
        if trouble:
            print(json.dumps({"seed": seed, "trouble": trouble}), flush=True)
        shutil.rmtree(folder)
    print(json.dumps({"sticks": count}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), whole="whole" in sys.argv[4:])
