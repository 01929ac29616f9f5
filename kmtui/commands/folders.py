"""Where a notebook is when nobody says where."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def folder_named(named: str | Path | None) -> Path:
    """The folder that was named, else ``KMTUI_NOTEBOOK``, else this user's own."""
    found = named or os.environ.get("KMTUI_NOTEBOOK")
    if found:
        return Path(found)
    from platformdirs import user_data_path  # ten milliseconds, rarely needed

    folder = user_data_path("kmtui", appauthor=False) / "notebook"
    _close_to_others(folder)
    return folder


def _close_to_others(folder: Path) -> None:
    """Earlier versions made this folder so that every account of the machine could read it.

    One that was named is left as it is: it may be shared on purpose.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        found = folder.stat()
        if found.st_uid == os.getuid() and found.st_mode & 0o077:
            folder.chmod(0o700)
