"""First run: a name, an agency and a language, asked once; Esc skips all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from kmtui.screens.card import CardScreen
from kmtui.screens.settings import choices
from kmtui.settings import Settings
from kmtui.widgets.card_lines import CardReading, Deed, Field, FieldKey, Line, Told
from kmtui.words import _
from store.edits import Add, Change, Edit
from store.errors import N_
from store.names import match, match_agency
from store.notebook import Notebook
from store.readings import Saved
from store.records import Agency, Person, RecordId

_HERE: Final = RecordId("")
_ASKED: Final = ("owner", "agency")


class FirstRunScreen(CardScreen):
    """Asks for the name at once, then for the agency; the rest is there to be looked at."""

    NAME: ClassVar[str] = N_("Welcome · ยินดีต้อนรับ")
    HINTS: ClassVar[tuple[str, ...]] = ("line.change", "first.skip", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = ("line.change", "first.skip", "app.menu")

    def __init__(self) -> None:
        super().__init__(_HERE)
        self._said = {"owner": "", "agency": ""}
        self._asked: list[str] = []
        self._settings = Settings()
        self._waits = False
        """Whether keys wait for the next question."""

    def read(self, notebook: Notebook) -> CardReading:  # noqa: ARG002 - nothing is there yet
        """The three questions, and the way on."""
        language, *_rest = choices(self._settings)
        lines: Sequence[Line] = (
            Told(_("Everything stays on this laptop. All of this can be said later."), ""),
            Told(""),
            Field(_HERE, "owner", _("Your name"), self._said["owner"]),
            Field(_HERE, "agency", _("Your agency or village"), self._said["agency"]),
            language,
            Told(""),
            Deed("begin", _("Begin")),
        )
        return CardReading("", tuple(lines))

    def read_again(self) -> None:
        """Show the questions with what was said; not where it was left meanwhile."""
        if self.is_attached:
            self._settings = self.app.settings
            super().read_again()

    def _show(self, reading: CardReading) -> None:
        super()._show(reading)
        self._ask_next()
        if self._waits:
            self._waits = False
            self.app.release_keys()

    def _ask_next(self) -> None:
        waiting = [one for one in _ASKED if one not in self._asked]
        if not self.is_attached or self.answer.asking:
            return
        for at, row in enumerate(self.rows.rows):
            wanted = isinstance(row.key, FieldKey) and waiting and row.key.field.name == waiting[0]
            if wanted:
                self.rows.cursor = at
                self._asked.append(waiting[0])
                self._open(row.key)
                return
        if not waiting:
            self.rows.action_last()

    def on_answer_line_given(self) -> None:
        """Also an empty answer leads to the next question; keys typed behind it wait."""
        self._waits = True
        self.app.hold_keys()
        self.call_after_refresh(self.read_again)

    def keep(self, field: Field, value: Any) -> None:
        """Remember an answer; the language takes effect at once."""
        if field.name in self._said:
            self._said[field.name] = str(value)
            self.read_again()
        else:
            self.app.choose(field.name, value, self.read_again)

    def do(self, deed: str) -> None:
        """Keep what was said, and begin."""
        if deed == "begin":
            said = dict(self._said)
            self.app.ask(lambda notebook: _keep(notebook, **said), self._kept)

    def _kept(self, _none: None) -> None:
        self._leave()

    def _back(self) -> None:
        """Skip what is left; it is not asked again."""
        if self.answer.asking:
            self.answer.end(given=False)
        self._leave()

    def _leave(self) -> None:
        app = self.app
        if self.is_current:
            self.dismiss()
        app.choose("language", app.settings.language, lambda: None)

    def action_trash(self) -> None:
        """Nothing is kept yet."""

    def action_history(self) -> None:
        """Nothing is kept yet."""

    def action_undo(self) -> None:
        """Nothing is kept yet."""


def _keep(notebook: Notebook, owner: str, agency: str) -> None:
    """Keep whose laptop it is; the person and the agency are known from then on."""
    if not owner:
        return
    edits: list[Edit] = []
    home: RecordId | None = None
    if agency:
        known = match_agency(agency, notebook.agencies()).same
        home = known.id if known else notebook.new_id("agency")
        edits += [] if known else [Add(Agency(id=home, short=agency))]
    somebody = match(owner, notebook.people()).same
    if somebody is None:
        edits.append(Add(Person(name=owner, agency=home)))
    elif home is not None:
        edits.append(Change(somebody.id, {"agency": home}))
    if edits:
        _saved: Saved = notebook.save(*edits)
    notebook.set_owner(owner)
