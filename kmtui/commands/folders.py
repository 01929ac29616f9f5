"""Where a notebook is when nobody says where."""

from __future__ import annotations

import os
from pathlib import Path


def folder_named(named: str | Path | None) -> Path:
    """The folder that was named, else ``KMTUI_NOTEBOOK``, else this user's own."""
    found = named or os.environ.get("KMTUI_NOTEBOOK")
    if found:
        return Path(found)
    from platformdirs import user_data_path  # ten milliseconds, rarely needed

    return user_data_path("kmtui", appauthor=False) / "notebook"
