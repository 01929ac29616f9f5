"""Sessions: every forum, and every word said in one, found as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, overload

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.asking import Pace
from kmtui.page import Page
from kmtui.sifting import Sieve
from kmtui.widgets.bar import Bar
from kmtui.widgets.forum_rows import forum_row, full_title, short_gap
from kmtui.widgets.hit_rows import HitKey, hit_rows
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.record_list import Cell, RecordList, Row
from kmtui.widgets.thai_input import ThaiInput
from kmtui.words import _, counted, figure
from store.errors import StoreError
from store.listing import gap_kinds
from store.notebook import Notebook
from store.readings import Hit, SessionRow
from store.records import RecordId
from store.text import search_key

_MOST_HITS: Final = 50
_MOST_NEAR: Final = 20
"""Forums that are offered although a tone mark differs."""
_SLOW_AFTER: Final = 0.6
"""Seconds of looking after which it is said."""
_SEARCH_AFTER: Final = 0.12
"""Seconds without a key until what was said is looked through."""
_MOVES: Final = {"up", "down", "pageup", "pagedown"}


class _Found(Sequence[Row]):
    """Rows of forums, each made when it comes into sight, and rows below them."""

    def __init__(self, forums: Sequence[SessionRow], below: Sequence[Row], width: int) -> None:
        self._forums = forums
        self._below = below
        self._width = width

    def __len__(self) -> int:
        return len(self._forums) + len(self._below)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at < len(self._forums):
            return forum_row(self._forums[at], self._width)
        return self._below[at - len(self._forums)]


class SessionsScreen(Page[None]):
    """A field to type in, and what is left of the list."""

    CSS = """
    #words, #words:focus {
        border: round $primary; margin: 0 1; height: 3; background: $background;
        background-tint: $foreground 0%;
    }
    #list { margin: 0 1; }
    """
    app = getters.app(KmtuiApp)
    COMMANDS_HERE = ("list.open", "session.record", "go.back", "app.new")
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of("list.open", "session.record", "go.back")]

    words = getters.query_one("#words", ThaiInput)
    rows = getters.query_one("#list", RecordList)
    bar = getters.query_one(Bar)

    def __init__(self, every: Sieve[SessionRow], *, gap: str = "") -> None:
        """Show all forums, or those that lack one thing.

        Args:
            every: As ``read_forums`` found them.
            gap: Kind of what they lack; empty for all.
        """
        super().__init__()
        self._every = every
        self._gap = gap
        self._hits: tuple[Hit, ...] = ()
        self._asked = ""
        self._searching = ""
        """Words that are being looked for in what was said; empty for none."""
        self._slow = False

    def compose(self) -> ComposeResult:
        """The bar, the field, the list, the keys."""
        yield Bar(_("Forums"), short_gap(self._gap) if self._gap else "")
        yield ThaiInput(
            placeholder=_("Type words of a title, a name, or what was said"), id="words"
        )
        yield RecordList(id="list")
        yield KeyLine("list.open", "session.record", "app.new", "go.back", "app.help")

    def on_mount(self) -> None:
        """Show what was read."""
        self.words.focus()
        self._lay_out()

    def on_resize(self, _event: events.Resize) -> None:
        """Rows have this width."""
        self.call_after_refresh(self._lay_out)

    def read_again(self) -> None:
        """Read what is kept now."""
        gap = self._gap
        self.app.ask(
            lambda notebook: read_forums(notebook, gap), self.show, saves=False, pace=Pace.READS
        )

    def show(self, every: Sieve[SessionRow]) -> None:
        """Show these forums."""
        self._every = every
        self._lay_out()

    def _lay_out(self, *, keep: bool = True) -> None:
        """Show what fits the words; ``keep`` leaves the cursor on what it is on."""
        if not self.is_attached:
            return  # it was left meanwhile
        marked = self.rows.key if keep else None
        width = self.rows.room
        self.rows.looked_for = self.words.value
        fits, near = self._every.sift(self.words.value)
        below = [*_near_rows(near, width), *self._hit_rows()] if self.words.value.strip() else []
        if not fits and not below:
            below = [
                Row((Cell("  " + _("Nothing fits. Fewer letters find more."), style="muted"),))
            ]
        amount = counted("{n} forum", "{n} forums", len(fits)).format(n=figure(len(fits)))
        if hits := sum(isinstance(row.key, HitKey) for row in below):
            words_ = _("Said or written")
            amount += f" · {words_} {figure(hits)}"
        if self._slow:
            amount = _("looking through what was said …")
        self.bar.say(f"{short_gap(self._gap)} · {amount}" if self._gap else amount)
        self.rows.show(_Found(fits, below, width), keep=False)
        if marked is not None:
            keys_ = [*(one.id for one in fits), *(row.key for row in below)]
            self.rows.cursor = keys_.index(marked) if marked in keys_ else 0

    def _hit_rows(self) -> list[Row]:
        """The words that were found, under their headings."""
        hits = [hit for hit in self._hits if hit.session and hit.kind != "session"]
        return list(hit_rows(hits, {one.id: one for one in self._every.things} if hits else {}))

    @on(Input.Changed, "#words")
    def _typed(self, changed: Input.Changed) -> None:
        changed.stop()
        self._hits = ()
        self._lay_out(keep=False)
        self._asked = changed.value
        if changed.value.strip():
            self.set_timer(_SEARCH_AFTER, lambda words=changed.value: self._search(words))

    def _search(self, words: str) -> None:
        if words != self._asked or self._searching:
            return  # more letters have come, or will be looked for after these
        self._searching = words
        self.set_timer(_SLOW_AFTER, self._say_slow)
        self.app.ask(
            lambda notebook: notebook.search(words, limit=_MOST_HITS),
            lambda hits: self._found(words, hits),
            self._not_found,
            saves=False,
            pace=Pace.LONG,
        )

    def _say_slow(self) -> None:
        """The first search of a large notebook reads everything once; that is said."""
        if self._searching and self.is_attached:
            self._slow = True
            self._lay_out()

    def _not_found(self, error: StoreError) -> None:
        self._searching, self._slow = "", False
        self.app.tell_refusal(error)

    def _found(self, words: str, hits: tuple[Hit, ...]) -> None:
        self._searching, self._slow = "", False
        if not self.is_attached:
            return
        if words == self._asked:
            self._hits = hits
        elif self._asked.strip():
            self._search(self._asked)
        self._lay_out()

    # keys: the field has the focus, the list moves

    def on_key(self, event: events.Key) -> None:
        """Up and down move in the list, Enter opens, while the field keeps the letters."""
        if event.key in _MOVES:
            event.stop()
            step = 1 if event.key in ("down", "pagedown") else -1
            (self.rows.action_page if "page" in event.key else self.rows.action_move)(step)

    def action_open(self) -> None:
        """Open what is marked, once the list has followed the words."""
        self.in_order(self._choose)

    def _choose(self) -> None:
        self._chosen(RecordList.Chosen(self.rows.key))

    @on(RecordList.Chosen)
    def _chosen(self, chosen: RecordList.Chosen) -> None:
        match chosen.key:
            case HitKey(session, record):
                self.app.open_session(session, at=record)
            case str(session):
                self.app.open_session(RecordId(session))

    def action_record(self) -> None:
        """Go on recording the marked forum."""
        self.in_order(self._record)

    def _record(self) -> None:
        match self.rows.key:
            case HitKey(session):
                self.app.record_session(session)
            case str(session):
                self.app.record_session(RecordId(session))
            case _other:
                self.app.tell(_("Mark a forum first."))

    def action_back(self) -> None:
        """Empty the field, or leave."""
        self.in_order(self._back)

    def _back(self) -> None:
        if self.words.value:
            self.words.value = ""
        else:
            self.dismiss()


def read_forums(notebook: Notebook, gap: str = "") -> Sieve[SessionRow]:
    """Every forum, or those that lack one thing, by what they are found by."""
    return forums([one for one in notebook.sessions() if not gap or gap in gap_kinds(one)])


def forums(wanted: Sequence[SessionRow]) -> Sieve[SessionRow]:
    """These forums, by what they are found by."""
    return Sieve(wanted, map(_key, wanted))


def _near_rows(near: Sequence[SessionRow], width: int) -> list[Row]:
    """Forums that fit but for tone marks, under a heading of their own."""
    shown = [forum_row(one, width) for one in near[:_MOST_NEAR]]
    head = Row((Cell(_("with other tone marks"), style="muted"),))
    return [head, *shown] if shown else []


def _key(row: SessionRow) -> str:
    parts = (full_title(row), row.series_title, row.place, *row.recorders, *row.facilitators)
    return search_key(" ".join(parts))
