"""Running the app on a notebook: opened behind the first frame, closed at the end."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.settings import Settings
from kmtui.words import _
from store.clock import local_now
from store.errors import StoreError

if TYPE_CHECKING:
    from store.notebook import Notebook, Progress


def run(folder: Path, *, now: Callable[[], datetime] = local_now) -> int:
    """Open the app on the notebook in ``folder``; returns when the person leaves it.

    Raises:
        StoreError: The notebook cannot be opened at all.
    """
    settings = Settings.read(folder)
    wrong: Sequence[StoreError] = ()
    own: Mapping[str, str] = {}
    if settings.keys is not None:
        from kmtui.own_keys import read_keys

        own, wrong = read_keys(settings.keys, settings.text)
        keys.give(own)
    opens = partial(_open, folder, now)
    app = KmtuiApp(opens, now=now, settings=settings, wrong=wrong, welcomes=True)
    app.set_keymap(own)
    try:
        app.run()
    finally:
        app.close_notebook()
    if app.not_opened is not None:
        raise app.not_opened
    if app.last_error is not None:
        _say_what_happened(folder, app.last_error)
        return 1
    return app.return_code or 0


def _open(folder: Path, now: Callable[[], datetime], progress: Progress) -> Notebook:
    """With the pen; where another window has it, for reading. Raises as ``Notebook.open``."""
    from store.errors import NotebookInUse
    from store.notebook import Notebook

    try:
        return Notebook.open(folder, now=now, program="kmtui", progress=progress)
    except NotebookInUse:
        return Notebook.open(folder, read_only=True, now=now)


def _say_what_happened(folder: Path, error: Exception) -> None:
    """One sentence for the person, the rest in a file for whoever mends it."""
    import traceback

    path = folder / "last-error.txt"
    lines = traceback.format_exception(error)
    with contextlib.suppress(OSError):
        path.write_text("".join(lines), encoding="utf-8")
    sentence = _(
        "kmtui had to stop ({kind}). Everything that was kept is kept. Please send {where} to"
        " whoever looks after kmtui."
    )
    sys.stderr.write(sentence.format(kind=type(error).__name__, where=path) + "\n")
