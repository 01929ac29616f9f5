"""`kmtui where`: where the notebook is, whose it is, who writes in it and what it holds."""

from __future__ import annotations

from typing import Any

import click

from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook

from .columns import columns
from .door import folder, is_there, reading, writing
from .job import Job
from .telling import answer, answer_lines, wants_json


@click.command(
    "where", cls=Job, help=N_("Tell where the notebook is, who writes in it, what it holds.")
)
@click.option(
    "--terminal",
    "about_terminal",
    is_flag=True,
    help=N_("Tell instead whether this terminal shows Thai as it should."),
)
@click.option("--owner", metavar="NAME", help=N_("Say first whose laptop this is."))
def where_command(about_terminal: bool, owner: str | None) -> None:
    """Answers before the first notebook too: the folder is then where it will be."""
    if owner is not None:
        with writing() as notebook:
            notebook.set_owner(owner.strip())
    if about_terminal:
        _tell_terminal()
        return
    place = folder()
    found: dict[str, Any] = {"notebook": str(place.absolute()), "exists": False}
    if is_there():
        with reading() as notebook:
            found |= {"exists": True} | _of(notebook)
    if wants_json():
        answer(found)
    else:
        answer_lines(columns(_rows(found)))


def _tell_terminal() -> None:
    """What this terminal does with Thai; where nobody sits before one, nothing is asked of it."""
    from kmtui.settings import Settings
    from kmtui.terminal_answers import ask_terminal
    from kmtui.terminals import SAMPLES, advice, box, terminal_name, verdict

    finding = ask_terminal()
    is_apart = Settings.read(folder()).sara_am_apart
    told = advice(finding, is_apart=is_apart)
    samples = [
        {"text": one.text, "expected": one.cells, "cells": got}
        for one, got in zip(SAMPLES, finding.cells, strict=True)
    ]
    if wants_json():
        answer(
            {
                "terminal": terminal_name() or None,
                "state": finding.state,
                "samples": samples,
                "sara_am_apart": {"on": is_apart, "right": finding.apart_is_right},
                "message": verdict(finding),
                "advice": told,
            }
        )
        return
    name = terminal_name()
    answer_lines([verdict(finding) + (f" ({name})" if name else ""), ""])
    answer_lines(_measured(samples, box()))
    answer_lines(["", *told])


def _measured(samples: list[dict[str, Any]], drawn: list[str]) -> list[str]:
    """The samples between borders; behind them what was measured, where it was."""
    behind = {
        at: _("{cells} of {expected} cells").format(**one)
        for at, one in enumerate(samples, 1)
        if one["cells"] is not None
    }
    return [f"{line}  {behind[at]}" if at in behind else line for at, line in enumerate(drawn)]


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
        "sessions": _("forums"),
        "people": _("people"),
        "agencies": _("agencies"),
        "series": _("series"),
        "trash": _("in the trash"),
    }
    return rows + [(labels[name], str(count)) for name, count in found["counts"].items()]
