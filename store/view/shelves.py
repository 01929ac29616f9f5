"""The view: the records as they stand now, in TinyDB databases that a job loads one by one.

Everything here is made from change lines and can be deleted. ``mark.json`` says up to which lines
the databases on the disk have come, and the size and check sum of each; what is missing, damaged
or behind is made again from the lines, and taking a line in twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from ..breath import Breath, breathing, no_breath
from ..changes.archive import Ref
from ..changes.fold import Folded
from ..changes.line import Change
from ..codec import of_row
from ..errors import DamagedRecord, StoreError
from ..files import write_new
from ..ids import kind_of, session_letters
from ..records import KINDS, Record
from . import places
from .documents import DocumentFile
from .shape import shape
from .table import ViewDB

MARK: Final = "mark.json"
_FORMAT: Final = "kmtui-view"
_UNKNOWN: Final = (-1, -1)
"""A stamp that no file has."""
_ANY: Final[frozenset[str]] = frozenset()
_WARM: Final = 24
"""How many unchanged session databases stay in memory, and as many again for a moment."""


class Lost(NamedTuple):
    """A line of this record that could be read once and cannot any more."""

    rec: str
    id: str


Waiting = Change | Ref | Lost
LinesOf = Callable[[Collection[str]], Mapping[str, Sequence[Change]]]
"""Gives by record every line of these records, as often as they were written."""
Stamp = tuple[int, int]
"""Size and CRC-32 of a database file."""


@dataclass(slots=True)
class Mark:
    """Up to where the databases on the disk have come."""

    offset: int = 0
    """Bytes of the open file."""
    crc: int = 0
    """CRC-32 of those bytes."""
    sealed: set[str] = field(default_factory=set)
    """Sealed files whose lines are in."""
    stamps: dict[str, Stamp] = field(default_factory=dict)
    token: str = ""
    """Changes at every checkpoint; the search text carries it too."""


Unread = Literal["missing", "damaged", "other_shape", "other_laptops"]
"""Why a view is made again: there is none, it cannot be believed, another version wrote it, or it
holds a laptop that was set aside since."""


def read_mark(folder: Path) -> Mark | Unread:
    """The mark of a view, or why there is none that can be used."""
    if not folder.exists():
        return "missing"
    try:
        found = json.loads((folder / MARK).read_bytes())
        if found["fmt"] != _FORMAT:
            return "damaged"
        if found.get("shape") != shape():
            return "other_shape"
        return Mark(
            offset=int(found["offset"]),
            crc=int(found["crc"]),
            sealed=set(found["sealed"]),
            stamps={name: (int(size), int(crc)) for name, (size, crc) in found["stamps"].items()},
            token=str(found["token"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "damaged"


def encode_mark(mark: Mark) -> bytes:
    """The mark as it is written."""
    return json.dumps(
        {
            "fmt": _FORMAT,
            "shape": shape(),
            "offset": mark.offset,
            "crc": mark.crc,
            "sealed": sorted(mark.sealed),
            "stamps": mark.stamps,
            "token": mark.token,
        },
        separators=(",", ":"),
    ).encode()


class Shelf:
    """One database of the view."""

    def __init__(self, name: str, file: DocumentFile) -> None:
        self.name = name
        self.file = file
        self.db = ViewDB(storage=lambda: file)
        self._records: dict[str, Record] = {}
        self._by_session: dict[str, dict[str, list[str]]] = {}
        """By table and letters of the session, for a database that many sessions share."""

    @property
    def dirty(self) -> bool:
        """Whether it holds more than its file."""
        return self.file.dirty

    def row(self, table: str, record_id: str) -> Mapping[str, Any] | None:
        """The row of a record; None where it has none."""
        doc_id = self.file.find(table, record_id)
        if doc_id is None:
            return None
        found = self.db.table(table).get(doc_id=doc_id)
        return found if isinstance(found, dict) else None

    def every(self, table: str) -> Iterator[Mapping[str, Any]]:
        """Every row of a table, for one look and for reading only."""
        return self.file.every(table)

    def every_with(self, table: str, field: str) -> Iterator[Mapping[str, Any]]:
        """Every row of a table in which this field is true; the others are not decoded."""
        for one in self.file.ids_with(table, f'"{field}":true'):
            row = self.file.passing(table, one)
            if row is not None and row.get(field) is True:
                yield row

    def marked(self, kind: str, marks: frozenset[str] = _ANY) -> Iterator[Record]:
        """The records of a kind that carry one of these marks; the others are not decoded.

        Args:
            kind: Of the records.
            marks: Any, where none is named.
        """
        for words in sorted(f'"{mark}"' for mark in marks) or ['"_marks":']:
            for one in self.file.ids_with(places.TABLES[kind], words):
                record = self.record(one)
                if record is not None and record.marks & (marks or record.marks):
                    yield record

    def ids(self, table: str) -> Iterator[str]:
        """Ids in a table, without reading the documents."""
        return self.file.ids(table)

    def ids_of(self, table: str, letters: str) -> list[str]:
        """Ids in a table of what belongs to one session."""
        known = self._by_session.get(table)
        if known is None:
            known = self._by_session[table] = {}
            for one in self.file.ids(table):
                known.setdefault(session_letters(one), []).append(one)
        return known.get(letters, [])

    def tables(self) -> list[str]:
        """The tables that it has."""
        return sorted(self.db.tables())

    def record(self, record_id: str) -> Record | None:
        """A record as a value; None where there is none."""
        known = self._records.get(record_id)
        if known is None:
            row = self.row(places.table_of(record_id), record_id)
            if row is None or places.TABLES.get(kind_of(record_id)) is None:
                return None
            known = self._records[record_id] = readable(row)
        return known

    def passing(self, record_id: str) -> Record | None:
        """The same, and not remembered: for going through all of them once."""
        known = self._records.get(record_id)
        if known is not None:
            return known
        row = self.file.passing(places.table_of(record_id), record_id)
        return None if row is None else readable(row)

    def keep(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put rows into a table, each in the place of the one with its id."""
        fresh: list[Mapping[str, Any]] = []
        for row in rows:
            self._records.pop(row["id"], None)
            doc_id = self.file.find(table, row["id"])
            if doc_id is None:
                fresh.append(row)
            else:
                self.db.table(table).update(_becomes(row), doc_ids=[doc_id])
        if fresh:
            self.db.table(table).insert_multiple(dict(row) for row in fresh)
            if (known := self._by_session.get(table)) is not None:
                for row in fresh:
                    known.setdefault(session_letters(row["id"]), []).append(row["id"])

    def state(self, record_id: str) -> Folded:
        """The state of a record's lines; a fresh one for a record that is not here."""
        row = self.row(places.table_of(record_id), record_id)
        return Folded(record_id) if row is None else Folded.of_row(row)

    def apply(self, lines: Iterable[Change | Lost], every: LinesOf) -> set[str]:
        """Take lines in; the ids of the records that they touched.

        Args:
            lines: What is new.
            every: Gives every line of records one of whose lines came twice: the same one, or
                another under the same id.
        """
        states: dict[str, Folded] = {}
        twice: set[str] = set()
        for line in lines:
            state = states.get(line.rec)
            if state is None:
                state = states[line.rec] = self.state(line.rec)
            if isinstance(line, Lost):
                state.lost.add(line.id)
            elif not state.add(line):
                twice.add(line.rec)
        for record_id, whole in every(twice).items() if twice else ():
            lost = states[record_id].lost
            states[record_id] = Folded.of(record_id, whole)
            states[record_id].lost = lost
        by_table: dict[str, list[Mapping[str, Any]]] = {}
        for record_id, state in states.items():
            by_table.setdefault(places.table_of(record_id), []).append(state.row())
        for table, rows in by_table.items():
            self.keep(table, rows)
        return set(states)


