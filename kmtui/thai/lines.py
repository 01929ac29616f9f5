"""Words broken into lines of a width in cells, safe to show, never inside a word that fits."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

from kmtui.thai.letters import clusters
from kmtui.thai.words import words_in
from store.text import shown

_BLANK: Final = " "
"""What may hang over the end of a line; U+00A0 is part of its word."""


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


def _fill(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text.rstrip(_BLANK)]
    lines = [""]
    used = 0
    for word in words_in(text):
        bare = word.rstrip(_BLANK)
        wide = cell_len(bare)
        if used + wide > width and used:
            lines[-1] = lines[-1].rstrip(_BLANK)
            lines.append("")
            used = 0
        if wide > width:
            *whole, word = _pieces(lines[-1] + word, width)
            lines[-1:] = [*(one.rstrip(_BLANK) for one in whole), ""]
        lines[-1] += word
        used = cell_len(lines[-1])
    lines[-1] = lines[-1].rstrip(_BLANK)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """A word that no line can hold, in pieces that lines can."""
    pieces = [""]
    for cluster in clusters(word):
        if pieces[-1] and cell_len(pieces[-1] + cluster.rstrip(_BLANK)) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces
