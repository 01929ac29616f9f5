"""`kmtui check`: what the records of forums still lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from kmtui.gaps import gap_words
from kmtui.shapes import gap_shape, names_in, title_of
from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook
from store.readings import Gap, SessionWhole
from store.records import RecordId
from store.rules.completeness import DOTS, dots

from .columns import one_line
from .door import reading
from .job import Job
from .telling import answer, answer_lines, wants_json

DONE_IN_PART = 3
_ABOUT_LENGTH = 60
"""Letters of a turn or lesson that a gap quotes."""


@click.command(
    "check", cls=Job, help=N_("Tell what the record of SESSION, or of every forum, still lacks.")
)
@click.argument("session", required=False, metavar="[SESSION]")
@click.option("--strict", is_flag=True, help=N_("End with exit code 3 where anything is missing."))
def check_command(session: str | None, strict: bool) -> None:
    """Gaps are told, never demanded."""
    with reading() as notebook:
        checked = list(_checked(notebook, session))
    if wants_json():
        answer({"sessions": checked})
    else:
        answer_lines(line for one in checked for line in _lines(one))
    if strict and any(one["gaps"] for one in checked):
        click.get_current_context().exit(DONE_IN_PART)


def _checked(notebook: Notebook, session: str | None) -> Iterator[dict[str, Any]]:
    if session is not None:
        yield _whole(notebook.session(notebook.find_id(session)))
        return
    for row in notebook.sessions():
        if any(gap.about for gap in row.gaps):
            yield _whole(notebook.session(row.id))
        else:
            yield _checked_one(row.id, row.title, row.complete, row.gaps, lambda _about: None)


def _whole(found: SessionWhole) -> dict[str, Any]:
    def called(about: RecordId) -> str | None:
        record = known.get(about)
        if record is not None and record.KIND == "attendance":
            return names(record.person)
        return title_of(record)[:_ABOUT_LENGTH] if record else None

    names = names_in(found.people.values(), found.agencies.values())
    groups: tuple[Any, ...] = (
        found.attendance, found.turns, found.lessons, found.outcomes, found.people.values()
    )  # fmt: skip
    known = {one.id: one for group in groups for one in group}
    session, complete = found.session, found.completeness
    return _checked_one(session.id, session.title, complete.share, complete.gaps, called)


def _checked_one(
    session: RecordId,
    title: str,
    share: float,
    gaps: Iterable[Gap],
    called: Callable[[RecordId], str | None],
) -> dict[str, Any]:
    return {
        "id": session,
        "title": title,
        "complete": share,
        "gaps": [gap_shape(gap, gap_words(gap, called)) for gap in gaps],
    }


def _lines(checked: dict[str, Any]) -> Iterator[str]:
    full = dots(checked["complete"])
    yield one_line(f"{'●' * full}{'○' * (DOTS - full)}  {checked['title']}  ({checked['id']})")
    if not checked["gaps"]:
        yield "  " + _("Nothing is missing.")
    marks = {"must": "!", "should": "○", "nice": "·"}
    for gap in checked["gaps"]:
        yield one_line(f"  {marks[gap['level']]} {gap['what']}")
