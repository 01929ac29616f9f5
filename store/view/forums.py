"""Records put together for a reader, from the databases of the view."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar

from ..changes.archive import Ref
from ..changes.fold import Folded
from ..changes.ledger import Ledger, News
from ..changes.line import Change
from ..changes.segments import SEAL_AT, SEAL_BYTES
from ..errors import StoreError
from ..ids import OF_SESSION, kind_of, record_letters, session_of
from ..readings import SessionRow, SessionWhole
from ..records import (
    KINDS,
    Agency,
    Attendance,
    Lesson,
    Outcome,
    Person,
    Record,
    RecordId,
    Review,
    Series,
    Session,
    Turn,
)
from . import places
from .list_rows import OPEN, ListRows, Names, own_letters
from .shelves import Lost, Mark, Shelf, Shelves, read_mark, readable

if TYPE_CHECKING:
    from pathlib import Path

    from ..finding import Finding

R = TypeVar("R", bound=Record)
Progress = Callable[[int, int], None]
WORTH_KEEPING: Final = 400
"""Lines behind which the view is written; fewer are read again in a few milliseconds."""
_MANY: Final = 3_000
_FAR: Final = 200_000
"""Lines; their records take a few hundred megabytes."""


class Forums:
    """The view of one notebook: databases, and what is made of them.

    Args:
        folder: Of the view.
        ledger: The lines.
    """

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder = folder
        self._ledger = ledger
        self.shelves = Shelves(
            folder, decode=ledger.archive.change, again=self.again, changed=self._note
        )
        self._list = ListRows(self.shelves, whole=self.whole, names=self._names)
        self.changed: set[str] = set()
        """Records that changed since the last checkpoint, as far as they were read in."""
        self._behind = 0
        """Lines that the databases on the disk lack."""
        self._sealed: set[str] = set()
        self._suspects: set[str] = set()
        """Letters of sessions inside which something may have several values since the rows."""
        self._all_refs: dict[str, list[Ref]] | None = None

    # beginning

    def begin(self) -> tuple[News, str]:
        """Read what the view on the disk lacks.

        Returns:
            The news, and ``missing`` or ``damaged`` where the whole view must be made again;
            empty where it need not.
        """
        mark = read_mark(self._folder)
        remake = ""
        if mark is None:
            remake = "missing" if not self._folder.exists() else "damaged"
        elif not self._stands(mark):
            mark, remake = None, "damaged"
        self.shelves.mark = mark or Mark()
        mark = self.shelves.mark
        news = self._ledger.read(mark.offset, mark.crc, mark.sealed)
        self._sealed = news.sealed
        self._queue(news, remake)
        if remake and not news.lines:
            remake = ""
        return news, remake if remake == "damaged" or self._behind > _MANY else ""

    def _stands(self, mark: Mark) -> bool:
        """Whether the databases that lists need are there in their size."""
        for name, (size, _crc) in mark.stamps.items():
            try:
                if (self._folder / places.file_of(name)).stat().st_size != size:
                    return False
            except OSError:
                return False
        return True

    def _queue(self, news: News, remake: str) -> None:
        self.shelves.take_in(news.lines)
        missing = [*news.missing, *(self._ledger.set_aside() if remake else ())]
        lost = [(one.rec, Lost(one.rec, one.id)) for one in missing if one.rec]
        self.shelves.take_in(lost)
        self._behind = len(news.lines) + len(lost)
        letters = (places.letters_in(rec) for rec, _line in [*news.lines, *lost])
        fresh = {one for one in letters if one}
        self._list.behind |= fresh
        self._suspects |= fresh

    def again(self, shelf: str) -> Iterable[Change | Lost]:
        """Every line of one database, from the files of lines."""
        if places.is_rows(shelf):
            sessions = self.shelves.shelf(places.sessions_beside(shelf))
            self._list.behind |= {record_letters(one) for one in sessions.ids("sessions")}
            return
        if self._all_refs is None:
            self._all_refs = {}
            for line in self._ledger.lines():
                self._all_refs.setdefault(places.shelf_of(line.rec), []).append(line.ref)
        for ref in self._all_refs.get(shelf, ()):
            yield self._ledger.archive.change(ref)
        for kept in self._ledger.open_lines():
            if places.shelf_of(kept.change.rec) == shelf:
                yield kept.change
        for one in self._ledger.set_aside():
            if one.rec and places.shelf_of(one.rec) == shelf:
                yield Lost(one.rec, one.id)

    def shelves_of_lines(self) -> set[str]:
        """The databases that the lines make."""
        found = {places.shelf_of(line.rec) for line in self._ledger.lines()}
        found |= {places.shelf_of(kept.change.rec) for kept in self._ledger.open_lines()}
        return found | {places.shelf_of(one.rec) for one in self._ledger.set_aside() if one.rec}

    def make_again(self, progress: Progress | None = None, finding: Finding | None = None) -> bool:
        """Make the whole view from the lines, in place of the one that is there.

        Args:
            progress: Told how many databases of sessions are done.
            finding: The search text, where there is some to carry on.

        Returns:
            False where this window may not write, or the disk refused.
        """
        if not self._ledger.writes:
            return False
        self.shelves.forget()
        self._list.forget()
        self._all_refs = None
        news = self._ledger.read(0, 0, set())
        self._sealed = news.sealed
        self._queue(news, "asked")
        return self.checkpoint(progress=progress, finding=finding)

    def damaged(self) -> list[Record]:
        """Records of which a line was lost, where that is known."""
        found: dict[str, Record] = {}
        for one in self._ledger.set_aside():
            record = self.record(one.rec) if one.rec and kind_of(one.rec) in KINDS else None
            if record is not None and "damaged" in record.marks:
                found[record.id] = record
        return list(found.values())

    def _note(self, record_id: str) -> None:
        self.changed.add(record_id)
        if letters := places.letters_in(record_id):
            self._list.behind.add(letters)
        else:
            self._list.forget()  # names stand in the rows

    # taking in

    def take_in(self, changes: Iterable[Change]) -> None:
        """Lines of a save that is durable."""
        for change in changes:
            self.shelves.take_in([(change.rec, change)])
            self._behind += 1
            if letters := places.letters_in(change.rec):
                self._list.behind.add(letters)
            else:
                self._list.forget()

    @property
    def sealed(self) -> set[str]:
        """Sealed files whose lines are in, ``<laptop>/<file>``."""
        return self._sealed

    def take_in_sealed(
        self, name: str, lines: Sequence[tuple[str, Change | Ref]], suspects: Iterable[str]
    ) -> None:
        """A sealed file that is durable below ``log``; read into the databases when wanted.

        Args:
            name: ``<laptop>/<file>``.
            lines: All of it, with the record of each.
            suspects: Letters of sessions inside which a field may have several values now.
        """
        self._sealed.add(name)
        self._all_refs = None
        self.shelves.take_in(lines)
        self._behind += len(lines)
        self._suspects |= set(suspects)
        met = {places.letters_in(rec) for rec, _line in lines}
        if None in met:
            self._list.forget()
        self._list.behind |= {letters for letters in met if letters}

    def has_session(self, letters: str) -> bool:
        """Whether there is a session of these letters, also in the trash."""
        shelf = self.shelves.shelf(places.sessions_shelf(letters))
        return shelf.file.find("sessions", f"session/{letters}") is not None

    def state(self, record_id: str) -> Folded:
        """The state of a record's lines."""
        return self.shelves.of(record_id).state(record_id)

    @staticmethod
    def reading(state: Folded) -> Record:
        """The record that a state shows."""
        return readable(state.row())

    @property
    def token(self) -> str:
        """Names the checkpoint on the disk; empty where there is none."""
        return self.shelves.mark.token

    def settle(self) -> None:
        """Read every line that waits into its database."""
        self.shelves.settle()

    def take_changed(self) -> set[str]:
        """The records that were read in or changed since this was asked last."""
        changed, self.changed = self.changed, set()
        return changed

    # asking

    def record(self, record_id: str) -> Record | None:
        """A record, also a deleted one; None for none."""
        return self.shelves.of(record_id).record(record_id)

    def _table(self, shelf: Shelf, kind: str, letters: str | None = None) -> Iterator[Record]:
        table = places.TABLES[kind]
        for one in shelf.ids(table) if letters is None else shelf.ids_of(table, letters):
            record = shelf.record(one)
            if record is not None:
                yield record

    def of_team(self, kind: str, wanted: type[R]) -> tuple[R, ...]:
        """Every record of a kind that is of no session, and not deleted."""
        found = self._table(self.shelves.shelf(places.PEOPLE), kind)
        return tuple(one for one in found if isinstance(one, wanted) and "deleted" not in one.marks)

    def _people(self) -> dict[RecordId, Person]:
        return {one.id: one for one in self.of_team("person", Person)}

    def inside(self, kind: str, wanted: type[R], session: RecordId | None) -> Iterator[R]:
        """Records inside one session, or inside all that are not deleted."""
        if session is not None:
            yield from self._inside(kind, wanted, record_letters(session))
            return
        for row in self.rows():
            yield from self._inside(kind, wanted, record_letters(row.id))

    def _inside(self, kind: str, wanted: type[R], letters: str) -> tuple[R, ...]:
        shelf = self.shelves.shelf(places.inside_shelf(letters))
        found = self._living(self._table(shelf, kind, letters), wanted)
        key = (lambda one: (one.place, one.id)) if kind == "turn" else attrgetter("id")
        return tuple(sorted(found, key=key))

    def all_inside(self, session: RecordId) -> Iterator[Record]:
        """Turns, attendance and reviews of a session that are not deleted."""
        for kind in ("turn", "attendance", "review"):
            yield from self.inside(kind, KINDS[kind], session)

    @staticmethod
    def _living(records: Iterable[Record], wanted: type[R]) -> list[R]:
        return [one for one in records if isinstance(one, wanted) and "deleted" not in one.marks]

    def drawn(self, kind: str, wanted: type[R], session: RecordId | None) -> tuple[R, ...]:
        """Lessons or outcomes of one session in their order, or of all, newest first."""
        if session is not None:
            letters = record_letters(session)
            shelf = self.shelves.shelf(places.lessons_shelf(letters))
            found = self._living(self._table(shelf, kind, letters), wanted)
            return tuple(sorted(found, key=attrgetter("id")))
        gone = self.gone()
        every: list[R] = []
        for name in self.shelves.names("lessons-"):
            every += self._living(self._table(self.shelves.shelf(name), kind), wanted)
        standing = (one for one in every if getattr(one, "session", None) not in gone)
        return tuple(sorted(standing, key=_made, reverse=True))

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Every record of a kind that is not deleted."""
        wanted = KINDS[kind]
        if kind == "session":
            found = (self.record(row.id) for row in self.rows())
            return tuple(one for one in found if one is not None)
        if kind in ("lesson", "outcome"):
            return self.drawn(kind, wanted, None)
        if kind in OF_SESSION:
            return tuple(self.inside(kind, wanted, None))
        return self.of_team(kind, wanted)

    def whole(self, session: RecordId) -> SessionWhole | None:
        """One session with everything in it, also a deleted one; None for none."""
        from ..rules.completeness import completeness  # a job that only writes needs no rules

        found = self.record(session) if kind_of(session) == "session" else None
        if not isinstance(found, Session):
            return None
        letters = record_letters(session)
        attendance = self._inside("attendance", Attendance, letters)
        turns = self._inside("turn", Turn, letters)
        lessons = self.drawn("lesson", Lesson, session)
        outcomes = self.drawn("outcome", Outcome, session)
        reviews = self._inside("review", Review, letters)
        series = self.record(found.series) if found.series else None
        return SessionWhole(
            session=found,
            series=series if isinstance(series, Series) else None,
            attendance=attendance,
            turns=turns,
            lessons=lessons,
            outcomes=outcomes,
            reviews=reviews,
            people=self._people(),
            agencies={one.id: one for one in self.of_team("agency", Agency)},
            completeness=completeness(found, attendance, turns, lessons, outcomes, reviews=reviews),
        )

    def trash(self) -> tuple[Record, ...]:
        """Every deleted record, newest first."""
        shelves = [self.shelves.shelf(places.PEOPLE)]
        for beginning in ("sessions-", "lessons-", "session-"):
            shelves += map(self.shelves.shelf, self.shelves.names(beginning))
        shelves += [
            self.shelves.shelf(places.inside_shelf(record_letters(row["id"])))
            for row in self._list.kept()
            if row.get("trash")
        ]
        found = {
            record.id: record
            for shelf in shelves
            for kind in places.TABLES
            for record in shelf.marked(kind)
            if "deleted" in record.marks
        }
        return tuple(sorted(found.values(), key=_made, reverse=True))

    def conflicted(self) -> Iterator[Record]:
        """Every record that somebody should settle: several values, or deleted and edited apart.

        Those in the trash, alone or with their session, wait until they are brought back.
        """
        gone = self.gone()
        letters = self._suspects | self._list.with_conflict()
        shelves = [self.shelves.shelf(places.PEOPLE)]
        for beginning in ("sessions-", "lessons-"):
            shelves += map(self.shelves.shelf, self.shelves.names(beginning))
        for one in sorted(letters):
            shelves.append(self.shelves.shelf(places.inside_shelf(one)))
        for shelf in dict.fromkeys(shelves):
            for kind in places.TABLES:
                for record in shelf.marked(kind):
                    if record.marks.isdisjoint(OPEN) or "deleted" in record.marks:
                        continue
                    if session_of(record.id) not in gone:
                        yield record

    def conflicts(self) -> int:
        """How many fields have several values, and how many deletions met an edit."""
        states = (self.state(one.id).shown() for one in self.conflicted())
        return sum(len(one.conflicts) + one.edited_after_delete for one in states)

    def short_ids(self) -> Iterator[str]:
        """Ids that a person may shorten: all but those inside a session."""
        people = self.shelves.shelf(places.PEOPLE)
        for kind in ("series", "person", "agency", "capability", "duty"):
            yield from people.ids(places.TABLES[kind])
        for beginning, kinds in (("sessions-", ("session",)), ("lessons-", ("lesson", "outcome"))):
            for name in self.shelves.names(beginning):
                for kind in kinds:
                    yield from self.shelves.shelf(name).ids(places.TABLES[kind])

    # rows of lists

    def rows(self) -> tuple[SessionRow, ...]:
        """Every session that is not deleted, latest first."""
        return self._list.all()

    def gone(self) -> set[str]:
        """Sessions in the trash."""
        return self._list.gone()

    def imported(self, sha256: str) -> SessionRow | None:
        """The session that was read in from a file of these bytes; None for none."""
        return self._list.imported(sha256)

    def _names(self) -> Names:
        return self._people(), {one.id: one for one in self.of_team("series", Series)}

    # writing the view

    def is_worth_keeping(self) -> bool:
        """Whether enough has come in to write the view."""
        return self._behind >= WORTH_KEEPING or self._is_long()

    def is_far_behind(self) -> bool:
        """Whether so much has come in that the view should not be made in memory first."""
        return self._behind >= _FAR

    def _is_long(self, times: int = 1) -> bool:
        lines, size = self._ledger.lines_open(), self._ledger.mark[0]
        return lines >= SEAL_AT * times or size >= SEAL_BYTES * times

    def seal_if_long(self, times: int = 1) -> None:
        """Close the open file into sealed ones once it is long; a refusal leaves it open.

        Args:
            times: How many times longer than usual it must be.
        """
        if not self._is_long(times):
            return
        try:
            self.seal()
        except StoreError:
            return  # every line is on the disk; it is tried again at the next pause

    def seal(self) -> None:
        """Close the open file into sealed ones, however short. Raises as ``Ledger.seal``."""
        self._sealed.update(self._ledger.seal())
        self._all_refs = None

    def checkpoint(
        self, *, progress: Progress | None = None, finding: Finding | None = None
    ) -> bool:
        """Write what the databases on the disk lack, and the mark last.

        Returns:
            False where the disk refused; the lines are kept all the same.
        """
        try:
            self._folder.mkdir(exist_ok=True)
            self._write(progress, finding)
        except (StoreError, OSError):
            return False
        self._behind = 0
        self._suspects.clear()
        self.changed.clear()
        return True

    def _write(self, progress: Progress | None, finding: Finding | None) -> None:
        offset, crc = self._ledger.mark
        stamps = dict(self.shelves.mark.stamps)
        waiting = self.shelves.waiting_inside()
        for name in [one for one in self.shelves.names("") if not places.is_inside(one)]:
            self.shelves.shelf(name)
        todo = sorted({*waiting, *filter(places.is_inside, self.shelves.dirty())})
        for done, name in enumerate(todo):
            letters = name.removeprefix("session-")
            self.shelves.shelf(name)
            self._list.renew(letters, self.shelves.write(name))
            if progress:
                progress(done + 1, len(todo))
        for letters in list(self._list.behind):
            self._list.renew(letters)
        token = os.urandom(8).hex()
        if finding:
            finding.keep(token)
        for name in self.shelves.dirty():
            stamps[name] = self.shelves.write(name)
        self._list.forget()
        self.shelves.write_mark(
            Mark(offset=offset, crc=crc, sealed=set(self._sealed), stamps=stamps, token=token)
        )


def _made(record: Record) -> str:
    """Sorts records by when they were made."""
    return own_letters(record.id)
