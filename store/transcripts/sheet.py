"""The sheet on which a layout writes down what each line of the source is.

A line that no layout wrote down is not understood: nothing of a source can get lost by being
overlooked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from store.vocabulary import Role, TurnKind

from .lines import BLANKS, Line
from .proposal import (
    Answered,
    DropKind,
    Dropped,
    Finding,
    FindingKind,
    Noted,
    ProposedAnswer,
    ProposedAttendance,
    ProposedRole,
    ProposedTurn,
    Use,
)


@dataclass(slots=True)
class Sheet:
    """One session while its lines are being read."""

    turns: list[ProposedTurn] = field(default_factory=list)
    notes: list[ProposedTurn] = field(default_factory=list)
    headings: list[Noted] = field(default_factory=list)
    attendance: list[ProposedAttendance] = field(default_factory=list)
    roles: list[ProposedRole] = field(default_factory=list)
    decisions: list[Noted] = field(default_factory=list)
    answers: list[ProposedAnswer] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    not_understood: list[Noted] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    """Lines about the whole session: date, times, place, number of the meeting."""
    title: Line | None = None
    heading: str = ""
    """The topic of what comes next."""
    narrates: bool = False
    """Text without a speaker is part of the record (minutes), not a riddle."""
    uses: dict[int, Use] = field(default_factory=dict)
    _open: list[ProposedTurn] | None = None
    """Where an unlabelled line goes: the list whose last turn it continues; None for nowhere."""

    @property
    def is_talking(self) -> bool:
        """Whether somebody's turn is still open."""
        return self._open is self.turns

    def said(
        self,
        line: Line,
        label: str,
        text: str,
        *,
        kind: TurnKind = "verbatim",
        told_with: str = "",
        at: datetime | None = None,
        at_text: str = "",
    ) -> None:
        """A turn begins."""
        turn = ProposedTurn(
            line=line.number,
            label=label,
            text=text,
            heading=self.heading,
            kind=kind,
            told_with=told_with,
            said_at=at,
            said_at_text=at_text,
        )
        self.turns.append(turn)
        self._open = self.turns
        self.uses[line.number] = "turn"

    def note(self, line: Line) -> None:
        """Text that nobody is named for."""
        self.notes.append(
            ProposedTurn(
                line=line.number, label="", text=line.text, heading=self.heading, kind="note"
            )
        )
        self._open = self.notes
        self.uses[line.number] = "note"

    def more(self, line: Line) -> None:
        """The turn or note goes on; a line that starts with a full stop was broken by accident."""
        if not self._open:
            self.unclear(line)
            return
        last = self._open[-1]
        joined = "" if line.text.lstrip(BLANKS).startswith(".") or not last.text else "\n"
        text = line.text.lstrip(BLANKS) if joined == "" and last.text else line.text
        self._open[-1] = replace(
            last, text=last.text + joined + text, more=(*last.more, line.number)
        )
        self.uses[line.number] = "more"

    def topic(self, line: Line, *, within: bool = False) -> None:
        """A heading; one ``within`` a turn stays in the speaker's words as well."""
        self.headings.append(Noted(line=line.number, text=line.bare))
        if within:
            self.more(line)
            return
        self.heading = line.bare
        self._open = None
        self.uses[line.number] = "heading"

    def entitle(self, line: Line) -> None:
        """The title of the session."""
        self.title = line
        self.uses[line.number] = "title"

    def about(self, line: Line) -> None:
        """A line about the whole session."""
        self.head.append(line)
        self.uses[line.number] = "head"

    def drop(self, line: Line, kind: DropKind) -> None:
        """No part of the forum."""
        self.dropped.append(Dropped(line=line.number, text=line.text, kind=kind))
        self.uses[line.number] = "dropped"

    def left_out(self, dropped: Iterable[Dropped]) -> None:
        """What the file itself sets apart from its text."""
        for one in dropped:
            self.dropped.append(one)
            self.uses[one.line] = "dropped"

    def unclear(self, line: Line) -> None:
        """Not understood."""
        self.not_understood.append(Noted(line=line.number, text=line.text, heading=self.heading))
        self._open = None
        self.uses[line.number] = "not_understood"

    def attended(self, line: Line, who: ProposedAttendance) -> None:
        """Somebody in a list of who came."""
        self.attendance.append(who)
        self.uses[line.number] = "attendance"

    def held(self, line: Line, role: Role, name: str, written: str) -> None:
        """Somebody held a role."""
        self.roles.append(ProposedRole(line=line.number, role=role, name=name, written=written))
        self.uses[line.number] = "role"

    def decided(self, line: Line, text: str) -> None:
        """The meeting decided."""
        self.decisions.append(Noted(line=line.number, text=text, heading=self.heading))
        self._open = None
        self.uses[line.number] = "decision"

    def answered(self, line: Line, question: Answered, heading: str, text: str, who: str) -> None:
        """An answer of an AAR begins."""
        self.answers.append(
            ProposedAnswer(line=line.number, question=question, heading=heading, text=text, who=who)
        )
        self._open = None
        self.uses[line.number] = "answer"

    def answers_on(self, line: Line) -> None:
        """The answer above goes on."""
        last = self.answers[-1]
        text = f"{last.text}\n{line.text}" if last.text else line.text
        self.answers[-1] = replace(last, text=text, more=(*last.more, line.number))
        self.uses[line.number] = "answer"

    def close(self) -> None:
        """Nobody is speaking any more; the next unlabelled line is nobody's."""
        self._open = None

    def find(
        self, kind: FindingKind, line: int | None, *, asks: bool = False, **facts: object
    ) -> None:
        """Something to ask about or to tell."""
        self.findings.append(Finding(kind=kind, line=line, facts=facts, asks=asks))

    def account_for(self, lines: Iterable[Line]) -> None:
        """Whatever was overlooked is not understood."""
        for line in lines:
            if not line.is_blank and line.number not in self.uses:
                self.unclear(line)
