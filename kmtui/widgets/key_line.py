"""The last line: at most seven keys, and what each does here; a click does it too."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

from kmtui import keys

_GAP = 2
"""Cells between two hints."""


class KeyLine(Static):
    """Keys in the accent colour, words in plain; what does not fit is left out whole."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        background: $surface;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: clip;
    }
    """

    def __init__(self, *commands: str) -> None:
        super().__init__(markup=False)
        self.commands = commands
        self._ends: list[int] = []
        """Behind which cell each hint that is shown ends."""

    def on_mount(self) -> None:
        """Show the keys."""
        self.show(*self.commands)

    def on_resize(self, _event: events.Resize) -> None:
        """Show as many as fit now."""
        self.show(*self.commands)

    def show(self, *commands: str) -> None:
        """Show the keys of these commands."""
        self.commands = commands
        room = (self.outer_size.width or self.app.size.width) - 2
        parts: list[Content] = []
        self._ends = []
        used = 0
        for key, word in keys.hints(*commands):
            wide = cell_len(f"{key} {word}")
            if used + wide > room:
                break
            parts.append(Content.assemble((key, "bold $accent"), " ", Content(word)))
            used += wide + _GAP
            self._ends.append(used)
        self.update(Content(" " * _GAP).join(parts))

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        at = event.x - 1
        shown = zip(self._ends, keys.hinted(*self.commands), strict=False)
        for end, command in shown:
            if at < end:
                if command.keys:
                    self.app.simulate_key(command.keys[0])
                return
