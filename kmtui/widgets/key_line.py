"""The last line: at most seven keys, and what each does here."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from kmtui import keys


class KeyLine(Static):
    """Keys in the accent colour, words in plain."""

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

    def on_mount(self) -> None:
        """Show the keys."""
        self.show(*self.commands)

    def show(self, *commands: str) -> None:
        """Show the keys of these commands."""
        self.commands = commands
        pairs = [
            Content.assemble((key, "bold $accent"), " ", Content(word))
            for key, word in keys.hints(*commands)
        ]
        self.update(Content("  ").join(pairs))
