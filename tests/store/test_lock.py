"""One window has the pen; the others know who, and a window that dies gives it back."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import lock
from store.errors import DiskRefused, NotebookInUse, NotebookReadOnly
from store.lock import HOLDER, LOCK, Pen, holder_of
from store.readings import Holder

ROOT = Path(__file__).parents[2]
AOY = Holder(
    pid=4711, laptop="k7m2x9q4ta", owner="คุณอ้อย", since="2026-11-22T09:31:00+07:00",
    program="kmtui",
)  # fmt: skip
OTHER = """
import sys, os
from pathlib import Path
from store.lock import Pen
from store.readings import Holder
pen = Pen.take(Path(sys.argv[1]), Holder(pid=os.getpid(), owner="คุณนิด", program="kmtui log"))
print("taken", flush=True)
sys.stdin.read()
pen.drop()
"""


@contextmanager
def other_window(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the pen until its input ends."""
    line = [sys.executable, "-c", OTHER, str(folder)]
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "taken\n"
        try:
            yield window
        finally:
            window.kill()


def test_the_second_window_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    with other_window(tmp_path) as window:
        with pytest.raises(NotebookInUse) as refusal:
            Pen.take(tmp_path, AOY)

        holder = refusal.value.facts["holder"]

    assert isinstance(holder, Holder)
    assert (holder.owner, holder.program, holder.pid) == ("คุณนิด", "kmtui log", window.pid)
    assert "คุณนิด" in str(refusal.value)


def test_two_windows_of_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    pen = Pen.take(tmp_path, AOY)

    with pytest.raises(NotebookInUse):
        Pen.take(tmp_path, AOY)

    pen.drop()
    Pen.take(tmp_path, AOY).drop()


def test_the_pen_is_free_again_after_a_kill_and_its_holder_is_nobody(tmp_path: Path) -> None:
    with other_window(tmp_path) as window:
        window.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        window.wait()

        assert (tmp_path / HOLDER).exists()
        assert holder_of(tmp_path) is None
        pen = Pen.take(tmp_path, AOY)

    assert holder_of(tmp_path) == AOY
    pen.drop()


def test_looking_on_says_who_has_the_pen_and_leaves_it(tmp_path: Path) -> None:
    pen = Pen.take(tmp_path, AOY)

    assert holder_of(tmp_path) == AOY
    assert holder_of(tmp_path) == AOY
    with pytest.raises(NotebookInUse):
        Pen.take(tmp_path, AOY)

    pen.drop()
    assert holder_of(tmp_path) is None


def test_a_dropped_pen_leaves_no_name_and_can_be_dropped_again(tmp_path: Path) -> None:
    pen = Pen.take(tmp_path, AOY)

    pen.drop()
    pen.drop()

    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def test_looking_at_a_folder_without_a_pen_makes_none(tmp_path: Path) -> None:
    assert holder_of(tmp_path) is None
    assert holder_of(tmp_path / "nowhere") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'"x"', b"null", b'{"pid":"4711","owner":["x"]}', b"\xff",
     b"[" * 9_999, b" " * 20_000],
    ids=["nothing", "list", "half", "text", "null", "wrong kinds", "no text", "deep", "long"],
)  # fmt: skip
def test_a_name_that_nobody_can_read_is_somebody_unknown(tmp_path: Path, content: bytes) -> None:
    pen = Pen.take(tmp_path, AOY)
    (tmp_path / HOLDER).write_bytes(content)

    assert holder_of(tmp_path) == Holder()
    with pytest.raises(NotebookInUse, match="unknown"):
        Pen.take(tmp_path, AOY)

    pen.drop()


def test_what_a_newer_version_says_of_its_holder_is_read_as_far_as_known(tmp_path: Path) -> None:
    pen = Pen.take(tmp_path, AOY)
    (tmp_path / HOLDER).write_text(
        json.dumps({"pid": 5, "owner": "คุณแดง", "mood": 1}), encoding="utf-8"
    )

    assert holder_of(tmp_path) == Holder(pid=5, owner="คุณแดง")

    pen.drop()


def test_a_glance_at_the_moment_of_taking_does_not_refuse_the_pen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / LOCK).open("w") as looking:
        lock._glance(looking.fileno())
        monkeypatch.setattr("store.lock.time.sleep", lambda _seconds: looking.close())

        pen = Pen.take(tmp_path, AOY)

    pen.drop()


def test_a_full_disk_still_has_a_pen_and_no_earlier_holder_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / HOLDER).write_text('{"pid": 1, "owner": "คุณเก่า"}', encoding="utf-8")

    def full(path: Path, content: bytes, *, sync: bool) -> None:
        raise DiskRefused(where=str(path), reason="the disk is full")

    monkeypatch.setattr("store.lock.write_new", full)

    pen = Pen.take(tmp_path, AOY)

    assert holder_of(tmp_path) == Holder()
    pen.drop()


def test_a_disk_without_locks_is_told_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(fd: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("store.lock._lock", none)
    monkeypatch.setattr("store.lock._glance", none)

    with pytest.raises(DiskRefused, match="cannot lock"):
        Pen.take(tmp_path, AOY)
    assert holder_of(tmp_path) is None
    assert not (tmp_path / HOLDER).exists()


def test_a_folder_that_cannot_be_written_is_told_as_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_args: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("store.lock.os.open", forbidden)

    with pytest.raises(NotebookReadOnly):
        Pen.take(tmp_path, AOY)


def test_a_pen_that_cannot_be_signed_is_put_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path, content: bytes, *, sync: bool) -> None:
        raise NotebookReadOnly(where=str(path))

    with monkeypatch.context() as patch:
        patch.setattr("store.lock.write_new", forbidden)
        with pytest.raises(NotebookReadOnly):
            Pen.take(tmp_path, AOY)

    Pen.take(tmp_path, AOY).drop()


def test_a_child_does_not_keep_the_pen_of_its_parent(tmp_path: Path) -> None:
    pen = Pen.take(tmp_path, AOY)
    child = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
    )
    pen.drop()

    try:
        assert holder_of(tmp_path) is None
        Pen.take(tmp_path, AOY).drop()
    finally:
        child.communicate()
