"""The app through a real pseudo-terminal: first paint, and the time from a key to what it draws.

    python -m bench.screens [--sessions 10000] [--rounds 7] [--harlequin PROGRAM]

beside an app of Textual with one line in it, started and typed into in the same turn; and beside
Harlequin, a well-liked Textual app, where it is installed. A key's time is from writing it to the
first byte that comes back, then to the last one. Recording is done in a forum of 500 turns.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bench.notebooks import copy_of, passing_folder
from bench.rounds import verdict
from store.edits import Add
from store.notebook import Notebook
from store.records import Session, Turn

TOP: Final = Path(__file__).parents[1]
_EMPTY: Final = """
from textual.app import App
from textual.widgets import Input, Static
class Empty(App):
    def compose(self):
        yield Static("READY")
        yield Input()
Empty().run()
"""
SAID: Final = "เรื่องนี้ต้องคุยกับคนในหมู่บ้านให้ครบก่อน แล้วค่อยมาตกลงกัน"
_QUIET: Final = 0.03
"""Seconds without a byte after which a key has drawn all that it draws."""
_PATIENCE: Final = 60.0
_BLINKS: Final = 3.0
_F3: Final = b"\x1bOR"
_DOWN: Final = b"\x1b[B"
_INSERT: Final = b"\x1b[2~"
_ESCAPE: Final = b"\x1b"


class Started:
    """A program on a terminal of 120 by 40."""

    def __init__(self, line: Sequence[str], **more: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **more}
        for name in ("PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES"):
            env.pop(name, None)
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            line, cwd=TOP, env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self._said = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    @property
    def megabytes(self) -> float:
        """What the program holds in memory now."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._master], [], [], seconds)
        found = os.read(self._master, 65536) if ready else b""
        self._said = (self._said + found)[-200_000:]
        return found

    def until(self, words: bytes) -> float:
        """Milliseconds since the start until these words were drawn."""
        end = time.perf_counter() + _PATIENCE
        while words not in self._said:
            self._read(0.5)
            if time.perf_counter() > end:
                raise TimeoutError(words, self._said[-500:])
        return (time.perf_counter() - self.began) * 1000

    def quiet(self, seconds: float = 0.4) -> None:
        """Read until nothing has come for so long; a caret may blink for ever."""
        end = time.perf_counter() + seconds + _BLINKS
        while self._read(seconds) and time.perf_counter() < end:
            pass

    def key(self, sent: bytes) -> tuple[float, float]:
        """Milliseconds from a key to the first byte that it draws, and to the last."""
        began = time.perf_counter()
        os.write(self._master, sent)
        if not self._read(2.0):
            return 2000.0, 2000.0
        first = last = time.perf_counter()
        while self._read(_QUIET):
            last = time.perf_counter()
        return (first - began) * 1000, (last - began) * 1000

    def send(self, sent: bytes) -> None:
        """Press keys, and wait until all is drawn."""
        os.write(self._master, sent)
        self.quiet()


def ours(folder: Path) -> Started:
    """The app on a notebook, in English."""
    line = [sys.executable, "-m", "kmtui", "--notebook", str(folder)]
    return Started(line, KMTUI_LANG="en")


def empty() -> Started:
    """The empty app."""
    return Started([sys.executable, "-c", _EMPTY])


def harlequin(program: str, home: Path) -> Started:
    """Harlequin with an empty database in memory, and nothing that a person has set."""
    return Started([program, "-P", "None", ":memory:"], HOME=str(home), XDG_CONFIG_HOME=str(home))


