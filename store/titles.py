"""Titles before names (คุณ, ผศ.ดร., พ.ต.ท., พี่): off for finding and sorting, kept for showing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from .text import element, search_key

Weight = Literal["kin", "polite", "formal"]

_TITLES: Final[dict[Weight, tuple[str, ...]]] = {
    "polite": ("คุณ", "ท่าน", "mr", "mrs", "ms", "khun"),
    "kin": (
        "พี่", "น้อง", "ลุง", "ป้า", "น้า", "อา", "ตา", "ยาย", "ปู่", "ย่า", "พ่อ", "แม่", "เฮีย", "เจ๊",
        "พ่อเฒ่า", "แม่เฒ่า", "พ่อใหญ่", "แม่ใหญ่", "บัง",
    ),
    "formal": (
        "นาย", "นาง", "นางสาว", "น.ส.", "ด.ช.", "ด.ญ.", "อ.", "อาจารย์", "ดร.", "ผศ.", "รศ.", "ศ.",
        "ผศ.ดร.", "รศ.ดร.", "ศ.ดร.", "อ.ดร.", "ศาสตราจารย์", "ผอ.", "ผู้อำนวยการ", "ครู", "หมอ", "นพ.",
        "พญ.", "ภก.", "ภญ.", "ผู้ใหญ่", "ผู้ใหญ่บ้าน", "กำนัน", "นายก", "ปลัด", "สารวัตร", "พระ", "พระครู",
        "พระอาจารย์", "พระมหา", "หลวงพ่อ", "หลวงพี่", "หลวงปู่", "หลวงตา", "โต๊ะอิหม่าม", "อิหม่าม", "ประธาน",
        "เลขา", "ผู้จัดการ", "ผช.", "ส.อบต.", "สจ.", "สท.", "อสม.", "ผญ.", "ผญบ.", "ร.ต.", "ว่าที่",
        "เด็กชาย", "เด็กหญิง", "แม่ชี", "สามเณร", "โต๊ะครู", "ครูใหญ่", "นายแพทย์", "แพทย์หญิง", "พัฒนากร",
        "นายอำเภอ", "ปลัดอำเภอ", "นายกเทศมนตรี", "นายกอบต.", "นายก อบต.", "ปลัดอบต.", "ปลัด อบต.",
        "หม่อมหลวง", "หม่อมราชวงศ์", "จ่าสิบตรี", "จ่าสิบโท", "จ่าสิบเอก", "สิบตรี", "สิบโท", "สิบเอก",
        "ร้อยตรี", "ร้อยโท", "ร้อยเอก", "พันตรี", "พันโท", "พันเอก", "ดาบตำรวจ", "สิบตำรวจตรี",
        "สิบตำรวจโท", "สิบตำรวจเอก", "ร้อยตำรวจตรี", "ร้อยตำรวจโท", "ร้อยตำรวจเอก", "พันตำรวจตรี",
        "พันตำรวจโท", "พันตำรวจเอก",
    ),
}  # fmt: skip
"""Those that say nothing about who it is, those that a speaker gives, and those of an office.

