"""Titles of forums, and the part number in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from store.text import arabic_digits

from .lines import plain

_NUMBER: Final = "[0-9๐-๙]{1,3}"
_END: Final = "(?: ?(?:จบ|\\(จบ\\)|\\(ต่อ\\)))?"
_SPELLINGS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[(\[]?ตอนที่ ?({_NUMBER})(?![0-9๐-๙])[)\]]?{_END}",
        rf"(?:ครั้งที่|ภาคที่|ตอน) ?({_NUMBER})(?![0-9๐-๙])(?: ?/ ?[0-9๐-๙]{{2,4}})?{_END}",
        rf"[(\[] ?({_NUMBER}) ?[)\]]{_END} ?$",
        rf": ?({_NUMBER})\.? ?$",
        r"\( ?([0-9๐-๙]{1,2}\.[0-9๐-๙]{1,2}) ?\) ?$",
        r"\((ตอนจบ|จบ|ต่อ)\) ?$",
    )
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart."""

    series: str = ""
    """Without the part; empty where there is no part in it."""
    part: int | None = None
    part_text: str = ""


def take_apart(title: str) -> Title:
    """``… ตอนที่ ๖`` is part 6; ``(3.2)`` and ``(ต่อ)`` are parts without a whole number."""
    bare = plain(title).strip()
    for spelling in _SPELLINGS:
        if found := _last(spelling, bare):
            digits = arabic_digits(found[1])
            series = (bare[: found.start()] + bare[found.end() :]).strip(" :,-–—()")
            number = int(digits) if digits.isdecimal() and digits.isascii() else None
            return Title(series, number, found[0].strip(" :"))
    return Title()


def _last(spelling: re.Pattern[str], title: str) -> re.Match[str] | None:
    found = None
    for found in spelling.finditer(title):
        pass
    return found
