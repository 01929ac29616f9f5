"""Who holds what: which laptops have a session as it is here, from what each has told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..errors import StoreError
from ..ids import session_of
from . import laptops
from .kept import KeptFile, KeptFiles, sessions_in
from .readings import Laptop, Receipts
from .side import Side
from .summing import Summary
from .taking import Arrived


class Touched:
    """Which sessions each sealed file touches; a file is read once, since it never changes."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def by_session(self, kept: KeptFiles) -> dict[str, list[KeptFile]]:
        """The files that hold changes of each session."""
        found: dict[str, list[KeptFile]] = {}
        for one in kept:
            for session in self._of(one, kept):
                found.setdefault(session, []).append(one)
        return found

    def _of(self, one: KeptFile, kept: KeptFiles) -> frozenset[str]:
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

    Args:
        side: This notebook.
        touched: Carried on from call to call.
    """

    def __init__(self, side: Side, touched: Touched) -> None:
        self._mine = side.device.id
        self._kept = KeptFiles(side.ledger.archive)
        self._files = touched.by_session(self._kept)
        self._told: Mapping[str, laptops.Told] = laptops.all_told(side.forums)
        gone = laptops.superseded(self._told)
        every = Summary(side, self._kept).laptops(Arrived())
        self.laptops = tuple(one for one in every if one.id not in gone)
        """Every one that still writes, this one first."""
        lines = side.ledger.open_lines()
        self._unsent = {found for one in lines if (found := session_of(one.change.rec))}

    def of(self, session: str) -> Receipts:
        """Which laptops hold everything of a session that is here."""
        holding: list[Laptop] = []
        lacking: list[Laptop] = []
        for one in self.laptops:
            (holding if self._holds(one.id, session) else lacking).append(one)
        return Receipts(session=session, holding=tuple(holding), lacking=tuple(lacking))

    def _holds(self, laptop: str, session: str) -> bool:
        if laptop == self._mine:
            return True
        if session in self._unsent:
            return False
        has = self._told.get(laptop, laptops.NOTHING).has
        return all(
            one.dev == laptop or laptops.holds(has, one, self._kept)
            for one in self._files.get(session, ())
        )

    def behind(self, sessions: Iterable[str]) -> Iterator[Receipts]:
        """Those of these sessions that some laptop is not known to hold."""
        if len(self.laptops) < 2:
            return
        for one in sessions:
            found = self.of(one)
            if found.lacking:
                yield found
