"""What fields are called, and what was kept in them as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from kmtui.labels import (
    lesson_kind_word,
    lesson_status_word,
    presence_word,
    role_word,
    session_status_word,
)
from kmtui.spoken_days import day_words
from kmtui.words import _, figure
from store.errors import N_, StoreError
from store.readings import FieldChange
from store.records import RecordId, fact

NameOf = Callable[[RecordId], str]
"""What a record is called."""
_FIELD: Final = re.compile(r"[a-z]+/[0-9A-Za-z-]+\.(\S+)")
"""A field of a record, as the store names a place."""
DELETED: Final = "_deleted"
_LABELS: Final = {
    "title": N_("Title"),
    "series": N_("Series"),
    "part": N_("Part"),
    "date": N_("Day"),
    "until": N_("Last day"),
    "starts": N_("From"),
    "ends": N_("To"),
    "place": N_("Place"),
    "status": N_("State"),
    "aim": N_("Aim"),
    "success": N_("Success is"),
    "no_lesson_because": N_("No lesson, because"),
    "finished": N_("Closed"),
    "circles": N_("Circles"),
    "tags": N_("Tags"),
    "agencies": N_("Agencies"),
    "agency": N_("Agency"),
    "presence": N_("Here or not"),
    "reason": N_("Reason"),
    "came_at": N_("Came at"),
    "left_at": N_("Left at"),
    "roles": N_("Roles"),
    "acting": N_("Acting as"),
    "checks": N_("Did it"),
    "position": N_("Position"),
    "speaker": N_("Speaker"),
    "label": N_("Written as"),
    "text": N_("Words"),
    "heading": N_("Heading"),
    "kind": N_("Kind"),
    "said_at": N_("Said at"),
    "expected": N_("Expected"),
    "happened": N_("Happened"),
    "why": N_("Why"),
    "next": N_("Next time"),
    "for_role": N_("Who should use it"),
    "for_agency": N_("Agency that should use it"),
    "evidence": N_("Evidence"),
    "applied_where": N_("Used where"),
    "applied_on": N_("Used on"),
    "replaced_by": N_("Replaced by"),
    "confirmed_by": N_("Borne out by"),
    "contradicted_by": N_("Contradicted by"),
    "reused_in": N_("Used again in"),
    "owner": N_("Who does it"),
    "due": N_("By when"),
    "done": N_("Done"),
    "answered_by": N_("Answered by"),
    "willing": N_("Willing"),
    "name": N_("Name"),
    "aliases": N_("Other names"),
    "short": N_("Short name"),
    "full": N_("Full name"),
    "earlier": N_("Earlier names"),
    "membership": N_("Member"),
    "answers": N_("Answers"),
    "promise": N_("Promise"),
    "promise_kept": N_("Promise kept"),
    "source": N_("Read from"),
    "same_as": N_("Read as part of"),
    "joins": N_("Joined with it"),
    "not_same": N_("Not the same as"),
}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST: Final = 400
"""Code points of a value that are told."""


def field_label(name: str) -> str:
    """What a field is called; the name itself where a newer version made it."""
    base, _dot, key = name.partition("." if "." in name else "/")
    label = _(_LABELS[base]) if base in _LABELS else base
    return f"{label} ({role_word(key)})" if base == "checks" and key else label


def with_label(error: StoreError) -> StoreError:
    """The same refusal; where it names a field of a record, by what people call the field."""
    field = _FIELD.fullmatch(error.where or "")
    if field is None or field[1].partition(".")[0].partition("/")[0] not in _LABELS:
        return error
    return type(error)(**error.facts | {"where": field_label(field[1])})


def value_words(name: str, value: Any, name_of: NameOf) -> str:
    """What was kept in a field; a dash for nothing."""
    base, stroke, element = name.partition("/")
    if stroke:
        return _element(base, element, name_of) if value else "–"
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if fact(base).points_to and isinstance(value, str):
        return name_of(RecordId(value))
    if isinstance(value, str):
        return _text(base, value)
    if isinstance(value, Mapping):
        value = next(iter(value.values()), "")
    return (figure(value) if isinstance(value, int) else str(value))[:_LONGEST]


def _element(base: str, element: str, name_of: NameOf) -> str:
    if base in ("roles", "acting"):
        return _code(role_word, element)
    names_another = fact(base).points_to or fact(base).twins
    return name_of(RecordId(element)) if names_another else element


def _text(base: str, value: str) -> str:
    words: dict[str, tuple[Callable[[Any], str], ...]] = {
        "for_role": (role_word,),
        "presence": (presence_word,),
        "status": (lesson_status_word, session_status_word),
        "kind": (lesson_kind_word,),
    }
    for word in words.get(base, ()):
        if (found := _code(word, value)) != value:
            return found
    if _DAY.fullmatch(value):
        return day_words(date.fromisoformat(value), "long")
    if fact(base).clock:
        return figure(value)
    return value[:_LONGEST]


def _code(word: Callable[[Any], str], code: str) -> str:
    """The word for a code; the code itself where this version has none."""
    try:
        return word(code)
    except KeyError:
        return code


def change_words(change: FieldChange, name_of: NameOf) -> str:
    """What a change did, in one line: field, what it is now, what it was."""
    if change.field == DELETED:
        return _("into the trash") if change.value else _("back from the trash")
    now = value_words(change.field, change.value, name_of)
    was = [value_words(change.field, one, name_of) for one in change.replaced]
    before = f"  ← {_either(was)}" if was and was != [now] else ""
    return f"{field_label(change.field)}: {now}{before}"


def _either(values: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(values))
