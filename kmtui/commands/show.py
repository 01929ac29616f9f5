"""`kmtui show`: one record, or a forum with everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from kmtui.labels import presence_word, role_word
from kmtui.shapes import NameOf, names_in, plain, record_shape
from kmtui.words import _, figure
from store.errors import N_
from store.notebook import Notebook
from store.readings import SessionWhole
from store.records import Outcome, RecordId

from .columns import columns, one_line
from .days import day_words, when_words
from .door import reading
from .job import Job
from .telling import answer, answer_lines, wants_json

_DAYS = frozenset({"date", "until", "due", "applied_on"})
_MARKS = {"decision": "▣", "action": "▸", "question": "?", "proposal": "▷", "invitation": "+"}


@click.command("show", cls=Job, help=N_("Show the record ID; a forum with everything in it."))
@click.argument("record_id", metavar="ID")
@click.option(
    "--alone", is_flag=True, help=N_("Only this record of a joined forum, as it was written.")
)
def show_command(record_id: str, alone: bool) -> None:
    """Also from the trash; its marks say so."""
    with reading() as notebook:
        found = notebook.find_id(record_id)
        record = notebook.record(found)
        in_trash = "deleted" in record.marks
        whole = None
        if record.KIND == "session":
            whole = notebook.session(found, alone=alone)
        names = names_of(notebook)
    if in_trash and not wants_json():
        words = _("This is in the trash. kmtui undelete {id} brings it back.")
        answer_lines([words.format(id=found)])
    if whole is not None:
        _tell_session(whole, names)
    elif wants_json():
        answer({"record": record_shape(record, names)})
    else:
        shape = record_shape(record, names)
        answer_lines(columns((name, _shown(name, value)) for name, value in shape.items()))


def names_of(notebook: Notebook) -> NameOf:
    """The names of everybody and everything that records point to."""
    return names_in(notebook.people(), notebook.agencies(), notebook.series())


def _shown(name: str, value: Any) -> str:
    """A value for people: days in พ.ศ. with the weekday, numbers in the chosen digits."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, str) and name in _DAYS:
        return day_words(date.fromisoformat(value))
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return "" if value is None else figure(value) if is_number else str(value)


def _tell_session(found: SessionWhole, names: NameOf) -> None:
    if not wants_json():
        answer_lines(_session_lines(found, names))
        return
    answer(
        {
            "record": record_shape(found.session, names),
            "complete": found.completeness.share,
            "gaps": [plain(gap) for gap in found.completeness.gaps],
            "attendance": [record_shape(one, names) for one in found.attendance],
            "turns": [record_shape(one, names) for one in found.turns],
            "lessons": [record_shape(one, names) for one in found.lessons],
            "outcomes": [record_shape(one, names) for one in found.outcomes],
            "reviews": [record_shape(one, names) for one in found.reviews],
            "joined": [record_shape(one, names) for one in found.joined],
            "folded": {
                shown: [record_shape(one, names) for one in turns]
                for shown, turns in found.folded.items()
            },
        }
    )


def _session_lines(found: SessionWhole, names: NameOf) -> Iterator[str]:
    session = found.session
    yield one_line(session.title)
    yield one_line(" · ".join(part for part in (when_words(session), session.place) if part))
    for one in found.joined:
        yield one_line(_("joined with it: {title} ({id})").format(title=one.title, id=one.id))
    yield from columns(
        (
            _person(one.person, names),
            ", ".join(map(role_word, sorted(one.roles))),
            presence_word(one.presence),
            one.reason,
        )
        for one in found.attendance
    )
    heading = ""
    for turn in found.turns:
        if turn.heading != heading:
            heading = turn.heading
            yield one_line(f"[{heading}]")
        yield one_line(f"{found.speaker_name(turn) or '?'}: {turn.text}")
    yield from (one_line(f"◆ {lesson.title}") for lesson in found.lessons)
    yield from (one_line(_outcome(one, names)) for one in found.outcomes)
    yield from (
        one_line(f"AAR {_person(one.person, names) if one.person else ''}: {key} {words}")
        for one in found.reviews
        for key, words in one.answers.items()
    )


def _outcome(one: Outcome, names: NameOf) -> str:
    owner = _person(one.owner, names) if one.owner else ""
    beside = " · ".join(part for part in (owner, day_words(one.due)) if part)
    return f"{_MARKS[one.kind]} {one.text}" + (f"  ({beside})" if beside else "")


def _person(person: RecordId, names: NameOf) -> str:
    return names(person) or _("unknown")
