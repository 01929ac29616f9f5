"""Talk: lines with a speaker's label, in any of the ways that people write one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from store.names import role_word, split_name

from .aar import Reviews, question_in, reviews_in
from .furniture import is_footer, is_furniture, is_rule
from .head import is_about_session
from .headings import decision_in, is_heading, is_numbered_part
from .lines import BLANKS, Line
from .reported import Told, told, told_after_label
from .sheet import Sheet
from .voices import Label, Voices
from .wording import sentence_like

_LONGEST_TITLE: Final = 200
_LIFE: Final = ("อาศัยอยู่", "เกิด", "เป็น", "ดำรงตำแหน่ง", "อายุ", "จบการศึกษา", "ประวัติ", "ปัจจุบัน", "อดีต")
"""Words that follow a full name where somebody is introduced and does not speak."""
_REPLACED: Final = "\ufffd"
_ROLE_LINE: Final = re.compile(r"([^ :：]{3,30})(?: ?[:：] ?| )([^:：]{3,60})")
_LONGEST_ROLE: Final = 100


def read_talk(lines: Sequence[Line], voices: Voices, sheet: Sheet) -> None:
    """Write down every line of a talk, and of the AARs in it."""
    past_footer = False
    reviews = reviews_in(lines, sheet)
    for line in lines:
        if line.is_blank or line.number in sheet.uses:
            continue
        if _REPLACED in line.text:
            sheet.find("lost_letters", line.number)
        past_footer = past_footer or is_footer(line)
        if past_footer:
            label = voices.strong(line)
            if label is None or label.written not in {one.label for one in sheet.turns}:
                sheet.drop(line, "footer")
                continue
            past_footer = False  # a second part follows in the same file
        read_talk_line(line, voices, sheet, reviews)


def read_talk_line(
    line: Line, voices: Voices, sheet: Sheet, reviews: Reviews | None = None
) -> None:
    """Write down one line of a talk."""
    if _is_recorder(line, sheet) or (reviews is not None and _is_review(line, sheet, reviews)):
        return
    if is_furniture(line) or is_rule(line):
        sheet.drop(line, "rule" if is_rule(line) else "footer")
    elif _is_spoken(line, voices, sheet):
        if reviews is not None:
            reviews.leave()
    elif reviews is None or not reviews.take(line):
        _unlabelled(line, voices, sheet)


def _is_review(line: Line, sheet: Sheet, reviews: Reviews) -> bool:
    """A heading of an AAR is one before it is anybody's label; the first line is a title."""
    return bool(sheet.uses) and question_in(line) is not None and reviews.take(line)


def _is_recorder(line: Line, sheet: Sheet) -> bool:
    """Above the talk, ``ผู้จดบันทึก: นาง…`` names who holds a role and is nobody's turn."""
    if sheet.turns or len(line.bare) > _LONGEST_ROLE:
        return False
    found = _ROLE_LINE.fullmatch(line.bare)
    role = role_word(found[1]) if found else None
    if found is None or role is None or sentence_like(split_name(found[2]).given):
        return False
    if not split_name(found[2]).title or found[2].count(" ") > 2:
        return False
    sheet.held(line, role, found[2], found[1])
    return True


def _is_spoken(line: Line, voices: Voices, sheet: Sheet) -> bool:
    """Write the line down if somebody speaks in it."""
    reported = told(line)
    label = voices.strong(line)
    if reported is not None and label is not None and not _tells(reported, label):
        reported = None  # the verb stands behind the label; told_after_label looks at it
    if label is not None and reported is None:
        if retold := told_after_label(label.text):
            sheet.said(line, label.written, retold[1], kind="reported", told_with=retold[0])
        else:
            sheet.said(line, label.written, label.text, at_text=label.at)
        return True
    if reported is not None and (voices.tells or not sheet.is_talking):
        sheet.said(line, reported.label, reported.text, kind="reported", told_with=reported.verb)
        return True
    single = voices.single(line)
    if single is None:
        return False
    if _introduces(single):
        sheet.note(line)
    else:
        sheet.said(line, single.written, single.text)
        sheet.find("odd_blank", line.number, label=single.written)
    return True


def _tells(reported: Told, label: Label) -> bool:
    """Whether the teller's name goes on behind a wide gap: ``ประธาน นายวิชัย  มั่นคง  กล่าวว่า``."""
    return len(reported.label) > len(label.written) and reported.is_sure


def _unlabelled(line: Line, voices: Voices, sheet: Sheet) -> None:
    if decision := decision_in(line.bare):
        sheet.decided(line, decision)
    elif not sheet.turns and is_about_session(line):
        sheet.about(line)
    elif sheet.is_talking and is_numbered_part(line.bare) and line.bare.startswith("ส่วนที่"):
        sheet.topic(line, within=True)
    elif not sheet.uses and _is_title(line):
        sheet.entitle(line)
    elif is_heading(line):
        sheet.topic(line)
    elif not sheet.uses and len(line.bare) <= _LONGEST_TITLE:
        sheet.entitle(line)
    elif sheet.is_talking and _continues(line, voices):
        sheet.more(line)
    elif (maybe := voices.maybe(line)) is not None:
        sheet.unclear(line)
        sheet.find("single_blank_label", line.number, asks=True, label=maybe.written)
    else:
        _nobodys(line, sheet)


def _is_title(line: Line) -> bool:
    """A first line that looks like a heading and is the title: a page's h1, ``ตอนที่ ๖ …``."""
    return line.level == 1 or line.bare.startswith(("ตอนที่", "ครั้งที่"))


def _continues(line: Line, voices: Voices) -> bool:
    """Whether an unlabelled line is the last speaker's; not where it may be another's."""
    return not voices.splits_at_one_blank or voices.maybe(line) is None


def _nobodys(line: Line, sheet: Sheet) -> None:
    if sheet.narrates or (sheet.turns and not sheet.is_talking):
        sheet.note(line)
    else:
        sheet.unclear(line)


def _introduces(label: Label) -> bool:
    """``ครูทอง ใจบุญ อาศัยอยู่ที่ …``: a full name and what the person is, not what they said."""
    words = label.text.strip(BLANKS).split(" ", 2)
    return words[0].startswith(_LIFE[:2]) or (len(words) > 1 and words[1].startswith(_LIFE))
