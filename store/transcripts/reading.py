"""Reading a file in: which layout it is in, and one proposal for each session that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from store.dates import find_part

from .errors import NotATranscript
from .head import when_and_place
from .lines import Line, plain
from .origin import Origin, opened, typed
from .proposal import Known, Layout, Proposal
from .sheet import Sheet
from .speakers import speakers
from .talk import read_talk
from .telling import tell
from .voices import Voices

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
    voices = Voices(known.people, named)
    voices.learn(origin.lines)
    sheet = Sheet()
    read_talk(origin.lines, voices, sheet)
    return (_proposal(sheet, origin.lines, origin, known, today, "padded"),)


def _proposal(
    sheet: Sheet,
    lines: Sequence[Line],
    origin: Origin,
    known: Known,
    today: date,
    layout: Layout,
) -> Proposal:
    sheet.account_for(lines)
    if not _has_substance(sheet):
        raise NotATranscript(where=origin.source.name)
    title = plain(sheet.title.text).strip() if sheet.title else origin.title
    part = find_part(title)
    when, place = when_and_place(sheet, title, today)
    who = speakers(sheet, known)
    tell(sheet, who)
    return Proposal(
        source=origin.source,
        layout=layout,
        title=title,
        series_title=_without(title, part.span) if part else "",
        part=part.number if part else None,
        part_text=part.text if part else "",
        when=when,
        place=place,
        turns=tuple(sheet.turns),
        notes=tuple(sheet.notes),
        speakers=who,
        headings=tuple(sheet.headings),
        attendance=tuple(sheet.attendance),
        roles=tuple(sheet.roles),
        decisions=tuple(sheet.decisions),
        answers=tuple(sheet.answers),
        lessons=tuple(sheet.lessons),
        dropped=(*origin.dropped, *sheet.dropped),
        not_understood=tuple(sheet.not_understood),
        findings=tuple(sorted(sheet.findings, key=lambda one: one.line or 0)),
        uses=dict(sorted(sheet.uses.items())),
    )


def _has_substance(sheet: Sheet) -> bool:
    """Whether there is anything of a forum in it, or a speaker to ask about."""
    asked = any(one.kind == "single_blank_label" for one in sheet.findings)
    return bool(sheet.turns or sheet.attendance or sheet.decisions or sheet.answers or asked)


def _without(title: str, span: tuple[int, int]) -> str:
    """The title of the series: what is left without the part."""
    return (
        f"{title[: span[0]].rstrip(_AROUND_PART)} {title[span[1] :].lstrip(_AROUND_PART)}".strip()
    )
