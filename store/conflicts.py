"""Conflicts: fields that hold several values until a person says which one stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .changes.fold import Folded
from .changes.line import DELETED, Change
from .clock import moment_of
from .codec import shapes
from .errors import N_, StoreError
from .ids import kind_of, session_of
from .merging import merged_lines
from .records import KINDS, Agency, Attendance, Lesson, Person, Record, RecordId, Session, Turn
from .values import Value

STANDS: Final = "deleted"
"""The field of a conflict between deleting and editing: False where it stays, True where not."""
_FIRST_WORDS: Final = 60
"""Letters of a long text that say which one is meant."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Side(Value):
    """One of the values that a field holds."""

    id: str
    """The change that set it."""
    value: Any
    """As in the record's class; as stored where this version does not know the field."""
    who: RecordId | None
    who_name: str
    """Empty where nobody was named."""
    time: dt.datetime | None
    """Aware, as the laptop's clock said."""
    laptop: str
    laptop_name: str
    """Whose it is; its id where nobody has said it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Conflict(Value):
    """A field with several values, or a record deleted here and edited there."""

    record: RecordId
    kind: str
    title: str
    """What the record is called, or the first words of it."""
    session: RecordId | None
    session_title: str
    """The forum that it belongs to; empty for people, agencies and the forum itself."""
    field: str
    """``checks.recorder`` for a key of a mapping; ``deleted`` where one side deleted it."""
    shown: Side
    others: tuple[Side, ...]
    """The newest first."""
    inside: int = 0
    """Of a forum in the trash: records inside it that its deletion had not seen."""
    offer: str | None = None
    """Both texts put together by lines, where that is clean; taken only by a person."""

    @property
    def sides(self) -> tuple[Side, ...]:
        """Every value, the shown one first: what a person counts from 1."""
        return (self.shown, *self.others)


class NoConflict(StoreError):
    """The field has one value only."""

    kind = "no_conflict"
    sentence = N_(
        "{where} has one value only, there is nothing to settle. `kmtui conflicts` lists what is"
        " open, `kmtui edit` changes a value."
    )


class NotASide(StoreError):
    """The change is none of those that a person can choose from."""

    kind = "not_a_side"
    sentence = N_("{value} is none of the values of {where}. `kmtui conflicts` shows each with its"
                  " number.")  # fmt: skip


class NotJoinable(StoreError):
    """Only texts can stand below each other."""

    kind = "not_joinable"
    sentence = N_("{where} is no text, both cannot stand there. Choose one of them.")


class NoOffer(StoreError):
    """The lines of both texts do not fit together."""

    kind = "no_offer"
    sentence = N_(
        "The lines of {where} cannot be put together: both changed the same place. Choose one, or"
        " write a new text."
    )


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """What reading conflicts needs of the notebook."""

    state: Callable[[str], Folded]
    lines: Mapping[str, Sequence[Change]]
    """Every line of the records that are asked about, oldest first."""
    people: Mapping[RecordId, Person]
    agencies: Mapping[RecordId, Agency]
    record: Callable[[str], Record | None]
    owners: Mapping[str, str]
    """Whose laptop, by its id."""
    unseen: Mapping[str, Mapping[str, Sequence[str]]]
    """By forum in the trash and record inside it, changes that the deletion had not seen."""


def conflicts_of(records: Iterable[Record], around: Surroundings) -> Iterator[Conflict]:
    """Every open conflict of these records."""
    for record in records:
        state = around.state(record.id)
        shown = state.shown()
        every = {line.id: line for line in around.lines.get(record.id, ())}
        made = _Maker(record, every, around)
        for name in shown.conflicts:
            yield made.of_field(name, state.heads[name], shown.conflicts[name])
        if shown.edited_after_delete:
            yield made.of_deletion(state)
        elif unseen := around.unseen.get(record.id):
            every |= {one.id: one for inner in unseen for one in around.lines.get(inner, ())}
            yield made.of_inside(state, unseen)


class _Maker:
    """Conflicts of one record."""

    def __init__(self, record: Record, lines: dict[str, Change], around: Surroundings) -> None:
        self._record = record
        self._lines = lines
        self._around = around

    def of_field(
        self, name: str, heads: Mapping[str, Any], others: tuple[tuple[str, Any], ...]
    ) -> Conflict:
        top = max(heads)
        found = [self._side(name, top, heads[top])]
        found += [self._side(name, change, value) for change, value in others]
        return self._conflict(name, found, self._offer(name, found))

    def of_deletion(self, state: Folded) -> Conflict:
        """Deleted on one laptop and edited on another that had not seen it: it stays."""
        deletions = {one: ids for one, ids in state.heads[DELETED].items() if ids is not None}
        covered = {one for ids in deletions.values() for one in ids}
        edit = max(set(state.live_heads()) - covered)
        found = [self._told(edit, value=False)]
        found += [self._told(one, value=True) for one in sorted(deletions, reverse=True)]
        return self._conflict(STANDS, found, None)

    def of_inside(self, state: Folded, unseen: Mapping[str, Sequence[str]]) -> Conflict:
        """A forum deleted on one laptop while another one wrote inside it: it waits in the trash.

        Turns are records of their own, so the deletion of their forum holds until a person decides.
        """
        deletions = [one for one, ids in state.heads[DELETED].items() if ids is not None]
        found = [self._told(one, value=True) for one in sorted(deletions, reverse=True)[:1]]
        found.append(self._told(max(max(ids) for ids in unseen.values()), value=False))
        return self._conflict(STANDS, found, None, inside=len(unseen))

    def _conflict(
        self, name: str, sides: list[Side], offer: str | None, *, inside: int = 0
    ) -> Conflict:
        record, session = self._record, session_of(self._record.id)
        forum = self._around.record(session) if session and session != record.id else None
        return Conflict(
            record=record.id,
            kind=record.KIND,
            title=self._title(),
            session=RecordId(session) if session else None,
            session_title=forum.title if isinstance(forum, Session) else "",
            field=name,
            shown=sides[0],
            others=tuple(sides[1:]),
            inside=inside,
            offer=offer,
        )

    def _title(self) -> str:
        record, around = self._record, self._around
        if isinstance(record, Attendance):
            found: Record | None = around.people.get(record.person)
        elif agency := getattr(record, "agency", None) if not _called(record) else None:
            found = around.agencies.get(agency)
        else:
            found = record
        return _called(found or record)[:_FIRST_WORDS]

    def _side(self, name: str, change: str, stored: Any) -> Side:
        return self._told(self._origin(name, change), value=_readable(self._record, name, stored),
                          id_=change)  # fmt: skip

    def _origin(self, name: str, change: str) -> str:
        """The change that first gave this value, where the settling in between was taken back."""
        line = self._lines.get(change)
        while line is not None and line.undoes and line.base.get(name):
            settled = self._lines.get(line.base[name][0])
            before = settled.base.get(name, ()) if settled else ()
            alike = [
                one
                for one in before
                if one in self._lines and self._lines[one].put.get(name) == line.put[name]
            ]
            if not alike:
                break
            line = self._lines[alike[0]]
        return line.id if line else change

    def _told(self, change: str, *, value: Any, id_: str = "") -> Side:
        line = self._lines.get(change)
        who = RecordId(line.who) if line and line.who else None
        person = self._around.people.get(who) if who else None
        laptop = line.dev if line else ""
        return Side(
            id=id_ or change,
            value=value,
            who=who,
            who_name=person.name if person else "",
            time=moment_of(line.time) if line else None,
            laptop=laptop,
            laptop_name=self._around.owners.get(laptop, "") or laptop,
        )

    def _offer(self, name: str, sides: Sequence[Side]) -> str | None:
        """Both texts by lines, where there are two and what they began from is known."""
        values = [side.value for side in sides]
        if len(values) != 2 or not all(isinstance(one, str) and "\n" in one for one in values):
            return None
        ancestors = [self._ancestors(name, side.id) for side in sides]
        common = ancestors[0] & ancestors[1]
        base = self._lines[max(common)].put.get(name) if common else None
        return merged_lines(base, *values) if isinstance(base, str) else None

    def _ancestors(self, name: str, change: str) -> set[str]:
        found: set[str] = set()
        todo = [change]
        while todo:
            line = self._lines.get(todo.pop())
            for one in line.base.get(name, ()) if line else ():
                if one in self._lines and one not in found:
                    found.add(one)
                    todo.append(one)
        return found


def _called(record: Record) -> str:
    match record:
        case Person(name=found) | Turn(text=found) | Session(title=found) | Lesson(title=found):
            return found
        case Agency(short=short, full=full):
            return short or full
        case _:
            return str(getattr(record, "title", "") or getattr(record, "text", ""))


def _readable(record: Record, name: str, stored: Any) -> Any:
    """A stored value as the record's class holds it; as it is where the field cannot hold it."""
    field, dot, _key = name.partition(".")
    shape = shapes(kind_of(record.id)).get(field) if kind_of(record.id) in KINDS else None
    if shape is None or stored is None or shape.many == "set" or bool(dot) != (shape.many == "map"):
        return stored
    try:
        if shape.many == "row":
            return tuple(shape.of_stored(one) for one in stored)
        return shape.of_stored(stored)
    except (ValueError, TypeError, AttributeError):
        return stored
