"""Getting bytes to a disk, and a refusal of the disk as a sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from .errors import N_, DiskFull, DiskRefused, NoSuchFile, NotebookReadOnly, StoreError

OURS_ALONE: Final = 0o700
"""Mode of a folder that is made for a notebook: other accounts of the machine see nothing of it.

A folder that was there before keeps its own mode: some people share one on purpose.
"""
_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_TRIES: Final = 8 if os.name == "nt" else 1
"""On Windows a virus scanner holds a new file for a moment."""
PASSING: Final = re.compile(r"\..+\.[0-9a-f]{8}\.part")
"""Names under which files are written, before they get their own."""
_CANNOT_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY})
"""What a file system answers that has no such way to sync (exFAT, network drives)."""


class CannotRead(DiskRefused):
    """A file is there and cannot be read."""

    kind = "cannot_read"
    sentence = N_("{where} cannot be read: {reason}.")
    brief = ""


def _sync(fd: int) -> None:
    """Bring a file's bytes to the medium, past the drive's own cache where the system can."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _CANNOT_SYNC:
                raise
            os.fsync(fd)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(fd)
    else:
        os.fsync(fd)


def _sync_folder(path: Path) -> None:
    """Make new names in a folder durable; Windows does so by itself."""
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(fd)


def _write_at(fd: int, content: bytes, at: int) -> None:
    """Write all of it at this place."""
    os.lseek(fd, at, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _replace(source: Path, target: Path) -> None:
    """Give a file the name of another, which must not be open in this program."""
    for trial in range(_TRIES):
        try:
            source.replace(target)
        except PermissionError:
            if trial == _TRIES - 1:
                raise
            time.sleep(0.02 * 2**trial)
        else:
            return


@dataclass(frozen=True, slots=True)
class Disk:
    """How bytes reach the disk; a test passes one that fails at a chosen step."""

    open: Callable[[Path, int], int] = lambda path, flags: os.open(path, flags, 0o644)
    write_at: Callable[[int, bytes, int], None] = _write_at
    sync: Callable[[int], None] = _sync
    truncate: Callable[[int, int], None] = os.ftruncate
    close: Callable[[int], None] = os.close
    replace: Callable[[Path, Path], None] = _replace
    sync_folder: Callable[[Path], None] = _sync_folder


DISK: Final = Disk()
"""The real one."""


def write_new(
    path: Path,
    content: bytes | Iterable[bytes],
    *,
    sync: bool = True,
    name: bool = True,
    private: bool = False,
    disk: Disk = DISK,
) -> None:
    """Write a whole file: beside its place under a passing name, then renamed.

    Args:
        path: Where it goes; an earlier file of the name is replaced, and stands until then.
        content: All of it, or its parts in order.
        sync: Wait until it is on the medium.
        name: Wait until its name is there too; False where the folder is synced after many files.
        private: Whether other accounts of the machine may not read it, where the system knows them.
        disk: How bytes reach the disk.

    Raises:
        DiskRefused, NotebookReadOnly: The earlier file is as it was, and nothing else is left; only
            where the folder itself could not be synced at the very end, the new file stands.
    """
    passing = path.parent / f".{path.name}.{os.urandom(4).hex()}.part"
    try:
        _fill(passing, content, sync=sync, private=private, disk=disk)
        disk.replace(passing, path)
        if sync and name:
            disk.sync_folder(path.parent)
    except FileNotFoundError as error:
        raise DiskRefused(where=str(path), reason=N_("its folder is not there")) from error
    except OSError as error:
        raise refused(error, path) from error
    finally:
        _forget(passing)


def sweep(*folders: Path) -> None:
    """Take away what a kill has left under a passing name; nobody else may be writing there."""
    for folder in folders:
        try:
            left = [one for one in folder.iterdir() if PASSING.fullmatch(one.name)]
        except OSError:
            continue  # it is not there
        for path in left:
            _forget(path)


def _fill(
    path: Path, content: bytes | Iterable[bytes], *, sync: bool, private: bool, disk: Disk
) -> None:
    """Write a file that is not there yet."""
    fd = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0))
    try:
        if private:
            _hide(path)
        at = 0
        for part in (content,) if isinstance(content, bytes) else content:
            disk.write_at(fd, part, at)
            at += len(part)
        if sync:
            disk.sync(fd)
    finally:
        disk.close(fd)


def _hide(path: Path) -> None:
    """For this account alone; a stick that knows no accounts has nothing to hide from."""
    if os.name != "nt":
        with contextlib.suppress(OSError):
            path.chmod(0o600)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the disk is gone; a passing name is read by nobody


def read_plain(path: Path, limit: int) -> bytes:
    """A plain file's bytes: no link, pipe or device.

    Args:
        path: The file.
        limit: Bytes that it may have; looked at before anything is read.

    Raises:
        NoSuchFile, CannotRead
    """
    with open_plain(path, limit) as file:
        try:
            return bytes(file.read(os.fstat(file.fileno()).st_size))
        except OSError as error:
            raise CannotRead(where=str(path), reason=error.strerror or str(error)) from error


def open_plain(path: Path, limit: int) -> BinaryIO:
    """A plain file, open for reading; arguments and errors as of ``read_plain``."""
    flags = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        _need_plain(path, path.lstat())
        file = open(os.open(path, os.O_RDONLY | flags), "rb")  # noqa: PTH123, SIM115 - by number
    except FileNotFoundError as error:
        raise NoSuchFile(where=str(path)) from error
    except OSError as error:
        raise CannotRead(where=str(path), reason=error.strerror or str(error)) from error
    try:
        _need_plain(path, os.fstat(file.fileno()), limit)  # another may have taken the name
    except CannotRead:
        file.close()
        raise
    return file


def _need_plain(path: Path, found: os.stat_result, limit: int | None = None) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise CannotRead(where=str(path), reason=N_("it is not a plain file"))
    if limit is not None and found.st_size > limit:
        raise CannotRead(where=str(path), reason=N_("it is too large"))


def refused(error: OSError, path: Path) -> StoreError:
    """What the system refused, as a refusal of the store."""
    if error.errno in _FULL:
        return DiskFull(where=str(path))
    if error.errno == errno.ENOENT:
        return NoSuchFile(where=str(path))
    if error.errno in _FORBIDDEN:
        return NotebookReadOnly(where=str(path))
    return DiskRefused(where=str(path), reason=error.strerror or str(error))
