"""What is looked for, and a hit of it in a text."""

from __future__ import annotations

import re
from typing import Final

from ..readings import Hit
from ..records import RecordId
from ..text import (
    loose_key,
    loose_key_with_places,
    search_key,
    search_key_with_places,
    span_in_text,
)
from .entry import Entry
from .letters import in_bytes, pair_mask, triples, without_tones

_THAI: Final = re.compile("[ก-๎]")


class Question:
    """Words that a text must all hold, each anywhere in it.

    Args:
        words: Parted by blanks.
    """

    def __init__(self, words: str) -> None:
        self.keys = [key for key in search_key(words).split(" ") if key]
        self.loose_keys = [key for key in map(loose_key, self.keys) if key]
        self.needles = [in_bytes(key) for key in self.keys]
        """As bytes."""
        self.loose_needles = [in_bytes(key) for key in self.loose_keys]
        self.triples = sorted({one for needle in self.needles for one in triples(needle)})
        """Empty where all words are shorter than three letters."""
        self.pair_masks = [] if self.triples else [pair_mask(needle) for needle in self.needles]

    @property
    def forgives(self) -> bool:
        """Whether other texts than the exact hits can hold the words but for tones."""
        can_differ = (
            key != loose or (len(loose) > 1 and _THAI.search(loose))
            for key, loose in zip(self.keys, self.loose_keys, strict=False)
        )
        return len(self.loose_keys) == len(self.keys) and any(can_differ)

    def in_line(self, line: bytes) -> bool:
        """Whether a line may be a hit."""
        return all(needle in line for needle in self.needles)

    def in_line_without_tones(self, line: bytes) -> bool:
        """Whether a line without its tone marks may be a hit that differs in them."""
        return all(needle in line for needle in self.loose_needles)

    def nearly_in_line(self, line: bytes) -> bool:
        """Whether a line may be a hit that differs in tone marks only."""
        return self.in_line_without_tones(without_tones(line)) and not self.in_line(line)

    def hit(self, entry: Entry, *, exact: bool) -> Hit | None:
        """The first word in a text, if the text really holds all of them."""
        key, places = search_key_with_places(entry.text)
        keys = self.keys
        if not exact:
            if all(one in key for one in keys):
                return None
            keys = self.loose_keys
            key, places = loose_key_with_places(entry.text)
        if not all(one in key for one in keys):
            return None
        at = key.index(keys[0])
        start, end = span_in_text(entry.text, places, at, at + len(keys[0]))
        return Hit(
            kind=entry.kind,
            id=RecordId(entry.id),
            session=entry.session,
            field=entry.field,
            text=entry.text,
            start=start,
            end=end,
            exact=exact,
        )
