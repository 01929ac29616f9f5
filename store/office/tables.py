"""The tables that an office reads, folded from a packed file by the shipped SQL."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ..files import write_new
from .errors import OfficeNotWritten
from .packing import engine

TABLES: Final = ("sessions", "lessons", "roles", "outcomes", "open_conflicts")
"""Views of ``fold.sql`` that are written out."""
_FORMULAS: Final = tuple("=+-@\t\r＝＋－＠")


def statements(name: str) -> str:
    """A shipped file of SQL: ``fold``, ``duckdb`` or ``postgres``."""
    return files("store.office").joinpath(f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def folded(packed: Path) -> Iterator[Any]:
    """A connection in which the views of the fold stand on a packed file.

    Raises:
        OfficeExtraMissing, OfficeNotWritten
    """
    duckdb = engine()
    with duckdb.connect() as base:
        try:
            path = str(packed).replace("'", "''")
            how = "read_parquet" if packed.suffix.lower() == ".parquet" else "read_csv"
            more = "" if how == "read_parquet" else ", header = true, all_varchar = true"
            base.execute(
                f"CREATE TABLE changes AS SELECT * REPLACE ({_no_nulls(base, how, path, more)})"
                f" FROM {how}('{path}'{more})"
            )
            base.execute("CREATE MACRO plain(value) AS json_extract_string(value, '$')")
            base.execute(statements("fold"))
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise OfficeNotWritten(where=str(packed), reason=reason) from error
        yield base


def _no_nulls(base: Any, how: str, path: str, more: str) -> str:
    """An empty text may have been read as nothing."""
    names = base.execute(f"DESCRIBE SELECT * FROM {how}('{path}'{more})").fetchall()
    return ", ".join(f"coalesce({name}, '') AS {name}" for name, *_rest in names)


def write_tables(packed: Path, folder: Path) -> dict[str, int]:
    """Write each table as CSV; how many rows each has.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.

    Raises:
        OfficeExtraMissing, OfficeNotWritten, DiskRefused
    """
    counts: dict[str, int] = {}
    with folded(packed) as base:
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            found = base.execute(f"SELECT * FROM {name} ORDER BY ALL")
            heads = [column[0] for column in found.description]
            rows = found.fetchall()
            counts[name] = len(rows)
            write_new(folder / f"{name}.csv", _as_csv([heads, *rows]).encode("utf-8-sig"))
    return counts


class _Lines(list[str]):
    """What a csv writer writes to."""

    write = list[str].append


def _as_csv(rows: Iterable[Sequence[object]]) -> str:
    lines = _Lines()
    csv.writer(lines).writerows([[_safe(cell) for cell in row] for row in rows])
    return "".join(lines)


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULAS) else text
