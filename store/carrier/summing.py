"""What a meeting comes to: laptops, strangers, sessions changed on both, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from math import inf
from typing import Final

from ..breath import Breath
from ..errors import StoreError
from ..ids import EARLIEST, clock_milliseconds, is_odd, session_of
from . import clocks, laptops
from .arrived import Arrived
from .errors import OddClock
from .kept import KeptFiles, count_told, newest_id, sessions_in
from .readings import Joined, Laptop
from .side import Side

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
        self.known = {side.device.id, *kept.seqs, *self._before}
        self.known |= {dev for told in self._before.values() for dev in told.has}
        self._dev = side.device.id
        self._own = list(kept.of(self._dev))

    def named(self) -> dict[str, set[str]]:
        """By laptop those whom it told to know, as far as it is here."""
        return {dev: {*told.has, *told.was} for dev, told in self._before.items()}

    def laptops(self, arrived: Arrived) -> tuple[Laptop, ...]:
        """Every laptop whose changes are here, this one first."""
        side, told = self._side, laptops.all_told(self._side.forums)
        mine = side.device.id
        devs = sorted(
            {mine, *self._kept.seqs, *arrived.touched} - {""}, key=lambda one: (one != mine, one)
        )
        gone = laptops.gone(told, self._kept, side.device)
        believed = not any(self.own_clock())
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
            seen = self._last_seen(dev)
            wrong = believed and dev != mine and self._is_wrong(dev)
            found.append(
                Laptop(
                    id=dev,
                    name=name,
                    last_seen=None if wrong else seen,
                    changes=max(0, lines),
                    clock_wrong=wrong,
                    is_own=dev == mine,
                    state="gone" if dev in gone else "",
                )
            )
        return tuple(found)

    def _is_wrong(self, dev: str) -> bool:
        """Whether a laptop's newest file was written at a time that cannot be."""
        for one in self._kept.of(dev)[-1:]:
            with suppress(StoreError):
                if newest := newest_id(self._kept.content(one)):
                    wall = self._side.now().timestamp() * 1000
                    clock = clock_milliseconds(newest)
                    ahead = clocks.AHEAD.total_seconds() * 1000
                    return clock < EARLIEST + _BACK or clock > wall + ahead
        return False

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
            for dev in sorted(set(arrived.made) - self.known)
            if arrived.of_records[dev] and not arrived.acquainted.get(dev, set()) & self.known
        )

    def on_both(self, touched: Mapping[str, Mapping[str, int]]) -> set[str]:
        """Sessions that others have changed without having seen our last change of them.

        Args:
            touched: By laptop its sessions, each with how far it had taken ours in.
        """
        theirs = [found for dev, found in touched.items() if dev != self._dev and found]
        if not theirs:
            return set()
        newest = self._newest_own(min(min(found.values()) for found in theirs))
        return {
            session
            for found in theirs
            for session, reach in found.items()
            if newest.get(session, 0) > reach
        }

    def _newest_own(self, after: int) -> dict[str, float]:
        """Sessions of our files past this number, each with the number of the last one."""
        found: dict[str, float] = {}
        for one in self._own:
            if one.seq > after:
                with suppress(StoreError):
                    found |= dict.fromkeys(sessions_in(self._kept.content(one)), one.seq)
        for line in self._side.ledger.open_lines():
            if session := session_of(line.change.rec):
                found[session] = inf
        return found

    def conflicts(self, breath: Breath) -> int:
        """Fields with several values, in the whole notebook."""
        return self._side.forums.conflicts(breath)

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
