"""A list of any length: only the rows in sight are drawn, and a moved cursor redraws two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kmtui.hooks import keys_of
from kmtui.sifting import standing_out
from kmtui.thai.lines import clipped, cut

_ASIDE: Final = frozenset({"muted", "warning"})
"""Styles of cells that nothing is found by: a day, what is missing."""
REST: Final = -1
"""A width: whatever the other cells leave."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row."""

    text: str
    """A person's or a file's words are made safe when drawn."""
    width: int = REST
    """In terminal cells."""
    style: str = ""
    """``muted``, ``primary``, ``warning``, ``accent``, ``secondary`` or empty."""
    tail: str = ""
    """The end of the text, which stays in sight where the text is cut."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list."""

    cells: tuple[Cell, ...]
    key: object = None
    """What it stands for; None for a heading, which the cursor passes over."""


def _filled(cell: Cell, rest: int) -> str:
    """A cell's text in exactly its width; blanks at its beginning stay."""
    width = rest if cell.width == REST else cell.width
    indent = min(width, len(cell.text) - len(cell.text.lstrip(" ")))
    room = width - indent
    if cell.tail and cell_len(cell.text) > room > 2 * cell_len(cell.tail):
        text = cell.text.removesuffix(cell.tail).rstrip()
        return " " * indent + clipped(cut(text, room - cell_len(cell.tail)) + cell.tail, room)
    return " " * indent + clipped(cell.text, room)


def _drawn(text: str, style: Style, words: str) -> Iterator[Segment]:
    """A cell as it is drawn: bold and underlined where it is what was looked for."""
    end = 0
    for first, last in standing_out(text, words) if words else ():
        yield Segment(text[end:first], style)
        yield Segment(text[first:last], style + Style(bold=True, underline=True))
        end = last
    yield Segment(text[end:], style)


class RecordList(ScrollView, can_focus=True):
    """Rows with a cursor."""

    DEFAULT_CSS = """
    RecordList { height: 1fr; background: $background; scrollbar-size-vertical: 1;
        overflow-x: hidden; }
    RecordList > .list--row { color: $foreground; background: $background; }
    RecordList > .list--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    RecordList > .list--muted { color: $muted; }
    RecordList > .list--primary { color: $primary; }
    RecordList > .list--secondary { color: $secondary; }
    RecordList > .list--accent { color: $accent; }
    RecordList > .list--warning { color: $warning; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--row",
        "list--cursor",
        "list--muted",
        "list--primary",
        "list--secondary",
        "list--accent",
        "list--warning",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Chosen(Message):
        """A row was opened."""

        key: object

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.looked_for = ""
        """Words that stand out wherever a row says them; set before ``show``."""

    def show(self, rows: Sequence[Row], *, keep: bool = True) -> None:
        """Put these rows into the list.

        Args:
            rows: All of them.
            keep: Leave the cursor on what it was on, where that is still there.
        """
        before = self.key if keep else None
        place = self.cursor if keep else 0
        self.rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        found = None
        if before is not None:
            found = next((at for at, row in enumerate(rows) if row.key == before), None)
        self.set_reactive(RecordList.cursor, self._standing(place if found is None else found))
        self._into_sight()
        self.refresh()

    @property
    def room(self) -> int:
        """Cells of a row: the last one is the scrollbar's, whether it is there or not."""
        return max(1, (self.size.width or self.app.size.width - 2) - 1)

    @property
    def key(self) -> object:
        """What the cursor is on; None for nothing."""
        return self.rows[self.cursor].key if 0 <= self.cursor < len(self.rows) else None

    def _standing(self, at: int, step: int = 1) -> int:
        """The nearest row to a place that is not a heading."""
        at = max(0, min(at, len(self.rows) - 1))
        for direction in (step, -step):
            place = at
            while 0 <= place < len(self.rows):
                if self.rows[place].key is not None:
                    return place
                place += direction
        return at

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        at = y + self.scroll_offset.y
        width, room = self.size.width, self.room
        plain = self.get_component_rich_style("list--row")
        if at >= len(self.rows):
            return Strip.blank(width, plain)
        under = at == self.cursor and self.rows[at].key is not None
        base = self.get_component_rich_style("list--cursor") if under else plain
        return Strip(self._segments(self.rows[at], room, base)).adjust_cell_length(width, base)

    def _segments(self, row: Row, width: int, base: Style) -> list[Segment]:
        fixed = sum(cell.width for cell in row.cells if cell.width != REST)
        rest = max(4, width - fixed)
        segments = []
        cursor = self.get_component_rich_style("list--cursor")
        plain = base == cursor and self.app.current_theme.ansi
        for cell in row.cells:
            style = base
            if cell.style and not plain:  # on the terminal's own white, its colours are not read
                named = self.get_component_rich_style(f"list--{cell.style}", partial=True)
                style = base + Style(color=named.color)
            words = "" if cell.style in _ASIDE else self.looked_for
            segments += [one for one in _drawn(_filled(cell, rest), style, words) if one.text]
        return segments

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the row that was left and the one that was reached."""
        if not self._into_sight():
            self.refresh_line(old)
            self.refresh_line(new)

    def _into_sight(self) -> bool:
        top, height = self.scroll_offset.y, max(1, self.size.height)
        target = self.cursor
        if target < top:
            above = 1 if target and self.rows[target - 1].key is None else 0
            self.scroll_to(y=target - above, animate=False, immediate=True)
            return True
        last = self._with_what_follows(target, height)
        if last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, immediate=True)
            return True
        return False

    def _with_what_follows(self, target: int, height: int) -> int:
        """The row; of the last one that can be marked, the end of the list, hidden else."""
        if any(self.rows[at].key is not None for at in range(target + 1, len(self.rows))):
            return target
        return max(target, min(len(self.rows) - 1, target + height - 1))

    def on_resize(self) -> None:
        """Keep the cursor in sight when the terminal changes."""
        self.virtual_size = Size(self.size.width, len(self.rows))
        self._into_sight()

    # keys and mouse

    def action_move(self, step: int) -> None:
        """Up or down, over headings."""
        if self.rows:
            self.cursor = self._standing(self.cursor + step, step)

    def action_page(self, pages: int) -> None:
        """A screenful."""
        if self.rows:
            height = max(1, self.size.height - 1)
            self.cursor = self._standing(self.cursor + pages * height, pages)

    def action_first(self) -> None:
        """To the first row."""
        self.cursor = self._standing(0)

    def action_last(self) -> None:
        """To the last row."""
        self.cursor = self._standing(len(self.rows) - 1, -1)

    def choose(self) -> None:
        """Open what the cursor is on."""
        if self.key is not None:
            self.post_message(self.Chosen(self.key))

    async def on_key(self, event: events.Key) -> None:
        """Enter opens; moves are made at once, not when the key has gone round through the app."""
        if event.key == "enter":
            event.stop()
            self.choose()
            return
        for binding in keys_of(self, event.key):
            if await self.app.run_action(binding.action, self):
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        """A click marks, a second one opens."""
        at = event.y + self.scroll_offset.y
        if 0 <= at < len(self.rows) and self.rows[at].key is not None:
            if at == self.cursor:
                self.choose()
            else:
                self.cursor = at
