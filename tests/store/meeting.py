"""Laptops for tests of meetings: each with its own clock, its own chance and its own disk."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from store.carrier.readings import Met
from store.edits import Add
from store.files import DISK, Disk
from store.notebook import Notebook
from store.records import RecordId, Session, Turn
from tests.store.conftest import NOON


class Team:
    """Laptops by name below one folder; what is open is closed at the end.

    Args:
        folder: Where the notebooks and the sticks are made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seeds = itertools.count(1)
        self._books: list[Notebook] = []

    def laptop(
        self,
        name: str,
        *,
        disk: Disk = DISK,
        now: Callable[[], datetime] | None = None,
        read_only: bool = False,
    ) -> Notebook:
        """Open the notebook of this name; made at first, with the name as its owner."""
        place = self.folder / name
        fresh = not place.exists()
        rng = random.Random(next(self._seeds) * 1_000_003)
        seconds = itertools.count()
        book = Notebook.open(
            place,
            now=now or (lambda: NOON + timedelta(seconds=next(seconds))),
            entropy=lambda: rng.getrandbits(64),
            chance=rng.randbytes,
            disk=disk,
            read_only=read_only,
        )
        if fresh:
            book.set_owner(name)
        self._books.append(book)
        return book

    def stick(self, name: str = "stick") -> Path:
        """A folder to meet in, empty at first."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        return place

    def close(self) -> None:
        """Close every notebook."""
        for book in self._books:
            book.close()


def forum(book: Notebook, title: str, *texts: str) -> RecordId:
    """A session of this title with these turns."""
    session = book.new_id("session")
    book.save(
        Add(Session(id=session, title=title)),
        *(Add(Turn(session=session, text=one, place=at)) for at, one in enumerate(texts, 1)),
    )
    return session


def titles(book: Notebook) -> set[str]:
    return {row.title for row in book.sessions()}


def told(met: Met) -> list[str]:
    return [notice.kind for notice in met.warnings]


def content_of(folder: Path) -> dict[str, bytes]:
    """Every plain file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def files_of(stick: Path, book: Notebook) -> list[Path]:
    """What this laptop has put there."""
    return sorted((stick / f"kmtui-{book.laptop}").glob("*.jsonl"))
