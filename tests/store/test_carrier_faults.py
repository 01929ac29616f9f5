"""A meeting that fails at any step: the disk here, the stick there, a kill, a power cut."""

from __future__ import annotations

import dataclasses
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.errors import DiskRefused, NotebookReadOnly, StoreError, SyncFailed
from store.files import DISK, Disk
from store.view.forums import Forums
from tests.store.conftest import said
from tests.store.meeting import Team, content_of, forum, titles, told

STEPS = tuple(part.name for part in dataclasses.fields(Disk))


class Killed(BaseException):
    """The process is gone; no handler of the program's sees it."""


class Faults:
    """A disk that does something at its nth step, counted from when it is armed.

    Args:
        below: Only steps that name a path below this folder count; a number of an open file
            belongs to the path that it was opened with.
    """

    def __init__(self, below: Path) -> None:
        self.below = below
        self.left: int | None = None
        self.act: Callable[[], None] = lambda: None
        self.steps = 0
        self._paths: dict[int, Path] = {}

    def arm(self, after: int, act: Callable[[], None]) -> None:
        self.left, self.act, self.steps = after, act, 0

    def disk(self) -> Disk:
        return Disk(**{name: self._step(name, getattr(DISK, name)) for name in STEPS})

    def _step(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any) -> Any:
            path = self._paths.get(args[0]) if isinstance(args[0], int) else args[0]
            if name != "close" and path is not None and self.below in (path, *path.parents):
                self._count()
            found = real(*args)
            if name == "open":
                self._paths[found] = args[0]
            return found

        return step

    def _count(self) -> None:
        self.steps += 1
        if self.left is None:
            return
        if self.left == 0:
            self.left = None
            self.act()
        else:
            self.left -= 1


def refusing(code: int) -> Callable[[], None]:
    def refuse() -> None:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def at_every_step(team: Team, below: str, trial: Callable[[Path, Faults, int], bool]) -> int:
    """Prepare two laptops and a stick anew for each step; how many steps there were."""
    step = 0
    while True:
        place = team.folder / f"{below}-{step}"
        place.mkdir()
        going_on = trial(place, Faults(place / below), step)
        shutil.rmtree(place)
        if not going_on:
            return step
        step += 1


class Pair:
    """Nok has met at the stick; Daeng, whose disk fails, has a forum of her own."""

    def __init__(self, place: Path, faults: Faults) -> None:
        self.team = Team(place)
        self.stick = self.team.stick()
        nok = self.team.laptop("nok")
        self.session = forum(nok, "ของนก", "หนึ่ง", "สอง")
        nok.meet(self.stick)
        forum(nok, "ของนก สอง")
        nok.meet(self.stick)
        nok.close()
        self.daeng = self.team.laptop("daeng", disk=faults.disk())
        forum(self.daeng, "ของแดง", "ก")
        self.others = self._others()

    def _others(self) -> dict[str, bytes]:
        return {
            name: content
            for name, content in content_of(self.stick).items()
            if not name.startswith(f"kmtui-{self.daeng.laptop}/")
        }

    def check(self) -> None:
        """After the fault: nothing is lost, and the next meeting does all of it."""
        self.daeng._ledger.close()
        if self.daeng._pen is not None:
            self.daeng._pen.drop()
        daeng = self.team.laptop("daeng")
        assert "ของแดง" in titles(daeng)
        assert daeng.verify()["differs"] is False
        met = daeng.meet(self.stick)
        assert met.safe
        assert met.held == ()
        assert titles(daeng) == {"ของแดง", "ของนก", "ของนก สอง"}
        assert said(daeng, self.session) == ["หนึ่ง", "สอง"]
        assert self._others() == self.others
        nok = self.team.laptop("nok")
        assert nok.meet(self.stick).held == ()
        assert titles(nok) == titles(daeng)
        left = [name for name in content_of(self.stick) if name.endswith(".part")]
        assert left == []
        self.team.close()


CODES = [errno.ENOSPC, errno.EROFS, errno.EIO]


@pytest.mark.parametrize("code", CODES, ids=["full", "read-only", "broken"])
def test_a_stick_that_refuses_at_any_step_costs_only_a_sentence(team: Team, code: int) -> None:
    kinds = set()

    def trial(place: Path, faults: Faults, step: int) -> bool:
        pair = Pair(place, faults)
        faults.arm(step, refusing(code))
        met = pair.daeng.meet(pair.stick)
        failed = faults.left is None
        assert met.safe != failed
        assert titles(pair.daeng) == {"ของแดง", "ของนก", "ของนก สอง"}
        kinds.update(told(met))
        pair.check()
        return failed

    steps = at_every_step(team, "stick", trial)

    assert steps > 8
    assert (
        kinds
        == {
            errno.ENOSPC: {"carrier_full"},
            errno.EROFS: {"carrier_read_only"},
            errno.EIO: {"carrier_refused"},
        }[code]
    )


