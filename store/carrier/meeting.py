"""A meeting: what is new here goes into the folder, what the others left there comes in.

The order is the safe one: close what is open, put our own files there, take in everybody else's,
say what we have taken in, pass on what the folder lacks. Every step leaves both sides whole, so a
meeting may be stopped, refused or cut off anywhere.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..breath import Stopped, quick_turns
from ..changes import segments
from ..errors import NewerSegment, StoreError
from ..files import read_plain
from ..readings import Notice
from ..rescuing import rescue_among
from ..secure.errors import PlainBesideKeys
from ..secure.guard import ENDING
from ..view.list_rows import undisturbed
from .errors import CarrierGone, NotTakenIn, TooManyFiles
from .folders import remember
from .giving import Giving
from .held import INTRODUCED, TRIED_AGAIN, Held, reason_of, unmendable
from .kept import KeptFiles
from .looking import Found, Look, check_place, is_locked, look
from .newcomers import Newcomers
from .of_us import tell_of_us
from .parting import left_out
from .readings import HeldFile, Met, Received, Unknown
from .side import Side
from .summing import Summary
from .taking import Taking

_ROOM: Final = 1 << 20
"""Bytes that an encrypted file may be larger than what is in it."""
_MANY: Final = 5_000
"""Changes whose values are worth keeping away from Python's collector."""


Progress = Callable[[int, int], None]


