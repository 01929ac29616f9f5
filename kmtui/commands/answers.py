"""What a person answers where names, days and columns are in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kmtui.importing import Answers
from kmtui.naming import Warned
from kmtui.numbers import whole_number
from kmtui.words import _
from store.errors import N_, StoreError
from store.readings import SessionRow
from store.records import Session
from store.transcripts.proposal import Proposal

from .columns import one_line
from .days import sure_day
from .naming import asked_for_name
from .telling import ask, ask_yes, talk
from .typed import asked_until


class NotKept(StoreError):
    """The person said no."""

    kind = "not_kept"
    sentence = N_("{where} is not kept; nothing was changed.")


def asked_again(before: SessionRow) -> bool:
    """Ask whether a file that was read in before is wanted once more."""
    question = _("This file was read in before as “{title}”. Read it in once more?")
    return ask_yes(one_line(question.format(title=before.title)), default=False)


def asked_for_speakers(proposals: Iterable[Proposal]) -> list[str]:
    """Ask about words that only one blank parts from the rest of the line."""
    labels = {
        str(finding.facts.get("label", "")): None
        for proposal in proposals
        for finding in proposal.questions
        if finding.kind == "single_blank_label"
    }
    question = _("Is “{name}” somebody who speaks?")
    return [
        label
        for label in labels
        if label and ask_yes(one_line(question.format(name=label)), default=False)
    ]


def asked_to_keep() -> str:
    """``y``, ``n``, or ``e`` to correct the head first."""
    return ask(_("Keep it? y yes, n no, e correct title, day, place, part"), ("y", "n", "e"))


def questioned(proposal: Proposal, answers: Answers) -> Answers:
    """Ask about everything that the file leaves in doubt."""
    if answers.day is None and proposal.when.two_digit_year:
        answers = _with_day(proposal, answers)
    for speaker in proposal.speakers:
        if speaker.agency is not None and speaker.agency.in_text and not answers.take_agencies:
            question = _("Is “{agency}” the agency of {name}, and no part of the text?")
            words = question.format(agency=speaker.agency.name, name=speaker.label)
            if ask_yes(one_line(words), default=False):
                answers = replace(answers, agencies_of=answers.agencies_of | {speaker.label})
        if not speaker.name:
            name = asked_for_name(speaker.label)
            answers = replace(answers, names={**answers.names, speaker.label: name})
        for alias in speaker.aliases:
            question = _("Is “{alias}” another name of {name}?")
            if ask_yes(one_line(question.format(alias=alias, name=speaker.label)), default=False):
                known = (*answers.aliases.get(speaker.label, ()), alias)
                answers = replace(answers, aliases={**answers.aliases, speaker.label: known})
    return answers


def corrected(answers: Answers, session: Session) -> Answers:
    """Ask for the head of the forum again; Enter keeps what stands there."""
    title = ask(_("Title"), default=session.title)
    day = asked_until(_("Day (พ.ศ. or ISO)"), _day, default=session.date)
    place = ask(_("Place"), default=session.place)
    part = asked_until(_("Part"), _part, default=session.part)
    if day != session.date:
        answers = replace(answers, day=day, until=None)
    return replace(answers, title=title, place=place, part=part)


def _day(words: str) -> date:
    """A day; its year is asked about where it was not written whole."""
    doubts: list[Warned] = []
    day = sure_day(words, doubts)
    for one in doubts:
        talk(one_line(one.message))
    return day


def _part(words: str) -> int:
    return whole_number(_("Part"), words)


def _with_day(proposal: Proposal, answers: Answers) -> Answers:
    day = asked_until(
        one_line(_("Which day is “{words}”?").format(words=proposal.when.written)),
        _day,
        default=proposal.when.date,
    )
    return replace(answers, day=day)
