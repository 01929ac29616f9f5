"""Speech that somebody else tells: a name or a role, a verb of saying, and what was said.

Source: minutes told as a story on field blogs (``คุณ…  กล่าวต่อไปว่า  …``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from store.names import role_word, split_name

from .lines import BLANKS, Line, plain
from .wording import SPEAKING_ROLES, sentence_like

_VERBS: Final = (
    "กล่าว", "เสนอ", "สอบถาม", "ถาม", "ตอบ", "แจ้ง", "ชี้แจง", "อธิบาย", "เล่า", "บอก", "รายงาน", "สรุป",
    "ให้ความเห็น", "แสดงความ", "มีความเห็น", "เสริม", "ย้ำ", "พูด", "เพิ่มเติม", "แนะนำ", "ยืนยัน",
)  # fmt: skip
_BEFORE_VERB: Final = r"(?:(?:ก็|จึง|ได้|จะ|เลย|เป็นผู้) ?){0,3}"
_SAYS: Final = re.compile(rf" *({_BEFORE_VERB}(?:{'|'.join(_VERBS)})[^:]{{0,40}}?ว่า) *")
_TOLD: Final = re.compile(r" *((?:(?:ก็|จึง|ได้) ?){0,2}กล่าว[^:]{0,40}?ว่า) *")
_SURE_TITLES: Final = ("คุณ", "นาย", "นาง", "พี่", "อ.", "ผอ.", "ดร.")
"""Where one of these begins a later word, that word is another person."""
_REACH: Final = 110
"""Code points within which label and verb must stand."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of reported speech."""

    label: str
    """As written: ``ประธาน นายวิชัย  มั่นคง``."""
    verb: str
    text: str
    is_sure: bool
    """The verb is กล่าว, or a role is named, and a blank stands before the verb."""


def told(line: Line) -> Told | None:
    """The reported speech that a line begins with; None where it begins otherwise."""
    start = len(line.text) - len(line.text.lstrip(BLANKS))
    head = _same_length(line.text[start : start + _REACH])
    for found in _SAYS.finditer(head):
        label = head[: found.start()].rstrip()
        if found.start() and _is_teller(label):
            written = line.text[start : start + len(label)]
            verb = found[1].strip()
            named = bool(role_and_name(label)[0]) or "กล่าว" in verb
            sure = named and found[0].startswith(" ")
            return Told(written, verb, line.text[start + found.end() :], sure)
        if found.start():
            return None
    return None


def told_after_label(text: str) -> tuple[str, str] | None:
    """Verb and words, where what stands after a label begins with กล่าว…ว่า.

    Nobody says that of themselves, so it is told by somebody else.
    """
    found = _TOLD.match(_same_length(text[:_REACH]))
    return (found[1].strip(), text[found.end() :]) if found else None


def role_and_name(label: str) -> tuple[str, str]:
    """``ประธาน นายวิชัย  มั่นคง`` as the role and the name, blanks single; either may be empty."""
    bare = " ".join(plain(label).split())
    for role in sorted(SPEAKING_ROLES, key=len, reverse=True):
        if bare == role:
            return role, ""
        rest = bare.removeprefix(role).lstrip()
        if bare.startswith(role) and split_name(rest).title:
            return role, rest
    return "", bare


def _is_teller(label: str) -> bool:
    role, name = role_and_name(label)
    if not name:
        return bool(role)
    parts = split_name(name)
    if role_word(name) is not None:
        return True
    words = parts.given.split(" ")
    another = any(word.startswith(_SURE_TITLES) for word in words[1:])
    return bool(parts.title) and len(words) <= 3 and not another and not sentence_like(parts.given)


def _same_length(text: str) -> str:
    """Every blank as U+0020, with all offsets kept."""
    return "".join(" " if one in BLANKS else one for one in text)