class Meeting:
    """One meeting in one folder.

    Args:
        side: This notebook.
        carrier: The folder; made where only its parent is there.
        dry_run: Write nothing, here or there; say what would happen.
        progress: Told how many bytes are done, and of how many.
        stop: Asked between files whether to end early.
        accept: Laptops that are taken in though nobody here knows them; None for all.
    """

    def __init__(
        self,
        side: Side,
        carrier: Path,
        *,
        accept: Collection[str] | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self._side = side
        self._carrier = carrier
        self._dry_run = dry_run
        self._progress = progress
        self._ask = stop
        self._accept = accept
        self._stopped = False
        self._warnings: list[StoreError] = []
        self._held: list[HeldFile] = []
        self._done = self._of = 0

    def run(self) -> Met:
        """Meet.

        Raises:
            NoSuchCarrier, NotACarrier, CarrierIsNotebook, CarrierGone: Nothing was changed.
            DiskRefused, NotebookReadOnly, SyncFailed: Our own disk refused; what came in is kept.
        """
        check_place(self._carrier, self._side.folder)
        side, is_new = self._side, not self._carrier.exists()
        with undisturbed(), quick_turns():
            found = Look() if is_new else look(self._carrier, stop=self._stop)
            self._warnings += found.warnings
            self._held += found.held
            if not self._dry_run:
                side.forums.seal()
            kept = KeptFiles(self._side.ledger.archive)
            summary = Summary(self._side, kept)
            giving = self._giving = Giving(
                side, self._carrier, is_new, dry_run=self._dry_run, stop=self._stop, pace=self._pace
            )
            if not side.guard.is_on() and any(is_locked(one) for one in found.files):
                giving.block(PlainBesideKeys(where=str(self._carrier)))
            own_clock = list(summary.own_clock())
            here, aside = {side.device.id, *kept.seqs}, side.ledger.archive.aside
            newcomers = Newcomers(here, summary.named(), aside, self._accept)
            taking = Taking(
                side, kept, newcomers, dry_run=self._dry_run, clock_believed=not own_clock
            )
            self._warnings += own_clock
            self._of = sum(one.size for one in found.files)
            self._of += sum(one.size for one in kept.of(side.device.id))
            names = [one.path.name for one in found.files]
            among_friends = self._accept is None or newcomers.knows_one(names, side.device.id)
            if among_friends:
                giving.send_own(kept)
            try:
                knew = side.guard.knows
                self._receive(found.files, kept, taking)
                self._receive_introduced(found.files, kept, taking, knew)
                again = newcomers.settle()
                self._receive([one for one in found.files if one.name in again], kept, taking)
            finally:
                if not self._dry_run:
                    taking.fold()
            unknown = tuple(newcomers.unknown())
            if not among_friends:
                if again or not (unknown or taking.met_aside):
                    giving.send_own(kept)
                else:
                    giving.withhold()
            if not self._dry_run and not self._stopped:
                # what no copy in the folder has mended
                self._warnings += rescue_among(side, kept, giving.mend)
                self._write_much()
            if not self._dry_run and not self._stopped:
                tell_of_us(self._side, kept)
            rest = [] if giving.withheld else giving.lacking(kept)
            self._of += sum(one.size for one in rest)
            giving.send(rest, kept)
            giving.look_again()
            if not self._dry_run:
                side.guard.keep()
            met = self._met(summary, taking, unknown)
            if met.received.changes > _MANY:
                gc.freeze()  # else the next look for garbage stops a screen for a third of a second
            return met

    def _stop(self) -> bool:
        try:  # between two files: give way
            self._side.forums.breath()
        except Stopped:
            self._stopped = True
        if not self._stopped and self._ask is not None and self._ask():
            self._stopped = True
        return self._stopped

    def _pace(self, size: int) -> None:
        self._done += size
        if self._progress:
            self._progress(min(self._done, self._of), self._of)

    def _write_much(self) -> None:
        """Write the view of very much database by database; it is never in memory as a whole."""
        if not self._side.forums.is_far_behind():
            return
        before = self._done
        self._of += before  # it takes about as long as reading

        def pace(done: int, of: int) -> None:
            if self._stop():
                raise Stopped
            self._pace(before + before * done // of - self._done)

        try:
            self._side.keep_view(pace)
        except Stopped:  # every line is durable; the view is made when there is time again
            self._stopped = True

    # taking

    def _receive(self, files: Iterable[Found], kept: KeptFiles, taking: Taking) -> None:
        held = Held(self._side.folder)
        for one in files:
            if self._stop():
                return
            plain = one.path.name.removesuffix(ENDING)
            if plain not in self._giving.mend and kept.is_there(one.path, one.size, plain):
                self._giving.there.add(plain)
                if not taking.has_met(plain):
                    self._tell_newer(one, plain, kept)
            elif not self._read(one, taking, held):
                return
            self._pace(one.size)

    def _receive_introduced(
        self, files: list[Found], kept: KeptFiles, taking: Taking, knew: int
    ) -> None:
        """Read again what waited for somebody's word, where a later file has brought it."""
        while self._side.guard.knows > knew and not self._stopped:
            knew = self._side.guard.knows
            waited = {one.file for one in self._held if isinstance(one.refusal, INTRODUCED)}
            self._held = [one for one in self._held if one.file not in waited]
            self._receive([one for one in files if one.name in waited], kept, taking)

    def _tell_newer(self, found: Found, plain: str, kept: KeptFiles) -> None:
        """A file that is here and passed on, and waits for an update of the program."""
        if kept.by_file[plain].name not in self._side.forums.sealed:
            self._hold(found.name, NewerSegment(where=found.name), retry=True)

    def _read(self, found: Found, taking: Taking, held: Held) -> bool:
        """Take one file in; False where the folder itself has gone."""
        try:
            raw = read_plain(found.path, segments.MAX_FILE + _ROOM)
        except StoreError as error:
            if not self._carrier.is_dir():
                self._giving.block(CarrierGone(where=str(self._carrier)))
                return False
            unread = NotTakenIn(where=found.name, reason=reason_of(error))
            self._hold(found.name, unread, retry=True)
            return True
        try:
            content = self._side.guard.inwards(raw, found.name)
        except StoreError as error:
            self._hold(found.name, error, retry=True)
            return True
        refusal = self._take_pieces(found, content, taking)
        if self._dry_run:
            return True
        if refusal is not None and not isinstance(refusal, NewerSegment):
            held.keep(found.name, content, refusal)
        else:
            held.forget(found.name)
        return True

    def _take_pieces(self, found: Found, content: bytes, taking: Taking) -> StoreError | None:
        """Every segment of a file, each for itself; the first refusal."""
        first: StoreError | None = None
        for piece in segments.pieces(content, found.name):
            if isinstance(piece, StoreError):
                refusal: StoreError | None = unmendable(piece)
            else:
                refusal = taking.take(piece, found.name)
                if refusal is None or isinstance(refusal, NewerSegment):
                    self._giving.there.add(piece.name)
            first = first or refusal
        if first is not None:
            retry = isinstance(first, TRIED_AGAIN)
            self._hold(found.name, first, retry=retry)
        return first

    def _hold(self, name: str, refusal: StoreError, *, retry: bool) -> None:
        self._held.append(HeldFile(file=name, refusal=refusal, retry=retry))

    # the answer

    def _conflicts(self, summary: Summary) -> int:
        """How many there are; none are told where nobody waits for the count."""
        with suppress(Stopped):
            return 0 if self._stopped else summary.conflicts(self._breath)
        return 0

    def _breath(self) -> None:
        if self._stop():
            raise Stopped

    def _met(self, summary: Summary, taking: Taking, unknown: tuple[Unknown, ...]) -> Met:
        side, arrived = self._side, taking.arrived
        if not self._dry_run:
            exchanged = arrived.changes or self._giving.sent.changes
            last = next(side.ledger.own_newest_first(), None) if exchanged else None
            remember(side.folder, self._carrier, side.now(), last.id if last else "")
        warnings = [
            *self._warnings,
            *self._giving.warnings,
            *taking.warnings(),
        ]
        return Met(
            folder=self._carrier,
            sent=self._giving.sent,
            received=Received(
                segments=arrived.segments,
                changes=arrived.changes,
                sessions=len(arrived.sessions),
                edited=len(set().union(*arrived.touched.values()) - arrived.sessions),
                laptops=sum(count > 0 for count in arrived.of_records.values()),
                on_both=len(summary.on_both(arrived.touched)),
            ),
            held=tuple(self._held),
            conflicts=self._conflicts(summary),
            laptops=summary.laptops(arrived),
            warnings=tuple(Notice(kind=one.kind, facts={"refusal": one}) for one in warnings),
            joined=summary.joined(arrived),
            left_out=tuple(left_out(side.folder, taking.left_out)),
            unknown=unknown,
            withheld=self._giving.withheld,
            stopped=self._stopped,
            safe=not (self._dry_run or self._stopped or self._giving.lacks_something),
            whole_look=not any(isinstance(one, TooManyFiles) for one in warnings),
            dry_run=self._dry_run,
        )
