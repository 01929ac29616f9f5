"""Where the notebook is, and the way in: for reading or with the pen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kmtui.naming import Warned
from kmtui.words import told
from store.errors import N_, StoreError
from store.notebook import Notebook

from .folders import folder_named
from .telling import talk, wants_json


class NoNotebook(StoreError):
    """There is nothing to read: the folder holds no notebook yet."""

    kind = "no_notebook"
    sentence = N_("There is no notebook in {where} yet. `kmtui` or `kmtui log` starts one.")


def folder() -> Path:
    """The notebook's folder: ``--notebook``, ``KMTUI_NOTEBOOK``, or the user's own."""
    return folder_named(click.get_current_context().meta.get("kmtui.notebook"))


def is_there() -> bool:
    """Whether the folder holds anything; an empty one is as good as none."""
    place = folder()
    return place.exists() and not (place.is_dir() and not any(place.iterdir()))


def reading(*, or_empty: bool = False) -> Notebook:
    """Open for reading; works while another window writes.

    Args:
        or_empty: Where there is none, say so to a person and read nothing: a list of nothing is
            an answer too. It is not made by asking.

    Raises:
        NoNotebook: There is none.
        StoreError: It cannot be opened.
    """
    if not is_there():
        missing = NoNotebook(where=folder())
        if not or_empty:
            raise missing
        if not wants_json():
            talk(told(missing))
    return _told_notices(Notebook.open(folder(), read_only=True, program=_program()))


def writing() -> Notebook:
    """Open with the pen, making the notebook where there is none.

    Raises:
        NotebookInUse: Another window writes.
        StoreError: It cannot be opened.
    """
    return _told_notices(Notebook.open(folder(), program=_program()))


def changing() -> Notebook:
    """Open with the pen a notebook that must be there already. Raises as both others do."""
    if not is_there():
        raise NoNotebook(where=folder())
    return writing()


def _program() -> str:
    return f"kmtui {click.get_current_context().info_name}"


def _told_notices(notebook: Notebook) -> Notebook:
    """Tell what opening found: a person at once, a script in the document's warnings."""
    if notebook.notices:
        from kmtui.notices import notice_words  # seldom needed

        found = [
            Warned(kind=one.kind, message=notice_words(one)).shape() for one in notebook.notices
        ]
        click.get_current_context().meta["kmtui.notices"] = found
        if not wants_json():
            for one in found:
                talk(one["message"])
    return notebook


def notices() -> list[dict[str, Any]]:
    """What opening found, for the warnings of a document."""
    found: list[dict[str, Any]] = click.get_current_context().meta.get("kmtui.notices", [])
    return found
