"""Settings: whose laptop, the language, the colours, the digits; changed where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from kmtui.screens.card import CardScreen
from kmtui.settings import CHOICES, Settings
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Told, heading
from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook
from store.records import RecordId

_HERE: Final = RecordId("")
"""Settings are no record's fields."""


class SettingsScreen(CardScreen):
    """Each choice takes effect at once and is kept in settings.toml."""

    NAME: ClassVar[str] = N_("Settings")
    HINTS: ClassVar[tuple[str, ...]] = ("line.change", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (*HINTS[:-1], "app.terminal", "app.menu")

    def __init__(self) -> None:
        super().__init__(_HERE)
        self._settings = Settings()

    def read_again(self) -> None:
        """Show what is chosen now; not where it was left meanwhile."""
        if self.is_attached:
            self._settings = self.app.settings
            super().read_again()

    def read(self, notebook: Notebook) -> CardReading:
        """What is chosen now."""
        lines: list[Line] = [
            Field(_HERE, "owner", _("Whose laptop"), notebook.owner, hint=_("your name")),
            *choices(self._settings),
            *heading(_("Terminal")),
            Deed("terminal", _("Look whether this terminal shows Thai as it should")),
            *heading(_("Where it all is")),
            Told(str(notebook.folder), ""),
            Told(_("Keys can be changed in settings.toml there, under [keys].")),
        ]
        return CardReading("", tuple(lines))

    def keep(self, field: Field, value: Any) -> None:
        """Keep a choice, and let it take effect."""
        if field.name == "owner":
            self.app.ask(
                lambda notebook: notebook.set_owner(str(value)), lambda _none: self.read_again()
            )
            return
        self.app.choose(field.name, value, self.read_again)

    def do(self, deed: str) -> None:
        """Open the check of the terminal."""
        if deed == "terminal":
            self.app.call_later(self.app.action_check_terminal)

    def action_trash(self) -> None:
        """Settings are not put away."""

    def action_history(self) -> None:
        """The file of settings has no history."""

    def action_undo(self) -> None:
        """The file of settings has no history; Enter goes on to the next choice."""


def choices(settings: Settings) -> Iterator[Field]:
    """The choices as fields, each in words."""
    words: dict[str, tuple[str, dict[Any, str]]] = {
        "language": (_("Language"), {"th": "ไทย", "en": "English"}),
        "theme": (
            _("Colours"),
            {
                "kmtui-dark": _("dark"),
                "kmtui-light": _("light, for the sun"),
                "kmtui-terminal": _("the terminal's own"),
            },
        ),
        "digits": (_("Digits"), {"arabic": "1 2 3", "thai": "๑ ๒ ๓"}),
        "sara_am_apart": (_("ำ in two pieces"), {False: _("no"), True: _("yes")}),
    }
    for name, (label, called) in words.items():
        options = tuple((one, called[one]) for one in CHOICES[name])
        yield Field(_HERE, name, label, getattr(settings, name), "choice", options)
