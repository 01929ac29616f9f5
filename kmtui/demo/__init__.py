"""The demo notebook: two forums of one invented series, with what a field's record often lacks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from store.edits import Add
from store.notebook import Notebook

from .cast import Cast
from .part_four import part_four
from .part_three import part_three


def make(folder: Path, now: datetime) -> None:
    """Make the demo notebook in ``folder``.

    Args:
        folder: New or empty.
        now: Aware local time; the later forum was held three days before it.

    Raises:
        NotebookReadOnly, DiskRefused, NotANotebook
    """
    with Notebook.open(folder, now=lambda: now, program="kmtui demo") as notebook:
        cast = Cast(notebook.new_id)
        notebook.save(*map(Add, cast.records()))
        for forum in (part_three, part_four):
            notebook.save(*map(Add, forum(cast, notebook.new_id, now.date())))
