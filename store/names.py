"""Names of people and agencies: titles, role words, and who of those known is meant.

A role word is never taken for a person here: อำนวย, ประสาน and กิจ are given names too, so where a
name only looks like a role, somebody has to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from .records import Agency, Person, Record
from .text import element, loose_key, sort_key
from .titles import DOUBTFUL, Name, compatible, plain_key, split_in_doubt, split_name, weight
from .vocabulary import Role

__all__ = [
    "Match",
    "Name",
    "given_key",
    "is_person",
    "looks_like_role",
    "match",
    "match_agency",
    "name_key",
    "name_sort_key",
    "role_word",
    "speaker_word",
    "split_name",
    "without_nickname",
]

Known = TypeVar("Known", bound=Record)
_ROLE_WORDS: Final[dict[Role, tuple[str, ...]]] = {
    "sponsor": ("คุณเอื้อ", "คุณเอื้อระบบ", "sponsor"),
    "facilitator": (
        "คุณอำนวย", "คูณอำนวย", "คุณอํานวย", "คุณอำนวยความสะดวก", "วิทยากรกระบวนการ", "ฟา", "facilitator",
    ),
    "practitioner": ("คุณกิจ", "practitioner"),
    "recorder": (
        "คุณบันทึก", "คุณลิขิต", "ผู้บันทึก", "ผู้จดบันทึก", "ผู้จด", "คนจด", "ผู้จดรายงาน", "ผู้จดรายงานการประชุม",
        "ผู้บันทึกการประชุม", "ผู้บันทึกรายงานการประชุม", "recorder", "note taker",
    ),
    "coordinator": ("คุณประสาน", "ผู้ประสาน", "ผู้ประสานงาน", "coordinator"),
    "process_lead": (
        "คุณนำกระบวนการ", "ผู้นำกระบวนการ", "กระบวนกร", "คุณกระบวนการ", "process lead",
        "process leader",
    ),
}  # fmt: skip
_SPEAKER_WORDS: Final = (
    "พิธีกร", "ประธาน", "ประธานในที่ประชุม", "ท่านประธาน", "ผู้ดำเนินรายการ", "ผู้ดำเนินการ", "ผู้เข้าร่วม",
    "ผู้เข้าร่วมประชุม", "ผู้เข้าประชุม", "ที่ประชุม", "เลขานุการ", "เลขา", "วิทยากร", "ผู้ถาม", "ผู้ตอบ",
    "ผู้ฟัง", "ชาวบ้าน", "สมาชิก", "ผู้แทน", "moderator", "chair",
)  # fmt: skip
"""What a label calls a speaker without saying who it is."""
_NEAR_LENGTH: Final = 4
"""Letters that a given name must have before one wrong letter makes it near."""


@dataclass(frozen=True, slots=True)
class Match(Generic[Known]):
    """Who of those known is meant by a name."""

    same: Known | None = None
    """The one who is meant; None where nobody is, or more than one could be."""
    near: tuple[Known, ...] = ()
    """Who might be meant: ask."""


_NICKNAME: Final = re.compile(r"\s*[(（\[]\s*([^()（）\[\]]*?)\s*[)）\]]")
_LONGEST_NICKNAME: Final = 12


def without_nickname(name: str) -> tuple[str, str]:
    """สมศรี (หน่อย) as สมศรี and หน่อย; the second is empty where none is written."""
    found = _NICKNAME.search(name)
    bare = _NICKNAME.sub("", name).strip()
    if found is None or not bare:
        return name, ""
    nickname = found[1]
    is_one = 0 < len(nickname) <= _LONGEST_NICKNAME and "." not in nickname
    return bare, nickname if is_one and is_person(nickname) else ""


def name_sort_key(name: str) -> tuple[tuple[str, str], str]:
    """Sorts people as a list in Thai does: by given name; the title decides between the same."""
    return sort_key(without_nickname(split_name(name).given)[0] or name), name


def role_word(label: str) -> Role | None:
    """The role that a label names: คุณอำนวย, ผู้จดรายงานการประชุม; None for anything else.

    ``คุณอำนวย พอใจ`` is None: it is more likely a person. ``looks_like_role`` tells that it must be
    asked about.
    """
    return _roles().get(_label_key(label))


@cache
def _roles() -> dict[str, Role]:
    return {plain_key(word): role for role, words in _ROLE_WORDS.items() for word in words}


def _label_key(label: str) -> str:
    return plain_key(label.strip().rstrip(":：").strip("()[] "))


def looks_like_role(label: str) -> bool:
    """Whether a label is a role word, or a name that begins with one: ask before taking it."""
    first = element(label).split(" ")[0]
    return role_word(label) is not None or role_word(first) is not None or _goes_on(first)


def _goes_on(word: str) -> bool:
    """A role with its place or its duty glued on: คุณอำนวยตำบลบ้านใหม่, คุณประสานมีหน้าที่."""
    key = plain_key(word)
    return any(key.startswith(role) and re.match(_GOES_ON, key[len(role) :]) for role in _roles())


_GOES_ON: Final = (
    "ตำบล|หมู่|อำเภอ|จังหวัด|บ้าน|กลุ่ม|ประจำ|มีหน้าที่|มีบทบาท|ทำ|เป็น|คือ|จะ|ต้อง|ก็|ใน|ที่|ของ|ไม่|ได้|และ|กับ|หรือ"
)


def speaker_word(label: str) -> bool:
    """Whether a label says in what place somebody spoke, and not who: พิธีกร, ประธาน."""
    return bool(re.fullmatch(_speakers(), _label_key(label)))


@cache
def _speakers() -> str:
    words = "|".join(re.escape(plain_key(word)) for word in _SPEAKER_WORDS)
    return f"(?:{words})(?:คนที่)?[0-9]*"


def is_person(label: str) -> bool:
    """Whether a label can be taken for somebody's name without asking."""
    return not looks_like_role(label) and not speaker_word(label) and bool(plain_key(label))


