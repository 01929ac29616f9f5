"""`kmtui import`: transcripts read in, shown first, each kept whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import click

from kmtui.forum import Forum, edits_of
from kmtui.importing import AlreadyImported, Answers, forum_of, offered_agencies
from kmtui.naming import Naming
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.records import RecordId
from store.transcripts.proposal import Known, Proposal
from store.transcripts.reading import read

from .answers import (
    NotKept,
    asked_again,
    asked_for_speakers,
    asked_to_keep,
    corrected,
    questioned,
)
from .days import DAY, today
from .door import is_there, notices, reading, writing
from .job import Job
from .naming import same_person
from .telling import answer, can_ask, refuse, told_error, wants_json
from .told_forum import tell_forum, tell_proposal
from .typed import NUMBER, OneOf

DONE_IN_PART = 3


@click.command(
    "import", cls=Job, help=N_("Read transcripts in: .txt, .docx or saved .html, one forum a FILE.")
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--preview", is_flag=True, help=N_("Only show what would be read; keep nothing."))
@click.option("--title", metavar="TITLE", help=N_("What the forum is called."))
@click.option("--date", type=DAY, metavar="DATE", help=N_("Its day, พ.ศ. or ISO."))
@click.option("--place", help=N_("Where it was held."))
@click.option("--part", type=NUMBER, metavar="N", help=N_("Its number in the series."))
@click.option("--series", metavar="TITLE", help=N_("The series that it belongs to."))
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="NAME",
    help=N_("Somebody who speaks, also where only one blank follows the name; many times."),
)
@click.option("--again", is_flag=True, help=N_("Also a file that was read in before."))
@click.option(
    "--agency-column",
    type=OneOf(["take", "leave"]),
    help=N_("Words between name and text: the speaker's agency, or part of the text (default)."),
)
def import_command(
    files: Sequence[Path], preview: bool, again: bool, speakers: tuple[str, ...], **given: Any
) -> None:
    """A bad file does not stop the others."""
    answers = _answers(given)
    done: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    with ExitStack() as stack:
        table = Table(stack, preview=preview, again=again)
        for file in files:
            try:
                done.extend(_read(file, speakers, answers, table))
            except StoreError as error:
                refused.append(told_error(error))
                done.append({"error": refused[-1], "file": str(file)})
    _tell(done, refused)


class NobodyToldApart(StoreError):
    """Labels may be there, but none that is sure enough to be taken without asking."""

    kind = "nobody_told_apart"
    sentence = N_(
        "Nobody's words could be told apart in {where}. Name who speaks with --speaker NAME, once"
        " for each."
    )


class Table:
    """Where proposals are looked at: the notebook, opened only when there is something to keep.

    Args:
        stack: Closes the notebook when all files are done.
        preview: Nothing is written; a notebook that is not there stays so.
        again: Files that were read in before are read in once more.
    """

    def __init__(self, stack: ExitStack, *, preview: bool, again: bool) -> None:
        self.preview = preview
        self._again = again
        self._stack = stack
        self._numbers = count(1)
        self._told = False
        self._notebook: Notebook | None = None
        if is_there():
            self._notebook = stack.enter_context(reading() if preview else writing())

    def known(self) -> Known:
        """Who and which agencies the notebook knows."""
        book = self._notebook
        return Known(book.people(), book.agencies()) if book else Known()

    def refuse_again(self, proposal: Proposal) -> None:
        """A file is read in once; a person may say otherwise. Raises AlreadyImported."""
        before = self._notebook.imported(proposal.source.sha256) if self._notebook else None
        if before is None or self._again or (can_ask() and asked_again(before)):
            return
        raise AlreadyImported(where=proposal.source.name, title=before.title, session=before.id)

    def lay_out(
        self, proposals: Sequence[Proposal], answers: Answers, *, asks: bool
    ) -> list[Forum]:
        """The forums that a file becomes; whoever is new in one is known in the next."""
        known = self.known()
        naming = Naming(
            known.people,
            known.agencies,
            lambda kind: self._new_id(kind, None),
            is_same=same_person if asks else None,
        )
        series = list(self._notebook.series()) if self._notebook else []
        forums = []
        for one in proposals:
            forum = forum_of(one, answers, naming=naming, series=series, new_id=self._new_id)
            series += [forum.series] if forum.series else []
            forums.append(forum)
        return forums

    def keep(self, forums: Sequence[Forum]) -> None:
        """Keep all forums of a file in one save."""
        self.open().save(*edits_of(forums[0].naming, *forums))

    def open(self) -> Notebook:
        """The notebook, made now where there is none."""
        if self._notebook is None:
            self._notebook = self._stack.enter_context(writing())
        return self._notebook

    def take_notices(self) -> list[dict[str, Any]]:
        """What opening the notebook found; told once, with the first file."""
        told, self._told = self._told, True
        return [] if told else notices()

    def _new_id(self, kind: str, session: RecordId | None) -> RecordId:
        if self._notebook is not None:
            return self._notebook.new_id(kind, session)
        return RecordId(f"{kind}/preview{next(self._numbers)}")


def _answers(given: dict[str, Any]) -> Answers:
    return Answers(
        title=given["title"],
        day=given["date"].day if given["date"] else None,
        until=given["date"].until if given["date"] else None,
        day_warnings=given["date"].warnings if given["date"] else (),
        part=given["part"],
        series=given["series"],
        place=given["place"],
        take_agencies=given["agency_column"] == "take",
    )


def _read(
    file: Path, speakers: tuple[str, ...], answers: Answers, table: Table
) -> list[dict[str, Any]]:
    """One file; a document for each forum in it."""
    proposals = read(file, known=table.known(), today=today(), named=speakers)
    asks = can_ask() and not table.preview
    if not table.preview:
        table.refuse_again(proposals[0])
        if not asks and not any(map(_holds_something, proposals)):
            raise NobodyToldApart(where=file.name)
        table.open()
    if asks and (more := asked_for_speakers(proposals)):
        proposals = read(file, known=table.known(), today=today(), named=(*speakers, *more))
    if not wants_json():
        for proposal in proposals:
            tell_proposal(proposal)
    if asks:
        for proposal in proposals:
            answers = questioned(proposal, answers)
    forums = table.lay_out(proposals, answers, asks=asks)
    if asks:
        forums = _confirmed(forums, proposals, answers, table)
    if not table.preview:
        table.keep(forums)
    if not wants_json():
        for forum in forums:
            tell_forum(forum, kept=not table.preview)
    shapes = [forum.shape(kept=not table.preview) for forum in forums]
    shapes[0]["warnings"] += table.take_notices()
    return [
        shape | {"agencies_offered": offered_agencies(proposal)}
        for shape, proposal in zip(shapes, proposals, strict=True)
    ]


def _holds_something(proposal: Proposal) -> bool:
    return any(
        (
            proposal.spoken,
            proposal.attendance,
            proposal.decisions,
            proposal.lessons,
            proposal.answers,
        )
    )


def _confirmed(
    forums: list[Forum], proposals: Sequence[Proposal], answers: Answers, table: Table
) -> list[Forum]:
    """Show what would be kept, until a person says yes. Raises NotKept."""
    while True:
        for forum in forums:
            tell_forum(forum, kept=False)
        word = asked_to_keep()
        if word == "y":
            return forums
        if word == "n":
            raise NotKept(where=proposals[0].source.name)
        answers = corrected(answers, forums[0].session)
        forums = table.lay_out(proposals, answers, asks=True)


def _tell(done: list[dict[str, Any]], refused: list[dict[str, Any]]) -> None:
    """Every document in one; what was refused on stderr, or inside where others were kept."""
    context = click.get_current_context()
    if len(refused) == len(done):
        for problem in refused[:1] if wants_json() else refused:
            refuse(problem, json_wanted=wants_json())
        context.exit(1)
    if wants_json():
        answer(done[0] if len(done) == 1 else done)
    else:
        for problem in refused:
            refuse(problem, json_wanted=False)
    if refused:
        context.exit(DONE_IN_PART)
