"""People and agencies: everybody who came, in the order of a Thai dictionary, with their agency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from kmtui.screens.room import Entry, Room
from kmtui.widgets.record_list import REST, Cell
from store.errors import N_
from store.names import name_sort_key
from store.notebook import Notebook
from store.records import Agency, Person
from store.text import search_key, sort_key

_AGENCY: Final = 24
_SHORT: Final = 16


class PeopleRoom(Room):
    """By given name, whatever their title."""

    NAME: ClassVar[str] = N_("People")
    ASKS: ClassVar[str] = N_("Type a name, another name, or an agency")
    NOTHING: ClassVar[str] = N_("Nobody yet. Whoever speaks at a forum is known from then on.")

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Everybody who is not in the trash."""
        agencies = {one.id: one.short or one.full for one in notebook.agencies()}
        people = sorted(notebook.people(), key=lambda one: name_sort_key(one.name))
        return [_person(one, agencies.get(one.agency, "") if one.agency else "") for one in people]


class AgenciesRoom(Room):
    """By short name."""

    NAME: ClassVar[str] = N_("Agencies")
    ASKS: ClassVar[str] = N_("Type a short or a full name")
    NOTHING: ClassVar[str] = N_("No agency yet. One is known once somebody comes for it.")

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Every agency that is not in the trash."""
        found = sorted(notebook.agencies(), key=lambda one: sort_key(one.short or one.full))
        return [_agency(one) for one in found]


def _person(one: Person, agency: str) -> Entry:
    others = ", ".join(sorted(one.aliases, key=name_sort_key))

    def cells(_width: int) -> tuple[Cell, ...]:
        beside = " · ".join(part for part in (one.position, others) if part)
        return (
            Cell(f"  {one.name}", 26, "primary"),
            Cell(agency, _AGENCY),
            Cell(beside, REST, "muted"),
        )

    return Entry(one.id, search_key(f"{one.name} {others} {agency} {one.position}"), cells)


def _agency(one: Agency) -> Entry:
    names = [one.short, one.full, *one.aliases, *(name.short for name in one.earlier)]

    def cells(_width: int) -> tuple[Cell, ...]:
        return (Cell(f"  {one.short or one.full}", _SHORT, "primary"), Cell(one.full, REST))

    return Entry(one.id, search_key(" ".join(names)), cells)
