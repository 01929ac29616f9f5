"""The way from the command line into the app; only here is the app imported."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from store.errors import N_, StoreError


class NoTerminal(StoreError):
    """The app cannot be shown where there is no terminal."""

    kind = "no_terminal"
    sentence = N_("The app needs a terminal. `kmtui --help` lists what works without one.")


def open_app(folder: Path) -> int:
    """Open the app on the notebook in ``folder``; its exit code when the person leaves it.

    Raises:
        NoTerminal: Nobody could see it or type.
    """
    in_browser = "web_driver" in os.environ.get("TEXTUAL_DRIVER", "")
    seen = all(one is not None and one.isatty() for one in (sys.stdin, sys.stdout))
    if not (seen or in_browser):
        raise NoTerminal
    code: int = import_module("kmtui.running").run(folder)
    return code
