"""Reach: the folders that the app behind a page in a browser may name.

In a terminal a person reaches what their account reaches. A page may stand open on a projector or
in a browser that others use, so it opens only the person's own folder, sticks, and the notebook;
or the folders that were named when it was started.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Final

from store.errors import N_, StoreError

WITHIN: Final = "KMTUI_WITHIN"
"""What `kmtui serve` tells the app behind a page: folders, parted as in ``PATH``."""


class OutOfReach(StoreError):
    """A page in a browser named a place that is none of its own."""

    kind = "out_of_reach"
    sentence = N_(
        "{where} is outside of what the page in the browser may open ({folders}). In a terminal it"
        " can be opened, or start `kmtui serve --allow` with its folder."
    )


def keep_within(
    allowed: Sequence[Path], notebook: Path, environment: MutableMapping[str, str]
) -> None:
    """Let an app that is started with this environment open these folders and no others.

    Args:
        allowed: Folders; empty for the person's own and sticks.
        notebook: The notebook's folder, which the page shows anyway.
        environment: Of the app.
    """
    named = [*(allowed or _usual()), notebook]
    environment[WITHIN] = os.pathsep.join(str(one.absolute()) for one in named)


def need_reach(path: Path) -> None:
    """Refuse a path that a page may not name; a terminal may name any.

    Args:
        path: Typed, chosen, or remembered from an earlier time.

    Raises:
        OutOfReach
    """
    if not is_in_reach(path):
        raise OutOfReach(where=str(path), folders=", ".join(map(str, _within() or ())))


def is_in_reach(path: Path) -> bool:
    """Whether a path may be named here."""
    folders = _within()
    if folders is None:
        return True
    whole = _whole(path)
    return any(whole.is_relative_to(_whole(one)) for one in folders)


def first_folder() -> Path:
    """Where choosing begins: the person's own folder, or the first that may be opened."""
    within = _within()
    return within[0] if within else Path.home()


def _within() -> list[Path] | None:
    """The folders of a page; None in a terminal."""
    named = os.environ.get(WITHIN)
    return None if named is None else [Path(one) for one in named.split(os.pathsep) if one]


def _whole(path: Path) -> Path:
    """Without links and ``..``: what the system would open."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _usual() -> Iterator[Path]:
    """The person's own folder, and where this system shows sticks and shares."""
    home = Path.home()
    yield home
    if sys.platform == "win32":
        own = home.drive.upper()
        yield from (Path(f"{one}:\\") for one in "ABDEFGHIJKLMNOPQRSTUVWXYZ" if f"{one}:" != own)
    elif sys.platform == "darwin":
        yield Path("/Volumes")
    else:
        yield from (Path(place, home.name) for place in ("/media", "/run/media"))
        yield Path("/mnt")
