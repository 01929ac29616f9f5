"""Backups: every line of a notebook in one file, and a notebook made from such a file."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .changes import segments
from .changes.ledger import Ledger
from .device import FILE, RESTORING, Device, new_device, write_device
from .errors import N_, DiskRefused, FileExists, FolderNotEmpty, NotABackup, StoreError
from .files import DISK, read_plain, refused, write_new

FORMAT: Final = "kmtui-backup"
VERSION: Final = 1
_LIST: Final = "backup.json"
_LARGEST: Final = 4 << 30
"""Bytes of a backup, packed or unpacked."""
_KEPT: Final = ("log", "damaged", "held")
"""Folders of a notebook that a backup holds."""
_MOST_FILES: Final = 200_000
_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""One time for all: the same notebook gives the same backup."""


def backup(folder: Path, ledger: Ledger, device: Device, file: Path) -> Mapping[str, Any]:
    """Write every line of a notebook into one file and read it back.

    Args:
        folder: Of the notebook.
        ledger: Its lines; those of the open file go in as a sealed file.
        device: Whose laptop.
        file: Where the backup goes.

    Returns:
        ``{"file", "bytes", "segments", "lines"}``

    Raises:
        FileExists, DiskRefused, NotebookReadOnly
    """
    if file.exists():
        raise FileExists(where=str(file))
    parts, lines = _parts(folder, ledger)
    content = _packed(parts, device)
    write_new(file, content)
    try:
        _unpacked(file)
    except NotABackup as error:
        raise DiskRefused(where=str(file), reason=N_("it did not read back as written")) from error
    return {"file": str(file), "bytes": len(content), "segments": len(parts), "lines": lines}


def _parts(folder: Path, ledger: Ledger) -> tuple[dict[str, bytes], int]:
    """Every sealed file, and the open one as if it were sealed now; how many lines."""
    parts = {f"log/{name}": ledger.archive.content(name) for name in ledger.archive.names()}
    kept = ledger.open_lines()
    if kept:
        seq, prev = ledger.archive.last_seal(ledger.dev)
        sealed = segments.seal(ledger.dev, seq + 1, prev, [line.raw for line in kept])
        parts[f"log/{ledger.dev}/{sealed.name}"] = sealed.content
    lines = sum(content.count(b"\n") - 2 for content in parts.values())
    for aside in ("damaged", "held"):
        for path in sorted((folder / aside).glob("*")) if (folder / aside).is_dir() else ():
            parts[f"{aside}/{path.name}"] = read_plain(path, segments.MAX_FILE)
    return parts, lines


def _packed(parts: Mapping[str, bytes], device: Device) -> bytes:
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    head = {"fmt": FORMAT, "v": VERSION, "dev": device.id, "owner": device.owner, "files": listed}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        first = json.dumps(head, ensure_ascii=False, indent=1).encode()
        for name, content in {_LIST: first, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _unpacked(file: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The list and the files of a backup, every one checked.

    Raises:
        NotABackup
    """
    try:
        content = read_plain(file, _LARGEST)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_FILES or sum(one.file_size for one in infos) > _LARGEST:
                raise NotABackup(where=str(file), reason=N_("it unpacks to more than 4 GB"))
            head = json.loads(archive.read(_LIST))
            if head["fmt"] != FORMAT or head["v"] != VERSION:
                raise NotABackup(where=str(file), reason=N_("it is of another program or version"))
            parts = {name: archive.read(name) for name in head["files"]}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, RuntimeError) as error:
        raise NotABackup(where=str(file), reason=N_("it is damaged or something else")) from error
    except zlib.error as error:
        raise NotABackup(where=str(file), reason=N_("it is damaged")) from error
    except (OSError, NotImplementedError) as error:
        raise NotABackup(where=str(file), reason=str(error)) from error
    for name, part in parts.items():
        if hashlib.sha256(part).hexdigest() != head["files"][name]:
            raise NotABackup(where=str(file), reason=f"{name} in it is damaged")
        if not _is_safe(name):
            raise NotABackup(where=str(file), reason=f"it names a file outside: {name[:60]}")
    return head, parts


def _is_safe(name: str) -> bool:
    """A name of ours: two or three plain parts below the folders that a notebook has."""
    first, *rest = name.split("/")
    plain = all(part and part.strip(". ") and not set(part) & set('\\:*?"<>|\0') for part in rest)
    return first in _KEPT and plain and 1 <= len(rest) <= 2


def restore(file: Path, folder: Path) -> Mapping[str, Any]:
    """Make a notebook from a backup, in a new or empty folder.

    It gets a laptop id of its own, so that the old laptop, if it lives, is another one. Where an
    earlier restore was cut off, what that left is taken away first; until the end is reached, the
    folder is opened as a notebook by nobody.

    Returns:
        ``{"folder", "segments", "lines", "laptop"}``

    Raises:
        NotABackup, FolderNotEmpty, DiskRefused, NotebookReadOnly
    """
    head, parts = _unpacked(file)
    mark = folder / RESTORING
    if mark.is_file():
        _clear(folder)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(where=str(folder))
    made = [mark]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_new(mark, b"")
        for name, content in parts.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            made.append(target)
            write_new(target, content)
        owner = head.get("owner", "")
        device = new_device(owner if isinstance(owner, str) else "")
        made.append(folder / FILE)
        write_device(folder, device)
        mark.unlink()
        DISK.sync_folder(folder)
    except (StoreError, OSError) as error:
        _remove(made, folder)
        raise refused(error, folder) if isinstance(error, OSError) else error from error
    lines = sum(
        content.count(b"\n") - 2 for name, content in parts.items() if name.startswith("log/")
    )
    segments_ = sum(name.startswith("log/") for name in parts)
    return {"folder": str(folder), "segments": segments_, "lines": lines, "laptop": device.id}


def _clear(folder: Path) -> None:
    """Take away what a restore that was cut off has left, but its mark."""
    try:
        for path in folder.iterdir():
            if path.name in _KEPT and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name == FILE or (path.name.startswith(".") and path.suffix == ".part"):
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
