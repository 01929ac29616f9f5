"""What a meeting comes to: laptops, strangers, sessions changed on both, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from ..errors import StoreError
from ..ids import clock_milliseconds, is_odd, session_of
from . import laptops
from .errors import OddClock
from .kept import KeptFiles, count_told, newest_id, sessions_in
from .readings import Joined, Laptop
from .side import Side
from .taking import Arrived

_LATEST_FILES: Final = 3
"""Of a laptop, to look for its newest change in; a clock may have gone back in between."""
_BACK: Final = 3_600_000
"""Milliseconds by which our own clock may stand behind our newest change."""


class Summary:
    """Sums one meeting up; made before it begins, since it compares with what was before.

    Args:
        side: This notebook.
        kept: Its sealed files; those that came are in when it is asked.
    """

    def __init__(self, side: Side, kept: KeptFiles) -> None:
        self._side = side
        self._kept = kept
        self._before = laptops.all_told(side.forums)
        self._known = {side.device.id, *kept.seqs, *self._before}
        self._known |= {dev for told in self._before.values() for dev in told.has}
        self._dev = side.device.id
        self._own = list(kept.of(self._dev))

    def laptops(self, arrived: Arrived) -> tuple[Laptop, ...]:
        """Every laptop whose changes are here, this one first."""
        side, told = self._side, laptops.all_told(self._side.forums)
        mine = side.device.id
        devs = sorted(
            {mine, *self._kept.seqs, *arrived.touched} - {""}, key=lambda one: one != mine
        )
        found = []
        for dev in devs:
            known = told.get(dev, laptops.NOTHING)
            files = self._kept.of(dev)
            lines = sum(count_told(one.path, one.size) for one in files) - known.lines
            if dev == mine:
                lines += len(side.ledger.open_lines())
            if not files:
                lines += arrived.of_records[dev]
            name = side.device.owner if dev == mine else arrived.owners.get(dev) or known.owner
            found.append(
                Laptop(id=dev, name=name, last_seen=self._last_seen(dev), changes=max(0, lines))
            )
        return tuple(found)

    def _last_seen(self, dev: str) -> datetime | None:
        newest = ""
        if dev == self._side.device.id:
            newest = max((one.change.id for one in self._side.ledger.open_lines()), default="")
        for one in self._kept.of(dev)[-_LATEST_FILES:]:
            with suppress(StoreError):
                newest = max(newest, newest_id(self._kept.content(one)))
        if not newest:
            return None
        moment = datetime.fromtimestamp(clock_milliseconds(newest) / 1000, UTC)
        return moment.astimezone(self._side.now().tzinfo)

    def joined(self, arrived: Arrived) -> tuple[Joined, ...]:
        """Laptops of notebooks that were started apart."""
        return tuple(
            Joined(
                id=dev,
                name=arrived.owners.get(dev, ""),
                sessions=len(arrived.made[dev] & arrived.sessions),
                changes=arrived.of_records[dev],
            )
            for dev in sorted(set(arrived.made) - self._known)
            if arrived.of_records[dev] and not arrived.acquainted.get(dev, set()) & self._known
        )

    def on_both(self, touched: Mapping[str, set[str]]) -> set[str]:
        """Sessions that others have changed without having seen our last change of them."""
        found: set[str] = set()
        for dev, theirs in touched.items():
            if theirs and dev != self._dev:
                found |= theirs & self._unseen_by(dev)
        return found

    def _unseen_by(self, dev: str) -> set[str]:
        has = self._before.get(dev, laptops.NOTHING).has
        found: set[str] = set()
        for one in self._own:
            if not laptops.holds(has, one, self._kept):
                try:
                    found |= sessions_in(self._kept.content(one))
                except StoreError:
                    continue
        for line in self._side.ledger.open_lines():
            if session := session_of(line.change.rec):
                found.add(session)
        return found

    def conflicts(self) -> int:
        """Fields with several values, in the whole notebook."""
        return self._side.forums.conflicts()

    def own_clock(self) -> Iterator[OddClock]:
        """Our own clock where it is out of range, or stands behind our newest change."""
        now = self._side.now()
        wall = now.timestamp() * 1000
        newest = self._last_seen(self._side.device.id)
        went_back = newest is not None and newest.timestamp() * 1000 > wall + _BACK
        if is_odd(wall) or went_back:
            name = self._side.device.owner or self._side.device.id
            time = now.isoformat(timespec="seconds")
            yield OddClock(laptop=name, time=time, where=self._side.device.id)
