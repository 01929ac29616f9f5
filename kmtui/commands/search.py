"""`kmtui search`: find words in what was said and drawn."""

from __future__ import annotations

import contextlib

import click

from kmtui.shapes import hit_shape
from kmtui.thai.letters import whole_letters
from kmtui.words import _
from store.errors import N_, DiskRefused, NotebookInUse, NotebookReadOnly
from store.notebook import Notebook
from store.readings import Hit
from store.text import found_in

from .columns import one_line
from .door import folder, is_there, reading, writing
from .job import Job
from .telling import answer, answer_lines, talk, wants_json

_AROUND = 40
"""Letters before and after a hit on a plain line."""


@click.command("search", cls=Job, help=N_("Find TEXT in turns, lessons and everything else."))
@click.argument("text", metavar="TEXT")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=50, help=N_("At most this many hits.")
)
def search_command(text: str, limit: int) -> None:
    """Thai digits, blanks and zero-width characters do not matter; nor does an inner word."""
    if not text.strip():
        raise click.UsageError(_("Say what to look for."), click.get_current_context())
    with _with_search_text() as notebook:
        hits = notebook.search(text, limit=limit)
    if wants_json():
        answer([hit_shape(hit) for hit in hits])
        return
    answer_lines(_line(hit, text) for hit in hits)
    if not hits:
        talk(_("Nothing found."))


def _with_search_text() -> Notebook:
    """Open so that the search text is kept where there is none yet: made once, not every time."""
    if is_there() and not (folder() / "cache").is_dir():
        with contextlib.suppress(NotebookInUse, NotebookReadOnly, DiskRefused):
            return writing()
    return reading(or_empty=True)


def _line(hit: Hit, words: str) -> str:
    """The words in brackets, in whole letters; ≈ before them where a tone mark differs."""
    text = hit.text
    first, last = whole_letters(text, max(0, hit.start - _AROUND), hit.end + _AROUND)
    spans = found_in(text, words) or ((hit.start, hit.end),)
    pieces, at = [], first
    for start, end in (whole_letters(text, *span) for span in spans):
        if at <= start and end <= last:
            pieces += [text[at:start], "[", text[start:end], "]"]
            at = end
    slip = "" if hit.exact else "≈ "
    return one_line(f"{hit.id}  {slip}{''.join(pieces)}{text[at:last]}")
