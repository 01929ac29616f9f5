"""Laptops in memory, built of the store's own parts: ids, lines, segments and the fold."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import Any, Final

from store.changes import segments
from store.changes.fold import Folded
from store.changes.line import DELETED, Change, encode
from store.errors import StoreError
from store.ids import IdMaker

NOON: Final = 1_780_000_000_000.0
"""Milliseconds; nothing here reads a real clock."""


class Laptop:
    """One that writes, seals, takes in, and is started anew.

    Args:
        dev: Its id; a clone has the same.
        chance: Where its random bits come from.
    """

    def __init__(self, dev: str, chance: random.Random) -> None:
        self.dev = dev
        self.clock = NOON
        self.records: dict[str, Folded] = {}
        self.lines: dict[str, bytes] = {}
        """Every line that it has, by id."""
        self.open: list[bytes] = []
        self.seq = 0
        self.prev = ""
        self._every: dict[str, list[Change]] = {}
        """By record, every line that came, also those that share an id."""
        self._ids = IdMaker(lambda: self.clock, lambda: chance.getrandbits(64), dev)

    def copied(self, chance: random.Random) -> Laptop:
        """The image of this laptop on another machine: same id, same open lines, own chance."""
        twin = Laptop(self.dev, chance)
        for raw in self.lines.values():
            twin._take(segments.line(raw), raw)
        twin.clock, twin.open = self.clock, list(self.open)
        twin.seq, twin.prev = self.seq, self.prev
        return twin

    def state(self, rec: str) -> Folded:
        """The record's lines added up; an empty one for a record that nobody wrote here."""
        return self.records.get(rec) or Folded(rec)

    # writing, as a save does it

    def write(self, rec: str, put: Mapping[str, Any], *, settle: bool = False) -> str:
        """Write a line, on top of what is shown here; the id of the line."""
        state = self.state(rec)
        base = {name: ids for name in put if (ids := state.base_for(name, settle=settle))}
        change_id = self._ids.next(state.seen)
        change = Change(change_id, rec, dict(put), base, "", self.dev, None, None)
        raw = encode(change)
        self.open.append(raw)
        self._take(change, raw)
        return change_id

    def delete(self, rec: str) -> str:
        """Put a record into the trash, with what stands there in front of one."""
        return self.write(rec, {DELETED: self.state(rec).live_heads()})

    def bring_back(self, rec: str) -> str:
        """Out of the trash again."""
        return self.write(rec, {DELETED: None})

    # meeting

    def seal(self) -> tuple[str, bytes] | None:
        """Name and bytes of a file of what is open; None for nothing."""
        if not self.open:
            return None
        self.seq += 1
        made = segments.seal(self.dev, self.seq, self.prev, self.open)
        self.open, self.prev = [], made.sha256
        return made.name, made.content

    def receive(self, content: bytes) -> int:
        """Take in what holds of a file; how many segments were refused."""
        refused = 0
        for piece in segments.pieces(content, "file"):
            try:
                if isinstance(piece, StoreError):
                    raise piece
                for change, raw in zip(
                    segments.changes_of(piece, "file"), piece.lines, strict=True
                ):
                    self._take(change, raw)
            except StoreError:
                refused += 1
        return refused

    def _take(self, change: Change, raw: bytes) -> None:
        self.lines.setdefault(change.id, raw)
        every = self._every.setdefault(change.rec, [])
        if change in every:
            return
        every.append(change)
        if not self.records.setdefault(change.rec, Folded(change.rec)).add(change):
            self.records[change.rec] = Folded.of(change.rec, every)

    def start_anew(self) -> None:
        """Keep every record as the view does, and read it back."""
        rows = {rec: json.loads(json.dumps(one.row())) for rec, one in self.records.items()}
        self.records = {rec: Folded.of_row(row) for rec, row in rows.items()}

    def view(self) -> str:
        """What it shows, as one text."""
        shown = {rec: state.row() for rec, state in self.records.items()}
        return json.dumps(shown, ensure_ascii=False, sort_keys=True)
