"""What a saved blog page adds to a text and nobody said: footers, menus, counts."""

from __future__ import annotations

import re
from typing import Final

from .lines import Line

_FOOTER: Final = re.compile(r"บันทึกนี้เขียนที่ ?GotoKnow")
_FOLLOW: Final = re.compile(
    r"(?:ติดตาม ?ผู้ติดตาม|ความเห็น ?\([0-9๐-๙]{1,5}\)|หมายเลขบันทึก ?:? ?[0-9]{1,9}.{0,80}"
    r"|(?:สร้าง|แก้ไข|เขียนเมื่อ) ?: ?[0-9].{0,80}|สัญญาอนุญาต ?:.{0,120}|แสดงความคิดเห็น|แสดงความเห็น)"
)
_RULE: Final = re.compile(r"[-=_*~#. ·•–—]{3,}")


def is_footer(line: Line) -> bool:
    """The line with which the text of a GotoKnow page ends."""
    return _FOOTER.match(line.bare) is not None


def is_furniture(line: Line) -> bool:
    """A line that such pages put anywhere."""
    return _FOLLOW.fullmatch(line.bare) is not None


def is_rule(line: Line) -> bool:
    """A drawn line: ``-----``, ``* * *``."""
    return _RULE.fullmatch(line.bare) is not None
