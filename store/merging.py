"""Texts of two laptops put together by lines; only ever offered, never taken by the machine.

"25 คน" and "30 คน" must never become "35 คน": nothing smaller than a line is put together, and a
line that both changed gives no offer at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

_MOST_LINES: Final = 2_000
"""Longer texts are laid side by side and not put together."""
_OF_ONE_LINE: Final = frozenset(
    {"title", "place", "name", "short", "full", "label", "heading", "position", "holder"}
)
"""Fields that are shown as one line."""


def joined(field: str, values: Iterable[str]) -> str:
    """Every one of these texts, each once: below each other, or on one line where the field is so.

    Args:
        field: The name of the field.
        values: The first one stands first.
    """
    between = " / " if field in _OF_ONE_LINE else "\n"
    return between.join(dict.fromkeys(one for one in values if one.strip()))


def merged_lines(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of a text put together by lines.

    Args:
        base: What both began from.
        mine: One change of it.
        theirs: The other.

    Returns:
        The text with both changes; None where both touched the same lines or lines beside each
        other, where it is not clear which of several equal lines was meant, or past 2,000 lines.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    parts = [text.split("\n") for text in (base, mine, theirs)]
    if max(map(len, parts)) > _MOST_LINES:
        return None
    every = sorted({*_changes(parts[0], parts[1]), *_changes(parts[0], parts[2])})
    if any(after[0] <= before[1] for before, after in pairwise(every)):
        return None
    if any(_is_unclear(parts, change) for change in every):
        return None
    lines = list(parts[0])
    for start, end, put in reversed(every):
        lines[start:end] = put
    return "\n".join(lines)


_Change = tuple[int, int, tuple[str, ...]]
"""First line and the one behind the last, of the base; and what stands there instead."""


def _changes(base: list[str], changed: list[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, base, changed, autojunk=False)
    return [
        (start, end, tuple(changed[first:last]))
        for what, start, end, first, last in matcher.get_opcodes()
        if what != "equal"
    ]


def _is_unclear(parts: list[list[str]], change: _Change) -> bool:
    """Whether a line in the change or beside it stands more than once in any of the texts."""
    start, end, put = change
    near = {*parts[0][max(0, start - 1) : end + 1], *put}
    return any(Counter(lines)[line] > 1 for lines in parts for line in near)
