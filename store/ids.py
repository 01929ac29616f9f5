"""Ids: of changes, sortable by time and unlike any other; of records, which tell their session.

A change id is 26 letters of Crockford's base 32: 48 bits of milliseconds, 16 of a counter, 44
random ones and 20 that follow from the laptop. The random part keeps cloned laptops apart. Clocks
choose only which of two unseen edits is shown first, so a wrong clock can lose nothing; an
impossible one is brought into range.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Final

from .records import RecordId

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WORTH: Final = {letter: worth for worth, letter in enumerate(LETTERS)}
CHANGE_ID: Final = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
RECORD_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}/[0-9A-Za-z_-]{1,64}")
OF_SESSION: Final = frozenset({"turn", "attendance", "lesson", "outcome", "review"})
"""Kinds whose ids begin with the letters of their session."""

EARLIEST: Final = 1_735_689_600_000
"""1 January 2025 in milliseconds: no change is older than the format."""
LATEST: Final = 4_102_444_800_000
"""1 January 2100 in milliseconds: not reached."""
BELIEVED: Final = 3_786_912_000_000
"""1 January 2090 in milliseconds: no clock is believed to be there. A change may stand behind it
only where it follows another one step by step, so that nobody comes near the end of the range."""
STEP: Final = 1
"""Milliseconds by which a change stands behind the one that pushed it forward, at most."""
_SIGN_AT: Final = slice(14, 18)
"""The letters of an id that tell the laptop; not at its end, where people shorten ids."""
_BEHIND_SIGN: Final = 40
"""Bits behind those letters."""
_SIGN: Final = ((1 << 20) - 1) << _BEHIND_SIGN
_BUDDHIST_ERA: Final = 543
"""Years by which พ.ศ. is ahead."""


_PAIRS: Final = tuple(first + second for first in LETTERS for second in LETTERS)


def letters_of(number: int) -> str:
    """128 bits as 26 letters."""
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -10, -10)])


FIRST_ID: Final = letters_of(EARLIEST << 80)
LAST_ID: Final = letters_of(LATEST << 80)
FAR_ID: Final = letters_of(BELIEVED << 80)


def sane_milliseconds(milliseconds: float) -> int:
    """A clock reading inside the range of the format.

    A clock set to 2569 (พ.ศ. typed as a Gregorian year) becomes 2026; any other impossible reading
    becomes the first moment of the format.
    """
    whole = int(milliseconds)
    if whole >= BELIEVED:
        whole = _as_gregorian(whole)
    return whole if EARLIEST <= whole < BELIEVED else EARLIEST


def _as_gregorian(milliseconds: int) -> int:
    try:
        read = datetime.fromtimestamp(milliseconds / 1000, UTC)
        day = 28 if (read.month, read.day) == (2, 29) else read.day
        return int(read.replace(year=read.year - _BUDDHIST_ERA, day=day).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return EARLIEST


def _clock_part(change_id: str) -> tuple[int, int]:
    number = 0
    for letter in change_id:
        number = number * 32 + _WORTH[letter]
    return number >> 80, (number >> 64) & 0xFFFF


def clock_milliseconds(change_id: str) -> int:
    """The clock reading in a change id, in milliseconds of UTC."""
    return _clock_part(change_id)[0]


def random_64_bits() -> int:
    """From the system's own source of chance."""
    return int.from_bytes(os.urandom(8), "big")


def is_odd(milliseconds: float) -> bool:
    """Whether a reading of a clock is out of the format's range."""
    return not EARLIEST <= milliseconds < BELIEVED


def strays(ids: Iterable[str], known: Iterable[str]) -> set[str]:
    """Ids that no clock and no edit can have made: far ahead, and following nothing step by step.

    Which ids stray follows from all of them together, whatever came first.

    Args:
        ids: Of the lines that are looked at.
        known: Of lines that are here already.
    """
    far = {one for one in ids if one >= FAR_ID}
    found = set[str]()
    reached = BELIEVED
    for one in sorted(far | {one for one in known if one >= FAR_ID}):
        moment = clock_milliseconds(one)
        if moment > reached + STEP:
            found.add(one)
        else:
            reached = moment
    return found & far


