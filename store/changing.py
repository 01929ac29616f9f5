"""From edits to change lines: what each record is set to, and what was before the writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from .changes.fold import Folded
from .changes.line import (
    DELETED,
    MAX_LINE,
    MAX_TEXT,
    BadLine,
    Change,
    check_put,
    encode,
    is_change_id,
)
from .codec import field_put, shapes, to_put
from .edits import Add, BringBack, Delete, Edit
from .edits import Change as Set
from .errors import (
    N_,
    AlreadyDeleted,
    BadValue,
    NoLaterTime,
    NotDeleted,
    TooLong,
    UnknownRecord,
)
from .ids import IdMaker, is_odd, kind_of
from .planned import Planned, begun, news, parts
from .records import KINDS, Record
from .text import element


class Writing(NamedTuple):
    """One record's part of a save: the line, and the state that it makes."""

    change: Change
    raw: bytes
    """The line as it is written."""
    state: Folded


class Plan:
    """Edits gathered record by record, so that one save sets each record once.

    Args:
        state_of: The state of a record that is kept already.
        inside: What a deletion of a forum names of its inside.
    """

    def __init__(
        self,
        state_of: Callable[[str], Folded],
        inside: Callable[[str], Iterable[str]] = lambda _session: (),
    ) -> None:
        self._state_of = state_of
        self._inside = inside
        self._records: dict[str, Planned] = {}
        self._fresh: set[str] = set()
        self._given: dict[str, Record] = {}
        """New records that no other edit of the save has touched, without sets to respell."""

    @property
    def records(self) -> list[str]:
        """The records of the save, in the order of the edits."""
        return list(self._records)

    def take(self, edit: Edit) -> str:
        """Add one edit; the id of its record.

        Raises:
            UnknownRecord, UnknownField, BadValue, AlreadyDeleted, NotDeleted
        """
        match edit:
            case Add(record):
                return self._add(record)
            case Set(record_id):
                self._change(record_id, edit)
            case Delete(record_id):
                self._delete(record_id)
            case BringBack(record_id):
                self._bring_back(record_id)
        self._given.pop(edit.id, None)
        return edit.id

    def put(self, record_id: str, put: Mapping[str, Any]) -> None:
        """Set stored values as they are; for giving back an earlier one."""
        self._planned(record_id).put.update(put)

    def settle(
        self,
        record_id: str,
        put: Mapping[str, Any],
        beside: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        """Set stored values in the place of every value that their fields have.

        Args:
            record_id: The record.
            put: What is shown from now on.
            beside: What is to stand beside it, where a settled conflict is opened again.
        """
        planned = self._planned(record_id)
        planned.put.update(put)
        planned.settled.update(put)
        planned.beside.extend(dict(one) for one in beside)

    def _planned(self, record_id: str) -> Planned:
        if record_id not in self._records:
            state = self._state_of(record_id)
            if not state.seen:
                raise UnknownRecord(where=record_id)
            self._records[record_id] = begun(state)
        return self._records[record_id]

    def _living(self, record_id: str) -> Planned:
        planned = self._planned(record_id)
        if DELETED not in planned.put and planned.state.shown().deleted:
            raise AlreadyDeleted(where=record_id)
        return planned

    def _add(self, record: Record) -> str:
        put = {_spelled(name): value for name, value in to_put(record).items()}
        if record.KIND == "attendance" and not self._session_is_fresh(record):
            state = self._state_of(record.id)
            if state.seen:
                return self._add_again(record, state, put)
        if record.id in self._records:
            self._records[record.id].put.update(put)
            self._given.pop(record.id, None)
        else:
            self._records[record.id] = begun(Folded(record.id), put)
            self._fresh.add(record.id)
            if not any("/" in name for name in put) and not record.more:
                self._given[record.id] = record
        return record.id

    def _session_is_fresh(self, record: Record) -> bool:
        return getattr(record, "session", None) in self._fresh

    def _add_again(self, record: Record, state: Folded, put: dict[str, Any]) -> str:
        planned = self._records.setdefault(record.id, begun(state))
        planned.put.update(put)
        if state.shown().deleted:
            planned.put[DELETED] = None
        return record.id

    def _change(self, record_id: str, edit: Set) -> None:
        planned, kind = self._living(record_id), kind_of(record_id)
        if kind not in KINDS:
            raise UnknownRecord(where=record_id)
        for name, value in edit.fields.items():
            planned.put.update(field_put(kind, name, _clean(kind, name, value), where=record_id))
            planned.put.update(self._emptied(planned, kind, name, value))
        for name, elements in edit.add.items():
            planned.put.update(_elements(kind, name, elements, record_id, present=True))
        for name, elements in edit.take.items():
            planned.put.update(_elements(kind, name, elements, record_id, present=None))

    @staticmethod
    def _emptied(planned: Planned, kind: str, name: str, value: Any) -> dict[str, None]:
        """The elements or keys that a whole new set or mapping no longer has."""
        shape = shapes(kind).get(name)
        if shape is None or shape.many not in ("set", "map"):
            return {}
        joint = "/" if shape.many == "set" else "."
        wanted = {f"{name}{joint}{one}" for one in _clean(kind, name, value)}
        there = {field for field in planned.state.heads if field.startswith(name + joint)}
        return dict.fromkeys(there - wanted)

    def _delete(self, record_id: str) -> None:
        planned = self._living(record_id)
        planned.put[DELETED] = self.seen(record_id)

    def seen(self, record_id: str) -> list[str]:
        """What a deletion of this record has in front of it; of a forum, what is inside too."""
        heads = self._state_of(record_id).live_heads()
        return [*heads, *self._inside(record_id)] if kind_of(record_id) == "session" else heads

    def _bring_back(self, record_id: str) -> None:
        planned = self._planned(record_id)
        if not planned.state.shown().deleted:
            raise NotDeleted(where=record_id)
        planned.put[DELETED] = None

    # to lines

    def writings(
        self, ids: IdMaker, *, now: datetime, dev: str, who: str | None, undoes: str | None = None
    ) -> list[Writing]:
        """The lines of this save; edits that change nothing give none."""
        wanted = [
            (rec, planned, part)
            for rec, planned in self._records.items()
            for put in (*planned.beside, news(planned))
            if put
            for part in parts(planned, put)
        ]
        clock = now.timestamp() * 1000
        time, odd = now.isoformat(timespec="seconds"), is_odd(clock)
        found: list[Writing] = []
        first, made = "", dict[str, tuple[str]]()
        newest = {rec: max(one.state.seen, default="") for rec, one in self._records.items()}
        for place, (rec, planned, part) in enumerate(wanted, start=1):
            put, before = part.put, made.get(rec, ())
            base = {
                name: [*there, *before] if name in part.goes_on else there
                for name, there in part.base.items()
            }
            # Behind every line of its record: a clock that went back changes no order.
            change_id = ids.next([newest[rec], *before], at=clock)
            if not is_change_id(change_id):
                named = {one for there in base.values() for one in there}
                change_id = ids.next({*named, *before}, at=clock)
            if not is_change_id(change_id):
                raise NoLaterTime(where=rec)
            first = first or change_id
            made[rec] = (change_id,)
            tx = (first, place, len(wanted)) if len(wanted) > 1 else None
            change = Change(change_id, rec, put, base, time, dev, who, tx, undoes, odd)
            found.append(Writing(change, _readable(change), planned.state))
        return found

    def as_given(self, record_id: str) -> Record | None:
        """The record of an edit where it stands exactly as it was given; None where it may not."""
        return self._given.get(record_id)

    def state(self, record_id: str) -> Folded:
        """The state of a record of this save, before or after its line was added."""
        return self._records[record_id].state


def _clean(kind: str, name: str, value: Any) -> Any:
    """Elements of a set as they are kept: one spelling for what looks the same."""
    shape = shapes(kind).get(name)
    if shape is None or shape.many != "set":
        return value
    return frozenset(map(element, value))


def _spelled(name: str) -> str:
    field, stroke, one = name.partition("/")
    return f"{field}/{element(one)}" if stroke else name


def _elements(
    kind: str, name: str, elements: Iterable[str], where: str, *, present: bool | None
) -> dict[str, bool | None]:
    put = field_put(kind, name, frozenset(map(element, elements)), where=where)
    if not all(field.startswith(f"{name}/") for field in put):
        raise BadValue(where=f"{where}.{name}", value=sorted(elements), expected=N_("a list field"))
    return dict.fromkeys(put, present)


def _readable(change: Change) -> bytes:
    """The line of this change, which every reader will take.

    Raises:
        TooLong, BadValue: No line may be written that cannot be read.
    """
    for name, value in change.put.items():
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise TooLong(where=f"{change.rec}.{name}", length=len(value), limit=MAX_TEXT)
    try:
        check_put(change.put)
        raw = encode(change)
        if len(raw) > MAX_LINE:
            raise TooLong(where=change.rec, length=len(raw), limit=MAX_LINE)
    except BadLine as error:
        raise BadValue(
            where=change.rec, value=str(error), expected=N_("text that can be kept")
        ) from error
    return raw
