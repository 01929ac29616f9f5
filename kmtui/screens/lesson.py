"""Lesson: what was expected, what happened, why, what next, and the turns that bear it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from kmtui.labels import lesson_kind_word, lesson_status_word, role_word
from kmtui.screens.card import CardScreen
from kmtui.widgets.card_lines import CardReading, Field, Line, Link, Told, heading
from kmtui.words import _
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.records import Lesson, RecordId, Session, Turn
from store.vocabulary import LESSON_KINDS, LESSON_STATES, ROLES


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
    def text(name: str, label: str, hint: str = "") -> Field:
        return Field(lesson.id, name, label, getattr(lesson, name), "text", hint=hint)

    yield Field(lesson.id, "title", _("Lesson"), lesson.title)
    yield text("expected", _("Expected"))
    yield text("happened", _("Happened"))
    yield text("why", _("Why"), _("empty means: not known yet"))
    yield text("next", _("Next time"))
    kinds = ((None, "–"), *((one, lesson_kind_word(one)) for one in LESSON_KINDS))
    yield Field(lesson.id, "kind", _("Kind"), lesson.kind, "choice", kinds)
    states = tuple((one, lesson_status_word(one)) for one in LESSON_STATES)
    yield Field(lesson.id, "status", _("State"), lesson.status, "choice", states)
    roles = ((None, "–"), *((one, role_word(one)) for one in ROLES))
    yield Field(lesson.id, "for_role", _("Who should use it"), lesson.for_role, "choice", roles)
    if lesson.status == "applied" or lesson.applied_where:
        yield text("applied_where", _("Used where"))


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
