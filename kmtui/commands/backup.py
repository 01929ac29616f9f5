"""`kmtui backup` and `kmtui restore`: the whole notebook in one file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kmtui.shapes import plain
from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook

from .door import folder, reading
from .job import Job
from .sync import Shown, bytes_done
from .telling import answer, talk, wants_json


@click.command("backup", cls=Job, help=N_("Write the whole notebook into FILE, a new file."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def backup_command(file: Path) -> None:
    """Nothing is overwritten."""
    with reading() as notebook, Shown(bytes_done) as shown:
        done = notebook.backup(file, progress=shown)
    _tell(done, file, _("The notebook is kept in {file}.").format(file=file))


@click.command("restore", cls=Job, help=N_("Make the notebook in --notebook DIR from FILE."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def restore_command(file: Path) -> None:
    """Only into an empty or new folder."""
    with Shown(bytes_done) as shown:
        done = Notebook.restore(file, folder(), progress=shown)
    _tell(done, file, _("The notebook is in {folder}.").format(folder=folder()))


def _tell(done: Mapping[str, Any], file: Path, sentence: str) -> None:
    if wants_json():
        answer({"file": str(file), "notebook": str(folder())} | plain(done))
    else:
        talk(sentence)
