"""The program ``kmtui``: the app at once where no command is named, else the command line.

On the app's way nothing is imported that the first frame does not need, the command line neither.
"""

from __future__ import annotations

import gc

gc.disable()  # while the imports run there is no garbage; the app looks for it once it is open

import os
import sys
from types import TracebackType
from typing import NoReturn

from kmtui.commands.app import open_app
from kmtui.line import digits_of, folder_of, is_for_the_app, json_wanted_by, language_of
from kmtui.words import speak_in, write_digits
from store.errors import StoreError

COMPLETES = "_KMTUI_COMPLETE"
"""A shell asks what a word could become; the parser answers."""


def main() -> NoReturn:
    """Run, and end with an exit code that scripts may build on."""
    line = sys.argv[1:]
    sys.excepthook = _last_words
    if is_for_the_app(line) and COMPLETES not in os.environ:
        sys.exit(_app(line))
    from kmtui.cli import cli

    cli.main(prog_name="kmtui")
    raise AssertionError  # a command ends the program


def _app(line: list[str]) -> int:
    speak_in(language_of(line))
    write_digits(digits_of(line))
    try:
        return open_app(folder_of(line))
    except (StoreError, OSError) as error:
        refusal = error

    def refuse() -> NoReturn:
        raise refusal

    from kmtui.cli import code_of

    return code_of(refuse, line)


def _last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What nobody foresaw, as one sentence."""
    from kmtui.commands.last_words import hook_for

    line = sys.argv[1:]
    tell = hook_for(lambda: folder_of(line), json_wanted=json_wanted_by(line))
    tell(kind, error, trace)
