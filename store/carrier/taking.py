"""Taking other laptops' files in: checked, copied durably below ``log``, then folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ..changes import segments
from ..changes.archive import Ref
from ..changes.line import Change
from ..errors import DamagedSegment, NewerSegment, StoreError
from ..files import refused, write_new
from ..ids import record_letters, session_of
from . import clocks, laptops
from .arrived import Arrived
from .copies import is_of_backup, names_us
from .errors import Cloned, ClonedElsewhere, NotTakenIn, OddClock, RepeatsAnother, TooFarAhead
from .far import FarAhead
from .kept import KeptFiles
from .newcomers import Newcomers
from .repeated import Repeated
from .side import Side

Lines = list[tuple[str, Change | Ref]]
IN_MEMORY: Final = 150_000
"""Changes that wait for their database as they were read; later ones are read once more."""


class Taking:
    """One meeting's intake.

    Args:
        side: This notebook.
        kept: Its sealed files; those that come are added.
        dry_run: Only look.
        clock_believed: Whether the clocks of others may be judged by ours.
        newcomers: Who is known; what the others wrote is only looked at.
    """

    def __init__(
        self,
        side: Side,
        kept: KeptFiles,
        newcomers: Newcomers,
        *,
        dry_run: bool,
        clock_believed: bool,
    ) -> None:
        self.arrived = Arrived()
        self.renewed: str | None = None
        """The id that this laptop had before, where it was found to be copied."""
        self.left_out: Counter[str] = Counter()
        """By laptop that is set aside, how many new files of it stand in the folder."""
        self._side = side
        self._kept = kept
        self._newcomers = newcomers
        self._dry_run = dry_run
        self._waiting: list[tuple[str, Lines]] = []
        self._folders: set[Path] = set()
        self._followed: set[str] | None = None
        self._told = laptops.all_told(side.forums)
        self._dead = laptops.superseded(self._told)
        self._mine = side.device.id
        """As we were called when the meeting began."""
        self._reach: dict[str, int] = {}
        self._met: set[str] = set()
        """Files that were counted already, with a dry run."""
        self._latest = clocks.latest_believed(side.now()) if clock_believed else ""
        self._odd: dict[str, str] = {}
        """By laptop a time that it cannot have written at."""
        self._twins: list[str] = []
        self._far = FarAhead(side.ledger)
        self._repeated = Repeated(side.ledger, kept)
        self._fresh: set[str] = set()
        """Sessions that were touched and are not here yet."""
        self._authors: dict[str, str] = {}
        """Each session that was touched, with the laptop; empty where it was here already, or
        several laptops touched it."""

    def take(self, piece: segments.Piece, where: str) -> StoreError | None:
        """Take one segment in; what must be told of it, or None.

        Raises:
            DiskRefused, NotebookReadOnly, SyncFailed: Our own disk does not take it.
        """
        archive = self._side.ledger.archive
        if piece.dev in archive.aside:
            is_new = not (archive.folder / piece.dev / piece.name).exists()
            self.left_out[piece.dev] += is_new and piece.name not in self._met
            self._met.add(piece.name)
            return None
        if piece.name in self._met or self._has(piece):
            return None
        if unwanted := self._side.guard.check(piece, where):
            return unwanted
        refusal: StoreError | None = None
        changes: Sequence[Change] = ()
        try:
            changes = segments.changes_of(piece, where)
        except NewerSegment as newer:
            refusal = newer  # kept byte for byte and passed on; read after an update
        except DamagedSegment as error:
            return NotTakenIn(where=where, reason=error.facts["reason"])
        if self._far.is_astray(changes):
            return TooFarAhead(where=where)
        if laptop := self._repeated.of_whom(piece.dev, changes):
            return RepeatsAnother(where=where, laptop=self.name_of(laptop))
        if not self._is_let_in(piece, changes, where):
            return None
        self._look_for_copies(piece, changes)
        self._met.add(piece.name)
        self._count(piece, changes)
        if not self._dry_run:
            self._copy(piece)
            if refusal is None:
                self._wait(piece, changes)
        return refusal

    def _is_let_in(self, piece: segments.Piece, changes: Sequence[Change], where: str) -> bool:
        """Whether its laptop is known; with keys, somebody has vouched for it already."""
        if self._side.guard.is_on() or self._newcomers.is_known(piece.dev):
            self._newcomers.hear(piece.dev, changes)
            return True
        self._newcomers.wait(piece, changes, where)
        return False

    @property
    def met_aside(self) -> bool:
        """Whether laptops that are set aside have files in the folder."""
        return bool(self.left_out)

    def has_met(self, name: str) -> bool:
        """Whether a file of this name came in during this meeting."""
        return name in self._met

    def _has(self, piece: segments.Piece) -> bool:
        kept = self._kept.by_file.get(piece.name)
        if kept is None:
            return False
        try:
            return self._kept.content(kept) == piece.content
        except StoreError:
            return False  # ours rotted: a good copy has come

    def _copy(self, piece: segments.Piece) -> None:
        folder = self._side.ledger.archive.folder / piece.dev
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise refused(error, folder) from error
        write_new(folder / piece.name, piece.content, name=False, disk=self._side.disk)
        self._folders |= {folder, folder.parent}
        self._kept.add(f"{piece.dev}/{piece.name}")

    def _wait(self, piece: segments.Piece, changes: Sequence[Change]) -> None:
        name = f"{piece.dev}/{piece.name}"
        if self.arrived.changes <= IN_MEMORY:
            lines: Lines = [(change.rec, change) for change in changes]
        else:
            archive = self._side.ledger.archive
            lines = [(line.rec, line.ref) for line in archive.lines_of(name, piece.content)]
        self._waiting.append((name, lines))

    def fold(self) -> None:
        """Make the names of what was copied durable, then let the view know of the lines.

        Raises:
            DiskRefused, NotebookReadOnly: It is read when the notebook is opened next.
        """
        try:
            for folder in sorted(self._folders):
                self._side.disk.sync_folder(folder)
        except OSError as error:
            raise refused(error, folder) from error
        self._folders.clear()
        self._side.ledger.archive.forget()
        for name, lines in self._waiting:
            self._side.forums.take_in_sealed(name, lines, self.arrived.suspects)
        self._waiting.clear()

    # what is told of it

    def _count(self, piece: segments.Piece, changes: Sequence[Change]) -> None:
        arrived, dev = self.arrived, piece.dev
        arrived.segments += 1
        touched = arrived.touched.setdefault(dev, {})
        made = arrived.made.setdefault(dev, set())
        reach = self._reach[dev] if dev in self._reach else self._reach_before(dev)
        for change in changes:
            rec = change.rec
            if laptops.is_of_laptop(rec):
                if rec == laptops.record_of(dev):
                    self._listen(dev, change)
                    reach = laptops.reach_in(change.put, self._mine) or reach
                continue
            arrived.of_records[dev] += 1
            if session := session_of(rec):
                touched.setdefault(session, reach)
                if session == rec:
                    made.add(rec)
        self._reach[dev] = reach
        arrived.changes = arrived.of_records.total()
        for one in touched:
            self._suspect(one, "" if dev in self._dead else dev)
        arrived.sessions |= {one for one in made if one in self._fresh}
        self._look_at_clock(dev, changes)

    def _reach_before(self, dev: str) -> int:
        """How far a laptop had taken ours in, as it told before this meeting."""
        known = self._told.get(dev, laptops.NOTHING).has.get(self._mine)
        return known.seq if known else 0

    def _listen(self, dev: str, change: Change) -> None:
        """What a laptop tells of itself."""
        owner = change.put.get("owner")
        if isinstance(owner, str):
            self.arrived.owners[dev] = owner
        self.arrived.acquainted.setdefault(dev, set()).update(laptops.named_in(change.put))

    def _suspect(self, session: str, dev: str) -> None:
        """Only what several laptops have touched can have several values."""
        letters = record_letters(session)
        if session not in self._authors:
            known = self._side.forums.has_session(letters)
            self._authors[session] = "" if known else dev
            if not known:
                self._fresh.add(session)
        if self._authors[session] != dev or not dev:
            self.arrived.suspects.add(letters)

    def _look_at_clock(self, dev: str, changes: Sequence[Change]) -> None:
        if dev in self._odd:
            return
        if time := clocks.wrong_time(changes, self._latest):
            self._odd[dev] = time

    def name_of(self, dev: str) -> str:
        """Whose laptop, or its id where nobody has said it."""
        known = self._told.get(dev, laptops.NOTHING).owner
        return self.arrived.owners.get(dev) or known or dev

    def warnings(self) -> Iterator[StoreError]:
        """What a person should hear, with the names that are known by the end."""
        if self.renewed:
            yield Cloned(where=self.renewed, laptop=self._side.device.id)
        for dev in self._twins:
            yield ClonedElsewhere(where=self.name_of(dev))
        for dev, time in self._odd.items():
            yield OddClock(laptop=self.name_of(dev), time=time, where=dev)

    # copied notebooks

    def _look_for_copies(self, piece: segments.Piece, changes: Sequence[Change]) -> None:
        mine = self._side.device.id
        if self._is_our_twin(piece, mine) or names_us(changes, mine):
            self._renew(mine)
            return
        twins = self._kept.seqs.get(piece.dev, {}).get(piece.seq, set()) - {piece.name}
        if twins and piece.dev not in self._dead | {mine} and not self._is_of_backup(piece):
            self._dead.add(piece.dev)
            self._twins.append(piece.dev)

    def _is_our_twin(self, piece: segments.Piece, mine: str) -> bool:
        """Whether a file under our id was not written by us; one that we lost is ours."""
        if piece.dev != mine or piece.name in self._kept.by_file or self._is_of_backup(piece):
            return False
        if self._followed is None:
            self._followed = self._kept.followed(mine)
        return piece.sha256 not in self._followed

    def _is_of_backup(self, piece: segments.Piece) -> bool:
        own = self._dry_run and piece.dev == self._side.device.id
        return is_of_backup(piece, self._kept, self._side.ledger.open_lines() if own else ())

    def _renew(self, mine: str) -> None:
        if self.renewed is not None:
            return
        self.renewed = mine
        self._dead.add(mine)
        if not self._dry_run:
            self._side.take_new_id()
            for name in self._side.ledger.archive.names():
                self._kept.add(name)
