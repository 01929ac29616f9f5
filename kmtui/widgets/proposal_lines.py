"""What a file holds, as the lines of a card: questions first, every line accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kmtui.labels import presence_word, role_word
from kmtui.reading_in import Decisions, ReadIn
from kmtui.spoken_days import day_words
from kmtui.words import _, counted, figure
from store.records import RecordId
from store.transcripts.proposal import Proposal, ProposedSpeaker

from .card_lines import Deed, Field, Line, Told, heading, yes_or_no
from .marks import DRAWN_MARKS

_MOST_SHOWN: Final = 30
"""Lines of one kind that are told; a file of another kind may have thousands."""
HERE: Final = RecordId("")
"""Fields of a file are no record's yet."""


def proposal_lines(read_now: ReadIn, decisions: Decisions) -> Iterator[Line]:
    """The lines of what was read, with the decisions that were made."""
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
        counted("{n} turn", "{n} turns", turns).format(n=figure(turns)),
        counted("{n} speaker", "{n} speakers", speakers).format(n=figure(speakers)),
    ]
    left = len(proposal.not_understood)
    if left:
        parts.append(
            counted("{n} line not understood", "{n} lines not understood", left).format(
                n=figure(left)
            )
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
            yield Field(HERE, f"name:{one.label}", asked, answers.names.get(one.label, ""),
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
    return Field(HERE, name, label, value, "choice", yes_or_no())


def _head(read_now: ReadIn) -> Iterator[Line]:
    """Title, day, part and place of the one forum that the file holds."""
    if len(read_now.forums) != 1:
        yield from heading(_("Each day becomes a forum of its own."))
        return
    session, when = read_now.forums[0].session, read_now.proposals[0].when
    day = day_words(session.date, "long") if session.date else ""
    if when.two_digit_year and session.date == when.date:
        day = _("{day}  (written {words})").format(day=day, words=when.written)
    yield Told("")
    yield Field(HERE, "title", _("Title"), session.title)
    yield Field(HERE, "day", _("Day"), session.date, "day", written=day,
                hint=_("such as 22 Nov 2569"))  # fmt: skip
    yield Field(HERE, "part", _("Part"), session.part)
    yield Field(HERE, "place", _("Place"), session.place)


def _speakers(proposal: Proposal, decisions: Decisions) -> Iterator[Line]:
    yield from heading(_("Who speaks"))
    for one in proposal.speakers:
        turns = counted("{n} turn", "{n} turns", one.turns).format(n=figure(one.turns))
        yield Field(
            HERE,
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
            yield Told(f"  {figure(line):>4}  {text.strip()}", "")
        if len(noted) > _MOST_SHOWN:
            rest = len(noted) - _MOST_SHOWN
            yield Told("  " + counted("and {n} more", "and {n} more", rest).format(n=figure(rest)))
