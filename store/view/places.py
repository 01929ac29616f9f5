"""Which database of the view a record stands in: a function of its id alone."""

from __future__ import annotations

from typing import Final

from ..ids import kind_of, record_letters, session_letters

TABLES: Final = {
    "series": "series",
    "session": "sessions",
    "attendance": "attendance",
    "turn": "turns",
    "lesson": "lessons",
    "outcome": "outcomes",
    "person": "people",
    "agency": "agencies",
    "capability": "capabilities",
    "duty": "duties",
    "review": "reviews",
}
"""Kind of record to the name of its table; a kind of a newer version is a table of its own."""
ROWS: Final = "session_rows"
"""The table of what a list shows of a session."""
PEOPLE: Final = "people"
"""The database of everything that is not of a session: small, and loaded by every job."""
_INSIDE: Final = frozenset({"turn", "attendance", "review"})
_DRAWN: Final = frozenset({"lesson", "outcome"})
_SPAN: Final = 4
"""Letters of a session's id that share a database: about twelve days of forums."""


def table_of(record_id: str) -> str:
    """The table that a record stands in."""
    kind = kind_of(record_id)
    return TABLES.get(kind, kind)


def shelf_of(record_id: str) -> str:
    """The database that a record stands in.

    ``people``; ``session-<letters>`` for what is inside one forum; ``sessions-…``, ``lessons-…``
    by a span of time, so that a checkpoint writes a little and a list reads all.
    """
    kind = kind_of(record_id)
    if kind in _INSIDE:
        return inside_shelf(session_letters(record_id))
    span = session_letters(record_id)[:_SPAN].lower()
    if kind == "session":
        return f"sessions-{span}"
    if kind in _DRAWN:
        return f"lessons-{span}"
    return PEOPLE


def inside_shelf(letters: str) -> str:
    """The database of one session's turns, attendance and reviews."""
    return f"session-{letters}"


def is_inside(shelf: str) -> bool:
    """Whether this is the database of one session."""
    return shelf.startswith("session-")


def is_rows(shelf: str) -> bool:
    """Whether this is a database of list rows."""
    return shelf.startswith("rows-")


def lessons_shelf(letters: str) -> str:
    """The database of a session's lessons and outcomes."""
    return f"lessons-{letters[:_SPAN].lower()}"


def rows_shelf(letters: str) -> str:
    """The database of what lists show of sessions of the same span."""
    return f"rows-{letters[:_SPAN].lower()}"


def sessions_shelf(letters: str) -> str:
    """The database of the sessions of the same span."""
    return f"sessions-{letters[:_SPAN].lower()}"


def sessions_beside(rows: str) -> str:
    """The database of the sessions whose list rows stand in this one."""
    return "sessions-" + rows.removeprefix("rows-")


def file_of(shelf: str) -> str:
    """Where a database stands below the view's folder, with ``/``."""
    if is_inside(shelf):
        letters = shelf.removeprefix("session-")
        if letters != letters.upper():  # two files must not differ by case only
            letters = letters.encode().hex()
        name = "s" + letters.lower()  # never a name like CON alone
        return f"session/{name[: _SPAN + 1]}/{name}.json"
    return f"{shelf}.json"


def letters_in(record_id: str) -> str | None:
    """The session that a change of this record touches; None for none."""
    kind = kind_of(record_id)
    if kind == "session":
        return record_letters(record_id)
    if kind in _INSIDE or (kind in _DRAWN and "-" in record_id):
        return session_letters(record_id)
    return None
