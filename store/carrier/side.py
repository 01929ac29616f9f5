"""This laptop's side of a meeting: its notebook, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ..changes.ledger import Ledger
from ..changes.line import Change, encode
from ..device import Device, new_device, write_device
from ..files import Disk
from ..ids import IdMaker, is_odd
from ..secure.guard import Guard
from ..view.forums import Forums
from . import laptops


@dataclass(slots=True)
class Side:
    """One notebook, open with the pen or for looking only."""

    folder: Path
    ledger: Ledger
    forums: Forums
    ids: IdMaker
    now: Callable[[], datetime]
    disk: Disk
    chance: Callable[[int], bytes]
    """Random bytes for a new laptop id."""
    device: Device
    become: Callable[[Device], None]
    """Told when this laptop takes a new id."""
    guard: Guard
    """What goes out and comes in passes it."""
    keep_view: Callable[[Callable[[int, int], None]], None]
    """Writes the view; told a function that hears how many databases of how many are done."""

    def tell(self, put: Mapping[str, Any]) -> None:
        """Write a line of this laptop's own record. Raises as ``Ledger.append``."""
        rec = laptops.record_of(self.device.id)
        state = self.forums.state(rec)
        now = self.now()
        clock = now.timestamp() * 1000
        change = Change(
            id=self.ids.next(state.seen, at=clock),
            rec=rec,
            put=put,
            base=laptops.bases(state, put),
            time=now.isoformat(timespec="seconds"),
            dev=self.device.id,
            who=None,
            tx=None,
            odd_clock=is_odd(clock),
        )
        self.ledger.append([change], [encode(change)])
        self.forums.take_in([change])

    def take_new_id(self) -> str:
        """Be another laptop from now on; what was written before stays and is still sent.

        Returns:
            The id until now.

        Raises:
            DiskRefused, NotebookReadOnly, SyncFailed
        """
        before = self.device
        self.forums.seal()  # its lines name the old id
        device = replace(new_device(before.owner, chance=self.chance), continues=before.continues)
        write_device(self.folder, device)
        self.device = device
        self.ledger.dev = device.id
        self.become(device)
        self.tell({"owner": device.owner, "was": [before.id]})
        return before.id
