"""The way from the command line into the app; only here is the app imported."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path


def open_app(folder: Path) -> None:
    """Open the app on the notebook in ``folder``; returns when the person leaves it."""
    run = import_module("kmtui.app").run
    run(folder)
