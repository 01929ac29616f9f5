"""Official minutes: lists of who came, agenda, resolutions, and who signs.

Source: the regulation on correspondence, form 11 (แบบที่ ๑๑).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from store.names import split_name

from .attendance import row, substitute_under
from .headings import decision_in, is_agenda
from .lines import BLANKS, Line
from .sheet import Sheet
from .talk import read_talk_line
from .voices import Voices
from .wording import starts_with_list_number

Section = Literal["head", "came", "absent", "guests", "body"]

_LISTS: Final[tuple[tuple[str, Section], ...]] = (
    ("ผู้ไม่มาประชุม", "absent"),
    ("ผู้ที่ไม่มาประชุม", "absent"),
    ("ผู้ไม่เข้าประชุม", "absent"),
    ("ผู้ขาดประชุม", "absent"),
    ("ผู้ลาประชุม", "absent"),
    ("ผู้มาประชุม", "came"),
    ("ผู้เข้าประชุม", "came"),
    ("คณะกรรมการผู้มาประชุม", "came"),
    ("ผู้เข้าร่วมประชุม", "guests"),
    ("ผู้เข้าร่วมเวที", "came"),
    ("รายชื่อผู้เข้าร่วม", "came"),
    ("ผู้เข้าร่วม", "came"),
)
_LIST_END: Final = re.compile(r"(?:\(ถ้ามี\))? ?(?:จำนวน ?)?(?:[0-9๐-๙]{1,4} ?(?:คน|ท่าน))?[: ]*")
_STARTS: Final = re.compile(r"(?:เริ่ม|เปิด)(?:การ)?ประชุม ?(?:เมื่อ)?เวลา")
_ENDS: Final = re.compile(r"(?:เลิก|ปิด)(?:การ)?ประชุม ?(?:เมื่อ)?เวลา")
_RECORDER: Final = re.compile(
    r"(?:ผู้จดรายงานการประชุม|ผู้บันทึกรายงานการประชุม|ผู้จดบันทึกการประชุม|ผู้บันทึกการประชุม"
    r"|ผู้จดบันทึก|ผู้บันทึก|ผู้จด)(?=[ :：/(]|$)"
)
_SIGNS_AS: Final = re.compile(r"(?<= )ผู้(?:จด|บันทึก|ตรวจ)")
_LONGEST_SIGNATURE: Final = 120
_CHECKER: Final = re.compile(r"ผู้ตรวจ(?:รายงานการประชุม)?(?=[ :：(]|$)")
_SIGNED: Final = re.compile(r"(?:\(?ลงชื่อ\)?|ลงนาม) ?[.…_ -]*")
_NAME_LINE: Final = re.compile(r"\(([^()]{2,60})\)")
_LONGEST_POSITION: Final = 60
"""Code points behind a name in a list; what is longer was said."""
_MARKS: Final = 2
"""How many of its own phrases make a file minutes."""


def is_minutes(lines: Sequence[Line]) -> bool:
    """Whether a file has the fixed phrases of official minutes."""
    seen = set()
    filled = [one for one in lines if not one.is_blank]
    for at, line in enumerate(filled):
        bare = line.bare
        if bare.startswith("รายงานการประชุม"):
            seen.add("title")
        elif _list_of(bare):
            seen.add("list")
            if at + 1 < len(filled) and starts_with_list_number(filled[at + 1].bare):
                return True
        elif is_agenda(bare):
            seen.add("agenda")
        elif _STARTS.match(bare) or _ENDS.match(bare):
            seen.add("times")
        elif decision_in(bare) is not None:
            seen.add("decided")
        elif _RECORDER.match(bare) and bare.startswith("ผู้จดรายงาน"):
            seen.add("recorder")
    return len(seen) >= _MARKS and seen != {"agenda", "decided"}


@dataclass(slots=True)
class _Minutes:
    voices: Voices
    sheet: Sheet
    section: Section = "head"
    deciding: bool = False
    """The line before was มติที่ประชุม and nothing else."""

    def take(self, line: Line) -> None:
        bare = line.bare
        section = _list_of(bare)
        if section:
            self.section = section
            self.sheet.topic(line)
            self.sheet.heading = ""
        elif _STARTS.match(bare) or _ENDS.match(bare):
            self.section = "body"
            self.sheet.about(line)
            self.sheet.close()
        elif is_agenda(bare):
            self.section = "body"
            self.sheet.topic(line)
        elif self._decision(line, bare):
            self.section = "body"
        elif self.section == "head":
            self._head(line)
        elif self.section in ("came", "absent", "guests"):
            self._listed(line)
        else:
            read_talk_line(line, self.voices, self.sheet)

    def _head(self, line: Line) -> None:
        if self.sheet.title is None and self._is_first(line):
            self.sheet.entitle(line)
        elif self.voices.strong(line) is None and len(line.bare) <= 200:
            self.sheet.about(line)
        else:
            read_talk_line(line, self.voices, self.sheet)

    def _talks(self, line: Line) -> bool:
        """Whether the list is over and somebody speaks."""
        label = self.voices.strong(line)
        if label is None or starts_with_list_number(line.bare):
            return False
        return label.gap.sign == ":" or len(label.text) > _LONGEST_POSITION

    def _is_first(self, line: Line) -> bool:
        """Signatures were written down before; they stand below."""
        return all(number > line.number for number in self.sheet.uses)

    def _decision(self, line: Line, bare: str) -> bool:
        if self.deciding:
            self.deciding = False
            self.sheet.decided(line, line.bare)
            return True
        text = decision_in(bare)
        if text is None:
            return False
        if text:
            self.sheet.decided(line, text)
        else:
            self.deciding = True
            self.sheet.about(line)
            self.sheet.close()
        return True

    def _listed(self, line: Line) -> None:
        if self._talks(line):
            self.section = "body"
            read_talk_line(line, self.voices, self.sheet)
            return
        if substitute_under(line) and self.sheet.attendance:
            last = self.sheet.attendance.pop()
            whom = substitute_under(line)
            self.sheet.attended(line, replace(last, presence="on_behalf", substitute_for=whom))
            return
        found = row(line, self.section)
        if found is None:
            self.sheet.unclear(line)
            return
        self.sheet.attended(line, found)


def read_minutes(lines: Sequence[Line], voices: Voices, sheet: Sheet) -> None:
    """Write down every line of the minutes."""
    filled = [one for one in lines if not one.is_blank]
    _signatures(filled, sheet)
    sheet.narrates = True
    minutes = _Minutes(voices, sheet)
    for line in filled:
        if line.number not in sheet.uses:
            minutes.take(line)


def _list_of(bare: str) -> Section | None:
    for phrase, section in _LISTS:
        if bare.startswith(phrase) and _LIST_END.fullmatch(bare[len(phrase) :].lstrip()):
            return section
    return None


def _signatures(lines: Sequence[Line], sheet: Sheet) -> None:
    """Who signs as recorder or checker; the name stands in brackets above or below."""
    for at, line in enumerate(lines):
        signed = _SIGNED.match(line.bare)
        bare = line.bare[signed.end() :].strip() if signed else line.bare
        if len(bare) > _LONGEST_SIGNATURE:
            continue
        before, bare = _name_before(bare, signed=signed is not None)
        recorder = _RECORDER.match(bare)
        checker = _CHECKER.match(bare)
        found = recorder or checker
        if found is None:
            continue
        named = before or _named_in(bare[found.end() :])
        beside = None if named else _beside(lines, at, below_first=signed is not None)
        name = named or (_bracketed(beside) if beside else "")
        if recorder and name:
            sheet.held(line, "recorder", name, found[0])
        elif name or signed:
            sheet.about(line)
        else:
            continue
        if beside is not None:
            sheet.uses[beside.number] = "role"


def _name_before(bare: str, *, signed: bool) -> tuple[str, str]:
    """``(ลงชื่อ) นภา สุขใจ  ผู้จดรายงานการประชุม``: the name, and what stands from the role on."""
    found = _SIGNS_AS.search(bare)
    name = bare[: found.start()].strip(" ().…:：") if found else ""
    if found is None or not name or name.count(" ") > 2 or not (signed or split_name(name).title):
        return "", bare
    return name, bare[found.start() :]


def _named_in(rest: str) -> str:
    rest = rest.strip(" :：().…/")
    return rest if rest and len(rest) <= 60 and split_name(rest).title else ""


def _beside(lines: Sequence[Line], at: int, *, below_first: bool) -> Line | None:
    above = lines[at - 1] if at else None
    below = lines[at + 1] if at + 1 < len(lines) else None
    for one in (below, above) if below_first else (above, below):
        if one is not None and _bracketed(one):
            return one
    return None


def _bracketed(line: Line) -> str:
    found = _NAME_LINE.fullmatch(line.bare)
    return found[1].strip(BLANKS + ".…") if found else ""
