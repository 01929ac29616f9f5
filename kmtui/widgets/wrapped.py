"""Words broken into lines of a width in cells, safe to show, never inside a Thai cluster."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rich.cells import cell_len

from store.text import shown

_PIECES: Final = re.compile(r"\s+|\S+")
_LEADING_VOWELS: Final = frozenset("เแโใไ")
_BEHIND_ONLY: Final = frozenset("ะาำๅๆฯ์")
"""Letters that never begin a line."""


def wrapped(text: str, width: int) -> list[str]:
    """The text as lines of at most ``width`` cells; at least one line."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _fill(shown(line.replace("\t", "  ")), width)
    return lines


def cut(text: str, width: int) -> str:
    """The text in one line of at most ``width`` cells, with an ellipsis where it was longer."""
    text = shown(" ".join(text.split()))
    if cell_len(text) <= width:
        return text
    kept = ""
    for cluster in clusters(text):
        if cell_len(kept + cluster) > width - 1:
            break
        kept += cluster
    return kept + "…"


def clipped(text: str, width: int) -> str:
    """The text in exactly ``width`` cells."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))


@lru_cache(maxsize=2048)
def clusters(text: str) -> tuple[str, ...]:
    """The text in pieces that a line may be broken between when nothing better is found."""
    found: list[str] = []
    for letter in text:
        stays = unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me")
        behind = letter in _BEHIND_ONLY or (found and found[-1][-1] in _LEADING_VOWELS)
        if found and (stays or behind) and not found[-1].isspace():
            found[-1] += letter
        else:
            found.append(letter)
    return tuple(found)


def _fill(text: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _PIECES.findall(text):
        if cell_len(line) + cell_len(piece) <= width:
            line += piece
            continue
        if piece.isspace():
            yield line
            line = ""
            continue
        *whole, line = _cut(line, piece, width)
        yield from whole
    yield line.rstrip() if line.strip() else line.strip()


def _cut(line: str, piece: str, width: int) -> list[str]:
    """A run without blanks that does not fit: on this line as far as it goes, or on its own."""
    if line and cell_len(piece) <= width // 2:
        return [line.rstrip(), piece]
    lines = [line]
    for part in clusters(piece):
        if cell_len(lines[-1]) + cell_len(part) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += part
    return lines
