"""Person: names, agency, the forums they came to with their roles, and what they have taken on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from kmtui.labels import role_word
from kmtui.naming_records import agency_edits, record_name
from kmtui.screens.card import CardScreen
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Link, Told, heading
from kmtui.words import _
from store.edits import Change, Edit
from store.errors import N_
from store.names import match, name_sort_key
from store.notebook import Notebook
from store.records import Person, RecordId

_MOST: Final = 40
"""Forums that are looked through; the latest."""


class PersonCard(CardScreen):
    """Everything that is known of somebody."""

    NAME: ClassVar[str] = N_("Person")

    def read(self, notebook: Notebook) -> CardReading:
        """The person as they stand."""
        one = notebook.record(self.record)
        assert isinstance(one, Person)
        agency = record_name(notebook, one.agency) if one.agency else ""
        others = ", ".join(sorted(one.aliases, key=name_sort_key))
        lines: list[Line] = [
            Field(one.id, "name", _("Name"), one.name),
            Field(one.id, "aliases", _("Other names"), others, hint=_("commas between them")),
            Field(one.id, "agency", _("Agency"), agency),
            Field(one.id, "position", _("Position"), one.position),
        ]  # fmt: skip
        lines += _perhaps_same(notebook, one)
        lines += _tasks(notebook, one.id)
        lines += _forums(notebook, one.id)
        return CardReading(one.name, tuple(lines), one.marks)

    def edits(self, notebook: Notebook, field: Field, value: Any) -> Sequence[Edit]:
        """Other names are typed with commas; an agency by its name."""
        if field.name == "aliases":
            return (Change(field.record, {"aliases": names_in(str(value))}),)
        if field.name == "agency":
            return agency_edits(notebook, field.record, str(value))
        return super().edits(notebook, field, value)

    def do(self, deed: str) -> None:
        """Read two that are one as one."""
        join_deed(self, deed)


def names_in(words: str) -> frozenset[str]:
    """Names with commas between them, as a set."""
    return frozenset(part.strip() for part in words.split(",") if part.strip())


def _tasks(notebook: Notebook, person: RecordId) -> Iterator[Line]:
    tasks = [one for one in notebook.outcomes() if one.owner == person and one.kind == "action"]
    if tasks:
        yield from heading(_("Has taken on"))
    for one in sorted(tasks, key=lambda one: one.done):
        yield Link("  ✓" if one.done else "  ▸", one.text, one.id)


def _forums(notebook: Notebook, person: RecordId) -> Iterator[Line]:
    """The latest forums that they came to; each has to be read for it."""
    yield from heading(_("Lately at"))
    was = 0
    for row in notebook.sessions()[:_MOST]:
        for one in notebook.attendance(row.id):
            if one.person == person:
                was += 1
                roles = ", ".join(role_word(role) for role in sorted(one.roles)) or "·"
                yield Link(f"  {roles}", row.title, row.id)
    if not was:
        yield Told("  –")


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
