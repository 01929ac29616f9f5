"""Reading in: what a file holds, line by line accounted for, corrected and then kept as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final

from textual.binding import BindingType

from kmtui import keys
from kmtui.mending import DueDay
from kmtui.reach import need_reach
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
from kmtui.widgets.card_lines import CardReading, Field, Told
from kmtui.widgets.proposal_lines import HERE, proposal_lines
from kmtui.words import _
from store.dates import read_date
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.parts import read_part
from store.records import RecordId

_LONG: Final = 0.5
"""Seconds after which reading is told to take its time."""


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
        super().__init__(HERE)
        self.path = path
        self.decisions = Decisions()
        self._read_now: ReadIn | None = None

    def on_mount(self) -> None:
        """Read the file."""
        super().on_mount()
        self.bar.say(self.path.name)
        self.rows.show(())
        self.set_timer(_LONG, self._say_reading)

    def _say_reading(self) -> None:
        """A large file takes its time; that is said."""
        if self._read_now is None and self.is_attached:
            self._show(CardReading(self.path.name, (Told(_("Reading the file …")),)))

    def read_again(self) -> None:
        """Read the file with what was decided so far."""
        decisions, today = self.decisions, self.app.today()

        def read(notebook: Notebook) -> ReadIn:
            need_reach(self.path)
            return read_in(self.path, decisions, notebook, today)

        self.app.ask(
            read,
            self._read_anew,
            self._not_read,
            saves=False,
        )

    def read(self, notebook: Notebook) -> CardReading:
        """Not asked for: the file is read in ``read_again``."""
        raise NotImplementedError

    def _read_anew(self, read_now: ReadIn) -> None:
        self._read_now = read_now
        lines = tuple(proposal_lines(read_now, self.decisions))
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
        self.in_order(self._keep_all)

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
