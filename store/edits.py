"""What can be asked of a notebook: plain values, any number of them in one save.

``Notebook.save(Add(turn), Change(id, {"place": "..."}))`` holds or falls whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .records import Record, RecordId


@dataclass(frozen=True, slots=True)
class Add:
    """Keep a new record. An empty id is filled in by ``Notebook.new_id`` rules.

    Adding an attendance that is there already changes its fields instead: it is one record a
    person and session.
    """

    record: Record


@dataclass(frozen=True, slots=True)
class Change:
    """Set fields of a record that is kept already, and leave the others as they are."""

    id: RecordId
    fields: Mapping[str, Any] = field(default_factory=dict)
    """By field name, Python values as in the record's class; ``checks.recorder`` sets one key of
    a mapping. A set field given here becomes exactly this set."""
    add: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Elements to put into set fields."""
    take: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Elements to take out of set fields."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Put a record into the trash."""

    id: RecordId


@dataclass(frozen=True, slots=True)
class BringBack:
    """Take a record out of the trash."""

    id: RecordId


Edit = Add | Change | Delete | BringBack
