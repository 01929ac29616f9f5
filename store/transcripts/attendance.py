"""One row of a list of who came: number, name, position, and whom they stood in for."""

from __future__ import annotations

import re
from typing import Final

from store.names import split_name

from .lines import Line, gaps, plain
from .proposal import ProposedAttendance

_NUMBER: Final = re.compile(r"[0-9๐-๙]{1,3}(?:[.)]| ?\t|(?= )) ?")
_BULLET: Final = re.compile(r"[-•*–·] ?")
_INSTEAD: Final = re.compile(r"\(?(?:มาประชุมแทน|เข้าประชุมแทน|ประชุมแทน|แทน) ?(.*?)\)?")
_INSTEAD_AFTER: Final = re.compile(r"(.*?) ?\((?:มาประชุม)?แทน ?([^()]*)\)")
_POSITIONS: Final = (
    "กรรมการ", "ประธาน", "รองประธาน", "เลขา", "ผู้จัดการ", "หัวหน้า", "นัก", "เจ้าหน้าที่", "ผอ.",
    "ผู้แทน", "ตัวแทน", "สมาชิก", "กำนัน", "ผู้ใหญ่บ้าน", "ครู", "พัฒนากร", "เหรัญญิก", "ที่ปรึกษา", "ปลัด",
    "นายก", "รอง", "ผู้อำนวยการ", "ผู้ช่วย", "อาจารย์", "แพทย์", "พยาบาล", "เกษตร", "สหกรณ์",
)  # fmt: skip
_LONGEST_ROW: Final = 250


def row(line: Line, section: str) -> ProposedAttendance | None:
    """Read a row of the list ``came``, ``absent`` or ``guests``; None where it names nobody."""
    bare = plain(line.text).strip()
    if len(bare) > _LONGEST_ROW:
        return None
    numbered = _NUMBER.match(bare) or _BULLET.match(bare)
    cells = _cells(line.text.strip()[numbered.end() :] if numbered else line.text.strip())
    if not cells:
        return None
    name, rest = _name_and_rest(cells)
    if not name or (not numbered and not split_name(name).title):
        return None
    return _attending(line.number, name, rest, section)


def substitute_under(line: Line) -> str:
    """Whom the person in the row above stood in for; empty where this line is another row."""
    bare = line.bare
    found = _INSTEAD.fullmatch(bare)
    return found[1].strip() if found and len(bare) <= _LONGEST_ROW else ""


def _cells(text: str) -> list[str]:
    cells, start = [], 0
    for gap in gaps(text, _LONGEST_ROW):
        if gap.sign in ("tab", "wide"):
            cells.append(text[start : gap.start])
            start = gap.end
    return [one for one in (plain(cell).strip() for cell in (*cells, text[start:])) if one]


def _name_and_rest(cells: list[str]) -> tuple[str, list[str]]:
    """The name is the first cell; in a row of single blanks, title, given and family name."""
    if len(cells) > 1 and split_name(f"{cells[0]} {cells[1]}").title == cells[0]:
        return _name_and_rest([f"{cells[0]}{cells[1]}", *cells[2:]])
    if len(cells) > 1 and " " not in split_name(cells[0]).given and _is_family_name(cells[1]):
        return f"{cells[0]} {cells[1]}", cells[2:]
    words = cells[0].split(" ")
    title = split_name(cells[0]).title
    names = 3 if words[0] == title else 2
    if len(cells) == 1 and len(words) > names:
        return " ".join(words[:names]), [" ".join(words[names:])]
    return cells[0], cells[1:]


def _is_family_name(cell: str) -> bool:
    return (
        " " not in cell
        and not cell.startswith((*_POSITIONS, "แทน", "ติด", "ลา", "ป่วย", "("))
        and not any(one.isdigit() or one == "." for one in cell)
        and len(cell) <= 20
    )


def _attending(number: int, name: str, rest: list[str], section: str) -> ProposedAttendance:
    position, reason, whom = "", "", ""
    instead = False
    for cell in rest:
        if found := _INSTEAD.fullmatch(cell):
            instead, whom = True, found[1].strip()
        elif found := _INSTEAD_AFTER.fullmatch(cell):
            instead, position, whom = True, found[1], found[2].strip()
        elif section == "absent" and not cell.startswith(_POSITIONS):
            reason = f"{reason} {cell.strip('()')}".strip()
        else:
            position = f"{position} {cell}".strip()
    presence = "absent" if section == "absent" else "on_behalf" if instead else "present"
    return ProposedAttendance(
        line=number,
        name=name,
        presence=presence,  # type: ignore[arg-type]
        position=position,
        reason=reason,
        substitute_for=whom,
        member=section != "guests",
    )
