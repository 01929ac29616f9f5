"""Find as you type: what holds the words, and below it what holds them but for tone marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from kmtui.thai.letters import whole_letters
from store.text import found_in, loose_key, loosened, search_key

Thing = TypeVar("Thing")


def standing_out(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where words that were typed stand in a text, grown to whole letters; each where it can.

    Args:
        text: As it is shown.
        typed: Words parted by blanks; one that is nowhere in the text leaves the others.

    Returns:
        Code point offsets in order, none overlapping.
    """
    found: list[tuple[int, int]] = []
    for one in sorted({one for word in typed.split() for one in found_in(text, word)}):
        start, end = whole_letters(text, *one)
        if found and start <= found[-1][1]:
            before = found.pop()
            start, end = before[0], max(before[1], end)
        found.append((start, end))
    return tuple(found)


class Sieve(Generic[Thing]):
    """Things by the search keys that they are found by.

    Args:
        things: In their order.
        keys: The search key of each, as ``store.text.search_key`` makes it.
    """

    def __init__(self, things: Iterable[Thing], keys: Iterable[str]) -> None:
        self.things = tuple(things)
        """All of them."""
        self._keys = tuple(keys)
        self._loose: tuple[str, ...] | None = None
        """The keys without tone marks, made when they are first asked for."""

    def __len__(self) -> int:
        return len(self.things)

    def sift(self, typed: str) -> tuple[Sequence[Thing], Sequence[Thing]]:
        """What fits, in its order.

        Args:
            typed: Words, each of which may stand anywhere.

        Returns:
            What holds all of them, and what holds them only without tone marks.
        """
        words = search_key(typed).split(" ")
        if words == [""]:
            return self.things, ()
        found = _holding(words, self._keys, range(len(self._keys)))
        slips = [word for word in loose_key(typed).split(" ") if word]
        if not slips:
            return self._at(found), ()
        if self._loose is None:
            self._loose = tuple(loosened("\n".join(self._keys)).split("\n"))
        fits = set(found)
        near = _holding(slips, self._loose, range(len(self._keys)))
        return self._at(found), self._at(at for at in near if at not in fits)

    def _at(self, places: Iterable[int]) -> list[Thing]:
        return [self.things[at] for at in places]


def _holding(words: Sequence[str], keys: Sequence[str], places: Sequence[int]) -> Sequence[int]:
    """Those places whose keys hold every word; word by word, the longest first, as few are left."""
    for word in sorted(words, key=len, reverse=True):
        places = [at for at in places if word in keys[at]]
    return places
