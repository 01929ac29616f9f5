"""Words broken into lines of a width in cells, safe to show, never inside a word that fits."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len

from kmtui.thai.letters import clusters, letters
from kmtui.thai.words import words_in
from store.text import shown

_BLANK: Final = " "
"""What may hang over the end of a line; U+00A0 is part of its word."""
_CELL: Final = re.compile("^[ัิ-ฺ็-๎]+|.[ัิ-ฺ็-๎]*", re.DOTALL)
"""What cannot be told apart on any screen: a code point with the marks over and under it."""


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
    if width < 1:
        return ""
    kept, room = "", width - 1
    for cluster in clusters(text[: 8 * width + 64]):
        wide = cell_len(cluster)
        if wide > room:
            if wide >= width:  # no line holds it: กาาาาาาา
                kept += _first_letters(cluster, room)
            break
        kept += cluster
        room -= wide
    return kept + "…"


def clipped(text: str, width: int) -> str:
    """The text in exactly ``width`` cells."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))


def _first_letters(cluster: str, room: int) -> str:
    kept = ""
    for letter in letters(cluster):
        room -= cell_len(letter)
        if room < 0:
            break
        kept += letter
    return kept


def _fill(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text.rstrip(_BLANK)]
    lines = [""]
    used = 0
    for word in words_in(text):
        bare = cell_len(word.rstrip(_BLANK))
        if used + bare > width and lines[-1]:
            lines.append("")
            used = 0
        if bare > width:
            lines[-1:] = _pieces(word, width)
            used = cell_len(lines[-1])
        else:
            lines[-1] += word
            used += bare + len(word) - len(word.rstrip(_BLANK))
    return [line.rstrip(_BLANK) for line in lines]


def _pieces(word: str, width: int) -> list[str]:
    """A word that no line can hold, in pieces that lines can."""
    pieces, used = [""], 0
    for cluster in clusters(word):
        for part in _parts(cluster, width):
            wide = cell_len(part.rstrip(_BLANK))
            if pieces[-1] and used + wide > width:
                pieces.append("")
                used = 0
            pieces[-1] += part
            used += cell_len(part)
    return pieces


def _parts(cluster: str, width: int) -> tuple[str, ...]:
    """A cluster that no line can hold in its letters: one may write กาาาาาา without end."""
    if cell_len(cluster) <= width:
        return (cluster,)
    found: list[str] = []
    for letter in letters(cluster):
        found += [letter] if cell_len(letter) <= width else _CELL.findall(letter)
    return tuple(found)
