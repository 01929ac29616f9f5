"""People and roles: who is here, for whom, and who does what at this forum."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from kmtui.recording.keeping import Pen
from kmtui.recording.people import Absent, Belong, Hold, Join
from kmtui.recording.voices import Voices
from kmtui.thai.lines import clipped
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.bar import Bar
from kmtui.widgets.choices import Choices
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.marks import MISSING, ROLE_MARKS, ROLE_ORDER, THERE, role_word
from kmtui.words import _
from store.readings import SessionWhole
from store.records import Attendance

from .forum_screen import ForumScreen


class PeopleHereScreen(ForumScreen[SessionWhole]):
    """Who is here at the left, and at the right what the one in hand does."""

    CSS = """
    PeopleHereScreen { layout: vertical; background: $background; }
    #who { height: 1fr; padding: 1 1 0 1; }
    #people { width: 1fr; height: 1fr; border: none; background: $background; }
    #people:focus, #card:focus { background-tint: $foreground 0%; }
    #card { width: 34; height: 1fr; border: none; background: $background; margin-left: 2; }
    #drift { height: auto; padding: 0 2; color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("right", "to_card", show=False),
        Binding("left", "to_people", show=False),
    ]

    people = getters.query_one("#people", Choices)
    card = getters.query_one("#card", Choices)
    drift = getters.query_one("#drift", Static)
    answer = getters.query_one(AnswerLine)

    def __init__(self, whole: SessionWhole, voices: Voices, pen: Pen) -> None:
        super().__init__()
        self.whole = whole
        self.voices = voices
        self.pen = pen

    def compose(self) -> ComposeResult:
        """People, the card of one, and a line that asks."""
        yield Bar(_("People and roles"), self.whole.session.title)
        with Horizontal(id="who"):
            yield Choices(id="people", markup=False, compact=True)
            yield Choices(id="card", markup=False, compact=True)
        yield Static(id="drift", markup=False)
        yield AnswerLine()
        yield KeyLine("list.open", "go.back", "app.help")

    def on_mount(self) -> None:
        """Show who is here."""
        self.show(self.whole)
        self.people.focus()

    # down: who is here

    def show(self, whole: SessionWhole) -> None:
        """Show these people; who was in hand stays in hand."""
        self.whole = whole
        at = self.people.highlighted or 0
        options = [Option(self._row(one), id=one.id) for one in whole.attendance]
        self.people.clear_options()
        self.people.add_options([*options, Option("+ " + _("Add somebody"), id="add")])
        self.people.highlighted = min(at, len(options))
        self._show_card()
        self.drift.update(Content("\n".join(self._drifts())))

    def _row(self, one: Attendance) -> Content:
        marks = " ".join(ROLE_MARKS[role] for role in ROLE_ORDER if role in one.roles)
        agency = self.whole.agencies.get(one.agency) if one.agency else None
        name = clipped(self._name_of(one), 20)
        words = f"{name} {clipped(agency.short or agency.full if agency else '', 10)} {marks}"
        if one.presence == "absent":
            why = f" ({one.reason})" if one.reason else ""
            return Content.styled(clipped(words + _("absent") + why, 60).rstrip(), "$muted")
        return Content(words)

    def _name_of(self, one: Attendance) -> str:
        person = self.whole.people.get(one.person)
        return person.name if person else "—"

    def _drifts(self) -> list[str]:
        sentence = _("{name} is facilitator and practitioner at once: is that meant?")
        return [
            sentence.format(name=clipped(self._name_of(one), 30).rstrip())
            for one in self.whole.attendance
            if {"facilitator", "practitioner"} <= one.roles
        ]

    def _in_hand(self) -> Attendance | None:
        at = self.people.highlighted
        rows = self.whole.attendance
        return rows[at] if at is not None and at < len(rows) else None

    def _show_card(self) -> None:
        one = self._in_hand()
        at = self.card.highlighted or 0
        self.card.clear_options()
        if one is None:
            return
        roles = [
            Option(
                f"{THERE if role in one.roles else MISSING} {ROLE_MARKS[role]} {role_word(role)}",
                id=role,
            )
            for role in ROLE_ORDER
        ]
        agency = self.whole.agencies.get(one.agency) if one.agency else None
        known = clipped(agency.short or agency.full, 14).rstrip() if agency else _("not known")
        came = _("came after all") if one.presence == "absent" else _("did not come")
        self.card.add_options(
            [
                *roles,
                Option("  " + _("Agency") + f": {known}", id="agency"),
                Option(f"  {came}", id="presence"),
            ]
        )
        self.card.highlighted = at

    # keys

    @on(Choices.OptionHighlighted, "#people")
    def _another_in_hand(self) -> None:
        self._show_card()

    @on(Choices.OptionSelected, "#people")
    def _open(self, selected: Choices.OptionSelected) -> None:
        if selected.option_id == "add":
            self.answer.ask("add", _("Who is here?"), hint=_("Enter = add   Esc = back"))
        else:
            self.action_to_card()

    @on(Choices.OptionSelected, "#card")
    def _choose(self, selected: Choices.OptionSelected) -> None:
        one = self._in_hand()
        chosen = selected.option_id
        if one is None:
            return
        if (role := next((each for each in ROLE_ORDER if each == chosen), None)) is not None:
            self.keep(Hold(person=one.person, role=role, holds=role not in one.roles))
        elif chosen == "agency":
            self.answer.ask(("agency", one), _("From which agency?"))
        elif one.presence == "absent":
            self.keep(Absent(person=one.person, came=True))
        else:
            self.answer.ask(("absent", one), _("Why not?"), hint=_("Enter = keep, also empty"))

    @on(AnswerLine.Given)
    def _answered(self, given: AnswerLine.Given) -> None:
        match given.about:
            case "add" if given.text:
                self.keep(Join(voice=self.voices.find(given.text)))
            case ("agency", Attendance(person=person)) if given.text:
                self.keep(Belong(person=person, agency=given.text))
            case ("absent", Attendance(person=person)):
                self.keep(Absent(person=person, reason=given.text))
        self._back_to_lists(given.about)

    @on(AnswerLine.Declined)
    def _declined(self) -> None:
        self._back_to_lists(None)

    def _back_to_lists(self, about: object) -> None:
        (self.card if isinstance(about, tuple) else self.people).focus()

    def action_to_card(self) -> None:
        """Go to what the one in hand does."""
        if self._in_hand() is not None:
            self.card.focus()

    def action_to_people(self) -> None:
        """Go back to the people."""
        self.people.focus()

    def action_leave(self) -> None:
        """Back to the people, and from there to the forum."""
        if self.card.has_focus:
            self.people.focus()
        else:
            self.dismiss(self.whole)
