"""A field of one line for Thai: the caret moves by what a person sees as one letter.

Textual's own field moves by code point, so that half of its stops are inside a letter, Delete
leaves a mark without its letter, and a click lands beside what was clicked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.widgets import Input
from textual.widgets.input import Selection

from kmtui.thai.letters import letters
from kmtui.thai.words import words_in
from store.text import shown

_DRAWN_AS: Final = str.maketrans({"\t": " ", "\n": "↵"})
"""One cell each, so that the caret stands where the letter does."""
_KEPT_BLANKS: Final = frozenset("\u00a0\u200b")
"""Not printable to Python, and words all the same."""
_DROPPED: Final = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {9, 10})
"""Control characters: nobody's words."""
_LINE_BREAK: Final = re.compile(r"[ \t]*\n\s*")


class ThaiInput(Input):
    """One line; Backspace takes one code point, as Thai typists expect, and all else a letter."""

    keeps_lines = False
    """Whether the lines of a paste stay lines; else they are put together with blanks."""

    @property
    def _value(self) -> Text:
        """What is drawn: escapes and turned directions are not passed on to the terminal."""
        if self.password:
            return super()._value
        safe = shown(self.value).translate(_DRAWN_AS)
        return Text(safe, no_wrap=True, overflow="ignore", end="")

    async def _on_key(self, event: events.Key) -> None:
        """Move and delete at once, not when the key has gone round through the app."""
        event.prevent_default()
        if not event.is_printable:
            for binding in self._bindings.key_to_bindings.get(event.key, ()):
                if await self.app.run_action(binding.action, self):
                    event.stop()
                    return
        if event.character in _KEPT_BLANKS:
            event.stop()
            self._take_in(event.character or "")
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """Take in every line of what is pasted, where Textual's own field takes the first."""
        event.prevent_default()
        event.stop()
        text = event.text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED)
        text = text.strip("\n")
        self._take_in(text if self.keeps_lines else _LINE_BREAK.sub(" ", text))

    def _take_in(self, text: str) -> None:
        """Put words where the caret is, or in the place of what is marked."""
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)

    # where the caret may stand

    def _stops(self) -> list[int]:
        return [0, *accumulate(len(letter) for letter in letters(self.value))]

    def _before(self, at: int) -> int:
        stops = self._stops()
        return stops[max(0, bisect_left(stops, at) - 1)]

    def _behind(self, at: int) -> int:
        stops = self._stops()
        return stops[min(len(stops) - 1, bisect_right(stops, at))]

    def _word_before(self, at: int) -> int:
        starts = [0, *accumulate(len(word) for word in words_in(self.value))]
        return max((one for one in starts if one < at), default=0)

    def _word_behind(self, at: int) -> int:
        starts = [0, *accumulate(len(word) for word in words_in(self.value))]
        return min((one for one in starts if one > at), default=len(self.value))

    def _go(self, to: int, select: bool) -> None:
        start, _end = self.selection
        self.selection = Selection(start, to) if select else Selection.cursor(to)

    def action_cursor_left(self, select: bool = False) -> None:
        """One letter to the left, or to the left end of what is marked."""
        if not select and not self.selection.is_empty:
            self.cursor_position = min(self.selection)
        else:
            self._go(self._before(self.cursor_position), select)

    def action_cursor_right(self, select: bool = False) -> None:
        """One letter to the right, or to the right end of what is marked."""
        if not select and not self.selection.is_empty:
            self.cursor_position = max(self.selection)
        else:
            self._go(self._behind(self.cursor_position), select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """To the beginning of a word."""
        self._go(self._word_before(self.cursor_position), select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """To the next word."""
        self._go(self._word_behind(self.cursor_position), select)

    # taking away

    def action_delete_right(self) -> None:
        """Take the letter behind the caret, marks and all."""
        if self.selection.is_empty:
            self.delete(self.cursor_position, self._behind(self.cursor_position))
        else:
            self.delete_selection()

    def action_delete_left_word(self) -> None:
        """Take the word before the caret."""
        if self.selection.is_empty:
            self.delete(self._word_before(self.cursor_position), self.cursor_position)
        else:
            self.delete_selection()

    def action_delete_right_word(self) -> None:
        """Take the word behind the caret."""
        if self.selection.is_empty:
            self.delete(self.cursor_position, self._word_behind(self.cursor_position))
        else:
            self.delete_selection()

    # the mouse

    def _cell_offset_to_index(self, offset: int) -> int:
        """The letter under a cell, seen from its beginning."""
        cells = offset + self.scroll_offset.x
        at = used = 0
        for letter in letters(self._value.plain):
            width = cell_len(letter)
            if cells < used + width:
                return at
            at, used = at + len(letter), used + width
        return len(self.value)
