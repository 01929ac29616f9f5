"""What a record is called, also one that is on another laptop still; agencies by their names."""

from __future__ import annotations

from kmtui.shapes import title_of
from store.edits import Add, Change, Edit
from store.errors import StoreError
from store.names import match_agency
from store.notebook import Notebook
from store.records import Agency, RecordId


def agency_edits(notebook: Notebook, record: RecordId, name: str) -> tuple[Edit, ...]:
    """What gives a record the agency of this name; one that nobody knows is made."""
    if not name:
        return (Change(record, {"agency": None}),)
    known = match_agency(name, notebook.agencies()).same
    if known is not None:
        return (Change(record, {"agency": known.id}),)
    fresh = notebook.new_id("agency")
    return (Add(Agency(id=fresh, short=name)), Change(record, {"agency": fresh}))


def record_name(notebook: Notebook, record: RecordId) -> str:
    """Its name, title or words; its id where it is not here."""
    try:
        return title_of(notebook.record(record)) or record
    except StoreError:
        return record
