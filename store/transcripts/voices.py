"""Who may be a speaker: the label at the start of a line, and how sure it is one.

Evidence, strongest first: a name that the notebook or the person importing knows; a title glued to
a name; a word for what somebody does there; a label that the file repeats. What only looks like a
label (a sentence before a wide gap, ``ส่วนที่ 1``, ``เวลา :``) is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from store.names import role_word, speaker_word, split_name
from store.records import Person

from .headings import is_agenda, is_numbered_part
from .lines import BLANKS, Gap, Line, gaps, name_key, plain
from .reported import told, told_after_label
from .wording import (
    FIELD_WORDS,
    NUMBERED_ROLES,
    PLACES,
    SPEAKING_ROLES,
    sentence_like,
    starts_with_list_number,
)

LONGEST_LABEL: Final = 40
"""Code points, title and family name together."""
_LONGEST_WORD: Final = 24
"""Code points of one name; what is longer is a sentence until the file repeats it."""
_STRONG: Final = frozenset({":", "tab", "wide", "bold"})
_NAME: Final = re.compile(r"[A-Za-z\u0e01-\u0e2e\u0e40-\u0e44][A-Za-z0-9\u0e01-\u0e4e๐-๙ .'’\-]*")
_ALSO_WORDS: Final = frozenset({"อา", "ตา", "ยาย", "ย่า", "ปู่", "พ่อ", "แม่", "พระ"})
"""Titles with which ordinary words begin (อาหาร, ตาราง, แม่น้ำ): one line is not enough."""
_TIME: Final = r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?"
_TIME_BEFORE: Final = re.compile(rf"[\[(]?({_TIME})[\])]?[ \u00a0\t]{{1,4}}(?=[^0-9: \u00a0\t])")
_SOFT: Final = "[ \\u00a0\\t]"
_LONE_NAME: Final = rf"[^0-9:\s][^0-9:]{{0,{LONGEST_LABEL - 2}}}[^0-9:\s]"
_NAME_AND_TIME: Final = re.compile(
    rf"({_LONE_NAME}){_SOFT}{{1,8}}[\[(]?({_TIME})[\])]?{_SOFT}{{0,8}}"
)
"""``คุณแดง 10:05`` alone on a line, as meeting programs write it."""
_AGENCY_IN_LABEL: Final = re.compile(r"(.{1,40}?) ?\(([^()]{1,40})\)")
_NUMBERED_ROLE: Final = re.compile(rf"(?:{'|'.join(NUMBERED_ROLES)}) ?[0-9๐-๙]{{1,3}}")


@dataclass(frozen=True, slots=True)
class Label:
    """A label that was found at the start of a line."""

    written: str
    gap: Gap
    text: str
    """What stands after it, verbatim."""
    at: str = ""
    """The time that stands before the label or behind it, as written."""


def without_agency(label: str) -> tuple[str, str]:
    """``คุณนภา (พช.)`` as the name and the agency; the agency is empty where there is none."""
    found = _AGENCY_IN_LABEL.fullmatch(plain(label).strip())
    return (found[1], found[2]) if found else (label, "")


def says_a_role(label: str) -> bool:
    """Whether a label says what somebody does there and not who it is."""
    bare = plain(label).strip()
    named = bare in SPEAKING_ROLES or speaker_word(bare)
    return named or _NUMBERED_ROLE.fullmatch(bare) is not None


@dataclass(slots=True)
class Voices:
    """The speakers of one file, learned in one pass over its lines and then used in another."""

    people: Sequence[Person] = ()
    named: Iterable[str] = ()
    """Labels that the person importing has named as speakers."""
    tells: bool = False
    """The file is told rather than said: at least half of its turns are reported speech. Where it
    is not, a paragraph that begins so is a speaker telling of another."""
    _known: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)
    _counts: Counter[str] = field(default_factory=Counter)
    _settled: set[str] = field(default_factory=set)
    """Keys of labels that this file has shown to be speakers."""
    _labels: dict[Line, Label | None] = field(default_factory=dict)
    """What was found before, since each line is asked about several times."""
    _trust_colons: bool = False
    """At least half of the lines have a label with a colon."""
    _trust_times: bool = False
    """At least a quarter are a name and a time, with what was said below."""
    _trust_latin: bool = False
    """At least half do; programs and licences have English words before colons as well."""
    _trust_untitled: bool = False
    """At least a third of the lines look labelled; prose has a gap or a colon only now and then."""

    def __post_init__(self) -> None:
        for person in self.people:
            self._known |= {name_key(name) for name in (person.name, *person.aliases)}
        self._named = {name_key(name) for name in self.named if name_key(name)}
        self._known |= self._named
        self._known.discard("")

    @property
    def splits_at_one_blank(self) -> bool:
        """Whether the file has no surer separator, so that any titled name may be a label."""
        return not self._settled

    def learn(self, lines: Sequence[Line]) -> None:
        """Count the labels of a file, and settle those that are certain."""
        filled = colons = labelled = times = 0
        for line in lines:
            if line.is_blank:
                continue
            filled += 1
            found = _strong(line)
            if found is None or not _could_name(found.written):
                continue
            if not found.text.strip(BLANKS) and found.gap.sign != "time":
                continue
            self._counts[name_key(found.written)] += 1
            labelled += 1
            colons += found.gap.sign == ":"
            times += found.gap.sign == "time"
        self._trust_times = times >= 2 and times * 4 >= filled
        self._trust_latin = labelled * 2 >= filled
        self._trust_untitled = labelled * 3 >= filled
        self._trust_colons = colons >= 2 and colons * 2 >= filled
        spoken = retold = 0
        for line in lines:
            if (found := self.strong(line)) is not None:
                self._settled.add(_key(found.written))
                told_too = told_after_label(found.text) is not None
                retold += told_too
                spoken += not told_too
            else:
                retold += told(line) is not None
        self.tells = retold >= spoken

    def strong(self, line: Line) -> Label | None:
        """The label before a colon, a tab or a wide gap, where it is a speaker."""
        if line not in self._labels:
            found = _strong(line)
            self._labels[line] = found if found is not None and self._is_speaker(found) else None
        return self._labels[line]

    def single(self, line: Line) -> Label | None:
        """The label before one blank, where it is a speaker already known.

        In a file that has a surer separator, only its own speakers are: the notebook's people may
        as well be spoken of.
        """
        for found in reversed(tuple(_ones(line))):
            speakers = self._settled | self._named if self._settled else self._known
            if found.text and _key(found.written) in speakers:
                return found
        return None

    def maybe(self, line: Line) -> Label | None:
        """A title glued to a name before one blank: to be asked about, never taken."""
        found = next(_ones(line), None)
        if found is None or not found.text or not _could_name(found.written):
            return None
        name = split_name(found.written)
        return found if name.title and not sentence_like(name.given) else None

    def _is_speaker(self, found: Label) -> bool:
        label = plain(found.written).strip()
        name, agency = without_agency(label)
        if not found.text.strip(BLANKS) and not (
            found.gap.sign == ":" or (found.gap.sign == "time" and self._trust_times)
        ):
            return False
        if self._knows_name(name):
            return True
        if not _could_name(label):
            return False
        if says_a_role(label) or role_word(label) is not None:
            return True
        return self._is_named(name, found.gap.sign) or bool(agency and self._is_named(name, ":"))

    def _knows_name(self, name: str) -> bool:
        return name_key(name) in self._known

    def _is_named(self, name: str, sign: str) -> bool:
        parts = split_name(name)
        repeated = self._counts[name_key(name)] >= 2
        if not repeated and (sentence_like(parts.given) or _is_long(parts.given)):
            return False
        if parts.title:
            doubtful = parts.title in _ALSO_WORDS and not (repeated or self._trust_colons)
            return not doubtful and not parts.given.startswith(PLACES)
        if name[0].isascii() and not self._trust_latin:
            return False
        return (repeated and self._trust_untitled) or (
            sign == ":" and self._trust_colons and not name.isascii()
        )


def _is_long(given: str) -> bool:
    return any(len(word) > _LONGEST_WORD for word in given.split(" "))


def _key(label: str) -> str:
    return name_key(without_agency(label)[0])


@lru_cache(maxsize=4096)
def _could_name(label: str) -> bool:
    """Whether these letters can be a name at all, whoever is called so."""
    bare, _agency = without_agency(plain(label).strip())
    if not bare or len(bare) > LONGEST_LABEL or _NAME.fullmatch(bare) is None:
        return False
    first = bare.split(" ", 1)[0]
    if bare[0].isascii() and (not bare[0].isupper() or bare.endswith(".")):
        return False
    if bare in FIELD_WORDS or first in FIELD_WORDS or starts_with_list_number(bare):
        return False
    if is_numbered_part(bare) or is_agenda(bare):
        return False
    title = split_name(bare).title
    blanks_allowed = 2 if title and bare.startswith(f"{title} ") else 1
    digits = any(one.isdigit() for one in bare)
    return bare.count(" ") <= blanks_allowed and (not digits or says_a_role(bare))


def _strong(line: Line) -> Label | None:
    start = len(line.text) - len(line.text.lstrip(BLANKS))
    if start < line.strong <= LONGEST_LABEL and line.strong < len(line.text):
        return _bold(line, start)
    whole = line.text[start:] if len(line.text) - start <= LONGEST_LABEL + 20 else ""
    if found := _NAME_AND_TIME.fullmatch(whole):
        gap = Gap(start + found.end(1), start + found.end(), "time")
        return Label(found[1], gap, line.text[gap.end :], found[2])
    time = _TIME_BEFORE.match(line.text, start)
    start = time.end() if time else start
    for gap in gaps(line.text[start:], LONGEST_LABEL + 20):
        if gap.sign in _STRONG and gap.start > 0:
            rest = line.text[start:]
            at = time[1] if time else ""
            return Label(rest[: gap.start], gap, rest[gap.end :], at)
    return None


def _bold(line: Line, start: int) -> Label:
    """The part in bold, with its colon and blanks given to the gap."""
    label = line.text[start : line.strong].rstrip(BLANKS + ":：")
    end = start + len(label)
    rest = line.text[end:]
    text = rest.lstrip(BLANKS)
    if text[:1] in (":", "："):
        text = text[1:].lstrip(BLANKS)
    return Label(label, Gap(end, len(line.text) - len(text), "bold"), text)


def _ones(line: Line) -> Iterator[Label]:
    """What stands before the first and before the second single blank."""
    start = len(line.text) - len(line.text.lstrip(BLANKS))
    for count, gap in enumerate(gaps(line.text, LONGEST_LABEL)):
        if gap.sign != "one" or count > 1:
            return
        yield Label(line.text[start : gap.start], gap, line.text[gap.end :])
