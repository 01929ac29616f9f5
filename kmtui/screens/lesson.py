"""Lesson: what was expected, what happened, why, what next, and the turns that bear it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from kmtui.screens.card import CardScreen
from kmtui.widgets.card_fields import card_fields
from kmtui.widgets.card_lines import CardReading, Line, Link, Told, heading
from kmtui.words import _
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.records import Lesson, RecordId, Session, Turn


class LessonCard(CardScreen):
    """The fields of a lesson, then its evidence and later forums, each a way there."""

    NAME: ClassVar[str] = N_("Lesson")

    def read(self, notebook: Notebook) -> CardReading:
        """The lesson as it stands."""
        lesson = notebook.record(self.record)
        assert isinstance(lesson, Lesson)
        lines: list[Line] = [*_fields(lesson)]
        lines += heading(_("Evidence"))
        lines += list(_evidence(notebook, lesson)) or [Told("  " + _("no turn bears it out yet"))]
        lines += _forums(notebook, lesson)
        return CardReading(lesson.title, tuple(lines), lesson.marks)


def _fields(lesson: Lesson) -> Iterator[Line]:
    """Where it was used is asked once it was."""
    used = lesson.status == "applied" or lesson.applied_where
    yield from (one for one in card_fields(lesson) if used or one.name != "applied_where")


def _evidence(notebook: Notebook, lesson: Lesson) -> Iterator[Line]:
    for one in sorted(lesson.evidence):
        try:
            turn = notebook.record(one)
        except StoreError:
            continue  # it is on another laptop still
        if isinstance(turn, Turn):
            speaker = notebook.record(turn.speaker) if turn.speaker else None
            name = getattr(speaker, "name", "") or turn.label or "?"
            yield Link(f"  {name}", f"“{turn.text}”", one)


def _forums(notebook: Notebook, lesson: Lesson) -> Iterator[Line]:
    named: tuple[tuple[str, tuple[RecordId, ...]], ...] = (
        (_("Forum"), (lesson.session,) if lesson.session else ()),
        (_("Borne out by"), tuple(sorted(lesson.confirmed_by))),
        (_("Contradicted by"), tuple(sorted(lesson.contradicted_by))),
        (_("Used again in"), tuple(sorted(lesson.reused_in))),
    )
    for label, forums in named:
        for one in forums:
            forum = notebook.record(one)
            if isinstance(forum, Session):
                yield Link(label, forum.title, one, "primary")
