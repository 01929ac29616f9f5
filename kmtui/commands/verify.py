"""`kmtui verify`: read every line of the notebook again, and mend the view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import click

from kmtui.shapes import plain
from kmtui.words import _, figure
from store.errors import N_

from .columns import columns
from .door import changing, reading
from .job import Job
from .telling import answer, answer_lines, talk, wants_json

DONE_IN_PART = 3
_LABELS: Final[Mapping[str, str]] = {
    "lines": N_("lines read"),
    "segments": N_("closed files"),
    "records": N_("records"),
    "damaged": N_("damaged"),
    "held": N_("kept aside"),
    "rebuilt": N_("view made anew"),
    "differs": N_("view differed"),
    "kept_anew": N_("kept anew"),
}


@click.command(
    "verify",
    cls=Job,
    help=N_("Read every line again and compare the view with them. Exit code 3: damage found."),
)
@click.option("--rebuild", is_flag=True, help=N_("Make the view anew from the lines."))
def verify_command(rebuild: bool) -> None:
    """Without --rebuild nothing is written, so that a window may stay open."""
    with changing() if rebuild else reading() as notebook:
        found: dict[str, Any] = plain(notebook.verify(rebuild=rebuild))
    if wants_json():
        answer(found)
    else:
        answer_lines(
            columns((_(_LABELS.get(name, name)), _shown(value)) for name, value in found.items())
        )
        if found.get("damaged") and not rebuild:
            talk(_("kmtui verify --rebuild keeps anew what is left of a damaged file."))
    if found.get("damaged") or found.get("held"):
        click.get_current_context().exit(DONE_IN_PART)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or _("none")
    return figure(value)
