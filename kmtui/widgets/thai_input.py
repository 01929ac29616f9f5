"""A field of one line for Thai."""

from __future__ import annotations

from textual.widgets import Input


class ThaiInput(Input):
    """A field of one line for Thai."""
