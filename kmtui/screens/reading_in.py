"""Reading in: what a file holds, line by line accounted for, corrected and then kept as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final

from textual.binding import BindingType

from kmtui import keys
from kmtui.labels import presence_word, role_word
from kmtui.mending import DueDay
from kmtui.reading_in import (
    Decisions,
    Nearly,
    ReadIn,
    agencies_taken,
    aliases_with,
    keep_read,
    read_in,
)
from kmtui.screens.card import CardScreen
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Told, heading, yes_or_no
from kmtui.widgets.marks import DRAWN_MARKS
from kmtui.words import _, counted, language
from store.dates import read_date, written
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.parts import read_part
from store.records import RecordId
from store.transcripts.proposal import Proposal, ProposedSpeaker

_MOST_SHOWN: Final = 30
"""Lines of one kind that are told; a file of another kind may have thousands."""
_HERE: Final = RecordId("")
"""Fields of a file are no record's yet."""


class ReadingInScreen(CardScreen):
    """Nothing is kept before it is asked for; what is not sure is asked above the rest.

    Args:
        path: The file.
    """

    NAME: ClassVar[str] = N_("Read in")
    HINTS: ClassVar[tuple[str, ...]] = ("read.keep", "line.change", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (*HINTS[:-1], "app.menu")
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of("read.keep")]

    def __init__(self, path: Path) -> None:
        super().__init__(_HERE)
        self.path = path
        self.decisions = Decisions()
        self._read_now: ReadIn | None = None

    def on_mount(self) -> None:
        """Read the file."""
        super().on_mount()
        self.bar.say(self.path.name)
        self.rows.show(())

    def read_again(self) -> None:
        """Read the file with what was decided so far."""
        decisions, today = self.decisions, self.app.today()
        self.app.ask(
            lambda notebook: read_in(self.path, decisions, notebook, today),
            self._read_anew,
            self._not_read,
            saves=False,
        )

    def read(self, notebook: Notebook) -> CardReading:
        """Not asked for: the file is read in ``read_again``."""
        raise NotImplementedError

    def _read_anew(self, read_now: ReadIn) -> None:
        self._read_now = read_now
        lines = tuple(_lines(read_now, self.decisions))
        self._show(CardReading(self.path.name, lines))

    def _not_read(self, error: StoreError) -> None:
        """It is no transcript, or gone: say why, where it was chosen."""
        self.app.tell_refusal(error)
        if self.is_current and self._read_now is None:
            self.dismiss()

    # deciding

    def read_day(self, words: str) -> DueDay:
        """The day that was typed, as a forum's."""
        reading = read_date(words, today=self.app.today())
        return DueDay(reading.day, sure=not (reading.two_digit_year or reading.no_year))

    def keep(self, field: Field, value: Any) -> None:
        """A decision about the file; it is read again with it."""
        try:
            self.decisions = _decided(self.decisions, field, value)
        except StoreError as error:
            self.app.tell_refusal(error)
            return
        self.read_again()

    def do(self, deed: str) -> None:
        """Keep the whole."""
        if deed == "keep":
            self.action_keep()

    def action_keep(self) -> None:
        """Keep everything that the file holds, in one save."""
        self.app.in_order(self._keep_all)

    def _keep_all(self) -> None:
        read_now, decisions = self._read_now, self.decisions
        if self.answer.asking or read_now is None:
            return
        if not self.app.writable:
            self.app.tell_reading_only()
            return
        self.app.ask(lambda notebook: keep_read(read_now, decisions, notebook), self._kept)

    def _kept(self, session: RecordId) -> None:
        self.app.tell(_("The forum is kept."))
        if self.is_current:
            self.dismiss()
        self.app.open_session(session)

    def action_trash(self) -> None:
        """Nothing is kept yet that could be put away."""

    def action_history(self) -> None:
        """Nothing is kept yet that could have been changed."""

    def action_undo(self) -> None:
        """Take back every decision about this file."""
        if not self.answer.asking:
            self.decisions = Decisions()
            self.read_again()


def _decided(decisions: Decisions, field: Field, value: Any) -> Decisions:
    """The decisions with one more. Raises StoreError where the words do not fit."""
    answers = decisions.answers
    what, _stroke, about = field.name.partition(":")
    match what:
        case "title":
            answers = replace(answers, title=str(value))
        case "place":
            answers = replace(answers, place=str(value))
        case "day":
            answers = replace(answers, day=value)
        case "part":
            answers = replace(answers, part=read_part(value).number if value else None)
        case "name":
            answers = replace(answers, names={**answers.names, about: str(value)})
        case "agency":
            answers = replace(answers, agencies_of=agencies_taken(answers, about, taken=value))
        case "alias":
            label, _tab, alias = about.partition("\t")
            answers = replace(answers, aliases=aliases_with(answers, label, alias, meant=value))
        case "same":
            other = Nearly(*about.split("\t"))
            others = decisions.others - {other} if value else decisions.others | {other}
            return replace(decisions, others=others)
        case "speaks":
            return replace(
                decisions,
                speaks=decisions.speaks | {about} if value else decisions.speaks - {about},
            )
    return replace(decisions, answers=answers)


# what is shown


def _lines(read_now: ReadIn, decisions: Decisions) -> Iterator[Line]:
    if read_now.before is not None:
        said = _(
            "This file was read in before as “{title}”. Esc stops; keeping makes a second one."
        )
        yield Told(said.format(title=read_now.before.title), "warning")
    for proposal in read_now.proposals:
        yield Told(_counts(proposal), "primary")
    yield Deed("keep", _("Keep it (F10)"))
    yield from _questions(read_now, decisions)
    yield from _head(read_now)
    for proposal in read_now.proposals:
        yield from _speakers(proposal, decisions)
        yield from _rest(proposal)


