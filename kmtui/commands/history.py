"""`kmtui history`: who changed what, when, from what."""

from __future__ import annotations

from typing import Any

import click

from kmtui.shapes import change_shape, names_in
from store.errors import N_

from .columns import columns
from .door import reading
from .job import Job
from .telling import answer, answer_lines, wants_json


@click.command("history", cls=Job, help=N_("Every change of the record ID, oldest first."))
@click.argument("record_id", metavar="ID")
def history_command(record_id: str) -> None:
    """Also of a record in the trash."""
    with reading() as notebook:
        names = names_in(notebook.people())
        found = [change_shape(one, names) for one in notebook.history(notebook.find_id(record_id))]
    if wants_json():
        answer(found)
    else:
        answer_lines(columns(_row(one) for one in found))


def _row(change: dict[str, Any]) -> list[str]:
    time = (change["time"] or "")[:16].replace("T", " ")
    was = "" if change["replaced"] is None else f"← {change['replaced']}"
    who = change["who"] or change["laptop"]
    return [time, str(who), change["field"], f"{change['value']} {was}".strip()]
