"""The pen: one window writes to a notebook, and the others can say which one."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import sys
import time
from pathlib import Path
from typing import Final, Self

from .errors import N_, DiskRefused, NotebookInUse, StoreError
from .files import read_plain, refused, write_new
from .readings import Holder

LOCK: Final = "pen.lock"
HOLDER: Final = "holder.json"
_LONGEST: Final = 10_000
"""Bytes of a holder's name."""
_GLANCES: Final = 2
_GLANCE: Final = 0.03
"""Seconds."""
_TAKEN: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    _glance = _lock

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _glance(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)


def _lock_soon(fd: int) -> None:
    """Lock, past the moment in which another window only looks who has the pen."""
    for _trial in range(_GLANCES):
        try:
            return _lock(fd)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            time.sleep(_GLANCE)
    return _lock(fd)


class Pen:
    """Held while a window may write; the system takes it back from a process that dies."""

    def __init__(self, folder: Path, fd: int) -> None:
        self._folder = folder
        self._fd = fd

    @classmethod
    def take(cls, folder: Path, holder: Holder) -> Self:
        """Take the pen of a notebook.

        Args:
            folder: The notebook's.
            holder: Who takes it, for the other windows to read.

        Raises:
            NotebookInUse: Another process has it.
            NotebookReadOnly, DiskRefused
        """
        path = folder / LOCK
        try:
            fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise refused(error, path) from error
        try:
            _lock_soon(fd)
        except OSError as error:
            os.close(fd)
            if error.errno in _TAKEN:
                raise NotebookInUse(holder=_read(folder) or Holder()) from error
            reason = N_("this disk cannot lock a file, so two windows could write at once")
            raise DiskRefused(where=str(path), reason=reason) from error
        pen = cls(folder, fd)
        try:
            pen._sign(holder)
        except BaseException:
            pen.drop()
            raise
        return pen

    def _sign(self, holder: Holder) -> None:
        """Say who has it; a disk without room for a name still has a pen."""
        text = json.dumps(dataclasses.asdict(holder), ensure_ascii=False)
        try:
            write_new(self._folder / HOLDER, text.encode("utf-8", "replace"), sync=False)
        except DiskRefused:
            self._unsign()  # an earlier holder's name would be a lie

    def _unsign(self) -> None:
        try:
            (self._folder / HOLDER).unlink(missing_ok=True)
        except OSError:
            return  # a name without a lock means nobody

    def drop(self) -> None:
        """Put the pen down."""
        if self._fd >= 0:
            self._unsign()
            os.close(self._fd)
            self._fd = -1


def holder_of(folder: Path) -> Holder | None:
    """Who has the pen of a notebook now; None where nobody has."""
    try:
        fd = os.open(folder / LOCK, os.O_RDONLY)  # enough to look, also where nothing is written
    except OSError:
        return None
    try:
        _glance(fd)
    except OSError as error:
        return (_read(folder) or Holder()) if error.errno in _TAKEN else None
    finally:
        os.close(fd)
    return None


def _read(folder: Path) -> Holder | None:
    """The name beside the lock; None where it does not say."""
    nobody = dataclasses.asdict(Holder())
    try:
        found = json.loads(read_plain(folder / HOLDER, _LONGEST))
        said = {name: found[name] for name in nobody if name in found}
    except (StoreError, ValueError, TypeError, RecursionError):
        return None
    return Holder(**{name: one for name, one in said.items() if type(one) is type(nobody[name])})
