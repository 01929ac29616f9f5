"""Copies of files that could not be taken in, each with its reason, below ``held``."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..changes import segments
from ..changes.copies import REASON, has_room
from ..errors import DamagedSegment, NewerSegment, StoreError
from ..files import write_new
from ..secure.errors import NotSigned, OtherSigner, UnknownLaptop
from .errors import NotTakenIn, TooFarAhead

TRIED_AGAIN: Final = (
    NewerSegment,
    DamagedSegment,
    UnknownLaptop,
    NotSigned,
    OtherSigner,
    TooFarAhead,
)
"""What another meeting may mend."""
INTRODUCED: Final = (UnknownLaptop, OtherSigner)
"""What another laptop's word may mend."""
_BEGINS: Final = "carrier-"
_PLAIN: Final = re.compile(r"[^0-9A-Za-z\u0e01-\u0e4e._-]")
_OURS: Final = segments.FORMAT.encode()


class Held:
    """The copies of one notebook.

    Args:
        folder: The notebook's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "held"

    def keep(self, name: str, content: bytes, refusal: StoreError) -> None:
        """Keep a copy, in place of an earlier one of the same name on a carrier.

        Where our own disk refuses nothing is lost: the file stands on the carrier.
        """
        if _OURS not in content:
            return  # of another program, which looks after it
        target = self._place(name)
        try:
            self._folder.mkdir(exist_ok=True)
            if target.exists() and target.stat().st_size == len(content):
                return
            if not has_room(self._folder, len(content)):
                return
            write_new(target, content, sync=False)
            reason = str(refusal).encode("utf-8", "backslashreplace")
            write_new(_reason_of(target), reason, sync=False)
        except (StoreError, OSError):
            return

    def forget(self, name: str) -> None:
        """It could be taken in."""
        if not self._folder.is_dir():
            return
        target = self._place(name)
        for path in (target, _reason_of(target)):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue

    def copies(self) -> list[Path]:
        """The copies that are here."""
        if not self._folder.is_dir():
            return []
        every = sorted(self._folder.glob(f"{_BEGINS}*"))
        return [one for one in every if not one.name.endswith(REASON)]

    def drop(self, copy: Path) -> None:
        """One of them was taken in."""
        for path in (copy, _reason_of(copy)):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        raw = name.encode("utf-8", "surrogateescape")
        shown = _PLAIN.sub("_", name.rpartition("/")[2])[-60:]
        return self._folder / f"{_BEGINS}{zlib.crc32(raw):08x}-{shown}"


def _reason_of(target: Path) -> Path:
    return target.with_name(f"{target.name}{REASON}")


def unmendable(refusal: StoreError) -> StoreError:
    """What waiting does not mend, said so; a file that may still be copied stays as it is."""
    reason = refusal.facts.get("reason")
    if isinstance(refusal, DamagedSegment) and reason not in (segments.CUT, segments.SPOILED):
        return NotTakenIn(where=refusal.where, reason=reason)
    return refusal


def reason_of(error: StoreError) -> object:
    """Why a file could not be read, without its name."""
    return error.facts.get("reason", error.kind)
