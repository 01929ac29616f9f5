"""Home: the forum to begin, those of lately, and what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.asking import Pace
from kmtui.page import Page
from kmtui.thai.lines import cut
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.words import _, figure

if TYPE_CHECKING:  # the first frame is drawn before any of it is read in
    from kmtui.screens.home_rows import Reading
    from kmtui.widgets.laptop_rows import OfLaptops
    from store.notebook import Notebook
    from store.readings import SessionRow
    from store.records import RecordId


class HomeScreen(Page[None]):
    """One thing to begin, a list to go on with."""

    CSS = """
    #begin {
        height: 3; margin: 1 2 0 2; padding: 0 2; border: round $primary; color: $primary;
        text-style: bold; text-wrap: nowrap; text-overflow: ellipsis;
    }
    #list { margin: 1 2 0 2; }
    """
    app = getters.app(KmtuiApp)
    COMMANDS_HERE = (
        "app.new", "app.find", "list.open", "session.record", "change.undo", "app.menu",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("list.open", "session.record", "change.undo", "app.menu")
    ]

    begin = getters.query_one("#begin", Static)
    rows = getters.query_one("#list", RecordList)
    bar = getters.query_one(Bar)

    def __init__(self) -> None:
        super().__init__()
        self._reading: Reading | None = None
        self._of_laptops: OfLaptops | None = None
        self._looked_at: tuple[SessionRow, ...] | None = None
        """The forums as they were when the other laptops were last looked at."""

    def compose(self) -> ComposeResult:
        """The bar, the card, the list, the keys."""
        yield Bar("kmtui")
        yield Static(_card(""), id="begin", markup=False)
        yield RecordList(id="list")
        yield KeyLine("app.new", "app.find", "list.open", "app.menu", "app.help", "app.quit")

    def on_mount(self) -> None:
        """Read what there is."""
        self.rows.focus()

    def on_screen_resume(self) -> None:
        """Something may have been recorded above."""
        self.read_again()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out anew."""
        if self._reading is not None:
            self.show(self._reading)

    # down

    def read_again(self) -> None:
        """Read what is kept now."""
        if not self.app.is_open:
            return

        def read(notebook: Notebook) -> Reading:
            from kmtui.screens.home_rows import read_home

            return read_home(notebook)

        self.app.ask(read, self.show, saves=False, pace=Pace.READS)

    def tell_opening(self, done: int, of: int) -> None:
        """Say that opening takes its time; ``of`` is 0 while it is not known how much there is."""
        if not self.app.is_open:
            words = _("Opening the notebook …")
            share = f"  {figure(100 * done // of)} %" if of else ""
            self.rows.show([Row((Cell(f"{words}{share}", style="muted"),))])

    def show(self, reading: Reading) -> None:
        """Show this."""
        from kmtui.thai.dictionary import keep_whole
        from kmtui.widgets.laptop_rows import read_of_laptops

        self._reading = reading
        keep_whole(reading.names)
        if self._looked_at is not reading.sessions:
            self._looked_at = reading.sessions
            self.app.ask(read_of_laptops, self._show_of_laptops, saves=False, pace=Pace.READS)
        if not self.is_attached:
            return
        self.bar.say(reading.owner or reading.folder)
        room = max(20, self.size.width - 10)
        words = cut(reading.proposal.title, max(8, room - 26))
        self.begin.update(_card(words))
        self._show_rows(reading)

    def _show_of_laptops(self, reading: OfLaptops) -> None:
        changed, self._of_laptops = reading != self._of_laptops, reading
        if changed and self._reading is not None and self.is_attached:
            self._show_rows(self._reading)

    def _show_rows(self, reading: Reading) -> None:
        from kmtui.screens.home_rows import home_rows

        here = self.app.now().tzinfo
        rows = home_rows(reading, self._of_laptops, self.app.notices, self.rows.room, here)
        self.rows.show(rows)

    # up

    def action_open(self) -> None:
        """Open what is marked."""
        self.in_order(self.rows.choose)

    @on(RecordList.Chosen)
    def _open(self, chosen: RecordList.Chosen) -> None:
        from kmtui.screens.home_rows import DraftKey, GapKey, NoticeKey
        from kmtui.widgets.laptop_rows import RoomKey

        match chosen.key:
            case DraftKey(session):
                self.app.record_session(session)
            case GapKey(kind):
                self.app.find(gap=kind)
            case RoomKey(room):
                self.app.call_later(self.app.action_room, room)
            case NoticeKey(sentence):
                self.app.notify(sentence, severity="warning", timeout=12)
            case str(session):
                self.app.open_session(cast("RecordId", session))

    def action_record(self) -> None:
        """Go on recording the marked forum."""
        self.in_order(self._record)

    def _record(self) -> None:
        from kmtui.screens.home_rows import DraftKey

        match self.rows.key:
            case DraftKey(session):
                self.app.record_session(session)
            case str(session):
                self.app.record_session(cast("RecordId", session))
            case _other:
                self.app.tell(_("Mark a forum first."))

    def action_undo(self) -> None:
        """Take back this laptop's last change."""
        self.app.take_back(self.read_again)


def _card(words: str) -> Content:
    """F2 and what it would begin."""
    forum = _("Begin a forum")
    return Content.assemble(("F2", "$accent"), "  ", Content(forum), "   ", Content(words))
