"""Records as the JSON that scripts read: a contract, to which keys are only added.

A field that points to a person, an agency or a series holds its name, and ``<field>_id`` the id
beside it. Sets are sorted arrays; dates and times are ISO 8601, Gregorian; nothing known is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from store.readings import FieldChange, Gap, Hit, SessionRow
from store.records import COMMON, Agency, Person, Record, RecordId, Turn, fact

NameOf = Callable[[RecordId], str | None]
"""The name to show for a person, an agency or a series; None where there is no such record."""

_NAMED: Final = frozenset({"person", "agency", "series"})
"""Kinds of records that are shown by name where a field points to them, with the id beside it."""


def plain(value: Any) -> Any:
    """A stored value as JSON holds it."""
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return value


def title_of(record: Record) -> str:
    """What a record is called."""
    match record:
        case Person(name=name):
            return name
        case Agency(short=short, full=full):
            return short or full
        case _:
            return str(getattr(record, "title", "") or getattr(record, "text", ""))


def record_shape(record: Record, name_of: NameOf) -> dict[str, Any]:
    """Any record with all its fields.

    ``kind`` is the record's own kind where it has one (a turn is ``verbatim``), else the word of
    its class.
    """
    shape: dict[str, Any] = {"id": record.id, "kind": record.KIND}
    for one in fields(record):
        if one.name in COMMON:
            continue
        value = getattr(record, one.name)
        if fact(one.name).points_to in _NAMED:
            shape |= _named(one.name, value, name_of)
        else:
            shape[one.name] = plain(value)
    if isinstance(record, Turn):
        shape["speaker"] = shape["speaker"] or record.label or None
    shape["marks"] = sorted(record.marks)
    return shape | ({"more": plain(record.more)} if record.more else {})


def _named(field: str, value: Any, name_of: NameOf) -> dict[str, Any]:
    if isinstance(value, frozenset):
        ids = sorted(value)
        return {field: [name_of(one) or one for one in ids], f"{field}_ids": ids}
    return {field: name_of(value) if value else None, f"{field}_id": value or None}


def session_row_shape(row: SessionRow) -> dict[str, Any]:
    """One session as ``list sessions`` shows it."""
    return {
        "id": row.id,
        "kind": "session",
        "title": row.title,
        "series": row.series_title or None,
        "series_id": row.series,
        "part": row.part,
        "date": plain(row.date),
        "place": row.place,
        "status": row.status,
        "finished": row.finished,
        "turns": row.turns,
        "lessons": row.lessons,
        "outcomes": row.outcomes,
        "recorder": list(row.recorders),
        "facilitator": list(row.facilitators),
        "complete": row.complete,
        "joins": list(row.joins),
        "marks": sorted(row.marks),
        **row.fields,
    }


def hit_shape(hit: Hit) -> dict[str, Any]:
    """One text that holds the words; offsets in code points of ``text`` as stored."""
    return {
        "kind": hit.kind,
        "id": hit.id,
        "session": hit.session,
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
        "field": hit.field,
        "exact": hit.exact,
    }


def change_shape(change: FieldChange, name_of: NameOf) -> dict[str, Any]:
    """One change of one field; ``replaced`` is an array only where it took several places."""
    replaced = plain(change.replaced)
    return {
        "change": change.change,
        "time": plain(change.time),
        "who": (name_of(change.who) or change.who) if change.who else None,
        "laptop": change.laptop,
        "field": change.field,
        "value": plain(change.value),
        "replaced": replaced if len(replaced) > 1 else (replaced[0] if replaced else None),
    }


def gap_shape(gap: Gap, what: str) -> dict[str, Any]:
    """One thing that is missing, and ``what`` it is in words."""
    return {
        "kind": gap.kind,
        "level": gap.level,
        "what": what,
        "about": gap.about,
        "count": gap.count,
    }


def names_in(*groups: Iterable[Record]) -> NameOf:
    """A look-up of names among these records."""
    records = [one for group in groups for one in group]
    names = {joined: title_of(one) for one in records for joined in getattr(one, "joins", ())}
    names |= {one.id: title_of(one) for one in records}
    return names.get


def speakers_shape(names: Iterable[str]) -> list[dict[str, Any]]:
    """Who spoke how often: most turns first, then who spoke first."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    return [{"name": name, "turns": turns} for name, turns in ordered]
