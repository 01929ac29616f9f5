"""What Home shows of a notebook: what is being typed, the latest forums, what needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from itertools import chain
from typing import Final

from kmtui.notices import notice_words
from kmtui.proposals import Proposal, next_forum
from kmtui.spoken_days import moment_words
from kmtui.widgets.forum_rows import forum_row, short_gap
from kmtui.widgets.laptop_rows import OfLaptops, of_laptops
from kmtui.widgets.record_list import Cell, Row
from kmtui.words import _, counted, figure
from store.listing import gap_kinds
from store.notebook import Notebook
from store.readings import Draft, Notice, SessionRow
from store.records import Agency, Person, RecordId

_LATELY: Final = 6
_ASKED_ABOUT: Final = (
    "no_recorder",
    "no_lesson",
    "no_turns",
    "role_not_checked",
    "action_without_owner",
)
_TO_LOOK_AFTER: Final = frozenset({"torn_tail", "rot", "held"})
"""Kinds of notices that somebody has to do something about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What Home shows."""

    sessions: tuple[SessionRow, ...]
    drafts: tuple[Draft, ...]
    proposal: Proposal
    names: tuple[str, ...]
    """Of people, agencies and places; no line is broken inside one."""
    owner: str
    folder: str
    missing: Counter[str]
    """How many forums lack it, by the kind of gap."""


@dataclass(frozen=True, slots=True)
class GapKey:
    """The row of all forums that lack the same thing."""

    kind: str


@dataclass(frozen=True, slots=True)
class NoticeKey:
    """The row of something that opening the notebook found."""

    sentence: str


@dataclass(frozen=True, slots=True)
class DraftKey:
    """The row of a line that was being typed."""

    session: RecordId


def home_rows(
    reading: Reading,
    of_others: OfLaptops | None,
    notices: Iterable[Notice],
    width: int,
    here: tzinfo | None,
) -> list[Row]:
    """The rows of Home.

    Args:
        reading: What the notebook holds.
        of_others: What other laptops have to do with it; None before that was read.
        notices: What opening the notebook found.
        width: Cells for the text of a row.
        here: The time zone that moments are shown in.
    """
    lines: list[Row] = []
    if reading.drafts:
        lines.append(_heading(_("Being typed")))
        lines += [_draft_row(one, reading, here) for one in reading.drafts]
        lines.append(_heading(""))
    lines.append(_heading(_("Lately")))
    if not reading.sessions:
        lines.append(_heading("  " + _("Nothing yet. F2 begins the first forum.")))
    lines += [forum_row(one, width) for one in reading.sessions[:_LATELY]]
    asked = [_notice_row(one) for one in notices if one.kind in _TO_LOOK_AFTER]
    asked += [
        _gap_row(kind, reading.missing[kind]) for kind in _ASKED_ABOUT if reading.missing[kind]
    ]
    if of_others is not None:
        asked += of_laptops(of_others)
    if asked:
        lines += [_heading(""), _heading(_("Needs attention")), *asked]
    return lines


def _draft_row(draft: Draft, reading: Reading, here: tzinfo | None) -> Row:
    titles = {one.id: one.title for one in reading.sessions}
    when = ""
    if draft.written is not None:
        local = draft.written.astimezone(here)
        when = moment_words(local)
    who = f"{draft.speaker_name}: " if draft.speaker_name else ""
    return Row(
        (
            Cell(f"  ✎ {when}", 27, "accent"),
            Cell(f"{who}{draft.text}"),
            Cell(f"  {titles.get(draft.session, '')}", 20, "muted"),
        ),
        key=DraftKey(draft.session),
    )


def read_home(notebook: Notebook) -> Reading:
    """Everything that Home shows of a notebook."""
    sessions = notebook.sessions()
    series = notebook.series()
    return Reading(
        sessions,
        notebook.drafts(),
        next_forum(sessions, series, notebook.owner),
        names_in(notebook.people(), notebook.agencies(), (one.place for one in sessions)),
        notebook.owner,
        notebook.folder.name,
        Counter(chain.from_iterable(map(gap_kinds, sessions))),
    )


def names_in(
    people: Iterable[Person], agencies: Iterable[Agency], places: Iterable[str]
) -> tuple[str, ...]:
    """Every name that people and agencies are written by, and where forums were."""
    found = [name for one in people for name in (one.name, *one.aliases)]
    found += [name for one in agencies for name in (one.short, one.full, *one.aliases)]
    return (*found, *dict.fromkeys(places))


def _heading(words: str) -> Row:
    return Row((Cell(words, style="muted"),))


def _notice_row(notice: Notice) -> Row:
    words = notice_words(notice)
    return Row((Cell("  !", 5, "warning"), Cell(words, style="warning")), key=NoticeKey(words))


def _gap_row(kind: str, count: int) -> Row:
    amount = counted("{n} forum", "{n} forums", count).format(n=figure(count))
    return Row(
        (Cell(f"  {amount}", 15, "muted"), Cell(short_gap(kind), style="warning")), key=GapKey(kind)
    )
