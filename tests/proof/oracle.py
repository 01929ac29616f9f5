"""What a set of change lines adds up to, by definition and slowly; shares no code with the fold.

A line is the JSON object that stands in a file. A value of a field is *live* unless a newer line
of the same record names it as what it replaces. Source: the rules of the fold in the design.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

Line = Mapping[str, Any]
Seen = Callable[[str], set[str]]
"""By field, every value that stands on the screen, as text of JSON; an element of a set that is
there and a deletion that is told are true."""
DELETED = "_deleted"


class Told(NamedTuple):
    """What a reader should see of a record."""

    values: dict[str, Any]
    """Plain fields as text of JSON; a set as the sorted list of its elements."""
    conflicts: dict[str, set[str]]
    """By field every other live value, as text of JSON."""
    deleted: bool
    edited_after_delete: bool


def text(value: object) -> str:
    """Equal values, equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def replaces(newer: Line, older: Line, field: str) -> bool:
    """Whether a line was written with the other one in front of it, for this field."""
    return (
        newer["rec"] == older["rec"]
        and field in newer["put"]
        and older["id"] in newer.get("base", {}).get(field, ())
        and older["id"] < newer["id"]
    )


def live(lines: Iterable[Line], rec: str, field: str) -> list[Line]:
    """The lines whose values of a field stand, oldest first."""
    own = [line for line in lines if line["rec"] == rec and field in line["put"]]
    standing = [one for one in own if not any(replaces(other, one, field) for other in own)]
    return sorted(standing, key=lambda line: str(line["id"]))


def told(lines: Iterable[Line], rec: str) -> Told:
    """What a reader should see of this record."""
    every = list({line["id"]: line for line in lines if line["rec"] == rec}.values())
    fields = {field for line in every for field in line["put"]}
    groups = {field.split("/")[0] for field in fields if "/" in field}
    values: dict[str, Any] = {group: [] for group in groups}
    conflicts: dict[str, set[str]] = {}
    on_screen: set[str] = set()
    for field in sorted(fields - {DELETED}):
        standing = live(every, rec, field)
        on_screen |= {line["id"] for line in standing}
        if "/" in field:
            group, _stroke, element = field.partition("/")
            if any(line["put"][field] is not None for line in standing):
                values[group].append(element)
        elif field not in groups:
            *others, shown = [text(line["put"][field]) for line in standing]
            values[field] = shown
            if set(others) - {shown}:
                conflicts[field] = set(others) - {shown}
    last_words = [line["put"][DELETED] for line in live(every, rec, DELETED)]
    deletions = [ids for ids in last_words if ids is not None]
    covered = {one for ids in deletions for one in ids}
    deleted = bool(deletions) and on_screen <= covered
    return Told(values, conflicts, deleted, bool(deletions) and not deleted)


def lost(lines: Iterable[Line], rec: str, seen: Seen) -> list[tuple[str, str]]:
    """Line and field of every value that a reader cannot find and that nobody has replaced.

    Args:
        lines: Everything that was ever written.
        rec: The record that is looked at.
        seen: What the program shows of it, asked field by field.
    """
    own = [line for line in lines if line["rec"] == rec]
    named = {
        (base, field)
        for line in own
        for field, bases in line.get("base", {}).items()
        for base in bases
    }
    return [
        (line["id"], field)
        for line in own
        for field, value in line["put"].items()
        if (line["id"], field) not in named and not _is_seen(field, value, seen)
    ]


def _is_seen(field: str, value: object, seen: Seen) -> bool:
    if value is None and ("/" in field or field == DELETED):
        return True  # taken out, brought back: no value that could be lost
    return text(True if "/" in field or field == DELETED else value) in seen(field)
