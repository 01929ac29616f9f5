"""Session: everything of one forum, edited where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from kmtui import keys
from kmtui.asking import Pace
from kmtui.mending import lack_of
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.bar import Bar
from kmtui.widgets.forum_lines import (
    CheckKey,
    FieldKey,
    ForumLines,
    GapKey,
    PersonKey,
    ReviewKey,
    TextKey,
)
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.laptop_rows import RoomKey
from kmtui.widgets.record_list import RecordList
from kmtui.words import _
from store.edits import Change, Delete
from store.errors import StoreError
from store.readings import Gap, Saved, SessionWhole
from store.records import RecordId
from store.vocabulary import SESSION_STATES, Role, RoleCheck

from .around import Around, JoinedKey
from .changing_screen import HINTS, ChangingScreen

if TYPE_CHECKING:
    from store.notebook import Notebook

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


class SessionScreen(ChangingScreen):
    """One list from the title to the last outcome; Enter changes what is marked."""

    CSS = "#list { margin: 0 1; }"
    COMMANDS_HERE = (*HINTS[:-1], "form.new_person", "record.history", "app.menu")
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of(*COMMANDS_HERE),
    ]

    def __init__(
        self, whole: SessionWhole, *, at: RecordId | None = None, alone: bool = False
    ) -> None:
        """Show this forum.

        Args:
            whole: The forum.
            at: A turn, lesson or outcome of it to stand on; None for the top.
            alone: It is one record of a forum, as it was written, and is shown so.
        """
        super().__init__(whole)
        self._at = at
        self._around = Around(alone=alone)

    def compose(self) -> ComposeResult:
        """The bar, the list, a line to type in when asked, the keys."""
        yield Bar(_("Forum"), self.whole.session.title)
        yield RecordList(id="list")
        yield AnswerLine()
        yield KeyLine(*HINTS)

    def on_mount(self) -> None:
        """Show what was read."""
        self.rows.focus()
        self.show(self.whole)
        self._read_around()

    def on_resize(self, _event: events.Resize) -> None:
        """Turns are broken into lines of this width."""
        self.call_after_refresh(self.show, self.whole)

    # down

    def read_again(self) -> None:
        """Read the forum as it is kept now."""
        session, alone = self.whole.session.id, self._around.alone

        def read(notebook: Notebook) -> SessionWhole:
            return notebook.session(session, alone=alone)

        self.app.ask(read, self.show, self._gone, saves=False, pace=Pace.READS)
        self._read_around()

    def _read_around(self) -> None:
        """Behind the forum itself: it takes longer."""
        self._around.read(self.app, self.whole, lambda: self.show(self.whole))

    def _gone(self, error: StoreError) -> None:
        """It is in the trash, or cannot be read."""
        self.stay()
        self.app.tell_refusal(error)

    def show(self, whole: SessionWhole) -> None:
        """Show the forum as it stands."""
        self.whole = whole
        if not self.is_attached:
            self.stay()
            return  # it was left meanwhile
        self.bar.say(whole.session.title)
        self.rows.show(list(self._lines))
        if self._at is not None:
            self._stand_on(self._at)
            self._at = None
        self.shown()

    @property
    def _lines(self) -> ForumLines:
        return ForumLines(self.whole, self.rows.room, list(self._around.rows(self.whole)))

    def _stand_on(self, record: RecordId) -> None:
        for at, row in enumerate(self.rows.rows):
            if isinstance(row.key, TextKey) and row.key.record == record:
                self.rows.cursor = at

    # up

    def action_change(self) -> None:
        """Change what is marked, or keep the line that is being typed."""
        self.in_order(self._enter)

    def _enter(self) -> None:
        if self.answer.asking:
            self.take_line()
        else:
            self._chosen(RecordList.Chosen(self.rows.key))

    @on(RecordList.Chosen)
    def _chosen(self, chosen: RecordList.Chosen) -> None:
        match chosen.key:
            case JoinedKey(other):
                self._open_twins(other)
            case RoomKey(room):
                self.app.call_later(self.app.action_room, room)
            case FieldKey("status"):
                self._next_status()
            case FieldKey(name):
                self.edit_field(name)
            case PersonKey(attendance):
                self.app.open_record(attendance)
            case ReviewKey(review):
                self._open_review(review)
            case TextKey(record, field):
                self.edit_text(record, field)
            case CheckKey(attendance, role):
                self._check(attendance, role)
            case GapKey(gap):
                self._mend(gap)

    def _open_twins(self, other: RecordId) -> None:
        """The records that are read as this forum, beside each other."""
        from kmtui.screens.twin_forums import TwinForumsScreen

        screen = TwinForumsScreen(self.whole.session.id, other)
        self.app.call_later(self.app.open_screen, screen, self.read_again)

    def _next_status(self) -> None:
        session = self.whole.session
        at = SESSION_STATES.index(session.status) if session.status in SESSION_STATES else -1
        following = SESSION_STATES[(at + 1) % len(SESSION_STATES)]
        self.keep(Change(session.id, {"status": following}))

    def _open_review(self, review: RecordId | None) -> None:
        """Somebody's AAR, or a new one, which is kept with its first answer."""
        from kmtui.screens.review import ReviewCard

        session = self.whole.session.id

        def opened(record: RecordId) -> None:
            screen = ReviewCard(record, session)
            self.app.call_later(self.app.open_screen, screen, self.read_again)

        if review is not None:
            opened(review)
        else:
            self.app.ask(lambda notebook: notebook.new_id("review", session), opened, saves=False)

    def _check(self, attendance_id: RecordId, role: Role) -> None:
        for one in self.whole.attendance:
            if one.id == attendance_id:
                value = _NEXT_CHECK[one.checks.get(role)]
                self.keep(Change(one.id, {f"checks.{role}": value}))

    def _mend(self, gap: Gap) -> None:
        """Go to what closes a gap."""
        if gap.kind in _FIELD_OF_GAP:
            self.edit_field(_FIELD_OF_GAP[gap.kind])
        elif gap.kind in _FOR_RECORDING:
            self.action_record()
        else:
            self._jump(gap)
            if lack := lack_of(gap):
                self.open_line(lack, "", lack.hint)

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

    def action_history(self) -> None:
        """Who changed what of the turn, the lesson or the outcome; on the rest, of the forum."""
        key = self.rows.key
        self.app.open_history(key.record if isinstance(key, TextKey) else self.whole.session.id)

    def action_back(self) -> None:
        """To where one came from; a line that is being typed is left, and put aside."""
        self.in_order(self._back)

    def _back(self) -> None:
        if self.answer.asking:
            self.leave_line()
            return
        if self.is_current:
            self.dismiss()
