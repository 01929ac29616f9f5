"""Everything of one forum as the rows of a list, from its title to its last outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from kmtui import fields
from kmtui.gaps import gap_words
from kmtui.labels import check_word, presence_word, role_word, session_status_word
from kmtui.questions import QUESTIONS
from kmtui.recording.sheet import beside_task
from kmtui.spoken_days import day_words
from kmtui.thai.lines import cut, wrapped
from kmtui.words import _, counted, figure
from store.readings import Gap, SessionWhole
from store.records import Attendance, RecordId, Session, fact
from store.vocabulary import Role, RoleCheck

from .forum_rows import six_dots
from .marks import (
    DRAWN_MARKS,
    MISSING,
    ROLE_MARKS,
    ROLE_ORDER,
    THERE,
    drawn_word,
)
from .record_list import Cell, Row

_LABEL: Final = 20
_SPEAKER: Final = 14


@dataclass(frozen=True, slots=True)
class FieldKey:
    """The row of a field of the session."""

    name: str


@dataclass(frozen=True, slots=True)
class CheckKey:
    """The row of a role that somebody holds."""

    attendance: RecordId
    role: Role


@dataclass(frozen=True, slots=True)
class TextKey:
    """The row of a turn, a lesson or an outcome."""

    record: RecordId
    field: str


@dataclass(frozen=True, slots=True)
class PersonKey:
    """The row of somebody who was there, or was not."""

    attendance: RecordId


@dataclass(frozen=True, slots=True)
class ReviewKey:
    """The row of one person's AAR; None for one that is to be written."""

    review: RecordId | None


@dataclass(frozen=True, slots=True)
class GapKey:
    """The row of something that is missing."""

    gap: Gap


def field_words(session: Session, name: str) -> str:
    """A field as it is read and typed; empty where nothing is known."""
    value = getattr(session, name)
    if name == "status":
        return session_status_word(session.status)
    if name == "date" and session.date is not None:
        first = day_words(session.date, "long")
        until = session.until
        return f"{first} – {day_words(until, 'long')}" if until else first
    is_number = isinstance(value, int) or fact(name).clock
    return "" if value is None else figure(value) if is_number else str(value)


