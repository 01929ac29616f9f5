"""Records to and from the fields that change lines set.

What is stored is decoded, never trusted: every value is checked against its field, and a wrong one
is named with its place (``turn/01K….said_at: expected a time with its zone, found 5``).
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from .errors import N_, BadValue, DamagedRecord, UnknownField
from .records import COMMON, KINDS, Facts, NamePeriod, Record, RecordId, Source, facts_of

_TIME_OF_DAY: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NESTED: Final = {"Source": Source, "NamePeriod": NamePeriod}


class Shape(NamedTuple):
    """What one field holds."""

    name: str
    many: str
    """``one``, ``set``, ``map`` or ``row`` (a tuple of nested values)."""
    expected: str
    """In words, for a refusal."""
    to_stored: Callable[[Any], Any]
    """Raises ValueError or TypeError for what the field cannot hold."""
    of_stored: Callable[[Any], Any]
    default: Any


class Wrong(ValueError):
    """A value that its field cannot hold."""


def _kept(kind: type | tuple[type, ...]) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise Wrong
        return value

    return take


def _day_in(value: Any) -> str:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Wrong
    return value.isoformat()


def _day_out(value: Any) -> date:
    return date.fromisoformat(_kept(str)(value))


def _moment_in(value: Any) -> str:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise Wrong
    return value.isoformat()


def _moment_out(value: Any) -> datetime:
    read = datetime.fromisoformat(_kept(str)(value))
    if read.utcoffset() is None:
        raise Wrong
    return read


def _one_of(codes: tuple[str, ...]) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if value not in codes:
            raise Wrong
        return value

    return take


def _clock(value: Any) -> str:
    if not isinstance(value, str) or not _TIME_OF_DAY.fullmatch(value):
        raise Wrong
    return value


def _nested_in(kind: type) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not isinstance(value, kind):
            raise Wrong
        stored = {}
        for part in dataclasses.fields(kind):
            inner = getattr(value, part.name)
            stored[part.name] = inner.isoformat() if isinstance(inner, date) else inner
        return stored

    return take


def _nested_out(kind: type) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Wrong
        found: dict[str, Any] = {}
        for part in dataclasses.fields(kind):
            inner = value.get(part.name)
            if "date" in str(part.type):
                found[part.name] = None if inner is None else _day_out(inner)
            else:
                found[part.name] = "" if inner is None else _kept(str)(inner)
        return kind(**found)

    return take


_Pair = tuple[Callable[[Any], Any], Callable[[Any], Any], str]


def _pair(hint: Any, facts: Facts) -> _Pair:
    """How a single value goes in and out, and what is expected, in words."""
    if typing.get_origin(hint) is typing.Literal:
        codes = typing.get_args(hint)
        return _one_of(codes), _one_of(codes), "one of " + ", ".join(codes)
    if hint is date:
        return _day_in, _day_out, N_("a date")
    if hint is datetime:
        return _moment_in, _moment_out, N_("a time with its zone")
    if facts.clock:
        return _clock, _clock, N_("a time of day, HH:MM")
    if hint is bool:
        return _kept(bool), _kept(bool), N_("yes or no")
    if hint is int:
        return _kept(int), _kept(int), N_("a whole number")
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _nested_in(hint), _nested_out(hint), N_("a group of values")
    return _kept(str), _kept(str), N_("text")


def _shape(part: dataclasses.Field[Any], hint: Any, facts: Facts) -> Shape:
    default = part.default
    if default is dataclasses.MISSING:
        default = part.default_factory() if callable(part.default_factory) else None
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    many = "one"
    if origin is frozenset:
        many, hint = "set", inside[0]
    elif origin is tuple:
        many, hint = "row", inside[0]
    elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        many, hint = "map", inside[1]
    none = origin in (types.UnionType, typing.Union)
    if none:
        hint = next(one for one in inside if one is not type(None))
    put, take, expected = _pair(hint, facts)
    if none:
        put, take = _or_none(put), _or_none(take)
    return Shape(part.name, many, expected, put, take, default)


def _or_none(take: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else take(value)


@cache
def shapes(kind: str) -> Mapping[str, Shape]:
    """The fields of a kind of record, by name."""
    record = KINDS[kind]
    hints = typing.get_type_hints(record)
    return {
        part.name: _shape(part, hints[part.name], facts_of(kind)[part.name])
        for part in dataclasses.fields(record)
        if part.name not in COMMON
    }


def to_put(record: Record) -> dict[str, Any]:
    """A new record as the fields of its first change line; defaults are left out.

    Raises:
        BadValue: A value does not fit its field.
    """
    put: dict[str, Any] = {}
    for name, shape in shapes(record.KIND).items():
        value = getattr(record, name)
        if value != shape.default:
            put.update(field_put(record.KIND, name, value, where=record.KIND))
    put.update(record.more)
    # A record of defaults only still needs a line that says it is there.
    return put or {_first_plain(record.KIND): _stored_default(record.KIND)}


def _first_plain(kind: str) -> str:
    return next(name for name, shape in shapes(kind).items() if shape.many == "one")


def _stored_default(kind: str) -> Any:
    shape = shapes(kind)[_first_plain(kind)]
    return shape.to_stored(shape.default)


def field_put(kind: str, name: str, value: Any, *, where: str) -> dict[str, Any]:
    """One field of a record as it is stored: one or several entries of a ``put``.

    Args:
        kind: Of the record.
        name: The field; ``checks.recorder`` is one key of a mapping.
        value: As in the record's class.
        where: The record, for a refusal.

    Raises:
        UnknownField, BadValue
    """
    field, dot, _key = name.partition(".")
    shape = shapes(kind).get(field)
    if shape is None or (dot and shape.many != "map"):
        fields = ", ".join(shapes(kind))
        raise UnknownField(where=f"{where}.{name}", fields=fields)
    try:
        if dot:
            return {name: None if value is None else shape.to_stored(value)}
        if shape.many == "set":
            return {f"{field}/{one}": True for one in sorted(map(shape.to_stored, value))}
        if shape.many == "map":
            return {f"{field}.{one}": shape.to_stored(value[one]) for one in sorted(value)}
        if shape.many == "row":
            return {field: [shape.to_stored(one) for one in value]}
        return {field: shape.to_stored(value)}
    except (ValueError, TypeError, AttributeError) as error:
        raise BadValue(where=f"{where}.{name}", value=value, expected=shape.expected) from error


def of_row(row: Mapping[str, Any]) -> Record:
    """The record that a row of the view shows.

    Raises:
        DamagedRecord: A stored value is not what its field can hold.
    """
    record_id: str = row["id"]
    kind = record_id.partition("/")[0]
    known = shapes(kind)
    values: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for name, stored in row.items():
        if name == "id" or name[0] == "_" or stored is None:
            continue  # emptied, or its first value was undone
        field, dot, key = name.partition(".")
        shape = known.get(field)
        if shape is None or (dot != "") != (shape.many == "map"):
            more[name] = stored
        elif dot:
            values.setdefault(field, {})[key] = _out(shape, stored, record_id, name)
        else:
            values[field] = _whole(shape, stored, record_id)
    return KINDS[kind](
        id=RecordId(record_id),
        marks=frozenset(row.get("_marks", ())),
        more=more,
        **values,
    )


def _whole(shape: Shape, stored: Any, record_id: str) -> Any:
    if shape.many == "one":
        return _out(shape, stored, record_id, shape.name)
    if not isinstance(stored, list):
        raise _damaged(shape, stored, record_id, shape.name)
    found = (_out(shape, one, record_id, shape.name) for one in stored)
    return frozenset(found) if shape.many == "set" else tuple(found)


def _out(shape: Shape, stored: Any, record_id: str, name: str) -> Any:
    try:
        return shape.of_stored(stored)
    except (ValueError, TypeError, AttributeError) as error:
        raise _damaged(shape, stored, record_id, name) from error


def _damaged(shape: Shape, stored: Any, record_id: str, name: str) -> DamagedRecord:
    return DamagedRecord(
        where=f"{record_id}.{name}", expected=shape.expected, found=repr(stored)[:60]
    )
