"""Laptops on the command line: who they are, set aside or brought back, retired or expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from kmtui.laptop_words import change_count, laptop_shape, laptop_state, seen_words
from kmtui.words import _
from store.carrier.readings import Laptop
from store.errors import N_
from store.notebook import Notebook

from .columns import columns, one_line
from .days import day_words
from .door import changing, reading
from .telling import answer, answer_lines, talk, wants_json

Words = tuple[str, ...]
_LAPTOP = "LAPTOP"
_SEVERAL = (
    ("--set-aside", N_("Put all that LAPTOP wrote out of every list; it stays on the disk.")),
    ("--bring-back", N_("Take back in what LAPTOP wrote, which was set aside.")),
    ("--retire", N_("Expect LAPTOP no more: it is lost or given away.")),
    ("--expect", N_("Expect LAPTOP again.")),
)


def laptop_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of ``kmtui sync`` that name laptops and need no folder."""
    for name, does in reversed(_SEVERAL):
        command = click.option(name, multiple=True, metavar=_LAPTOP, help=does)(command)
    list_them = click.option("--laptops", is_flag=True, help=N_("List the laptops; no meeting."))
    return list_them(command)


def do_with_laptops(set_aside: Words, bring_back: Words, retire: Words, expect: Words) -> None:
    """Everything that was asked for, and then the list; a laptop is named by owner or letters."""
    if not (set_aside or bring_back or retire or expect):
        with reading() as notebook:
            _list(notebook)
        return
    with changing() as notebook:
        named = {words: notebook.find_laptop(words)
                 for words in (*set_aside, *bring_back, *retire, *expect)}  # fmt: skip
        notebook.set_aside([named[one] for one in set_aside])
        notebook.bring_back([named[one] for one in bring_back])
        for one in retire:
            notebook.retire(named[one])
        for one in expect:
            notebook.unretire(named[one])
        _list(notebook)
    if not wants_json():
        for sentence in _done(set_aside, bring_back, retire, expect):
            talk(one_line(sentence))


def _done(set_aside: Words, bring_back: Words, retire: Words, expect: Words) -> Iterator[str]:
    for several, words in (
        (set_aside, _("Set aside, kept on the disk, and not passed on: {laptops}.")),
        (bring_back, _("Back in every list: {laptops}.")),
        (retire, _("Not expected any more: {laptops}. The others hear of it at the next meeting.")),
        (expect, _("Expected again: {laptops}.")),
    ):
        if several:
            yield words.format(laptops=", ".join(several))


def _list(notebook: Notebook) -> None:
    every = notebook.laptops()
    if wants_json():
        answer({"laptops": [laptop_shape(one) for one in every]})
    else:
        answer_lines(columns(map(_row, every)))


def _row(one: Laptop) -> Sequence[str]:
    seen = seen_words(one, lambda moment: day_words(moment.date()))
    return one.id, one.name or "-", change_count(one.changes), seen, laptop_state(one)


def folder_or_laptops(folder: Path | None, named: Sequence[object]) -> Path | None:
    """The folder to meet in; None where laptops were asked for instead. Raises UsageError."""
    if folder is not None and any(named):
        raise click.UsageError(_("Name a folder to meet in, or laptops; not both at a time."))
    if folder is None and not any(named):
        raise click.UsageError(_("Name the folder in which laptops meet."))
    return folder
