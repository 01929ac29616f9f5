"""Words broken into lines of a width in cells, safe to show, never inside a Thai cluster."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rich.cells import cell_len

from store.text import shown

_PART_OF_LETTER: Final = frozenset("ำ\u0eb3\u200d\ufe0f\u200b")
_PIECES: Final = re.compile(r"\s+(?![\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])|\s?\S+|\s")
"""Blanks and runs without any; a mark without a letter stays with the blank before it."""
_LEADING_VOWELS: Final = frozenset("เแโใไ")
_BEHIND_ONLY: Final = frozenset("ะาำๅๆฯ์")
"""Letters that never begin a line."""
_WORD_BEGINS: Final = re.compile(
    "[เแโใไ]|ที่|ซึ่ง|และ|หรือ|ว่า|จะ|ให้|ได้|การ|ความ|ของ|กับ|ก็|มี|แต่|คุณ|ต้อง|ทุก|หน้า|คน|กำ|ทำ|นี้|ยัง|อยู่|จาก|ถ้า|ผม|อยาก"
)
"""A vowel that is written first, and words that are short and everywhere: breaking before them
is seldom inside a word. A dictionary would be better, and costs 30 ms at start."""
_LOOK_BACK: Final = 10
"""Clusters to give up at the end of a line for a break between words."""


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
        if found and (stays or (behind and not found[-1].isspace())):
            found[-1] += letter
        else:
            found.append(letter)
    return tuple(found)


@lru_cache(maxsize=512)
def letters(text: str) -> tuple[str, ...]:
    """The text in what a person sees as one letter each: a base with its marks and ำ."""
    found: list[str] = []
    for letter in text:
        if found and _belongs_to_letter_before(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return tuple(found)


def whole_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """The same piece of a text, grown until it begins and ends between two letters."""
    while 0 < start < len(text) and _belongs_to_letter_before(text[start]):
        start -= 1
    while 0 < end < len(text) and _belongs_to_letter_before(text[end]):
        end += 1
    return start, end


def _belongs_to_letter_before(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Mc") or letter in _PART_OF_LETTER


def words_in(text: str) -> list[str]:
    """The text in words, blanks with the word before them; Thai words as far as they show."""
    words: list[str] = []
    for piece in _PIECES.findall(text):
        if piece.isspace() and words:
            words[-1] += piece
            continue
        words.append("")
        parts = clusters(piece)
        for at, part in enumerate(parts):
            if words[-1] and _WORD_BEGINS.match("".join(parts[at : at + 4])):
                words.append("")
            words[-1] += part
    return words


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
    parts = clusters(piece)
    at = 0
    while at < len(parts):
        end = _fitting(parts, at, width - cell_len(lines[-1]), fresh=not lines[-1])
        lines[-1] += "".join(parts[at:end])
        at = end
        if at < len(parts):
            lines[-1] = lines[-1].rstrip()
            lines.append("")
    return lines


def _fitting(parts: tuple[str, ...], start: int, room: int, *, fresh: bool) -> int:
    """Where to break: as late as it fits, but rather before a word that stands alone."""
    end, used = start, 0
    while end < len(parts) and used + cell_len(parts[end]) <= room:
        used += cell_len(parts[end])
        end += 1
    if end == len(parts):
        return end
    for better in range(end, max(start, end - _LOOK_BACK), -1):
        if _WORD_BEGINS.match("".join(parts[better : better + 4])):
            return better
    if not fresh and room < _LOOK_BACK:
        return start
    return max(end, start + 1)
