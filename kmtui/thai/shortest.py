"""Words in a run of Thai letters: the shortest way through the dictionary.

A run is cut into clusters that no line is broken inside of. Of all ways to put them together, the
one with the fewest words and the fewest unknown clusters is taken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kmtui.thai.dictionary import names, words
from kmtui.thai.letters import LEADING_VOWELS, STAYS

_COMMON: Final = frozenset(
    (
        "ที่", "ใน", "และ", "ของ", "เป็น", "มี", "ได้", "ให้", "มา", "ไป", "จะ", "ว่า", "ไม่",
        "กับ", "ก็", "แต่", "นี้", "นั้น", "คน", "ทำ", "ดู", "เอา", "อยู่", "แล้ว", "ด้วย", "จาก",
        "ถึง", "ยัง", "หรือ", "เรา", "เขา", "ผม", "ทุก", "ต้อง", "ถ้า", "พอ", "อีก", "ไหม", "ครับ",
        "ค่ะ", "คะ", "นะ", "ลง", "ออก", "เข้า", "กว่า", "เลย", "รับ", "ขอ", "บอก", "พูด", "ถาม",
        "เล่า", "คุย", "เปิด", "ปิด", "วาง", "เงิน", "ค่า", "ตัว", "คือ", "แบบ", "เพื่อ", "โดย",
        "ตาม", "ใคร", "ไหน", "ก่อน", "ซึ่ง", "เพราะ", "เมื่อ", "เช่น", "มากกว่า", "การ",
        "รายการ", "โครงการ", "ได้รับ", "พื้นที่", "หน้าที่", "ที่มา", "อย่างนี้", "อย่างไร", "ความรู้สึก", "ผลกระทบ",
    )
)  # fmt: skip
"""Words that every speaker uses: of ways with as many words, those with more of these are read."""
_MISLEADING: Final = frozenset(("ทางใน", "เป็นแนว", "สดก"))
"""Entries of the list that hide words which are read more often (แนวทาง, กว่า)."""
_TONES: Final = frozenset("่้๊๋")
_UNSPOKEN: Final = re.compile("[ก-ฮ][ิุ]?์")
_DRAWN_OUT: Final = re.compile(r"([ก-ฮ])\1{2,}")
"""A letter that is written again and again, as it is spoken: มากกกก."""
_SHORT: Final = re.compile("[ก-ฮ]{1,4}$")
_LONGEST_WORD: Final = 18
_REPEATED: Final = "ๆฯ"

_WORD: Final = 1.0
_COMMON_WORD: Final = 0.99
_NAME: Final = 0.5
_ABBREVIATION: Final = 1.0
_LONE_LETTER: Final = 1.7
"""A word of one letter: it is seldom one."""
_UNKNOWN: Final = 2.3
_NEVER: Final = 1e9
_SHORT_NAME: Final = 3
"""Letters up to which a name is no more likely than any other word."""
_REST: Final = 5
"""Letters up to which a word beside an unknown one is likely a part of it: ออ in ออพชั่น."""


class _Step(NamedTuple):
    """One word on the way, from ``first`` to before ``end``."""

    first: int
    end: int
    is_known: bool
    stands_alone: bool
    """Whether it is a word even beside what is unknown."""


def word_ends(run: str, *, is_before_dot: bool = False) -> list[int]:
    """Ends of the words of a run of Thai letters.

    Args:
        run: Letters of Thai, no digits and no blanks.
        is_before_dot: Whether a full stop follows, so that it may end in an abbreviation.

    Returns:
        Offsets in code points, rising; the last is the length of the run.
    """
    places = cuts(run)
    came_from, costs = _cheapest(run, places, _abbreviation_at(run) if is_before_dot else -1)
    steps: list[_Step] = []
    at = len(places) - 1
    while at:
        before = came_from[at]
        steps.append(_step(run, places[before], places[at], costs[at] - costs[before]))
        at = before
    return _joined(steps[::-1])


def cuts(text: str) -> list[int]:
    """Offsets between clusters: never before a mark, nor inside what is spoken as one."""
    inside = {at for drawn in _DRAWN_OUT.finditer(text) for at in range(*drawn.span())}
    inside.update(unspoken.start() for unspoken in _UNSPOKEN.finditer(text))
    found = [0]
    for at in range(1, len(text)):
        if text[at] in STAYS or text[at - 1] in LEADING_VOWELS or at in inside:
            continue
        before = text[at - 2] if text[at - 1] in _TONES and at > 1 else text[at - 1]
        if before not in "ัื":  # vowels that need a letter behind them
            found.append(at)
    found.append(len(text))
    return found


def _abbreviation_at(run: str) -> int:
    found = _SHORT.search(run)
    return found.start() if found else -1


def _cheapest(run: str, places: list[int], short: int) -> tuple[list[int], list[float]]:
    """For each place the one before it on the cheapest way, and what the way there costs."""
    known, special = words(), names()
    last, reach = len(places) - 1, _reach(special)
    costs = [0.0] + [_NEVER] * last
    came_from = [0] * (last + 1)
    bare = [_without_repeat(run, place) for place in places]
    for start in range(last):
        first, so_far = places[start], costs[start]
        for end in range(start + 1, last + 1):
            if places[end] - first > reach:
                break
            word = run[first : bare[end]]
            if word in special:
                cost = so_far + (_NAME if len(word) > _SHORT_NAME else _WORD)
            elif word in known and word not in _MISLEADING:
                cost = so_far + _cost_of(word)
            elif end == last and 0 <= short <= first:
                cost = so_far + _ABBREVIATION
            elif end == start + 1:
                cost = so_far + _UNKNOWN
            else:
                continue
            # Of two ways as good, the one with the longer word first: บอก|ว่า, not บอ|กว่า.
            if cost <= costs[end] + 1e-6:
                costs[end], came_from[end] = cost, start
    return came_from, costs


@lru_cache(maxsize=4)
def _reach(special: frozenset[str]) -> int:
    """Letters of the longest word worth looking for; longer ones are known by their parts."""
    return max(_LONGEST_WORD, *map(len, special))


def _without_repeat(run: str, end: int) -> int:
    """The end of a word without the ๆ or ฯ behind it: no list has มากๆ."""
    while end and run[end - 1] in _REPEATED:
        end -= 1
    return end


def _cost_of(word: str) -> float:
    if word in _COMMON:
        return _COMMON_WORD
    return _WORD if len(word) > 1 else _LONE_LETTER


def _step(run: str, first: int, end: int, cost: float) -> _Step:
    alone = end - first > _REST or run[first : _without_repeat(run, end)] in _COMMON
    return _Step(first, end, cost < _UNKNOWN - 0.1, alone)


def _joined(steps: list[_Step]) -> list[int]:
    """Ends of the words; what is unknown stays with the rests of words around it."""
    ends: list[int] = []
    before: _Step | None = None
    for step in steps:
        if before is not None and _is_one_word(before, step):
            ends[-1] = step.end
        else:
            ends.append(step.end)
        before = step
    return ends


def _is_one_word(before: _Step, step: _Step) -> bool:
    if before.is_known and step.is_known:
        return False
    known = before if before.is_known else step
    return not known.is_known or not known.stands_alone
