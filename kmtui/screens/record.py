"""Record: the forum while it happens, turn by turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from kmtui import keys
from kmtui.recording.desk import Desk, Order, Words
from kmtui.recording.drafting import draft_of, put_back
from kmtui.recording.facts import Facts, counts_of, facts_of
from kmtui.recording.keeping import Kept, Pen, TakeBack, read_whole
from kmtui.spoken_days import moment_words
from kmtui.thai.dictionary import keep_whole_too
from kmtui.thai.lines import cut
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.marks import ROLE_ORDER
from kmtui.widgets.side import Side
from kmtui.widgets.speak_box import SpeakBox
from kmtui.widgets.speak_line import SpeakLine
from kmtui.widgets.turn_log import TurnLog
from kmtui.words import _, told, told_briefly
from store.errors import N_, MetSince, NothingToUndo, StoreError
from store.readings import Draft, Gap, SessionWhole
from store.records import Person, Record, Turn

from .finish import FinishScreen, Left
from .forum_screen import ForumScreen, Severity
from .people_here import PeopleHereScreen

_DRAFT_AFTER: Final = 0.25
"""Seconds after a key until the line is kept."""
_LOOK_AFTER: Final = 0.4
"""Seconds after a save until the side is read again."""
_FOLDED_UNDER: Final = 72
"""Cells; a narrower screen has the side as a line above the turns."""
_HINTS: Final = (
    "record.next",
    "record.lesson",
    "record.decision",
    "record.action",
    "record.question",
    "record.finish",
    "app.help",
)


class RecordScreen(ForumScreen[None]):
    """The turns so far above, one line to type in below, roles and gaps at the side."""

    CSS = """
    RecordScreen { layout: vertical; background: $background; }
    #forum { height: 1fr; }
    #turns { width: 1fr; height: 1fr; }
    """

    TYPED_HERE = (
        ("ภีม: …", N_("Somebody else speaks, and says this")),
        ("ภี Tab", N_("The speaker whose name begins so")),
        ("// …", N_("A note of the recorder, nobody's words")),
        ("= …", N_("A heading over what follows")),
        ("↑ ↓", N_("Take an earlier turn in hand, for F6 to F9")),
        ("Enter", N_("On an empty line: try again what was refused, or say yes")),
    )
    COMMANDS_HERE = (*_HINTS, "record.people", "change.undo", "go.back")
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("record.people", "record.finish"),
        Binding("ctrl+c", "app.quit", show=False),  # where nothing is marked to copy
    ]

    turns = getters.query_one("#turns", TurnLog)
    side = getters.query_one("#side", Side)
    folded = getters.query_one("#folded", Side)
    box = getters.query_one(SpeakBox)
    line = getters.query_one("#line", SpeakLine)

    def __init__(
        self,
        whole: SessionWhole,
        people: tuple[Person, ...],
        *,
        draft: Draft | None = None,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.whole = whole
        self.desk = Desk(session=whole.session.id, today=now().date())
        self.desk.open(whole, people)
        self.pen = Pen(session=whole.session.id)
        self._draft = draft
        self._now = now
        self._draft_timer: Timer | None = None
        self._look_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The bar, the turns and the side, the line, the keys."""
        yield Bar(_("Recording"), self.whole.session.title)
        yield Side(id="folded")
        with Horizontal(id="forum"):
            yield TurnLog(id="turns")
            yield Side(id="side")
        yield SpeakBox(self.desk, self._now)
        yield KeyLine(*_HINTS)

    def on_mount(self) -> None:
        """Lay out what is kept, and put back the line that was being typed."""
        self.folded.fold(folded=True)
        self._lay_out()
        if self._draft is not None and self._draft.text:
            self._put_back(self._draft)
        self.line.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fold the side away where there is no room beside the turns."""
        narrow = event.size.width < _FOLDED_UNDER
        self.folded.display = narrow
        self.side.display = not narrow

    def _put_back(self, draft: Draft) -> None:
        """Say whose words they are and from when."""
        words = put_back(self.desk, draft)
        self.line.put(words)
        if words.text:
            sentence = _("Typed and not kept: {name}, {when}")
            name = self.desk.voices.now.short or _("nobody named")
            self.box.told = sentence.format(name=name, when=_moment(draft.written))
        self.box.show()

    # down: what is kept

    def _lay_out(self) -> None:
        holders = self.desk.holders  # who holds several shows the first of them
        roles = {holders[role].key: role for role in reversed(ROLE_ORDER) if role in holders}
        self.turns.show(self.desk.sheet.rows, roles)
        self._show_side()
        self.box.show()

    def _show_side(self) -> None:
        counts = counts_of(self.desk.sheet, self.whole)
        facts: Facts = replace(facts_of(self.whole), counts=counts)
        self.side.show(facts)
        self.folded.show(facts)

    def show(self, whole: SessionWhole) -> None:
        """Show the forum as it stands; what is on its way stays in sight."""
        self.whole = whole
        self._lay_out()

    def renewed(self, read: tuple[SessionWhole, tuple[Person, ...]]) -> None:
        """The forum has been read again."""
        whole, people = read
        self.desk.open(whole, people)
        self.show(whole)

    # up: what the keys asked for

    @on(SpeakLine.Asked)
    def _keep(self, asked: SpeakLine.Asked) -> None:
        """Hand the orders on, in their order, and show their rows on the way."""
        self.box.refusal = self.box.told = ""
        for order in asked.orders:
            if order.row is not None and order.row not in self.turns.rows:
                self.turns.add(order.row)
            elif order.row is not None:
                self.turns.changed([order.row])
            self._hand_on(order)
        self.box.show()
        self._show_side()
        self._keep_draft_soon()

    def _hand_on(self, order: Order) -> None:
        self.ask(
            lambda notebook: order.job.keep(notebook, self.pen),
            lambda kept: self._kept(order, kept),
            lambda error: self._refused(order, error),
        )

    def _kept(self, order: Order, kept: Kept) -> None:
        changed = self.desk.kept(order, kept)
        self.turns.changed(changed)
        if kept.newcomer is not None:
            keep_whole_too([kept.newcomer.name])
            sentence = _("{name} is new here.   Ctrl+Z = take back")
            self.box.told = sentence.format(name=kept.newcomer.name)
        if isinstance(order.job, TakeBack):
            self._taken_back(kept)
        if order.drawn is not None:
            self._keep_draft_soon()
        self.box.show()
        self._show_side()
        self._look_again_soon()

    def _refused(self, order: Order, error: StoreError) -> None:
        self.desk.refused(order)
        if order.row is None:
            quiet = isinstance(error, NothingToUndo | MetSince)
            self.tell(told(error), severity="information" if quiet else "error")
            return
        brief = told_briefly(error)
        if brief not in (self.box.refusal, told(error)):
            self.app.tell_refusal(error)
        self.box.refusal = brief
        self.turns.changed([order.row])
        self.box.show()
        self._show_side()
        self._keep_draft_soon()

    def _taken_back(self, kept: Kept) -> None:
        """Say what was taken back; a turn's words come into the line where it is free."""
        record = kept.record
        self.tell(_("Taken back: {what}").format(what=cut(what_of(record), 60)))
        undone = isinstance(record, Turn) and "deleted" in record.marks
        if undone and isinstance(record, Turn) and not self.line.value:
            self.line.put(Words(text=record.text, cursor=len(record.text)))
        self.read_again()

    def _look_again_soon(self) -> None:
        if self._look_timer is None:
            self._look_timer = self.set_timer(_LOOK_AFTER, self._look)

    def _look(self) -> None:
        self._look_timer = None
        self.read_again()

    @on(SpeakLine.Turned)
    def _turned(self) -> None:
        """Show who speaks and what is in hand."""
        self.turns.highlighted = self.desk.highlighted
        self.box.show()

    @on(TurnLog.Pointed)
    def _pointed(self, pointed: TurnLog.Pointed) -> None:
        """The turn that was clicked is in hand; the line stays where the keys go."""
        self.desk.highlighted = pointed.row
        self.line.focus()
        self._turned()

    @on(SpeakLine.Scrolled)
    def _scrolled(self, scrolled: SpeakLine.Scrolled) -> None:
        """Turn a page of the turns."""
        self.turns.scroll_relative(
            y=scrolled.pages * max(1, self.turns.size.height - 1), animate=False
        )

    @on(SpeakLine.NothingToDrawFrom)
    def _nothing_to_draw_from(self) -> None:
        self.tell(_("Nothing is recorded yet to draw this from."), severity="warning")

    @on(SpeakLine.Pasted)
    def _pasted(self) -> None:
        self.tell(_("Several lines were pasted: they are one turn, line breaks and all."))

    def tell(self, sentence: str, *, severity: Severity = "information") -> None:  # noqa: ARG002
        """Say one sentence where it does not cover the line: in its border."""
        self.box.told = sentence
        self.box.show()

    # the screens beside this one

    def action_people(self) -> None:
        """Who is here, and who does what."""

        def opened() -> None:
            screen = PeopleHereScreen(self.whole, self.desk.voices, self.pen)
            self.app.push_screen(screen, lambda _whole: self.read_again())

        self._read_first(opened)

    def action_undo(self) -> None:
        """Take back what was kept last; from the menu as by its key."""
        self.line.take_back()

    def action_finish(self) -> None:
        """What is missing, who did their role, and the way out."""

        def opened() -> None:
            screen = FinishScreen(self.whole, self.pen, today=self.desk.today)
            self.app.push_screen(screen, self._finished)

        self._read_first(opened)

    def _read_first(self, then: Callable[[], None]) -> None:
        """Open a screen with everything that was said so far in it."""
        session = self.whole.session.id

        def read(answer: tuple[SessionWhole, tuple[Person, ...]]) -> None:
            self.renewed(answer)
            then()

        self.ask(lambda notebook: read_whole(notebook, session), read, saves=False)

    def _finished(self, left: Left | None) -> None:
        self.read_again()
        if left is None:
            return
        if left.closed:
            self.dismiss()
        elif left.to_people:
            self.action_people()
        elif left.gap is not None:
            self._jump(left.gap)

    def _jump(self, gap: Gap) -> None:
        """Take in hand the turn that a gap is about."""
        for row in self.desk.sheet.rows:
            unnamed = gap.kind == "turn_without_speaker" and not row.voice.shown
            drawn = [one.id for one in row.drawn]
            if (gap.about and (row.id == gap.about or gap.about in drawn)) or unnamed:
                self.desk.highlighted = row
                self._turned()
                return

    @on(SpeakLine.Left)
    def _left(self) -> None:
        self.keep_draft()
        self.dismiss()

    # the line being typed

    @on(SpeakLine.Typed)
    def _keep_draft_soon(self) -> None:
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(_DRAFT_AFTER, self.keep_draft)

    def on_screen_suspend(self) -> None:
        """Keep the line before another screen covers it, or this one goes."""
        if self.is_there:
            self.keep_draft()

    def keep_draft(self) -> None:
        """Keep the line as it stands."""
        self._draft_timer = None
        job = draft_of(self.desk, self.line.words, self._now())
        self.ask(
            lambda notebook: job.keep_draft(notebook, self.pen),
            refused=self._draft_refused,
            saves=False,
        )

    def _draft_refused(self, error: StoreError) -> None:
        """The words are in the line all the same; say once that they are only there."""
        self.box.refusal = self.box.refusal or told_briefly(error)
        self.box.show()


def what_of(record: Record) -> str:
    """What a record is, in a few words."""
    words = (getattr(record, name, "") for name in ("text", "title", "name"))
    return next((str(one) for one in words if one), record.KIND)


def _moment(written_at: datetime | None) -> str:
    """Day and time of a draft, local, as people read them."""
    if written_at is None:
        return "—"
    local = written_at.astimezone()
    return moment_words(local)
