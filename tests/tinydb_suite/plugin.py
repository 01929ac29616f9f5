"""Lets TinyDB's own tests open our storage and our table class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import JSONStorage, TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage

from store.view.documents import DocumentFile
from store.view.table import ViewTable

DOES_NOT_APPLY = {
    "test_table_repr": "it spells out the name of TinyDB's own table class",
}
"""Tests of TinyDB's that cannot hold for a table of another name, with the reason."""


class Reopened(DocumentFile):
    """Ours, written and read back before every reading: what a file gives is what is tested."""

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, as stock TinyDB and we would find them on the disk."""
        content = b"".join(self.parts())
        again = DocumentFile.of_bytes(content)
        self._tables = again._tables
        return super().read()


def pytest_configure(config: pytest.Config) -> None:
    """Every TinyDB that the tests open has our table class."""
    TinyDB.table_class = ViewTable


@pytest.fixture(params=["ours", "ours reopened", "memory", "json"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """In the place of the suite's own fixture of this name."""
    storages = {"ours": DocumentFile, "ours reopened": Reopened, "memory": MemoryStorage}
    if request.param == "json":
        opened = TinyDB(tmp_path / "test.db", storage=JSONStorage)
    else:
        opened = TinyDB(storage=storages[request.param])
    opened.drop_tables()
    opened.insert_multiple({"int": 1, "char": char} for char in "abc")
    yield opened
    opened.close()


@pytest.fixture
def storage() -> CachingMiddleware:
    """As the suite's own."""
    opened: CachingMiddleware = CachingMiddleware(MemoryStorage)()  # type: ignore[no-untyped-call]
    return opened


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out by name what cannot apply; a name that is gone is a failure."""
    names = {item.name.partition("[")[0] for item in items}
    gone = set(DOES_NOT_APPLY) - names
    if gone:
        raise pytest.UsageError(f"TinyDB has no such tests any more: {sorted(gone)}")
    left = [item for item in items if item.name.partition("[")[0] in DOES_NOT_APPLY]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]
