"""Session: everything of one forum, edited where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.bar import Bar
from kmtui.widgets.forum_lines import (
    FIELDS,
    CheckKey,
    FieldKey,
    ForumLines,
    GapKey,
    TextKey,
    field_words,
)
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import RecordList
from kmtui.words import _, language, told
from store.dates import DateReading, read_date, read_part, read_time, written
from store.edits import Change, Delete
from store.errors import StoreError
from store.readings import Gap, Saved, SessionWhole
from store.records import RecordId
from store.vocabulary import Role, RoleCheck

_NEXT_CHECK: Final[dict[RoleCheck | None, RoleCheck | None]] = {
    None: "did",
    "did": "partly",
    "partly": "did_not",
    "did_not": None,
}
_FIELD_OF_GAP: Final = {"no_date": "date", "no_place": "place"}
_FOR_RECORDING: Final = frozenset(
    {"no_recorder", "no_facilitator", "no_turns", "no_lesson", "nobody_present"}
)
_HINTS: Final = (
    "session.record", "line.change", "change.delete", "change.undo", "go.back", "app.help",
)  # fmt: skip
_HINTS_IN_LINE: Final = ("line.keep", "line.leave")


class SessionScreen(Screen[None]):
    """One list from the title to the last outcome; Enter changes what is marked."""

    CSS = "#list { margin: 0 1; }"
    app = getters.app(KmtuiApp)
    COMMANDS_HERE = (*_HINTS[:-1], "app.menu")
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of(*_HINTS[:-1], "app.menu"),
        Binding("tab,shift+tab", "stay", show=False, priority=True),
    ]

    rows = getters.query_one("#list", RecordList)
    bar = getters.query_one(Bar)
    answer = getters.query_one(AnswerLine)
    hints = getters.query_one(KeyLine)

    def __init__(self, whole: SessionWhole, *, at: RecordId | None = None) -> None:
        """Show this forum.

        Args:
            whole: The forum.
            at: A turn, lesson or outcome of it to stand on; None for the top.
        """
        super().__init__()
        self.whole = whole
        self._at = at
        self._asked_about = ""
        """The day whose year was asked about and stands in the line."""

    def compose(self) -> ComposeResult:
        """The bar, the list, a line to type in when asked, the keys."""
        yield Bar(_("Forum"), self.whole.session.title)
        yield RecordList(id="list")
        yield AnswerLine()
        yield KeyLine(*_HINTS)

    def on_mount(self) -> None:
        """Show what was read."""
        self.rows.focus()
        self.show(self.whole)

    def on_resize(self, _event: events.Resize) -> None:
        """Turns are broken into lines of this width."""
        self.call_after_refresh(self.show, self.whole)

    # down

    def read_again(self) -> None:
        """Read the forum as it is kept now."""
        session = self.whole.session.id
        self.app.ask(lambda notebook: notebook.session(session), self.show, self._gone, saves=False)

    def _gone(self, error: StoreError) -> None:
        """It is in the trash, or cannot be read."""
        self.app.tell_refusal(error)

    def show(self, whole: SessionWhole) -> None:
        """Show the forum as it stands."""
        self.whole = whole
        if not self.is_attached:
            return  # it was left meanwhile
        self.bar.say(whole.session.title)
        self.rows.show(list(self._lines))
        if self._at is not None:
            self._stand_on(self._at)
            self._at = None

    @property
    def _lines(self) -> ForumLines:
        return ForumLines(self.whole, self.rows.size.width or self.size.width - 2)

    def _stand_on(self, record: RecordId) -> None:
        for at, row in enumerate(self.rows.rows):
            if isinstance(row.key, TextKey) and row.key.record == record:
                self.rows.cursor = at

    # up

    def action_change(self) -> None:
        """Change what is marked, or keep the line that is being typed."""
        self.app.in_order(self._enter)

    def _enter(self) -> None:
        if self.answer.asking:
            self.app.hold_keys()
            self.answer.end(given=True)
        else:
            self._chosen(RecordList.Chosen(self.rows.key))

    @on(RecordList.Chosen)
    def _chosen(self, chosen: RecordList.Chosen) -> None:
        match chosen.key:
            case FieldKey(name):
                self._edit_field(name)
            case TextKey(record, field):
                self._edit_text(record, field)
            case CheckKey(attendance, role):
                self._check(attendance, role)
            case GapKey(gap):
                self._mend(gap)

    def _edit_field(self, name: str) -> None:
        self._ask(FieldKey(name), field_words(self.whole.session, name))

    def _edit_text(self, record: RecordId, field: str) -> None:
        for one in (*self.whole.turns, *self.whole.lessons, *self.whole.outcomes):
            if one.id == record:
                self._ask(TextKey(record, field), str(getattr(one, field)))

    def _ask(self, about: FieldKey | TextKey, words: str, why: str = "") -> None:
        """Put words into the line, and say why they are there again."""
        if not self.app.writable:
            self.app.tell_reading_only()
            return
        what = _(FIELDS[about.name]) if isinstance(about, FieldKey) else _("Change")
        self.answer.ask(about, what, words=words, hint=why)
        self.hints.show(*_HINTS_IN_LINE)

    def _to_list(self) -> None:
        self.hints.show(*_HINTS)
        self.rows.focus()

    @on(AnswerLine.Given)
    def _given(self, given: AnswerLine.Given) -> None:
        self._to_list()
        self.app.release_keys()
        match given.about:
            case FieldKey() as about:
                self._keep_field(about, given.text)
            case TextKey(record, field) as about if given.text:
                self._keep(Change(record, {field: given.text}), about, given.text)
            case TextKey() as about:
                self._edit_text(about.record, about.field)
                self.app.tell(_("Nothing is left of it. Del puts it into the trash."))

    def _keep_field(self, about: FieldKey, text: str) -> None:
        try:
            fields = _fields_of(about.name, text, today=self.app.today())
        except StoreError as error:
            self._ask(about, text, told(error))
            return
        if about.name == "title" and not text:
            self._edit_field("title")
            self.app.tell(_("A forum needs a title; a few letters will do."))
            return
        reading = fields.pop("reading", None)
        if reading is not None and text != self._asked_about and _unsure(reading):
            self._asked_about = text
            day = written(reading.day, language=language(), style="long")
            self._ask(about, text, _("{day}? Enter = yes.").format(day=day))
            return
        self._keep(Change(self.whole.session.id, fields), about, text)

    def _keep(self, edit: Change, about: FieldKey | TextKey | None = None, words: str = "") -> None:
        """Keep a change; when it is refused, what was typed stands in the line again."""

        def refused(error: StoreError) -> None:
            if about is not None and self.is_attached and not self.answer.asking:
                self._ask(about, words, told(error))
            self.app.tell_refusal(error)

        self.app.ask(
            lambda notebook: notebook.save(edit), lambda _saved: self.read_again(), refused
        )

    def _check(self, attendance_id: RecordId, role: Role) -> None:
        for one in self.whole.attendance:
            if one.id == attendance_id:
                value = _NEXT_CHECK[one.checks.get(role)]
                self._keep(Change(one.id, {f"checks.{role}": value}))

    def _mend(self, gap: Gap) -> None:
        """Go to what closes a gap."""
        if gap.kind in _FIELD_OF_GAP:
            self._edit_field(_FIELD_OF_GAP[gap.kind])
        elif gap.kind in _FOR_RECORDING:
            self.action_record()
        else:
            self._jump(gap)

    def _jump(self, gap: Gap) -> None:
        for at, row in enumerate(self.rows.rows):
            key = row.key
            about_role = isinstance(key, CheckKey) and self._checks(key, gap)
            if about_role or (isinstance(key, TextKey) and self._is_about(key.record, gap)):
                self.rows.cursor = at
                return

    def _checks(self, key: CheckKey, gap: Gap) -> bool:
        """Whether this row is the role that a gap is about."""
        whose = next(one for one in self.whole.attendance if one.id == key.attendance)
        if gap.about not in (None, whose.id, whose.person):
            return False
        open_ = key.role not in whose.checks
        return gap.kind == "role_drift" or (gap.kind == "role_not_checked" and open_)

    def _is_about(self, record: RecordId, gap: Gap) -> bool:
        if gap.about is not None:
            return record == gap.about
        turn = next((one for one in self.whole.turns if one.id == record), None)
        return gap.kind == "turn_without_speaker" and turn is not None and turn.speaker is None

    def action_record(self) -> None:
        """Go on recording."""
        self.app.record_session(self.whole.session.id)

    def action_trash(self) -> None:
        """Put the marked turn, lesson or outcome into the trash; on the title, the forum."""
        match self.rows.key:
            case TextKey(record):
                self._trash(record, self.read_again, _("In the trash. Ctrl+Z brings it back."))
            case FieldKey("title"):
                session = self.whole.session.id
                said = _("The forum is in the trash. Ctrl+Z brings it back.")
                self._trash(session, self._back, said)
            case _other:
                said = _("Mark a turn, a lesson or a decision first; on the title, the forum.")
                self.app.tell(said)

    def _trash(self, record: RecordId, then: Callable[[], None], said: str) -> None:
        def gone(_saved: Saved) -> None:
            self.app.tell(said)
            if self.is_attached:
                then()

        self.app.ask(lambda notebook: notebook.save(Delete(record)), gone)

    def action_undo(self) -> None:
        """Take back this laptop's last change."""
        if self.answer.asking:
            self.app.tell(_("Enter keeps the line, Esc leaves it as it was."))
            return
        self.app.take_back(self.read_again)

    def action_stay(self) -> None:
        """There is one place to type in; Tab does not lead out of it."""

    def action_back(self) -> None:
        """To where one came from; a line that is being typed is left as it was."""
        self.app.in_order(self._back)

    def _back(self) -> None:
        if self.answer.asking:
            self.answer.end(given=False)
            self._asked_about = ""
            self._to_list()
            return
        if self.is_current:
            self.dismiss()


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
        return {"date": reading.day, "until": reading.until, "reading": reading}
    if name == "part":
        return {name: read_part(words).number if words else None}
    if name in ("starts", "ends"):
        return {name: read_time(words) if words else None}
    return {name: words}


def _unsure(reading: DateReading) -> bool:
    """Whether the year has to be asked about."""
    return reading.two_digit_year or reading.no_year
