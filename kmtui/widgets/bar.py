"""The first line: where you are, the day in พ.ศ., and whether everything is kept."""

from __future__ import annotations

from rich.cells import cell_len
from textual import getters
from textual.content import Content
from textual.widget import Widget

from kmtui.app import KmtuiApp
from kmtui.spoken_days import day_words
from kmtui.thai.lines import cut
from kmtui.words import _


class Bar(Widget):
    """Screen · what at the left; day and keeping at the right."""

    DEFAULT_CSS = """
    Bar { dock: top; height: 1; width: 1fr; background: $surface; padding: 0 1; }
    """

    app = getters.app(KmtuiApp)

    def __init__(self, screen: str, what: str = "") -> None:
        """Say where this is.

        Args:
            screen: The screen's name, in the language of the interface.
            what: What it shows; a person's or a file's words.
        """
        super().__init__()
        self._screen_name = screen
        self._what = what

    def on_mount(self) -> None:
        """Follow what the app says about keeping."""
        self.watch(self.app, "keeping", self._again, init=False)
        self.watch(self.app, "refusal", self._again, init=False)

    def _again(self) -> None:
        self.refresh()

    def say(self, what: str, screen: str | None = None) -> None:
        """Show something else."""
        self._what = what
        self._screen_name = self._screen_name if screen is None else screen
        self.refresh()

    def render(self) -> Content:
        """Left and right in one line; the left gives way."""
        state, style = self._state()
        day = day_words(self.app.today())
        width = self.content_size.width
        right = f"{day}  {state}" if width >= 50 else state
        right = cut(right, max(1, width - 8))
        room = max(0, width - cell_len(right) - 2)
        name = self._screen_name
        left = cut(f"{name} · {self._what}" if self._what else name, room) if room else ""
        gap = " " * (width - cell_len(left) - cell_len(right))
        day_part, state_part = right.removesuffix(state), state
        if not right.endswith(state):
            state_part = ""
        return Content.assemble((left, "bold"), gap, (day_part, "$muted"), (state_part, style))

    def _state(self) -> tuple[str, str]:
        app = self.app
        if app.refusal:
            return f"! {app.refusal}", "bold $error"
        if app.keeping:
            return _("keeping …"), "$muted"
        if not app.writable:
            return _("reading only"), "$warning"
        return _("kept ✓"), "$success"
