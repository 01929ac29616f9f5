"""Whether recording goes on while two laptops meet: the app, with keys pressed in the midst.

``python -m bench.going_on`` lets a notebook meet another one's 100,000 changes; while that goes on,
forums are saved, the list and the search text made ready, and the view written.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from pathlib import Path
from typing import Final

from kmtui.app import KmtuiApp
from kmtui.asking import Pace
from store.carrier.readings import Met
from store.edits import Add
from store.notebook import Notebook
from store.records import Session, Turn

from . import notebooks
from .meeting import lay_out

SESSIONS: Final = 1_930
"""Forums: 100,000 changes."""
_OFTEN: Final = 0.01
"""Seconds between two looks at whether the screens' thread has its turn."""


class GoingOn:
    """One app that meets, and what is asked of it meanwhile."""

    def __init__(self, app: KmtuiApp) -> None:
        self._app = app
        self.late: list[float] = []
        """Seconds by which the screens' thread came late."""
        self.saves: list[float] = []
        """Seconds from asking for a save until it was told kept."""
        self.lists: list[float] = []
        """Seconds from asking for the forums until they were there."""

    async def watch(self) -> None:
        """Note how late a turn comes, until cancelled."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_OFTEN)
            self.late.append(time.perf_counter() - began - _OFTEN)

    async def save(self) -> None:
        """Record a line."""
        began, done = time.perf_counter(), asyncio.Event()
        self._app.ask(lambda book: book.save(Add(Session(title="เวที"))), lambda _saved: done.set())
        await done.wait()
        self.saves.append(time.perf_counter() - began)

    async def list(self) -> None:
        """Ask for the forums."""
        began, done = time.perf_counter(), asyncio.Event()
        self._app.ask(
            lambda book: book.sessions(), lambda _rows: done.set(), saves=False, pace=Pace.READS
        )
        await done.wait()
        self.lists.append(time.perf_counter() - began)

    async def meet(self, carrier: Path, stop_after: float | None) -> tuple[float, float, Met]:
        """Meet; seconds that it took, and from asking to stop to the end."""
        began, done = time.perf_counter(), asyncio.Event()
        found: list[Met] = []
        asked: list[float] = []

        def stop() -> bool:
            if stop_after is not None and time.perf_counter() - began > stop_after:
                asked.append(time.perf_counter())
            return bool(asked)

        def met(answer: Met) -> None:
            found.append(answer)
            done.set()

        self._app.ask(lambda book: book.meet(carrier, stop=stop), met, pace=Pace.LONG)
        while not done.is_set():
            await self.save()
            await asyncio.sleep(0.1)
        end = time.perf_counter()
        due = began + (stop_after or 0)
        return end - began, end - due, found[0]


def told(name: str, seconds: list[float]) -> None:
    """Middle, 95 of 100, and the most."""
    every = sorted(one * 1000 for one in seconds)
    p95 = every[int(len(every) * 0.95)] if len(every) > 1 else every[0]
    middle = statistics.median(every)
    print(f"{name:<40}{middle:>9.1f}{p95:>9.1f}{every[-1]:>9.1f}  ms, {len(every)} times")


async def run(folder: Path, carrier: Path, stop_after: float | None) -> None:
    """Everything, in one app."""
    with Notebook.open(folder) as book:
        ours = book.save(Add(Session(title="เวทีของเรา"))).record.id
        book.save(Add(Turn(session=ours, text="หนึ่ง", place=1)))
    notebook = Notebook.open(folder)
    app = KmtuiApp(notebook)
    async with app.run_test() as pilot:
        await pilot.pause()
        going = GoingOn(app)
        watch = asyncio.create_task(going.watch())
        took, stopping, met = await going.meet(carrier, stop_after)
        print(f"a meeting of {met.received.changes} changes: {took:.1f} s, stopped: {met.stopped}")
        if stop_after is not None:
            print(f"from asking to stop to the end: {stopping:.2f} s")
        told("the screens' turn, a meeting", going.late)
        told("a save, a meeting", going.saves)
        for name, work in (
            ("the first list", lambda book: len(book.sessions())),
            ("the first search", lambda book: len(book.search("น้ำ"))),
            ("the view written", lambda book: book.idle()),
        ):
            await during(app, going, name, work)
        watch.cancel()
        left = time.perf_counter()
    notebook.close(hurried=True)
    print(f"leaving: {time.perf_counter() - left:.2f} s")


async def during(app: KmtuiApp, going: GoingOn, name: str, work: object) -> None:
    """The same beside other long work."""
    going.late.clear()
    going.saves.clear()
    began, done = time.perf_counter(), asyncio.Event()
    app.ask(work, lambda _n: done.set(), saves=False, pace=Pace.LONG)  # type: ignore[arg-type]
    while not done.is_set():
        await going.save()
        await asyncio.sleep(0.05)
    print(f"{name}: {time.perf_counter() - began:.1f} s")
    told(f"the screens' turn, {name}", going.late)
    told(f"a save, {name}", going.saves)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--stop-after", type=float, help="seconds")
    parser.add_argument("--carrier", type=Path, help="where changes lie already")
    line = parser.parse_args()
    with notebooks.passing_folder() as place:
        carrier = line.carrier or Path(place) / "carrier"
        if line.carrier is None:
            lay_out(notebooks.copy_of(line.sessions, Path(place)), carrier)
        asyncio.run(run(Path(place) / "ours", carrier, line.stop_after))


if __name__ == "__main__":
    main()
