"""Looking through a folder without touching it: which files there may hold changes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from ..changes import segments
from ..device import FILE as DEVICE
from ..device import FORMAT
from ..errors import N_, StoreError
from ..files import read_plain
from ..secure.guard import ENDING
from .errors import (
    CarrierGone,
    CarrierIsNotebook,
    NoSuchCarrier,
    NotACarrier,
    NotTakenIn,
    StrayDevice,
    TooManyFiles,
)
from .readings import HeldFile

MAX_DEPTH: Final = 8
MAX_ENTRIES: Final = 100_000
_PASSING: Final = re.compile(r"^[.~]|\.(part|tmp|partial|crdownload)(\.jsonl)?$|~$", re.IGNORECASE)
"""Names of files that somebody is still writing."""
_OPEN: Final = "open.jsonl"
_ROOM: Final = 1 << 20
"""Bytes that an encrypted file may be larger than what is in it."""


class Found(NamedTuple):
    """A plain file that may hold changes."""

    path: Path
    name: str
    """Below the folder, with ``/``."""
    size: int


_OF_SYSTEMS: Final = frozenset({"lost+found", "system volume information", "$recycle.bin"})
"""Folders that a system keeps on a stick and lets nobody read."""
_DEVICE_LIMIT: Final = 64 * 1024

Waiting = list[tuple[Path, str, int]]
"""Folders still to look through, each with its name below the first and its depth."""


@dataclass(slots=True)
class Look:
    """What stands in a folder."""

    files: list[Found] = field(default_factory=list)
    held: list[HeldFile] = field(default_factory=list)
    warnings: list[StoreError] = field(default_factory=list)


def check_place(folder: Path, notebook: Path) -> None:
    """Refuse a folder that cannot be a meeting place.

    Raises:
        NoSuchCarrier, NotACarrier, CarrierIsNotebook
    """
    try:
        place, home = folder.resolve(), notebook.resolve()
        if place == home or place in home.parents or home in place.parents:
            raise CarrierIsNotebook(where=str(folder))
        if folder.exists() and not folder.is_dir():
            raise NotACarrier(where=str(folder))
        if any(map(_is_notebook, (place, *place.parents))):
            raise CarrierIsNotebook(where=str(folder))
        if not folder.exists() and not folder.parent.is_dir():
            raise NoSuchCarrier(where=str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise NoSuchCarrier(where=str(folder)) from error


def look(folder: Path, *, stop: Callable[[], bool]) -> Look:
    """Every file that may hold changes, by name; links are never followed.

    Args:
        folder: The meeting place.
        stop: Asked between folders whether to end early.

    Raises:
        CarrierGone: The folder itself cannot be read.
    """
    found = Look()
    if _has_device(folder):
        found.warnings.append(StrayDevice(where=DEVICE))
    entries = 0
    waiting: Waiting = [(folder, "", 0)]
    while waiting and not stop():
        place, below, depth = waiting.pop()
        try:
            inside = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            if depth == 0:
                raise CarrierGone(where=str(folder)) from error
            found.held.append(_unread(below.rstrip("/"), error))
            continue
        entries += len(inside)
        if entries > MAX_ENTRIES:
            found.warnings.append(TooManyFiles(where=str(folder), limit=MAX_ENTRIES))
            break
        for entry in inside:
            try:
                _sort(entry, below, depth, found, waiting)
            except OSError as error:
                found.held.append(_unread(below + entry.name, error))
    found.files.sort(key=lambda one: one.name)
    return found


def _sort(entry: os.DirEntry[str], below: str, depth: int, found: Look, waiting: Waiting) -> None:
    """A folder to look through, a file to read, or nothing of ours. Raises OSError."""
    name = below + entry.name
    if entry.is_dir(follow_symlinks=False):
        if _is_walked(entry.name) and depth < MAX_DEPTH:
            waiting.append((Path(entry.path), f"{name}/", depth + 1))
    elif _may_hold_changes(entry.name) and not (entry.name == _OPEN and below.endswith("log/")):
        _take(entry, name, found)


def _is_walked(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _OF_SYSTEMS


def _is_notebook(folder: Path) -> bool:
    """Whether a folder is one; other programs have files of this name too."""
    return _has_device(folder) and (folder / "log").is_dir()


def _has_device(folder: Path) -> bool:
    try:
        return FORMAT.encode() in read_plain(folder / DEVICE, _DEVICE_LIMIT)
    except StoreError:
        return False


def _may_hold_changes(name: str) -> bool:
    plain = name.lower().removesuffix(ENDING)
    return plain.endswith(".jsonl") and not _PASSING.search(plain)


def _take(entry: os.DirEntry[str], name: str, found: Look) -> None:
    status = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode):
        refusal = NotTakenIn(where=name, reason=N_("it is not a plain file"))
    elif status.st_size > segments.MAX_FILE + _ROOM:
        refusal = NotTakenIn(where=name, reason=N_("larger than 64 MB"))
    else:
        found.files.append(Found(Path(entry.path), name, status.st_size))
        return
    found.held.append(HeldFile(file=name, refusal=refusal, retry=False))


def _unread(name: str, error: OSError) -> HeldFile:
    reason = error.strerror or str(error)
    return HeldFile(file=name, refusal=NotTakenIn(where=name, reason=reason), retry=True)


def is_locked(found: Found) -> bool:
    """Whether a file is encrypted, by its name."""
    return found.path.name.lower().endswith(f".jsonl{ENDING}")


def names_of(folder: Path) -> Iterator[str]:
    """Names of the files in one folder; none where it is missing."""
    try:
        yield from sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return
