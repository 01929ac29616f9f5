"""Changing a forum where it stands: what is typed in the line, read, kept, refused, put aside."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, Final

from textual import getters, on

from kmtui import fields
from kmtui.app import KmtuiApp
from kmtui.beginning import Doubt
from kmtui.mending import Lack, name_somebody, read_due, year_question
from kmtui.screens.onward import Onward
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.forum_lines import FieldKey, TextKey, field_words
from kmtui.words import _, told
from store.dates import DateReading, read_date, read_part, read_time
from store.edits import Change
from store.errors import StoreError
from store.readings import SessionWhole
from store.records import RecordId, fact

HINTS: Final = (
    "session.record", "line.change", "change.delete", "change.undo", "go.back", "app.help",
)  # fmt: skip
_HINTS_IN_LINE: Final = ("line.keep", "form.next", "line.leave")
_HINTS_IN_LINES: Final = ("line.keep", "line.new_line", "line.leave")
_HINTS_IN_DOUBT: Final = ("form.yes", "form.new_person", "line.leave")
About = FieldKey | TextKey | Lack
"""What the line is about."""


class ChangingScreen(Onward):
    """A list of what one forum holds, and a line in which what is marked is changed."""

    app = getters.app(KmtuiApp)

    def __init__(self, whole: SessionWhole) -> None:
        super().__init__()
        self.whole = whole
        self._asked_about = ""
        """The day whose year was asked about and stands in the line."""
        self._doubt: Doubt | None = None
        """The name that was asked about and stands in the line."""
        self._settled: dict[str, RecordId | None] = {}
        """Names that were asked about, and who is meant; None for somebody new."""
        self._before = ""
        """What the line is to change, as it is kept."""
        self._opened_with = ""
        """What stood in the line when it was opened."""
        self._aside: dict[About, str] = {}
        """What was typed and left with Esc."""

    def edit_field(self, name: str) -> None:
        """Change a field of the forum."""
        self.open_line(FieldKey(name), field_words(self.whole.session, name))

    def edit_text(self, record: RecordId, field: str) -> None:
        """Change the words of a turn, a lesson or an outcome."""
        for one in (*self.whole.turns, *self.whole.lessons, *self.whole.outcomes):
            if one.id == record:
                self.open_line(TextKey(record, field), str(getattr(one, field)))

    def open_line(self, about: About, words: str, hint: str = "") -> None:
        """Put what is to be changed into the line, or what was typed for it and left."""
        if not self.app.writable:
            self.app.tell_reading_only()
            return
        self._before = words
        self._opened_with = self._aside.pop(about, words)
        if self._opened_with != words:
            hint = _("Enter keeps the line, Esc leaves it as it was.")
        self._ask(about, self._opened_with, hint)

    def _ask(self, about: About, words: str, why: str = "", doubt: Doubt | None = None) -> None:
        """Put words into the line, and say why they are there again."""
        match about:
            case FieldKey(name):
                what = fields.label("session", name)
            case Lack():
                what = about.asked
            case _:
                what = _("Change")
        self._doubt = doubt
        long = isinstance(about, TextKey) and about.field == "text"
        self.answer.ask(about, what, words=words, hint=why, keeps_lines=long)
        in_line = _HINTS_IN_LINES if long else _HINTS_IN_LINE
        self.hints.show(*self.hints_for(about, *(_HINTS_IN_DOUBT if doubt else in_line)))
        self.stay()

    def field_of(self, key: object) -> Hashable | None:
        """A fact of the forum that is typed; words that were said are kept, and that is all."""
        return key.name if isinstance(key, FieldKey) and key.name != "status" else None

    def open_field(self, key: object) -> None:
        """Put a fact of the forum into the line."""
        if isinstance(key, FieldKey):
            self.edit_field(key.name)

    def _to_list(self) -> None:
        self.hints.show(*HINTS)
        self.rows.focus()

    @on(AnswerLine.Given)
    def _given(self, given: AnswerLine.Given) -> None:
        self._to_list()
        self.app.release_keys()
        if given.text == self._before.strip():
            self.go_on()  # nothing was changed
            return
        match given.about:
            case FieldKey() as about:
                self._keep_field(about, given.text)
            case TextKey(record, field) as about if given.text:
                self.keep(Change(record, {field: given.text}), about, given.text)
            case TextKey() as about:
                self.edit_text(about.record, about.field)
                self.app.tell(_("Nothing is left of it. Del puts it into the trash."))
            case Lack(field="due") as about:
                self._keep_due(about, given.text)
            case Lack() as about:
                self._keep_name(about, given.text)

    def _keep_field(self, about: FieldKey, text: str) -> None:
        try:
            found = _fields_of(about.name, text, today=self.app.today())
        except StoreError as error:
            self._ask(about, text, told(error))
            return
        if about.name == "title" and not text:
            self.edit_field("title")
            self.app.tell(_("A forum needs a title; a few letters will do."))
            return
        reading = found.pop("reading", None)
        if reading is not None and not self._year_is_settled(
            about, text, reading.day, whole=not _unsure(reading)
        ):
            return
        self.keep(Change(self.whole.session.id, found), about, text)

    def _year_is_settled(self, about: About, text: str, day: date, *, whole: bool) -> bool:
        """Whether the year was written whole, or a yes was said to it; else it is asked about."""
        if whole or text == self._asked_about:
            return True
        self._asked_about = text
        self._ask(about, text, year_question(day))
        return False

    def _keep_due(self, about: Lack, text: str) -> None:
        try:
            due = read_due(text, self.app.today())
        except StoreError as error:
            self._ask(about, text, told(error))
            return
        if self._year_is_settled(about, text, due.day, whole=due.sure):
            self.keep(Change(about.record, {"due": due.day}), about, text)

    def _keep_name(self, about: Lack, name: str) -> None:
        """Keep who spoke or who does a task; a name that is not sure is asked about."""
        if self._doubt is not None and self._doubt.written == name:
            self._settled.setdefault(name, self._doubt.yes)
        session, settled = self.whole.session.id, dict(self._settled)

        def named(doubt: Doubt | None) -> None:
            if doubt is None:
                self.read_again()
            elif self.is_attached:
                self._ask(about, name, doubt.asked(), doubt)
            self.app.release_keys()

        def refused(error: StoreError) -> None:
            self._refused(about, name, error)
            self.app.release_keys()

        self.app.hold_keys()
        self.app.ask(
            lambda notebook: name_somebody(notebook, session, about, name, settled), named, refused
        )

    def keep(self, edit: Change, about: About | None = None, words: str = "") -> None:
        """Keep a change; when it is refused, what was typed stands in the line again."""
        self.app.ask(
            lambda notebook: notebook.save(edit),
            lambda _saved: self.read_kept(),
            lambda error: self._refused(about, words, error),
        )

    def _refused(self, about: About | None, words: str, error: StoreError) -> None:
        if about is not None and self.is_attached and not self.answer.asking:
            self._ask(about, words, told(error))
        self.stay()
        self.app.tell_refusal(error)

    def action_new_person(self) -> None:
        """The name that is asked about is somebody new's."""
        self.in_order(self._somebody_new)

    def _somebody_new(self) -> None:
        if self.answer.asking and self._doubt is not None:
            self._settled[self._doubt.written] = None
            self.take_line()

    def leave_line(self) -> None:
        """Esc: nothing is kept, and what was typed is put aside for the next time."""
        about, words = self.answer.about, self.answer.line.value
        if words != self._opened_with and isinstance(about, About):
            self._aside[about] = words
        self.answer.end(given=False)
        self._asked_about = ""
        self._doubt = None
        self._to_list()


def _fields_of(name: str, text: str, *, today: date) -> dict[str, Any]:
    """What to set for what a person typed; a day also gives its ``reading``.

    Raises:
        StoreError: It cannot be read.
    """
    words = text.strip()
    if name == "date":
        reading = read_date(words, today=today) if words else None
        if reading is None:
            return {"date": None, "until": None}
        hours = {"starts": reading.starts, "ends": reading.ends} if reading.starts else {}
        return {"date": reading.day, "until": reading.until, "reading": reading, **hours}
    if name == "part":
        return {name: read_part(words).number if words else None}
    if fact(name).clock:
        return {name: read_time(words) if words else None}
    return {name: words}


def _unsure(reading: DateReading) -> bool:
    """Whether the year has to be asked about."""
    return reading.two_digit_year or reading.no_year
