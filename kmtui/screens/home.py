"""Home: the forum to begin, those of lately, and what needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.notices import notice_words
from kmtui.proposals import Proposal, next_forum
from kmtui.spoken_days import moment_words
from kmtui.thai.dictionary import keep_whole
from kmtui.thai.lines import cut
from kmtui.widgets.bar import Bar
from kmtui.widgets.forum_rows import forum_row, short_gap
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.laptop_rows import OfLaptops, RoomKey, of_laptops, read_of_laptops
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.words import _, counted, figure
from store.notebook import Notebook
from store.readings import Draft, Notice, SessionRow
from store.records import Agency, Person, RecordId

_LATELY: Final = 6
_ASKED_ABOUT: Final = (
    "no_recorder",
    "no_lesson",
    "no_turns",
    "role_not_checked",
    "action_without_owner",
)
_TO_LOOK_AFTER: Final = frozenset({"torn_tail", "rot", "held"})
"""Kinds of notices that somebody has to do something about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What Home shows."""

    sessions: tuple[SessionRow, ...]
    drafts: tuple[Draft, ...]
    proposal: Proposal
    names: tuple[str, ...]
    """Of people, agencies and places; no line is broken inside one."""
    owner: str
    folder: str


@dataclass(frozen=True, slots=True)
class GapKey:
    """The row of all forums that lack the same thing."""

    kind: str


@dataclass(frozen=True, slots=True)
class NoticeKey:
    """The row of something that opening the notebook found."""

    sentence: str


@dataclass(frozen=True, slots=True)
class DraftKey:
    """The row of a line that was being typed."""

    session: RecordId


class HomeScreen(Screen[None]):
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
        self._of_laptops = OfLaptops()
        self._looked_at: tuple[SessionRow, ...] | None = None
        """The forums as they were when the other laptops were last looked at."""

    def compose(self) -> ComposeResult:
        """The bar, the card, the list, the keys."""
        yield Bar("kmtui")
        yield Static("", id="begin", markup=False)
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
        self.app.ask(_read, self.show, saves=False)

    def show(self, reading: Reading) -> None:
        """Show this."""
        self._reading = reading
        keep_whole(reading.names)
        if self._looked_at is not reading.sessions:
            self._looked_at = reading.sessions
            self.app.ask(read_of_laptops, self._show_of_laptops, saves=False)
        if not self.is_attached:
            return
        self.bar.say(reading.owner or reading.folder)
        room = max(20, self.size.width - 10)
        words = cut(reading.proposal.title, max(8, room - 26))
        self.begin.update(
            Content.assemble(
                ("F2", "$accent"), "  ", Content(_("Begin a forum")), "   ", Content(words)
            )
        )
        self.rows.show(list(self._lines(reading)))

    def _show_of_laptops(self, reading: OfLaptops) -> None:
        changed, self._of_laptops = reading != self._of_laptops, reading
        if changed and self._reading is not None and self.is_attached:
            self.rows.show(list(self._lines(self._reading)))

    def _lines(self, reading: Reading) -> list[Row]:
        lines: list[Row] = []
        width = self.rows.room
        if reading.drafts:
            lines.append(_heading(_("Being typed")))
            lines += [self._draft_row(one, reading) for one in reading.drafts]
            lines.append(_heading(""))
        lines.append(_heading(_("Lately")))
        if not reading.sessions:
            lines.append(_heading("  " + _("Nothing yet. F2 begins the first forum.")))
        lines += [forum_row(one, width) for one in reading.sessions[:_LATELY]]
        missing = Counter(
            kind for one in reading.sessions for kind in {gap.kind for gap in one.gaps}
        )
        asked = [_notice_row(one) for one in self.app.notices if one.kind in _TO_LOOK_AFTER]
        asked += [_gap_row(kind, missing[kind]) for kind in _ASKED_ABOUT if missing[kind]]
        asked += of_laptops(self._of_laptops)
        if asked:
            lines += [_heading(""), _heading(_("Needs attention")), *asked]
        return lines

    def _draft_row(self, draft: Draft, reading: Reading) -> Row:
        titles = {one.id: one.title for one in reading.sessions}
        when = ""
        if draft.written is not None:
            local = draft.written.astimezone(self.app.now().tzinfo)
            when = moment_words(local)
        who = f"{draft.speaker_name}: " if draft.speaker_name else ""
        return Row(
            (
                Cell(f"  ✎ {when}", 27, "accent"),
                Cell(f"{who}{draft.text}"),
                Cell(f"  {titles.get(draft.session, '')}", 20, "muted"),
            ),
            key=DraftKey(draft.session),
        )

    # up

    def action_open(self) -> None:
        """Open what is marked."""
        self.app.in_order(self.rows.choose)

    @on(RecordList.Chosen)
    def _open(self, chosen: RecordList.Chosen) -> None:
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
                self.app.open_session(RecordId(session))

    def action_record(self) -> None:
        """Go on recording the marked forum."""
        self.app.in_order(self._record)

    def _record(self) -> None:
        match self.rows.key:
            case DraftKey(session):
                self.app.record_session(session)
            case str(session):
                self.app.record_session(RecordId(session))
            case _other:
                self.app.tell(_("Mark a forum first."))

    def action_undo(self) -> None:
        """Take back this laptop's last change."""
        self.app.take_back(self.read_again)


def _read(notebook: Notebook) -> Reading:
    sessions = notebook.sessions()
    series = notebook.series()
    return Reading(
        sessions,
        notebook.drafts(),
        next_forum(sessions, series, notebook.owner),
        names_in(notebook.people(), notebook.agencies(), (one.place for one in sessions)),
        notebook.owner,
        notebook.folder.name,
    )


def names_in(
    people: Iterable[Person], agencies: Iterable[Agency], places: Iterable[str]
) -> tuple[str, ...]:
    """Every name that people and agencies are written by, and where forums were."""
    found = [name for one in people for name in (one.name, *one.aliases)]
    found += [name for one in agencies for name in (one.short, one.full, *one.aliases)]
    return (*found, *dict.fromkeys(places))


def _heading(words: str) -> Row:
    return Row((Cell(words, style="muted"),))


def _notice_row(notice: Notice) -> Row:
    words = notice_words(notice)
    return Row((Cell("  !", 5, "warning"), Cell(words, style="warning")), key=NoticeKey(words))


def _gap_row(kind: str, count: int) -> Row:
    amount = counted("{n} forum", "{n} forums", count).format(n=figure(count))
    return Row(
        (Cell(f"  {amount}", 15, "muted"), Cell(short_gap(kind), style="warning")), key=GapKey(kind)
    )
