"""A field of one line for Thai: the caret moves by what a person sees as one letter.

Textual's own field moves by code point, so that half of its stops are inside a letter, Delete
leaves a mark without its letter, and a click lands beside what was clicked.
"""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.strip import Strip
from textual.widgets.input import Selection

from kmtui.hooks import HookedInput

from .caret import (
    drawn,
    is_done_at_once,
    letter_at,
    letter_before,
    letter_behind,
    letter_end,
    offset_at,
    pasted,
    word_before,
    word_behind,
)

_LINE_BREAK: Final = re.compile(r"[ \t]*\n\s*")


class ThaiInput(HookedInput):
    """One line; Backspace takes one code point, as Thai typists expect, and all else a letter."""

    keeps_lines = False
    """Whether the lines of a paste stay lines; else they are put together with blanks."""

    @property
    def drawn(self) -> str:
        """What is drawn, code point by code point: no escapes, no turned directions."""
        return "•" * len(self.value) if self.password else drawn(self.value)

    @property
    def content_width(self) -> int:
        """Cells of what is drawn, with one for the caret behind it."""
        return cell_len(self.drawn) + 1 if self.value else cell_len(drawn(self.placeholder))

    def render_line(self, y: int) -> Strip:
        """The line, or what is asked for where it is empty, with the caret over a whole letter."""
        width = self.scrollable_content_region.width + 1
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        text = Text(self.drawn or drawn(self.placeholder), no_wrap=True, overflow="ignore", end="")
        if not self.value:
            text.stylize(self.get_component_rich_style("input--placeholder"))
        elif self.has_focus and not self.selection.is_empty:
            marked = self.get_component_rich_style("input--selection")
            text.stylize_before(marked, *sorted(self.selection))
        if self.caret_shows:
            start, end = letter_at(text.plain, self.cursor_position)
            text.pad_right(max(0, end - len(text)))
            text.stylize(self.get_component_rich_style("input--cursor"), start, end)
        left = int(self.scroll_offset.x)
        strip = Strip(text.render(self.app.console), text.cell_len).crop(left, left + width)
        return strip.extend_cell_length(width).apply_style(self.rich_style)

    async def on_key(self, event: events.Key) -> None:
        """Move and delete at once, not when the key has gone round through the app."""
        if await is_done_at_once(self, event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take in every line of what is pasted, where Textual's own field takes the first."""
        event.prevent_default()
        event.stop()
        self.take_in_paste(event.text)

    def action_paste(self) -> None:
        """Take in what was copied in this program."""
        self.take_in_paste(self.app.clipboard)

    def take_in_paste(self, words: str) -> None:
        """Put words of any kind where the caret is: without control characters, in one line."""
        text = pasted(words).strip("\n")
        self.take_in(text if self.keeps_lines else _LINE_BREAK.sub(" ", text))

    def take_in(self, text: str) -> None:
        """Put words where the caret is, or in the place of what is marked."""
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)

    # where the caret may stand

    def validate_selection(self, selection: Selection) -> Selection:
        """Never inside a letter: behind it."""
        start, end = super().validate_selection(selection)
        if self.password:
            return Selection(start, end)
        return Selection(letter_end(self.value, start), letter_end(self.value, end))

    def _before(self, at: int) -> int:
        return max(0, at - 1) if self.password else letter_before(self.value, at)

    def _behind(self, at: int) -> int:
        text = self.drawn if self.password else self.value
        return letter_behind(text, at)

    def _word_before(self, at: int) -> int:
        return 0 if self.password else word_before(self.value, at)

    def _word_behind(self, at: int) -> int:
        return len(self.value) if self.password else word_behind(self.value, at)

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

    def index_at(self, cells: int) -> int:
        """The beginning of the letter that is drawn at a cell."""
        return offset_at(self.drawn, cells)

    def cells_before(self, position: int) -> int:
        """Cells of what is drawn before an offset."""
        return cell_len(self.drawn[:position])