def _counts(proposal: Proposal) -> str:
    turns, speakers = len(proposal.turns), len(proposal.speakers)
    parts = [
        counted("{n} turn", "{n} turns", turns).format(n=turns),
        counted("{n} speaker", "{n} speakers", speakers).format(n=speakers),
    ]
    left = len(proposal.not_understood)
    if left:
        parts.append(
            counted("{n} line not understood", "{n} lines not understood", left).format(n=left)
        )
    return " · ".join(parts)


def _questions(read_now: ReadIn, decisions: Decisions) -> Iterator[Line]:
    """What a person should look at, each with the answer that is taken now."""
    lines: list[Line] = []
    for pair in read_now.nearly:
        label = _("{written} is {known}?").format(written=pair.written, known=pair.known)
        name = f"same:{pair.written}\t{pair.known}"
        lines.append(_choice(name, label, pair not in decisions.others))
    for proposal in read_now.proposals:
        lines += _of_speakers(proposal, decisions)
        for one in proposal.questions:
            if one.kind == "single_blank_label":
                label = str(one.facts.get("label", ""))
                asked = _("{name} speaks?").format(name=label)
                lines.append(_choice(f"speaks:{label}", asked, label in decisions.speaks))
    if lines:
        yield from heading(_("Please look"))
        yield from lines


def _of_speakers(proposal: Proposal, decisions: Decisions) -> Iterator[Line]:
    answers = decisions.answers
    for one in proposal.speakers:
        if not one.name:
            asked = _("Who is “{word}”?").format(word=one.label)
            hint = _("a name; empty where nobody knows")
            yield Field(_HERE, f"name:{one.label}", asked, answers.names.get(one.label, ""),
                        hint=hint)  # fmt: skip
        if one.agency is not None and one.agency.in_text:
            asked = _("{agency} is the agency of {name}?")
            label = asked.format(agency=one.agency.name, name=one.label)
            yield _choice(f"agency:{one.label}", label, one.label in answers.agencies_of)
        for alias in one.aliases:
            label = _("{alias} is {name}?").format(alias=alias, name=one.label)
            there = alias in answers.aliases.get(one.label, ())
            yield _choice(f"alias:{one.label}\t{alias}", label, there)


def _choice(name: str, label: str, value: bool) -> Field:
    return Field(_HERE, name, label, value, "choice", yes_or_no())


def _head(read_now: ReadIn) -> Iterator[Line]:
    """Title, day, part and place of the one forum that the file holds."""
    if len(read_now.forums) != 1:
        yield from heading(_("Each day becomes a forum of its own."))
        return
    session, when = read_now.forums[0].session, read_now.proposals[0].when
    lang = language()
    day = written(session.date, language=lang, style="long") if session.date else ""
    if when.two_digit_year and session.date == when.date:
        day = _("{day}  (written {words})").format(day=day, words=when.written)
    yield Told("")
    yield Field(_HERE, "title", _("Title"), session.title)
    yield Field(_HERE, "day", _("Day"), session.date, "day", written=day,
                hint=_("such as 22 Nov 2569"))  # fmt: skip
    yield Field(_HERE, "part", _("Part"), session.part)
    yield Field(_HERE, "place", _("Place"), session.place)


def _speakers(proposal: Proposal, decisions: Decisions) -> Iterator[Line]:
    yield from heading(_("Who speaks"))
    for one in proposal.speakers:
        turns = counted("{n} turn", "{n} turns", one.turns).format(n=one.turns)
        yield Field(
            _HERE,
            f"name:{one.label}",
            f"  {turns}",
            decisions.answers.names.get(one.label) or one.name or one.label,
            written=_speaker(one, decisions),
        )


def _speaker(one: ProposedSpeaker, decisions: Decisions) -> str:
    name = decisions.answers.names.get(one.label) or one.name or one.label
    taken = one.agency and (not one.agency.in_text or one.label in decisions.answers.agencies_of)
    return f"{name} ({one.agency.name})" if one.agency and taken else name


def _rest(proposal: Proposal) -> Iterator[Line]:
    """What else was found, and every line that was not understood."""
    attended = [(one.line, f"{one.name} · {presence_word(one.presence)}") for one in
                proposal.attendance]  # fmt: skip
    groups: tuple[tuple[str, Sequence[tuple[int, str]]], ...] = (
        (_("Not understood"), [(one.line, one.text) for one in proposal.not_understood]),
        (_("Headings"), [(one.line, one.text) for one in proposal.headings]),
        (_("People and roles"), attended),
        ("", [(one.line, f"{role_word(one.role)} · {one.name}") for one in proposal.roles]),
        (_("Decisions"), [(one.line, f"{DRAWN_MARKS['decision']} {one.text}")
                          for one in proposal.decisions]),
        (_("Lessons"), [(one.line, f"{DRAWN_MARKS['lesson']} {one.text}")
                        for one in proposal.lessons]),
        (_("Answers"), [(one.line, one.text) for one in proposal.answers]),
        (_("Left out"), [(one.line, one.text) for one in proposal.dropped]),
    )  # fmt: skip
    for title, noted in groups:
        if title and noted:
            yield from heading(title)
        for line, text in noted[:_MOST_SHOWN]:
            yield Told(f"  {line:>4}  {text.strip()}", "")
        if len(noted) > _MOST_SHOWN:
            rest = len(noted) - _MOST_SHOWN
            yield Told("  " + counted("and {n} more", "and {n} more", rest).format(n=rest))
