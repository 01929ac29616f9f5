"""New forum: its title is enough; everything else can be said now or later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.beginning import Beginning, begin
from kmtui.proposals import Proposal, next_forum
from kmtui.widgets.bar import Bar
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.thai_input import ThaiInput
from kmtui.widgets.wrapped import cut
from kmtui.words import _, language
from store.dates import DateReading, read_date, written
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.records import Person, RecordId

_FIELDS: Final = {
    "title": N_("Title"),
    "date": N_("Day"),
    "place": N_("Place"),
    "recorder": N_("Recorder"),
    "facilitator": N_("Facilitator"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A written name that is nearly a known person's."""

    written: str
    near: Person


class NewForumScreen(Screen[None]):
    """Five fields; Enter in any of them begins."""

    CSS = """
    #form { margin: 1 2; height: auto; }
    .field { height: 1; margin-bottom: 1; }
    .field > Static { width: 16; color: $muted; }
    .field > ThaiInput { width: 1fr; border: none; height: 1; padding: 0 1; background: $surface; }
    .field > ThaiInput:focus { background: $panel; border: none; }
    #told { margin: 0 2; height: 3; color: $warning; }
    """
    app = getters.app(KmtuiApp)
    COMMANDS_HERE = ("go.back",)
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of("go.back")]

    told = getters.query_one("#told", Static)

    def __init__(self) -> None:
        super().__init__()
        self._proposal = Proposal()
        self._doubt: Doubt | None = None
        self._settled: dict[str, RecordId | None] = {}
        """Written names that were asked about; None for somebody new."""
        self._year_seen = ""
        """The day whose two-digit year was shown and taken."""
        self._beginning = False

    def compose(self) -> ComposeResult:
        """The bar, the fields, what is to be said about them, the keys."""
        yield Bar(_("New forum"))
        with VerticalScroll(id="form", can_focus=False):
            for name, label in _FIELDS.items():
                with Horizontal(classes="field"):
                    yield Static(_(label), markup=False)
                    yield ThaiInput(id=name, select_on_focus=name == "title")
        yield Static("", id="told", markup=False)
        yield KeyLine("list.open", "go.back", "app.help")

    def on_mount(self) -> None:
        """Today is proposed, and the next part where there is a series."""
        lang = language()
        self._field("date").value = written(self.app.today(), language=lang, style="long")
        self._field("title").focus()
        self._say(_("Enter begins at once. Tab for the rest; it can all be said later."))
        self.app.ask(
            lambda notebook: next_forum(notebook.sessions(), notebook.series()),
            self._propose,
            saves=False,
        )

    def _field(self, name: str) -> ThaiInput:
        return self.query_one(f"#{name}", ThaiInput)

    def _propose(self, proposal: Proposal) -> None:
        """Fill in what nobody has typed yet."""
        self._proposal = proposal
        for name in ("title", "place", "recorder", "facilitator"):
            field = self._field(name)
            value = getattr(proposal, name)
            if value and not field.value:
                field.value = value
                if name == "title" and field.has_focus:
                    field.select_all()

    def _say(self, sentence: str) -> None:
        self.told.update(sentence)

    # keys

    async def on_event(self, event: events.Event) -> None:
        """Tab is taken here, in its order: what is typed behind it lands in the next field."""
        if isinstance(event, events.Key) and event.key in ("tab", "shift+tab"):
            event.stop()
            (self.focus_next if event.key == "tab" else self.focus_previous)("ThaiInput")
            return
        await super().on_event(event)

    @on(Input.Changed)
    def _changed(self, changed: Input.Changed) -> None:
        """The weekday of a typed day is said at once."""
        self._doubt = None
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
        lang = language()
        said = written(reading.day, language=lang, style="long")
        if reading.two_digit_year:
            return _("The year has two digits: {day}? Enter = yes.").format(day=said)
        if reading.weekday_agrees is False:
            return _("That day is a {day}: the weekday does not fit.").format(day=said)
        return said

    @on(Input.Submitted)
    def _submitted(self, submitted: Input.Submitted) -> None:
        submitted.stop()
        if self._doubt is not None:
            self._settled[self._doubt.written] = self._doubt.near.id
            self._doubt = None
        self._begin()

    def on_key(self, event: events.Key) -> None:
        """F8 says that a near name is somebody new."""
        if event.key == "f8" and self._doubt is not None:
            event.stop()
            self._settled[self._doubt.written] = None
            self._doubt = None
            self._begin()

    def action_back(self) -> None:
        """To where one came from; nothing was made."""
        if self._doubt is not None:
            self._doubt = None
            self._say("")
        else:
            self.dismiss()

    # beginning

    def _begin(self) -> None:
        if self._beginning:
            return
        title = self._field("title").value.strip()
        if not title:
            self._say(_("A forum needs a title; a few letters will do."))
            self._field("title").focus()
            return
        try:
            reading = self._day()
        except StoreError as error:
            self.app.tell_refusal(error)
            self._field("date").focus()
            return
        words = self._field("date").value
        if reading is not None and reading.two_digit_year and words != self._year_seen:
            self._year_seen = words
            self._say(self._echo(reading))
            return
        self._hand_on(title, reading)

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
            place=self._field("place").value.strip(),
            recorders=_names(self._field("recorder").value),
            facilitators=_names(self._field("facilitator").value),
            settled=dict(self._settled),
        )
        self._beginning = True
        self.app.ask(lambda notebook: _begun(notebook, wanted), self._done, self._refused)

    def _done(self, answer: RecordId | Doubt) -> None:
        self._beginning = False
        if isinstance(answer, Doubt):
            self._doubt = answer
            sentence = _(
                "“{written}”: is that {name}?   Enter = yes   F8 = somebody new   Esc = change it"
            )
            self._say(
                sentence.format(written=cut(answer.written, 30), name=cut(answer.near.name, 30))
            )
            return
        self.dismiss()
        self.app.record_session(answer)

    def _refused(self, error: StoreError) -> None:
        self._beginning = False
        self.app.tell_refusal(error)


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in words.replace("，", ",").split(",") if name.strip())


def _begun(notebook: Notebook, wanted: Beginning) -> RecordId | Doubt:
    found = begin(notebook, wanted)
    return Doubt(*found) if isinstance(found, tuple) else found
