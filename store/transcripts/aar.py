"""After action reviews: fixed headings with answers below, or a heading and its answer on one line.

Source: the four headings of GotoKnow members, and their spellings in field/TRANSCRIPTS K.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from store.names import split_name
from store.vocabulary import LessonKind

from .lines import BLANKS, Line, plain
from .proposal import Answered, ProposedAnswer, ProposedLesson
from .sheet import Sheet
from .wording import sentence_like

_HEADINGS: Final[tuple[tuple[str, Answered], ...]] = (
    (r"สิ่งที่(?:ได้)?น้อยกว่า(?:ที่|ความ)?คาด(?:หวัง|ไว้)?", "short"),
    (r"(?:สิ่งที่)?(?:ได้)?น้อยกว่าความคาดหวัง", "short"),
    (r"สิ่งที่(?:ยัง)?(?:ไม่บรรลุ|ทำได้ไม่ดี|ต้องปรับปรุง)", "short"),
    (r"จุดอ่อน", "short"),
    (r"สิ่งที่(?:ได้)?เกิน(?:ที่|ความ)?คาด(?:หวัง|ไว้)?", "exceeded"),
    (r"เกินความคาดหวัง|เกินคาด|สิ่งที่ทำได้ดี|จุดแข็ง", "exceeded"),
    (r"(?:สิ่งที่)?จะกลับไปทำ(?:อะไร)?(?:ต่อ)?", "next"),
    (r"สิ่งที่จะนำไป(?:ใช้|ปรับใช้|ทำต่อ)", "next"),
    (r"สิ่งที่คาดหวัง|ความคาดหวัง|สิ่งที่คาดว่าจะได้(?:รับ)?|เป้าหมาย(?:ของการมาร่วม)?", "expected"),
    (r"สิ่งที่(?:ได้)?เรียนรู้|บทเรียน(?:ที่ได้(?:รับ)?)?|ข้อค้นพบ", "lesson"),
    (r"ข้อเสนอแนะ|ครั้งหน้าควรปรับปรุง(?:อะไร)?|สิ่งที่ควรปรับปรุง", "suggestion"),
)
_HEADING: Final = re.compile("|".join(f"(?P<h{at}>{one})" for at, (one, _) in enumerate(_HEADINGS)))
_BULLET: Final = re.compile(
    r"(?:[-–•*·▪●] ?|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){0,2}[.)]? +|[0-9๐-๙]{1,2}[.)] ?)"
)
_JOIN: Final = re.compile(r"(?: ?[:：] ?| {0,4}คือ ?|  +| ?[-–] )")
_TAIL: Final = re.compile(r" ?(?:บ้าง|คืออะไร|อะไรบ้าง|อะไร|\([^()]{0,40}\))? ?[?？:：]?")
_WHOSE: Final = re.compile(r"(?:AAR ?(?:ของ|โดย)?|ชื่อ|ผู้ทบทวน|โดย) ?[:：]? ?(?=\S)")
_LESSONS: Final[dict[Answered, LessonKind]] = {
    "exceeded": "went_well",
    "short": "problem",
    "suggestion": "suggestion",
    "lesson": "finding",
}
_REACH: Final = 160
_SURE: Final[frozenset[Answered]] = frozenset({"expected", "exceeded", "short", "next"})
_ALONE: Final[frozenset[Answered]] = frozenset({"lesson"})


@dataclass(frozen=True, slots=True)
class Question:
    """A heading of an AAR that was found at the start of a line."""

    question: Answered
    heading: str
    answer: str
    """What stands after it on the line; empty where the answer is below."""


def question_in(line: Line) -> Question | None:
    """The AAR heading that a line is or begins with."""
    text = plain(line.text).strip()
    bullet = _BULLET.match(text)
    words = text[bullet.end() :] if bullet else text
    found = _HEADING.match(words[:_REACH])
    if found is None:
        return None
    question = _HEADINGS[int((found.lastgroup or "h0")[1:])][1]
    rest = words[found.end() :]
    if _TAIL.fullmatch(rest[:_REACH]):
        return Question(question, words.strip(" :："), "")
    join = _JOIN.match(rest)
    if join is None:
        return None
    return Question(question, found[0], rest[join.end() :].strip())


def has_reviews(lines: Sequence[Line]) -> bool:
    """Whether a file answers AAR questions, or names a lesson with its heading."""
    found = {one.question for line in lines if (one := question_in(line)) is not None}
    return len(found & _SURE) >= 2 or bool(found & _ALONE)


def reviews_in(lines: Sequence[Line], sheet: Sheet) -> Reviews | None:
    """What takes the AARs out of these lines; None where there are none."""
    if not has_reviews(lines):
        return None
    filled = [one for one in lines if not one.is_blank]
    above = (one.number for one, below in pairwise(filled) if question_in(below) is not None)
    return Reviews(sheet, frozenset(above))


@dataclass(slots=True)
class Reviews:
    """Takes the lines of AARs out of a file as they come."""

    sheet: Sheet
    above_questions: frozenset[int] = frozenset()
    """Numbers of the lines that stand right above a question: there a name is whose AAR it is."""
    who: str = ""
    question: Answered | None = None
    """The one whose answer is being read; None outside of any."""
    heading: str = ""

    def take(self, line: Line) -> bool:
        """Write the line down if it belongs to an AAR."""
        if found := question_in(line):
            self._ask(line, found)
            return True
        if line.number in self.above_questions and (name := whose(line)):
            self.who = name
            self.question = None
            self.sheet.topic(line)
            return True
        if self.question is None:
            return False
        self._answer(line)
        return True

    def leave(self) -> None:
        """Somebody else speaks: the answer is over."""
        self.question = None

    def _ask(self, line: Line, found: Question) -> None:
        self.question, self.heading = found.question, found.heading
        if found.answer:
            self.sheet.answered(line, found.question, found.heading, found.answer, self.who)
        else:
            self.sheet.topic(line)
            self.sheet.heading = found.heading

    def _answer(self, line: Line) -> None:
        answers = self.sheet.answers
        goes_on = (
            answers
            and answers[-1].heading == self.heading
            and answers[-1].who == self.who
            and self.sheet.headings
            and answers[-1].line > self.sheet.headings[-1].line
        )
        bullet = _BULLET.match(plain(line.text).strip())
        if goes_on and not bullet:
            self.sheet.answers_on(line)
            return
        text = line.text.strip(BLANKS)
        self.sheet.answered(line, self.question or "other", self.heading, text, self.who)


def whose(line: Line) -> str:
    """The person whose AAR follows: ``AAR ของ คุณแดง``, or a name alone on its line."""
    bare = line.bare
    found = _WHOSE.match(bare)
    name = bare[found.end() :] if found else bare
    parts = split_name(name)
    if not parts.title or len(name) > 40 or parts.given.count(" ") > 1:
        return ""
    return "" if sentence_like(parts.given) else name.rstrip(" :：")


def lessons_of(answers: Sequence[ProposedAnswer]) -> tuple[ProposedLesson, ...]:
    """Drafts of lessons: what exceeded or fell short of what was expected, and what was learned."""
    return tuple(
        ProposedLesson(line=one.line, text=one.text, kind=_LESSONS[one.question])
        for one in answers
        if one.question in _LESSONS and one.text
    )
