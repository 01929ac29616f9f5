"""Where a caret may stand in a line of Thai, and what is drawn of it; for fields and text areas."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Final, Protocol, cast

from rich.cells import cell_len
from textual import events
from textual.widget import Widget

from kmtui.hooks import keys_of, show_caret
from kmtui.thai.letters import letters
from kmtui.thai.words import words_in
from store.text import shown

KEPT_BLANKS: Final = frozenset("\u00a0\u200b")
"""Not printable to Python, and words all the same."""
_DRAWN_AS: Final = str.maketrans({"\t": " ", "\n": "↵"})
"""One cell each, so that the caret stands where the letter does."""
_TAKEN_AS: Final[dict[int, str | None]] = {
    **dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {9, 10}),
    0x2028: "\n",
    0x2029: "\n",
}
"""Control characters are nobody's words, and a line ends in one way."""


class Typed(Protocol):
    """What words are typed in."""

    def take_in(self, words: str) -> None:
        """Put words where the caret is."""


async def is_done_at_once(field: Widget, event: events.Key) -> bool:
    """Do what a key is bound to, or take in a blank that Textual passes over; False for others."""
    show_caret(field)
    if not event.is_printable:
        for binding in keys_of(field, event.key):
            if await field.app.run_action(binding.action, field):
                return True
    if event.character in KEPT_BLANKS:
        cast("Typed", field).take_in(event.character or "")
        return True
    return False


def drawn(text: str) -> str:
    """What is drawn of a text, as many code points; what is kept stays as it was."""
    return shown(text.translate(_DRAWN_AS))


def pasted(text: str) -> str:
    """What is taken in of a paste: all but control characters, its lines ended in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TAKEN_AS)


@lru_cache(maxsize=64)
def _stops(text: str) -> tuple[int, ...]:
    return tuple(accumulate((len(letter) for letter in letters(text)), initial=0))


@lru_cache(maxsize=64)
def _starts(text: str) -> tuple[int, ...]:
    """Where words begin, and where the text ends."""
    return tuple(accumulate((len(word) for word in words_in(text)), initial=0))


def letter_start(text: str, at: int) -> int:
    """The same offset, or the beginning of the letter that it is inside of."""
    stops = _stops(text)
    return stops[max(0, bisect_right(stops, at) - 1)]


def letter_end(text: str, at: int) -> int:
    """The same offset, or the end of the letter that it is inside of."""
    stops = _stops(text)
    return stops[min(len(stops) - 1, bisect_left(stops, at))]


def letter_before(text: str, at: int) -> int:
    """Where the letter before an offset begins."""
    stops = _stops(text)
    return stops[max(0, bisect_left(stops, at) - 1)]


def letter_behind(text: str, at: int) -> int:
    """Where the letter behind an offset ends."""
    stops = _stops(text)
    return stops[min(len(stops) - 1, bisect_right(stops, at))]


def letter_at(text: str, at: int) -> tuple[int, int]:
    """The letter that a caret is drawn over, marks and all; one blank at the end of the text."""
    if at >= len(text):
        return len(text), len(text) + 1
    return letter_start(text, at), letter_behind(text, at)


def word_before(text: str, at: int) -> int:
    """Where the word before an offset begins; 0 for none."""
    starts = _starts(text)
    return letter_start(text, starts[max(0, bisect_left(starts, at) - 1)])


def word_behind(text: str, at: int) -> int:
    """Where the word behind an offset begins; the end for none."""
    starts = _starts(text)
    return letter_end(text, starts[min(len(starts) - 1, bisect_right(starts, at))])


def offset_at(text: str, cells: int) -> int:
    """The beginning of the letter that is drawn at a cell; the end for cells behind the text."""
    at = used = 0
    for letter in letters(text):
        used += cell_len(letter)
        if cells < used:
            return at
        at += len(letter)
    return len(text)
