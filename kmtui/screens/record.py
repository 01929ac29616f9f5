"""Record: the forum while it happens, turn by turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from kmtui.recording.desk import Desk, Order, Words
from kmtui.recording.facts import Facts, counts_of, facts_of
from kmtui.recording.keeping import Kept, Pen, TakeBack, read_whole
from kmtui.widgets.side import Side
from kmtui.widgets.speak_box import SpeakBox
from kmtui.widgets.speak_line import SpeakLine
from kmtui.widgets.turn_log import TurnLog
from kmtui.words import _, told
from store.errors import NothingToUndo, StoreError
from store.readings import Draft, SessionWhole
from store.records import Person, Turn

_DRAFT_AFTER: Final = 0.25
"""Seconds after a key until the line is kept."""
_LOOK_AFTER: Final = 0.4
"""Seconds after a save until the side is read again."""
_FOLDED_UNDER: Final = 72
"""Cells; a narrower screen has the side as a line above the turns."""


def what_of(record):
    return getattr(record, "text", "") or getattr(record, "title", "") or getattr(record, "name", "")


class RecordScreen(Screen[None]):
    """The turns so far above, one line to type in below, roles and gaps at the side."""

    CSS = """
    RecordScreen { layout: vertical; background: $background; }
    #forum { height: 1fr; }
    #turns { width: 1fr; height: 1fr; }
    """

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
        yield Side(id="folded")
        with Horizontal(id="forum"):
            yield TurnLog(id="turns")
            yield Side(id="side")
        yield SpeakBox(self.desk, self._now)

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
        words = self.desk.restore(draft)
        self.line.put(words)
        self.box.show()
        if words.text:
            self.notify(
                _("The line that was being typed is back."), markup=False, timeout=8
            )

    # down: what is kept

    def _lay_out(self) -> None:
        roles = {voice.key: role for role, voice in self.desk.holders.items()}
        self.turns.show(self.desk.sheet.rows, roles)
        self._show_side()
        self.box.show()

    def _show_side(self) -> None:
        counts = counts_of(self.desk.sheet, self.whole)
        facts: Facts = replace(facts_of(self.whole), counts=counts)
        self.side.show(facts)
        self.folded.show(facts)

    def _read_again(self) -> None:
        self._look_timer = None
        session = self.whole.session.id
        self._ask(lambda notebook: read_whole(notebook, session), self._renewed)

    def _renewed(self, read: tuple[SessionWhole, tuple[Person, ...]]) -> None:
        self.whole, people = read
        self.desk.open(self.whole, people)
        self._lay_out()

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
        self._ask(
            lambda notebook: order.job.keep(notebook, self.pen),
            lambda kept: self._kept(order, kept),
            lambda error: self._refused(order, error),
        )

    def _kept(self, order: Order, kept: Kept) -> None:
        changed = self.desk.kept(order, kept)
        self.turns.changed(changed)
        if kept.newcomer is not None:
            sentence = _("{name} is new here.   Ctrl+Z = take back")
            self.box.told = sentence.format(name=kept.newcomer.name)
        if isinstance(order.job, TakeBack):
            self._taken_back(kept)
        self.box.show()
        self._show_side()
        self._look_again_soon()

    def _refused(self, order: Order, error: StoreError) -> None:
        self.desk.refused(order)
        if order.row is None:
            quiet = isinstance(error, NothingToUndo)
            self._tell(told(error), severity="information" if quiet else "error")
            return
        self.box.refusal = told(error)
        self.turns.changed([order.row])
        self.box.show()
        self._show_side()
        self._keep_draft_soon()

    def _taken_back(self, kept: Kept) -> None:
        """Say what was taken back; a turn's words come into the line where it is free."""
        record = kept.record
        self._tell(_("Taken back: {what}").format(what=what_of(record)))
        undone = isinstance(record, Turn) and "deleted" in record.marks
        if undone and isinstance(record, Turn) and not self.line.value:
            self.line.put(Words(text=record.text, cursor=len(record.text)))
        self._read_again()

    def _look_again_soon(self) -> None:
        if self._look_timer is None:
            self._look_timer = self.set_timer(_LOOK_AFTER, self._read_again)

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
        self._tell(_("Nothing is recorded yet to draw this from."), severity="warning")

    @on(SpeakLine.Pasted)
    def _pasted(self) -> None:
        self._tell(_("Several lines were pasted: they are one turn, line breaks and all."))

    # the line being typed

    @on(SpeakLine.Typed)
    def _keep_draft_soon(self) -> None:
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(_DRAFT_AFTER, self.keep_draft)

    def keep_draft(self) -> None:
        """Keep the line as it stands."""
        self._draft_timer = None
        job = self.desk.draft(self.line.words, self._now())
        self._ask(lambda notebook: job.keep_draft(notebook, self.pen))

    def _ask(self, work: Any, then: Any = None, refused: Any = None) -> None:
        self.app.ask(work, then, refused)

    def _tell(self, sentence: str, severity: Any = "information") -> None:
        self.notify(sentence, severity=severity, markup=False)
