"""A real terminal for tests: a program on a pty, keys written to it, its screen read back."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 15.0
"""Seconds until a test gives up."""


class Terminal:
    """A program that believes a person sits before it.

    Args:
        module: Run as ``python -m module``.
        arguments: What stands behind it.
        size: Columns and rows.
    """

    def __init__(self, module: str, *arguments: str, size: tuple[int, int] = (80, 24)) -> None:
        environment = {
            **{name: value for name, value in os.environ.items() if name[:6] != "PYTEST"},
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "KMTUI_LANG": "en",
        }
        self.shown = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # the program's side
            os.chdir(ROOT)
            command = [sys.executable, "-m", module, *arguments]
            os.execvpe(command[0], command, environment)
        columns, rows = size
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def type(self, text: str) -> None:
        """Write keys, all at once."""
        os.write(self.fd, text.encode("utf-8"))

    def read(self, seconds: float = 0.05) -> bytes:
        """Take in what the program has written meanwhile."""
        while select.select([self.fd], [], [], seconds)[0]:
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                break
            if not more:
                break
            self.shown += more
        return self.shown

    def wait_for(self, done: Callable[[], bool], what: str) -> None:
        """Wait until something is so, drawing the screen meanwhile."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if done():
                return
            self.read()
        raise AssertionError(f"{what} did not happen; the screen: {self.shown[-2000:]!r}")

    def wait_for_words(self, words: str) -> None:
        """Wait until these words were drawn."""
        self.wait_for(lambda: words.encode() in self.shown, f"{words!r} on the screen")

    def hang_up(self) -> None:
        """Close the terminal, as its window does: the program gets SIGHUP."""
        os.close(self.fd)
        self.fd = -1

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def end(self) -> int:
        """Wait until the program has gone; its exit code, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            gone, status = os.waitpid(self.pid, os.WNOHANG)
            if gone:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
            if self.fd >= 0:
                self.read()
            else:
                select.select([], [], [], 0.05)
        raise AssertionError("the program did not end")
