"""Notebook: the one door to the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from . import device as devices
from .aside import read_aside
from .breath import no_breath
from .changes.ledger import Ledger
from .changes.line import DELETED
from .changing import Plan
from .clock import local_now
from .drafts import Drafts
from .edits import Add, Edit
from .errors import (
    AmbiguousRecord,
    FileExists,
    MetSince,
    NotebookInUse,
    NotebookReadOnly,
    StoreError,
    SyncFailed,
    TooLong,
    UnknownField,
    UnknownRecord,
)
from .files import DISK, OURS_ALONE, Disk, refused, sweep
from .ids import IdMaker, attendance_id, kind_of, random_64_bits, record_id, record_letters
from .lock import Pen, holder_of
from .readings import (
    Draft,
    FieldChange,
    Hit,
    Holder,
    Notice,
    Saved,
    SessionRow,
    SessionWhole,
)
from .records import (
    KINDS,
    Agency,
    Attendance,
    Lesson,
    Outcome,
    Person,
    Record,
    RecordId,
    Series,
    Turn,
)
from .undoing import as_one, last_save, last_undo, put_back, told_shortly, words_of
from .view.forums import Forums

if TYPE_CHECKING:
    from .beside import Beside
    from .breath import Breath
    from .carrier.readings import Laptop, Met, Receipts, UsedCarrier
    from .carrier.receipts import Holding, Touched
    from .carrier.side import Side
    from .changes.line import Change
    from .conflicts import Conflict
    from .finding import Finding
    from .secure.guard import Guard
    from .secure.team import Team
    from .settling import How
    from .twins import Twins

Progress = Callable[[int, int], None]
"""Called with (done, of); of is 0 while not known."""
R = TypeVar("R", bound=Record)

_OVERDUE = 8
"""How many times longer than usual the open file may grow while nobody pauses."""
_LONGEST_OWNER = 200
"""Letters; it is told with every meeting."""
_SHORTEST = 6
"""Letters of an id that must be given for a guess."""
_WRITTEN = ("log", "view", "held", "damaged", "drafts", "cache")
"""Folders in which files are written under a passing name first."""
_TOLD = {"damaged": "view_rebuilt", "other_shape": "view_renewed"}
"""Why the view was made again, and the kind of notice that says so."""


class Notebook:
    """One notebook on disk, open for one reader or writer. Not for several threads at once."""

    def __init__(
        self,
        folder: Path,
        device: devices.Device,
        pen: Pen | None,
        *,
        now: Callable[[], datetime],
        entropy: Callable[[], int] | None,
        disk: Disk,
        chance: Callable[[int], bytes] = os.urandom,
    ) -> None:
        """Use ``Notebook.open``."""
        self.folder = folder
        self.writable = pen is not None
        self.holder: Holder | None = None
        self.notices: tuple[Notice, ...] = ()
        self._device = device
        self._pen = pen
        self._now = now
        self._disk = disk
        self._chance = chance
        self._broken: SyncFailed | None = None
        clock = lambda: now().timestamp() * 1000  # noqa: E731 - one reading of the wall clock
        self._ids = IdMaker(clock, entropy or random_64_bits, device.id)
        self._ledger = Ledger(folder, device.id, disk, writes=self.writable)
        self._forums = Forums(folder / "view", self._ledger)
        self._drafts = Drafts(folder / "drafts")
        self._finding: Finding | None = None
        self._touched: Touched | None = None
        self._swept = False
        """Whether what a kill left half written was taken away."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        read_only: bool = False,
        now: Callable[[], datetime] | None = None,
        program: str = "kmtui",
        progress: Progress | None = None,
        entropy: Callable[[], int] | None = None,
        disk: Disk = DISK,
        chance: Callable[[int], bytes] = os.urandom,
    ) -> Self:
        """Open the notebook in ``folder``, making it where there is none.

        Args:
            folder: The notebook's folder.
            read_only: Do not take the pen. Nothing is written, not even a repair.
            now: Clock, aware local time; tests pass a fixed one.
            program: What to tell another window about who writes (``kmtui log``).
            progress: Told about long work (a rebuild).
            entropy: 64 random bits for ids; tests pass a fixed stream.
            disk: How bytes reach the disk; tests pass a failing one.
            chance: Random bytes for a laptop's id; tests pass a fixed stream.

        Raises:
            NotebookInUse: Another process writes to it (open with ``read_only=True`` instead).
            NotebookReadOnly: The folder cannot be written.
            NewerNotebook: A newer version made it.
            NotANotebook: The folder holds something else, or nothing to read.
            DiskRefused: The disk refused.
        """
        now = now or local_now
        device = devices.read_device(folder)
        if read_only:
            device = device or devices.Device("")
            book = cls(folder, device, None, now=now, entropy=entropy, disk=disk, chance=chance)
            book.holder = holder_of(folder)
            book._begin(progress)
            return book
        try:
            folder.mkdir(mode=OURS_ALONE, parents=True, exist_ok=True)
        except OSError as error:
            raise refused(error, folder) from error
        since = now().isoformat(timespec="seconds")
        pen = Pen.take(folder, _holder(device, program, since))
        try:
            device = devices.settled(folder, device, chance=chance)
            book = cls(folder, device, pen, now=now, entropy=entropy, disk=disk, chance=chance)
            book._begin(progress)
        except BaseException:
            pen.drop()
            raise
        return book

    def with_pen(self, *, program: str = "kmtui") -> Self | None:
        """This notebook, open for writing, where it is open for reading and nobody else writes.

        Args:
            program: What to tell another window about who writes.

        Returns:
            Another one, with everything read in that is on the disk, and this one is closed; None
            while another window has the pen (``holder`` says which).

        Raises:
            As ``open``; this one stays open for reading.
        """
        self.holder = holder_of(self.folder)
        if self.holder is not None:
            return None
        try:
            found = type(self).open(
                self.folder, now=self._now, program=program, disk=self._disk, chance=self._chance
            )
        except NotebookInUse:
            return None
        self._ledger.close()
        return found

    def _begin(self, progress: Progress | None) -> None:
        """Read what the view lacks; make a view that is missing again."""
        news, remake = self._forums.begin()
        self.notices = tuple(news.notices)
        if read_aside(self.folder).lost:
            self.notices = (*self.notices, Notice(kind="aside_lost"))
        if remake and self.writable:
            self._forums.checkpoint(progress=progress)
        if remake == "damaged" or (remake == "other_shape" and self.writable):
            self.notices = (*self.notices, Notice(kind=_TOLD[remake]))

    @property
    def laptop(self) -> str:
        """This laptop's id, ten letters."""
        return self._device.id

    @property
    def owner(self) -> str:
        """Whose laptop; empty where nobody has said it."""
        return self._device.owner

    def set_owner(self, owner: str) -> None:
        """Say whose laptop this is. Raises TooLong, NotebookReadOnly or DiskRefused."""
        self._need_pen()
        if len(owner) > _LONGEST_OWNER:
            raise TooLong(where="owner", length=len(owner), limit=_LONGEST_OWNER)
        self._device = devices.Device(self._device.id, owner, self._device.continues)
        devices.write_device(self.folder, self._device)

    # asking

    def record(self, id: RecordId) -> Record:  # noqa: A002 - the field's own word
        """One record, also from the trash (its marks say so). Raises UnknownRecord."""
        found = self._forums.record(id) if kind_of(id) in KINDS else None
        if found is None:
            raise UnknownRecord(where=id)
        return found

    def find_id(self, words: str) -> RecordId:
        """The record whose id this is, or begins or ends with this (at least 6 letters).

        Turns, attendances and reviews are found by their whole id.

        Raises:
            UnknownRecord, AmbiguousRecord
        """
        words = words.strip()
        if kind_of(words) in KINDS and self._forums.record(RecordId(words)):
            return RecordId(words)
        kind, stroke, letters = words.rpartition("/")
        if len(letters) < _SHORTEST:
            raise UnknownRecord(where=words)
        letters = letters.upper()
        fits = {
            one
            for one in self._forums.short_ids()
            if (not stroke or kind_of(one) == kind)
            and (record_letters(one).startswith(letters) or record_letters(one).endswith(letters))
        }
        whole = {one for one in fits if record_letters(one) == letters}
        if len(fits) > 1 and len(whole) != 1:
            raise AmbiguousRecord(where=words, count=len(fits))
        if not fits:
            raise UnknownRecord(where=words)
        return RecordId((whole or fits).pop())

    def sessions(self) -> tuple[SessionRow, ...]:
        """Every session, latest date first, undated ones by when they were made."""
        return self._forums.rows()

    def session(self, id: RecordId, *, alone: bool = False) -> SessionWhole:  # noqa: A002
        """One session with everything in it, and in what is joined with it.

        Args:
            id: The session; any of those that are joined.
            alone: Only this record of the forum, as it was written.

        Raises:
            UnknownRecord
        """
        found = self._forums.whole(id, alone=alone)
        if found is None:
            raise UnknownRecord(where=id)
        return found

    def turns(self, session: RecordId | None = None) -> Iterator[Turn]:
        """The turns of one session in their order, or of all sessions."""
        return self._forums.inside("turn", Turn, session)

    def attendance(self, session: RecordId | None = None) -> Iterator[Attendance]:
        """Who was at one session, or at all."""
        return self._forums.inside("attendance", Attendance, session)

    def lessons(self, session: RecordId | None = None) -> tuple[Lesson, ...]:
        """The lessons of one session, or all; newest first."""
        return self._forums.drawn("lesson", Lesson, session)

    def outcomes(self, session: RecordId | None = None) -> tuple[Outcome, ...]:
        """The outcomes of one session, or all; newest first."""
        return self._forums.drawn("outcome", Outcome, session)

    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order in which they were made."""
        return self._forums.of_team("person", Person)

    def agencies(self) -> tuple[Agency, ...]:
        """Every agency."""
        return self._forums.of_team("agency", Agency)

    def series(self) -> tuple[Series, ...]:
        """Every series."""
        return self._forums.of_team("series", Series)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Every record of a kind that is not in the trash. Raises KeyError for no kind."""
        return self._forums.of_kind(kind)

    def deleted(self) -> tuple[Record, ...]:
        """The trash, latest made first."""
        return self._forums.trash()

    def imported(self, sha256: str) -> SessionRow | None:
        """The session that was read in from a file of these bytes, if there is one."""
        return self._forums.imported(sha256)

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Texts that hold these words, exact ones first; nothing from the trash."""
        from .finding import Finding  # read in only where somebody searches

        if self._finding is None:
            self._finding = Finding(self.folder / "cache", self._forums, writes=self.writable)
        return self._finding.search(words, limit=limit)

    def history(self, id: RecordId) -> tuple[FieldChange, ...]:  # noqa: A002
        """Every change of every field of a record, oldest first. Raises UnknownRecord."""
        lines = self._ledger.of_record(id)
        if not lines:
            raise UnknownRecord(where=id)
        from .history import history_of  # read in only where somebody asks

        return history_of(lines)

    # writing

    def new_id(self, kind: str, session: RecordId | None = None) -> RecordId:
        """A fresh id, so that records saved together can name each other."""
        return record_id(kind, self._ids.next(), session)

    def attendance_id(self, session: RecordId, person: RecordId) -> RecordId:
        """The id of a person's attendance at a session."""
        return attendance_id(session, person)

    def save(self, *edits: Edit, who: RecordId | None = None) -> Saved:
        """Keep all of these edits or none; they are on the disk when this returns.

        Raises:
            NotebookReadOnly, DiskRefused, SyncFailed, UnknownRecord, UnknownField, BadValue,
            TooLong, AlreadyDeleted, NotDeleted
        """
        self._need_pen()
        plan = self._plan()
        for edit in edits:
            plan.take(self._with_id(edit))
        return self._write(plan, who)

    def _plan(self) -> Plan:
        return Plan(self._forums.state, self._forums.heads_inside)

    def _with_id(self, edit: Edit) -> Edit:
        if not isinstance(edit, Add):
            return edit
        import dataclasses

        record = edit.record
        if isinstance(record, Attendance):
            id_ = attendance_id(record.session, record.person)
        elif record.id:
            return edit
        else:
            id_ = self.new_id(record.KIND, getattr(record, "session", None))
        return Add(dataclasses.replace(record, id=id_))

    def _write(self, plan: Plan, who: RecordId | None, undoes: str | None = None) -> Saved:
        writings = plan.writings(
            self._ids, now=self._now(), dev=self.laptop, who=who, undoes=undoes
        )
        if writings:
            self._ledger.append([one.change for one in writings], [one.raw for one in writings])
            self._forums.take_in(one.change for one in writings)
            self._forums.seal_if_long(_OVERDUE)
        for one in writings:
            one.state.add(one.change)
        records = tuple(self._reading(plan, rec) for rec in plan.records)
        change = writings[0].change.save if writings else self._newest(plan)
        return Saved(change=change, records=records)

    def _reading(self, plan: Plan, record_id: str) -> Record:
        """A record of a save as it stands now."""
        state = plan.state(record_id)
        given = None if state.odd_clock else plan.as_given(record_id)
        return self._forums.reading(state) if given is None else given

    @staticmethod
    def _newest(plan: Plan) -> str:
        return max((max(plan.state(rec).seen) for rec in plan.records), default="")

    def undo(self, *, past_meeting: bool = False) -> Saved:
        """Take back this laptop's last change that is not taken back yet.

        Args:
            past_meeting: Also where others were met since.

        Raises:
            MetSince: Others were met since; nothing was taken back.
            NothingToUndo, ChangedSince, NotebookReadOnly, DiskRefused, SyncFailed
        """
        from .carrier.since import has_met_since

        lines, undone = last_save(self._own_lines())
        if not past_meeting and has_met_since(lines[0].save, self.folder, self._ledger):
            recs = sorted({one.rec for one in lines}, key=lambda rec: kind_of(rec) != "session")
            words = [words_of(self._forums.record(rec)) for rec in recs]
            what = told_shortly(filter(None, words)) or recs[0]
            raise MetSince(where=recs[0], what=what, change=lines[0].save)
        return self._take_back(lines, undone)

    def redo(self) -> Saved:
        """Do again what was taken back last, while nothing new was done since.

        Raises:
            NothingToRedo, ChangedSince, NotebookReadOnly, DiskRefused, SyncFailed
        """
        return self._take_back(*last_undo(self._own_lines()))

    def set_back(self, id: RecordId, field: str, change: str) -> Saved:  # noqa: A002
        """Give a field of a record the value again that one change of its history gave it.

        Args:
            id: The record.
            field: As ``history`` names it.
            change: The change, as ``history`` names it.

        Raises:
            UnknownRecord, UnknownField, NotebookReadOnly, DiskRefused, SyncFailed
        """
        self._need_pen()
        from .history import value_at

        every = self._ledger.of_record(id)
        found = value_at(every, field, change)
        if not every:
            raise UnknownRecord(where=id)
        if found is None or field == DELETED:
            named = {name for line in every for name in line.put} - {DELETED}
            raise UnknownField(where=field, fields=", ".join(sorted(named)))
        plan = self._plan()
        plan.put(id, {field: found[0]})
        return self._write(plan, None)

    def _own_lines(self) -> Iterator[Change]:
        self._need_pen()
        # What this laptop tells of itself at meetings is nobody's to take back.
        return (one for one in self._ledger.own_newest_first() if kind_of(one.rec) in KINDS)

    def _take_back(self, lines: list[Change], undone: set[str]) -> Saved:
        plan = self._plan()
        for line in as_one(lines):
            state = self._forums.state(line.rec)
            before = put_back(line, state, self._lines_of(line), undone, seen=plan.seen)
            plan.settle(line.rec, before.put, before.beside)
        return self._write(plan, None, undoes=lines[0].save)

    def _lines_of(self, line: Change) -> Callable[[], Iterator[Change]]:
        return lambda: iter(self._ledger.of_record(line.rec))

    def _need_pen(self) -> None:
        if self._pen is None:
            raise NotebookReadOnly(where=str(self.folder))

    # conflicts

    def conflicts(self, record: RecordId | None = None) -> tuple[Conflict, ...]:
        """What holds several values, or was deleted here and edited there; forums newest first.

        Args:
            record: Only of this one.
        """
        from .settling import open_conflicts

        return open_conflicts(self._forums, self._ledger, self._owners(), record)

    def deleted_unseen(self) -> frozenset[RecordId]:
        """Forums in the trash inside which somebody wrote who did not know of it."""
        return frozenset(self._forums.deleted_unseen())

    def settle(
        self,
        record: RecordId,
        field: str,
        *,
        take: str | None = None,
        value: Any = None,
        how: How = "value",
        who: RecordId | None = None,
    ) -> Saved:
        """Say which value of a field stands; all the others give way, and ``undo`` opens it again.

        Args:
            record: The record.
            field: As ``Conflict.field`` names it.
            take: The value that this change set (``Side.id``).
            value: A new value, as in the record's class; where ``take`` is None.
            how: ``both`` for all texts below each other, ``lines`` for ``Conflict.offer``.
            who: Who says it.

        Raises:
            NoConflict, NotASide, NotJoinable, NoOffer: There is no such choice.
            UnknownRecord, BadValue, TooLong, NotebookReadOnly, DiskRefused, SyncFailed
        """
        from .settling import Choice, settled

        self._need_pen()
        self.record(record)
        plan = self._plan()
        choice = Choice(field=field, take=take, value=value, how=how)
        settled(plan, self.conflicts(record), record, choice, self._forums.state(record))
        return self._write(plan, who)

    # what two laptops made of one thing

    def twins(self, *, most: int | None = None) -> tuple[Twins, ...]:
        """Forums, people, agencies and lines of joined forums that may be one; reads those.

        Args:
            most: How many forums are read for it at most, those changed last first, and no lines;
                None for everything, which takes seconds where thousands are alike.
        """
        from .twins import twins

        return tuple(twins(self._forums, most))

    def beside(self, first: RecordId, second: RecordId) -> Beside:
        """Two forums line by line beside each other, with whatever is joined with either.

        Raises:
            CannotJoin, UnknownRecord
        """
        from .beside import beside, group
        from .joining import CannotJoin

        if first == second:
            raise CannotJoin(first=first, second=second, where=second)
        owners = self._owners()
        lines = {one: self._ledger.of_record(one) for one in group(self._forums, first, second)}
        laptops = {one: every[0].dev for one, every in lines.items() if every}
        whose = {one: (dev, owners.get(dev, "") or dev) for one, dev in laptops.items()}
        return beside(self._forums, whose, first, second)

    def join(
        self,
        first: RecordId,
        second: RecordId,
        *,
        lines: Iterable[tuple[RecordId, RecordId]] = (),
        who: RecordId | None = None,
    ) -> Saved:
        """Read the second record as part of the first; both stay as they are, ``undo`` parts them.

        Two forums become one reading, two people or agencies one with the names of both, and of
        two turns of a joined forum the first is shown.

        Args:
            first: The one that is shown.
            second: The other one.
            lines: Of two forums, doubled turns that are folded in the same step: the one that is
                shown, and the other one.
            who: Who says it.

        Raises:
            CannotJoin, JoinedAlready, UnknownRecord, NotebookReadOnly, DiskRefused, SyncFailed
        """
        from .joining import join_edits

        self._need_pen()
        return self.save(
            *join_edits(self.record(first), self.record(second), self._forums, lines), who=who
        )

    def unfold(self, first: RecordId, second: RecordId, *, who: RecordId | None = None) -> Saved:
        """Let a folded turn stand by itself again; unlike ``part`` it may be proposed again.

        Raises:
            CannotJoin, UnknownRecord, NotebookReadOnly, DiskRefused, SyncFailed
        """
        from .joining import unfold_edits

        self._need_pen()
        return self.save(*unfold_edits(self.record(first), self.record(second)), who=who)

    def part(self, first: RecordId, second: RecordId, *, who: RecordId | None = None) -> Saved:
        """Say that two records are not of one thing: parted where joined, and proposed no more.

        Raises:
            CannotJoin, UnknownRecord, NotebookReadOnly, DiskRefused, SyncFailed
        """
        from .joining import part_edits

        self._need_pen()
        return self.save(*part_edits(self.record(first), self.record(second)), who=who)

    def _owners(self) -> dict[str, str]:
        """Whose laptop, by its id, as far as they have told."""
        from .carrier.laptops import all_told

        return {dev: one.owner for dev, one in all_told(self._forums).items()} | (
            {self.laptop: self.owner} if self.owner else {}
        )

    # meeting other laptops

    def meet(
        self,
        folder: Path,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
        stop: Callable[[], bool] | None = None,
        accept: Collection[str] | None = None,
    ) -> Met:
        """Meet other laptops in a folder: give what is new here, take in what they left.

        Nothing of another laptop's is written, moved or deleted there, and nothing is removed
        here. It takes seconds where much comes in; other questions wait meanwhile.

        Args:
            folder: On a stick, or shared; made where only its parent is there.
            dry_run: Write nothing; say what would happen. Needs no pen.
            progress: Told how many bytes are done, and of how many.
            stop: Asked between files whether to end early; what is done then is whole.
            accept: Ids of laptops that are taken in though nobody here knows them, with all that
                know those; None for whoever is there. The others are only told of, and where
                nobody in the folder is known nothing of this laptop is put there.

        Raises:
            NoSuchCarrier, NotACarrier, CarrierIsNotebook, CarrierGone: Nothing was changed.
            SecureExtraMissing, KeysDamaged: Nothing was changed.
            NotebookReadOnly, DiskRefused, SyncFailed: What had come in is kept.
        """
        from .carrier.meeting import Meeting

        if not dry_run:
            self._need_pen()
        from .secure.guard import guard_of

        side = self._side(guard_of(self.folder, self._device.id))
        return Meeting(
            side, folder, dry_run=dry_run, progress=progress, stop=stop, accept=accept
        ).run()

    def take_held(self) -> int:
        """Take in what is held and whose laptop is trusted now; how many files.

        Raises:
            SecureExtraMissing, KeysDamaged, NotebookReadOnly, DiskRefused, SyncFailed
        """
        from .carrier.releasing import take_held
        from .secure.guard import guard_of

        self._need_pen()
        return take_held(self._side(guard_of(self.folder, self._device.id)))

    def _side(self, guard: Guard | None = None) -> Side:
        from .carrier.side import Side
        from .secure.guard import Guard as NoGuard

        return Side(
            folder=self.folder,
            ledger=self._ledger,
            forums=self._forums,
            ids=self._ids,
            now=self._now,
            disk=self._disk,
            chance=self._chance,
            device=self._device,
            become=self._become,
            guard=guard or NoGuard(),
            keep_view=self._keep_view,
        )

    def _become(self, device: devices.Device) -> None:
        self._device = device
        self._ids.belong_to(device.id)

    @property
    def team(self) -> Team:
        """The keys under which this notebook meets others; off until somebody turns them on."""
        from .secure.team import Team

        return Team(self.folder, self._device.id)

    def carriers(self) -> tuple[UsedCarrier, ...]:
        """The folders in which this notebook has met others, the last one first."""
        from .carrier.folders import used

        return used(self.folder)

    def receipts(self, session: RecordId) -> Receipts:
        """Which laptops hold everything of a session that is here, as far as they have told."""
        return self._holding().of(session)

    def receipts_behind(self, *, limit: int = 20) -> tuple[Receipts, ...]:
        """The latest sessions that some laptop is not known to hold; none where there is one only.

        Args:
            limit: How many at most.
        """
        sessions = (row.id for row in self.sessions())
        return tuple(islice(self._holding().behind(sessions), limit))

    def laptops(self) -> tuple[Laptop, ...]:
        """Every laptop whose changes are here, this one first; those set aside last."""
        from .carrier.parting import aside_laptops

        holding = self._holding()
        return (*holding.laptops, *holding.gone, *aside_laptops(self._ledger))

    def find_laptop(self, words: str) -> str:
        """The id of the laptop whose owner this is, or whose id begins like this.

        Raises:
            LaptopNotKnown, SeveralLaptops
        """
        from .carrier.whose import the_laptop

        return the_laptop(words, self.laptops())

    def set_aside(self, laptops: Iterable[str], *, progress: Progress | None = None) -> None:
        """Put all that these laptops wrote out of every view; it stays on the disk.

        Whatever else they were called before goes with them. What they leave on a stick later is
        not taken in.

        Args:
            laptops: Their ids; of some that were never met too.
            progress: Told how many databases of sessions are made again.

        Raises:
            OwnLaptop, NotebookReadOnly, DiskRefused: Nothing was changed.
        """
        from .carrier.parting import set_aside

        self._need_pen()
        with self._view_made_again(progress):
            set_aside(self._side(), laptops)

    def bring_back(self, laptops: Iterable[str], *, progress: Progress | None = None) -> None:
        """Take back into every view what these laptops wrote, as it was, and meet them again.

        Raises:
            NotebookReadOnly, DiskRefused: Nothing was changed.
        """
        from .carrier.parting import bring_back, called_before

        self._need_pen()
        waiting = set(laptops)
        while waiting:
            with self._view_made_again(progress):
                bring_back(self._side(), waiting)
            waiting = called_before(self._side(), waiting)

    @contextmanager
    def _view_made_again(self, progress: Progress | None) -> Iterator[None]:
        """Whatever became of it, the view is of the laptops that count."""
        before = self._ledger.archive.aside
        try:
            yield
        finally:
            if self._ledger.archive.aside != before:
                finding = self._open_finding()
                if finding is not None:
                    finding.check(again=True)
                self._forums.make_again(progress, finding)

    def retire(self, laptop: str) -> None:
        """Expect a laptop no more: it is lost or given away.

        What it wrote stays; others hear of it, and it is back by itself once it brings something.

        Raises:
            OwnLaptop, NotebookReadOnly, DiskRefused, SyncFailed
        """
        from .carrier.parting import say_gone

        self._need_pen()
        say_gone(self._side(), laptop, gone=True)

    def unretire(self, laptop: str) -> None:
        """Expect a laptop again. Raises as ``retire``."""
        from .carrier.parting import say_gone

        self._need_pen()
        say_gone(self._side(), laptop, gone=False)

    def _holding(self) -> Holding:
        from .carrier.receipts import Holding, Touched

        if self._touched is None:
            self._touched = Touched()
        return Holding(self._side(), self._touched)

    # the line being typed

    def keep_draft(self, draft: Draft) -> None:
        """Keep the line being typed; an empty text forgets it."""
        self._need_pen()
        self._drafts.keep(draft)

    def draft(self, session: RecordId) -> Draft | None:
        """The line that was being typed in this session; None for none."""
        return self._drafts.of(session)

    def drafts(self) -> tuple[Draft, ...]:
        """Every line that was being typed and is not saved, latest first."""
        return self._drafts.all()

    # looking after it

    @property
    def is_behind(self) -> bool:
        """Whether the next list takes its time, since much has come in."""
        return self._forums.lists_are_behind

    def give_way(self, breath: Breath) -> None:
        """Let long work call this between two of its steps, on the thread that it is done on.

        Args:
            breath: May save, take back and read in the meantime; not meet, look after or verify.
        """
        self._forums.breath = breath

    def idle(self, *, progress: Progress | None = None) -> None:
        """Do what is worth doing while nobody types: seal, checkpoint the view, index new text.

        Args:
            progress: Told how many databases of sessions are done; seconds after much came in.
        """
        if self.writable and self._forums.is_worth_keeping():
            self._keep_view(progress)

    def _keep_view(self, progress: Progress | None = None) -> None:
        if not self._swept:
            self._swept = True
            sweep(self.folder, *(self.folder / one for one in _WRITTEN), *self._ledger.folders())
        self._forums.seal_if_long()
        self._forums.checkpoint(progress=progress, finding=self._open_finding())

    def _open_finding(self) -> Finding | None:
        """The search text, where there is some that can be carried on."""
        if self._finding is None and (self.folder / "cache").is_dir():
            from .finding import Finding

            self._finding = Finding(self.folder / "cache", self._forums, writes=self.writable)
        return self._finding

    def verify(
        self, *, rebuild: bool = False, progress: Progress | None = None
    ) -> Mapping[str, Any]:
        """Read every line again; rebuild the view where asked or where it differs.

        Returns:
            ``{"lines": n, "segments": n, "records": n, "damaged": [...], "held": [...],
            "rebuilt": bool, "differs": bool, "kept_anew": [...]}``
        """
        from .rescuing import rescue
        from .verifying import verify

        finding = self._open_finding() if self.writable else None
        rebuild = rebuild and self.writable
        rescued = rescue(self._side()).files if rebuild else ()
        found = verify(self._forums, self._ledger, finding, rebuild=rebuild, progress=progress)
        return {**found, "kept_anew": [f"log/{name}" for name in rescued]}

    def backup(self, file: Path, *, progress: Progress | None = None) -> Mapping[str, Any]:
        """Write every line of the notebook into one file and read it back.

        What was damaged is kept anew first, where this window may write.

        Returns:
            ``{"file", "bytes", "segments", "lines", "damaged": [...], "kept_anew": [...]}``

        Raises:
            FileExists, DiskRefused, NotebookReadOnly, BackupLacks
        """
        from .backing import backup
        from .rescuing import rescue

        if file.exists():
            raise FileExists(where=str(file))
        rescued = rescue(self._side()).files if self.writable else ()
        sessions = {f"session/{letters}" for letters in self._forums.letters_of_sessions()}
        found = backup(self.folder, self._ledger, self._device, file, sessions, progress)
        return {**found, "kept_anew": [f"log/{name}" for name in rescued]}

    @staticmethod
    def restore(file: Path, folder: Path, *, progress: Progress | None = None) -> Mapping[str, Any]:
        """Make a notebook from a backup, in a new or empty folder.

        Raises:
            NotABackup, NoSuchFile, CannotRead, FolderNotEmpty, DiskRefused, NotebookReadOnly
        """
        from .restoring import restore

        return restore(file, folder, progress)

    def close(self, *, hurried: bool = False) -> None:
        """Checkpoint what is worth it and put the pen down; all saves are on the disk already.

        Args:
            hurried: Somebody waits: what takes longer than a moment is left for the next time.
        """
        if self._pen is None:
            self._put_down()
            return
        try:
            self._forums.breath = no_breath
            if self._forums.is_worth_keeping() and not (hurried and self._forums.is_behind()):
                self._keep_view()
        except (StoreError, OSError):
            pass  # the view is made again; every save is on the disk, and was told so
        finally:
            self._put_down()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            self._put_down()  # it may have come anywhere: the view in memory is not to be believed
        else:
            self.close()

    def _put_down(self) -> None:
        self._ledger.close()
        if self._pen is not None:
            self._pen.drop()
            self._pen = None
            self.writable = False


def _holder(device: devices.Device | None, program: str, since: str) -> Holder:
    return Holder(
        pid=os.getpid(),
        laptop=device.id if device else "",
        owner=device.owner if device else "",
        since=since,
        program=program,
    )