Source: the titles of field transcripts.
"""
_RANKS: Final = (
    "จ.ส.ต.", "จ.ส.ท.", "จ.ส.อ.", "ส.ต.", "ส.ท.", "ส.อ.", "ร.ท.", "ร.อ.", "พ.ต.", "พ.ท.", "พ.อ.",
    "ด.ต.", "ส.ต.ต.", "ส.ต.ท.", "ส.ต.อ.", "ร.ต.ต.", "ร.ต.ท.", "ร.ต.อ.", "พ.ต.ต.", "พ.ต.ท.",
    "พ.ต.อ.", "ม.ล.", "ม.ร.ว.",
)  # fmt: skip
"""Read only with all their dots: without them พอ, รอ and สอ are words."""
_ALIKE: Final = {
    "อ": "อาจารย์", "นส": "นางสาว", "ผอ": "ผู้อำนวยการ", "ศ": "ศาสตราจารย์", "ผญ": "ผู้ใหญ่",
    "ผญบ": "ผู้ใหญ่", "ผู้ใหญ่บ้าน": "ผู้ใหญ่", "นพ": "หมอ", "พญ": "หมอ", "นายแพทย์": "หมอ",
    "แพทย์หญิง": "หมอ", "ดช": "เด็กชาย", "ดญ": "เด็กหญิง",
}  # fmt: skip
"""Short and long forms of one title."""
DOUBTFUL: Final = frozenset({"อา", "ตา", "บัง"})
"""Words of kin that many given names begin with (อารี, ตาล, บังอร)."""
_RARELY: Final = frozenset({"อา"})
"""Glued on, these are nearly always the name itself: อาทิตย์, อาภรณ์, อานนท์."""
_APART: Final = frozenset({"นายก"})
"""Titles that are only read with a blank behind them (นายกมล is นาย กมล)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its two parts."""

    title: str
    """As written, without blanks around; empty where there is none."""
    given: str
    """The given name, with the surname if one was written."""


def split_name(name: str) -> Name:
    """Title and given name: คุณภีม, ผศ. ดร. วิมล, พี่ หมาย. Titles may be glued or stand apart."""
    return split_in_doubt(element(name), doubtful=False)


def split_in_doubt(name: str, *, doubtful: bool) -> Name:
    """The same of an element; ``doubtful`` takes off a title that may be the name's beginning."""
    end = 0
    while step := _title_length(name[end:].lstrip(), doubtful=doubtful):
        blanks = len(name[end:]) - len(name[end:].lstrip())
        if end and not blanks and name[end : end + step] in DOUBTFUL:
            break  # คุณอานนท์ is คุณ อานนท์
        end += blanks + step
    return Name(name[:end].strip(), name[end:].strip())


@cache
def _title_patterns() -> Mapping[str, Sequence[re.Pattern[str]]]:
    """By first letter: one for each title, the longest first, ranks before all."""
    forms: dict[str, list[re.Pattern[str]]] = {}
    for rank in _longest_first(_RANKS):
        form = r"\. ?".join(rank.rstrip(".").split(".")) + r"\."
        forms.setdefault(rank[0], []).append(re.compile(form))
    for title in _longest_first({one for titles in _TITLES.values() for one in titles}):
        form = r"\.? ?".join(re.escape(part) for part in title.rstrip(".").split("."))
        form += r"(?:\.|(?= ))" if title.endswith(".") else r"\.?(?= )" if title.isascii() else ""
        forms.setdefault(title[0], []).append(re.compile(form, re.IGNORECASE))
    return forms


def _longest_first(titles: Iterable[str]) -> list[str]:
    return sorted(titles, key=lambda title: (-len(title), title))


def _title_length(name: str, *, doubtful: bool) -> int:
    """How many letters of a name are its title; 0 where nothing of a name would be left."""
    for pattern in _title_patterns().get(name[:1].lower(), ()):
        found = pattern.match(name)
        if found and found.end() == len(name):
            return 0  # ผู้ใหญ่บ้าน is no ผู้ใหญ่ of the name บ้าน
        if found and _leaves_a_name(found[0], name[found.end() :], doubtful=doubtful):
            return found.end()
    return 0


def _leaves_a_name(title: str, rest: str, *, doubtful: bool) -> bool:
    if not rest.strip() or re.match("[ะ-ฺๅ-๎]", rest):
        return False
    if rest.startswith(" ") or title.endswith("."):
        return True
    first = rest.split()[0]
    if title in _APART or len(first) < 2 or (title in _RARELY and not doubtful):
        return False
    letters = len(re.findall("[ก-ฮ]", first))
    return title not in DOUBTFUL or doubtful or (letters >= 2 and len(first) >= 3)


@lru_cache(maxsize=512)
def weight(title: str) -> Weight | None:
    """What the last part of a title says; None for no title."""
    plain = plain_key(title)
    for found, titles in _TITLES.items():
        if any(plain_key(one) == plain for one in titles):
            return found
    return "formal" if plain else None


def plain_key(words: str) -> str:
    """A key without dots and blanks."""
    return re.sub(r"[.\s]", "", search_key(words))


def compatible(one: str, other: str) -> bool:
    """Whether two titles can belong to one person."""
    if weight(one) != "formal" or weight(other) != "formal":
        return True
    first, second = plain_key(one), plain_key(other)
    first, second = _ALIKE.get(first, first), _ALIKE.get(second, second)
    return first == second or first.endswith(second) or second.endswith(first)
