"""Names as people write them: titles, role words, and which known person is meant.

A role word (คุณอำนวย, คุณประสาน) is never taken for a person here: such words are given names too,
so a person has to be asked. Titles: field/TRANSCRIPTS F and N.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from .records import Agency, Person
from .text import loose_key, search_key
from .vocabulary import Role

_KIN: Final = (
    "คุณ", "ท่าน", "พี่", "น้อง", "ลุง", "ป้า", "น้า", "อา", "ตา", "ยาย", "ปู่", "ย่า", "พ่อ", "แม่",
)  # fmt: skip
"""What anybody may be called besides a formal title."""
_FORMAL: Final = (
    "นางสาว", "น.ส.", "นาง", "นาย", "อาจารย์", "อ.", "ดร.", "ผศ.", "รศ.", "ศ.", "ผอ.", "ครู", "หมอ",
    "ผู้ใหญ่", "กำนัน", "หลวงพ่อ", "หลวงพี่", "พระครู", "พระ", "ประธาน",
)  # fmt: skip
_SAME_TITLE: Final = {"น.ส.": "นางสาว", "อาจารย์": "อ.", "ท่าน": "คุณ"}
TITLES: Final = tuple(sorted((*_KIN, *_FORMAL), key=len, reverse=True))
"""Longest first, so that นางสาว is not read as นาง."""
_GLUED_DOUBT: Final = frozenset(
    {"อา", "ตา", "พระ", "นาง", "ย่า", "แม่", "พ่อ", "ครู", "หมอ", "ท่าน", "นาย"}
)
"""Titles that ordinary words begin with; glued they count only before a name of some length."""

ROLE_WORDS: Final[dict[str, Role]] = {
    "คุณเอื้อ": "sponsor",
    "คุณเอื้อระบบ": "sponsor",
    "คุณอำนวย": "facilitator",
    "คูณอำนวย": "facilitator",
    "วิทยากรกระบวนการ": "facilitator",
    "กระบวนกร": "process_lead",
    "คุณกิจ": "practitioner",
    "คุณบันทึก": "recorder",
    "คุณลิขิต": "recorder",
    "ผู้บันทึก": "recorder",
    "ผู้จด": "recorder",
    "ผู้จดบันทึก": "recorder",
    "ผู้จดรายงานการประชุม": "recorder",
    "ผู้บันทึกการประชุม": "recorder",
    "คุณประสาน": "coordinator",
    "ผู้ประสานงาน": "coordinator",
    "คุณนำกระบวนการ": "process_lead",
    "ผู้นำกระบวนการ": "process_lead",
    "นำกระบวนการ": "process_lead",
}
"""Source: field/FIELD 3.1."""
SPEAKING_WORDS: Final = frozenset(
    {
        "พิธีกร", "ประธาน", "ประธานที่ประชุม", "ผู้ดำเนินรายการ", "ผู้เข้าร่วม", "ผู้เข้าร่วมประชุม", "เลขานุการ",
        "เลขาฯ", "วิทยากร", "ที่ประชุม", "ชาวบ้าน", "สมาชิก", "ผู้ฟัง", "ผู้ถาม",
    }
)  # fmt: skip
"""Labels that say what somebody does there, with no name in them."""

How = Literal["same", "title_differs", "near", "none"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts."""

    title: str
    """As written; empty where there is none."""
    given: str
    """The rest, with a family name where there is one."""


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant by a name."""

    same: Person | None
    """The one person whom it names beyond reasonable doubt; None for nobody or several."""
    how: How
    """``same`` to the letter or by alias, ``title_differs`` where only the title is another."""
    near: tuple[Person, ...] = ()
    """People whom it may name; to be asked about."""


def split_name(name: str) -> Name:
    """``คุณภีม`` as ``คุณ`` and ``ภีม``; several titles stay together (``ผศ.ดร.``)."""
    rest, titles = name.strip(), ""
    while found := _title_of(rest):
        titles += found
        rest = rest[len(found) :].lstrip()
        if not found.endswith("."):
            break
    return Name(titles, rest)


def _title_of(name: str) -> str:
    for title in TITLES:
        rest = name[len(title) :]
        if not name.startswith(title) or not rest.strip():
            continue
        if rest[0] in "ะัาำิีึืุู็่้๊๋์ๅ":  # the title is only the beginning of a longer word
            continue
        if title in _GLUED_DOUBT and not rest[0].isspace() and len(rest) < 2:
            continue
        return title
    return ""


def person_key(name: str) -> str:
    """The same for two ways of writing one name, title and all; blanks do not count."""
    return search_key(name).replace(" ", "")


def given_key(name: str) -> str:
    """The same for one given name under different titles."""
    return person_key(split_name(name).given)


def agency_key(name: str) -> str:
    """The same for ``ธกส.``, ``ธ.ก.ส.`` and ``ธกส``."""
    return search_key(name).replace(" ", "").replace(".", "")


def role_word(label: str) -> Role | None:
    """The role that a label is the word for; None for anything else."""
    return ROLE_WORDS.get("".join(label.split()))


def looks_like_role(label: str) -> bool:
    """Whether a label begins with a role word: perhaps a name, never to be guessed."""
    bare = "".join(label.split())
    return any(bare.startswith(word) for word in ROLE_WORDS)


def speaker_word(label: str) -> bool:
    """Whether a label says what somebody does there, and not who it is (พิธีกร, ประธาน)."""
    return "".join(label.split()) in SPEAKING_WORDS


def match(name: str, people: Iterable[Person]) -> Match:
    """Which of these people a written name means.

    Source: field/FIELD 1.1 (พี่หมาย is คุณสมหมาย), field/TRANSCRIPTS N 3 and 5.
    """
    known = tuple(people)
    key = person_key(name)
    if not key or role_word(name):
        return Match(None, "none")
    exact = [one for one in known if key in {person_key(word) for word in (one.name, *one.aliases)}]
    if len(exact) == 1:
        return Match(exact[0], "same")
    if exact:
        return Match(None, "near", tuple(exact))
    given = given_key(name)
    alike = [one for one in known if given in {given_key(w) for w in (one.name, *one.aliases)}]
    fitting = [one for one in alike if _titles_agree(name, one.name)]
    if len(fitting) == 1 and len(alike) == 1:
        return Match(fitting[0], "title_differs")
    near = tuple(alike) or tuple(one for one in known if _is_near(name, one))
    return Match(None, "near" if near else "none", near)


def _titles_agree(first: str, second: str) -> bool:
    titles = {_SAME_TITLE.get(t, t) for t in (split_name(first).title, split_name(second).title)}
    formal = {title for title in titles if title and title not in _KIN}
    return len(formal) < 2


def _is_near(name: str, person: Person) -> bool:
    given = given_key(name)
    for word in (person.name, *person.aliases):
        other = given_key(word)
        if len(min(given, other, key=len)) >= 2 and loose_key(given) == loose_key(other):
            return True
        if len(given) >= 4 and len(other) >= 4 and one_edit_apart(given, other):
            return True
        if _is_short_for(name, other) or _is_short_for(word, given):
            return True
    return False


def _is_short_for(name: str, given: str) -> bool:
    """พี่หมาย for สมหมาย: the end of a longer name under a word for kin."""
    parts = split_name(name)
    short = person_key(parts.given)
    return (
        parts.title in _KIN
        and len(short) >= 3
        and len(given) > len(short)
        and given.endswith(short)
    )


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one letter more, less or different makes the one of the other."""
    if len(first) > len(second):
        first, second = second, first
    if first == second or len(second) - len(first) > 1:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first)
    )
    if len(first) == len(second):
        return first[at + 1 :] == second[at + 1 :]
    return first[at:] == second[at + 1 :]


def match_agency(words: str, agencies: Iterable[Agency]) -> Agency | None:
    """The one agency that these words name, by any name it has or had; None for none or several."""
    key = agency_key(words)
    if not key:
        return None
    found = [one for one in agencies if key in {agency_key(name) for name in _names_of(one)}]
    return found[0] if len(found) == 1 else None


def _names_of(agency: Agency) -> tuple[str, ...]:
    periods = [name for period in agency.earlier for name in (period.short, period.full)]
    every = (agency.short, agency.full, *agency.aliases, *periods)
    return tuple(name for name in every if name)
