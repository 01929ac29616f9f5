"""Agency: short and full name, the names of other years, and who comes from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from kmtui.screens.card import CardScreen
from kmtui.screens.person import join_deed, names_in
from kmtui.widgets.card_fields import card_fields
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Link, Told, heading
from kmtui.words import _
from store.edits import Change, Edit
from store.errors import N_, BadValue
from store.names import match_agency, name_sort_key
from store.notebook import Notebook
from store.records import Agency, NamePeriod
from store.text import arabic_digits

_EARLIER: Final = re.compile(r"(?P<short>\S+)\s+(?:ถึง|until|-|–)\s*(?P<year>[0-9]{4})")
_AHEAD: Final = 543


class AgencyCard(CardScreen):
    """Everything that is known of an office or a group."""

    NAME: ClassVar[str] = N_("Agency")

    def read(self, notebook: Notebook) -> CardReading:
        """The agency as it stands."""
        one = notebook.record(self.record)
        assert isinstance(one, Agency)
        lines = [
            *card_fields(one, earlier=_earlier_words(one)),
            *_perhaps_same(notebook, one),
            *_people(notebook, one),
        ]
        return CardReading(one.short or one.full, tuple(lines), one.marks)

    def edits(self, notebook: Notebook, field: Field, value: Any) -> Sequence[Edit]:
        """Other names with commas; earlier names as ``กศน. ถึง 2566``."""
        if field.name == "aliases":
            return (Change(field.record, {"aliases": names_in(str(value))}),)
        if field.name == "earlier":
            return (Change(field.record, {"earlier": earlier_in(str(value))}),)
        return super().edits(notebook, field, value)

    def do(self, deed: str) -> None:
        """Read two that are one as one."""
        join_deed(self, deed)


def earlier_in(words: str) -> tuple[NamePeriod, ...]:
    """Names of other years, with commas between them. Raises BadValue."""
    found = []
    for part in filter(None, (one.strip() for one in arabic_digits(words).split(","))):
        read = _EARLIER.fullmatch(part)
        if read is None:
            expected = _("such as กศน. until 2566")
            raise BadValue(where=_("Earlier names"), value=part, expected=expected)
        year = int(read["year"])
        until = date(year - _AHEAD if year > 2400 else year, 12, 31)
        found.append(NamePeriod(short=read["short"], until=until))
    return tuple(found)


def _earlier_words(one: Agency) -> str:
    until = _("until")
    return ", ".join(
        f"{name.short or name.full} {until} {name.until.year + _AHEAD}"
        if name.until
        else name.short or name.full
        for name in one.earlier
    )


def _perhaps_same(notebook: Notebook, one: Agency) -> Iterator[Line]:
    others = [other for other in notebook.agencies() if other.id != one.id]
    found = match_agency(one.short or one.full, others)
    for other in (*((found.same,) if found.same else ()), *found.near):
        words = _("the same as {name}? Enter reads both as one")
        yield Deed(f"join:{other.id}", words.format(name=other.short or other.full))


def _people(notebook: Notebook, one: Agency) -> Iterator[Line]:
    yield from heading(_("People"))
    found = [person for person in notebook.people() if person.agency == one.id]
    if not found:
        yield Told("  –")
    for person in sorted(found, key=lambda person: name_sort_key(person.name)):
        yield Link(f"  {person.position or '·'}", person.name, person.id)
