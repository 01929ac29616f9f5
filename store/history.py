"""Who changed what, when, from what: the lines of one record, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .changes.line import Change
from .clock import moment_of
from .readings import FieldChange
from .records import RecordId


class _Set(NamedTuple):
    """One field that one line set, and what both are called together."""

    change: str
    field: str
    line: Change


def history_of(lines: Sequence[Change]) -> tuple[FieldChange, ...]:
    """Every change of every field, in the order of the lines."""
    every = {line.id: line for line in lines}
    return tuple(
        FieldChange(
            change=one.change,
            time=moment_of(one.line.time),
            who=RecordId(one.line.who) if one.line.who else None,
            laptop=one.line.dev,
            field=one.field,
            value=one.line.put[one.field],
            replaced=tuple(
                every[base].put.get(one.field)
                for base in one.line.base.get(one.field, ())
                if base in every
            ),
        )
        for one in _named(lines)
    )


def value_at(lines: Sequence[Change], field: str, change: str) -> tuple[Any] | None:
    """The value that a change of the history gave a field; None where there is none such.

    Args:
        lines: Of the record.
        field: As ``history_of`` names it.
        change: As ``history_of`` names it.
    """
    for one in _named(lines):
        if (one.change, one.field) == (change, field):
            return (one.line.put[field],)
    return None


def _named(lines: Sequence[Change]) -> Iterator[_Set]:
    """Each by its save; by its own line where others say to be of that save too."""
    told = Counter((line.save, name) for line in lines for name in line.put)
    for line in lines:
        for name in line.put:
            is_alone = told[line.save, name] == 1
            yield _Set(line.save if is_alone else line.id, name, line)
