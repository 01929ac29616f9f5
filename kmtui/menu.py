"""The menu: Textual's command palette, which must not end the app when keys come fast."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette

from kmtui.page import Page


class Menu(CommandPalette, Page[None]):
    """Everything that can be done here, by its name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def action_page(self, step: int) -> None:
        """A screenful; Textual's own asks for lines that are not laid out yet."""
        shown = self.query_one(CommandList)
        if shown.option_count:
            height = max(1, shown.scrollable_content_region.height // 2)
            at = (shown.highlighted or 0) + step * height
            shown.highlighted = max(0, min(at, shown.option_count - 1))
