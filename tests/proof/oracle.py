"""What a set of change lines adds up to, by definition and slowly; shares no code with the fold.

A line is the JSON object that stands in a file. A value of a field is *live* unless a newer line
of the same record names it as what it replaces. Source: the rules of the fold in the design.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Line = Mapping[str, Any]
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


def lost(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Line and field of every value that neither stands nor was named by whoever replaced it."""
    every = list({line["id"]: line for line in lines}.values())
    return [
        (line["id"], field)
        for line in every
        for field in line["put"]
        if line not in live(every, line["rec"], field)
        and not any(replaces(other, line, field) for other in every)
    ]