class Paints:
    """Milliseconds until something stood there, in turns."""

    def __init__(self) -> None:
        self.empty: list[float] = []
        self.first: list[float] = []
        self.forums: list[float] = []
        """Until the forums stood there, not only the page and its keys."""
        self.harlequin: list[float] = []

    def measure(self, folder: Path, rounds: int, other: str | None) -> None:
        """Start each in turn."""
        for _round in range(rounds):
            with empty() as app:
                self.empty.append(app.until(b"READY"))
            with ours(folder) as app:
                self.first.append(app.until(b"F2"))
                self.forums.append(app.until(b"Lately"))
            if other:
                with harlequin(other, folder.parent) as app:
                    self.harlequin.append(app.until(b"Query Editor"))

    def tell(self) -> None:
        """In milliseconds, and as ratios."""
        first, nothing = statistics.median(self.first), statistics.median(self.empty)
        print(f"first paint: {first:.0f} ms, an empty app {nothing:.0f} ms")
        print(verdict("x an empty app", first / nothing, 1.3))
        forums = statistics.median(self.forums)
        print(f"the forums stand there: {forums:.0f} ms, {forums / nothing:.2f} x an empty app")
        if self.harlequin:
            theirs = statistics.median(self.harlequin)
            print(f"Harlequin's first paint: {theirs:.0f} ms, ours {first / theirs:.2f} of it")


def with_long_forum(folder: Path) -> Path:
    """The notebook with one forum more, of 500 turns, which stands first; searched once before."""
    with Notebook.open(folder) as book:
        session = book.new_id("session")
        speaker = book.people()[0].id
        book.save(
            Add(Session(id=session, title="เวทีที่ยาวมาก", date=date(2040, 1, 1))),
            *(
                Add(Turn(session=session, place=at, speaker=speaker, text=f"{at} {SAID}"))
                for at in range(1, 501)
            ),
        )
        book.search(SAID[:8])  # the search text of a notebook in use is there
        book.idle()
    return folder


def keys_of(app: Started, sent: Sequence[bytes]) -> list[tuple[float, float]]:
    """Every key alone, one after the other."""
    return [app.key(one) for one in sent]


def told(name: str, taken: list[tuple[float, float]]) -> None:
    """A line of the table."""
    first = sorted(one for one, _last in taken)
    last = sorted(one for _first, one in taken)
    p95 = int(len(first) * 0.95)
    print(
        f"{name:<34}{statistics.median(first):>8.1f}{first[min(p95, len(first) - 1)]:>8.1f}"
        f"{statistics.median(last):>12.1f}{last[min(p95, len(last) - 1)]:>8.1f}"
    )


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--harlequin", default=shutil.which("harlequin"))
    line = parser.parse_args()
    with passing_folder() as place:
        _measure(with_long_forum(copy_of(line.sessions, Path(place))), line.rounds, line.harlequin)


def _measure(folder: Path, rounds: int, other: str | None) -> None:
    paints = Paints()
    paints.measure(folder, rounds, other)
    paints.tell()
    print(f"{'a key to its first and last byte':<34}{'ms':>8}{'p95':>8}{'all, ms':>12}{'p95':>8}")
    letters = [one.encode() for one in "เวทีน้ำเวทีป่า"]
    with empty() as app:
        app.until(b"READY")
        app.quiet()
        told("empty app, letters", keys_of(app, letters * 3))
    if other:
        with harlequin(other, folder.parent) as app:
            app.until(b"Query Editor")
            app.quiet(3.0)
            told(
                "Harlequin, letters", keys_of(app, [b"select"[at : at + 1] for at in range(6)] * 7)
            )
    with ours(folder) as app:
        app.until(b"Lately")
        app.quiet(1.5)
        print(verdict("MB on the first page", app.megabytes, 120))
        app.send(_F3)
        walked = keys_of(app, [_DOWN] * 40)
        told("list, down", walked)
        found = keys_of(app, letters * 2)
        told("filter, letters", found)
        app.send(b"\x15")
        app.quiet(1.0)
        app.send(_INSERT)
        app.quiet(1.0)
        said = [one.encode() for one in "คำพูดที่กำลังพิมพ์อยู่ตอนนี้" * 2]
        taken = keys_of(app, said)
        told("recording, letters", taken)
        kept = keys_of(app, [b"\r", *said[:3]] * 5)
        told("recording, Enter and letters", kept)
        print(f"{app.megabytes:.0f} MB after all this")
    every = sorted(one for one, _last in (*walked, *found, *taken, *kept))
    print(verdict("median ms", statistics.median(every), 10))
    print(verdict("95 keys of 100, ms", every[int(len(every) * 0.95)], 16))


if __name__ == "__main__":
    main()
