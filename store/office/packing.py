"""Packing: every whole segment in some folders, as one table with a row for each line's field.

The rows are what a fold needs, ready for any engine: which line set which field of which record to
what, which lines' values it replaced, and for a deletion which lines it had in front of it.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ..carrier.looking import look
from ..carrier.readings import HeldFile
from ..changes import segments
from ..changes.doubles import own_id
from ..changes.line import DELETED, Change, same_text
from ..errors import StoreError
from ..files import read_plain, refused
from ..ids import kind_of, session_of, sign_in, sign_of
from ..secure.guard import Guard
from ..values import Value
from .errors import (
    NoOfficeFolder,
    NotAnOfficeFile,
    NothingToPack,
    OfficeExtraMissing,
    OfficeNotWritten,
)

COLUMNS: Final = ("id", "rec", "kind", "session", "field", "value", "base", "seen", "dev", "who",
                  "time")  # fmt: skip
"""``value`` is JSON with sorted keys, so that equal values are equal text; ``base`` and ``seen``
are ids with commas between them: what the line replaced, and what a deletion had seen."""
_TWICE: Final = ("own", "made")
"""Only while packing: the id under which a line stands that shares its own with another one, and
whether its id says that its laptop has made it."""
LIMITS: Final = {"memory_limit": "1GB"}
"""Of the engine; what is more waits on the disk."""
_ROOM: Final = 1 << 20
"""Bytes that an encrypted file may be larger than what is in it."""
_OF_LAPTOPS: Final = "laptop/"
"""What laptops tell of themselves is no work of a forum."""
_FORMATS: Final = {".parquet": "FORMAT parquet, COMPRESSION zstd", ".csv": "FORMAT csv, HEADER"}


_DOUBLED: Final = """
CREATE TABLE doubled AS
SELECT rec, id, count(DISTINCT own) FILTER (WHERE made = '1') AS makers
FROM read GROUP BY rec, id HAVING min(own) <> max(own)
"""
"""Lines of different content under one id; the rule is that of ``store.changes.doubles``."""
_STANDING: Final = """(
    SELECT read.* REPLACE (CASE WHEN d.makers <> 1 THEN own ELSE read.id END AS id)
    FROM read LEFT JOIN doubled d ON d.rec = read.rec AND d.id = read.id
    WHERE d.id IS NULL OR d.makers <> 1 OR made = '1'
)"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Packed(Value):
    """What packing came to."""

    segments: int
    """Whole ones, each counted once."""
    changes: int
    """Lines of records, each counted once."""
    laptops: tuple[str, ...]
    held: tuple[HeldFile, ...]
    """Files, or parts of them, that were left out."""


@dataclass(slots=True)
class _Found:
    guard: Guard
    segments: set[str] = field(default_factory=set)
    laptops: set[str] = field(default_factory=set)
    held: list[HeldFile] = field(default_factory=list)
    done: int = 0
    of: int = 0


def engine() -> Any:
    """DuckDB. Raises OfficeExtraMissing."""
    try:
        import duckdb
    except ImportError as error:
        raise OfficeExtraMissing from error
    return duckdb


