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
from store.readings import Gap
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
    with reading(or_empty=True) as notebook:
        checked = list(_checked(notebook, session))
    if wants_json():
        answer({"sessions": checked})
    else:
        answer_lines(line for one in checked for line in _lines(one))
    if strict and any(one["gaps"] for one in checked):
        click.get_current_context().exit(DONE_IN_PART)


def _checked(notebook: Notebook, session: str | None) -> Iterator[dict[str, Any]]:
    called = _caller(notebook)
    if session is not None:
        whole = notebook.session(notebook.find_id(session))
        one, complete = whole.session, whole.completeness
        yield _checked_one(one.id, one.title, complete.share, complete.gaps, called)
        return
    for row in notebook.sessions():
        yield _checked_one(row.id, row.title, row.complete, row.gaps, called)


def _caller(notebook: Notebook) -> Callable[[RecordId], str | None]:
    """What a record is called, without reading the whole session that it is in."""
    names = names_in(notebook.people())

    def called(about: RecordId) -> str | None:
        if about.startswith("attendance/"):  # its id ends in the letters of the person
            return names(RecordId(f"person/{about.rpartition('-')[2]}"))
        return title_of(notebook.record(about))[:_ABOUT_LENGTH]

    return called


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
