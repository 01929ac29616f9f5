"""Where each record is shown, and every room by its name; a new room is one file and one line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from store.ids import kind_of
from store.records import RecordId

if TYPE_CHECKING:
    from textual.screen import Screen

_ROOMS: Final = {
    "agencies": "kmtui.screens.people:AgenciesRoom",
    "outcomes": "kmtui.screens.outcomes:OutcomesRoom",
    "people": "kmtui.screens.people:PeopleRoom",
    "series": "kmtui.screens.series:SeriesRoom",
    "conflicts": "kmtui.screens.conflicts:ConflictsRoom",
    "lessons": "kmtui.screens.lessons:LessonsRoom",
    "settings": "kmtui.screens.settings:SettingsScreen",
    "sync": "kmtui.screens.sync:SyncScreen",
    "trash": "kmtui.screens.trash:TrashRoom",
    "twins": "kmtui.screens.twins:TwinsRoom",
}
_CARDS: Final = {
    "agency": "kmtui.screens.agency:AgencyCard",
    "outcome": "kmtui.screens.outcome:OutcomeCard",
    "person": "kmtui.screens.person:PersonCard",
    "series": "kmtui.screens.series:SeriesCard",
    "attendance": "kmtui.screens.attendance:AttendanceCard",
    "lesson": "kmtui.screens.lesson:LessonCard",
}


def room(name: str) -> Screen[Any]:
    """A room, read in only now. Raises KeyError for no room."""
    screen: Screen[Any] = _made(_ROOMS[name])()
    return screen


def card(record: RecordId) -> Screen[Any] | None:
    """The card of a record; None for a kind that is shown in its forum."""
    where = _CARDS.get(kind_of(record) or "")
    screen: Screen[Any] | None = _made(where)(record) if where else None
    return screen


def _made(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)