def _becomes(row: Mapping[str, Any]) -> Callable[[MutableMapping[Any, Any]], None]:
    def replace(document: MutableMapping[Any, Any]) -> None:
        document.clear()
        document.update(row)

    return replace


def readable(row: Mapping[str, Any]) -> Record:
    """The record in a row; a value that its field cannot hold is left out and marked."""
    good = dict(row)
    while True:
        try:
            return of_row(good)
        except DamagedRecord as error:
            name = str(error.where).rpartition(".")[2]
            bad = next((key for key in good if key.partition(".")[0] == name or key == name), None)
            if bad is None:
                kind = kind_of(str(row["id"]))
                return KINDS[kind](id=row["id"], marks=frozenset({"damaged"}))
            del good[bad]
            good["_marks"] = [*good.get("_marks", ()), "damaged"]


class Shelves:
    """All databases of one notebook's view.

    Args:
        folder: Where they stand.
        decode: Gives the change at a reference.
        again: Gives every line of one database anew, from the files of lines; for a database
            that is missing or damaged.
        every: Gives every line of some records.
        changed: Told of every record that a line touched.
    """

    def __init__(
        self,
        folder: Path,
        *,
        decode: Callable[[Ref], Change],
        again: Callable[[str], Iterable[Change | Lost]],
        every: LinesOf,
        changed: Callable[[str], None],
    ) -> None:
        self.folder = folder
        self.mark = Mark()
        self._decode = decode
        self._again = again
        self._every = every
        self._changed = changed
        self._open: dict[str, Shelf] = {}
        self._loaded = 0
        """How many databases were loaded."""
        self._waiting: dict[str, list[Waiting]] = {}
        self.remade: list[str] = []
        """Databases that had to be made from the lines again."""
        self._unsure: set[str] = set()
        """Databases of list rows that were lost, and with them the stamps of their sessions."""

    # taking lines in

    def take_in(self, lines: Iterable[tuple[str, Waiting]]) -> None:
        """Lines that are durable already, with the record of each; read when they are wanted."""
        for record_id, line in lines:
            self._waiting.setdefault(places.shelf_of(record_id), []).append(line)

    def waiting(self) -> int:
        """How many lines are not in a database yet."""
        return sum(map(len, self._waiting.values()))

    def waiting_inside(self) -> list[str]:
        """Databases of sessions that lines wait for."""
        return [name for name in self._waiting if places.is_inside(name)]

    def settle(self, breath: Breath = no_breath) -> None:
        """Read every waiting line into its database."""
        for name in breathing(list(self._waiting), breath, every=1):
            self.shelf(name)

    # asking

    def shelf(self, name: str) -> Shelf:
        """A database, loaded and up to date."""
        shelf = self._open.get(name)
        if shelf is None:
            shelf = self._load(name)
            self._open[name] = shelf
            self._cool()
        elif places.is_inside(name):
            self._open[name] = self._open.pop(name)  # the most recent one last
        if waiting := self._waiting.pop(name, None):
            self._apply(shelf, waiting)
        return shelf

    def of(self, record_id: str) -> Shelf:
        """The database of a record."""
        return self.shelf(places.shelf_of(record_id))

    def names(self, beginning: str) -> list[str]:
        """The databases of this kind that there are, by name."""
        known = {*self.mark.stamps, *self._open, *self._waiting}
        return sorted(name for name in known if name.startswith(beginning))

    def _apply(self, shelf: Shelf, waiting: Iterable[Waiting]) -> None:
        lines = (self._decode(line) if isinstance(line, Ref) else line for line in waiting)
        for record_id in shelf.apply(lines, self._every):
            self._changed(record_id)

    def _load(self, name: str) -> Shelf:
        stamp = self._stamp(name)
        if stamp is None:
            return Shelf(name, DocumentFile())
        try:
            path = self.folder / places.file_of(name)
            if path.stat().st_size == stamp[0]:
                return Shelf(name, DocumentFile.load(path, stamp[1]))
        except (StoreError, OSError):
            pass  # told below: it is made again
        return self._remake(name)

    def _stamp(self, name: str) -> Stamp | None:
        if not places.is_inside(name):
            return self.mark.stamps.get(name)
        letters = name.removeprefix("session-")
        rows = places.rows_shelf(letters)
        row = self.shelf(rows).row(places.ROWS, f"session/{letters}")
        file = row.get("file") if row else None
        if file:
            return file[0], file[1]
        return _UNKNOWN if rows in self._unsure else None

    def _remake(self, name: str) -> Shelf:
        self.remade.append(name)
        if places.is_rows(name):
            self._unsure.add(name)
        shelf = Shelf(name, DocumentFile())
        for record_id in shelf.apply(self._again(name), self._every):
            self._changed(record_id)
        return shelf

    def _cool(self) -> None:
        """Let go of session databases that were only read, every few that were loaded."""
        self._loaded += 1
        if self._loaded % _WARM:
            return
        inside = [name for name in self._open if places.is_inside(name)]
        for name in inside[:-_WARM]:
            if not self._open[name].dirty:
                del self._open[name]

    # writing

    def dirty(self) -> list[str]:
        """Databases that hold more than their files, those of sessions first."""
        found = [name for name, shelf in self._open.items() if shelf.dirty]
        return sorted(found, key=lambda name: not places.is_inside(name))

    def write(self, name: str) -> Stamp:
        """Write one database beside its old file and put it in its place."""
        path = self.folder / places.file_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        # A session's database that the power cut took is known by its stamp, and made again.
        return self._open[name].file.write_to(path, sync=not places.is_inside(name))

    def write_mark(self, mark: Mark) -> None:
        """The last step of a checkpoint."""
        write_new(self.folder / MARK, encode_mark(mark))
        self.mark = mark

    def forget(self) -> None:
        """Let go of everything that is in memory."""
        self._open.clear()
        self._waiting.clear()
        self.mark = Mark()
