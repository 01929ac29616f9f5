"""Who holds what: which laptops have a session as it is here, from what each has told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import StoreError
from ..ids import session_of
from . import laptops
from .arrived import Arrived
from .kept import KeptFile, KeptFiles, sessions_in
from .readings import Laptop, Receipts
from .side import Side
from .summing import Summary


class Touched:
    """Which sessions each sealed file touches; a file is read once, since it never changes."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def by(self, one: KeptFile, kept: KeptFiles) -> frozenset[str]:
        """The sessions that a file's lines touch."""
        known = self._known.get(one.file)
        if known is None:
            try:
                known = frozenset(sessions_in(kept.content(one)))
            except StoreError:
                return frozenset()
            self._known[one.file] = known
        return known


class Holding:
    """What the laptops hold, as far as they have told when this is made.

    Only files that some laptop is not known to hold are read: usually few, and none where all
    are up to date.

    Args:
        side: This notebook.
        touched: Carried on from call to call.
    """

    def __init__(self, side: Side, touched: Touched) -> None:
        kept = KeptFiles(side.ledger.archive)
        told = laptops.all_told(side.forums)
        before = laptops.superseded(told) - {side.device.id}
        every = Summary(side, kept).laptops(Arrived())
        self.laptops = tuple(one for one in every if one.id not in before and one.state != "gone")
        """Every one that still writes, this one first."""
        self.gone = tuple(one for one in every if one.id not in before and one.state == "gone")
        """Those that nobody expects any more."""
        lines = side.ledger.open_lines()
        unsent = {touches for one in lines if (touches := session_of(one.change.rec))}
        self._lacking: dict[str, set[str]] = {side.device.id: set()}
        """By laptop, the sessions of which it is not known to hold everything."""
        for one in self.laptops:
            if one.id == side.device.id:
                continue
            has = told.get(one.id, laptops.NOTHING).has
            found: set[str] = set(unsent)
            self._lacking[one.id] = found
            for file in kept:
                if file.dev != one.id and not laptops.holds(has, file, kept):
                    found |= touched.by(file, kept)

    def of(self, session: str) -> Receipts:
        """Which laptops hold everything of a session that is here."""
        holding: list[Laptop] = []
        lacking: list[Laptop] = []
        for one in self.laptops:
            (lacking if session in self._lacking[one.id] else holding).append(one)
        return Receipts(session=session, holding=tuple(holding), lacking=tuple(lacking))

    def behind(self, sessions: Iterable[str]) -> Iterator[Receipts]:
        """Those of these sessions that some laptop is not known to hold."""
        some = set().union(*self._lacking.values())
        for one in sessions:
            if one in some:
                yield self.of(one)
