"""Series: forums that belong together, in the order of their parts, and which part is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from kmtui.screens.card import CardScreen
from kmtui.screens.room import Entry, Room
from kmtui.spoken_days import day_words
from kmtui.widgets.card_fields import card_fields
from kmtui.widgets.card_lines import CardReading, Line, Link, Told, heading
from kmtui.widgets.forum_rows import short_gap, six_dots
from kmtui.widgets.record_list import REST, Cell
from kmtui.words import _, counted, figure
from store.errors import N_
from store.notebook import Notebook
from store.readings import SessionRow
from store.records import RecordId, Series
from store.text import search_key, sort_key


class SeriesRoom(Room):
    """By title, with how many forums each has."""

    NAME: ClassVar[str] = N_("Series")
    ASKS: ClassVar[str] = N_("Type words of a series or its aim")
    NOTHING: ClassVar[str] = N_("No series yet. A forum with a part number begins one.")

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Every series that is not in the trash."""
        forums = [one.series for one in notebook.sessions()]
        found = sorted(notebook.series(), key=lambda one: sort_key(one.title))
        return [_entry(one, forums.count(one.id)) for one in found]


def _entry(one: Series, forums: int) -> Entry:
    amount = counted("{n} forum", "{n} forums", forums).format(n=figure(forums))

    def cells(_width: int) -> tuple[Cell, ...]:
        return (Cell(f"  {one.title}", REST), Cell(f"  {amount}", 16, "muted"))

    return Entry(one.id, search_key(f"{one.title} {one.aim}"), cells)


class SeriesCard(CardScreen):
    """Title and aim, then the parts: ๖ before ๑๐, and the numbers that nobody has recorded."""

    NAME: ClassVar[str] = N_("Series")

    def read(self, notebook: Notebook) -> CardReading:
        """The series as it stands."""
        one = notebook.record(self.record)
        assert isinstance(one, Series)
        parts = [row for row in notebook.sessions() if row.series == one.id]
        lines: list[Line] = [
            *card_fields(one),
            *heading(_("Parts")),
            *_parts(parts),
        ]
        return CardReading(one.title, tuple(lines), one.marks)


def _parts(rows: list[SessionRow]) -> Iterator[Line]:
    numbered = sorted((row for row in rows if row.part is not None), key=_number)
    following = 1
    for row in numbered:
        for missing in range(following, _number(row)):
            words = _("part {part} is not recorded").format(part=figure(missing))
            yield Told(f"  ○ {words}", "warning")
        following = max(following, _number(row) + 1)
        yield _part(row, figure(row.part))
    for row in rows:
        if row.part is None:
            yield _part(row, "–")
    if not rows:
        yield Told("  –")


def _part(row: SessionRow, number: str) -> Link:
    gap = f"  {short_gap(row.gaps[0].kind)}" if row.gaps else ""
    day = f" · {day_words(row.date)}" if row.date else ""
    return Link(f"  {number}  {six_dots(row.complete)}", f"{row.title}{day}{gap}", RecordId(row.id))


def _number(row: SessionRow) -> int:
    return row.part or 0