def pack(
    folders: Sequence[Path],
    target: Path,
    *,
    guard: Guard | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Packed:
    """Write every line of some meeting folders into one file; the folders are only read.

    Args:
        folders: In which laptops meet; backups' ``log`` folders do as well.
        target: ``.parquet`` or ``.csv``; a file that stands there is replaced by a whole one.
        guard: With the team's keys, what is encrypted is opened, and what no trusted laptop has
            signed is left out; None for none.
        progress: Told how many bytes were read, and of how many.

    Raises:
        OfficeExtraMissing, NotAnOfficeFile, NoOfficeFolder, NothingToPack, OfficeNotWritten,
        DiskRefused; why the first file was left out, where that is so of all.
    """
    duckdb = engine()
    how = _FORMATS.get(target.suffix.lower())
    if how is None:
        raise NotAnOfficeFile(where=str(target))
    found = _Found(guard or Guard())
    try:
        place = tempfile.TemporaryDirectory(prefix=".kmtui-", dir=target.parent)
    except OSError as error:
        raise refused(error, target.parent) from error
    with place as name:
        rows, made = Path(name) / "rows.csv", Path(name) / f"made{target.suffix.lower()}"
        _write_rows(rows, _rows(folders, found, progress))
        if not found.segments:
            nothing = NothingToPack(where=", ".join(map(str, folders)))
            raise found.held[0].refusal if found.held else nothing
        with told_by(target):
            changes = _convert(duckdb, rows, made, how, Path(name))
            with made.open("rb+") as file:
                os.fsync(file.fileno())
            made.replace(target)
    return Packed(
        segments=len(found.segments),
        changes=changes,
        laptops=tuple(sorted(found.laptops)),
        held=tuple(found.held),
    )


@contextmanager
def told_by(where: Path) -> Iterator[None]:
    """What the engine or the disk refuses, as a sentence. Raises OfficeNotWritten."""
    duckdb = engine()
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OfficeNotWritten(where=str(where), reason=reason) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OfficeNotWritten(where=str(where), reason=reason) from error


def _write_rows(path: Path, rows: Iterable[Sequence[str]]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow((*COLUMNS, *_TWICE))
            writer.writerows(rows)
    except OSError as error:
        raise refused(error, path) from error


def _convert(duckdb: Any, rows: Path, made: Path, how: str, spill: Path) -> int:
    """Write each line once; how many lines there are."""
    every = ", ".join(f"'{name}': 'VARCHAR'" for name in (*COLUMNS, *_TWICE))
    with duckdb.connect(config={"temp_directory": str(spill), **LIMITS}) as base:
        base.execute(
            f"CREATE VIEW read AS SELECT * FROM read_csv({quoted(rows)}, header = true,"
            f" columns = {{{every}}}, quote = '\"', escape = '\"', strict_mode = true,"
            " null_padding = false, max_line_size = 4000000)"
        )
        base.execute(_DOUBLED)
        names = ", ".join(f"coalesce({name}, '') AS {name}" for name in COLUMNS)
        base.execute(
            f"COPY (SELECT DISTINCT ON (rec, id, field) {names} FROM"
            f" {_resolved(base)} ORDER BY rec, id, field)"
            f" TO {quoted(made)} ({how})"
        )
        (count,) = base.execute("SELECT count(DISTINCT (rec, id)) FROM read").fetchone()
    return int(count)


def _resolved(base: Any) -> str:
    """The rows from which each is taken once: as read, where no two lines share an id."""
    (doubled,) = base.execute("SELECT count(*) FROM doubled").fetchone()
    return _STANDING if doubled else "read"


def quoted(path: Path) -> str:
    """As text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _rows(
    folders: Sequence[Path], found: _Found, progress: Callable[[int, int], None] | None
) -> Iterator[Sequence[str]]:
    files: list[tuple[Path, str, int]] = []
    for folder in folders:
        before = f"{folder.as_posix()}/" if len(folders) > 1 else ""  # which of them it is in
        try:
            seen = look(folder, stop=lambda: False)
        except StoreError as error:
            raise NoOfficeFolder(where=str(folder)) from error
        found.held += [replace(one, file=before + one.file) for one in seen.held]
        found.held += [
            HeldFile(file=folder.as_posix(), refusal=one, retry=False) for one in seen.warnings
        ]
        files += [(one.path, before + one.name, one.size) for one in seen.files]
    found.of = sum(size for _path, _name, size in files)
    for path, name, size in files:
        try:
            raw = read_plain(path, segments.MAX_FILE + _ROOM)
            yield from _rows_of(found.guard.inwards(raw, name), name, found)
        except StoreError as refusal:
            found.held.append(HeldFile(file=name, refusal=refusal, retry=True))
        found.done += size
        if progress:
            progress(found.done, found.of)


def _rows_of(content: bytes, name: str, found: _Found) -> Iterator[Sequence[str]]:
    for piece in segments.pieces(content, name):
        if isinstance(piece, StoreError):
            found.held.append(HeldFile(file=name, refusal=piece, retry=True))
        elif piece.sha256 not in found.segments:
            if unwanted := found.guard.check(piece, name):
                found.held.append(HeldFile(file=name, refusal=unwanted, retry=True))
                continue
            try:
                changes = segments.changes_of(piece, name)
            except StoreError as refusal:
                found.held.append(HeldFile(file=name, refusal=refusal, retry=False))
                continue
            found.segments.add(piece.sha256)
            found.laptops.add(piece.dev)
            for change in changes:
                if not change.rec.startswith(_OF_LAPTOPS):
                    made = sign_in(change.id) == sign_of(change.dev)
                    twice = own_id(change), "1" if made else ""
                    yield from ((*row, *twice) for row in rows_of_line(change))


def rows_of_line(change: Change) -> Iterator[Sequence[str]]:
    """A row for each field that a line sets, in the order of ``COLUMNS``."""
    own = change.dev, _without_nul(change.who or ""), _without_nul(change.time)
    kind, session = kind_of(change.rec), session_of(change.rec) or ""
    for name, value in change.put.items():
        yield (
            change.id,
            change.rec,
            kind,
            session,
            _without_nul(name),
            same_text(value),
            ",".join(change.base.get(name, ())),
            ",".join(value) if name == DELETED and value else "",
            *own,
        )


def _without_nul(text: str) -> str:
    """PostgreSQL refuses a whole file for this one letter; a value is JSON and has none."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
