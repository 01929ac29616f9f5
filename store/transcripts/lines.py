"""The lines of a source and its blanks: what all layouts are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from store.text import search_key

WIDE_BLANKS: Final = (
    "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"
    "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
"""Characters that stand for a blank beside U+0020: word processors and web pages put them there."""
UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width; skipped for matching, kept in the text."""
BLANKS: Final = " " + WIDE_BLANKS + UNSEEN
_FOR_MATCHING: Final = str.maketrans(dict.fromkeys(WIDE_BLANKS, " ") | dict.fromkeys(UNSEEN, ""))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source."""

    number: int
    """From 1, as an editor counts."""
    text: str
    """Without its line end, otherwise as it came."""
    level: int = 0
    """1.. for a heading that the file itself marks as one (Word, HTML); else 0."""
    strong: int = 0
    """How many code points at its start are in bold (Word, HTML): often the speaker."""

    @property
    def bare(self) -> str:
        """For matching: every blank is U+0020, nothing unseen, no blank at either end."""
        return plain(self.text).strip()

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read on it."""
        return not self.text.strip(BLANKS)


def plain(text: str) -> str:
    """For matching: every kind of blank as U+0020 and nothing unseen."""
    return text.translate(_FOR_MATCHING)


@lru_cache(maxsize=4096)
def name_key(label: str) -> str:
    """The same for two ways of typing one label; blanks and dots do not count."""
    return search_key(plain(label)).replace(" ", "").replace(".", "")


def numbered(text: str) -> tuple[Line, ...]:
    """The lines of a text as an editor counts them: LF, CR LF or CR end one."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(Line(number, one) for number, one in enumerate(unified.split("\n"), 1))


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of blanks, or a colon with the blanks around it, somewhere in a line."""

    start: int
    end: int
    sign: str
    """``:``, ``tab``, ``wide`` (two or more blanks) or ``one``."""


def gaps(text: str, limit: int = 80) -> Iterator[Gap]:
    """The separators of a line from left to right, within its first ``limit`` code points.

    Goes over the text once; blanks before the first word are no gap.
    """
    at = len(text) - len(text.lstrip(BLANKS))
    end = min(len(text), at + limit)
    while at < end:
        if text[at] in ":：" or text[at] in BLANKS:
            start = at
            while at < len(text) and text[at] in BLANKS:
                at += 1
            colon = at < len(text) and text[at] in ":："
            if colon:
                at += 1
                while at < len(text) and text[at] in BLANKS:
                    at += 1
            yield Gap(start, at, _sign(text[start:at], colon=colon))
        else:
            at += 1


def _sign(run: str, *, colon: bool) -> str:
    if colon:
        return ":"
    if "\t" in run:
        return "tab"
    width = len(run.translate(_FOR_MATCHING))
    return "wide" if width > 1 else "one" if width else "none"
