"""Conflicts in words and as the JSON that scripts read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from kmtui.field_words import field_label, value_words
from kmtui.labels import kind_word
from kmtui.shapes import plain
from kmtui.spoken_days import moment_words
from kmtui.words import _, counted, figure
from store.conflicts import STANDS, Conflict, Side
from store.records import RecordId

NameOf = Callable[[RecordId], str]


def conflict_shape(conflict: Conflict) -> dict[str, Any]:
    """One conflict as JSON; a contract, to which keys are only added."""
    return {
        "record": conflict.record,
        "kind": conflict.kind,
        "title": conflict.title,
        "session": conflict.session,
        "session_title": conflict.session_title or None,
        "field": conflict.field,
        "shown": _side_shape(conflict.shown),
        "others": [_side_shape(one) for one in conflict.others],
        "inside": conflict.inside,
        "offer": conflict.offer,
    }


def _side_shape(side: Side) -> dict[str, Any]:
    return {
        "value": plain(side.value),
        "who": side.who_name or side.who,
        "time": side.time.isoformat(timespec="seconds") if side.time else None,
        "laptop": side.laptop_name,
        "laptop_id": side.laptop,
        "id": side.id,
    }


def about(conflict: Conflict) -> str:
    """Which field of what: ``Turn "…" in …: Words``."""
    name = conflict.title or conflict.record
    field = (
        _("stays or goes")
        if conflict.field == STANDS
        else field_label(conflict.kind, conflict.field)
    )
    if not conflict.session_title:
        return f"{kind_word(conflict.kind)} “{name}”: {field}"
    sentence = _("{kind} “{title}” in “{forum}”: {field}")
    return sentence.format(
        kind=kind_word(conflict.kind), title=name, forum=conflict.session_title, field=field
    )


def side_words(conflict: Conflict, side: Side, name_of: NameOf) -> str:
    """A value as a person reads it, whole."""
    if conflict.field == STANDS:
        return _standing_words(conflict, gone=bool(side.value))
    value = plain(side.value)
    found = value_words(conflict.kind, conflict.field, value, name_of)
    return value if isinstance(value, str) and value.startswith(found) else found


def _standing_words(conflict: Conflict, *, gone: bool) -> str:
    """Whether something stays; of a forum in the trash, what was written inside it meanwhile."""
    many = conflict.inside
    if not many:
        return _("goes into the trash") if gone else _("stays")
    if gone:
        return _("stays in the trash")
    words = counted(
        "comes back, with {n} thing that was written in it meanwhile",
        "comes back, with {n} things that were written in it meanwhile",
        many,
    )
    return words.format(n=figure(many))


def by_whom(side: Side, zone: tzinfo | None) -> str:
    """Who, when and on which laptop."""
    when = ""
    if side.time is not None:
        local = side.time.astimezone(zone)
        when = moment_words(local)
    laptop = _("laptop of {name}").format(name=side.laptop_name) if side.laptop_name else ""
    return " · ".join(part for part in (side.who_name, when, laptop) if part)
