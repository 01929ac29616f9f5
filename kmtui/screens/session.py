"""Session: everything of one forum, edited where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.gaps import gap_words
from kmtui.labels import presence_word, role_word
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.bar import Bar
from kmtui.widgets.forum_rows import six_dots
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.marks import DRAWN_MARKS, MISSING, ROLE_MARKS, THERE
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.widgets.wrapped import wrapped
from kmtui.words import _, counted, language
from store.dates import read_date, read_time, written
from store.edits import Change, Delete, Edit
from store.errors import N_, NothingToUndo, StoreError
from store.readings import Gap, Saved, SessionWhole
from store.records import Attendance, Outcome, RecordId
from store.vocabulary import Role, RoleCheck

_FIELDS: Final = {
    "title": N_("Title"),
    "date": N_("Day"),
    "starts": N_("From"),
    "ends": N_("To"),
    "place": N_("Place"),
    "aim": N_("Aim"),
    "success": N_("Success is"),
    "no_lesson_because": N_("No lesson, because"),
}
_NEXT_CHECK: Final[dict[RoleCheck | None, RoleCheck | None]] = {
    None: "did",
    "did": "partly",
    "partly": "did_not",
    "did_not": None,
}
_LABEL: Final = 22
_SPEAKER: Final = 14
_FIELD_OF_GAP: Final = {"no_date": "date", "no_place": "place"}
_FOR_RECORDING: Final = frozenset(
    {"no_recorder", "no_facilitator", "no_turns", "no_lesson", "nobody_present"}
)


@dataclass(frozen=True, slots=True)
class FieldKey:
    """The row of a field of the session."""

    name: str


@dataclass(frozen=True, slots=True)
class CheckKey:
    """The row of a role that somebody holds."""

    attendance: RecordId
    role: Role


@dataclass(frozen=True, slots=True)
class TextKey:
    """The row of a turn, a lesson or an outcome."""

    record: RecordId
    field: str


@dataclass(frozen=True, slots=True)
class GapKey:
    """The row of something that is missing."""

    gap: Gap


class SessionScreen(Screen[None]):
    """One list from the title to the last outcome; Enter changes what is marked."""

    CSS = "#list { margin: 0 1; }"
    app = getters.app(KmtuiApp)
    COMMANDS_HERE = (
        "session.record", "list.open", "change.delete", "change.undo", "go.back", "app.menu",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("session.record", "change.delete", "change.undo", "go.back", "app.menu")
    ]

    rows = getters.query_one("#list", RecordList)
    bar = getters.query_one(Bar)
    answer = getters.query_one(AnswerLine)

    def __init__(self, whole: SessionWhole) -> None:
        super().__init__()
        self.whole = whole

    def compose(self) -> ComposeResult:
        """The bar, the list, a line to type in when asked, the keys."""
        yield Bar(_("Forum"), self.whole.session.title)
        yield RecordList(id="list")
        yield AnswerLine()
        yield KeyLine(
            "session.record", "list.open", "change.delete", "change.undo", "go.back", "app.help"
        )

    def on_mount(self) -> None:
        """Show what was read."""
        self.rows.focus()
        self.show(self.whole)

    def on_resize(self, _event: events.Resize) -> None:
        """Turns are broken into lines of the new width."""
        self.show(self.whole)

    # down

    def read_again(self) -> None:
        """Read the forum as it is kept now."""
        session = self.whole.session.id
        self.app.ask(lambda notebook: notebook.session(session), self.show, saves=False)

    def show(self, whole: SessionWhole) -> None:
        """Show the forum as it stands."""
        self.whole = whole
        if self.is_mounted:
            self.bar.say(whole.session.title)
            self.rows.show(list(self._lines()))

    def _lines(self) -> Iterator[Row]:
        whole = self.whole
        share = six_dots(whole.completeness.share)
        yield Row((Cell(share, _LABEL, "primary"), Cell(self._kept_words())))
        for gap in whole.completeness.gaps:
            style = "warning" if gap.level != "nice" else "muted"
            yield Row(
                (Cell(f"  {MISSING} {gap_words(gap, self._called)}", style=style),), key=GapKey(gap)
            )
        yield Row((Cell(""),))
        for name, label in _FIELDS.items():
            value = self._field(name)
            if value or name not in ("success", "no_lesson_because", "ends", "starts"):
                yield Row((Cell(_(label), _LABEL, "muted"), Cell(value or "–")), key=FieldKey(name))
        yield from self._roles()
        yield from self._turns()
        yield from self._drawn()

    def _kept_words(self) -> str:
        whole = self.whole
        turns = counted("{n} turn", "{n} turns", len(whole.turns)).format(n=len(whole.turns))
        lessons = counted("{n} lesson", "{n} lessons", len(whole.lessons))
        series = f" · {whole.series.title}" if whole.series else ""
        return f"{turns} · {lessons.format(n=len(whole.lessons))}{series}"

    def _field(self, name: str) -> str:
        value = getattr(self.whole.session, name)
        if isinstance(value, date):
            lang = language()
            return written(value, language=lang, style="long")
        return value or ""

    def _roles(self) -> Iterator[Row]:
        yield _heading("")
        present = sum(one.presence == "present" for one in self.whole.attendance)
        people = counted("{n} person", "{n} people", present).format(n=present)
        yield _heading(_("People and roles") + f" · {people}")
        for one in self.whole.attendance:
            name = self._named(one.person)
            if not one.roles and one.presence != "present":
                yield Row((Cell(f"  {name}", _LABEL), Cell(_presence(one), style="muted")))
            for role in sorted(one.roles):
                yield Row(
                    (
                        Cell(f"  {ROLE_MARKS[role]} {role_word(role)}", _LABEL),
                        Cell(name, 20, "primary"),
                        Cell(_check_words(one.checks.get(role)), style="muted"),
                    ),
                    key=CheckKey(one.id, role),
                )

    def _turns(self) -> Iterator[Row]:
        yield _heading("")
        yield _heading(_("Said"))
        heading = ""
        room = max(20, (self.rows.size.width or self.size.width) - _SPEAKER - 2)
        for turn in self.whole.turns:
            if turn.heading and turn.heading != heading:
                heading = turn.heading
                yield Row((Cell(f"  {heading}", style="secondary"),))
            speaker = self.whole.speaker_name(turn) or "?"
            for number, line in enumerate(wrapped(turn.text, room)):
                name = speaker if not number else ""
                cells = (Cell(f"  {name}", _SPEAKER, "primary"), Cell(line))
                yield Row(cells, key=TextKey(turn.id, "text") if not number else None)

    def _drawn(self) -> Iterator[Row]:
        yield _heading("")
        yield _heading(_("Drawn from it"))
        for lesson in self.whole.lessons:
            cells = (Cell(f"  {DRAWN_MARKS['lesson']} {_('Lesson')}", _LABEL, "secondary"),)
            yield Row((*cells, Cell(lesson.title)), key=TextKey(lesson.id, "title"))
        for outcome in self.whole.outcomes:
            mark, word = DRAWN_MARKS[outcome.kind], _outcome_word(outcome)
            cells = (Cell(f"  {mark} {word}", _LABEL, "secondary"),)
            yield Row((*cells, Cell(outcome.text)), key=TextKey(outcome.id, "text"))

    def _named(self, person: RecordId) -> str:
        known = self.whole.people.get(person)
        return known.name if known else "?"

    def _called(self, record: RecordId) -> str | None:
        if record in self.whole.people:
            return self.whole.people[record].name
        for lesson in self.whole.lessons:
            if lesson.id == record:
                return lesson.title
        texts = {one.id: one.text for one in self.whole.outcomes}
        texts |= {one.id: one.text for one in self.whole.turns}
        if record in texts:
            return texts[record]
        for attendance in self.whole.attendance:
            if attendance.id == record:
                return self._named(attendance.person)
        return None

    # up

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
        value = getattr(self.whole.session, name)
        if isinstance(value, date):
            lang = language()
            value = written(value, language=lang, style="long")
        self.answer.ask(FieldKey(name), _(_FIELDS[name]), words=str(value or ""))

    def _edit_text(self, record: RecordId, field: str) -> None:
        for one in (*self.whole.turns, *self.whole.lessons, *self.whole.outcomes):
            if one.id == record:
                words = str(getattr(one, field))
                self.answer.ask(TextKey(record, field), _("Change"), words=words)

    @on(AnswerLine.Given)
    def _given(self, given: AnswerLine.Given) -> None:
        self.rows.focus()
        match given.about:
            case FieldKey(name):
                self._keep_field(name, given.text)
            case TextKey(record, field):
                self._keep(Change(record, {field: given.text}), given)

    @on(AnswerLine.Declined)
    def _declined(self) -> None:
        self.rows.focus()

    def _keep_field(self, name: str, text: str) -> None:
        try:
            value = _value(name, text, today=self.app.today())
        except StoreError as error:
            self.app.tell_refusal(error)
            self.answer.ask(FieldKey(name), _(_FIELDS[name]), words=text)
            return
        self._keep(Change(self.whole.session.id, {name: value}), None)

    def _keep(self, edit: Edit, given: AnswerLine.Given | None) -> None:
        def refused(error: StoreError) -> None:
            self.app.tell_refusal(error)
            if given is not None:  # what was typed is in the line again
                self.answer.ask(given.about, _("Change"), words=given.text)

        self.app.ask(
            lambda notebook: notebook.save(edit), lambda _saved: self.read_again(), refused
        )

    def _check(self, attendance_id: RecordId, role: Role) -> None:
        for one in self.whole.attendance:
            if one.id == attendance_id:
                value = _NEXT_CHECK[one.checks.get(role)]
                self._keep(Change(one.id, {f"checks.{role}": value}), None)

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
            if isinstance(key, CheckKey) and gap.kind in ("role_not_checked", "role_drift"):
                whose = next(o for o in self.whole.attendance if o.id == key.attendance)
                if gap.about in (None, whose.id, whose.person):
                    self.rows.cursor = at
                    return
            if isinstance(key, TextKey) and self._is_about(key.record, gap):
                self.rows.cursor = at
                return

    def _is_about(self, record: RecordId, gap: Gap) -> bool:
        if gap.about is not None:
            return record == gap.about
        turn = next((one for one in self.whole.turns if one.id == record), None)
        return gap.kind == "turn_without_speaker" and turn is not None and turn.speaker is None

    def action_record(self) -> None:
        """Go on recording."""
        self.app.record_session(self.whole.session.id)

    def action_trash(self) -> None:
        """Put the marked turn, lesson or outcome into the trash."""
        key = self.rows.key
        if isinstance(key, TextKey):
            self._keep(Delete(key.record), None)
            self.app.tell(_("In the trash. Ctrl+Z brings it back."))
        elif isinstance(key, FieldKey) and key.name == "title":
            self._trash_session()
        else:
            self.app.tell(_("Mark a turn, a lesson or a decision first; on the title, the forum."))

    def _trash_session(self) -> None:
        def gone(_saved: Saved) -> None:
            self.app.tell(_("The forum is in the trash. Ctrl+Z brings it back."))
            self.dismiss()

        session = self.whole.session.id
        self.app.ask(lambda notebook: notebook.save(Delete(session)), gone)

    def action_undo(self) -> None:
        """Take back this laptop's last change."""

        def refused(error: StoreError) -> None:
            if isinstance(error, NothingToUndo):
                self.app.refusal = ""
            self.app.tell_refusal(error)

        def undone(_saved: Saved) -> None:
            self.app.tell(_("Taken back."))
            self.read_again()

        self.app.ask(lambda notebook: notebook.undo(), undone, refused)

    def action_back(self) -> None:
        """To where one came from."""
        self.dismiss()


def _heading(words: str) -> Row:
    return Row((Cell(words, style="muted"),))


def _value(name: str, text: str, *, today: date) -> Any:
    """What a person typed for a field. Raises StoreError."""
    words = text.strip()
    if name == "date":
        return read_date(words, today=today).day if words else None
    if name in ("starts", "ends"):
        return read_time(words) if words else None
    return words


def _presence(one: Attendance) -> str:
    word = presence_word(one.presence)
    return f"{word} ({one.reason})" if one.reason else word


def _check_words(check: RoleCheck | None) -> str:
    if check is None:
        return f"{MISSING} {_('not known yet whether done')}"
    words = {"did": _("did it"), "partly": _("did it partly"), "did_not": _("did not do it")}
    return f"{THERE} {words[check]}"


def _outcome_word(outcome: Outcome) -> str:
    return {
        "decision": _("Decision"),
        "action": _("Task"),
        "question": _("Question"),
        "proposal": _("Proposal"),
        "invitation": _("Invitation"),
    }[outcome.kind]
