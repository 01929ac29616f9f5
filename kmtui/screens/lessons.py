"""Lessons: every lesson of every forum, found as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kmtui.labels import lesson_status_word
from kmtui.screens.room import Entry, Room
from kmtui.widgets.marks import DRAWN_MARKS
from kmtui.widgets.record_list import REST, Cell
from kmtui.words import counted, figure
from store.errors import N_
from store.notebook import Notebook
from store.readings import SessionRow
from store.records import Lesson
from store.text import search_key

_STATUS = 14
_FROM = 26
_WIDE = 66


class LessonsRoom(Room):
    """The newest first, with their state and the forum that they come from."""

    NAME: ClassVar[str] = N_("Lessons")
    ASKS: ClassVar[str] = N_("Type words of a lesson, or of its forum")
    NOTHING: ClassVar[str] = N_("No lesson yet. In a forum F6 draws one from the last turn.")

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Every lesson that is not in the trash."""
        forums = {one.id: one for one in notebook.sessions()}
        return [
            _entry(one, forums.get(one.session) if one.session else None)
            for one in notebook.lessons()
        ]


def _entry(lesson: Lesson, forum: SessionRow | None) -> Entry:
    title = forum.title if forum else ""
    words = (lesson.title, lesson.happened, lesson.why, lesson.next, *lesson.tags, title)
    evidence = len(lesson.evidence)
    said = counted("{n} turn", "{n} turns", evidence).format(n=figure(evidence))

    def cells(width: int) -> tuple[Cell, ...]:
        mark = Cell(f"  {DRAWN_MARKS['lesson']} ", 4, "secondary")
        state = Cell(f"  {lesson_status_word(lesson.status)}", _STATUS, "muted")
        if width < _WIDE:
            return (mark, Cell(lesson.title), state)
        where = f"  {title or said}"
        return (mark, Cell(lesson.title, REST), Cell(where, _FROM, "muted"), state)

    return Entry(lesson.id, search_key(" ".join(words)), cells)