@pytest.mark.parametrize("code", CODES, ids=["full", "read-only", "broken"])
def test_a_refusal_of_our_own_disk_at_any_step_loses_nothing(team: Team, code: int) -> None:
    refused = []

    def trial(place: Path, faults: Faults, step: int) -> bool:
        pair = Pair(place, faults)
        faults.arm(step, refusing(code))
        try:
            pair.daeng.meet(pair.stick)
        except (DiskRefused, NotebookReadOnly, SyncFailed) as error:
            refused.append(error)
        failed = faults.left is None
        faults.left = None
        assert "ของแดง" in titles(pair.daeng)
        pair.check()
        return failed

    steps = at_every_step(team, "daeng", trial)

    assert steps > 15
    assert len(refused) > 10


@pytest.mark.parametrize("below", ["daeng", "stick"])
def test_a_kill_at_any_step_leaves_both_sides_whole(team: Team, below: str) -> None:
    def kill() -> None:
        raise Killed

    def trial(place: Path, faults: Faults, step: int) -> bool:
        pair = Pair(place, faults)
        faults.arm(step, kill)
        try:
            pair.daeng.meet(pair.stick)
        except Killed:
            pair.check()
            return True
        pair.check()
        return False

    assert at_every_step(team, below, trial) > 8


def test_a_stick_that_is_pulled_out_at_any_step_costs_only_a_sentence(team: Team) -> None:
    kinds = set()

    def trial(place: Path, faults: Faults, step: int) -> bool:
        pair = Pair(place, faults)

        def pull_out() -> None:
            pair.stick.rename(place / "pulled")

        faults.arm(step, pull_out)
        met = pair.daeng.meet(pair.stick)
        pulled = (place / "pulled").exists()
        if pulled:
            assert not met.safe
            kinds.update(told(met))
            shutil.rmtree(pair.stick, ignore_errors=True)
            (place / "pulled").rename(pair.stick)
        pair.check()
        return pulled

    assert at_every_step(team, "stick", trial) > 8
    assert kinds == {"carrier_gone"}


@pytest.mark.parametrize("asked", range(7))
def test_a_stick_that_is_pulled_out_while_it_is_read_costs_only_a_sentence(
    team: Team, asked: int
) -> None:
    pair = Pair(team.folder, Faults(team.folder / "nowhere"))
    count = 0

    def pull_out() -> bool:
        nonlocal count
        count += 1
        if count == asked + 1:
            pair.stick.rename(team.folder / "pulled")
        return False

    kinds: list[str] = []
    try:
        met = pair.daeng.meet(pair.stick, stop=pull_out)
    except StoreError as error:
        kinds.append(error.kind)
    else:
        assert not met.safe
        kinds += told(met)

    assert kinds == ["carrier_gone"]
    assert "ของแดง" in titles(pair.daeng)
    shutil.rmtree(pair.stick, ignore_errors=True)
    (team.folder / "pulled").rename(pair.stick)
    pair.check()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever runs this may write")
def test_a_folder_that_may_not_be_written_still_gives_what_is_in_it(team: Team) -> None:
    pair = Pair(team.folder, Faults(team.folder / "nowhere"))
    pair.stick.chmod(0o555)

    met = pair.daeng.meet(pair.stick)

    pair.stick.chmod(0o755)
    assert told(met) == ["carrier_read_only"]
    assert met.received.sessions == 2


def test_what_does_not_read_back_is_not_called_safe(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Pair(team.folder, Faults(team.folder / "nowhere"))

    def lying(source: Path, target: Path) -> None:
        DISK.replace(source, target)
        if "stick" in target.parts:
            target.write_bytes(target.read_bytes()[:-4] + b"\0\0\0\n")

    pair.daeng._disk = dataclasses.replace(DISK, replace=lying)
    met = pair.daeng.meet(pair.stick)

    assert told(met) == ["carrier_refused"]
    assert "read back" in str(met.warnings[0].facts["refusal"])
    assert not met.safe
    pair.check()


def test_what_comes_in_is_durable_before_the_view_hears_of_it(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Pair(team.folder, Faults(team.folder / "nowhere"))
    steps: list[str] = []
    paths: dict[int, Path] = {}

    def opening(path: Path, flags: int) -> int:
        paths[fd := DISK.open(path, flags)] = path
        return fd

    def syncing(fd: int) -> None:
        steps.append(f"sync {paths[fd].name.split('.')[1]}")
        DISK.sync(fd)

    def replacing(source: Path, target: Path) -> None:
        steps.append(f"name {target.name.split('.')[0]}")
        DISK.replace(source, target)

    def folder(path: Path) -> None:
        steps.append(f"folder {path.name}")
        DISK.sync_folder(path)

    disk = dataclasses.replace(
        DISK, open=opening, sync=syncing, replace=replacing, sync_folder=folder
    )
    pair.daeng._disk = disk
    take_in = Forums.take_in_sealed

    def heard(forums: Forums, name: str, *rest: Any) -> None:
        steps.append(f"view {name.partition('/')[2].split('.')[0]}")
        take_in(forums, name, *rest)

    monkeypatch.setattr(Forums, "take_in_sealed", heard)
    met = pair.daeng.meet(pair.stick)

    files = [step.removeprefix("view ") for step in steps if step.startswith("view ")]
    assert len(files) == met.received.segments > 1
    folders = max(at for at, step in enumerate(steps) if step == "folder log")
    for file in files:
        order = [steps.index(f"{word} {file}") for word in ("sync", "name", "view")]
        assert order == sorted(order)
        assert order[1] < folders < order[2]
