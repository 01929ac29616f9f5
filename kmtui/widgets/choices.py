"""Textual's list of options, which must not end the app when keys come before it has room."""

from __future__ import annotations

from textual.widgets import OptionList


class Choices(OptionList):
    """Lines to choose one of."""

    def action_page_up(self) -> None:
        """A screenful up; Textual's own asks for rows that a list without room has not."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """A screenful down."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
