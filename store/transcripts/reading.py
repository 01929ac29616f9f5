"""Reading a file in: which layout it is in, and one proposal for each session that it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from store.parts import PartReading, find_part

from .aar import lessons_of
from .errors import NotATranscript
from .head import when_and_place
from .line_chat import days, is_line_chat, read_chat, senders
from .lines import Line, plain
from .minutes import is_minutes, read_minutes
from .origin import Origin, opened, typed
from .proposal import Known, Layout, Noted, Proposal, When
from .sheet import Sheet
from .speakers import speakers
from .subtitles import is_subtitles, read_subtitles
from .table import columns, read_table
from .talk import read_talk
from .telling import tell
from .voices import Voices

_BY_SIGN: Final[Mapping[str, Layout]] = {
    ":": "colon",
    "tab": "tab",
    "wide": "padded",
    "bold": "single_blank",
}
ENDINGS: Final = frozenset(
    {".txt", ".docx", ".html", ".htm", ".xhtml", ".vtt", ".srt", ".csv", ".tsv", ".md", ".log"}
)
"""Endings of files that may be transcripts; what is in them decides."""
_AROUND_PART: Final = " :,-–—"


def read(
    path: Path, *, known: Known, today: date, named: Sequence[str] = ()
) -> tuple[Proposal, ...]:
    """Propose the sessions of a file; nothing is kept.

    Args:
        path: A .txt, .docx or saved .html file.
        known: Who and which agencies the notebook knows.
        today: The day of the import; a two-digit year is read as one that is not after it.
        named: Labels that a person has named as speakers, which one blank may follow.

    Raises:
        StoreError: It cannot be read, or nobody speaks in it.
    """
    return _proposals(opened(path), known, today, named)


def read_text(
    text: str, name: str, *, known: Known, today: date, named: Sequence[str] = ()
) -> tuple[Proposal, ...]:
    """The same for a text in hand; ``name`` stands for the file's.

    Raises:
        StoreError: It is empty or too large, or nobody speaks in it.
    """
    return _proposals(typed(text, name), known, today, named)


def _proposals(
    origin: Origin, known: Known, today: date, named: Sequence[str]
) -> tuple[Proposal, ...]:
    lines = origin.lines
    if is_line_chat(lines):
        return _chat_days(origin, known, today, named)
    voices = Voices(known.people, named)
    voices.learn(lines)
    sheet = Sheet()
    layout = _read_into(sheet, lines, voices)
    return (_proposal(sheet, lines, origin, known, today, layout),)


def _read_into(sheet: Sheet, lines: Sequence[Line], voices: Voices) -> Layout:
    if is_subtitles(lines):
        read_subtitles(lines, voices, sheet)
        return "subtitles"
    if is_minutes(lines):
        read_minutes(lines, voices, sheet)
        return "minutes"
    if (found := columns(lines, voices)) is not None:
        read_table(lines, found, sheet)
        return "table"
    read_talk(lines, voices, sheet)
    return _kind_of_talk(sheet, lines, voices)


def _kind_of_talk(sheet: Sheet, lines: Sequence[Line], voices: Voices) -> Layout:
    """What most of its turns are marked by; an AAR where it answers more than it says."""
    if len(sheet.answers) > len(sheet.turns):
        return "aar"
    by_number = {line.number: line for line in lines}
    kinds: Counter[Layout] = Counter()
    for turn in sheet.turns:
        label = voices.strong(by_number[turn.line])
        if turn.kind == "reported":
            kinds["reported"] += 1
        else:
            kinds[_BY_SIGN.get(label.gap.sign, "padded") if label else "single_blank"] += 1
    return kinds.most_common(1)[0][0] if kinds else "single_blank"


def _chat_days(
    origin: Origin, known: Known, today: date, named: Sequence[str]
) -> tuple[Proposal, ...]:
    names = [name for one in known.people for name in (one.name, *one.aliases)]
    found = senders(origin.lines, (*names, *named))
    proposals = []
    for day in days(origin.lines):
        sheet = Sheet()
        read_chat(day, found, sheet)
        one = _proposal(sheet, day.lines, origin, known, today, "line_chat")
        title = day.chat or Path(origin.source.name).stem
        proposals.append(replace(one, title=title, when=When(date=day.day)))
    return tuple(proposals)


def _proposal(
    sheet: Sheet,
    lines: Sequence[Line],
    origin: Origin,
    known: Known,
    today: date,
    layout: Layout,
) -> Proposal:
    sheet.account_for(lines)
    sheet.left_out(origin.dropped)
    if not _has_substance(sheet):
        raise NotATranscript(where=origin.source.name)
    title = plain(sheet.title.text).strip() if sheet.title else origin.title
    part = find_part(title)
    meeting = None if part else _meeting_number(sheet)
    when, place = when_and_place(sheet, title, today)
    who = speakers(sheet, known)
    tell(sheet, who, known)
    return Proposal(
        source=origin.source,
        layout=layout,
        title=title,
        series_title=_without(title, part.start, part.end) if part else title if meeting else "",
        part=part.number if part else meeting.number if meeting else None,
        part_text=part.text if part else meeting.text if meeting else "",
        when=when,
        place=place,
        turns=tuple(sheet.turns),
        notes=tuple(sheet.notes),
        speakers=who,
        head=tuple(Noted(line=one.number, text=one.text) for one in sheet.head),
        headings=tuple(sheet.headings),
        attendance=tuple(sheet.attendance),
        roles=tuple(sheet.roles),
        decisions=tuple(sheet.decisions),
        answers=tuple(sheet.answers),
        lessons=lessons_of(sheet.answers),
        dropped=tuple(sorted(sheet.dropped, key=lambda one: one.line)),
        not_understood=tuple(sheet.not_understood),
        findings=tuple(sorted(sheet.findings, key=lambda one: one.line or 0)),
        uses=dict(sorted(sheet.uses.items())),
    )


def _has_substance(sheet: Sheet) -> bool:
    """Whether there is anything of a forum in it, or a speaker to ask about."""
    asked = sum(one.kind == "single_blank_label" for one in sheet.findings)
    return bool(
        sheet.turns
        or sheet.attendance
        or sheet.decisions
        or sheet.answers
        or (asked and asked * 2 >= len(sheet.not_understood))
    )


def _meeting_number(sheet: Sheet) -> PartReading | None:
    """``ครั้งที่ ๒/๒๕๔๙`` on a line of its own below the title."""
    found = (find_part(one.bare) for one in sheet.head if one.bare.startswith("ครั้งที่"))
    return next((one for one in found if one is not None), None)


def _without(title: str, start: int, end: int) -> str:
    """The title of the series: what is left without the part."""
    return f"{title[:start].rstrip(_AROUND_PART)} {title[end:].lstrip(_AROUND_PART)}".strip()
