"""Giving: what is here and not in the folder is put there, and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ..changes import segments
from ..errors import StoreError
from . import laptops
from .errors import CarrierGone, NotGiven
from .kept import KeptFile, KeptFiles, of_records
from .putting import Own
from .readings import Sent
from .side import Side


class Giving:
    """What one meeting puts into the folder.

    Args:
        side: This notebook.
        carrier: The folder.
        is_new: It is not there yet, and is made when something is put into it.
        dry_run: Only count.
        stop: Asked between files whether to end early.
        pace: Told the bytes of every file that is done.
    """

    def __init__(
        self,
        side: Side,
        carrier: Path,
        is_new: bool,
        *,
        dry_run: bool,
        stop: Callable[[], bool],
        pace: Callable[[int], None],
    ) -> None:
        self.there: set[str] = set()
        """Files of changes that stand in the folder, by the names that their bytes have."""
        self.mend: set[str] = set()
        """Own files there that differ from a copy here that rotted."""
        self.lacks: list[str] = []
        """Files that could not be put there, because they are damaged here."""
        self.blocked = False
        """The folder takes nothing more from us."""
        self.withheld = False
        """Nothing is put there before somebody has said who the others are."""
        self.warnings: list[StoreError] = []
        self._side = side
        self._carrier = carrier
        self._is_new = is_new
        self._dry_run = dry_run
        self._stop = stop
        self._pace = pace
        self._segments = self._changes = 0

    @property
    def lacks_something(self) -> bool:
        """Whether anything that is here was not put there."""
        return self.blocked or self.withheld or bool(self.lacks)

    @property
    def sent(self) -> Sent:
        """What was put there so far."""
        return Sent(segments=self._segments, changes=self._changes)

    def block(self, why: StoreError) -> None:
        """Put nothing more there; said once for each kind of trouble."""
        self.blocked = True
        if why.kind not in {one.kind for one in self.warnings}:
            self.warnings.append(why)

    def withhold(self) -> None:
        """Put nothing there this time."""
        self.withheld = True

    def look_again(self) -> None:
        """Whether the folder is still there at the end."""
        if not (self.blocked or self.withheld or self._dry_run or self._carrier.is_dir()):
            self.block(CarrierGone(where=str(self._carrier)))

    def _own(self) -> Own:
        side = self._side
        return Own(self._carrier, side.device.id, side.disk, side.guard, make=self._is_new)

    def send_own(self, kept: KeptFiles) -> None:
        """This laptop's files that its folder there lacks, or holds damaged."""
        own = self._own()
        for one in kept.of(self._side.device.id):
            if self._stop():
                break
            self._send_one(own, one, kept)
            self._pace(one.size)
        self._finish(own)
        if self._dry_run:
            self._count_open()

    def _send_one(self, own: Own, one: KeptFile, kept: KeptFiles) -> None:
        try:
            content = kept.content(one)
        except StoreError:
            self.mend.add(one.file)
            return
        if own.holds(one.file, content):
            self.there.add(one.file)
        elif kept.whole(one) is None:
            self.mend.add(one.file)
        else:
            self._put(own, one, content)

    def lacking(self, kept: KeptFiles) -> list[KeptFile]:
        """Files that stand nowhere in the folder: of others, or written since it was looked at."""
        return [one for one in kept if one.file not in self.there]

    def send(self, files: Iterable[KeptFile], kept: KeptFiles) -> None:
        """Put these into our folder there; one that rotted here is left out."""
        own = self._own()
        for one in files:
            if self.blocked or self._stop():
                break
            piece = kept.whole(one)
            if piece is not None:
                self._put(own, one, piece.content)
            else:
                self._leave_out(one)
            self._pace(one.size)
        self._finish(own)

    def _leave_out(self, one: KeptFile) -> None:
        """A file that rotted here and stands nowhere in the folder."""
        self.lacks.append(one.name)
        if len(self.lacks) == 1:
            self.warnings.append(NotGiven(where=f"log/{one.name}"))

    def _finish(self, own: Own) -> None:
        try:
            own.finish()
        except StoreError as error:
            self.block(error)

    def _put(self, own: Own, one: KeptFile, content: bytes) -> None:
        if self.blocked:
            return
        if not self._dry_run:
            try:
                own.put(one.file, content)
            except StoreError as error:
                self.block(error)
                return
        self.there.add(one.file)
        self._segments += 1
        self._changes += of_records(content.count(b'\n{"id":"'), content)

    def _count_open(self) -> None:
        """What a dry run would close and send."""
        lines = self._side.ledger.open_lines()
        self._segments += -(-len(lines) // segments.SEAL_AT)
        self._changes += sum(not laptops.is_of_laptop(line.change.rec) for line in lines)
