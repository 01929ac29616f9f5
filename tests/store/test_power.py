"""A power cut at any moment: sectors that were not flushed may stand, be old, or be torn."""

from __future__ import annotations

import dataclasses
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from store.edits import Add
from store.files import DISK, Disk
from store.notebook import Notebook
from store.records import Session, Turn
from tests.store.conftest import said

SECTOR = 512


class PowerCut(BaseException):
    """The moment the light goes out; no handler of the program's sees it."""


class Medium:
    """A drive that keeps what was flushed, and of the rest any sectors it likes."""

    def __init__(self, rng: random.Random, steps: int) -> None:
        self._rng = rng
        self._left = steps
        self._unflushed: dict[int, list[tuple[int, bytes]]] = {}
        self._paths: dict[int, Path] = {}

    def disk(self) -> Disk:
        """The disk to open a notebook with."""
        return dataclasses.replace(
            DISK, open=self.open, write_at=self.write_at, sync=self.sync, truncate=self.truncate
        )

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise PowerCut

    def open(self, path: Path, flags: int) -> int:
        fd = DISK.open(path, flags)
        self._paths[fd] = path
        self._unflushed[fd] = []
        return fd

    def write_at(self, fd: int, content: bytes, at: int) -> None:
        for start in range(at, at + len(content), SECTOR):
            before = os.pread(fd, SECTOR, start)
            self._unflushed[fd].append((start, before))
        DISK.write_at(fd, content, at)
        self._step()

    def sync(self, fd: int) -> None:
        self._step()
        DISK.sync(fd)
        self._unflushed[fd] = []
        self._step()

    def truncate(self, fd: int, size: int) -> None:
        DISK.truncate(fd, size)

    def cut(self) -> None:
        """What is on the medium when the power comes back."""
        for fd, writes in self._unflushed.items():
            if not writes or not self._paths[fd].exists():
                continue
            with self._paths[fd].open("r+b") as file:
                for start, before in reversed(writes):
                    if self._rng.random() < 0.5:
                        file.seek(start)
                        file.write(before)
                    if not before and self._rng.random() < 0.2:
                        file.truncate(start)


class LyingMedium(Medium):
    """A drive that says it has flushed, and has not."""

    def sync(self, fd: int) -> None:
        self._step()
        self._step()


def cut_once(folder: Path, rng: random.Random, kind: type[Medium] = Medium) -> int:
    """Write until the power goes; check the notebook; how many saves were told kept."""
    with Notebook.open(folder) as book:
        session = book.new_id("session")
        book.save(Add(Session(id=session, title="เวที")))
    medium = kind(rng, rng.randrange(2, 60))
    kept: list[str] = []
    book = Notebook.open(folder, disk=medium.disk())
    try:
        for number in range(40):
            texts = [f"{number}.{n}" + "ย" * rng.randrange(300) for n in range(rng.choice((1, 3)))]
            turns = (Add(Turn(session=session, text=text, place=number)) for text in texts)
            book.save(*turns)
            kept += texts
    except PowerCut:
        texts = [*kept, *texts]
    finally:
        book._ledger.close()
        assert book._pen is not None
        book._pen.drop()
    medium.cut()

    with Notebook.open(folder) as again:
        found = said(again, session)
    assert found in (kept, texts)
    return len(kept)


@pytest.mark.skipif(os.name == "nt", reason="reads at a place, which Windows has no call for")
@pytest.mark.parametrize("seed", range(60))
def test_what_was_told_kept_survives_a_power_cut(folder: Path, seed: int) -> None:
    rng = random.Random(seed)

    told: Callable[[], int] = lambda: cut_once(folder, rng)  # noqa: E731

    assert sum(told() for _ in range(4)) > 0


@pytest.mark.skipif(os.name == "nt", reason="reads at a place, which Windows has no call for")
def test_a_drive_that_lies_would_be_noticed_here(tmp_path: Path) -> None:
    """The test above can fail: without the flush it does."""
    lost = 0

    for seed in range(10):
        try:
            cut_once(tmp_path / str(seed), random.Random(seed), LyingMedium)
        except AssertionError:
            lost += 1

    assert lost > 5
