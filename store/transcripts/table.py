"""Tables with a row a turn, pasted as tabs or taken from Word: number, time, speaker, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .lines import BLANKS, Line, plain
from .sheet import Sheet
from .voices import Voices

_WHO: Final = frozenset({
    "ผู้พูด", "ชื่อ", "ชื่อผู้พูด", "ชื่อ-สกุล", "ชื่อ - สกุล", "ชื่อ-นามสกุล", "ผู้อภิปราย", "speaker", "name",
})  # fmt: skip
_WHAT: Final = frozenset({
    "คำพูด", "ข้อความ", "เนื้อหา", "สิ่งที่พูด", "รายละเอียด", "ประเด็น", "ถ้อยคำ", "text", "words", "said",
})  # fmt: skip
_WHEN: Final = frozenset({"เวลา", "time"})
_FROM: Final = frozenset({"หน่วยงาน", "สังกัด", "agency"})
_NUMBER_OR_TIME: Final = re.compile(r"[0-9๐-๙]{1,4}[.)]?|[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2}(?: ?น\.)?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cell of a row is what; counted from 0."""

    who: int
    what: int
    when: int | None
    agency: int | None
    head: int | None
    """Number of the line with the names of the columns; None where there is none."""


def columns(lines: Sequence[Line], voices: Voices) -> Columns | None:
    """The columns of a table of turns; None where the file is no such table."""
    for line in lines:
        if line.is_blank or "\t" not in line.text:
            continue
        names = [cell.casefold() for cell in _cells(line)]
        who = next((at for at, name in enumerate(names) if name in _WHO), None)
        what = next((at for at, name in enumerate(names) if name in _WHAT), None)
        if who is not None and what is not None:
            when = next((at for at, name in enumerate(names) if name in _WHEN), None)
            agency = next((at for at, name in enumerate(names) if name in _FROM), None)
            return Columns(who, what, when, agency, line.number)
        break
    return _without_head(lines, voices)


def _without_head(lines: Sequence[Line], voices: Voices) -> Columns | None:
    """Rows of a number or a time, a speaker, and words."""
    fitting = filled = 0
    timed = False
    for line in lines:
        if line.is_blank:
            continue
        filled += 1
        cells = _cells(line)
        if len(cells) >= 3 and _NUMBER_OR_TIME.fullmatch(cells[0]):
            row = Line(line.number, f"{cells[1]}\t{cells[2]}")
            fitting += voices.strong(row) is not None
            timed = timed or ":" in cells[0]
    if fitting < 2 or fitting * 2 < filled:
        return None
    return Columns(1, 2, 0 if timed else None, None, None)


def read_table(lines: Sequence[Line], found: Columns, sheet: Sheet) -> None:
    """Write down every row; one without a speaker goes on with the last."""
    begun = found.head is None
    for line in lines:
        if line.is_blank:
            continue
        if line.number == found.head:
            begun = True
            sheet.drop(line, "table_head")
        elif begun and "\t" in line.text:
            _row(line, found, sheet)
        elif begun and sheet.is_talking:
            sheet.more(line)
        elif not sheet.uses:
            sheet.entitle(line)
        elif begun:
            sheet.unclear(line)
        else:
            sheet.about(line)


def _row(line: Line, found: Columns, sheet: Sheet) -> None:
    cells = line.text.split("\t")
    if len(cells) <= max(found.who, found.what):
        sheet.more(line)
        return
    label = cells[found.who].strip(BLANKS)
    text = cells[found.what]
    at = cells[found.when].strip(BLANKS) if found.when is not None else ""
    if label:
        column = found.agency if found.agency is not None else len(cells)
        agency = cells[column].strip(BLANKS) if column < len(cells) else ""
        sheet.said(line, f"{label} ({agency})" if agency else label, text, at_text=at)
        _tell_others(line, cells, found, sheet)
    elif text.strip(BLANKS):
        sheet.more(Line(line.number, text))
    else:
        sheet.unclear(line)


def _tell_others(line: Line, cells: list[str], found: Columns, sheet: Sheet) -> None:
    """Cells of other columns are no part of what was said; their loss is told."""
    for at, cell in enumerate(cells):
        bare = cell.strip(BLANKS)
        if at not in (found.who, found.what, found.when, found.agency) and not (
            not bare or _NUMBER_OR_TIME.fullmatch(bare)
        ):
            sheet.find("dropped", line.number, text=bare[:60])


def _cells(line: Line) -> list[str]:
    return [plain(cell).strip() for cell in line.text.split("\t")]
