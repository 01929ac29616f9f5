"""From what was read out of a file, and what a person answered, to a forum that can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from kmtui.words import _
from store.errors import N_, StoreError
from store.records import Lesson, Outcome, RecordId, Review, Series, Session
from store.transcripts.proposal import (
    Finding,
    Proposal,
    ProposedAnswer,
    ProposedAttendance,
    ProposedSpeaker,
)

from .forum import Forum, NewId
from .naming import Naming, Warned
from .series import titled_series


class AlreadyImported(StoreError):
    """A file of these bytes was read in before."""

    kind = "already_imported"
    sentence = N_(
        "{where} was read in before as “{title}” ({session}). Add --again to read it in once more."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person decided about a proposal; None and empty leave the safe reading."""

    title: str | None = None
    day: date | None = None
    until: date | None = None
    """Last day of several; of no account without ``day``."""
    day_warnings: tuple[Warned, ...] = ()
    """What should be told about the reading of ``day``."""
    part: int | None = None
    series: str | None = None
    place: str | None = None
    take_agencies: bool = False
    """Every word of the agency column is an agency, and leaves the text."""
    agencies_of: frozenset[str] = frozenset()
    """Labels whose agency is taken."""
    names: Mapping[str, str] = field(default_factory=dict)
    """By label: who is behind a role word."""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By label: other names in the text that mean the same person."""


_DECIDED_HERE: Final = frozenset({"near_name"})
"""Findings whose decision ``Naming`` tells itself."""


def forum_of(
    proposal: Proposal,
    answers: Answers,
    *,
    naming: Naming,
    series: Iterable[Series],
    new_id: NewId,
) -> Forum:
    """The forum that this proposal becomes with these answers.

    Args:
        proposal: As read.
        answers: What a person decided.
        naming: Who is meant by a name.
        series: Every series known.
        new_id: A fresh id.
    """
    proposal = _with_agencies(proposal, answers)
    known_before = len(naming.new)
    forum = Forum(session=Session(), naming=naming, new_id=new_id)
    forum.session, forum.series = _session(proposal, answers, series, new_id)
    _attend(forum, proposal.attendance)
    speakers = {one.label: _meant(forum, one, proposal, answers) for one in proposal.speakers}
    _speak(forum, proposal, speakers)
    for role in proposal.roles:
        forum.hold(naming.person(role.name, role.line), role.role)
    _join_agencies(forum, proposal, speakers)
    _draw(forum, proposal)
    _review(forum, proposal.answers)
    forum.not_understood = [one.line for one in proposal.not_understood]
    forum.warnings.extend((*answers.day_warnings, *_warned(proposal, answers)))
    forum.settle(known_before)
    return forum


def offered_agencies(proposal: Proposal) -> list[dict[str, Any]]:
    """Words that may be the agency of whoever speaks, for a document."""
    return [
        {"name": one.agency.name, "speaker": one.label, "line": one.agency.line}
        for one in proposal.speakers
        if one.agency is not None
    ]


def _with_agencies(proposal: Proposal, answers: Answers) -> Proposal:
    for one in proposal.speakers:
        offer = one.agency
        if offer is None:
            continue
        # Beside the name and not in the text, there is nothing that it could be instead.
        if answers.take_agencies or one.label in answers.agencies_of or not offer.in_text:
            proposal = proposal.with_agency(one.label)
    return proposal


def _session(
    proposal: Proposal, answers: Answers, known: Iterable[Series], new_id: NewId
) -> tuple[Session, Series | None]:
    part = proposal.part if answers.part is None else answers.part
    of_series = answers.series or (proposal.series_title if part is not None else "")
    series_id, series = (
        titled_series(known, of_series, lambda kind: new_id(kind, None))
        if of_series
        else (None, None)
    )
    when, day = proposal.when, answers.day
    session = Session(
        id=new_id("session", None),
        title=answers.title or proposal.title or Path(proposal.source.name).stem,
        series=series_id,
        part=part,
        date=day or when.date,
        until=when.until if day is None else answers.until,
        starts=when.starts,
        ends=when.ends,
        place=proposal.place if answers.place is None else answers.place,
        source=proposal.source,
    )
    return session, series


def _meant(
    forum: Forum, speaker: ProposedSpeaker, proposal: Proposal, answers: Answers
) -> RecordId | None:
    """Whom a label means; None for a role word that nobody was named for."""
    name = answers.names.get(speaker.label, "") or speaker.name
    if not name:
        return None
    line = next((one.line for one in proposal.turns if one.label == speaker.label), None)
    person = forum.naming.person(name, line)
    for alias in answers.aliases.get(speaker.label, ()):
        forum.naming.also_called(person, alias)
    return person


def _speak(forum: Forum, proposal: Proposal, speakers: Mapping[str, RecordId | None]) -> None:
    for one in proposal.spoken:
        person = speakers.get(one.label)
        forum.say(
            one.text,
            person,
            label="" if person else one.label,
            kind=one.kind,
            heading=one.heading,
            said_at=one.said_at.astimezone() if one.said_at else None,
        )


def _attend(forum: Forum, listed: Iterable[ProposedAttendance]) -> None:
    for one in listed:
        forum.attend(
            forum.naming.person(one.name, one.line),
            "on_behalf" if one.substitute_for else one.presence,
            position=one.position,
            reason=one.substitute_for or one.reason,
        )


def _join_agencies(
    forum: Forum, proposal: Proposal, speakers: Mapping[str, RecordId | None]
) -> None:
    """An agency that was taken is the speaker's of that day, and a new person's own."""
    for one in proposal.speakers:
        person = speakers[one.label]
        if one.agency is None or not one.agency.accepted or person is None:
            continue
        agency = one.agency.known or forum.naming.agency(one.agency.name)
        forum.take_part(agency)
        forum.attend(person, agency=agency)
        forum.naming.belongs_to(person, agency)


def _draw(forum: Forum, proposal: Proposal) -> None:
    session = forum.session.id
    forum.outcomes.extend(
        Outcome(id=forum.id_for("outcome"), session=session, kind="decision", text=one.text)
        for one in proposal.decisions
    )
    forum.lessons.extend(
        Lesson(id=forum.id_for("lesson"), session=session, title=one.text, kind=one.kind)
        for one in proposal.lessons
    )


def _review(forum: Forum, answers: Iterable[ProposedAnswer]) -> None:
    """One review a person; several answers to one question stand under each other."""
    by_person: dict[str, dict[str, str]] = {}
    for one in answers:
        of_person = by_person.setdefault(one.who, {})
        before = of_person.get(one.question)
        of_person[one.question] = f"{before}\n{one.text}" if before else one.text
    for who, words in by_person.items():
        forum.reviews.append(
            Review(
                id=forum.id_for("review"),
                session=forum.session.id,
                person=forum.naming.person(who) if who else None,
                answers=words,
                promise=words.get("next", ""),
            )
        )


def _warned(proposal: Proposal, answers: Answers) -> Iterable[Warned]:
    for one in proposal.warnings:
        if one.kind in _DECIDED_HERE or _is_answered(one, answers):
            continue
        message = _(one.sentence).format(**one.all_facts)
        yield Warned(kind=one.kind, message=message, line=one.line)


def _is_answered(finding: Finding, answers: Answers) -> bool:
    """Whether a person has settled it already."""
    label = str(finding.facts.get("label", ""))
    match finding.kind:
        case "two_digit_year" | "several_dates" | "no_year":
            return answers.day is not None
        case "role_word_label":
            return label in answers.names
        case "alias":
            return finding.facts.get("text") in answers.aliases.get(label, ())
        case _:
            return False
