"""`kmtui where`: where the notebook is, whose it is, who writes in it and what it holds."""

from __future__ import annotations

from typing import Any

import click

from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook

from .columns import columns
from .door import folder, is_there, reading
from .job import Job
from .telling import answer, answer_lines, wants_json


@click.command(
    "where", cls=Job, help=N_("Tell where the notebook is, who writes in it, what it holds.")
)
def where_command() -> None:
    """Answers before the first notebook too: the folder is then where it will be."""
    place = folder()
    found: dict[str, Any] = {"notebook": str(place.absolute()), "exists": False}
    if is_there():
        with reading() as notebook:
            found |= {"exists": True} | _of(notebook)
    if wants_json():
        answer(found)
    else:
        answer_lines(columns(_rows(found)))


def _of(notebook: Notebook) -> dict[str, Any]:
    holder = notebook.holder
    return {
        "laptop": notebook.laptop,
        "owner": notebook.owner or None,
        "writer": str(holder) if holder else None,
        "counts": {
            "sessions": len(notebook.sessions()),
            "people": len(notebook.people()),
            "agencies": len(notebook.agencies()),
            "series": len(notebook.series()),
            "trash": len(notebook.deleted()),
        },
        "notices": [one.kind for one in notebook.notices],
    }


def _rows(found: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [(_("notebook"), found["notebook"])]
    if not found["exists"]:
        return [*rows, (_("state"), _("nothing there yet"))]
    rows += [
        (_("laptop"), found["laptop"]),
        (_("owner"), found["owner"] or "-"),
        (_("written by"), found["writer"] or _("nobody now")),
    ]
    labels = {
        "sessions": _("sessions"),
        "people": _("people"),
        "agencies": _("agencies"),
        "series": _("series"),
        "trash": _("in the trash"),
    }
    return rows + [(labels[name], str(count)) for name, count in found["counts"].items()]
