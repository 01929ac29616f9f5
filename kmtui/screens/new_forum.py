"""New forum: its title is enough; everything else can be said now or later."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.beginning import Beginning, Doubt, begin
from kmtui.page import Page
from kmtui.proposals import Proposal, next_forum
from kmtui.spoken_days import day_words
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.thai_input import ThaiInput
from kmtui.words import _
from store.dates import DateReading, read_date
from store.errors import N_, StoreError
from store.records import RecordId

_FIELDS: Final = {
    "title": N_("Title"),
    "date": N_("Day"),
    "place": N_("Place"),
    "recorder": N_("Recorder"),
    "facilitator": N_("Facilitator"),
}


_HINTS: Final = ("form.begin", "form.next", "go.back", "app.help")
_HINTS_IN_DOUBT: Final = ("form.yes", "form.new_person", "go.back", "app.help")


class NewForumScreen(Page[None]):
    """Five fields; Enter in any of them begins."""

    CSS = """
    #form { margin: 1 2; height: auto; }
    .field { height: 1; margin-bottom: 1; }
    .field > Static { width: 16; color: $muted; }
    .field > ThaiInput { width: 1fr; border: none; height: 1; padding: 0 1; background: $surface; }
    .field > ThaiInput:focus { background: $panel; border: none; }
    #told { margin: 0 2; height: 3; color: $muted; }
    #told.-asks { color: $warning; }
    """
    app = getters.app(KmtuiApp)
    COMMANDS_HERE = ("form.begin", "form.next", "form.new_person", "go.back")
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of(*COMMANDS_HERE),
        Binding("shift+tab", "previous_field", show=False, priority=True),
    ]

    told = getters.query_one("#told", Static)
    hints = getters.query_one(KeyLine)

    def __init__(self) -> None:
        super().__init__()
        self._proposal = Proposal()
        self._doubt: Doubt | None = None
        self._settled: dict[str, RecordId | None] = {}
        """Written names that were asked about; None for somebody new."""
        self._year_seen = ""
        """The day whose two-digit year was shown and taken."""
        self._beginning = False
        self._is_proposed = False
        """Whether the fields were filled in, as far as there is something to fill in."""
        self._begins = False
        """Enter was pressed before that."""
        self._typed_behind: list[events.Event] = []
        """Keys typed behind an Enter that asked something; they are for the forum's first line."""

    def compose(self) -> ComposeResult:
        """The bar, the fields, what is to be said about them, the keys."""
        yield Bar(_("New forum"))
        with VerticalScroll(id="form", can_focus=False):
            for name, label in _FIELDS.items():
                with Horizontal(classes="field"):
                    yield Static(_(label), markup=False)
                    yield ThaiInput(id=name)
        yield Static("", id="told", markup=False)
        yield KeyLine(*_HINTS)

    def on_mount(self) -> None:
        """Today is proposed, and the next part where there is a series."""
        self._field("date").value = day_words(self.app.today(), "long")
        self._field("title").focus()
        self._say(_("Enter begins at once. Tab for the rest; it can all be said later."))
        self.app.ask(
            lambda notebook: next_forum(notebook.sessions(), notebook.series(), notebook.owner),
            self._propose,
            self._nothing_proposed,
            saves=False,
        )

    def _field(self, name: str) -> ThaiInput:
        return self.query_one(f"#{name}", ThaiInput)

    def _propose(self, proposal: Proposal) -> None:
        """Fill in what nobody has typed yet."""
        if not self.is_attached:
            return  # it was left meanwhile
        self._proposal = proposal
        for name in ("title", "place", "recorder", "facilitator"):
            field = self._field(name)
            value = getattr(proposal, name)
            if name == "title" and not value:  # who comes late presses Enter, and names it later
                value = _("Forum of {day}").format(day=day_words(self.app.today()))
            if value and not field.value:
                field.value = value
                if name == "title" and field.has_focus:
                    field.select_all()
        self._is_proposed = True
        self._go_on()

    def _nothing_proposed(self, error: StoreError) -> None:
        self.app.tell_refusal(error)
        self._is_proposed = True
        self._go_on()

    def _go_on(self) -> None:
        """Begin, where Enter was pressed before anything was proposed."""
        if self._begins:
            self._begins = False
            self._begin()
            self.app.release_keys()

    def _say(self, sentence: str, *, asks: bool = False, doubt: Doubt | None = None) -> None:
        """Say a sentence under the fields; one that asks for something stands out."""
        self._doubt = doubt
        self.told.update(sentence)
        self.told.set_class(asks or doubt is not None, "-asks")
        self.hints.show(*(_HINTS_IN_DOUBT if doubt else _HINTS))

    # keys

    def action_next_field(self) -> None:
        """Taken before the field sees it: what is typed behind it lands in the next field."""
        self.focus_next("ThaiInput")

    def action_previous_field(self) -> None:
        """Back to the field before."""
        self.focus_previous("ThaiInput")

    @on(Input.Changed)
    def _changed(self, changed: Input.Changed) -> None:
        """The weekday of a typed day is said at once."""
        if self._doubt is not None:
            self._say("")
        if changed.input.id == "date" and changed.input.has_focus:
            self._say(self._day_words(changed.value))

    def _day_words(self, words: str) -> str:
        if not words.strip():
            return _("No day: it can be said later.")
        try:
            reading = read_date(words, today=self.app.today())
        except StoreError:
            return ""
        return self._echo(reading)

    @staticmethod
    def _echo(reading: DateReading) -> str:
        said = day_words(reading.day, "long")
        if reading.two_digit_year:
            return _("The year has two digits: {day}? Enter = yes.").format(day=said)
        if reading.no_year:
            return _("No year was written: {day}? Enter = yes.").format(day=said)
        if reading.weekday_agrees is False:
            return _("That day is a {day}: the weekday does not fit.").format(day=said)
        return said

    def action_begin(self) -> None:
        """Begin, once the field has taken all letters; what is typed behind it is said there."""
        self.in_order(self._enter)

    def _enter(self) -> None:
        if self._doubt is not None:
            self._settled[self._doubt.written] = self._doubt.yes
        if self._is_proposed or self._field("title").value.strip():
            self._begin()
        elif not self._begins:  # quicker than the first title: it is for that one
            self._begins = True
            self.app.hold_keys()

    def action_new_person(self) -> None:
        """A near name is somebody new."""
        self.in_order(self._somebody_new)

    def _somebody_new(self) -> None:
        if self._doubt is not None:
            self._settled[self._doubt.written] = None
            self._begin()

    def action_back(self) -> None:
        """To where one came from; nothing was made."""
        self.in_order(self._back)

    def _back(self) -> None:
        if self._doubt is not None:
            self._say("")
        else:
            self.dismiss()

    # beginning

    def _begin(self) -> None:
        if self._beginning:
            return
        title = self._field("title").value.strip()
        if not title:
            self._say(_("A forum needs a title; a few letters will do."), asks=True)
            self._field("title").focus()
            return
        try:
            reading = self._day()
        except StoreError as error:
            self.app.tell_refusal(error)
            self._field("date").focus()
            self._wait_for_answer()
            return
        words = self._field("date").value
        unsure = reading is not None and (reading.two_digit_year or reading.no_year)
        if reading is not None and unsure and words != self._year_seen:
            self._year_seen = words
            self._say(self._echo(reading), asks=True)
            self._wait_for_answer()
            return
        self._say("")
        self._hand_on(title, reading)

    def _wait_for_answer(self) -> None:
        """Keys typed behind the Enter wait for the forum; the next ones answer."""
        self._typed_behind += self.app.put_aside()

    def _day(self) -> DateReading | None:
        words = self._field("date").value.strip()
        return read_date(words, today=self.app.today()) if words else None

    def _hand_on(self, title: str, reading: DateReading | None) -> None:
        proposal = self._proposal
        taken = title == proposal.title
        wanted = Beginning(
            title=title,
            series=proposal.series if taken else None,
            part=proposal.part if taken else None,
            day=reading.day if reading else None,
            until=reading.until if reading else None,
            starts=reading.starts if reading else None,
            ends=reading.ends if reading else None,
            place=self._field("place").value.strip(),
            recorders=_names(self._field("recorder").value),
            facilitators=_names(self._field("facilitator").value),
            settled=dict(self._settled),
        )
        self._beginning = True
        self.app.hold_keys()
        self.app.ask(lambda notebook: begin(notebook, wanted), self._done, self._refused)

    def _done(self, answer: RecordId | Doubt) -> None:
        self._beginning = False
        if isinstance(answer, Doubt):
            self._say(answer.asked(), doubt=answer)
            self._wait_for_answer()
        else:
            self.app.put_first(self._typed_behind)
            self.dismiss()
            self.app.record_session(answer)
        self.app.release_keys()

    def _refused(self, error: StoreError) -> None:
        self._beginning = False
        self.app.tell_refusal(error)
        self._wait_for_answer()
        self.app.release_keys()


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in words.replace("，", ",").split(",") if name.strip())
