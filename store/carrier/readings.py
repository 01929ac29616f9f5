"""What a meeting answers, and what is known of the other laptops."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import StoreError
from ..readings import Notice
from ..values import Value

LaptopState = Literal["", "gone", "aside"]
"""Meets with us, is not expected any more, or is set aside with all that it wrote."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Sent(Value):
    """What was put into the folder, and read back."""

    segments: int = 0
    changes: int = 0
    """Of records; what laptops tell of themselves is not counted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Received(Value):
    """What came in from the others."""

    segments: int = 0
    changes: int = 0
    """Of records, as in ``Sent``."""
    sessions: int = 0
    """New ones."""
    edited: int = 0
    """Sessions that were here and in which something came in."""
    laptops: int = 0
    """Whose changes came in."""
    on_both: int = 0
    """Sessions that were changed here and there without knowing of each other."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HeldFile(Value):
    """A file in the folder that could not be taken in, in whole or in part."""

    file: str
    """Below the folder, with ``/``."""
    refusal: StoreError
    retry: bool
    """Whether waiting may help: still being copied, or an update of the program."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Laptop(Value):
    """A laptop whose changes are here."""

    id: str
    name: str
    """Whose it is; empty where nobody has said it."""
    last_seen: dt.datetime | None
    """When it made the newest change that is here, as its clock said; aware."""
    changes: int
    """How many of its changes are here."""
    clock_wrong: bool = False
    """It wrote its newest change at a time that cannot be; ``last_seen`` is None then."""
    is_own: bool = False
    """This one."""
    state: LaptopState = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Joined(Value):
    """A laptop of a notebook that was started apart, met for the first time."""

    id: str
    name: str
    sessions: int
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Stranger(Value):
    """A laptop that nobody here knows."""

    id: str
    name: str
    """Whose it is; empty where it has not said it."""
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Unknown(Value):
    """A notebook that was started apart, of which nothing was taken in: somebody must say so."""

    laptops: tuple[Stranger, ...]
    sessions: int
    titles: tuple[str, ...]
    """Of some forums, the newest first."""
    places: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LeftOut(Value):
    """A laptop that is set aside, of which something new stands in the folder."""

    id: str
    name: str
    files: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Met(Value):
    """What a meeting did; with a dry run, what it would do."""

    folder: Path
    sent: Sent
    received: Received
    held: tuple[HeldFile, ...]
    conflicts: int
    """Fields of records that have several values now."""
    laptops: tuple[Laptop, ...]
    """Every one whose changes are here, this one too."""
    warnings: tuple[Notice, ...]
    """Each with its ``refusal`` among the facts: a StoreError that says the sentence."""
    joined: tuple[Joined, ...]
    stopped: bool
    """It was asked to stop; what is done is whole."""
    safe: bool
    """Everything that is here stands in the folder too and was read back: it may be pulled out."""
    dry_run: bool
    left_out: tuple[LeftOut, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    """Notebooks that somebody should say of whether they are taken in."""
    withheld: bool = False
    """Nothing of this laptop was put there: everybody in the folder is unknown or set aside."""
    whole_look: bool = True
    """All files in the folder were looked at."""
    removed: int = 0
    """Always: a meeting removes nothing, here or there."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class UsedCarrier(Value):
    """A folder in which this notebook met others before."""

    folder: Path
    last: dt.datetime | None
    """When; aware."""
    there: bool
    """Whether it is there now."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Receipts(Value):
    """Which laptops hold everything of a session that is here, as far as they have told."""

    session: str
    holding: tuple[Laptop, ...]
    """This one first."""
    lacking: tuple[Laptop, ...]
    """Those that are not known to hold its last change."""
