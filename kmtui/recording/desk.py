"""The recorder's desk: each key means something at once, in the order in which the keys came.

Nothing here waits. A key changes the desk and gives orders; what the notebook answers comes
back later through ``kept`` and ``refused``. So a burst of keys means what slow keys mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from store.readings import SessionWhole
from store.records import Outcome, Person, RecordId, Turn
from store.vocabulary import TurnKind

from .keeping import Draw, Job, Kept, Say, TakeBack, first_words
from .names import key_of, role_named
from .questions import IsItDay, IsItThem, Question, WhoIsRole
from .sheet import Drawn, DrawnKind, Row, Sheet, State, beside_task, rows_of
from .spoken import Line, read_line
from .tasks import Task, read_task
from .voices import NOBODY, Voice, Voices


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """Something for the notebook to do, and the row that shows how it went."""

    job: Job
    row: Row | None = None
    drawn: Drawn | None = None
    task: Task | None = None

    def show(self, state: State) -> None:
        """Show on the row how it went."""
        shown = self.drawn or self.row
        if shown is not None:
            shown.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in the line."""

    text: str = ""
    cursor: int = 0
    """Code points before the caret."""


NO_WORDS = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A title is being typed for something drawn from a row."""

    kind: DrawnKind
    row: Row
    aside: Words
    """What stood in the line before."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Everything the recorder has in front of them."""

    session: RecordId
    today: date
    voices: Voices = field(default_factory=Voices)
    sheet: Sheet = field(default_factory=Sheet)
    drawing: Drawing | None = None
    questions: list[Question] = field(default_factory=list)
    highlighted: Row | None = None
    heading: str = ""
    """The topic of the next turns."""
    heading_waits: bool = False
    """Nothing has been said under the heading yet, so no record holds it."""
    holders: dict[str, Voice] = field(default_factory=dict)
    """By role: who holds it here."""
    _meant: dict[str, Voice] = field(default_factory=dict)
    """Answers to questions about names, by the key of the name."""
    _refused: list[Order] = field(default_factory=list)
    _unfinished: dict[tuple[int, DrawnKind], str] = field(default_factory=dict)
    """Titles that were put aside, by the place of their turn."""

    # what the notebook holds

    def open(self, whole: SessionWhole, people: tuple[Person, ...]) -> None:
        """Lay out the forum as it is kept; what is on its way to the disk stays."""
        self.sheet.renew(rows_of(whole))
        self.highlighted = self.highlighted if self.highlighted in self.sheet.rows else None
        self._learn(whole, people)

    def _learn(self, whole: SessionWhole, people: tuple[Person, ...]) -> None:
        first = not self.voices.people and not self.voices.recent
        self.voices.people = {person.id: person for person in people}
        self.voices.forget_the_gone()
        if first:
            for row in self.sheet.rows:
                if row.kind != "note":
                    self.voices.spoke(row.voice)
            if self.sheet.rows:
                self.heading = self.sheet.rows[-1].heading
        here = [one for one in whole.attendance if one.presence in ("present", "on_behalf")]
        by_person = {
            one.person: Voice(name=whole.people[one.person].name, person=one.person)
            for one in here
            if one.person in whole.people
        }
        self.voices.join(by_person.values())
        self.holders = {
            role: by_person[one.person]
            for one in here
            if one.person in by_person
            for role in one.roles
        }

    # keys

    def enter(self, typed: str, now: datetime) -> list[Order]:
        """Enter: keep what stands in the line; on an empty line, try again or say yes."""
        if self.drawing is not None:
            return [*self._again(), *self._keep_drawn(self.drawing, typed)]
        line = read_line(typed, known=self.voices.names())
        if line.kind == "nothing":
            return self._on_empty_line()
        if line.kind == "heading":
            self.heading, self.heading_waits = line.text, True
            return []
        if line.kind == "note":
            return [*self._again(), self._say(line.text, NOBODY, now, "note")]
        return self._speak(line, now)

    def _on_empty_line(self) -> list[Order]:
        """What the border says that Enter does: try again, leave the turn in hand, or yes."""
        if orders := self._again():
            return orders
        if self.highlighted is not None:
            self.highlighted = None
            return []
        return self.answer(yes=True)

    def _speak(self, line: Line, now: datetime) -> list[Order]:
        voice = self.find(line.name) if line.name else self.voices.now
        if line.name and not line.text:
            self.voices.face(voice)
            return []
        self.voices.spoke(voice)
        return [*self._again(), self._say(line.text, voice, now, "verbatim")]

    def find(self, name: str) -> Voice:
        """Who is meant by a name, with what has been answered about it."""
        return self._meant.get(key_of(name)) or self.voices.find(name)

    def _say(self, text: str, voice: Voice, now: datetime, kind: TurnKind) -> Order:
        row = Row(
            voice=voice,
            text=text,
            place=self.sheet.next_place(),
            kind=kind,
            heading=self.heading,
        )
        self.sheet.rows.append(row)
        self.heading_waits = False
        self.highlighted = None
        job = Say(
            voice=voice, text=text, place=row.place, kind=kind, heading=row.heading, said_at=now
        )
        return Order(row=row, job=job)

    def _keep_drawn(self, drawing: Drawing, typed: str) -> list[Order]:
        row = drawing.row
        title = typed if typed.strip() else first_words(row.text)
        task = read_task(title, self.today) if drawing.kind == "action" else Task(text=title)
        drawn = Drawn(
            kind=drawing.kind,
            text=task.text or first_words(row.text),
            beside=beside_task(self.find(task.owner).name if task.owner else "", task.due),
        )
        row.drawn.append(drawn)
        self._unfinished.pop((row.place, drawing.kind), None)
        self.drawing = None
        self.highlighted = None
        return [Order(row=row, drawn=drawn, task=task, job=self._drawing_job(row, drawn, task))]

    def _drawing_job(self, row: Row, drawn: Drawn, task: Task) -> Draw:
        return Draw(
            kind=drawn.kind,
            text=drawn.text,
            place=row.place,
            turn=row.id,
            owner=self.find(task.owner) if task.owner else None,
            due=task.due,
        )

    def _again(self) -> list[Order]:
        """Everything that was refused, once more, in the order in which it was said."""
        orders, self._refused = self._refused, []
        for order in orders:
            order.show("saving")
        return orders

    def draw(self, kind: DrawnKind, words: Words) -> Words | None:
        """F6 to F9: what the line holds from now on; None where nothing was said yet."""
        if self.drawing is not None:
            self.drawing = replace(self.drawing, kind=kind)
            return words
        row = self.highlighted or next(iter(reversed(self.sheet.rows)), None)
        if row is None:
            return None
        self.drawing = Drawing(kind=kind, row=row, aside=words)
        before = self._unfinished.get((row.place, kind), "")
        return Words(text=before, cursor=len(before))

    def escape(self, words: Words) -> Words | None:
        """Esc: leave what is open; None where nothing is, and Esc means "back"."""
        if (drawing := self.drawing) is not None:
            if words.text.strip():
                self._unfinished[drawing.row.place, drawing.kind] = words.text
            self.drawing = None
            return drawing.aside
        if self.highlighted is not None:
            self.highlighted = None
            return words
        if self.questions:
            self.answer(yes=False)
            return words
        return None

    def answer(self, *, yes: bool) -> list[Order]:
        """Answer the first question that waits."""
        if not self.questions:
            return []
        question = self.questions.pop(0)
        if isinstance(question, IsItThem) and yes:
            known = Voice(name=question.known.name, person=question.known.id)
            self._meant[key_of(question.newcomer.name)] = known
            newcomer = Voice(name=question.newcomer.name, person=question.newcomer.id)
            self._swap(newcomer, known)
        if isinstance(question, WhoIsRole) and yes:
            voice = question.holder or Voice(name=question.label)
            self._meant[key_of(question.label)] = voice
            self._swap(Voice(label=question.label), voice)
        return [Order(job=question.yes())] if yes else []

    def tab(self, words: Words, step: int) -> Words:
        """Tab: complete the name that stands in the line, or turn to the next speaker."""
        if self.drawing is not None:
            return words
        beginning = words.text.strip()
        if step > 0 and beginning and (found := self.voices.complete(beginning)):
            self.voices.begin_round(found)
            return NO_WORDS
        self.voices.turn_to(step)
        return words

    def walk(self, step: int) -> None:
        """Up (-1) and Down (1): the turn in hand."""
        rows = self.sheet.rows
        if not rows:
            return
        at = rows.index(self.highlighted) if self.highlighted in rows else len(rows)
        at = max(0, at + step)
        self.highlighted = rows[at] if at < len(rows) else None

    def take_back(self, words: Words) -> tuple[Words, list[Order]]:
        """Ctrl+Z: an unsaved turn comes back into the empty line; else the last save goes."""
        waiting = [order for order in self._refused if isinstance(order.job, Say)]
        if waiting and not words.text:
            order = waiting[-1]
            self._refused.remove(order)
            if order.row in self.sheet.rows:
                self.sheet.rows.remove(order.row)
            text = order.row.text if order.row else ""
            return Words(text=text, cursor=len(text)), []
        return words, [Order(job=TakeBack())]

    # answers

    def kept(self, order: Order, kept: Kept) -> list[Row]:
        """The notebook has kept it; tells which rows look different now."""
        order.show("kept")
        changed = [order.row] if order.row else []
        if order.drawn is not None:
            order.drawn.id = kept.record.id
        elif order.row is not None and isinstance(kept.record, Turn):
            order.row.id = kept.record.id
        if kept.newcomer is not None:
            changed += self._met(kept.newcomer)
        self._wonder(order, kept)
        return changed

    def refused(self, order: Order) -> None:
        """The notebook has refused it: the words stay in sight until they are kept."""
        if order.row is not None:
            order.show("refused")
            self._refused.append(order)

    def _met(self, person: Person) -> list[Row]:
        near = self.voices.near(person.name)
        self.voices.became(person.name, person)
        if near is not None:
            self.questions.append(IsItThem(newcomer=person, known=near))
        return self.sheet.swap_voice(
            Voice(name=person.name), Voice(name=person.name, person=person.id)
        )

    def _wonder(self, order: Order, kept: Kept) -> None:
        """Ask what was taken the safe way: a role word before a colon, a year of two digits."""
        job = order.job
        if isinstance(job, Say) and (role := role_named(job.voice.label)):
            label = job.voice.label
            if key_of(label) not in self._meant:
                self._meant[key_of(label)] = job.voice
                holder = self.holders.get(role)
                self.questions.append(WhoIsRole(label=label, holder=holder))
        if isinstance(kept.record, Outcome) and order.task and order.task.perhaps:
            perhaps = order.task.perhaps
            self.questions.append(
                IsItDay(
                    outcome=kept.record.id,
                    written=perhaps.written,
                    day=perhaps.day,
                    day_shown=perhaps.shown,
                    text=perhaps.text_without,
                )
            )

    def _swap(self, old: Voice, new: Voice) -> None:
        self.voices.swap(old, new)
        self.sheet.swap_voice(old, new)