class ForumLines:
    """The rows of one forum.

    Args:
        whole: The forum.
        width: Of the list, in cells.
        beside: Further rows of the overview.
    """

    def __init__(self, whole: SessionWhole, width: int, beside: Sequence[Row] = ()) -> None:
        self._whole = whole
        self._width = width
        self._beside = beside

    def __iter__(self) -> Iterator[Row]:
        """Completeness and gaps, fields, people, turns, what was drawn."""
        yield from self._gaps()
        yield from self._beside
        yield Row((Cell(""),))
        yield from self._fields()
        yield from self._roles()
        yield from self._turns()
        yield from self._drawn()
        yield from self._reviews()

    def _gaps(self) -> Iterator[Row]:
        completeness = self._whole.completeness
        share = six_dots(completeness.share)
        yield Row((Cell(share, _LABEL, "primary"), Cell(self._kept_words())))
        for gap in completeness.gaps:
            style = "warning" if gap.level != "nice" else "muted"
            words = f"  {MISSING} {gap_words(gap, self.called)}"
            yield Row((Cell(words, style=style),), key=GapKey(gap))

    def _fields(self) -> Iterator[Row]:
        for name in fields.ROWS["session"]:
            value = field_words(self._whole.session, name)
            if value or not fields.called("session", name).seldom:
                label = Cell(fields.label("session", name), _LABEL, "muted")
                yield Row((label, Cell(value or "–")), key=FieldKey(name))

    def _kept_words(self) -> str:
        whole = self._whole
        turns = counted("{n} turn", "{n} turns", len(whole.turns)).format(
            n=figure(len(whole.turns))
        )
        lessons = counted("{n} lesson", "{n} lessons", len(whole.lessons))
        series = f" · {whole.series.title}" if whole.series else ""
        return f"{turns} · {lessons.format(n=figure(len(whole.lessons)))}{series}"

    def _roles(self) -> Iterator[Row]:
        yield _heading("")
        present = sum(one.presence == "present" for one in self._whole.attendance)
        people = counted("{n} person", "{n} people", present).format(n=figure(present))
        yield _heading(_("People and roles") + f" · {people}")
        for one in self._whole.attendance:
            name = self._named(one.person)
            if not one.roles:
                cells = (Cell(f"  {name}", _LABEL, "primary"), Cell(_was_there(one), style="muted"))
                yield Row(cells, key=PersonKey(one.id))
            for role in (role for role in ROLE_ORDER if role in one.roles):
                yield Row(
                    (
                        Cell(f"  {ROLE_MARKS[role]} {role_word(role)}", _LABEL),
                        Cell(name, 20, "primary"),
                        Cell(_check_words(one.checks.get(role)), style="muted"),
                    ),
                    key=CheckKey(one.id, role),
                )

    def _turns(self) -> Iterator[Row]:
        yield _heading("")
        yield _heading(_("Said"))
        heading = ""
        room = max(20, self._width - _SPEAKER - 2)
        comings = self._comings()
        for turn in self._whole.turns:
            if turn.said_at is not None:
                said = f"{turn.said_at:%H:%M}"
                yield from (row for time, row in comings if time <= said)
                comings = [one for one in comings if one[0] > said]
            if turn.heading and turn.heading != heading:
                heading = turn.heading
                yield Row((Cell(f"  {heading}", style="secondary"),))
            speaker = self._whole.speaker_name(turn) or "?"
            for number, line in enumerate(wrapped(turn.text, room)):
                name = speaker if not number else ""
                cells = (Cell(f"  {name}", _SPEAKER, "primary"), Cell(line))
                yield Row(cells, key=TextKey(turn.id, "text") if not number else None)
        yield from (row for _time, row in comings)

    def _comings(self) -> list[tuple[str, Row]]:
        """Who came and who left when, as rows between the turns; ``HH:MM`` and the row."""
        found: list[tuple[str, Row]] = []
        for one in self._whole.attendance:
            name = self._named(one.person)
            for time, word in ((one.came_at, _("came")), (one.left_at, _("left"))):
                if time:
                    words = f"  – {figure(time)} {name} {word}"
                    found.append((time, Row((Cell(words, style="muted"),), key=PersonKey(one.id))))
        return sorted(found, key=lambda one: one[0])

    def _reviews(self) -> Iterator[Row]:
        """One row an AAR, with its first answer; the last row begins one."""
        yield _heading("")
        yield _heading("AAR")
        for review in self._whole.reviews:
            name = self._named(review.person) if review.person else "?"
            answers = [review.answers[one] for one in QUESTIONS if review.answers.get(one)]
            words = " ".join(answers[:1]) or "–"
            cells = (Cell(f"  {name}", _LABEL, "primary"), Cell(words))
            yield Row(cells, key=ReviewKey(review.id))
        yield Row((Cell(f"  + {_('somebody’s AAR')}", style="accent"),), key=ReviewKey(None))

    def _drawn(self) -> Iterator[Row]:
        yield _heading("")
        yield _heading(_("Drawn from it"))
        half = max(12, (self._width - _LABEL) // 2)
        for lesson in self._whole.lessons:
            words = f"  {DRAWN_MARKS['lesson']} {drawn_word('lesson')}"
            label = Cell(words, _LABEL, "secondary")
            yield Row((label, Cell(lesson.title)), key=TextKey(lesson.id, "title"))
        for outcome in self._whole.outcomes:
            mark, word = DRAWN_MARKS[outcome.kind], drawn_word(outcome.kind)
            cells = [Cell(f"  {mark} {word}", _LABEL, "secondary"), Cell(outcome.text)]
            owner = self._named(outcome.owner) if outcome.owner else ""
            if beside := cut(beside_task(owner, outcome.due), half):
                cells.append(Cell(f"  {beside}", cell_len(beside) + 2, "muted"))
            yield Row(tuple(cells), key=TextKey(outcome.id, "text"))

    def _named(self, person: RecordId) -> str:
        known = self._whole.people.get(person)
        return known.name if known else "?"

    def called(self, record: RecordId) -> str | None:
        """What a record is called: a name, a title, the words of a turn."""
        if record in self._whole.people:
            return self._whole.people[record].name
        for lesson in self._whole.lessons:
            if lesson.id == record:
                return lesson.title
        texts = {one.id: one.text for one in self._whole.outcomes}
        texts |= {one.id: one.text for one in self._whole.turns}
        if record in texts:
            return texts[record]
        for attendance in self._whole.attendance:
            if attendance.id == record:
                return self._named(attendance.person)
        return None


def _heading(words: str) -> Row:
    return Row((Cell(words, style="muted"),))


def _was_there(one: Attendance) -> str:
    """How somebody was there; nothing for who was there from start to end."""
    word = "" if one.presence == "present" else presence_word(one.presence)
    hours = "–".join(time or "" for time in (one.came_at, one.left_at))
    times = figure(hours) if _came_late(one) else ""
    reason = f"({one.reason})" if one.reason else ""
    return " ".join(part for part in (word, times, reason) if part)


def _came_late(one: Attendance) -> bool:
    return bool(one.came_at or one.left_at)


def _check_words(check: RoleCheck | None) -> str:
    return f"{MISSING if check is None else THERE} {check_word(check)}"
