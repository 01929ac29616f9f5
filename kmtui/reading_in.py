"""A file that is being read in: what was read, what a person decided, and then one save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from kmtui.forum import Forum, NewId, edits_of
from kmtui.importing import Answers, forum_of
from kmtui.naming import Naming
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.readings import SessionRow
from store.records import RecordId
from store.transcripts.proposal import Known, Proposal
from store.transcripts.reading import read


class NothingSaid(StoreError):
    """No line of the file was taken for what somebody said."""

    kind = "nobody_told_apart"
    sentence = N_("Nobody's words could be told apart in {where}; say below who speaks.")


@dataclass(frozen=True, slots=True)
class Nearly:
    """A written name that is nearly a known one."""

    written: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What a person has decided so far; nothing decided is the safe reading."""

    answers: Answers = field(default_factory=Answers)
    speaks: frozenset[str] = frozenset()
    """Words that only one blank parts from the rest, and that are somebody who speaks."""
    others: frozenset[Nearly] = frozenset()
    """Names that are nearly a known one and mean somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIn:
    """What a file becomes with these decisions; nothing of it is kept."""

    proposals: tuple[Proposal, ...]
    forums: tuple[Forum, ...]
    nearly: tuple[Nearly, ...]
    """Names that a person should look at."""
    before: SessionRow | None
    """The forum that a file of these bytes became earlier."""


def read_in(path: Path, decisions: Decisions, notebook: Notebook, today: date) -> ReadIn:
    """Read a file with the decisions made so far. Raises StoreError where it cannot be read."""
    known = Known(notebook.people(), notebook.agencies())
    proposals = read(path, known=known, today=today, named=sorted(decisions.speaks))
    numbers = count(1)
    forums, nearly, _naming = _lay_out(
        proposals, decisions, notebook, lambda kind, _in: RecordId(f"{kind}/preview{next(numbers)}")
    )
    before = notebook.imported(proposals[0].source.sha256)
    return ReadIn(proposals=proposals, forums=forums, nearly=nearly, before=before)


def keep_read(read_now: ReadIn, decisions: Decisions, notebook: Notebook) -> RecordId:
    """Keep every forum of a file in one save.

    Returns:
        The first of them.

    Raises:
        StoreError: As ``Notebook.save``; or nobody says anything in it.
    """
    holds = [one for one in read_now.forums if _holds_something(one)]
    if not holds:
        raise NothingSaid(where=read_now.proposals[0].source.name)
    forums, _nearly, naming = _lay_out(read_now.proposals, decisions, notebook, notebook.new_id)
    notebook.save(*edits_of(naming, *forums))
    return forums[0].session.id


def _holds_something(forum: Forum) -> bool:
    return any((forum.turns, forum.attendance, forum.outcomes, forum.lessons, forum.reviews))


def _lay_out(
    proposals: tuple[Proposal, ...], decisions: Decisions, notebook: Notebook, new_id: NewId
) -> tuple[tuple[Forum, ...], tuple[Nearly, ...], Naming]:
    """The forums that the proposals become; whoever is new in one is known in the next."""
    asked: dict[Nearly, None] = {}

    def is_same(written: str, known: str) -> bool:
        pair = Nearly(written, known)
        asked[pair] = None
        return pair not in decisions.others

    naming = Naming(
        notebook.people(), notebook.agencies(), lambda kind: new_id(kind, None), is_same=is_same
    )
    series = list(notebook.series())
    forums = []
    for one in proposals:
        forum = forum_of(one, decisions.answers, naming=naming, series=series, new_id=new_id)
        series += [forum.series] if forum.series else []
        forums.append(forum)
    return tuple(forums), tuple(asked), naming


def agencies_taken(answers: Answers, label: str, *, taken: bool) -> frozenset[str]:
    """The labels whose agency is taken, with or without this one."""
    return answers.agencies_of | {label} if taken else answers.agencies_of - {label}


def aliases_with(
    answers: Answers, label: str, alias: str, *, meant: bool
) -> Mapping[str, tuple[str, ...]]:
    """The aliases of every label, with or without this one."""
    kept = tuple(one for one in answers.aliases.get(label, ()) if one != alias)
    return {**answers.aliases, label: (*kept, alias) if meant else kept}
