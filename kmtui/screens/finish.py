"""Finish: what a forum still lacks is told, who did their role is asked, and it can be closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from kmtui.gaps import gap_words
from kmtui.labels import check_word
from kmtui.mending import year_question
from kmtui.recording.keeping import Kept, Pen, SetFields
from kmtui.recording.people import Check
from kmtui.spoken_days import day_words
from kmtui.thai.lines import cut
from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.bar import Bar
from kmtui.widgets.choices import Choices
from kmtui.widgets.key_line import KeyLine
from kmtui.widgets.marks import MISSING, ROLE_MARKS, ROLE_ORDER, THERE, role_word
from kmtui.words import _, told
from store.dates import BadDate, read_date
from store.readings import Gap, SessionWhole
from store.records import Attendance, RecordId
from store.vocabulary import Role, RoleCheck

from .forum_screen import ForumScreen

_NEXT_CHECK: Final[dict[RoleCheck | None, RoleCheck | None]] = {
    None: "did",
    "did": "partly",
    "partly": "did_not",
    "did_not": None,
}
_CHECK_MARKS: Final[dict[RoleCheck | None, str]] = {
    None: MISSING,
    "did": THERE,
    "partly": "◐",
    "did_not": "×",
}
_PEOPLE_GAPS: Final = frozenset({"no_recorder", "no_facilitator", "nobody_present", "role_drift"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How the screen was left."""

    closed: bool = False
    gap: Gap | None = None
    """A gap to jump to; None for back to the words."""
    to_people: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Role:
    attendance: Attendance
    role: Role


