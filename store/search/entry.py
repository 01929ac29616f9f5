"""One text that can be found."""

from __future__ import annotations

from typing import NamedTuple

from ..records import RecordId


class Entry(NamedTuple):
    """One text of one record."""

    id: str
    kind: str
    session: RecordId | None
    field: str
    text: str
