"""Putting sealed files into our own folder on a carrier, and reading them back."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

from ..changes import segments
from ..errors import N_, StoreError
from ..files import PASSING, Disk, read_plain
from ..secure.guard import Guard
from .errors import CarrierFull, CarrierGone, CarrierReadOnly, CarrierRefused
from .looking import names_of

OWN: Final = "kmtui-"
"""Begins the name of a laptop's folder, so that who finds one knows what it belongs to."""
_ROOM: Final = 1 << 20
"""Bytes that an encrypted file may be larger than what is in it."""
_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_GONE: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.EIO, errno.ENXIO, errno.ESTALE})
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Own:
    """The one folder on a carrier that this laptop writes in.

    Args:
        carrier: The meeting place.
        laptop: This one's id.
        disk: How bytes reach it.
        guard: What they pass on the way.
        make: Make the meeting place where it is missing; one that was there and is gone was
            pulled out, and must not be made on the disk beneath.
    """

    def __init__(self, carrier: Path, laptop: str, disk: Disk, guard: Guard, *, make: bool) -> None:
        self._guard = guard
        self._carrier = carrier
        self._make = make
        self.folder = carrier / f"{OWN}{laptop}"
        self._disk = disk
        self._ready = self._unsynced = False

    def holds(self, name: str, content: bytes) -> bool:
        """Whether this file stands there with these bytes."""
        path = self.folder / self._guard.name(name)
        try:
            if not self._guard.is_on() and path.lstat().st_size != len(content):
                return False
            found = read_plain(path, segments.MAX_FILE + _ROOM)
            return self._guard.inwards(found, name) == content
        except (OSError, StoreError):
            return False

    def put(self, name: str, content: bytes) -> None:
        """Write a file under a passing name, rename it, and read it back; then ``finish``.

        Raises:
            CarrierFull, CarrierReadOnly, CarrierGone, CarrierRefused: What stood there stands.
        """
        there = self._guard.name(name)
        target = self.folder / there
        passing = self.folder / f".{there}.{os.urandom(4).hex()}.part"
        try:
            self._make_ready()
            try:
                self._fill(passing, self._guard.outwards(content))
                self._disk.replace(passing, target)
            finally:
                _forget(passing)
            self._unsynced = True
        except OSError as error:
            raise self._refusal(error) from error
        if not self.holds(name, content):
            if not self.folder.is_dir():
                raise CarrierGone(where=str(self._carrier))
            reason = N_("it did not read back as written")
            raise CarrierRefused(where=str(self._carrier), reason=reason)

    def finish(self) -> None:
        """Make the names of what was put there durable.

        Raises:
            CarrierFull, CarrierReadOnly, CarrierGone, CarrierRefused
        """
        if not self._unsynced:
            return
        try:
            self._disk.sync_folder(self.folder)
        except OSError as error:
            raise self._refusal(error) from error
        self._unsynced = False

    def _make_ready(self) -> None:
        if not self._ready:
            for folder in (self._carrier, self.folder) if self._make else (self.folder,):
                if not folder.exists():
                    folder.mkdir()
                    self._disk.sync_folder(folder.parent)
            if not stat.S_ISDIR(self.folder.lstat().st_mode):  # a link would lead us elsewhere
                raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(self.folder))
            self._ready = True
            for left in names_of(self.folder):
                if left.startswith(".chg-") and PASSING.fullmatch(left):
                    _forget(self.folder / left)  # of a meeting that was killed; only we write here

    def _fill(self, path: Path, content: bytes) -> None:
        fd = self._disk.open(path, _FLAGS)
        try:
            self._disk.write_at(fd, content, 0)
            self._disk.sync(fd)
            if hasattr(os, "posix_fadvise"):  # so that reading back asks the medium
                os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            self._disk.close(fd)

    def _refusal(self, error: OSError) -> StoreError:
        where = str(self._carrier)
        if error.errno in _FULL:
            return CarrierFull(where=where)
        if error.errno in _FORBIDDEN:
            return CarrierReadOnly(where=where)
        if error.errno in _GONE and not self._carrier.is_dir():
            return CarrierGone(where=where)
        return CarrierRefused(where=where, reason=error.strerror or str(error))


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the carrier is gone; a passing name is read by nobody
