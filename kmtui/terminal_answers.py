"""Asking the terminal itself, from the command line: its answers come in as if they were typed.

Inside the app Textual reads what comes in, and hands the answers on; this is for where it does not.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Final

from kmtui.terminals import ANSWERS, Finding, columns_in, judge, question

PATIENCE: Final = 1.0
"""Seconds without an answer until a terminal counts as one that does not answer."""
_LONGEST: Final = 3.0
"""Seconds in all, whatever comes in."""
_MOST: Final = 4096
"""Letters that are read; answers are shorter."""
_ASIDE: Final = "\x1b[?1049h"
_BACK: Final = "\x1b[?1049l"


def ask_terminal(patience: float = PATIENCE) -> Finding:
    """Ask the terminal that this program runs in; where there is none, nothing is written.

    Args:
        patience: Seconds to wait for an answer.
    """
    out = next((one for one in (sys.stdout, sys.stderr) if _is_terminal(one)), None)
    if out is None or not _is_terminal(sys.stdin):
        return Finding(state="absent")
    out.flush()
    asked = _ASIDE + question() + _BACK
    return judge(columns_in(_exchange(sys.stdin.fileno(), out.fileno(), asked, patience)))


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    try:
        return bool(isatty is not None and isatty())
    except ValueError:  # closed
        return False


def _enough(came: str, patience: float, began: float, last: float) -> bool:
    """Whether to stop reading: everything was answered, or nothing more is to be expected."""
    now = time.monotonic()
    return (
        len(columns_in(came)) >= ANSWERS
        or len(came) >= _MOST
        or now - last >= patience
        or now - began >= _LONGEST
    )


if sys.platform == "win32":  # pragma: no cover - not run anywhere yet: there was no Windows
    import ctypes
    import msvcrt

    _INPUT, _OUTPUT = -10, -11
    _SENDS_SEQUENCES, _OBEYS_SEQUENCES = 0x0200, 0x0004
    _LINES_AND_ECHO = 0x0002 | 0x0004

    def _exchange(_read_from: int, write_to: int, asked: str, patience: float) -> str:
        """Write, and read what comes back; the console's modes are as before afterwards."""
        system = ctypes.windll.kernel32
        before: list[tuple[int, int]] = []
        for number, on, off in (
            (_INPUT, _SENDS_SEQUENCES, _LINES_AND_ECHO),
            (_OUTPUT, _OBEYS_SEQUENCES, 0),
        ):
            handle, mode = system.GetStdHandle(number), ctypes.c_ulong()
            if not system.GetConsoleMode(handle, ctypes.byref(mode)):
                continue
            before.append((handle, mode.value))
            system.SetConsoleMode(handle, (mode.value | on) & ~off)
        came, began = "", time.monotonic()
        last = began
        try:
            os.write(write_to, asked.encode("utf-8"))
            while not _enough(came, patience, began, last):
                if msvcrt.kbhit():
                    came, last = came + msvcrt.getwch(), time.monotonic()
                else:
                    time.sleep(0.005)
        finally:
            for handle, value in before:
                system.SetConsoleMode(handle, value)
        return came

else:
    import select
    import termios
    import tty

    def _exchange(read_from: int, write_to: int, asked: str, patience: float) -> str:
        """Write, and read what comes back; the terminal is as before afterwards."""
        try:
            if os.tcgetpgrp(read_from) != os.getpgrp():
                return ""  # in the background, where asking would stop this program
            before = termios.tcgetattr(read_from)
        except (OSError, termios.error):
            return ""
        came = ""
        try:
            tty.setcbreak(read_from, termios.TCSADRAIN)
            came = _talk(read_from, write_to, asked, patience)
        finally:
            done = len(columns_in(came)) >= ANSWERS
            # a late answer must not stand behind the shell's prompt as if somebody had typed it
            termios.tcsetattr(read_from, termios.TCSADRAIN if done else termios.TCSAFLUSH, before)
        return came

    def _talk(read_from: int, write_to: int, asked: str, patience: float) -> str:
        rest = asked.encode("utf-8")
        while rest:
            rest = rest[os.write(write_to, rest) :]
        came, began = b"", time.monotonic()
        last = began
        while not _enough(came.decode("ascii", "replace"), patience, began, last):
            if select.select([read_from], [], [], 0.05)[0]:
                more = os.read(read_from, 1024)
                if not more:
                    break
                came, last = came + more, time.monotonic()
        return came.decode("ascii", "replace")
