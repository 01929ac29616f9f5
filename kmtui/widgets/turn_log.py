"""The turns of a forum, one under the other, each with what was drawn from it.

Only what is in sight is drawn, and a turn's broken lines are kept until its words or the width
change: the five hundredth turn costs what the first did.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kmtui.recording.sheet import Drawn, Row
from kmtui.thai.lines import clipped, wrapped
from kmtui.words import _

from .marks import DRAWN_MARKS, IN_HAND, ROLE_MARKS, STATE_MARKS, drawn_word

NAMES: Final = 12
"""Cells of the column of names."""
_EDGE: Final = 2
"""Cells at the right for the mark that says whether a turn is kept."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the log: what stands in the column of names, and beside it."""

    beside: str
    part: str
    """Which style it has: words, note, heading, drawn."""
    drawn: Drawn | None = None
    first: bool = False
    """The line that carries the name (of a turn) or the mark (of what was drawn)."""


class TurnLog(ScrollView, can_focus=False):
    """Every turn of the forum; the newest is in sight unless somebody walks up."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "turn-log--name",
        "turn-log--role",
        "turn-log--words",
        "turn-log--note",
        "turn-log--heading",
        "turn-log--drawn",
        "turn-log--kept",
        "turn-log--saving",
        "turn-log--refused",
        "turn-log--in-hand",
    }
    DEFAULT_CSS = """
    TurnLog {
        background: $background;
        color: $foreground;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        & > .turn-log--name { color: $primary; text-style: bold; }
        & > .turn-log--role { color: $secondary; }
        & > .turn-log--words { color: $foreground; }
        & > .turn-log--note { color: $muted; }
        & > .turn-log--heading { color: $muted; text-style: bold; }
        & > .turn-log--drawn { color: $secondary; }
        & > .turn-log--kept { color: $muted; }
        & > .turn-log--saving { color: $muted; }
        & > .turn-log--refused { color: $error; text-style: bold; }
        & > .turn-log--in-hand { background: $panel; }
    }
    """

    highlighted: reactive[Row | None] = reactive(None, repaint=False)

    @dataclass
    class Pointed(Message):
        """Somebody clicked on a turn."""

        row: Row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: list[Row] = []
        self.roles: Mapping[str, str] = {}
        """By the key of a speaker: the role whose mark stands before the name."""
        self.sitting: set[Row] = set()
        """Rows said in this sitting: they say that they are kept."""
        self._broken: dict[Row, tuple[object, list[_Line]]] = {}
        """Lines of each turn, with what they were made from."""
        self._starts: list[int] = []
        self._width = 0

    # down: what to show

    def show(self, rows: Iterable[Row], roles: Mapping[str, str] | None = None) -> None:
        """Show these turns, in this order."""
        self.rows = list(rows)
        self.roles = self.roles if roles is None else roles
        self._broken = {row: lines for row, lines in self._broken.items() if row in set(self.rows)}
        self._measure(0)
        self.to_end()
        self.refresh()

    def add(self, row: Row) -> None:
        """Show one more turn at the end."""
        self.rows.append(row)
        self.sitting.add(row)
        self._measure(len(self.rows) - 1)
        self.to_end()
        self.refresh()

    def changed(self, rows: Iterable[Row]) -> None:
        """These turns look different now."""
        for row in rows:
            if row not in self.rows:
                continue
            at = self.rows.index(row)
            before = len(self._broken[row][1]) if row in self._broken else 0
            if len(self._lines(at)) == before:
                self.refresh_lines(self._starts[at], before)
            else:
                self._measure(at)
                self.refresh()
                self.to_end()

    def to_end(self) -> None:
        """Bring the newest turn into sight."""
        if self.highlighted is None:
            self.scroll_end(animate=False, immediate=True, x_axis=False)

    def text_of(self, row: Row) -> str:
        """What a turn says on the screen, line by line; for people who listen and for tests."""
        at = self.rows.index(row)
        count = len(self._lines(at))
        return "\n".join(self._strip(at, line).text.rstrip() for line in range(count))

    # measuring

    def _measure(self, first: int) -> None:
        """Find where each turn begins, from this one on."""
        if not self._width:
            return
        del self._starts[first:]
        for at in range(first, len(self.rows)):
            self._starts.append(self._end_of(at - 1))
        self.virtual_size = Size(self._width, self._end_of(len(self.rows) - 1))

    def _end_of(self, at: int) -> int:
        return self._starts[at] + len(self._lines(at)) if at >= 0 else 0

    def _lines(self, at: int) -> list[_Line]:
        row = self.rows[at]
        drawn = tuple((id(one), one.text, one.beside) for one in row.drawn)
        made_from = (row.text, row.heading, self._is_new_topic(at), row.kind, drawn)
        if row not in self._broken or self._broken[row][0] != made_from:
            self._broken[row] = (made_from, list(self._break(row, self._is_new_topic(at))))
        return self._broken[row][1]

    def _is_new_topic(self, at: int) -> bool:
        heading = self.rows[at].heading
        return bool(heading) and (at == 0 or self.rows[at - 1].heading != heading)

    def _break(self, row: Row, new_topic: bool) -> Iterable[_Line]:
        room = max(8, self._width - NAMES - _EDGE)
        if new_topic:
            for line in wrapped(row.heading, room):
                yield _Line(line, "heading")
        part = "note" if row.kind == "note" else "words"
        for number, line in enumerate(wrapped(row.text, room)):
            yield _Line(line, part, first=number == 0)
        for drawn in row.drawn:
            label = f"{drawn_word(drawn.kind)}  "
            words = f"{drawn.text} · {drawn.beside}" if drawn.beside else drawn.text
            for number, line in enumerate(wrapped(label + words, room - 2)):
                yield _Line(line, "drawn", drawn=drawn, first=number == 0)

    # drawing

    def on_resize(self) -> None:
        """Break all lines again where the width is another."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._broken.clear()
            self._measure(0)
        self.to_end()
        self.call_after_refresh(self.to_end)  # nothing scrolls before its scrollbar is laid out

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        line = y + self.scroll_offset.y
        width = self.size.width
        if not self._starts or line >= self.virtual_size.height:
            return Strip.blank(width, self.rich_style)
        at = bisect_right(self._starts, line) - 1
        return self._strip(at, line - self._starts[at]).crop_extend(0, width, self.rich_style)

    def _strip(self, at: int, number: int) -> Strip:
        row = self.rows[at]
        line = self._lines(at)[number]
        ground = self.rich_style
        if row is self.highlighted:
            ground += self.get_component_rich_style("turn-log--in-hand", partial=True)
        cells = [*self._named(row, line, ground), *self._beside(line, ground)]
        used = sum(cell_len(cell.text) for cell in cells)
        cells.append(Segment(" " * max(0, self._width - _EDGE - used), ground))
        cells += self._mark(row, line, ground)
        return Strip(cells).crop_extend(0, self._width, ground)

    def _style(self, part: str, ground: Style) -> Style:
        return ground + self.get_component_rich_style(f"turn-log--{part}", partial=True)

    def _named(self, row: Row, line: _Line, ground: Style) -> Iterable[Segment]:
        if line.drawn is not None or not line.first:
            yield Segment(" " * NAMES, ground)
            return
        if row.kind == "note":
            yield Segment(clipped(_("note"), NAMES), self._style("note", ground))
            return
        mark = ROLE_MARKS.get(self.roles.get(row.voice.key, ""), "")
        lead = f"{mark} " if mark else ""
        yield Segment(lead, self._style("role", ground))
        shown = row.voice.short or "—"
        yield Segment(clipped(shown, NAMES - len(lead)), self._style("name", ground))

    def _beside(self, line: _Line, ground: Style) -> Iterable[Segment]:
        style = self._style(line.part, ground)
        if line.drawn is not None:
            lead = f"{DRAWN_MARKS[line.drawn.kind]} " if line.first else "  "
            yield Segment(lead, style)
        yield Segment(line.beside, style)

    def _mark(self, row: Row, line: _Line, ground: Style) -> Iterable[Segment]:
        state = line.drawn.state if line.drawn else row.state
        said_now = row in self.sitting
        mark = STATE_MARKS[state] if line.first and (said_now or state != "kept") else ""
        if row is self.highlighted and line.first and line.drawn is None:
            mark = IN_HAND
        yield Segment(mark.rjust(_EDGE), self._style(state, ground))

    # the turn in hand

    def watch_highlighted(self, old: Row | None, new: Row | None) -> None:
        """Show which turn is in hand, and bring it into sight."""
        for row in (old, new):
            if row in self.rows and self._starts:
                at = self.rows.index(row)
                self.refresh_lines(self._starts[at], len(self._lines(at)))
        if new in self.rows and self._starts:
            self._bring_into_sight(self.rows.index(new))
        else:
            self.to_end()

    def _bring_into_sight(self, at: int) -> None:
        top, height = self._starts[at], len(self._lines(at))
        first, rows = self.scroll_offset.y, self.size.height
        if top < first:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif top + height > first + rows:
            self.scroll_to(y=top + height - rows, animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """Take the turn under the pointer in hand."""
        line = event.y + self.scroll_offset.y
        if self._starts and line < self.virtual_size.height:
            self.post_message(self.Pointed(self.rows[bisect_right(self._starts, line) - 1]))
