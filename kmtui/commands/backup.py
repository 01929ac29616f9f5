"""`kmtui backup` and `kmtui restore`: the whole notebook in one file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from kmtui.shapes import plain
from kmtui.words import _
from store.errors import N_, NotebookInUse, NotebookReadOnly
from store.notebook import Notebook

from .columns import one_line
from .door import changing, folder, reading
from .job import Job
from .sync import Shown, bytes_done
from .telling import answer, talk, wants_json

DONE_IN_PART: Final = 3


@click.command("backup", cls=Job, help=N_("Write the whole notebook into FILE, a new file."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def backup_command(file: Path) -> None:
    """Nothing is overwritten."""
    with _at_best() as notebook, Shown(bytes_done) as shown:
        done = notebook.backup(file, progress=shown)
    _tell(done, file, _("The notebook is kept in {file}.").format(file=file))
    if done["kept_anew"] and not wants_json():
        where = ", ".join(done["kept_anew"])
        words = _("A file was damaged ({where}); what was left of it was kept anew first.")
        talk(one_line(words.format(where=where)))
    if done["damaged"]:
        if not wants_json():
            words = _("Damaged here and in the backup: {where}. Mend it: kmtui verify --rebuild.")
            talk(one_line(words.format(where=", ".join(done["damaged"]))))
        click.get_current_context().exit(DONE_IN_PART)


def _at_best() -> Notebook:
    """The notebook with the pen, which can mend; for reading where another window writes."""
    try:
        return changing()
    except (NotebookInUse, NotebookReadOnly):
        return reading()


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
