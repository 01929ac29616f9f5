"""What a reader sees as one letter, and what a line is never broken inside of."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_PART_OF_LETTER: Final = frozenset("ำ\u0eb3\u200d\ufe0f\u200b")
LEADING_VOWELS: Final = frozenset("เแโใไ")
"""Written before the consonant that they are spoken after."""
STAYS: Final = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ")
"""Letters that belong to what stands before them, even where a blank stands between."""
CLOSERS: Final = frozenset(")]}>”’»\"'.,:;!?%…/-–—·")
"""Marks that never begin a line."""
OPENERS: Final = frozenset("([{<“‘«")
"""Marks that never end a line."""
RETURNS: Final = STAYS | frozenset(")]}”’»!?")
"""What never begins a line, even where a blank stands before it."""
WAITS: Final = LEADING_VOWELS | OPENERS
"""What never ends a line, even where a blank stands behind it."""


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


@lru_cache(maxsize=2048)
def clusters(text: str) -> tuple[str, ...]:
    """The text in pieces that a line may be broken between when nothing better is found."""
    found: list[str] = []
    for letter in text:
        if not found:
            found.append(letter)
        elif letter in RETURNS and found[-1] == " ":
            _join_blanks(found)  # จริง ๆ
            found[-1] += letter
        elif _stays_behind(found[-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return tuple(found)


def _join_blanks(found: list[str]) -> None:
    """Put the blanks at the end to what stands before them."""
    while len(found) > 1 and found[-1].isspace():
        blank = found.pop()
        found[-1] += blank


def _stays_behind(cluster: str, letter: str) -> bool:
    before = cluster[-1]
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me"):
        return True
    if before.isspace() and before != "\u00a0":
        return cluster.rstrip(" ")[-1:] in WAITS
    if letter in STAYS or before in LEADING_VOWELS or "\u00a0" in (letter, before):
        return True
    # A line of dashes or dots may be broken anywhere.
    return letter != before and (letter in CLOSERS or before in OPENERS)
