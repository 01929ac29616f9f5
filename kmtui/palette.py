"""The menu's own way of finding: Thai and English words, other spellings, slips of tone marks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kmtui.thai.letters import whole_letters
from store.text import (
    loose_key,
    search_key,
    search_key_with_places,
    sort_key,
    span_in_text,
)

_BEGINS, _HOLDS, _NEARLY, _FAR = 1.0, 0.8, 0.5, 0.2
"""Scores: the name begins with the words, holds them, holds them but for tones, or for gaps."""


@dataclass(frozen=True, slots=True)
class Found:
    """How a name fits what was typed."""

    score: float
    span: tuple[int, int]
    """What of the name was looked for, in whole letters; (0, 0) where no one place says it."""


def fitting(name: str, typed: str) -> Found | None:
    """How a name fits; None where it does not."""
    words = search_key(typed)
    if not words:
        return None
    key, places = search_key_with_places(name)
    at = key.find(words)
    if at >= 0:
        start, end = span_in_text(name, places, at, at + len(words))
        span = whole_letters(name, start, end)
        begins = at == 0 or key[at - 1] in " ·("
        return Found(_BEGINS if begins else _HOLDS, span)
    if all(word in key for word in words.split(" ")):
        return Found(_HOLDS, (0, 0))
    loose = loose_key(typed)
    if loose and loose in loose_key(name):
        return Found(_NEARLY, (0, 0))
    return Found(_FAR, (0, 0)) if _in_order(words.replace(" ", ""), key) else None


def _in_order(letters: str, key: str) -> bool:
    """Whether these letters stand in the key one after the other: ``nf`` for New forum."""
    rest = iter(key)
    return len(letters) > 1 and all(letter in rest for letter in letters)


class Commands(Provider):
    """Everything that can be done on the screen below the menu."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """All of it, by name."""
        commands = self.app.get_system_commands(self.screen)
        for command in sorted(commands, key=lambda one: sort_key(one.title)):
            title = Content(command.title)
            yield DiscoveryHit(title, command.callback, text=command.title, help=command.help)

    async def search(self, query: str) -> Hits:
        """What fits, the best first."""
        for command in self.app.get_system_commands(self.screen):
            named = fitting(command.title, query)
            told = fitting(command.help, query)
            found = named or told
            if found is None:
                continue
            score = found.score if named else found.score / 4
            title = Content(command.title)
            if named and named.span != (0, 0):
                title = title.stylize("bold underline", *named.span)
            yield Hit(score, title, command.callback, text=command.title, help=command.help)
