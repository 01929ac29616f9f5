"""The tables that an office reads, folded from a packed file by the shipped SQL."""

from __future__ import annotations

import codecs
import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ..files import write_new
from ..text import shown
from .packing import COLUMNS, LIMITS, engine, quoted, told_by

TABLES: Final = ("sessions", "lessons", "roles", "outcomes", "lacking", "open_conflicts")
"""Views of ``tables.sql`` that are written out."""
_AT_ONCE: Final = 5_000
"""Rows."""
_FORMULAS: Final = tuple("=+-@\t\r\n＝＋－＠")


def statements(name: str) -> str:
    """A shipped file of SQL: ``fold``, ``tables``, ``duckdb`` or ``postgres``."""
    return files("store.office").joinpath(f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def folded(packed: Path, *, into: Path | None = None) -> Iterator[Any]:
    """A connection in which the views of the fold and the tables stand on a packed file.

    Args:
        packed: What ``pack`` wrote.
        into: What is being made of it, for a refusal; None for the file itself.

    Raises:
        OfficeExtraMissing, OfficeNotWritten
    """
    duckdb = engine()
    with (
        tempfile.TemporaryDirectory(prefix="kmtui-office-") as spill,
        told_by(into or packed),
        duckdb.connect(Path(spill, "fold"), config={"temp_directory": spill, **LIMITS}) as base,
    ):
        base.execute(f"CREATE VIEW changes AS SELECT {_no_nulls()} FROM {_reader(packed)}")
        base.execute("CREATE MACRO plain(value) AS json_extract_string(value, '$')")
        base.execute(statements("fold"))
        base.execute(statements("tables"))
        yield base


def _reader(packed: Path) -> str:
    if packed.suffix.lower() == ".parquet":
        return f"read_parquet({quoted(packed)})"
    every = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
    return f"read_csv({quoted(packed)}, header = true, columns = {{{every}}})"


def _no_nulls() -> str:
    """An empty text may have been read as nothing."""
    return ", ".join(f"coalesce({name}, '') AS {name}" for name in COLUMNS)


def write_tables(packed: Path, folder: Path) -> dict[str, int]:
    """Write each table as CSV; how many rows each has.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; what would
    command a terminal or turn a line round is shown as a mark that something stood there.

    Raises:
        OfficeExtraMissing, OfficeNotWritten, DiskRefused
    """
    counts: dict[str, int] = {}
    with folded(packed, into=folder) as base:
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            found = base.execute(f"SELECT * FROM {name} ORDER BY ALL")
            counts[name] = 0
            write_new(folder / f"{name}.csv", _as_csv(found, counts, name))
    return counts


def _as_csv(found: Any, counts: dict[str, int], name: str) -> Iterator[bytes]:
    """A table in parts of some thousand rows; counts them."""
    rows: list[Sequence[object]] = [[column[0] for column in found.description]]
    yield codecs.BOM_UTF8
    while rows:
        lines = _Lines()
        csv.writer(lines).writerows([[_safe(cell) for cell in row] for row in rows])
        yield "".join(lines).encode()
        rows = found.fetchmany(_AT_ONCE)
        counts[name] += len(rows)


class _Lines(list[str]):
    """What a csv writer writes to."""

    write = list[str].append


def _safe(cell: object) -> str:
    """As text that neither turns a line round, nor commands a terminal, nor is a formula."""
    text = "" if cell is None else shown(str(cell))
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULAS) else text
