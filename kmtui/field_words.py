"""What fields are called, and what was kept in them as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from kmtui import fields
from kmtui.labels import code_word, role_word
from kmtui.spoken_days import day_words
from kmtui.words import _, figure
from store.errors import StoreError
from store.readings import FieldChange
from store.records import RecordId, fact

NameOf = Callable[[RecordId], str]
"""What a record is called."""
_FIELD: Final = re.compile(r"([a-z]+)/[0-9A-Za-z-]+\.(\S+)")
"""A field of a record, as the store names a place."""
DELETED: Final = "_deleted"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST: Final = 400
"""Code points of a value that are told."""


def field_label(kind: str, name: str) -> str:
    """What a field is called; the name itself where a newer version made it."""
    base, _dot, key = name.partition("." if "." in name else "/")
    label = fields.label(kind, base)
    return f"{label} ({role_word(key)})" if base == "checks" and key else label


def with_label(error: StoreError) -> StoreError:
    """The same refusal; where it names a field of a record, by what people call the field."""
    found = _FIELD.fullmatch(error.where or "")
    if found is None or not fields.is_known(found[2]):
        return error
    return type(error)(**error.facts | {"where": field_label(found[1], found[2])})


def value_words(kind: str, name: str, value: Any, name_of: NameOf) -> str:
    """What was kept in a field of this kind of record; a dash for nothing."""
    base, stroke, element = name.partition("/")
    if stroke:
        return _element(kind, base, element, name_of) if value else "–"
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if fact(base).points_to and isinstance(value, str):
        return name_of(RecordId(value))
    if isinstance(value, str):
        return _text(kind, base, value)
    if isinstance(value, Mapping):
        value = next(iter(value.values()), "")
    return (figure(value) if isinstance(value, int) else str(value))[:_LONGEST]


def _element(kind: str, base: str, element: str, name_of: NameOf) -> str:
    names_another = fact(base).points_to or fact(base).twins
    return name_of(RecordId(element)) if names_another else code_word(kind, base, element)


def _text(kind: str, base: str, value: str) -> str:
    if (word := code_word(kind, base.partition(".")[0], value)) != value:
        return word
    if _DAY.fullmatch(value):
        return day_words(date.fromisoformat(value), "long")
    if fact(base).clock:
        return figure(value)
    return value[:_LONGEST]


def change_words(kind: str, change: FieldChange, name_of: NameOf) -> str:
    """What a change did to this kind of record, in one line: field, what it is now, what it was."""
    if change.field == DELETED:
        return _("into the trash") if change.value else _("back from the trash")
    now = value_words(kind, change.field, change.value, name_of)
    was = [value_words(kind, change.field, one, name_of) for one in change.replaced]
    before = f"  ← {_either(was)}" if was and was != [now] else ""
    return f"{field_label(kind, change.field)}: {now}{before}"


def _either(values: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(values))
