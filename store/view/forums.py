"""Records put together for a reader, from the databases of the view."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ..breath import breathing, no_breath
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
from .shelves import Lost, Mark, Shelf, Shelves, Unread, read_mark, readable

if TYPE_CHECKING:
    from pathlib import Path

    from ..breath import Breath
    from ..finding import Finding

R = TypeVar("R", bound=Record)
Progress = Callable[[int, int], None]
WORTH_KEEPING: Final = 400
"""Lines behind which the view is written; fewer are read again in a few milliseconds."""
_MANY: Final = 3_000
_MANY_ROWS: Final = 100
_FAR: Final = 200_000
"""Lines; their records take a few hundred megabytes."""
ReadAs = Mapping[RecordId, RecordId]
"""Records that are read as others, with those."""
_APART: Final[ReadAs] = {}


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
            folder,
            decode=ledger.archive.change,
            again=self.again,
            every=ledger.every_of,
            changed=self._note,
        )
        self._list = ListRows(
            self.shelves,
            whole=self._of_row,
            names=self._names,
            breath=lambda: self.breath(),
        )
        self.changed: set[str] = set()
        """Records that changed since the last checkpoint, as far as they were read in."""
        self._behind = 0
        """Lines that the databases on the disk lack."""
        self._sealed: set[str] = set()
        self._suspects: set[str] = set()
        """Letters of sessions inside which something may have several values since the rows."""
        self._all_refs: dict[str, list[Ref]] | None = None
        self._read_as: ReadAs | None = None
        self.breath: Breath = no_breath
        """Taken by long work between two steps."""

    # beginning

    def begin(self) -> tuple[News, Unread | None]:
        """Read what the view on the disk lacks.

        Returns:
            The news, and why the whole view must be made again; None where it need not.
        """
        found = read_mark(self._folder)
        if isinstance(found, Mark) and not self._stands(found):
            found = "damaged"
        if isinstance(found, Mark) and self._holds_aside(found):
            found = "other_laptops"
        mark, remake = (found, None) if isinstance(found, Mark) else (Mark(), found)
        self.shelves.mark = mark
        news = self._ledger.read(mark.offset, mark.crc, mark.sealed)
        self._sealed = news.sealed
        self._queue(news, anew=remake is not None)
        if not news.lines or (remake == "missing" and self._behind <= _MANY):
            remake = None
        return news, remake

    def _stands(self, mark: Mark) -> bool:
        """Whether the databases that lists need are there in their size."""
        for name, (size, _crc) in mark.stamps.items():
            try:
                if (self._folder / places.file_of(name)).stat().st_size != size:
                    return False
            except OSError:
                return False
        return True

    def _holds_aside(self, mark: Mark) -> bool:
        """Whether a laptop was set aside and the databases still hold what it wrote."""
        aside = self._ledger.archive.aside
        return bool(aside) and any(name.partition("/")[0] in aside for name in mark.sealed)

    def _queue(self, news: News, *, anew: bool) -> None:
        self.shelves.take_in(news.lines)
        self._read_as = None
        missing = [*news.missing, *(self._ledger.set_aside() if anew else ())]
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
        still_open = self._ledger.open_lines()  # first: what is sealed meanwhile is among the rest
        if self._all_refs is None:
            self._all_refs = {}
            for line in self._ledger.lines():
                self._all_refs.setdefault(places.shelf_of(line.rec), []).append(line.ref)
        for ref in self._all_refs.get(shelf, ()):
            yield self._ledger.archive.change(ref)
        for kept in still_open:
            if places.shelf_of(kept.change.rec) == shelf:
                yield kept.change
        for one in self._ledger.set_aside():
            if one.rec and places.shelf_of(one.rec) == shelf:
                yield Lost(one.rec, one.id)

    def shelves_of_lines(self) -> set[str]:
        """The databases that the lines make."""
        found = {places.shelf_of(kept.change.rec) for kept in self._ledger.open_lines()}
        found |= {places.shelf_of(line.rec) for line in self._ledger.lines()}
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
        self._forget_team()
        self._all_refs = None
        news = self._ledger.read(0, 0, set())
        self._sealed = news.sealed
        self._queue(news, anew=True)
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
            self._forget_team()

    def _forget_team(self) -> None:
        """A person, an agency or a series has changed: their names stand in the rows."""
        self._list.forget()
        self._read_as = None

    # taking in

    def take_in(self, changes: Iterable[Change]) -> None:
        """Lines of a save that is durable."""
        for change in changes:
            self.shelves.take_in([(change.rec, change)])
            self._behind += 1
            if letters := places.letters_in(change.rec):
                self._list.behind.add(letters)
            else:
                self._forget_team()

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
            self._forget_team()
        self._list.behind |= {letters for letters in met if letters}

    def forget_files(self, names: Iterable[str]) -> None:
        """These files are not below ``log`` any more; what they held is kept anew."""
        self._sealed.difference_update(names)
        self._all_refs = None

    def letters_of_sessions(self) -> list[str]:
        """The letters of every session, also in the trash."""
        shelves = map(self.shelves.shelf, self.shelves.names("sessions-"))
        return [record_letters(one) for shelf in shelves for one in shelf.ids("sessions")]

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
        self.shelves.settle(self.breath)

    def take_changed(self) -> set[str]:
        """The records that were read in or changed since this was asked last."""
        changed, self.changed = self.changed, set()
        return changed

    # asking

    def record(self, record_id: str) -> Record | None:
        """A record, also a deleted one; None for none."""
        return self.shelves.of(record_id).record(record_id)

    def read_as(self) -> ReadAs:
        """People and agencies that are read as another one, with that one."""
        if self._read_as is None:
            from .joined import team_read_as  # a job that only writes joins nothing

            self._read_as = team_read_as(self.shelves.shelf(places.PEOPLE))
        return self._read_as

    def _table(
        self, shelf: Shelf, kind: str, letters: str | None = None, read: ReadAs = _APART
    ) -> Iterator[Record]:
        table = places.TABLES[kind]
        for one in shelf.ids(table) if letters is None else shelf.ids_of(table, letters):
            record = shelf.record(one)
            if record is not None:
                yield _pointed(record, read) if read else record

    def of_team(self, kind: str, wanted: type[R]) -> tuple[R, ...]:
        """Every record of a kind that is of no session, and not deleted."""
        read = self.read_as()
        found = self._table(self.shelves.shelf(places.PEOPLE), kind, read=read)
        living = tuple(self._living(found, wanted))
        if not read:
            return living
        from .joined import as_one

        return as_one(living, read)

    def inside(self, kind: str, wanted: type[R], session: RecordId | None) -> Iterator[R]:
        """Records inside one session, or inside all that are not deleted; joined ones as one."""
        read = self.read_as()
        groups = (
            ((row.id, *row.joins) for row in self.rows())
            if session is None
            else [self._group(session)]
        )
        for group in groups:
            found = self._gathered(kind, wanted, group, read)
            yield from found if len(group) == 1 else _shown(found)

    def _group(self, session: RecordId) -> tuple[RecordId, ...]:
        """The records of one forum, the shown one first."""
        found = self.record(session) if kind_of(session) == "session" else None
        if isinstance(found, Session) and (found.same_as or found.joins):
            from .joined import group_of

            return tuple(one.id for one in group_of(found, self.record))
        return (session,)

    def _gathered(
        self, kind: str, wanted: type[R], group: Sequence[RecordId], read: ReadAs
    ) -> tuple[R, ...]:
        each = [self._inside(kind, wanted, record_letters(one), read) for one in group]
        if len(each) == 1 and not read:
            return each[0]
        from .joined import gathered

        return gathered(kind, each, group[0])

    def _inside(
        self, kind: str, wanted: type[R], letters: str, read: ReadAs = _APART
    ) -> tuple[R, ...]:
        shelf = self.shelves.shelf(places.inside_shelf(letters))
        found = self._living(self._table(shelf, kind, letters, read), wanted)
        key = (lambda one: (one.place, one.id)) if kind == "turn" else attrgetter("id")
        return tuple(sorted(found, key=key))

    def all_inside(self, session: RecordId) -> Iterator[Record]:
        """Turns, attendance and reviews of a session that are not deleted, as they were written."""
        for kind in ("turn", "attendance", "review"):
            yield from self._inside(kind, KINDS[kind], record_letters(session))

    def originals(self) -> list[RecordId]:
        """Every session that is not deleted, also those that are read as part of others."""
        return [*(row.id for row in self.rows()), *self.into()]

    def folded_into(self, session: RecordId) -> dict[RecordId, RecordId]:
        """Turns of a joined forum that are folded into others, with those."""
        whole = self.whole(session)
        below = whole.folded.items() if whole else ()
        return {turn.id: shown for shown, turns in below for turn in turns}

    def into(self) -> Mapping[RecordId, RecordId]:
        """Sessions that are read as part of another one, with that one."""
        return self._list.into()

    @staticmethod
    def _living(records: Iterable[Record], wanted: type[R]) -> list[R]:
        return [one for one in records if isinstance(one, wanted) and "deleted" not in one.marks]

    def drawn(self, kind: str, wanted: type[R], session: RecordId | None) -> tuple[R, ...]:
        """Lessons or outcomes of one session in their order, or of all, newest first."""
        read = self.read_as()
        if session is not None:
            group = self._group(session)
            found = [one for each in group for one in self._drawn(kind, wanted, each, read)]
            return tuple(_of_forum(one, group[0]) for one in found) if len(group) > 1 else (*found,)
        gone, into = self.gone(), self.into()
        every: list[R] = []
        for name in self.shelves.names("lessons-"):
            every += self._living(self._table(self.shelves.shelf(name), kind, read=read), wanted)
        standing = [one for one in every if getattr(one, "session", None) not in gone]
        if into:
            standing = [_of_forum(one, into.get(_session(one), _session(one))) for one in standing]
        return tuple(sorted(standing, key=_made, reverse=True))

    def drawn_in_passing(self, kind: str) -> Iterator[Record]:
        """Every lesson or outcome as it was written, newest first, none of them remembered."""
        shelves = map(self.shelves.shelf, self.shelves.names("lessons-"))
        found = [(one, shelf) for shelf in shelves for one in shelf.ids(places.TABLES[kind])]
        gone = self.gone()
        for one, shelf in sorted(found, key=lambda each: own_letters(each[0]), reverse=True):
            record = shelf.passing(one)
            if record and "deleted" not in record.marks and _session(record) not in gone:
                yield record

    def _drawn(self, kind: str, wanted: type[R], session: RecordId, read: ReadAs) -> list[R]:
        letters = record_letters(session)
        shelf = self.shelves.shelf(places.lessons_shelf(letters))
        return sorted(
            self._living(self._table(shelf, kind, letters, read), wanted), key=attrgetter("id")
        )

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

    def whole(self, session: RecordId, *, alone: bool = False) -> SessionWhole | None:
        """One session with everything in it, also a deleted one; None for none.

        Args:
            session: One of the records of a forum, where several are joined.
            alone: This record of it, as it was written.
        """
        return self._whole(session, alone=alone, read=self.read_as())

    def _of_row(self, session: RecordId) -> SessionWhole | None:
        """For the rows: people stay apart there, and are joined when the rows are read."""
        return self._whole(session, alone=False, read=_APART)

    def _whole(self, session: RecordId, *, alone: bool, read: ReadAs) -> SessionWhole | None:
        from ..rules.completeness import completeness  # a job that only writes needs no rules

        found = self.record(session) if kind_of(session) == "session" else None
        if not isinstance(found, Session):
            return None
        group = [found]
        folded: Mapping[RecordId, tuple[Turn, ...]] = {}
        if not alone and (found.same_as or found.joins):
            from .joined import forum_as_one, group_of

            group = list(group_of(found, self.record))
            found = forum_as_one(group)
        ids = [one.id for one in group]
        found = _pointed(found, read) if read else found
        attendance = self._gathered("attendance", Attendance, ids, read)
        turns = self._gathered("turn", Turn, ids, read)
        lessons = tuple(one for each in ids for one in self._drawn("lesson", Lesson, each, read))
        outcomes = tuple(one for each in ids for one in self._drawn("outcome", Outcome, each, read))
        if len(ids) > 1:
            from ..rules.twins import folded as fold_turns
            from .joined import evidence_shown

            turns, folded = fold_turns(turns)
            lessons = tuple(evidence_shown(_of_forum(one, ids[0]), folded) for one in lessons)
            outcomes = tuple(evidence_shown(_of_forum(one, ids[0]), folded) for one in outcomes)
        reviews = self._gathered("review", Review, ids, read)
        series = self.record(found.series) if found.series else None
        return SessionWhole(
            session=found,
            series=series if isinstance(series, Series) else None,
            attendance=attendance,
            turns=turns,
            lessons=lessons,
            outcomes=outcomes,
            reviews=reviews,
            people={one.id: one for one in self.of_team("person", Person)},
            agencies={one.id: one for one in self.of_team("agency", Agency)},
            completeness=completeness(found, attendance, turns, lessons, outcomes, reviews=reviews),
            joined=tuple(group[1:]),
            folded=folded,
        )

    def trash(self) -> tuple[Record, ...]:
        """Every deleted record, newest first."""
        shelves = [self.shelves.shelf(places.PEOPLE)]
        for beginning in ("sessions-", "lessons-", "session-"):
            shelves += map(self.shelves.shelf, self.shelves.names(beginning))
        shelves += [
            self.shelves.shelf(places.inside_shelf(letters))
            for letters in sorted(self._list.marked("trash"))
        ]
        found = {
            record.id: record
            for shelf in shelves
            for kind in places.TABLES
            for record in shelf.marked(kind, frozenset({"deleted"}))
        }
        return tuple(sorted(found.values(), key=_made, reverse=True))

    def conflicted(self, breath: Breath | None = None) -> Iterator[Record]:
        """Every record that somebody should settle: several values, or deleted and edited apart.

        Those in the trash, alone or with their session, wait until they are brought back.
        """
        letters = self._suspects | self._list.marked("conflict")
        names = [places.PEOPLE, *self.shelves.names("sessions-"), *self.shelves.names("lessons-")]
        names += [places.inside_shelf(one) for one in sorted(letters)]
        for name in breathing(dict.fromkeys(names), breath or self.breath, every=1):
            shelf = self.shelves.shelf(name)
            for kind in places.TABLES:
                for record in dict.fromkeys(shelf.marked(kind, OPEN)):
                    if "deleted" in record.marks:
                        continue
                    if not self._is_gone(session_of(record.id)):
                        yield record

    def deleted_unseen(self) -> Iterator[RecordId]:
        """Forums in the trash inside which somebody wrote who did not know of it."""
        for name in self.shelves.names("sessions-"):
            for record in self.shelves.shelf(name).marked("session", frozenset({"deleted"})):
                letters = record_letters(record.id)
                if letters in self._list.behind:
                    told = bool(self.unseen_inside(record.id))
                else:
                    told = self._list.is_unseen(letters)
                if told:
                    yield record.id

    def unseen_inside(self, session: str) -> Mapping[str, Sequence[str]]:
        """By record inside a deleted forum, the changes that its deletion had not seen."""
        from .inside import unseen_inside

        return unseen_inside(self.shelves, session)

    def heads_inside(self, session: str) -> Sequence[str]:
        """What a deletion of a forum names of its inside."""
        from .inside import named_inside

        return named_inside(self.shelves, session)

    def _is_gone(self, session: RecordId | None) -> bool:
        """Whether a session is in the trash, without making the rows of all others first."""
        found = self.record(session) if session else None
        return found is not None and "deleted" in found.marks

    def conflicts(self, breath: Breath | None = None) -> int:
        """How many fields have several values, and how many deletions met an edit."""
        states = (self.state(one.id).shown() for one in self.conflicted(breath))
        fields = sum(len(one.conflicts) + one.edited_after_delete for one in states)
        return fields + sum(1 for _session in self.deleted_unseen())

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
        people = {one.id: one for one in self.of_team("person", Person)}
        people |= {one: people[to] for one, to in self.read_as().items() if to in people}
        return people, {one.id: one for one in self.of_team("series", Series)}

    # writing the view

    def is_worth_keeping(self) -> bool:
        """Whether enough has come in to write the view."""
        return self._behind >= WORTH_KEEPING or self._is_long()

    @property
    def lists_are_behind(self) -> bool:
        """Whether many rows are to be made anew."""
        return len(self._list.behind) > _MANY_ROWS

    def is_behind(self) -> bool:
        """Whether so much has come in that writing the view takes longer than a moment."""
        return self._behind > _MANY

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
        behind = self._behind
        try:
            self._folder.mkdir(exist_ok=True)
            self._write(progress, finding)
        except (StoreError, OSError):
            return False
        self._behind -= behind
        self._suspects.clear()
        if finding is None:
            self.changed.clear()
        return True

    def _write(self, progress: Progress | None, finding: Finding | None) -> None:
        # What is saved or sealed in a breath is not in the mark: it is read again, which is safe.
        (offset, crc), sealed = self._ledger.mark, set(self._sealed)
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
            self.breath()
        for letters in breathing(list(self._list.behind), self.breath, every=1):
            self._list.renew(letters)
        if finding:
            finding.take()
        token = os.urandom(8).hex()
        if finding:
            finding.keep(token)
        for name in self.shelves.dirty():
            if not places.is_inside(name):  # changed in a breath: its row still has the old stamp
                stamps[name] = self.shelves.write(name)
                self.breath()
        self._list.forget()
        self.shelves.write_mark(
            Mark(offset=offset, crc=crc, sealed=sealed, stamps=stamps, token=token)
        )


def _made(record: Record) -> str:
    """Sorts records by when they were made."""
    return own_letters(record.id)


def _pointed(record: R, read: ReadAs) -> R:
    from .joined import pointed

    return pointed(record, read)


def _of_forum(record: R, session: RecordId) -> R:
    from .joined import of_forum

    return of_forum(record, session)


def _shown(records: tuple[R, ...]) -> tuple[R, ...]:
    """Without the turns that a person folded into others."""
    if not any(isinstance(one, Turn) for one in records):
        return records
    from ..rules.twins import folded

    shown: Any = folded([one for one in records if isinstance(one, Turn)])[0]
    return tuple(shown)


def _session(record: Record) -> RecordId:
    return getattr(record, "session", None) or RecordId("")
