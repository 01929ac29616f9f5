"""`kmtui edit`, `delete`, `undelete`, `undo` and `redo`: one change of one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click

from kmtui.naming import Warned
from kmtui.shapes import NameOf, record_shape, title_of
from kmtui.values import change_of, reader_for
from kmtui.words import _
from store.edits import BringBack, Delete
from store.errors import N_, MetSince
from store.notebook import Notebook
from store.readings import Saved

from .columns import one_line
from .days import day_words, sure_day
from .door import changing
from .finding import finder
from .job import Job
from .show import names_of
from .telling import answer, talk, wants_json

_ID = click.argument("record_id", metavar="ID")


@click.command(
    "edit",
    cls=Job,
    help=N_(
        "Set fields of the record ID. An empty value is none; a list takes FIELD+=VALUE and"
        " FIELD-=VALUE; checks.recorder=did is one key."
    ),
)
@_ID
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
def edit_command(record_id: str, assignments: tuple[str, ...]) -> None:
    """All of the fields change or none."""
    days: list[date] = []
    doubts: list[Warned] = []

    def read_day(words: str) -> date:
        days.append(sure_day(words, doubts))
        return days[-1]

    def change(notebook: Notebook) -> Saved:
        found = notebook.find_id(record_id)
        reader = reader_for(notebook.record(found), finder(notebook), read_day)
        return notebook.save(change_of(found, assignments, reader))

    _do(change, _("Changed"), days, doubts)


@click.command("delete", cls=Job, help=N_("Put the record ID into the trash."))
@_ID
def delete_command(record_id: str) -> None:
    """`undelete` brings it back."""
    _do(lambda notebook: notebook.save(Delete(notebook.find_id(record_id))), _("In the trash"))


@click.command("undelete", cls=Job, help=N_("Take the record ID out of the trash."))
@_ID
def undelete_command(record_id: str) -> None:
    """As it was, with what was edited since."""
    _do(lambda book: book.save(BringBack(book.find_id(record_id))), _("Back from the trash"))


class BeforeMeeting(MetSince):
    """The same, said where an option takes it back."""

    sentence = N_(
        "The last own change is from before the last meeting with other laptops: {what}. It was not"
        " taken back; `kmtui undo --past-meeting` does."
    )


@click.command("undo", cls=Job, help=N_("Take back the last change of this laptop."))
@click.option(
    "--past-meeting",
    is_flag=True,
    help=N_("Also one from before the last meeting with other laptops."),
)
def undo_command(past_meeting: bool) -> None:
    """The next `undo` takes back the one before."""
    try:
        _do(lambda notebook: notebook.undo(past_meeting=past_meeting), _("Taken back"))
    except MetSince as met:
        raise BeforeMeeting(**met.facts) from met


@click.command("redo", cls=Job, help=N_("Do again what `undo` took back last."))
def redo_command() -> None:
    """As long as nothing new was done since."""
    _do(lambda notebook: notebook.redo(), _("Done again"))


def _do(
    change: Callable[[Notebook], Saved],
    what: str,
    days: Sequence[date] = (),
    doubts: Sequence[Warned] = (),
) -> None:
    """Make the change, close the notebook, and only then say that it is made.

    Args:
        change: What is done.
        what: The same in a word.
        days: That were typed; said with their weekdays.
        doubts: What was taken without asking; filled while the change is made.
    """
    with changing() as notebook:
        saved = change(notebook)
        document = _document(saved, names_of(notebook))
    if wants_json():
        warnings = {"warnings": [one.shape() for one in doubts]} if doubts else {}
        answer(document | warnings)
        return
    typed = "".join(f" · {day_words(day)}" for day in days)
    talk(one_line(f"{what}: {title_of(saved.record)}{typed} ({saved.record.id})"))
    for one in doubts:
        talk(one_line(f"! {one.message}"))


def _document(saved: Saved, names: NameOf) -> dict[str, Any]:
    document: dict[str, Any] = {
        "record": record_shape(saved.record, names),
        "change": saved.change,
    }
    if len(saved.records) > 1:
        document["records"] = [one.id for one in saved.records]
    return document
