"""What a record is called, also one that is on another laptop still."""

from __future__ import annotations

from kmtui.shapes import title_of
from store.errors import StoreError
from store.notebook import Notebook
from store.records import RecordId


def record_name(notebook: Notebook, record: RecordId) -> str:
    """Its name, title or words; its id where it is not here."""
    try:
        return title_of(notebook.record(record)) or record
    except StoreError:
        return record
