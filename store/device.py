"""Which laptop this is: its random id, made at first start, and whose it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from .errors import HalfRestored, NewerNotebook, NotANotebook
from .files import read_plain, refused, write_new

FILE: Final = "device.json"
RESTORING: Final = "restoring"
"""Is there from the first to the last moment of a restore; ``store.restoring`` writes it."""
KEYS: Final = "secure.json"
"""The team's key and this laptop's, where there are some; ``store.secure`` reads it."""
SIGNING_KEY: Final = "signing.key"
"""What this laptop signs with, for good."""
FORMAT: Final = "kmtui-notebook"
VERSION: Final = 1
_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"
_ID: Final = re.compile(r"[0-9a-z]{10}")
_OURS: Final = frozenset(
    {FILE, "log", "view", "cache", "held", "damaged", "drafts", "backups"}
    | {"pen.lock", "holder.json", "last-error.txt", "settings.toml", "carriers.json", KEYS}
    | {RESTORING, SIGNING_KEY, "aside.json"}
)
_WRITER: Final = re.compile(rb'"dev":"([0-9a-z]{10})"')
_LIMIT: Final = 64 * 1024
MOST_LETTERS: Final = 1_000
"""Of an owner's name; one that fills the file would keep the notebook shut."""
_OPEN_LIMIT: Final = 1 << 30


class Continues(NamedTuple):
    """The laptop whose backup a notebook was made of."""

    laptop: str
    files: int
    """How many files of it the backup held; where more are met, it lives on."""


@dataclass(frozen=True, slots=True)
class Device:
    """This laptop, as its notebook knows it."""

    id: str
    """Ten letters and digits."""
    owner: str = ""
    """Whose laptop; empty where nobody has said it."""
    continues: Continues | None = None


def is_laptop(found: str) -> bool:
    """Whether this has the form of a laptop's id."""
    return _ID.fullmatch(found) is not None


def new_device(owner: str = "", *, chance: Callable[[int], bytes] = os.urandom) -> Device:
    """A laptop with a fresh id.

    Args:
        owner: Whose laptop.
        chance: Gives this many random bytes; tests pass a fixed stream.
    """
    number, letters = int.from_bytes(chance(16), "big"), []
    for _ in range(10):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return Device("".join(letters), owner)


def read_device(folder: Path) -> Device | None:
    """The laptop that a notebook's folder names; None where it names none that can be read.

    Raises:
        NewerNotebook: A newer version made the notebook.
        NotANotebook: The folder is a file, or holds other things and no notebook.
        HalfRestored: A restore into it was cut off.
    """
    path = folder / FILE
    if folder.exists() and not folder.is_dir():
        raise NotANotebook(where=str(folder))
    if (folder / RESTORING).exists():
        raise HalfRestored(where=str(folder))
    if not path.exists():
        _refuse_foreign(folder)
        return None
    try:
        if path.is_file() and path.stat().st_size > _LIMIT:
            return None  # nothing that we wrote
        found = json.loads(read_plain(path, _LIMIT))
    except (OSError, ValueError, RecursionError):
        return None  # damaged: a fresh id is made, the lines are all there
    if not isinstance(found, dict):
        return None
    version = found.get("v")
    if found.get("fmt") == FORMAT and isinstance(version, int) and version > VERSION:
        raise NewerNotebook(where=str(folder), found=version, known=VERSION)
    device = found.get("dev")
    if not isinstance(device, str) or not _ID.fullmatch(device):
        return None
    return Device(device, _owner(found), _continues(found))


def _owner(found: dict[str, Any]) -> str:
    owner = found.get("owner")
    if not isinstance(owner, str):
        return ""
    return owner.encode("utf-8", "replace").decode()[:MOST_LETTERS]


def _continues(found: dict[str, Any]) -> Continues | None:
    laptop, files = found.get("continues"), found.get("continues_files")
    if isinstance(laptop, str) and _ID.fullmatch(laptop) and type(files) is int:
        return Continues(laptop, files)
    return None


def _refuse_foreign(folder: Path) -> None:
    if not folder.is_dir():
        return
    try:
        names = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise refused(error, folder) from error
    strangers = {name for name in names - _OURS if not name.startswith(".")}
    if strangers and "log" not in names:
        raise NotANotebook(where=str(folder))


def write_device(folder: Path, device: Device) -> None:
    """Keep which laptop this is. Raises DiskRefused or NotebookReadOnly."""
    values = {"fmt": FORMAT, "v": VERSION, "dev": device.id, "owner": device.owner[:MOST_LETTERS]}
    if device.continues is not None:
        laptop, files = device.continues
        values |= {"continues": laptop, "continues_files": files}
    text = json.dumps(values, ensure_ascii=False, indent=1)
    write_new(folder / FILE, text.encode("utf-8", "backslashreplace"))


def settled(
    folder: Path, device: Device | None, *, chance: Callable[[int], bytes] = os.urandom
) -> Device:
    """The laptop of a notebook that is about to be written: the known one, or a fresh one kept.

    Where the device file was lost, the open file still says which laptop wrote it.
    """
    if device is not None:
        return device
    fresh = new_device(chance=chance)
    open_file = folder / "log" / "open.jsonl"
    if open_file.exists():
        writers = {found.decode() for found in _WRITER.findall(read_plain(open_file, _OPEN_LIMIT))}
        if len(writers) == 1:
            fresh = Device(writers.pop())
    write_device(folder, fresh)
    return fresh
