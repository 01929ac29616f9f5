"""`kmtui twins`: what two laptops may have made of one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from kmtui.twin_words import twins_shape, twins_words
from kmtui.words import _
from store.errors import N_
from store.twins import Twins

from .columns import one_line
from .door import reading
from .job import Job
from .telling import answer, answer_lines, talk, wants_json


@click.command(
    "twins",
    cls=Job,
    help=N_(
        "List what may be one: two records of one forum, a person or an agency made twice, lines"
        " that two recorders wrote down."
    ),
)
def twins_command() -> None:
    """Nothing is joined by listing it."""
    with reading(or_empty=True) as notebook:
        found = notebook.twins()
    if wants_json():
        answer([twins_shape(one) for one in found])
        return
    answer_lines(_lines(found))
    if not found:
        talk(_("Nothing looks like one thing recorded twice."))


def _lines(found: Sequence[Twins]) -> Iterator[str]:
    for one in found:
        yield one_line(twins_words(one))
        yield one_line(f"  kmtui join {one.first} {one.second}")
