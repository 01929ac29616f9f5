"""The fold: what the change lines of one record add up to, whatever their order.

The state of a record is a pure function of the set of its lines, so order, doubling and partial
delivery cannot matter. Per field the *heads* are the values that no later line names in its base.
One head is the value; of several different ones the newest id is shown and the others stand
beside it as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .doubles import resolved
from .line import DELETED, Change, same_text

BESIDE: Final = frozenset({"id", "_seen", "_sets", "_heads", "_wait", "_marks", "_lost"})
"""Keys of a row that are not fields of the record."""

_LAPTOP: Final = "laptop/"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a record's lines add up to."""

    fields: Mapping[str, Any]
    """Plain fields by name; a set as the sorted list of its elements."""
    conflicts: Mapping[str, tuple[tuple[str, Any], ...]]
    """By field: change id and value of every head that is not shown and differs from it."""
    deleted: bool
    edited_after_delete: bool
    damaged: bool
    odd_clock: bool

    @property
    def marks(self) -> list[str]:
        """What a reader should be told, as codes."""
        told = (
            ("conflict", bool(self.conflicts)),
            ("deleted", self.deleted),
            ("damaged", self.damaged),
            ("edited_after_delete", self.edited_after_delete),
            ("clock", self.odd_clock),
        )
        return [mark for mark, holds in told if holds]


def is_of_other_laptop(change: Change) -> bool:
    """Whether it speaks for a laptop that has not written it; that one alone does."""
    return change.rec.startswith(_LAPTOP) and change.rec != f"{_LAPTOP}{change.dev}"


