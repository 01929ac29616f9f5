"""`kmtui settle`: a person says which of several values stands."""

from __future__ import annotations

from typing import Any

import click

from kmtui.conflict_words import about
from kmtui.numbers import whole_number
from kmtui.shapes import record_shape
from kmtui.values import reader_for, value_of
from kmtui.words import _
from store.conflicts import STANDS, Conflict, NoConflict, NotASide
from store.errors import N_, BadValue
from store.notebook import Notebook
from store.records import RecordId

from .columns import one_line
from .days import read_day
from .door import changing
from .finding import finder
from .job import Job
from .show import names_of
from .telling import answer, talk, wants_json


@click.command(
    "settle",
    cls=Job,
    help=N_(
        "Say which value of FIELD of the record stands, as `kmtui conflicts` names them. `kmtui"
        " undo` opens it again."
    ),
)
@click.argument("record_id", metavar="RECORD")
@click.argument("field", metavar="FIELD")
@click.option("--take", metavar="N|ID", help=N_("The value of this number, or of this change."))
@click.option("--value", metavar="V", help=N_("A new value."))
@click.option("--both", is_flag=True, help=N_("All texts, below each other."))
@click.option("--lines", is_flag=True, help=N_("Both texts put together by lines, as offered."))
def settle_command(
    record_id: str, field: str, take: str | None, value: str | None, both: bool, lines: bool
) -> None:
    """Exactly one choice is made."""
    if sum((take is not None, value is not None, both, lines)) != 1:
        context = click.get_current_context()
        raise click.UsageError(_("Choose one: --take, --value, --both or --lines."), context)
    with changing() as notebook:
        found = notebook.find_id(record_id)
        conflict = _conflict(notebook, found, field)
        chosen: dict[str, Any] = {"how": "both" if both else "lines" if lines else "value"}
        if take is not None:
            chosen["take"] = _side(conflict, take)
        elif value is not None:
            chosen["value"] = _value(notebook, conflict, value)
        saved = notebook.settle(found, field, **chosen)
        left = len(notebook.conflicts())
        document = {
            "record": record_shape(saved.record, names_of(notebook)),
            "change": saved.change,
            "conflicts": left,
        }
    if wants_json():
        answer(document)
    else:
        talk(one_line(_("Settled: {what}").format(what=about(conflict))))


def _conflict(notebook: Notebook, record: RecordId, field: str) -> Conflict:
    for one in notebook.conflicts(record):
        if one.field == field:
            return one
    notebook.record(record)
    raise NoConflict(where=f"{record}.{field}")


def _side(conflict: Conflict, words: str) -> str:
    """The change that is meant: by its number from 1, or by its id."""
    ids = [one.id for one in conflict.sides]
    if words.strip().upper() in ids:
        return words.strip().upper()
    number = whole_number("--take", words) if len(words.strip()) < 4 else 0
    if not 1 <= number <= len(ids):
        raise NotASide(where=f"{conflict.record}.{conflict.field}", value=words)
    return ids[number - 1]


def _value(notebook: Notebook, conflict: Conflict, words: str) -> Any:
    """A new value as its field holds it."""
    if conflict.field == STANDS:
        raise BadValue(where=conflict.field, value=words, expected="--take 1, --take 2")
    reader = reader_for(notebook.record(conflict.record), finder(notebook), read_day)
    return value_of(conflict.field, words, reader)
