"""Person: names, agency, the forums they came to with their roles, and what they have taken on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from kmtui.labels import role_word
from kmtui.naming_records import agency_edits, record_name
from kmtui.screens.card import CardScreen
from kmtui.widgets.card_fields import card_fields
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Link, Told, heading
from kmtui.words import _, counted, figure
from store.edits import Change, Edit
from store.errors import N_
from store.names import match
from store.notebook import Notebook
from store.readings import SessionRow
from store.records import Person, RecordId

_AT_ONCE: Final = 200
"""Forums that are looked through in one go: a tenth of a second on a small laptop."""


class PersonCard(CardScreen):
    """Everything that is known of somebody."""

    NAME: ClassVar[str] = N_("Person")

    def __init__(self, record: RecordId, *, at: str = "") -> None:
        super().__init__(record, at=at)
        self._older: list[Link] = []
        """Where they were, among the forums behind those that are always looked through."""
        self._until = _AT_ONCE
        """How many forums were looked through."""
        self._looking = False

    def read(self, notebook: Notebook) -> CardReading:
        """The person as they stand."""
        one = notebook.record(self.record)
        assert isinstance(one, Person)
        agency = record_name(notebook, one.agency) if one.agency else ""
        lines: list[Line] = [*card_fields(one, agency=agency)]
        lines += _perhaps_same(notebook, one)
        lines += _tasks(notebook, one.id)
        lines += self._forums(notebook)
        return CardReading(one.name, tuple(lines), one.marks)

    def edits(self, notebook: Notebook, field: Field, value: Any) -> Sequence[Edit]:
        """Other names are typed with commas; an agency by its name."""
        if field.name == "aliases":
            return (Change(field.record, {"aliases": names_in(str(value))}),)
        if field.name == "agency":
            return agency_edits(notebook, field.record, str(value))
        return super().edits(notebook, field, value)

    def do(self, deed: str) -> None:
        """Look through older forums too, or read two that are one as one."""
        if deed == "older" and not self._looking:
            self._looking = True
            self._look_on()
        else:
            join_deed(self, deed)

    def _forums(self, notebook: Notebook) -> Iterator[Line]:
        """Where they were, latest first, and the way to look further back."""
        yield from heading(_("Came to"))
        rows = notebook.sessions()
        found = [*_were_at(notebook, self.record, rows[:_AT_ONCE]), *self._older]
        yield from found or (Told("  –"),)
        left = len(rows) - self._until
        if self._looking and left > 0:
            done, of = figure(self._until), figure(len(rows))
            yield Told("  " + _("looking … {done} of {of}").format(done=done, of=of))
        elif left > 0:
            words = counted("the {n} older forum too", "the {n} older forums too", left)
            yield Deed("older", words.format(n=figure(left)))

    def _look_on(self) -> None:
        """The next forums; whatever is kept meanwhile comes between."""

        def look(notebook: Notebook) -> CardReading:
            rows = notebook.sessions()[self._until : self._until + _AT_ONCE]
            self._older += _were_at(notebook, self.record, rows)
            self._until += _AT_ONCE
            self._looking = len(rows) == _AT_ONCE
            return self.read(notebook)

        def looked(reading: CardReading) -> None:
            self._show(reading)
            if self._looking and self.is_attached:
                self._look_on()

        self.app.ask(look, looked, saves=False)


def names_in(words: str) -> frozenset[str]:
    """Names with commas between them, as a set."""
    return frozenset(part.strip() for part in words.split(",") if part.strip())


def _tasks(notebook: Notebook, person: RecordId) -> Iterator[Line]:
    tasks = [one for one in notebook.outcomes() if one.owner == person and one.kind == "action"]
    if tasks:
        yield from heading(_("Has taken on"))
    for one in sorted(tasks, key=lambda one: one.done):
        yield Link("  ✓" if one.done else "  ▸", one.text, one.id)


def _were_at(notebook: Notebook, person: RecordId, rows: Sequence[SessionRow]) -> Iterator[Link]:
    """Those of some forums that they came to; each has to be read for it."""
    for row in rows:
        for one in notebook.attendance(row.id):
            if one.person == person:
                roles = ", ".join(role_word(role) for role in sorted(one.roles)) or "·"
                yield Link(f"  {roles}", row.title, row.id)


def _perhaps_same(notebook: Notebook, one: Person) -> Iterator[Line]:
    """Somebody who is probably the same, and a row to say so."""
    others = [other for other in notebook.people() if other.id != one.id]
    found = match(one.name, others)
    for other in (*((found.same,) if found.same else ()), *found.near):
        words = _("the same as {name}? Enter reads both as one")
        yield Deed(f"join:{other.id}", words.format(name=other.name))


def join_deed(card: CardScreen, deed: str) -> None:
    """Join the record of a card with the one that a row names."""
    what, _colon, other = deed.partition(":")
    if what == "join":
        card.app.ask(
            lambda notebook: notebook.join(card.record, RecordId(other)),
            lambda _saved: card.read_again(),
        )
