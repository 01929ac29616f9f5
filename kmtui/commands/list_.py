"""`kmtui list`: sessions, turns, lessons, outcomes, people and more, filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

import click

from kmtui.shapes import record_shape, session_row_shape, title_of
from kmtui.words import _, figure
from store.errors import N_
from store.ids import session_of
from store.names import name_sort_key
from store.notebook import Notebook
from store.readings import SessionRow
from store.records import Record, RecordId
from store.text import sort_key

from .columns import columns
from .days import DAY, GivenDay, day_words
from .door import reading
from .finding import finder
from .job import Job
from .show import names_of
from .telling import answer_from, answer_lines, spooled, talk, wants_json
from .typed import OneOf

KINDS: Final[Mapping[str, str]] = {
    "sessions": "session",
    "turns": "turn",
    "lessons": "lesson",
    "outcomes": "outcome",
    "people": "person",
    "agencies": "agency",
    "series": "series",
    "capabilities": "capability",
    "duties": "duty",
    "reviews": "review",
    "attendance": "attendance",
}
"""What can be listed, and the word of its records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records were asked for; None does not filter."""

    kind: str
    session: RecordId | None
    sessions: frozenset[RecordId] | None
    """Those of the series and the days that were named."""
    speaker: RecordId | None
    status: str | None


@click.command("list", cls=Job, help=N_("List records of KIND."))
@click.argument("kind", type=OneOf(list(KINDS)), metavar="{" + "|".join(KINDS) + "}")
@click.option("--session", help=N_("Only what belongs to this forum (id or title)."))
@click.option("--series", help=N_("Only forums of this series (id or title)."))
@click.option("--speaker", help=N_("Only of this person (id or name)."))
@click.option("--from", "since", type=DAY, metavar="DATE", help=N_("Forums of this day and later."))
@click.option("--until", type=DAY, metavar="DATE", help=N_("Forums of this day and before."))
@click.option("--status", help=N_("Only with this status (a forum, a lesson)."))
@click.option("--limit", type=click.IntRange(1), help=N_("At most so many."))
@click.option("--deleted", is_flag=True, help=N_("What is in the trash."))
def list_command(
    kind: str,
    session: str | None,
    series: str | None,
    speaker: str | None,
    since: GivenDay | None,
    until: GivenDay | None,
    status: str | None,
    limit: int | None,
    deleted: bool,
) -> None:
    """Filters that do not fit the kind let nothing through rather than everything."""
    for warning in (*(since.warnings if since else ()), *(until.warnings if until else ())):
        talk(warning.message)
    with reading(or_empty=True) as notebook:
        find = finder(notebook)
        wanted = Wanted(
            kind=KINDS[kind],
            session=find("session", session) if session else None,
            sessions=_sessions_of(
                notebook,
                find("series", series) if series else None,
                since.day if since else None,
                (until.until or until.day) if until else None,
            ),
            speaker=find("person", speaker) if speaker else None,
            status=status,
        )
        shapes = islice(_shapes(notebook, wanted, deleted=deleted), limit)
        if wants_json():
            found = spooled(shapes)
        else:
            rows = [_ROWS.get(wanted.kind, _any_row)(one) for one in shapes]
    if wants_json():
        answer_from(found)
        return
    answer_lines(columns(rows))
    if not rows:
        talk(_("Nothing there."))


def _sessions_of(
    notebook: Notebook, series: RecordId | None, since: date | None, until: date | None
) -> frozenset[RecordId] | None:
    if series is None and since is None and until is None:
        return None

    def fits(row: SessionRow) -> bool:
        if series is not None and row.series != series:
            return False
        if since is None and until is None:
            return True
        return row.date is not None and (since or date.min) <= row.date <= (until or date.max)

    return frozenset(row.id for row in notebook.sessions() if fits(row))


def _shapes(notebook: Notebook, wanted: Wanted, *, deleted: bool) -> Iterator[dict[str, Any]]:
    if wanted.kind == "session" and not deleted:
        with_person = _sessions_with(notebook, wanted.speaker)
        for row in notebook.sessions():
            if _row_fits(row, wanted) and (with_person is None or row.id in with_person):
                yield session_row_shape(row)
        return
    names = names_of(notebook)
    for record in _records(notebook, wanted, deleted=deleted):
        if _fits(record, wanted):
            yield record_shape(record, names)


def _records(notebook: Notebook, wanted: Wanted, *, deleted: bool) -> Iterable[Record]:
    if deleted:
        return (one for one in notebook.deleted() if wanted.kind == one.KIND)
    by_session: Mapping[str, Callable[[RecordId | None], Iterable[Record]]] = {
        "turn": notebook.turns,
        "attendance": notebook.attendance,
        "lesson": notebook.lessons,
        "outcome": notebook.outcomes,
    }
    if wanted.kind in by_session:
        return by_session[wanted.kind](wanted.session)
    found = notebook.of_kind(wanted.kind)
    if wanted.kind == "person":
        return sorted(found, key=lambda one: name_sort_key(title_of(one)))
    if wanted.kind in ("agency", "series"):
        return sorted(found, key=lambda one: sort_key(title_of(one)))
    return found


def _sessions_with(notebook: Notebook, person: RecordId | None) -> frozenset[RecordId] | None:
    """The forums that this person came to."""
    if person is None:
        return None
    return frozenset(one.session for one in notebook.attendance() if one.person == person)


def _row_fits(row: SessionRow, wanted: Wanted) -> bool:
    return _session_fits(row.id, wanted) and wanted.status in (None, row.status)


def _fits(record: Record, wanted: Wanted) -> bool:
    who = {"turn": "speaker", "attendance": "person", "review": "person", "outcome": "owner"}
    if wanted.speaker is not None:
        field = who.get(wanted.kind)
        if field is None or getattr(record, field) != wanted.speaker:
            return False
    if wanted.status is not None and getattr(record, "status", None) != wanted.status:
        return False
    return _session_fits(getattr(record, "session", None) or session_of(record.id), wanted)


def _session_fits(session: RecordId | None, wanted: Wanted) -> bool:
    if wanted.session is not None and session != wanted.session:
        return False
    return wanted.sessions is None or session in wanted.sessions


_Row = Callable[[dict[str, Any]], list[str]]


def _session_line(one: dict[str, Any]) -> list[str]:
    day = one["date"]
    says_part = any(letter.isdigit() for letter in one["title"])
    title = one["title"] + (f" ({figure(one['part'])})" if one["part"] and not says_part else "")
    counts = _("{turns} turns, {lessons} lessons").format(
        turns=figure(one.get("turns", "?")), lessons=figure(one.get("lessons", "?"))
    )
    return [day_words(date.fromisoformat(day) if day else None) or "-", title, counts, one["id"]]


def _turn_line(one: dict[str, Any]) -> list[str]:
    time = figure((one["said_at"] or "")[11:16])
    return [one["id"], time, one["speaker"] or "?", one["text"]]


def _lesson_line(one: dict[str, Any]) -> list[str]:
    return [one["id"].rpartition("-")[2][-8:], one["status"], one["title"]]


def _outcome_line(one: dict[str, Any]) -> list[str]:
    due = day_words(date.fromisoformat(one["due"])) if one["due"] else ""
    return [one["id"].rpartition("-")[2][-8:], one["kind"], one["owner"] or "", due, one["text"]]


def _person_line(one: dict[str, Any]) -> list[str]:
    return [one["name"], one["agency"] or "", ", ".join(one["aliases"]), one["id"]]


def _agency_line(one: dict[str, Any]) -> list[str]:
    return [one["short"], one["full"], one["membership"], one["id"]]


def _attendance_line(one: dict[str, Any]) -> list[str]:
    roles = ", ".join(one["roles"])
    return [one["person"] or "?", one["presence"], roles, one["reason"], one["id"]]


def _any_row(one: dict[str, Any]) -> list[str]:
    known = ("title", "agency", "person", "role", "ability", "duties", "promise")
    return [*(str(one[name]) for name in known if one.get(name)), one["id"]]


_ROWS: Final[Mapping[str, _Row]] = {
    "session": _session_line,
    "turn": _turn_line,
    "lesson": _lesson_line,
    "outcome": _outcome_line,
    "person": _person_line,
    "agency": _agency_line,
    "attendance": _attendance_line,
}
