"""Restoring: a notebook made from a backup."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .aside import FILE as ASIDE
from .aside import laptops_in, write_aside
from .device import (
    FILE,
    RESTORING,
    Continues,
    Device,
    is_laptop,
    new_device,
    write_device,
)
from .errors import FolderNotEmpty, StoreError
from .files import DISK, OURS_ALONE, refused, write_new
from .packed import KEPT, Counts, check, opened, pieces


def restore(
    file: Path, folder: Path, progress: Callable[[int, int], None] | None = None
) -> Mapping[str, Any]:
    """Make a notebook from a backup, in a new or empty folder.

    All of it is read and compared first, then written a piece at a time. The notebook gets a
    laptop id of its own, so that the old laptop, if it lives, is another one. Where an earlier
    restore was cut off, what that left is taken away first; until the end is reached, the folder
    is opened as a notebook by nobody.

    Args:
        file: The backup.
        folder: Where the notebook is made.
        progress: Told bytes done, and of how many, compared and written.

    Returns:
        ``{"folder", "segments", "lines", "laptop"}``

    Raises:
        NotABackup, NoSuchFile, CannotRead, FolderNotEmpty, DiskRefused, NotebookReadOnly
    """
    counts = Counts(progress)
    with opened(file) as (archive, head):
        counts.of = 2 * sum(archive.getinfo(name).file_size for name in head["files"])
        for name, sha256 in head["files"].items():
            check(file, archive, name, sha256, counts)
        mark = folder / RESTORING
        if mark.is_file():
            _clear(folder)
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderNotEmpty(where=str(folder))
        device = _unpack(archive, head, folder, counts)
    return {
        "folder": str(folder),
        "segments": counts.parts,
        "lines": counts.lines,
        "laptop": device.id,
    }


def _unpack(
    archive: zipfile.ZipFile, head: Mapping[str, Any], folder: Path, counts: Counts
) -> Device:
    """Write every part into a folder that is marked meanwhile; all of them or none."""
    mark = folder / RESTORING
    made = [mark]
    try:
        folder.mkdir(mode=OURS_ALONE, parents=True, exist_ok=True)
        write_new(mark, b"")
        for name in head["files"]:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            made.append(target)
            write_new(target, _told(pieces(archive, name), name, counts))
        owner = head.get("owner", "")
        device = replace(
            new_device(owner if isinstance(owner, str) else ""), continues=_continues(head)
        )
        if aside := laptops_in(head.get("aside")):
            made.append(folder / ASIDE)
            write_aside(folder, aside)
        made.append(folder / FILE)
        write_device(folder, device)
        mark.unlink()
        DISK.sync_folder(folder)
    except OSError as error:
        _remove(made, folder)
        raise refused(error, folder) from error
    except (StoreError, zipfile.BadZipFile, zlib.error, EOFError):
        _remove(made, folder)
        raise
    return device


def _continues(head: Mapping[str, Any]) -> Continues | None:
    """The laptop that the backup was made on, with how many files of it are in there."""
    laptop = head.get("dev")
    if not isinstance(laptop, str) or not is_laptop(laptop):
        return None
    return Continues(laptop, sum(name.startswith(f"log/{laptop}/") for name in head["files"]))


def _told(pieces: Iterable[bytes], name: str, counts: Counts) -> Iterator[bytes]:
    """The same pieces, counted: segments, their lines, bytes."""
    is_log = name.startswith("log/")
    counts.parts += is_log
    counts.lines -= 2 * is_log  # the first and the last line of a segment are none of a record
    for piece in pieces:
        counts.lines += is_log * piece.count(b"\n")
        counts.went_on(len(piece))
        yield piece


def _clear(folder: Path) -> None:
    """Take away what a restore that was cut off has left, but its mark."""
    try:
        for path in folder.iterdir():
            if path.name in KEPT and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name in (FILE, ASIDE) or (
                path.name.startswith(".") and path.suffix == ".part"
            ):
                path.unlink()
    except OSError as error:
        raise refused(error, folder) from error


def _remove(made: list[Path], folder: Path) -> None:
    """Take back what a refused restore has written."""
    for path in reversed(made):
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder.parent or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
