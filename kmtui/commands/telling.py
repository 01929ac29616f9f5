"""How a command speaks: data on stdout, talk on stderr, a question only where somebody is there."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TextIO, cast

import click

from kmtui.words import _, told
from store.errors import N_, StoreError

_FOR_TERMINALS: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Characters that a terminal obeys, or that turn a line round; JSON may write them as escapes."""

_IN_MEMORY: Final = 8 * 1024 * 1024
"""Bytes of an array that are kept in memory; longer ones wait on disk."""
_PIECE: Final = 1024 * 1024
"""Letters that are printed at once."""


class AnswerNotWritten(StoreError):
    """The place that stdout leads to does not take it."""

    kind = "answer_not_written"
    sentence = N_("The answer could not be written: {reason}. What the command saved is kept.")


def ready_streams() -> None:
    """Write UTF-8 whatever the terminal's locale says; a lone surrogate becomes an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_json(context: click.Context | None = None) -> bool:
    """Whether ``--json`` stood anywhere on the line."""
    context = context or click.get_current_context()
    return bool(context.meta.get("kmtui.json"))


def can_ask() -> bool:
    """Whether somebody is there to answer: a terminal on both sides, and no ``--json``."""
    return not wants_json() and all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)
    )


def as_json(document: object) -> str:
    """One JSON text; an array has a record a line, so that it can be read and cut by line."""
    if isinstance(document, Sequence) and not isinstance(document, str) and document:
        return "[\n" + ",\n".join(as_json(one) for one in document) + "\n]"
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    return _FOR_TERMINALS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def answer(document: object) -> None:
    """Print this one JSON document.

    Raises:
        AnswerNotWritten: stdout refused it; a reader that went away (``| head``) is no error.
    """
    _write(as_json(document) + "\n")


def spooled(records: Iterable[object]) -> TextIO:
    """These records as one JSON array, a record a line: small in memory, large ones on disk.

    Nothing is printed before the last record is read, so a refusal in between prints no half array.
    """
    from tempfile import SpooledTemporaryFile  # only lists need it

    file = cast("TextIO", SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8"))  # noqa: SIM115
    before = "[\n"
    for record in records:
        file.write(before + as_json(record))
        before = ",\n"
    file.write("[]\n" if before == "[\n" else "\n]\n")
    file.seek(0)
    return file


def answer_from(file: TextIO) -> None:
    """Print what was spooled. Raises AnswerNotWritten."""
    with file:
        while piece := file.read(_PIECE):
            _write(piece)


def answer_lines(lines: Iterable[str]) -> None:
    """Print these lines. Raises AnswerNotWritten."""
    text = "".join(f"{line}\n" for line in lines)
    if text:
        _write(text)


def talk(sentence: str) -> None:
    """Say something to the person; it is no data."""
    click.echo(sentence, err=True)


def told_error(error: StoreError) -> dict[str, Any]:
    """A refusal as the document that scripts read."""
    return {"kind": error.kind, "message": told(error), "where": error.where}


def refuse(problem: Mapping[str, Any], *, json_wanted: bool) -> None:
    """Say on stderr why it was not done."""
    talk(as_json({"error": dict(problem)}) if json_wanted else _one_line(str(problem["message"])))


def ask(question: str, choices: Sequence[str] = (), *, default: str = "") -> str:
    """Ask the person in front of the terminal; the empty answer is ``default``."""
    kind = click.Choice(choices, case_sensitive=False) if choices else click.STRING
    found = click.prompt(question, default=default, type=kind, err=True, show_default=bool(default))
    return str(found).strip()


def ask_yes(question: str, *, default: bool) -> bool:
    """Ask a question of yes or no."""
    return click.confirm(question, default=default, err=True)


def _one_line(sentence: str) -> str:
    return " ".join(_FOR_TERMINALS.sub("\N{REPLACEMENT CHARACTER}", sentence).split())


def _write(text: str) -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        _forget_stdout()
        raise AnswerNotWritten(reason=error.strerror or _("unknown")) from error


def _forget_stdout() -> None:
    """Lead what is still buffered nowhere, so that Python's own last flush is quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
