"""Backups: every line of a notebook in one file."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from .aside import read_aside
from .changes import segments
from .changes.ledger import Ledger
from .device import Device
from .errors import N_, DiskRefused, FileExists, NotABackup
from .files import read_plain, write_new
from .packed import DAY, FORMAT, KEPT, LIST, VERSION, Counts, check, opened


def backup(
    folder: Path,
    ledger: Ledger,
    device: Device,
    file: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Mapping[str, Any]:
    """Write every line of a notebook into one file and read it back, a part at a time.

    Args:
        folder: Of the notebook.
        ledger: Its lines; those of the open file go in as a sealed file.
        device: Whose laptop.
        file: Where the backup goes.
        progress: Told bytes done, and of how many, written and read back.

    Returns:
        ``{"file", "bytes", "segments", "lines"}``

    Raises:
        FileExists, DiskRefused, NotebookReadOnly
    """
    if file.exists():
        raise FileExists(where=str(file))
    counts = Counts(progress)
    counts.of = 2 * sum(path.stat().st_size for path in _kept_files(folder))
    parts = _parts(folder, ledger, counts)
    write_new(file, _packed(parts, device, read_aside(folder).laptops, counts), private=True)
    try:
        with opened(file) as (archive, head):
            for name in head["files"]:
                check(file, archive, name, head["files"][name], counts)
    except NotABackup as error:
        raise DiskRefused(where=str(file), reason=N_("it did not read back as written")) from error
    size = file.stat().st_size
    return {"file": str(file), "bytes": size, "segments": counts.parts, "lines": counts.lines}


def _kept_files(folder: Path) -> Iterator[Path]:
    for kept in KEPT:
        yield from (path for path in (folder / kept).rglob("*") if path.is_file())


def _parts(folder: Path, ledger: Ledger, counts: Counts) -> Iterator[tuple[str, bytes]]:
    """Every sealed file, and the open one as if it were sealed now, by their names."""

    def lines(name: str, content: bytes) -> tuple[str, bytes]:
        counts.lines += content.count(b"\n") - 2
        return f"log/{name}", content

    for name in ledger.archive.every_name():
        yield lines(name, ledger.archive.content(name))
    kept = ledger.open_lines()
    if kept:
        seq, prev = ledger.archive.last_seal(ledger.dev)
        sealed = segments.seal(ledger.dev, seq + 1, prev, [line.raw for line in kept])
        yield lines(f"{ledger.dev}/{sealed.name}", sealed.content)
    for aside in ("damaged", "held"):
        for path in sorted((folder / aside).glob("*")) if (folder / aside).is_dir() else ():
            yield f"{aside}/{path.name}", read_plain(path, segments.MAX_FILE)


class _Pipe:
    """A file that holds what was written to it only until it is taken."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._held.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        """What was written since."""
        held, self._held = self._held, []
        return b"".join(held)


def _packed(
    parts: Iterable[tuple[str, bytes]], device: Device, aside: Mapping[str, str], counts: Counts
) -> Iterator[bytes]:
    """The packed file, piece by piece; what is in it is listed at its end."""
    listed: dict[str, str] = {}
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            listed[name] = hashlib.sha256(content).hexdigest()
            archive.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)
            counts.parts += 1
            counts.went_on(len(content))
            yield pipe.taken()
        head = {"fmt": FORMAT, "v": VERSION, "dev": device.id, "owner": device.owner}
        whole = head | {"aside": dict(aside), "files": listed}
        told = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        archive.writestr(zipfile.ZipInfo(LIST, DAY), told, zipfile.ZIP_DEFLATED)
    yield pipe.taken()
