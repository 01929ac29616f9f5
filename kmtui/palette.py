"""The menu's own way of finding: Thai and English words, other spellings, slips of tone marks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kmtui.sifting import standing_out
from kmtui.thai.letters import whole_letters
from store.text import (
    loose_key,
    search_key,
    search_key_with_places,
    sort_key,
    span_in_text,
)

Spans = tuple[tuple[int, int], ...]
_BEGINS, _HOLDS, _NEARLY, _FAR = 1.0, 0.8, 0.4, 0.1
"""Scores: the name begins with the words, holds them, holds them but for tones, or for gaps."""
_TOLD, _NEARLY_TOLD = 0.6, 0.3
"""Scores of commands whose explanation holds the words, and holds them but for tones."""


@dataclass(frozen=True, slots=True)
class Found:
    """How a name fits what was typed."""

    score: float
    spans: Spans
    """What of the name was looked for, in whole letters, in order."""


def fitting(name: str, typed: str) -> Found | None:
    """How a name fits; None where it does not."""
    words = search_key(typed)
    if not words:
        return None
    key, places = search_key_with_places(name)
    at = key.find(words)
    if at >= 0:
        span = whole_letters(name, *span_in_text(name, places, at, at + len(words)))
        begins = at == 0 or key[at - 1] in " ·("
        return Found(_BEGINS if begins else _HOLDS, (span,))
    if all(word in key for word in words.split(" ")):
        return Found(_HOLDS, standing_out(name, typed))
    loose, key_of_name = loose_key(typed).split(), loose_key(name)
    if loose and all(word in key_of_name for word in loose):
        return Found(_NEARLY, standing_out(name, typed))
    return _far(words.replace(" ", ""), name)


def _far(letters: str, name: str) -> Found | None:
    """Letters that stand in the name one after the other: ``nf`` for New forum."""
    key, places = search_key_with_places(name)
    spans: list[tuple[int, int]] = []
    at = -1
    for letter in letters:
        at = key.find(letter, at + 1)
        if at < 0:
            return None
        span = whole_letters(name, *span_in_text(name, places, at, at + 1))
        if spans[-1:] != [span]:
            spans.append(span)
    return Found(_FAR, tuple(spans)) if len(letters) > 1 else None


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
            score = max(named.score if named else 0, _told(command.help, query))
            if not score:
                continue
            title = Content(command.title)
            for span in named.spans if named else ():
                title = title.stylize("bold underline", *span)
            yield Hit(score, title, command.callback, text=command.title, help=command.help)


def _told(explanation: str, typed: str) -> float:
    """The score of a command that is found by what is said about it; 0 where it is not."""
    found = fitting(explanation, typed)
    if found is None or found.score == _FAR:
        return 0
    return _NEARLY_TOLD if found.score == _NEARLY else _TOLD
