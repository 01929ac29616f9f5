"""A forum as lines for people, after `log` and before and after `import`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kmtui.forum import Forum
from kmtui.words import _, counted, figure

from .columns import columns, one_line
from .days import when_words
from .telling import answer_lines, talk

if TYPE_CHECKING:
    from store.transcripts.proposal import Proposal  # `log` does without it

_MOST_TOLD: Final = 40
"""Lines of one kind; who reads more reads the document."""


def tell_forum(forum: Forum, *, kept: bool) -> None:
    """Print what is kept, or what would be."""
    answer_lines(one_line(line) for line in forum_lines(forum))
    for warned in forum.warnings[:_MOST_TOLD]:
        talk(one_line(f"! {warned.message}"))
    if len(forum.warnings) > _MOST_TOLD:
        rest = len(forum.warnings) - _MOST_TOLD
        words = counted("and {n} more; --json lists all", "and {n} more; --json lists all", rest)
        talk("! " + words.format(n=figure(rest)))
    if kept:
        talk(_("Kept ✓ {id}").format(id=forum.session.id))


def forum_lines(forum: Forum) -> Iterator[str]:
    """The forum's head, its speakers with their turns, roles, who was there, what was drawn."""
    shape = forum.shape(kept=False)
    session = forum.session
    part = _("part {part}").format(part=figure(session.part)) if session.part else ""
    yield " · ".join(
        one for one in (session.title, part, when_words(session), session.place) if one
    )
    yield _("{count} turns").format(count=figure(shape["turns"]))
    for speaker in shape["speakers"]:
        yield f"  {speaker['name']} {figure(speaker['turns'])}"
    for role, names in shape["roles"].items():
        if names:
            yield f"{role}: {', '.join(names)}"
    if shape["attendance"]["absent"]:
        yield _("absent: {names}").format(names=", ".join(shape["attendance"]["absent"]))
    yield from (f"▣ {text}" for text in shape["decisions"])
    yield from (f"◆ {lesson.title}" for lesson in forum.lessons)
    if shape["not_understood"]:
        every = shape["not_understood"]
        lines = ", ".join(map(figure, every[:_MOST_TOLD]))
        lines += " …" if len(every) > _MOST_TOLD else ""
        yield _("lines not understood: {lines}").format(lines=lines)


def tell_proposal(proposal: Proposal) -> None:
    """Print what was read: offered agencies, headings, and every line not understood."""
    answer_lines(columns(_proposal_rows(proposal)))


def _proposal_rows(proposal: Proposal) -> Iterator[tuple[str, str]]:
    yield _("file"), proposal.source.name
    for speaker in proposal.speakers:
        if speaker.agency is not None:
            yield _("agency?"), f"{speaker.label}: {speaker.agency.name}"
    for heading in proposal.headings:
        yield _("heading"), heading.text
    for line in proposal.not_understood:
        yield _("not understood"), f"{figure(line.line)}: {line.text}"