class Folded:
    """The lines of one record, added up so far."""

    __slots__ = ("heads", "lost", "odd_clock", "rec", "seen", "wait")

    def __init__(self, rec: str) -> None:
        self.rec = rec
        self.heads: dict[str, dict[str, Any]] = {}
        self.wait: dict[str, set[str]] = {}
        """Field to the ids that a line named as its base and that are not here yet."""
        self.seen: set[str] = set()
        self.lost: set[str] = set()
        """Ids of lines that could not be read any more; empty text where even that is gone."""
        self.odd_clock = False

    @classmethod
    def of(cls, rec: str, changes: Iterable[Change]) -> Folded:
        """The state that all lines of a record make, also where several share an id."""
        state = cls(rec)
        every = list(changes)
        standing = resolved(every)
        # An id under which nothing stands is not waited for: all of its lines are here.
        state.seen = {change.id for change in every} - {change.id for change in standing}
        for change in standing:
            state.add(change)
        return state

    @property
    def damaged(self) -> bool:
        """Whether a line of it is missing that was here once and has not come back."""
        return not self.lost <= self.seen

    def add(self, change: Change) -> bool:
        """Take in a line of this record.

        Returns:
            False where a line of its id is here already: the same one, or another under the same
            id, which only ``of`` can tell apart; or it speaks for another laptop.
        """
        if is_of_other_laptop(change):
            return False
        if change.id in self.seen:
            return False
        self.seen.add(change.id)
        self.odd_clock = self.odd_clock or change.odd_clock
        for name, value in change.put.items():
            heads = self.heads.setdefault(name, {})
            if change.id not in self.wait.get(name, ()):
                heads[change.id] = value
            for base in change.base.get(name, ()):
                self._replace(name, heads, base, change.id)
        if self.wait:
            self._wait_no_more(change.id)
        return True

    def _wait_no_more(self, change_id: str) -> None:
        """A line has come that some field named as its base, though it may not set that field."""
        for name in [name for name, awaited in self.wait.items() if change_id in awaited]:
            self.wait[name].discard(change_id)
            if not self.wait[name]:
                del self.wait[name]

    def _replace(self, name: str, heads: dict[str, Any], base: str, by: str) -> None:
        # A base must be older than what replaces it: no cycles, so a head always stands.
        if base >= by:
            return
        if base in self.seen:
            heads.pop(base, None)
        else:
            self.wait.setdefault(name, set()).add(base)

    def base_for(self, name: str, *, settle: bool = False) -> list[str]:
        """The changes that a new value of this field takes the place of.

        A plain field replaces the value that is shown, so that an edit beside an open conflict
        does not hide it; settling, deleting and elements of sets replace all heads.
        """
        heads = self.heads.get(name)
        if not heads:
            return []
        if settle or "/" in name or name == DELETED:
            return sorted(heads)
        return [max(heads)]

    def live_heads(self) -> list[str]:
        """Every head of every field: what a deletion has in front of it."""
        return sorted(
            {head for name, heads in self.heads.items() if name != DELETED for head in heads}
        )

    def shown(self) -> Shown:
        """What a reader sees."""
        fields: dict[str, Any] = {}
        conflicts: dict[str, tuple[tuple[str, Any], ...]] = {}
        groups = self._groups()
        for name in sorted(self.heads):
            if name == DELETED or name in groups:
                continue
            heads = self.heads[name]
            if "/" in name:
                group, _, element = name.partition("/")
                elements = fields.setdefault(group, [])
                if any(value is not None for value in heads.values()):
                    elements.append(element)
                continue
            top = max(heads)
            fields[name] = heads[top]
            if len(heads) > 1 and (others := self._others(heads, top)):
                conflicts[name] = others
        deleted, edited = self._standing()
        return Shown(fields, conflicts, deleted, edited, self.damaged, self.odd_clock)

    def _groups(self) -> set[str]:
        """The fields that are sets; a plain value of the same name is kept but not shown."""
        return {name.partition("/")[0] for name in self.heads if "/" in name}

    @staticmethod
    def _others(heads: Mapping[str, Any], top: str) -> tuple[tuple[str, Any], ...]:
        met = {same_text(heads[top])}
        others = []
        for head in sorted(heads, reverse=True):
            if (text := same_text(heads[head])) not in met:
                met.add(text)
                others.append((head, heads[head]))
        return tuple(others)

    def _standing(self) -> tuple[bool, bool]:
        """Whether it is deleted, and whether an edit unseen by the deletion keeps it."""
        deletions = [ids for ids in self.heads.get(DELETED, {}).values() if ids is not None]
        if not deletions:
            return False, False
        covered = {one for ids in deletions for one in ids}
        deleted = covered.issuperset(self.live_heads())
        return deleted, not deleted

    # as a row of the view

    def row(self) -> Row:
        """This state as a document: the record as shown, and behind underscores the rest."""
        shown = self.shown()
        seen = sorted(self.seen)
        row: Row = {"id": self.rec, **shown.fields, "_seen": seen}
        first = seen[0] if seen else ""
        groups = self._groups()
        if groups:
            row["_sets"] = sorted(groups)
        heads = {
            name: self.heads[name] if name in groups else self._compact(name, first)
            for name in self.heads
        }
        if rest := {name: kept for name, kept in heads.items() if kept is not None}:
            row["_heads"] = rest
        if self.wait:
            row["_wait"] = {name: sorted(ids) for name, ids in self.wait.items()}
        if self.damaged:
            row["_lost"] = sorted(self.lost - self.seen)
        if marks := shown.marks:
            row["_marks"] = marks
        return row

    def _compact(self, name: str, first: str) -> Any:
        """None for what the row says by itself; an id for a single head; else all heads."""
        heads = self.heads[name]
        if name != DELETED and len(heads) == 1:
            ((head, value),) = heads.items()
            if "/" not in name or value is not None:
                return None if head == first else head
        return heads

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Folded:
        """The state that a row was made from."""
        state = cls(row["id"])
        state.seen = set(row["_seen"])
        first = min(state.seen, default="")
        rest: Mapping[str, Any] = row.get("_heads", {})
        sets = row.get("_sets", ())
        for name, value in row.items():
            if name in BESIDE:
                continue
            if name in sets:
                for element in value:
                    state._restore(f"{name}/{element}", True, rest, first)
            else:
                state._restore(name, value, rest, first)
        for name, kept in rest.items():
            if type(kept) is dict:
                state.heads[name] = dict(kept)
        state.wait = {name: set(ids) for name, ids in row.get("_wait", {}).items()}
        state.lost = set(row.get("_lost", ()))
        state.odd_clock = "clock" in row.get("_marks", ())
        return state

    def _restore(self, name: str, value: Any, rest: Mapping[str, Any], first: str) -> None:
        kept = rest.get(name)
        if type(kept) is not dict:
            self.heads[name] = {kept or first: value}


def fold(changes: Iterable[Change]) -> dict[str, Folded]:
    """All records that these lines make, by id."""
    records: dict[str, list[Change]] = {}
    for change in changes:
        records.setdefault(change.rec, []).append(change)
    return {rec: Folded.of(rec, lines) for rec, lines in records.items()}
