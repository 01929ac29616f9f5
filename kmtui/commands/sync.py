"""`kmtui sync`: meet other laptops in a folder, on a stick or shared."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import click

from kmtui.meeting import (
    came_in_sentence,
    change_count,
    ending_sentence,
    held_sentence,
    met_shape,
    warning_sentences,
)
from kmtui.words import _, figure
from store.carrier.readings import Met
from store.errors import N_

from .columns import columns, one_line
from .days import day_words
from .door import notices, reading, writing
from .job import Job
from .telling import answer, answer_lines, talk, wants_json

DONE_IN_PART: Final = 3
STOPPED: Final = 130
_SOON: Final = 0.5
"""Seconds after which a person wants to see that something happens."""
_OFTEN: Final = 0.2
"""Seconds between two tellings."""


@click.command(
    "sync",
    cls=Job,
    help=N_(
        "Meet other laptops in FOLDER, on a stick or shared: give what is new here, take in what"
        " they left. Exit code 3: not all could be read or written."
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option("--dry-run", is_flag=True, help=N_("Only tell what would go out and come in."))
def sync_command(folder: Path, dry_run: bool) -> None:
    """Nothing of another laptop's is changed there, and nothing is removed here."""
    with reading() if dry_run else writing() as notebook, _asked_to_stop() as stop:
        with Shown(bytes_done) as shown:
            met = notebook.meet(folder, dry_run=dry_run, progress=shown, stop=stop)
        _tell(met)
        with Shown(_lists_done) as shown:
            notebook.idle(progress=shown)
    code = _code(met)
    if code:
        click.get_current_context().exit(code)


class Shown:
    """How far something has come, told on stderr where it takes its time and somebody looks.

    Args:
        words: Says it: what is done, and of how much.
        clock: Seconds.
    """

    def __init__(
        self, words: Callable[[int, int], str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._words = words
        self._clock = clock
        self._next = clock() + _SOON
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """The next sentence begins on a line of its own."""
        if self._told and _on_a_terminal():
            click.echo("", err=True)

    def __call__(self, done: int, of: int) -> None:
        """Told by the store."""
        now = self._clock()
        if now < self._next or not of or wants_json():
            return
        self._next = now + _OFTEN
        self._told = True
        back = "\r" if _on_a_terminal() else ""
        click.echo(back + self._words(done, of), err=True, nl=not back)


def _on_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def bytes_done(done: int, of: int) -> str:
    """How many bytes are done, in percent."""
    size = figure(f"{of / 1_000_000:.1f}")
    return _("{percent} % of {size} MB").format(percent=figure(100 * done // of), size=size)


def _lists_done(done: int, of: int) -> str:
    words = _("Making the lists ready: {done} of {count} forums")
    return words.format(done=figure(done), count=figure(of))


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """The first Ctrl+C asks the meeting to end at a whole file; a second one ends the program."""
    asked = False

    def ask(_number: int, _frame: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not on the main thread: nobody presses Ctrl+C there
        yield lambda: asked
        return
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _code(met: Met) -> int:
    if met.stopped:
        return STOPPED
    if met.held or not (met.safe or met.dry_run):
        return DONE_IN_PART
    return 0


def _tell(met: Met) -> None:
    if wants_json():
        shape = met_shape(met)
        found = [{"kind": one["kind"], "message": one["message"]} for one in notices()]
        answer(shape | {"warnings": [*shape["warnings"], *found]})
        return
    answer_lines([came_in_sentence(met), *columns(_rows(met))])
    for _kind, message in warning_sentences(met):
        talk(one_line(message))
    talk(ending_sentence(met))


def _rows(met: Met) -> Iterator[tuple[str, ...]]:
    yield _("changes in"), figure(met.received.changes)
    yield _("changes out"), figure(met.sent.changes)
    yield _("conflicts"), figure(met.conflicts)
    for one in met.laptops:
        seen = day_words(one.last_seen.date()) if one.last_seen else ""
        yield _("laptop"), one.name or one.id, change_count(one.changes), seen
    for held in met.held:
        yield _("held file"), held_sentence(held)
