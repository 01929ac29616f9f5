"""Help: what can be done on the screen one came from, key by key; Enter does what is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.page import Page
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.words import _


class HelpScreen(Page[None]):
    """The keys of one screen, then those that work everywhere."""

    CSS = "#keys { margin: 1 1 0 1; }"
    app = getters.app(KmtuiApp)
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of("go.back")]

    def __init__(
        self, commands: Sequence[str], typed: Sequence[tuple[str, str]] = (), in_hand: str = ""
    ) -> None:
        """Tell about one screen.

        Args:
            commands: Ids of what can be done on it.
            typed: What can be typed there, and what it means, in English.
            in_hand: What the thing in hand is and takes, in the language of the interface.
        """
        super().__init__()
        self._commands = commands
        self._typed = typed
        self._in_hand = in_hand

    def compose(self) -> ComposeResult:
        """The bar, the keys, the way back."""
        yield Bar(_("Help"))
        yield RecordList(id="keys")
        yield KeyLine("help.do", "go.back")

    def on_mount(self) -> None:
        """Lay out the keys."""
        rows = [Row((Cell(self._in_hand, style="primary"),)), Row((Cell(""),))]
        rows = [*(rows if self._in_hand else []), Row((Cell(_("On this page"), style="muted"),))]
        rows += [_row(one) for one in self._commands if one not in keys.EVERYWHERE]
        for sign, meaning in self._typed:
            cells = (Cell(f"  {sign}", 14, "accent"), Cell(_(meaning)))
            rows.append(Row(cells, key=sign))
        rows += [Row((Cell(""),)), Row((Cell(_("Everywhere"), style="muted"),))]
        rows += [_row(one) for one in keys.EVERYWHERE]
        rows.append(
            Row(
                (Cell("  F12 Ctrl+P", 14, "accent"), Cell(_("Everything by its name"))),
                key="app.menu",
            )
        )
        shown = self.query_one(RecordList)
        shown.show(rows)
        shown.focus()

    def action_back(self) -> None:
        """To the screen one came from."""
        self.dismiss()

    @on(RecordList.Chosen)
    async def _do(self, chosen: RecordList.Chosen) -> None:
        """Do it on the screen one came from: not every keyboard has every key."""
        command = keys.COMMANDS.get(str(chosen.key))
        if command is None or not self.is_active:
            return  # something that is typed there, or a second click
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1]
        self.dismiss()
        if command.action and command.id != "app.help":
            self.app.call_later(self.app.run_action, command.action, below)


def _row(command_id: str) -> Row:
    command = keys.COMMANDS[command_id]
    return Row(
        (Cell(f"  {command.key_label}", 14, "accent"), Cell(_(command.tooltip))), key=command_id
    )
