"""Terminal: whether Thai letters stand where they belong here, and what to do if not."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from kmtui import hooks, keys
from kmtui.app import KmtuiApp
from kmtui.page import Page
from kmtui.terminals import SAMPLES, Finding, advice, box, terminal_name, verdict
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.words import _

AGAIN: Final = "again"
APART: Final = "apart"


class TerminalScreen(Page[None]):
    """What was measured, the samples to compare by eye, and a switch."""

    CSS = """
    TerminalScreen #told { margin: 1 2 0 2; height: auto; max-height: 11; }
    TerminalScreen #told.-wrong { color: $warning; }
    TerminalScreen #list { margin: 1 1 0 1; }
    """
    app = getters.app(KmtuiApp)
    COMMANDS_HERE = ("help.do", "go.back")
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of("go.back")]

    told = getters.query_one("#told", Static)
    rows = getters.query_one("#list", RecordList)

    def compose(self) -> ComposeResult:
        """The bar, what was found, what can be done and the samples, the keys."""
        yield Bar(_("Terminal"), terminal_name())
        yield Static("", id="told", markup=False)
        yield RecordList(id="list")
        yield KeyLine("help.do", "go.back", "app.help")

    def on_mount(self) -> None:
        """Show what was measured, or measure now."""
        self.rows.focus()
        self._show(self.app.finding)
        if self.app.finding is None:
            self.app.measure(self._show)

    def _show(self, finding: Finding | None) -> None:
        if not self.is_attached:
            return  # it was left meanwhile
        is_apart = self.app.is_apart
        if finding is None:
            self.told.update(_("Asking the terminal …"))
        else:
            said = [verdict(finding), *advice(finding, is_apart=is_apart), *_missing()]
            self.told.update("\n".join(said))
            self.told.set_class(finding.state == "wrong", "-wrong")
        on_or_off = _("on") if is_apart else _("off")
        self.rows.show(
            [
                Row((Cell("  " + _("Measure again")),), key=AGAIN),
                Row((Cell("  " + _("Other form of ำ: {now}").format(now=on_or_off)),), key=APART),
                Row((Cell(""),)),
                *_compared(finding),
            ]
        )

    @on(RecordList.Chosen)
    def _do(self, chosen: RecordList.Chosen) -> None:
        if chosen.key == AGAIN:
            self._show(None)
            self.app.measure(self._show)
        elif chosen.key == APART:
            self.app.keep_apart(not self.app.is_apart)
            self._show(self.app.finding)

    def action_back(self) -> None:
        """To where one came from."""
        self.dismiss()


def _missing() -> list[str]:
    """What the Textual of this laptop does not let us do."""
    names = ", ".join(hook.name for hook in hooks.missing())
    sentence = _("This version of Textual does not know: {names}. Please tell who looks after it.")
    return [sentence.format(names=names)] if names else []


def _compared(finding: Finding | None) -> list[Row]:
    """The samples between borders; behind each what it takes here, where that is known."""
    top, *_drawn, bottom = box()
    lines = [Row((Cell(f"   {top}"),))]
    for at, sample in enumerate(SAMPLES):
        got = finding.cells[at] if finding is not None else None
        words = _("{cells} of {expected} cells").format(cells=got, expected=sample.cells)
        behind = Cell(words if got is not None else "")
        lines.append(Row((Cell("   │", 5), Cell(sample.text, 8), Cell("│", 3), behind)))
    return [*lines, Row((Cell(f"   {bottom}"),))]
