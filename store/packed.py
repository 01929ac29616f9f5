"""The form of a backup: a packed file with the files of a notebook and a list of them."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from .errors import N_, NotABackup
from .files import open_plain

FORMAT: Final = "kmtui-backup"
VERSION: Final = 1
LIST: Final = "backup.json"
_LARGEST: Final = 4 << 30
"""Bytes of a backup, packed or unpacked."""
KEPT: Final = ("log", "damaged", "held")
"""Folders of a notebook that a backup holds."""
_MOST_FILES: Final = 200_000
_LONGEST_LIST: Final = 64 << 20
"""Bytes of the list of what is in it."""
_PIECE: Final = 1 << 20
"""Bytes that are held at a time."""
DAY: Final = (1980, 1, 1, 0, 0, 0)
"""One time for all: the same notebook gives the same backup."""


class Counts:
    """What has gone into a backup or come out of one so far."""

    def __init__(self, progress: Callable[[int, int], None] | None) -> None:
        self._progress = progress
        self.parts = self.lines = self.done = self.of = 0
        self.damaged: list[str] = []
        """Files that went in as they are, or not at all, because they are not whole any more."""

    def went_on(self, many: int) -> None:
        """So many bytes more are done."""
        self.done += many
        if self._progress is not None:
            self._progress(min(self.done, self.of), self.of)


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Whatever of a backup cannot be read is refused. Raises NotABackup."""
    try:
        yield
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, RuntimeError) as error:
        raise NotABackup(where=str(file), reason=N_("it is damaged or something else")) from error
    except zlib.error as error:
        raise NotABackup(where=str(file), reason=N_("it is damaged")) from error
    except (OSError, NotImplementedError) as error:
        raise NotABackup(where=str(file), reason=str(error)) from error


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The packed file and the list of what is in it.

    Raises:
        NotABackup, NoSuchFile, CannotRead
    """
    with ExitStack() as stack:
        with _reading(file):
            content = stack.enter_context(open_plain(file, _LARGEST))
            archive = stack.enter_context(zipfile.ZipFile(content))
            head = _head(file, archive)
        yield archive, head


def _head(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    infos = archive.infolist()
    if len(infos) > _MOST_FILES or sum(one.file_size for one in infos) > _LARGEST:
        raise NotABackup(where=str(file), reason=N_("it unpacks to more than 4 GB"))
    if archive.getinfo(LIST).file_size > _LONGEST_LIST:
        raise NotABackup(where=str(file), reason=N_("it is damaged or something else"))
    head: dict[str, Any] = json.loads(archive.read(LIST))
    if head["fmt"] != FORMAT or head["v"] != VERSION:
        raise NotABackup(where=str(file), reason=N_("it is of another program or version"))
    if not isinstance(head["files"], dict):
        raise NotABackup(where=str(file), reason=N_("it is damaged or something else"))
    for name in head["files"]:
        archive.getinfo(name)
        if not _is_safe(name):
            raise NotABackup(where=str(file), reason=f"it names a file outside: {name[:60]}")
    return head


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """One part, a megabyte at a time."""
    with archive.open(name) as inside:
        while piece := inside.read(_PIECE):
            yield piece


def check(file: Path, archive: zipfile.ZipFile, name: str, sha256: str, counts: Counts) -> None:
    """Read one part and compare it with the list. Raises NotABackup."""
    found = hashlib.sha256()
    with _reading(file):
        for piece in pieces(archive, name):
            found.update(piece)
            counts.went_on(len(piece))
    if found.hexdigest() != sha256:
        raise NotABackup(where=str(file), reason=f"{name} in it is damaged")


def _is_safe(name: str) -> bool:
    """A name of ours: two or three plain parts below the folders that a notebook has."""
    first, *rest = name.split("/")
    plain = all(part and part.strip(". ") and not set(part) & set('\\:*?"<>|\0') for part in rest)
    return first in KEPT and plain and 1 <= len(rest) <= 2
