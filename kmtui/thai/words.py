"""Where a line of Thai may end: between words, found as the shortest way through the dictionary.

Thai is written without blanks between words. A run of letters is cut into clusters that no line
is broken inside of; of all ways to put the clusters together, the one with the fewest words and
the fewest unknown clusters is taken. Names of the notebook and abbreviations stay whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kmtui.thai.dictionary import LONGEST, names, when_names_change, words

_THAI: Final = re.compile("[\u0e01-\u0e4e]")
_PIECE: Final = re.compile(
    r"(?P<short>(?<![\u0e01-\u0e4e])(?:[ก-ฮ]{1,4}\.)+(?:[ก-ฮ]{1,2}(?![\u0e01-\u0e4e.]))?|ฯลฯ)"
    r"|(?P<thai>[\u0e01-\u0e3a\u0e40-\u0e4e]+)"
)
"""An abbreviation (พอช., ธ.ก.ส, น.ส.), or letters that dictionary words are made of."""
_NEVER_FIRST: Final = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ)]}>”’»\"'.,:;!?%…/-–—·")
"""What no line begins with."""
_STAYS_WITH_WORD: Final = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ")
"""What no line begins with even where a blank stands before it."""
_NEVER_LAST: Final = frozenset("เแโใไ([{<“‘«")
"""What no line ends with."""
_KILLED: Final = re.compile("[ก-ฮ][ิุ]?์")
_TONES: Final = frozenset("่้๊๋")
_BLANKS: Final = re.compile(r"[^\S\u00a0]+")
_UNKNOWN: Final = 2.3
"""What an unknown cluster costs, where a word costs one."""
_ALONE: Final = 0.7
"""More for a word of one letter: it is seldom one."""


@lru_cache(maxsize=8192)
def breaks(run: str) -> tuple[int, ...]:
    """Where a line may end inside a run of letters without blanks.

    Args:
        run: Code points, no blank among them but U+00A0, which never breaks.

    Returns:
        Offsets in code points, rising; the last is the length of the run.
    """
    if not _THAI.search(run):
        return (len(run),)
    ends: list[int] = []
    at = 0
    for piece in _PIECE.finditer(run):
        if piece.start() > at:
            ends.append(piece.start())
        at = piece.end()
        if piece["short"]:
            ends.append(at)
        else:
            ends += [piece.start() + end for end in _words_of(piece[0])]
    ends.append(len(run))
    return tuple(end for end in dict.fromkeys(ends) if end == len(run) or _may_end(run, end))


when_names_change(breaks.cache_clear)


def _may_end(run: str, at: int) -> bool:
    after, before = run[at], run[at - 1]
    if after in _NEVER_FIRST or before in _NEVER_LAST or "\u00a0" in (after, before):
        return False
    # A number and the short form of what it counts are read in one: 08.30น.
    return not (before.isdigit() and _is_short(run, at))


def _is_short(run: str, at: int) -> bool:
    found = _PIECE.match(run, at)
    return found is not None and found["short"] is not None


def cuts(text: str) -> list[int]:
    """Offsets between clusters: never before a mark, nor inside what is spoken as one."""
    found = [0]
    for at in range(1, len(text)):
        if text[at] in _NEVER_FIRST or text[at - 1] in _NEVER_LAST:
            continue
        before = text[at - 2] if text[at - 1] in _TONES and at > 1 else text[at - 1]
        if before in "ัื" or _KILLED.match(text, at):
            continue  # a vowel that needs a letter behind it; a letter that is not spoken
        found.append(at)
    found.append(len(text))
    return found


def _words_of(run: str) -> list[int]:
    """Ends of the words of a run of Thai letters."""
    places = cuts(run)
    known, special = words(), names()
    last = len(places) - 1
    costs = [0.0] + [float("inf")] * last
    came_from = [0] * (last + 1)
    for start in range(last):
        first = places[start]
        for end in range(start + 1, last + 1):
            length = places[end] - first
            if length > LONGEST:
                break
            word = run[first : places[end]]
            if word in special:
                cost = costs[start] + 0.5
            elif word in known:
                cost = costs[start] + 1.0 + (_ALONE if length == 1 else 0.0)
            elif end == start + 1:
                cost = costs[start] + _UNKNOWN
            else:
                continue
            # Of two ways as good, the one with the longer word first: บอก|ว่า, not บอ|กว่า.
            if cost <= costs[end]:
                costs[end], came_from[end] = cost, start
    return _way_back(run, places, came_from)


def _way_back(run: str, places: list[int], came_from: list[int]) -> list[int]:
    """Ends of the words on the cheapest way; unknown clusters side by side are one word."""
    steps: list[tuple[int, int]] = []
    end = len(places) - 1
    while end:
        steps.append((places[came_from[end]], places[end]))
        end = came_from[end]
    ends: list[int] = []
    after_unknown = False
    for first, behind in reversed(steps):
        unknown = run[first:behind] not in words() and run[first:behind] not in names()
        if unknown and after_unknown:
            ends[-1] = behind
        else:
            ends.append(behind)
        after_unknown = unknown
    return ends


def words_in(text: str) -> list[str]:
    """The text in words, each with the blanks behind it; put together they are the text."""
    found: list[str] = []
    at = 0
    for blank in _BLANKS.finditer(text):
        _add_run(text[at : blank.start()], found)
        if found:
            found[-1] += blank[0]
        else:
            found.append(blank[0])
        at = blank.end()
    _add_run(text[at:], found)
    return found


def _add_run(run: str, found: list[str]) -> None:
    at = 0
    for end in breaks(run) if run else ():
        if not at and found and run[0] in _STAYS_WITH_WORD:
            found[-1] += run[:end]  # also where a blank parts them: จริง ๆ
        else:
            found.append(run[at:end])
        at = end