def _sign(laptop: str) -> int:
    return (zlib.crc32(laptop.encode()) << _BEHIND_SIGN) & _SIGN


@cache
def sign_of(laptop: str) -> str:
    """The letters that every id of a laptop carries; few enough for two laptops to share them."""
    return sign_in(letters_of(_sign(laptop)))


def sign_in(change_id: str) -> str:
    """The letters of an id that say which laptop made it; mere chance in an earlier version's."""
    return change_id[_SIGN_AT]


def with_chance(change_id: str, chance: int) -> str:
    """The id of the same moment with these 64 bits in the place of the random ones."""
    moment, count = _clock_part(change_id)
    return letters_of((moment << 80) | (count << 64) | chance)


class IdMaker:
    """Makes change ids, each greater than its bases and than the one before in this window.

    Args:
        milliseconds: The wall clock; may be wrong.
        entropy: 64 random bits; tests pass a fixed stream.
        laptop: Who makes them, which some bits of each say. Empty says nothing.
    """

    def __init__(
        self,
        milliseconds: Callable[[], float],
        entropy: Callable[[], int] = random_64_bits,
        laptop: str = "",
    ) -> None:
        self._milliseconds = milliseconds
        self._entropy = entropy
        self._sign: int | None = None
        self.belong_to(laptop)
        self._last = (0, 0)

    def next(self, bases: Iterable[str] = (), *, at: float | None = None) -> str:
        """A fresh change id; only the bases of this edit push its clock forward.

        Args:
            bases: The changes whose values it replaces.
            at: A reading of the wall clock in milliseconds; None reads it.
        """
        wall = sane_milliseconds(self._milliseconds() if at is None else at)
        moment, count = wall, 0
        if self._last[0] == wall:
            count = self._last[1] + 1
        base = max(bases, default="")
        if base:
            base_at, base_count = _clock_part(base)
            if (base_at, base_count) >= (moment, count):
                moment, count = base_at, base_count + 1
        if count > 0xFFFF:
            moment, count = moment + 1, 0
        if moment == wall:
            self._last = (moment, count)
        chance = self._entropy()
        if self._sign is not None:
            chance = (chance & ~_SIGN) | self._sign
        return letters_of((moment << 80) | (count << 64) | chance)

    def belong_to(self, laptop: str) -> None:
        """Make the ids of this laptop from now on."""
        self._sign = _sign(laptop) if laptop else None


def kind_of(record_id: str) -> str:
    """``turn`` of ``turn/…``."""
    return record_id.partition("/")[0]


def record_letters(record_id: str) -> str:
    """What stands behind the stroke."""
    return record_id.partition("/")[2]


def session_letters(record_id: str) -> str:
    """The letters of the session that a record belongs to, or its own first letters."""
    return record_letters(record_id).partition("-")[0]


def session_of(record_id: str) -> RecordId | None:
    """The session that a record belongs to; None for one that belongs to none."""
    kind, _, letters = record_id.partition("/")
    if kind == "session":
        return RecordId(record_id)
    if kind in OF_SESSION and "-" in letters:
        return RecordId(f"session/{letters.partition('-')[0]}")
    return None


def record_id(kind: str, letters: str, session: str | None = None) -> RecordId:
    """A record's id; one of a session begins with the session's letters."""
    if session is not None and kind in OF_SESSION:
        return RecordId(f"{kind}/{record_letters(session)}-{letters}")
    return RecordId(f"{kind}/{letters}")


def attendance_id(session: str, person: str) -> RecordId:
    """The one attendance of a person at a session, the same on every laptop."""
    return RecordId(f"attendance/{record_letters(session)}-{record_letters(person)}")
