"""How a forum looks as one row of a list: day, title, six dots, the gap that matters most."""

from __future__ import annotations

import re
from typing import Final

from kmtui.spoken_days import day_in_a_list
from kmtui.words import _, figure
from store.errors import N_
from store.readings import SessionRow
from store.rules.completeness import dots

from .marks import MISSING, THERE
from .record_list import REST, Cell, Row

_SHORT: Final = {
    "no_recorder": N_("no recorder"),
    "no_turns": N_("nothing recorded"),
    "no_lesson": N_("no lesson"),
    "no_facilitator": N_("no facilitator"),
    "no_date": N_("no day"),
    "no_place": N_("no place"),
    "turn_without_speaker": N_("turns without a speaker"),
    "lesson_without_evidence": N_("a lesson without evidence"),
    "role_not_checked": N_("roles not checked"),
    "role_drift": N_("roles mixed up"),
    "action_without_owner": N_("a task nobody took"),
    "action_without_due": N_("a task without a day"),
    "nobody_present": N_("nobody present"),
}
_PART: Final = re.compile(r"\s\S+\s*[0-9๐-๙]{1,4}\)?$")
_DAY: Final = 20
_DOTS: Final = 8
_GAP: Final = 22
_WIDE: Final = 72
"""Cells from which the gap has a column of its own."""


def short_gap(kind: str) -> str:
    """What is missing, in two or three words."""
    return _(_SHORT.get(kind, N_("something is missing")))


def six_dots(share: float) -> str:
    """``●●●●○○``."""
    full = dots(share)
    return THERE * full + MISSING * (6 - full)


def full_title(row: SessionRow) -> str:
    """The title, with the part number where it does not say it itself."""
    if row.part is None or any(letter.isdigit() for letter in row.title):
        return row.title
    return _("{title} part {part}").format(title=row.title, part=figure(row.part))


def part_words(row: SessionRow) -> str:
    """The part number as the title says it: what tells the forums of a series apart."""
    found = _PART.search(full_title(row)) if row.part is not None else None
    return found[0] if found else ""


def forum_row(row: SessionRow, width: int) -> Row:
    """A forum as one row of a list of so many cells."""
    day = day_in_a_list(row.date) if row.date else "–"
    gap = short_gap(row.gaps[0].kind) if row.gaps else ""
    cells = [
        Cell(f"  {day}", _DAY, "muted"),
        Cell(full_title(row), REST, tail=part_words(row)),
        Cell(f"  {six_dots(row.complete)}", _DOTS + 2, "primary"),
    ]
    if width >= _WIDE:
        cells.append(Cell(gap, _GAP, "warning"))
    return Row(tuple(cells), key=row.id)
