"""rclone, unison and git between two laptops, with the commands of the manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

from .programs import SHARED, Carrier, awaited, homes, manual, needs, running, typed
from .syncthing import two_syncthings

_SKIPPED: Final = 1
_EMPTIED: Final = 3
"""What unison ends with where it would have deleted one thing, or everything."""
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")


class Rclone:
    """Both ways over a WebDAV server.

    Args:
        top: Where everything is made.
        server: Its address.
    """

    def __init__(self, top: Path, server: str) -> None:
        self.homes = homes(top)
        self.folders = self.homes[0] / SHARED, self.homes[1] / SHARED
        self.served = top / "server"
        once, self.each_time = manual("rclone config create")
        for home in self.homes:
            typed(re.sub(r"https://[\w./-]+", server, once), home)

    def carry(self, *, deleted: bool = False) -> None:
        """Nok, Daeng, and Nok again."""
        for home in (*self.homes, self.homes[0]):
            typed(self.each_time, home)


class Unison:
    """Over a folder on a machine that both reach."""

    def __init__(self, top: Path) -> None:
        self.homes = homes(top)
        self.folders = self.homes[0] / SHARED, self.homes[1] / SHARED
        office = top / "office"
        office.mkdir()
        (line,) = manual("unison ")
        self.each_time = re.sub(r"ssh://\S+", str(office), line)

    def carry(self, *, deleted: bool = False) -> None:
        """Nok, Daeng, and Nok again."""
        for home in (*self.homes, self.homes[0]):
            typed(self.each_time, home, right=(0, _SKIPPED, _EMPTIED) if deleted else (0,))


class Git:
    """Two clones of a bare repository.

    Args:
        top: Where everything is made.
        attributes: Whether line ends are left alone, as the manual says.
    """

    def __init__(self, top: Path, *, attributes: bool = True) -> None:
        self.homes = top / "home-nok", top / "home-daeng"
        self.folders = self.homes[0] / SHARED, self.homes[1] / SHARED
        bare = top / "office.git"
        typed(f"git init -q --bare {bare}", top)
        clone, enter, *first = manual("git clone")
        self.each_time = manual("cd ~/kmtui-team\ngit add")
        for home in self.homes:
            home.mkdir()
            for line in manual("git config"):
                typed(line, home)
            typed("git config --global core.autocrlf true", home)  # as on Windows
        typed(self._of(clone, bare), self.homes[0])
        if not attributes:
            first = ["git commit --allow-empty -m kmtui", first[-1]]
        for line in first:
            typed(f"{enter} && {line}", self.homes[0])
        typed(self._of(clone, bare), self.homes[1])

    @staticmethod
    def _of(clone: str, bare: Path) -> str:
        return re.sub(r"https://\S+", str(bare), clone)

    def carry(self, *, deleted: bool = False) -> None:
        """Nok, Daeng, and Nok again."""
        enter, *lines = self.each_time
        for home in (*self.homes, self.homes[0]):
            for line in lines:
                typed(f"{enter} && {line}", home)


@contextmanager
def over_webdav(top: Path) -> Iterator[Rclone]:
    """rclone, with a server of its own."""
    needs("rclone")
    served, log = top / "server", top / "server.log"
    served.mkdir()
    address = (
        "--addr",
        "127.0.0.1:0",
        "--user",
        "nok",
        "--pass",
        "secret",
        "--dir-cache-time",
        "0",
    )
    with running("rclone", "serve", "webdav", str(served), *address, home=top, log=log):
        found = awaited(lambda: _ADDRESS.search(log.read_text(encoding="utf-8")), "rclone serve")
        yield Rclone(top, found[0])


@contextmanager
def _unison(top: Path) -> Iterator[Carrier]:
    needs("unison")
    yield Unison(top)


@contextmanager
def _git(top: Path) -> Iterator[Carrier]:
    needs("git")
    yield Git(top)


@contextmanager
def _git_with_changed_line_ends(top: Path) -> Iterator[Carrier]:
    needs("git")
    yield Git(top, attributes=False)


WAYS: Final[dict[str, Callable[[Path], AbstractContextManager[Carrier]]]] = {
    "rclone": over_webdav,
    "unison": _unison,
    "git": _git,
    "git with CRLF": _git_with_changed_line_ends,
    "Syncthing": two_syncthings,
}
"""Each is skipped where its program is missing."""
