"""Two Syncthings on one machine that know only each other, set up with the manual's commands."""

from __future__ import annotations

import json
import re
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Literal
from urllib.error import URLError
from xml.etree import ElementTree

import pytest

from .programs import SHARED, awaited, homes, manual, needs, running, typed

_KEY: Final = "only-for-this-test"
_HERE: Final = "127.0.0.1"
_ID: Final = re.compile(r"[A-Z2-7]{7}(?:-[A-Z2-7]{7}){7}")
_ALONE: Final = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "startBrowser": "false",
    "crashReportingEnabled": "false",
    "urAccepted": "-1",
    "autoUpgradeIntervalH": "0",
    "stunKeepaliveStartS": "0",
    "reconnectionIntervalS": "1",
}
"""Options that keep it from speaking to anybody on a network."""


class Instance:
    """One Syncthing with its own home.

    Args:
        home: Of its owner.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / SHARED
        self.log = home / "syncthing.log"
        self.port, self._page = _free_port(), _free_port()
        said = typed("syncthing generate --no-default-folder --skip-port-probing", home)
        found = _ID.search(said)
        assert found is not None, said
        self.id = found[0]
        self._keep_to_itself()

    def _keep_to_itself(self) -> None:
        (config,) = self.home.rglob("config.xml")
        tree = ElementTree.parse(config)
        wanted = {
            "gui/address": f"{_HERE}:{self._page}",
            "gui/apikey": _KEY,
            "options/listenAddress": f"tcp://{_HERE}:{self.port}",
            **{f"options/{name}": value for name, value in _ALONE.items()},
        }
        for path, text in wanted.items():
            element = tree.find(path)
            assert element is not None, path
            element.text = text
        tree.write(config, encoding="utf-8")

    def ask(self, path: str, method: Literal["GET", "POST", "PATCH"] = "GET", **body: Any) -> Any:
        """What its own page asks and tells. Raises URLError where it does not answer."""
        request = urllib.request.Request(
            f"http://{_HERE}:{self._page}/rest/{path}",
            data=json.dumps(body).encode() if body else None,
            method=method,
            headers={"X-API-Key": _KEY},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def is_up(self) -> bool | None:
        """Whether it answers; None where not yet."""
        try:
            return bool(self.ask("system/ping"))
        except (URLError, ConnectionError):
            return None

    def set_up(self, other: Instance) -> None:
        """Type what the manual says, and say on which port the other one is."""
        for line in manual("syncthing cli"):
            typed(line.replace("ID-OF-THE-OTHER", other.id), self.home)
        self.ask(
            f"config/devices/{other.id}",
            "PATCH",
            addresses=[f"tcp://{_HERE}:{other.port}"],
        )

    def has_all_of_it(self, other: Instance) -> bool:
        """Whether the other one holds what stands here, as far as it has told us."""
        found = self.ask(f"db/completion?folder={SHARED}&device={other.id}")
        return self.reaches(other) and not (found["needItems"] or found["needDeletes"])

    def reaches(self, other: Instance) -> bool:
        """Whether the two are connected."""
        return bool(self.ask("system/connections")["connections"][other.id]["connected"])

    def is_idle(self) -> bool:
        """Whether nothing is being written into the folder."""
        return bool(self.ask(f"db/status?folder={SHARED}")["state"] == "idle")


class Syncthing:
    """Two of them.

    Args:
        instances: Both run, and know each other.
    """

    def __init__(self, instances: tuple[Instance, Instance]) -> None:
        self.instances = instances
        self.folders = instances[0].folder, instances[1].folder

    def pause(self) -> None:
        """Nobody is in reach, and nothing that came before is still being written."""
        for one in self.instances:
            one.ask("system/pause", "POST")
        first, second = self.instances
        awaited(
            lambda: not (first.reaches(second) or second.reaches(first)) or None, "disconnected"
        )
        awaited(lambda: (first.is_idle() and second.is_idle()) or None, "idle")

    def carry(self, *, deleted: bool = False) -> None:
        """Be in reach until both say that the other one has everything, and pause again."""
        for one in self.instances:
            one.ask("system/resume", "POST")
            one.ask(f"db/scan?folder={SHARED}", "POST")
        first, second = self.instances
        awaited(
            lambda: (first.has_all_of_it(second) and second.has_all_of_it(first)) or None,
            "both folders alike",
        )
        self.pause()


@contextmanager
def two_syncthings(top: Path) -> Iterator[Syncthing]:
    """Started, set up, paused; ended with the block."""
    needs("syncthing")
    if not typed("syncthing --version", top).startswith("syncthing v1."):
        pytest.skip("set up here as Syncthing 1 wants it")
    first, second = (Instance(home) for home in homes(top))
    with ExitStack() as stack:
        for one in (first, second):
            command = ("syncthing", "serve", "--no-browser", "--no-restart", "--no-upgrade")
            stack.enter_context(running(*command, home=one.home, log=one.log))
        for one in (first, second):
            awaited(one.is_up, "syncthing")
        first.set_up(second)
        second.set_up(first)
        both = Syncthing((first, second))
        both.pause()
        yield both


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((_HERE, 0))
        port: int = found.getsockname()[1]
        return port
