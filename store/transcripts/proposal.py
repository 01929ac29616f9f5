"""What was read out of a file, for a person to confirm: nothing here is kept yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

from store.records import Agency, Person, RecordId, Source
from store.vocabulary import LessonKind, Presence, Role, TurnKind

from .findings import Finding as Finding
from .findings import FindingKind as FindingKind

Day: TypeAlias = date
Layout = Literal[
    "padded", "colon", "tab", "single_blank", "reported", "minutes", "line_chat", "aar",
    "subtitles", "table",
]  # fmt: skip
Use = Literal[
    "title", "head", "heading", "turn", "more", "note", "attendance", "role", "decision",
    "answer", "dropped", "not_understood",
]  # fmt: skip
"""What a line of the source became. ``head`` is date, place and their like; ``more`` continues
the turn, answer or note above it."""
DropKind = Literal[
    "footer",
    "menu",
    "comment",
    "sticker",
    "media",
    "chat_head",
    "cue",
    "rule",
    "table_head",
    "box",
]
Answered = Literal["expected", "exceeded", "short", "next", "lesson", "suggestion", "other"]
"""Which question of an AAR an answer belongs to. Source: the four headings of GotoKnow members."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who and which agencies the notebook knows already."""

    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTurn:
    """What one speaker said, in the words of the source."""

    line: int
    label: str
    """The speaker as the source writes it; empty for a note."""
    text: str
    """Verbatim, with the lines that continue it."""
    heading: str = ""
    kind: TurnKind = "verbatim"
    told_with: str = ""
    """The words that say it is told (``ได้กล่าวในที่ประชุมว่า``), taken out of the text."""
    said_at: datetime | None = None
    """Without zone: the local time of the source; None where it gives no time."""
    said_at_text: str = ""
    """The time as written, also where the day is not known (``00:01:05.000``)."""
    more: tuple[int, ...] = ()
    """Numbers of the lines that continue it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAgency:
    """A word in the agency column: the speaker's agency, or the first word of what they said."""

    name: str
    """As written."""
    line: int
    gap: str
    """The blanks between the word and the rest of the text."""
    known: RecordId | None = None
    full: str = ""
    in_text: bool = True
    """False where it stands beside the name: ``คุณนภา (พช.)``."""
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSpeaker:
    """Somebody who speaks, by the label of the source."""

    label: str
    name: str
    """The label without its role (ประธาน นายวิชัย มั่นคง is นายวิชัย มั่นคง); empty where the
    label is a role word and names nobody."""
    turns: int
    role_word: Role | None = None
    """The role whose word the label is; whether a person is called so must be asked."""
    is_role: bool = False
    """The label says what somebody does (พิธีกร, ประธาน) and not who it is."""
    person: RecordId | None = None
    """The known person of exactly this name."""
    near: tuple[RecordId, ...] = ()
    """Known people who may be meant; to be asked about."""
    aliases: tuple[str, ...] = ()
    """Other names in the text that may mean the same person; offered, never taken."""
    agency: ProposedAgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A line of the source and its text: a heading, a decision, something not understood."""

    line: int
    text: str
    heading: str = ""
    """The topic it stands under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A line that is no part of the forum: page furniture, a sticker."""

    line: int
    text: str
    kind: DropKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAttendance:
    """Somebody who came or did not, as a list of the source says."""

    line: int
    name: str
    presence: Presence = "present"
    position: str = ""
    reason: str = ""
    """Why absent."""
    substitute_for: str = ""
    member: bool = True
    """False for a guest (ผู้เข้าร่วมประชุม)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRole:
    """Who held a role, as the source says."""

    line: int
    role: Role
    name: str
    written: str
    """The source's own word for it: ผู้จดรายงานการประชุม."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAnswer:
    """One answer of an AAR."""

    line: int
    question: Answered
    heading: str
    text: str
    who: str = ""
    """Whose AAR it is; empty where the source does not say."""
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedLesson:
    """A lesson to draw, still a draft."""

    line: int
    text: str
    kind: LessonKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The day and times of the forum, as far as the source says."""

    date: Day | None = None
    until: Day | None = None
    """Last day; None for one day."""
    starts: str | None = None
    """Local, ``HH:MM``."""
    ends: str | None = None
    written: str = ""
    line: int | None = None
    two_digit_year: bool = False
    """The year was two digits and read as the latest พ.ศ. year that is not in the future."""
    alternatives: tuple[Day, ...] = ()
    """Other days that it may mean, or other days that the source names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One session as read out of a file."""

    source: Source
    layout: Layout
    title: str = ""
    series_title: str = ""
    """The title without its part; empty where it names no part."""
    part: int | None = None
    part_text: str = ""
    """As written: ``ตอนที่ ๖``."""
    when: When = field(default_factory=When)
    place: str = ""
    turns: tuple[ProposedTurn, ...] = ()
    notes: tuple[ProposedTurn, ...] = ()
    """Text that nobody is named for; turns of kind ``note`` without a label."""
    speakers: tuple[ProposedSpeaker, ...] = ()
    """In the order in which they first speak."""
    head: tuple[Noted, ...] = ()
    """Lines about the whole session, as written: those that day, times and place were read from,
    and in minutes also the number of the meeting and who checked them."""
    headings: tuple[Noted, ...] = ()
    attendance: tuple[ProposedAttendance, ...] = ()
    roles: tuple[ProposedRole, ...] = ()
    decisions: tuple[Noted, ...] = ()
    answers: tuple[ProposedAnswer, ...] = ()
    lessons: tuple[ProposedLesson, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    not_understood: tuple[Noted, ...] = ()
    findings: tuple[Finding, ...] = ()
    uses: Mapping[int, Use] = field(default_factory=dict)
    """By line number, for every line with something on it: what became of it."""

    @property
    def questions(self) -> tuple[Finding, ...]:
        """What a person must be asked."""
        return tuple(one for one in self.findings if one.asks)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is told where nobody can answer: the questions, and what was left out."""
        return self.findings

    @property
    def spoken(self) -> tuple[ProposedTurn, ...]:
        """Turns and notes in the order of the source."""
        return tuple(sorted((*self.turns, *self.notes), key=lambda one: one.line))

    def with_agency(self, label: str) -> Proposal:
        """Take the offered agency of this speaker: its word leaves the text of that turn."""
        speaker = next((one for one in self.speakers if one.label == label), None)
        offer = speaker.agency if speaker else None
        if speaker is None or offer is None or offer.accepted:
            return self
        taken = replace(speaker, agency=replace(offer, accepted=True))
        cut = len(offer.name) + len(offer.gap) if offer.in_text else 0
        return replace(
            self,
            speakers=tuple(taken if one is speaker else one for one in self.speakers),
            turns=tuple(
                replace(one, text=one.text[cut:]) if one.line == offer.line else one
                for one in self.turns
            ),
            findings=tuple(
                one
                for one in self.findings
                if not (one.kind == "agency_column" and one.line == offer.line)
            ),
        )
