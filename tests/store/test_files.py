"""Whole files reach the disk or leave no trace, whichever step the disk refuses."""

from __future__ import annotations

import dataclasses
import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import DiskFull, DiskRefused, NoSuchFile, NotebookReadOnly
from store.files import DISK, CannotRead, Disk, read_plain, refused, write_new

STEPS = ("open", "write_at", "sync", "close", "replace")
"""The steps of a whole file up to the moment in which it has its name."""


def failing(step: str, error: BaseException) -> Disk:
    """A disk that does this step and then says that it failed."""
    real: Callable[..., object] = getattr(DISK, step)
    failed: dict[str, Any] = {}

    def fails(*args: object) -> object:
        if step == "close":
            real(*args)
        raise error

    failed[step] = fails
    return dataclasses.replace(DISK, **failed)


def counting(told: list[str]) -> Disk:
    """A disk that tells its steps."""

    def step(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def tells(*args: object) -> Any:
            told.append(name)
            return real(*args)

        return tells

    return Disk(
        **{
            part.name: step(part.name, getattr(DISK, part.name))
            for part in dataclasses.fields(Disk)
        }
    )


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_file_that_is_refused_at_any_step_leaves_the_earlier_one(
    tmp_path: Path, step: str, code: int
) -> None:
    path = tmp_path / "v.json"
    path.write_bytes("เดิม".encode())

    with pytest.raises((DiskRefused, NotebookReadOnly)):
        write_new(path, b"new", disk=failing(step, OSError(code, os.strerror(code))))

    assert [one.name for one in tmp_path.iterdir()] == ["v.json"]
    assert path.read_bytes() == "เดิม".encode()


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupted_file_leaves_nothing_half_written(tmp_path: Path, step: str) -> None:
    path = tmp_path / "v.json"

    with pytest.raises(KeyboardInterrupt):
        write_new(path, b"new", disk=failing(step, KeyboardInterrupt()))

    assert list(tmp_path.iterdir()) == []


def test_parts_that_cannot_be_made_leave_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    path.write_bytes(b"old")

    def parts() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("no second half")

    with pytest.raises(ValueError, match="no second half"):
        write_new(path, parts())

    assert [one.name for one in tmp_path.iterdir()] == ["v.json"]
    assert path.read_bytes() == b"old"


def test_a_file_has_its_name_only_once_its_bytes_are_on_the_disk(tmp_path: Path) -> None:
    told: list[str] = []

    write_new(tmp_path / "v.json", [b"a", b"b"], disk=counting(told))

    assert told == ["open", "write_at", "write_at", "sync", "close", "replace", "sync_folder"]


def test_a_file_that_can_be_made_again_is_not_waited_for(tmp_path: Path) -> None:
    told: list[str] = []

    write_new(tmp_path / "v.json", b"a", sync=False, disk=counting(told))

    assert not {"sync", "sync_folder"} & set(told)


@given(parts=st.lists(st.binary(max_size=40)))
def test_a_file_is_its_parts_in_order(
    parts: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("files") / "v.json"

    write_new(path, parts, sync=False)

    assert read_plain(path, 40 * len(parts)) == b"".join(parts)


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "v.json"
    real = os.write
    monkeypatch.setattr("store.files.os.write", lambda fd, rest: real(fd, bytes(rest)[:3]))

    write_new(path, [b"0123456789", b"abc"])

    assert path.read_bytes() == b"0123456789abc"


@pytest.mark.parametrize("held", [3, 8])
def test_a_file_that_a_scanner_holds_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    path = tmp_path / "v.json"
    waits: list[float] = []
    real = Path.replace
    tries = 0

    def scanned(source: Path, target: Path) -> Path:
        nonlocal tries
        tries += 1
        if tries <= held:
            raise PermissionError(errno.EACCES, "another program has it open")
        return real(source, target)

    monkeypatch.setattr("store.files._TRIES", 8)
    monkeypatch.setattr("store.files.time.sleep", waits.append)
    monkeypatch.setattr(Path, "replace", scanned)

    if held < 8:
        write_new(path, b"new")
        assert path.read_bytes() == b"new"
    else:
        with pytest.raises(NotebookReadOnly):
            write_new(path, b"new")
        assert list(tmp_path.iterdir()) == []

    assert waits == sorted(waits)
    assert len(waits) == min(held, 7)
    assert sum(waits) < 5


def test_a_folder_that_is_gone_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(DiskRefused) as refusal:
        write_new(tmp_path / "pulled out" / "v.json", b"new")

    assert refusal.value.facts["reason"] == "its folder is not there"


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (errno.ENOSPC, DiskFull, "the disk is full"),
        (errno.EFBIG, DiskFull, "the disk is full"),
        (errno.EDQUOT, DiskFull, "the disk is full"),
        (errno.EROFS, NotebookReadOnly, "cannot be written"),
        (errno.EACCES, NotebookReadOnly, "cannot be written"),
        (errno.EPERM, NotebookReadOnly, "cannot be written"),
        (errno.EIO, DiskRefused, os.strerror(errno.EIO)),
        (errno.ENOENT, NoSuchFile, "no file"),
    ],
)
def test_each_refusal_of_the_system_has_its_sentence(
    code: int, kind: type[Exception], words: str
) -> None:
    told = refused(OSError(code, os.strerror(code)), Path("เวที.json"))

    assert type(told) is kind
    assert words in str(told)
    assert "เวที.json" in str(told)


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole: no byte of it is on the disk

    with pytest.raises(CannotRead, match="too large"):
        read_plain(path, 1000)


def test_a_file_of_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "v"
    path.write_bytes(b"\0" * 1000)

    assert len(read_plain(path, 1000)) == 1000
    with pytest.raises(CannotRead):
        read_plain(path, 999)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links are made otherwise there")
@pytest.mark.parametrize("what", ["pipe", "link", "broken link", "folder"])
def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path, what: str) -> None:
    path = tmp_path / "v"
    (tmp_path / "secret").write_bytes(b"another's")
    if what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / ("secret" if what == "link" else "nowhere"))

    with pytest.raises(CannotRead, match="not a plain file"):
        read_plain(path, 1000)


def test_a_file_that_may_not_be_read_is_told_as_reading(tmp_path: Path) -> None:
    path = tmp_path / "v"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")

    with pytest.raises(CannotRead, match="cannot be read"):
        read_plain(path, 1000)


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        read_plain(tmp_path / "v", 1000)
