"""`kmtui demo`: a throw-away notebook with whole forums in it."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import click

from kmtui.words import _
from store.errors import N_, FolderNotEmpty

from .app import open_app
from .job import Job
from .telling import answer, talk, wants_json


@click.command("demo", cls=Job, help=N_("Open the app on a throw-away notebook with forums in it."))
@click.option(
    "--make",
    "place",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=N_("Write the demo notebook into DIR, a new folder, and open no app."),
)
def demo_command(place: Path | None) -> None:
    """What is written in a throw-away notebook is gone when the app closes."""
    from kmtui.demo import make  # reads the transcripts in: only for this command

    now = datetime.now().astimezone()
    if place is not None:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise FolderNotEmpty(where=place)
        make(place, now)
        if wants_json():
            answer({"notebook": str(place.absolute())})
        else:
            talk(_("The demo notebook is in {folder}.").format(folder=place))
        return
    if wants_json():
        raise click.UsageError(_("With --json say where: --make DIR."), click.get_current_context())
    with tempfile.TemporaryDirectory(prefix="kmtui-demo-") as folder:
        make(Path(folder) / "notebook", now)
        code = open_app(Path(folder) / "notebook")
    click.get_current_context().exit(code)
