"""`kmtui conflicts`: what two laptops wrote apart, to be settled by people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path

import click

from kmtui.conflict_words import NameOf, about, by_whom, conflict_shape, side_words
from kmtui.words import _
from store.clock import local_now
from store.conflicts import Conflict
from store.errors import N_, FileExists
from store.files import write_new

from .columns import one_line
from .door import reading
from .job import Job
from .show import names_of
from .telling import answer, answer_lines, talk, wants_json


@click.command(
    "conflicts",
    cls=Job,
    help=N_("List what two laptops wrote differently; `kmtui settle` says which one stands."),
)
@click.option(
    "--page",
    "page_file",
    type=click.Path(path_type=Path),
    metavar="FILE.md",
    help=N_("Write a page to be settled together at the next meeting; never over a file."),
)
def conflicts_command(page_file: Path | None) -> None:
    """Nothing is hurt by leaving them open."""
    if page_file is not None and page_file.exists():
        raise FileExists(where=page_file)
    with reading(or_empty=True) as notebook:
        found = notebook.conflicts()
        known = names_of(notebook)
    name_of: NameOf = lambda one: known(one) or one  # noqa: E731 - a name, or else the id
    now = local_now()
    if found and page_file is not None:
        from kmtui.conflict_page import page

        write_new(page_file, page(found, name_of, now).encode())
    if wants_json():
        answer([conflict_shape(one) for one in found])
        return
    answer_lines(_lines(found, name_of, now.tzinfo))
    if not found:
        talk(_("Nothing to settle."))
    elif page_file is not None:
        talk(one_line(_("Written: {file}").format(file=page_file)))


def _lines(found: Sequence[Conflict], name_of: NameOf, zone: tzinfo | None) -> Iterator[str]:
    for conflict in found:
        yield one_line(about(conflict))
        for number, side in enumerate(conflict.sides, start=1):
            words = side_words(conflict, side, name_of)
            yield one_line(f"  {number}  {words}  ({by_whom(side, zone)})")
        if conflict.offer is not None:
            yield "  " + one_line(_("both by lines (--lines): {text}").format(text=conflict.offer))
        yield one_line(f"  kmtui settle {conflict.record} {conflict.field} --take 1")
