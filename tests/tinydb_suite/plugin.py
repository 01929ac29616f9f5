"""Lets TinyDB's own tests open our storage and our table class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tinydb import JSONStorage, TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage, Storage

from store.view.document_lines import Document
from store.view.documents import Changes, DocumentFile
from store.view.table import ViewTable

DOES_NOT_APPLY = {
    "test_table_repr": "it spells out the name of TinyDB's own table class",
}
"""Tests of TinyDB's that cannot hold for a table of another name, with the reason."""
OWN_STORAGES = "test_storages"
"""The module that tests TinyDB's storages themselves; there only the table class is ours."""


class Reopened(DocumentFile):
    """Ours, written and read back before every reading: what a file gives is what is tested."""

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, as stock TinyDB and we would find them on the disk."""
        again = DocumentFile.of_bytes(b"".join(self.parts()))
        self._tables = again._tables
        return super().read()


class OnDisk(DocumentFile):
    """Ours, in the place of TinyDB's storage of a path: every change is in the file at once."""

    def __init__(self, path: str | Path, **_layout: object) -> None:
        super().__init__()
        self._path = Path(path)
        if self._path.exists():
            self._tables = DocumentFile.load(self._path, None)._tables

    def write(self, data: Mapping[str, Mapping[Any, Document]]) -> None:
        """The whole database."""
        super().write(data)
        self.write_to(self._path, sync=False)

    def commit(self, table: str, changes: Changes, *, cleared: bool = False) -> None:
        """Single documents."""
        super().commit(table, changes, cleared=cleared)
        self.write_to(self._path, sync=False)


def pytest_configure(config: pytest.Config) -> None:
    """Every TinyDB that the tests open has our table class."""
    TinyDB.table_class = ViewTable


@pytest.fixture(autouse=True)
def _ours_by_default(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our storage wherever a test names TinyDB's or names none."""
    if request.module.__name__ != OWN_STORAGES:
        monkeypatch.setattr(TinyDB, "default_storage_class", OnDisk)
        monkeypatch.setattr(request.module, "MemoryStorage", DocumentFile, raising=False)


def _cached(storage: type[Storage]) -> CachingMiddleware:
    cached: CachingMiddleware = CachingMiddleware(storage)  # type: ignore[no-untyped-call]
    return cached


_OPENED: dict[str, Callable[[Path], TinyDB]] = {
    "ours": lambda _path: TinyDB(storage=DocumentFile),
    "ours reopened": lambda _path: TinyDB(storage=Reopened),
    "ours on disk": lambda path: TinyDB(path, storage=OnDisk),
    "ours cached": lambda path: TinyDB(path, storage=_cached(OnDisk)),
    "memory": lambda _path: TinyDB(storage=MemoryStorage),
    "json": lambda path: TinyDB(path, storage=JSONStorage),
}


@pytest.fixture(params=_OPENED)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """In the place of the suite's own fixture of this name."""
    opened = _OPENED[request.param](tmp_path / "test.db")
    opened.drop_tables()
    opened.insert_multiple({"int": 1, "char": char} for char in "abc")
    yield opened
    opened.close()


@pytest.fixture
def storage() -> CachingMiddleware:
    """As the suite's own."""
    opened: CachingMiddleware = _cached(MemoryStorage)()
    return opened


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out by name what cannot apply; a name that is gone is a failure."""
    gone = set(DOES_NOT_APPLY) - {_name(item) for item in items}
    if gone:
        raise pytest.UsageError(f"TinyDB has no such tests any more: {sorted(gone)}")
    left = [item for item in items if _name(item) in DOES_NOT_APPLY]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and why."""
    for name, reason in DOES_NOT_APPLY.items():
        terminalreporter.write_line(f"left out: {name}, because {reason}")


def _name(item: pytest.Item) -> str:
    return item.name.partition("[")[0]
