"""`kmtui join`: two records that are read as one, or said to be two."""

from __future__ import annotations

from typing import Any

import click

from kmtui.shapes import record_shape, title_of
from kmtui.words import _
from store.errors import N_

from .columns import one_line
from .door import changing
from .job import Job
from .show import names_of
from .telling import answer, talk, wants_json


@click.command(
    "join",
    cls=Job,
    help=N_(
        "Read the second ID as part of the first: two forums, people or agencies, or two turns of"
        " a joined forum. Both stay as they are; `kmtui undo` parts them."
    ),
)
@click.argument("first_id", metavar="ID")
@click.argument("second_id", metavar="ID")
@click.option(
    "--not", "apart", is_flag=True, help=N_("They are two: part them, and propose them no more.")
)
def join_command(first_id: str, second_id: str, apart: bool) -> None:
    """Nothing is copied and nothing is deleted."""
    with changing() as notebook:
        first, second = notebook.find_id(first_id), notebook.find_id(second_id)
        saved = notebook.part(first, second) if apart else notebook.join(first, second)
        names = names_of(notebook)
        shown, other = notebook.record(first), notebook.record(second)
        document: dict[str, Any] = {"record": record_shape(shown, names), "change": saved.change}
        document |= {"first": first, "second": second, "joined": not apart}
    if wants_json():
        answer(document)
        return
    sentence = (
        _("Two, not one: {first} · {second}")
        if apart
        else _("Joined: {second} is read as part of {first}")
    )
    talk(one_line(sentence.format(first=title_of(shown), second=title_of(other))))