class FinishScreen(ForumScreen[Left]):
    """Gaps first, then each role with whether it was done, then the way out."""

    CSS = """
    FinishScreen { layout: vertical; background: $background; }
    #gaps-told { height: 2; padding: 0 2; color: $muted; }
    #what-is-left { height: 1fr; border: none; background: $background; padding: 0 1; }
    #what-is-left:focus { background-tint: $foreground 0%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f10", "close_forum", show=False),
    ]

    rows = getters.query_one("#what-is-left", Choices)
    head = getters.query_one("#gaps-told", Static)
    answer = getters.query_one(AnswerLine)

    def __init__(self, whole: SessionWhole, pen: Pen, *, today: date) -> None:
        super().__init__()
        self.today = today
        self.whole = whole
        self.pen = pen
        self._meant: dict[str, Gap | _Role] = {}
        """What each row is about, by its id."""
        self._year_asked = ""
        """The day whose year was asked about and stands in the line."""

    def compose(self) -> ComposeResult:
        """What is missing, the roles, the way out, and a line that asks."""
        yield Bar(_("Closing"), self.whole.session.title)
        yield Static(id="gaps-told", markup=False)
        yield Choices(id="what-is-left", markup=False, compact=True)
        yield AnswerLine()
        yield KeyLine("list.open", "record.finish", "go.back", "app.help")

    def on_mount(self) -> None:
        """Show what is left to do; the way out is in hand."""
        self.show(self.whole)
        self.rows.focus()

    # down: how the forum stands

    def show(self, whole: SessionWhole) -> None:
        """Show the gaps and roles of this forum."""
        self.whole = whole
        before = self.rows.highlighted
        options = [
            *self._gap_options(),
            *self._role_options(),
            Option("", disabled=True),
            self._way_out(),
        ]
        self.rows.clear_options()
        self.rows.add_options(options)
        last = len(options) - 1
        self.rows.highlighted = last if before is None else min(before, last)
        sentence = _("{title}: it can be closed as it is; what is missing can come later.")
        self.head.update(Content(cut(sentence.format(title=self._title()), 200)))

    def _title(self) -> str:
        return self.whole.session.title or "—"

    def _gap_options(self) -> list[Option]:
        gaps = self.whole.completeness.gaps
        told = [gap for gap in gaps if gap.kind != "role_not_checked"]
        if not told and gaps:
            return [
                Option(Content.styled(_("Only the roles below are left."), "$muted"), disabled=True)
            ]
        if not told:
            return [
                Option(
                    Content.styled(f"{THERE} " + _("Nothing is missing."), "$success"),
                    disabled=True,
                )
            ]
        head = Option(
            Content.styled(_("Still missing (Enter goes there)"), "$muted"), disabled=True
        )
        options = [head]
        for number, gap in enumerate(told):
            self._meant[f"gap-{number}"] = gap
            words = cut(gap_words(gap, self._called), 120)
            line = Content.styled(f"{MISSING} {words}", "$warning")
            options.append(Option(line, id=f"gap-{number}"))
        return options

    def _role_options(self) -> list[Option]:
        held = [
            _Role(attendance=one, role=role)
            for one in self.whole.attendance
            for role in sorted(one.roles, key=ROLE_ORDER.index)
        ]
        if not held:
            return []
        head = Option(
            Content.styled(_("Did they do their role? (Enter changes it)"), "$muted"),
            disabled=True,
        )
        options = [Option("", disabled=True), head]
        for number, one in enumerate(held):
            self._meant[f"role-{number}"] = one
            options.append(Option(self._role_line(one), id=f"role-{number}"))
        return options

    def _role_line(self, one: _Role) -> Content:
        check = one.attendance.checks.get(one.role)
        person = self.whole.people.get(one.attendance.person)
        name = cut(person.name if person else "—", 24)
        words = f"{_CHECK_MARKS[check]} {ROLE_MARKS[one.role]} {role_word(one.role)}  {name}  "
        return Content(words) + Content.styled(check_word(check), "$muted" if check is None else "")

    def _way_out(self) -> Option:
        words = _("Close this forum")
        return Option(Content.styled("✓ " + words, "bold $primary"), id="close")

    def _called(self, about: RecordId) -> str | None:
        whole = self.whole
        for one in (*whole.lessons, *whole.outcomes):
            if one.id == about:
                return getattr(one, "title", "") or getattr(one, "text", "")
        for attendance in whole.attendance:
            if about in (attendance.id, attendance.person) and attendance.person in whole.people:
                return whole.people[attendance.person].name
        return next((turn.text for turn in whole.turns if turn.id == about), None)

    # keys

    @on(Choices.OptionSelected)
    def _chosen(self, selected: Choices.OptionSelected) -> None:
        if selected.option_id == "close":
            self.action_close_forum()
            return
        meant = self._meant.get(selected.option_id or "")
        if isinstance(meant, _Role):
            check = _NEXT_CHECK[meant.attendance.checks.get(meant.role)]
            self.keep(Check(attendance=meant.attendance.id, role=meant.role, check=check))
        elif isinstance(meant, Gap):
            self._go_to(meant)

    def _go_to(self, gap: Gap) -> None:
        """Fill the gap here where one line is enough, else go where it can be filled."""
        match gap.kind:
            case "no_place":
                self.answer.ask("place", _("Where was it?"))
            case "no_date":
                self.answer.ask("date", _("Which day?"), hint=_("such as 22 Nov 2569"))
            case "no_lesson":
                hint = _("Esc, then F6 draws a lesson from a turn")
                self.answer.ask("no_lesson_because", _("Why is there no lesson?"), hint=hint)
            case kind if kind in _PEOPLE_GAPS:
                self.dismiss(Left(to_people=True))
            case _:
                self.dismiss(Left(gap=gap))

    @on(AnswerLine.Given)
    def _answered(self, given: AnswerLine.Given) -> None:
        self.rows.focus()
        if not given.text:
            return
        if given.about == "date":
            self._take_day(given.text)
            return
        self.keep(SetFields(id=self.whole.session.id, fields={str(given.about): given.text}))

    def _take_day(self, words: str) -> None:
        """Keep the day; where its year was not written whole, ask first."""
        try:
            reading = read_date(words, today=self.today)
        except BadDate as error:
            self.answer.ask("date", _("Which day?"), words=words, hint=told(error))
            return
        if (reading.two_digit_year or reading.no_year) and words != self._year_asked:
            self._year_asked = words
            self.answer.ask("date", _("Which day?"), words=words, hint=year_question(reading.day))
            return
        sentence = _("The day is {day}.   Ctrl+Z in the forum takes it back.")
        self.tell(sentence.format(day=day_words(reading.day)))
        fields = {"date": reading.day, "until": reading.until}
        self.keep(SetFields(id=self.whole.session.id, fields=fields))

    @on(AnswerLine.Declined)
    def _declined(self) -> None:
        self.rows.focus()

    def action_back(self) -> None:
        """Back to the words."""
        self.dismiss(Left())

    def action_close_forum(self) -> None:
        """Close it, whatever is missing."""
        fields = {"finished": True, "status": "held"}
        job = SetFields(id=self.whole.session.id, fields=fields)
        self.ask(lambda notebook: job.keep(notebook, self.pen), self._has_closed)

    def _has_closed(self, kept: Kept) -> None:  # noqa: ARG002 - the answer of every job
        self.dismiss(Left(closed=True))
