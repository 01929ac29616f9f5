"""Backups: every line of a notebook in one file."""

from __future__ import annotations

import glob
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, cast

from .aside import read_aside
from .changes import segments
from .changes.ledger import Ledger
from .device import Device
from .errors import N_, BackupLacks, DiskRefused, NotABackup, StoreError
from .files import read_plain, write_new
from .packed import DAY, FORMAT, KEPT, LIST, VERSION, Counts, check, opened

_SESSION: Final = re.compile(rb'\n\{"id":"[0-9A-Z]{26}","rec":"(session/[0-9A-Za-z_-]{1,64})"')


def backup(
    folder: Path,
    ledger: Ledger,
    device: Device,
    file: Path,
    sessions: Collection[str],
    progress: Callable[[int, int], None] | None = None,
) -> Mapping[str, Any]:
    """Write every line of a notebook into one file and read it back, a part at a time.

    Another window may record and seal meanwhile: the open file is read first, so what is sealed
    behind it stands in the backup twice and is never missed.

    Args:
        folder: Of the notebook.
        ledger: Its lines; those of the open file go in as a sealed file.
        device: Whose laptop.
        file: Where the backup goes.
        sessions: The ids of all forums that are shown here; each must be in what was read back.
        progress: Told bytes done, and of how many, written and read back.

    Returns:
        ``{"file", "bytes", "segments", "lines", "damaged": names of files that are not whole}``

    Raises:
        DiskRefused, NotebookReadOnly
        BackupLacks: A forum that is shown here is in no line that could be read; no file is left.
    """
    for left in file.parent.glob(f".{glob.escape(file.name)}.*.part"):
        left.unlink(missing_ok=True)  # of a backup to this place that was killed
    counts = Counts(progress)
    counts.of = 2 * sum(path.stat().st_size for path in _kept_files(folder))
    parts = _parts(folder, ledger, counts)
    write_new(file, _packed(parts, device, read_aside(folder).laptops, counts), private=True)
    try:
        missing = set(sessions) - _read_back(file, counts)
    except NotABackup as error:
        raise DiskRefused(where=str(file), reason=N_("it did not read back as written")) from error
    if missing and not counts.damaged:
        file.unlink(missing_ok=True)
        raise BackupLacks(where=str(file), count=len(missing))
    return {
        "file": str(file),
        "bytes": file.stat().st_size,
        "segments": counts.parts,
        "lines": counts.lines,
        "damaged": [f"log/{name}" for name in counts.damaged],
    }


def _read_back(file: Path, counts: Counts) -> set[str]:
    """Compare every part with what was written; the forums that its lines make."""
    found: set[str] = set()
    with opened(file) as (archive, head):
        for name, sha256 in head["files"].items():
            check(file, archive, name, sha256, counts)
            if name.startswith("log/"):
                every = _SESSION.findall(archive.read(name))
                found |= {one.decode() for one in every}
    return found


def _kept_files(folder: Path) -> Iterator[Path]:
    for kept in KEPT:
        yield from (path for path in (folder / kept).rglob("*") if path.is_file())


def _parts(folder: Path, ledger: Ledger, counts: Counts) -> Iterator[tuple[str, bytes]]:
    """Every sealed file, and the open one as if it were sealed now, by their names."""

    def lines(name: str, content: bytes) -> tuple[str, bytes]:
        counts.lines += content.count(b"\n") - 2
        return f"log/{name}", content

    kept = ledger.open_lines_now()
    for name in ledger.archive.every_name():
        try:
            content = ledger.archive.content(name)
        except StoreError:
            counts.damaged.append(name)
            continue
        if not segments.is_as_sealed(content, name):
            counts.damaged.append(name)
        yield lines(name, content)
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
