"""Reading every line of a notebook again, and comparing the view with what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .changes.archive import kept_aside_name
from .changes.fold import Folded, Row
from .changes.ledger import Ledger
from .changes.line import Change
from .changes.segments import is_as_sealed
from .errors import StoreError
from .finding import Finding
from .view import places
from .view.forums import Forums
from .view.shelves import Lost

Progress = Callable[[int, int], None]


def verify(
    forums: Forums,
    ledger: Ledger,
    finding: Finding | None,
    *,
    rebuild: bool,
    progress: Progress | None,
) -> Mapping[str, Any]:
    """Read every line; say what does not hold, and make the view again where asked.

    Args:
        forums: The view.
        ledger: The lines.
        finding: The search text, where there is some and this window may write; it is made again
            where it is damaged.
        rebuild: Make the view again in any case; where it differs, it is made again anyway if
            this window may write.
        progress: Told how many databases are compared.
    """
    held: list[dict[str, str]] = []
    rotten: list[dict[str, object]] = []
    segments = 0
    for name in ledger.archive.every_name():  # of those set aside too: they may come back
        try:
            ledger.archive.take_in(name, own=ledger.dev)
            segments += 1
            if not is_as_sealed(ledger.archive.content(name), name):
                rotten.append({"file": f"log/{name}"})
        except StoreError as refusal:
            held.append({"file": f"log/{name}", "reason": str(refusal)})
    rot = ledger.check_open()
    forums.settle()
    lines, records, differs = _compare(forums, progress)
    if finding is not None:
        finding.check(again=rebuild)
    remade = (differs or rebuild) and forums.make_again(progress, finding)
    damaged = [{"file": f"damaged/{kept_aside_name(raw, 'rot')}", "bytes": len(raw)} for raw in rot]
    damaged += rotten
    damaged += [{"record": record.id} for record in forums.damaged()]
    return {
        "lines": lines,
        "segments": segments,
        "records": records,
        "damaged": damaged,
        "held": held,
        "rebuilt": remade,
        "differs": differs,
    }


def _compare(forums: Forums, progress: Progress | None) -> tuple[int, int, bool]:
    """How many lines and records there are, and whether a database shows something else."""
    wanted = forums.shelves_of_lines()
    shown = {name for name in forums.shelves.names("") if _holds_records(forums, name)}
    lines = records = 0
    differs = bool(shown - wanted)
    for done, name in enumerate(sorted(wanted), start=1):
        count, rows = _folded(forums.again(name))
        lines += count
        records += len(rows)
        differs = differs or not _is_same(forums, name, rows)
        if progress:
            progress(done, len(wanted))
    return lines, records, differs


def _holds_records(forums: Forums, name: str) -> bool:
    shelf = None if places.is_rows(name) else forums.shelves.shelf(name)
    return shelf is not None and any(True for table in shelf.tables() for _ in shelf.ids(table))


def _folded(lines: Iterable[Change | Lost]) -> tuple[int, dict[str, Row]]:
    of_record: dict[str, list[Change]] = {}
    lost: dict[str, set[str]] = {}
    for line in lines:
        if isinstance(line, Lost):
            lost.setdefault(line.rec, set()).add(line.id)
        else:
            of_record.setdefault(line.rec, []).append(line)
    count, rows = 0, {}
    for rec in (*of_record, *(one for one in lost if one not in of_record)):
        state = Folded.of(rec, of_record.get(rec, ()))
        state.lost |= lost.get(rec, set())
        count += len({line.id for line in of_record.get(rec, ())})
        rows[rec] = state.row()
    return count, rows


def _is_same(forums: Forums, name: str, rows: Mapping[str, Row]) -> bool:
    shelf = forums.shelves.shelf(name)
    there = sum(1 for table in shelf.tables() for _ in shelf.ids(table))
    if there != len(rows):
        return False
    return all(shelf.row(places.table_of(one), one) == row for one, row in rows.items())