def match(name: str, people: Iterable[Person]) -> Match[Person]:
    """Who of these people is meant by a name.

    ``same`` is the one whose name or alias is the same, or whose given name is and whose title can
    be: no title, คุณ and words of kin go with any, two different offices do not go together.
    Nobody is meant by a role word unless it is the whole name of somebody known.
    """
    people = tuple(people)
    key = plain_key(name)
    whole = [one for one in people if key and key in _keys(one)]
    if len(whole) == 1:
        return Match(whole[0])
    if whole:
        return Match(near=tuple(whole))
    if not key or looks_like_role(name) or speaker_word(name):
        return Match()
    fits = [one for one in people if _means(name, one, _is_same)]
    near = tuple(one for one in people if one not in fits and _means(name, one, _is_near))
    return Match(fits[0], near) if len(fits) == 1 else Match(None, (*fits, *near))


def _means(name: str, person: Person, likeness: Callable[[_Reading, _Reading], bool]) -> bool:
    known = [reading for one in (person.name, *person.aliases) for reading in _readings(one)]
    return any(likeness(asked, one) for asked in _readings(name) for one in known)


class _Reading(NamedTuple):
    """One way to take a name apart."""

    title: str
    given: str
    sure: bool
    nickname: str = ""
    """What stands in brackets behind the name."""


@lru_cache(maxsize=32_768)
def _readings(name: str) -> tuple[_Reading, ...]:
    """A name as it is split, and where อานนท์ may be อา นนท์, the other way too."""
    sure, other = split_name(name), split_in_doubt(element(name), doubtful=True)
    if other == sure and sure.title in DOUBTFUL and " " not in element(name):
        other = Name("", element(name))
    doubt = other != sure or sure.title in DOUBTFUL
    both = [_Reading(sure.title, sure.given, not doubt or not sure.title)]
    if other != sure:
        both.append(_Reading(other.title, other.given, not other.title))
    return tuple(part for one in both if one.given for part in _with_nickname(one))


def _with_nickname(one: _Reading) -> Iterator[_Reading]:
    """The same without what stands in brackets, and the nickname there as a name to ask about."""
    bare, nickname = without_nickname(one.given)
    yield one._replace(given=bare, nickname=nickname)
    if nickname:
        yield _Reading("", nickname, sure=False)


def _keys(person: Person) -> set[str]:
    return {_key(name) for name in (person.name, *person.aliases) if name}


_key = lru_cache(maxsize=32_768)(plain_key)
_loose = lru_cache(maxsize=32_768)(loose_key)


def _is_same(asked: _Reading, known: _Reading) -> bool:
    two = asked.nickname and known.nickname and _key(asked.nickname) != _key(known.nickname)
    sure = asked.sure and known.sure and not two
    return sure and _one_given(asked.given, known.given) and compatible(asked.title, known.title)


def _one_given(one: str, other: str) -> bool:
    """The same given name; a surname that only one of them has is no difference."""
    if _key(one) == _key(other):
        return True
    first, second = one.split(), other.split()
    return _key(first[0]) == _key(second[0]) and 1 in (len(first), len(second))


def _is_near(asked: _Reading, known: _Reading) -> bool:
    if _one_given(asked.given, known.given):
        return True
    one, other = _first(asked.given), _first(known.given)
    if _loose(one) == _loose(other) or _one_edit(_key(one), _key(other)):
        return True
    if weight(asked.title) == "kin" or weight(known.title) == "kin":
        return _shortens(_key(one), _key(other)) or _shortens(_key(other), _key(one))
    return False


def _first(given: str) -> str:
    return given.split()[0] if given else ""


def _shortens(short: str, long: str) -> bool:
    """พี่หมาย of สมหมาย: a nickname is the end or the beginning of a name."""
    return 2 <= len(short) < len(long) and (long.endswith(short) or long.startswith(short))


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter added, left out, changed or two turned round make one the other."""
    if abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < _NEAR_LENGTH:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    turned = one[:at] + one[at + 1 : at + 2] + one[at] + one[at + 2 :]
    tails = (
        (one[at + 1 :], other[at:]),
        (one[at:], other[at + 1 :]),
        (one[at + 1 :], other[at + 1 :]),
    )
    return turned == other or any(a == b for a, b in tails)


def match_agency(words: str, agencies: Iterable[Agency]) -> Match[Agency]:
    """Which of these agencies is meant: by short, full, other and earlier names, dots left out.

    ``near`` are those of long names with tones that differ or one wrong letter; พช. and พอช. are
    two agencies.
    """
    agencies = tuple(agencies)
    key = plain_key(words)
    same = [one for one in agencies if key and key in _agency_keys(one)]
    if len(same) == 1:
        return Match(same[0])
    if same:
        return Match(near=tuple(same))
    near = tuple(one for one in agencies if any(_near_words(key, k) for k in _agency_keys(one)))
    return Match(None, near)


def _near_words(one: str, other: str) -> bool:
    long = min(len(one), len(other)) > _NEAR_LENGTH
    return long and (_loose(one) == _loose(other) or _one_edit(one, other))


def _agency_keys(agency: Agency) -> set[str]:
    names = [agency.short, agency.full, *agency.aliases]
    for period in agency.earlier:
        names += [period.short, period.full]
    return {_key(name) for name in names if name}


def name_key(name: str) -> str:
    """Equal for names that differ in blanks and dots only."""
    return _key(name)


def given_key(name: str) -> str:
    """Equal for the same given name, whatever stands before it; empty for none."""
    return _key(_first(without_nickname(split_name(name).given)[0])) or _key(name)
