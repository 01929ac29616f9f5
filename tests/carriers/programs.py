"""Programs that carry files between two laptops; each is run as the manual says.

A program is installed or its tests are skipped. None of them reads the settings of the person who
runs the tests, and whatever is started is ended.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol, TypeVar

import pytest

MANUAL: Final = Path(__file__).parents[2] / "docs" / "manual"
PAGE: Final = "16-carriers.md"
SHARED: Final = "kmtui-team"
"""The folder of the manual's commands, below the home of whoever types them."""
PATIENCE: Final = 60.0
"""Seconds after which a program that does not answer has failed."""
_SETTING: Final = re.compile("GIT_|RCLONE_|UNISON|XDG_|ST[A-Z]|LC_")
"""What would bring the settings of the person who runs the tests."""
Answer = TypeVar("Answer")
_BLOCK: Final = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Carrier(Protocol):
    """A program that brings two folders to the same files."""

    folders: tuple[Path, Path]
    """Where the laptops meet."""

    def carry(self, *, deleted: bool = False) -> None:
        """Bring everything both ways.

        Args:
            deleted: Something was deleted by hand, of which the program may complain.
        """


def needs(program: str) -> None:
    """Skip where a program is missing, or the shell that the manual's commands are for."""
    if os.name != "posix":
        pytest.skip("the commands are for the shell of Linux and macOS")
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here")


def blocks(language: str) -> list[str]:
    """Every block of the manual's page that is typed for another program than our own."""
    found: list[str] = _BLOCK.findall((MANUAL / language / PAGE).read_text(encoding="utf-8"))
    return found


def manual(begins: str) -> list[str]:
    """The lines of the one block that begins so; they are the same in every language."""
    (found,) = (block for block in blocks("en") if block.startswith(begins))
    return found.splitlines()


def homes(top: Path) -> tuple[Path, Path]:
    """The home folders of Nok and Daeng, each with the folder that they share in it."""
    found = top / "home-nok", top / "home-daeng"
    for home in found:
        (home / SHARED).mkdir(parents=True)
    return found


def typed(line: str, home: Path, *, right: Container[int] = (0,)) -> str:
    """Run a line as somebody types it, with a home of their own; what it says.

    Args:
        line: For the shell.
        home: Where its settings are, what ``~`` means, and where it is typed.
        right: Exit codes that it may end with.
    """
    done = subprocess.run(
        line,
        shell=True,
        cwd=home,
        env=surroundings(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode in right, f"{line}\n{said}"
    return said


def surroundings(home: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing yet."""
    kept = {name: value for name, value in os.environ.items() if not _SETTING.match(name)}
    return kept | {"HOME": str(home), "USERPROFILE": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


@contextmanager
def running(*command: str, home: Path, log: Path) -> Iterator[None]:
    """A program that runs until the end of the block."""
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command,
            env=surroundings(home),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def awaited(asked: Callable[[], Answer | None], what: str) -> Answer:
    """Ask until there is an answer, and fail where there is none in a minute."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = asked()
        if answer is not None:
            return answer
        time.sleep(0.02)
    pytest.fail(f"{what}: no answer in {PATIENCE:.0f} seconds")
