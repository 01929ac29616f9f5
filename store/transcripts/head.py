"""The lines about a whole session: its day, its times, its place."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from .lines import Line
from .proposal import When
from .sheet import Sheet

_MONTH: Final = (
    r"(?:ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค"
    r"|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)"
)
_WHEN: Final = re.compile(
    r"(?:เมื่อ ?)?(?:(?:ใน|ระหว่าง)?วัน(?:ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์| ?:)|เวลา|"
    rf"[0-9๐-๙]{{1,2}} ?(?:[-–] ?[0-9๐-๙]{{1,2}} ?)?{_MONTH}|[0-9๐-๙]{{1,4}}[/-][0-9๐-๙]{{1,2}}[/-][0-9๐-๙]{{2,4}})"
)
_WHERE: Final = re.compile(r"(?:ณ |สถานที่|ที่ประชุม ?:|ห้องประชุม)")
_LONGEST: Final = 200


def is_about_session(line: Line) -> bool:
    """Whether a line above the talk tells the day, the times or the place."""
    bare = line.bare
    return len(bare) <= _LONGEST and bool(_WHEN.match(bare) or _WHERE.match(bare))


def when_and_place(sheet: Sheet, title: str, today: date) -> tuple[When, str]:
    """Read the day, the times and the place from the lines about the session and its title."""
    return When(), ""
