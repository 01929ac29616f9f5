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

from kmtui.laptop_words import (
    change_count,
    laptop_state,
    seen_words,
    unknown_facts,
    unknown_sentence,
)
from kmtui.meeting import (
    came_in_sentence,
    ending_sentence,
    held_sentence,
    met_shape,
    warning_sentences,
    went_out_sentence,
)
from kmtui.words import _, figure
from store.carrier.readings import Met, Unknown
from store.carrier.whose import the_laptop
from store.errors import N_
from store.notebook import Notebook

from .columns import columns, one_line
from .days import day_words
from .door import notices, reading, writing
from .job import Job
from .laptops import Words, do_with_laptops, folder_or_laptops, laptop_options
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
        " they left. A notebook that nobody here knows is told of and waits for --accept. Exit"
        " code 3: not all could be read or written, or something waits for your word."
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="[FOLDER]", required=False)
@click.option("--dry-run", is_flag=True, help=N_("Only tell what would go out and come in."))
@click.option(
    "--accept", is_flag=True, help=N_("Take in notebooks too that nobody here knows yet.")
)
@click.option(
    "--accept-only",
    multiple=True,
    metavar="LAPTOP",
    help=N_("Of those, only the one of LAPTOP; may be given several times."),
)
@laptop_options
def sync_command(
    folder: Path | None,
    dry_run: bool,
    accept: bool,
    accept_only: Words,
    laptops: bool,
    set_aside: Words,
    bring_back: Words,
    retire: Words,
    expect: Words,
) -> None:
    """Nothing of another laptop's is changed there, and nothing is removed here."""
    named = (laptops, set_aside, bring_back, retire, expect)
    place = folder_or_laptops(folder, named)
    if place is None:
        do_with_laptops(set_aside, bring_back, retire, expect)
        return
    with reading() if dry_run else writing() as notebook, _asked_to_stop() as stop:
        with Shown(bytes_done) as shown:
            accepted = None if accept else _accepted(notebook, place, accept_only)
            met = notebook.meet(place, dry_run=dry_run, progress=shown, stop=stop, accept=accepted)
        _tell(met)
        with Shown(_lists_done) as shown:
            notebook.idle(progress=shown)
    code = _code(met)
    if code:
        click.get_current_context().exit(code)


def _accepted(notebook: Notebook, folder: Path, words: Words) -> tuple[str, ...]:
    """The laptops that these words mean, of those in the folder that nobody here knows."""
    if not words:
        return ()
    looked = notebook.meet(folder, dry_run=True, accept=())
    strangers = [one for each in looked.unknown for one in each.laptops]
    return tuple(the_laptop(one, [*strangers, *notebook.laptops()]) for one in words)


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
    if met.held or met.unknown or not met.whole_look or not (met.safe or met.dry_run):
        return DONE_IN_PART
    return 0


def _tell(met: Met) -> None:
    if wants_json():
        shape = met_shape(met)
        found = [{"kind": one["kind"], "message": one["message"]} for one in notices()]
        answer(shape | {"warnings": [*shape["warnings"], *found]})
        return
    answer_lines([came_in_sentence(met), *columns(_rows(met))])
    for one in met.unknown:
        _tell_unknown(one)
    for _kind, message in warning_sentences(met):
        talk(one_line(message))
    for sentence in (went_out_sentence(met), ending_sentence(met)):
        if sentence:
            talk(sentence)


def _tell_unknown(unknown: Unknown) -> None:
    """What it holds, and the two ways on."""
    talk(one_line(unknown_sentence(unknown)))
    for line in columns(("", label, words) for label, words in unknown_facts(unknown)):
        talk(line)
    first = unknown.laptops[0].id
    talk(_("  It comes in with: --accept-only {laptop}").format(laptop=first))
    laptops = " ".join(f"--set-aside {one.id}" for one in unknown.laptops)
    talk(_("  It is left out for good with: kmtui sync {laptops}").format(laptops=laptops))


def _rows(met: Met) -> Iterator[tuple[str, ...]]:
    yield _("changes in"), figure(met.received.changes)
    yield _("changes out"), figure(met.sent.changes)
    yield _("conflicts"), figure(met.conflicts)
    for one in met.laptops:
        seen = seen_words(one, lambda moment: day_words(moment.date()))
        whose = one.name or one.id
        yield _("laptop"), whose, change_count(one.changes), seen, laptop_state(one)
    for held in met.held:
        yield _("held file"), held_sentence(held)
