"""Notebooks for tests: a fixed clock, fixed ids, real files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from store.edits import Add
from store.files import DISK, Disk
from store.notebook import Notebook
from store.records import Attendance, Person, RecordId, Session, Turn

BANGKOK = timezone(timedelta(hours=7))
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=BANGKOK)
Opener = Callable[..., Notebook]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "notebook"


@pytest.fixture
def opened(folder: Path) -> Iterator[Opener]:
    """Opens the notebook, any number of times; what is still open is closed at the end."""
    books: list[Notebook] = []
    numbers = itertools.count(1)

    def open_it(*, read_only: bool = False, disk: Disk = DISK, at: Path = folder) -> Notebook:
        book = Notebook.open(
            at, read_only=read_only, now=lambda: NOON, entropy=lambda: next(numbers), disk=disk
        )
        books.append(book)
        return book

    yield open_it
    for book in books:
        book.close()


def begin(book: Notebook, *texts: str) -> RecordId:
    """A session with คุณภีม as its recorder, who says these texts."""
    session, person = book.new_id("session"), book.new_id("person")
    book.save(
        Add(Session(id=session, title="เวทีบ้านท่าดี", part=6)),
        Add(Person(id=person, name="คุณภีม")),
        Add(Attendance(session=session, person=person, roles=frozenset({"recorder"}))),
    )
    for place, text in enumerate(texts, start=1):
        book.save(Add(Turn(session=session, speaker=person, text=text, place=place)))
    return session


def said(book: Notebook, session: RecordId) -> list[str]:
    return [turn.text for turn in book.turns(session)]
