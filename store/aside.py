"""Laptops that are set aside: their lines stay on the disk, out of every view, not passed on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from .errors import StoreError
from .files import DISK, Disk, read_plain, write_new

FILE: Final = "aside.json"
_FORMAT: Final = "kmtui-aside"
_VERSION: Final = 1
_LIMIT: Final = 1 << 20
_MOST: Final = 10_000
_LONGEST: Final = 200
"""Letters of an owner's name."""
_ID: Final = re.compile(r"[0-9a-z]{1,32}")


class Aside(NamedTuple):
    """What the notebook's own list says."""

    laptops: Mapping[str, str]
    """Whose each is, by its id; empty where nobody has said it."""
    lost: bool = False
    """There is a list and it cannot be read: nobody is set aside until it is said anew."""


def read_aside(folder: Path) -> Aside:
    """The laptops that a notebook has set aside."""
    path = folder / FILE
    if not path.exists():
        return Aside({})
    try:
        found = json.loads(read_plain(path, _LIMIT))
        if found["fmt"] != _FORMAT or not isinstance(found["laptops"], dict):
            return Aside({}, lost=True)
        return Aside(laptops_in(found["laptops"]))
    except (StoreError, ValueError, KeyError, TypeError, RecursionError):
        return Aside({}, lost=True)


def laptops_in(found: object) -> dict[str, str]:
    """Laptops with their owners among what a file says; what is none is left out."""
    several = list(found.items())[:_MOST] if isinstance(found, dict) else ()
    return {
        one: name[:_LONGEST]
        for one, name in several
        if isinstance(one, str) and isinstance(name, str) and _ID.fullmatch(one)
    }


def write_aside(folder: Path, laptops: Mapping[str, str], disk: Disk = DISK) -> None:
    """Keep which laptops are set aside.

    Raises:
        DiskRefused, NotebookReadOnly: The earlier list stands.
    """
    values = {"fmt": _FORMAT, "v": _VERSION, "laptops": dict(sorted(laptops.items()))}
    text = json.dumps(values, ensure_ascii=False, indent=1)
    write_new(folder / FILE, text.encode("utf-8", "backslashreplace"), disk=disk)
