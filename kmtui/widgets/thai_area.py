"""A text area for Thai: rows end between words, the caret moves by what is seen as one letter.

Where a long line goes on in the next row, its end and the beginning of that row are one place in
the text. End stays in the row: the caret is drawn behind its last letter until it moves.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection

from kmtui import keys
from kmtui.hooks.area import HookedTextArea
from kmtui.thai.lines import wrapped

from .caret import (
    drawn,
    is_done_at_once,
    letter_at,
    letter_before,
    letter_behind,
    letter_end,
    letter_start,
    offset_at,
    pasted,
    word_before,
    word_behind,
)


class ThaiTextArea(HookedTextArea):
    """Lines of words; Backspace takes one code point, as Thai typists expect, all else a letter.

    Args:
        text: What stands in it.
        soft_wrap: Whether long lines go on in the next row.
        placeholder: What is asked for, shown while it is empty.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+delete", "delete_word_right", show=False),
        *keys.of("line.new_line"),
    ]

    def __init__(
        self,
        text: str = "",
        *,
        soft_wrap: bool = True,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        self._row_end: Location | None = None
        """The place that is the end of its row, where the caret is there and not in the next."""
        super().__init__(text, soft_wrap=soft_wrap, placeholder=placeholder, id=id, compact=True)
        self.set_reactive(TextArea.indent_width, 1)  # a tab is one cell, as all our fields have it
        self.set_reactive(TextArea.match_cursor_bracket, False)

    # rows

    def _starts(self, line: int) -> list[int]:
        """Where the rows of a line begin."""
        try:
            return [0, *self.wrapped_document.get_offsets(line)]
        except ValueError:  # the line has just come, and its rows have not been looked for
            self.wrapped_document.wrap(self.wrap_width, self.indent_width)
            return [0, *self.wrapped_document.get_offsets(line)]

    def _row(self, y: int) -> tuple[int, int, int]:
        """The line of a row, and where in it the row begins and ends."""
        for line in range(self.document.line_count):
            starts = self._starts(line)
            if y < len(starts):
                return line, starts[y], [*starts, len(self.document[line])][y + 1]
            y -= len(starts)
        last = self.document.line_count - 1
        return last, self._starts(last)[-1], len(self.document[last])

    def _caret_row(self) -> int:
        """The row that the caret stands in, from the first of all."""
        line, at = self.clamp_visitable(self.cursor_location)
        which = bisect_right(self._starts(line), at) - 1
        if which and self._row_end == (line, at):
            which -= 1
        return sum(len(self._starts(above)) for above in range(line)) + which

    def caret_offset(self) -> Offset:
        """Where the caret is; one that an undo has left below the text is at its end."""
        line, at = self.clamp_visitable(self.cursor_location)
        y = self._caret_row()
        _line, start, _end = self._row(y)
        x = cell_len(drawn(self.document[line][start:at]))
        return Offset(min(x, self.wrap_width or x), y)  # blanks may hang over the edge

    def _at(self, x: int, y: int) -> Location:
        """The place at a cell of a row; behind the row, its end."""
        if y < 0:
            return 0, 0
        line, start, end = self._row(y)
        at = start + offset_at(drawn(self.document[line][start:end]), max(0, x))
        return self._end_of_row(line, end) if at >= end else (line, at)

    def _end_of_row(self, line: int, end: int) -> Location:
        """Before the blank that a row ends with, else behind its last letter, in that row."""
        text = self.document[line]
        if end == len(text):
            return line, end
        if text[end - 1] == " ":
            return line, end - 1
        self._row_end = (line, end)
        return line, end

    # where the caret may stand

    def validate_selection(self, selection: Selection) -> Selection:
        """Never inside a letter: behind it."""
        return Selection(*(self._whole(place) for place in selection))

    def _whole(self, place: Location) -> Location:
        line, at = self.clamp_visitable(place)
        return line, letter_end(self.document[line], at)

    def move_cursor(
        self,
        location: Location,
        select: bool = False,
        center: bool = False,
        record_width: bool = True,
    ) -> None:
        """Go to a place, or to the beginning of the letter that it is inside of."""
        line, at = self.clamp_visitable(location)
        location = line, letter_start(self.document[line], at)
        if location != self._row_end:
            self._row_end = None
        super().move_cursor(location, select, center, record_width)

    def record_cursor_width(self) -> None:
        """Keep the cell that Up and Down go to."""
        self.navigator.last_x_offset = self.caret_offset().x

    def get_cursor_left_location(self) -> Location:
        """One letter to the left."""
        line, at = self.cursor_location
        if not at:
            return super().get_cursor_left_location()
        return line, letter_before(self.document[line], at)

    def get_cursor_right_location(self) -> Location:
        """One letter to the right."""
        line, at = self.cursor_location
        if at >= len(self.document[line]):
            return super().get_cursor_right_location()
        return line, letter_behind(self.document[line], at)

    def get_cursor_word_left_location(self) -> Location:
        """To the beginning of a word."""
        line, at = self.cursor_location
        if not at:
            return super().get_cursor_word_left_location()
        return line, word_before(self.document[line], at)

    def get_cursor_word_right_location(self) -> Location:
        """To the next word."""
        line, at = self.cursor_location
        if at >= len(self.document[line]):
            return super().get_cursor_word_right_location()
        return line, word_behind(self.document[line], at)

    def get_cursor_up_location(self) -> Location:
        """The row above, in the same cell where it reaches that far."""
        return self._at(self.navigator.last_x_offset, self._caret_row() - 1)

    def get_cursor_down_location(self) -> Location:
        """The row below, in the same cell where it reaches that far."""
        y = self._caret_row() + 1
        if y >= self.wrapped_document.height:
            return self.document.end
        return self._at(self.navigator.last_x_offset, y)

    def get_cursor_line_start_location(self, smart_home: bool = False) -> Location:  # noqa: ARG002
        """Where the row begins."""
        line, start, _end = self._row(self._caret_row())
        return line, start

    def get_cursor_line_end_location(self) -> Location:
        """Where the row ends."""
        line, _start, end = self._row(self._caret_row())
        return self._end_of_row(line, end)

    def get_target_document_location(self, event: events.MouseEvent) -> Location:
        """The beginning of the letter that the mouse is on."""
        self._row_end = None
        x = event.x - self.gutter.left + int(self.scroll_offset.x)
        return self._at(x, event.y - self.gutter.top + int(self.scroll_offset.y))

    # what is put in and taken away

    @property
    def value(self) -> str:
        """The words, as a field calls them."""
        return self.text

    @value.setter
    def value(self, words: str) -> None:
        self.load_text(words)

    def edit(self, edit: Edit) -> EditResult:
        """Change the words; behind a change the caret is where it seems to be."""
        self._row_end = None
        done = super().edit(edit)
        self.scroll_cursor_visible()  # again: now it is known how many rows there are
        return done

    def take_in(self, words: str) -> None:
        """Put words where the caret is, or in the place of what is marked."""
        if not self.read_only:
            self.replace(words, *self.selection, maintain_selection_offset=False)

    async def on_key(self, event: events.Key) -> None:
        """Move and delete at once, not when the key has gone round through the app."""
        if await is_done_at_once(self, event):
            event.stop().prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take in what is pasted, but for control characters."""
        event.stop().prevent_default()
        self.take_in(pasted(event.text))

    def action_paste(self) -> None:
        """Take in what was copied in this program."""
        self.take_in(pasted(self.app.clipboard))

    def action_new_line(self) -> None:
        """Begin a line."""
        self.take_in("\n")

    def action_delete_left(self) -> None:
        """Take one code point: a mark before its letter."""
        line, at = self.cursor_location
        if self.selection.is_empty and at and not self.read_only:
            self.delete((line, at - 1), (line, at), maintain_selection_offset=False)
        else:
            super().action_delete_left()

    def action_delete_to_start_of_line(self) -> None:
        """Take what stands before the caret in its line, however many rows the line has."""
        line, column = self.cursor_location
        self.delete((line, 0), (line, column), maintain_selection_offset=False)

    def action_delete_to_end_of_line(self) -> None:
        """Take what stands behind the caret in its line, however many rows the line has."""
        line, column = self.cursor_location
        end = len(self.document[line])
        self.delete((line, column), (line, end), maintain_selection_offset=False)

    def action_delete_word_left(self) -> None:
        """Take what is marked, also at the very beginning; else the word before the caret."""
        if self.selection.is_empty:
            super().action_delete_word_left()
        else:
            self.action_delete_left()

    def action_delete_word_right(self) -> None:
        """Take the word behind the caret."""
        if not self.read_only:
            start, end = self.selection
            end = self.get_cursor_word_right_location() if start == end else end
            self.delete(start, end, maintain_selection_offset=False)

    # what is drawn

    def render_line(self, y: int) -> Strip:
        """One row, the caret over a letter with all of its marks."""
        width = self.scrollable_content_region.width
        left, top = (int(scrolled) for scrolled in self.scroll_offset)
        text = self._placeholder_row(y) if not self.text else self._drawn_row(y + top)
        strip = Strip(text.render(self.app.console), text.cell_len).crop(left, left + width)
        return strip.extend_cell_length(width, self.rich_style).apply_style(self.rich_style)

    def _placeholder_row(self, y: int) -> Text:
        rows = wrapped(str(self.placeholder), max(1, self.wrap_width))
        text = Text(rows[y] if y < len(rows) else "", no_wrap=True, end="")
        text.stylize(self.get_component_rich_style("text-area--placeholder"))
        if y == 0:
            self._draw_caret(text, 0)
        return text

    def _drawn_row(self, y: int) -> Text:
        if y >= self.wrapped_document.height:
            return Text("", end="")
        line, start, end = self._row(y)
        text = Text(drawn(self.document[line][start:end]), no_wrap=True, end="")
        first, last = sorted(self.selection)
        if first != last and first[0] <= line <= last[0]:
            begin = first[1] - start if first[0] == line else 0
            close = last[1] - start if last[0] == line else end - start
            marked = self.get_component_rich_style("text-area--selection")
            text.stylize(marked, max(0, begin), max(0, close))
        if y == self._caret_row():
            self._draw_caret(text, self.cursor_location[1] - start)
        return text

    def _draw_caret(self, text: Text, at: int) -> None:
        if self.caret_shows:
            if self.wrap_width:
                at = min(at, offset_at(text.plain, self.wrap_width))
            start, end = letter_at(text.plain, at)
            text.pad_right(max(0, end - len(text)))
            text.stylize(self.get_component_rich_style("text-area--cursor"), start, end)
