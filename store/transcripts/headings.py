"""Which lines are headings: agenda items, numbered parts, a role with its place."""

from __future__ import annotations

import re
from typing import Final

from .lines import Line
from .wording import AGENDA, NUMBERED_PARTS, PLACES, sentence_like

_NUMBERED: Final = re.compile(
    rf"(?:{'|'.join(NUMBERED_PARTS)}) ?[0-9๐-๙]{{1,3}}(?:/[0-9๐-๙]{{1,4}})?(?![0-9๐-๙])"
)
_LEVEL: Final = re.compile("คุณ(?:อำนวย|เอื้อ|กิจ|ประสาน|บันทึก|ลิขิต)")
_DECIDED: Final = re.compile(
    r"(?:(?:มติที่ประชุม|มติการประชุม|ที่ประชุมมีมติ|มติเวที)(?=[ :：]|$)|มติ(?= ?[:：]|$))[ :：]*"
)
LONGEST_HEADING: Final = 70
"""Code points; longer lines are read as speech."""
_LONGEST_AGENDA: Final = 300


def is_agenda(bare: str) -> bool:
    """``วาระที่ 3 เรื่องสืบเนื่อง (ต่อ)``, ``ระเบียบวาระที่ ๑ …``."""
    return bare.startswith(AGENDA) and len(bare) <= _LONGEST_AGENDA and is_numbered_part(bare)


def is_numbered_part(bare: str) -> bool:
    """``ส่วนที่ 1 …``: begins with a numbered part, whatever follows."""
    return _NUMBERED.match(bare) is not None


def decision_in(bare: str) -> str | None:
    """What was decided, on a line that begins with มติ; empty where that stands below.

    None for any other line.
    """
    found = _DECIDED.match(bare)
    return bare[found.end() :].strip() if found else None


def is_heading(line: Line) -> bool:
    """Whether a line without a speaker is a heading of what stands below it."""
    bare = line.bare
    if is_agenda(bare):
        return True
    if len(bare) > LONGEST_HEADING:
        return False
    if line.level:
        return True
    if sentence_like(bare.removeprefix(_number_at(bare))):
        return False
    return is_numbered_part(bare) or _is_place(bare)


def _number_at(bare: str) -> str:
    found = _NUMBERED.match(bare)
    return found[0] if found else ""


def _is_place(bare: str) -> bool:
    """``ตำบลบ้านใหม่``, ``คุณอำนวยตำบลบ้านใหม่``: a place alone, or a role with its place."""
    role = _LEVEL.match(bare)
    rest = bare[role.end() :].lstrip() if role else bare
    return (
        rest.startswith(PLACES) and rest.count(" ") <= 2 and " มี" not in rest and "มี " not in rest
    )
