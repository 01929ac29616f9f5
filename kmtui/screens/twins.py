"""Twins: what was probably recorded twice, with the reason in words; a person joins, or says no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from textual.binding import Binding, BindingType

from kmtui import keys
from kmtui.naming_records import record_name
from kmtui.screens.card import CardScreen
from kmtui.screens.room import Entry, Room
from kmtui.screens.twin_forums import TwinForumsScreen
from kmtui.twin_words import why_words
from kmtui.widgets.beside_lines import whose_words
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Link, Told
from kmtui.widgets.record_list import REST, Cell, Row
from kmtui.words import _, counted, figure
from store.errors import N_
from store.names import name_sort_key
from store.notebook import Notebook
from store.readings import Saved
from store.records import Agency, Person, Record, RecordId
from store.text import search_key
from store.twins import Twins

_LOOKED_THROUGH: Final = 40
"""The latest forums, for whether somebody was there."""
_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class TwinKey:
    """Two records that may be of one thing, or are read as one."""

    kind: str
    first: RecordId
    second: RecordId
    why: str = field(default="", compare=False)
    """What they have in common, in words."""
    joined: bool = False


class TwinsRoom(Room):
    """Forums first, then people and agencies, lines that stand twice, and what is one already."""

    NAME: ClassVar[str] = N_("Recorded twice")
    ASKS: ClassVar[str] = N_("Type words of a title or a name")
    NOTHING: ClassVar[str] = N_("Nothing looks like one thing recorded twice.")
    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "twins.two", "change.undo", "go.back",
                                        "app.help")  # fmt: skip
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (*HINTS[:-1], "app.menu")
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of("twins.two")]

    def read(self, notebook: Notebook) -> Sequence[Entry]:
        """Everything that may be one."""
        return list(_entries(notebook))

    def read_again(self) -> None:
        """It takes a moment in a large notebook."""
        self.bar.say(_("looking …"))
        super().read_again()

    def _rows(self, fits: Sequence[Entry], near: Sequence[Entry]) -> list[Row]:
        """Below each pair, why."""
        return list(_with_reasons(super()._rows(fits, near)))

    def _near_rows(self, near: Sequence[Entry]) -> list[Row]:
        return list(_with_reasons(super()._near_rows(near)))

    def open_entry(self, key: object) -> None:
        """Open both."""
        if isinstance(key, TwinKey):
            screen: CardScreen = (
                TwinForumsScreen(key.first, key.second, key.why)
                if key.kind == "session"
                else TwinCard(key.first, key.second, key.why, joined=key.joined)
            )
            self.app.call_later(self.app.open_screen, screen, self.read_again)

    def action_two(self) -> None:
        """They are two: do not propose them again."""
        self.in_order(self._two)

    def _two(self) -> None:
        key = self.rows.key
        if not isinstance(key, TwinKey) or key.joined:
            self.app.tell(_("Mark two that are proposed first."))
            return

        def parted(_saved: Saved) -> None:
            self.app.tell(_("Two, not one. Ctrl+Z takes it back."))
            self.read_again()

        self.app.ask(lambda book: book.part(key.first, key.second), parted)

    def action_trash(self) -> None:
        """Nothing is put away here; Del takes a letter."""
        self.words.action_delete_right()


def _with_reasons(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        if isinstance(row.key, TwinKey) and row.key.why:
            yield Row((Cell(f"      {row.key.why}", style="muted"),))


def _entries(notebook: Notebook) -> Iterator[Entry]:
    found = notebook.twins()
    groups = {"session": _("Forums"), "person": _("People"), "agency": _("Agencies")}
    for kind, group in groups.items():
        for one in found:
            if one.kind == kind:
                key = TwinKey(kind, one.first, one.second, why_words(one))
                yield _entry(key, one.first_title, one.second_title, group)
    yield from _joined(notebook, found)


def _joined(notebook: Notebook, found: Sequence[Twins]) -> Iterator[Entry]:
    """What is read as one; of forums, how many of their lines still stand there twice."""
    for row in notebook.sessions():
        if row.joins:
            many = sum(one.session == row.id for one in found)
            words = counted("{n} line may stand twice", "{n} lines may stand twice", many)
            why = words.format(n=figure(many)) if many else ""
            key = TwinKey("session", row.id, row.joins[0], why, joined=True)
            other = record_name(notebook, row.joins[0])
            yield _entry(key, row.title, other, _("Read as one"))
    named: tuple[Person | Agency, ...] = (*notebook.people(), *notebook.agencies())
    for one in named:
        for twin in sorted(one.joins):
            key = TwinKey(one.KIND, one.id, twin, joined=True)
            names = [record_name(notebook, each) for each in (one.id, twin)]
            yield _entry(key, names[0], names[1], _("Read as one"))


def _entry(key: TwinKey, first: str, second: str, group: str) -> Entry:
    mark = "=" if key.joined else "≈"

    def cells(width: int) -> tuple[Cell, ...]:
        half = (width - 4) // 2
        return (
            Cell(f"  {mark} ", 4, "secondary"), Cell(first, half), Cell(" · ", 3, "muted"),
            Cell(second, REST),
        )  # fmt: skip

    return Entry(key, search_key(f"{first} {second} {key.why}"), cells, group)


class TwinCard(CardScreen, inherit_bindings=False):
    """Two people, or two agencies, one below the other; joined, the first has the names of both.

    Args:
        first: The one that stands.
        second: The one that is read as it.
        why: What they have in common, in words.
        joined: They are read as one already.
    """

    NAME: ClassVar[str] = N_("The same one?")
    HINTS: ClassVar[tuple[str, ...]] = ("twins.choose", "twins.two", "change.undo", "go.back",
                                        "app.help")  # fmt: skip
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (
        "twins.choose", "twins.join", "twins.two", "change.undo", "record.history", "go.back",
        "app.menu",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("line.change", "form.next", *COMMANDS_HERE),
        Binding("shift+tab", "field_before", show=False, priority=True),
    ]

    def __init__(
        self, first: RecordId, second: RecordId, why: str = "", *, joined: bool = False
    ) -> None:
        super().__init__(first)
        self._second = second
        self._why = why
        self._joined = joined

    def read(self, notebook: Notebook) -> CardReading:
        """Both as they are kept."""
        one, other = notebook.record(self.record), notebook.record(self._second)
        lately = _lately(notebook, (one.id, other.id)) if isinstance(one, Person) else {}
        lines = [
            Told(_("These are read as one.") if self._joined else self._why),
            Told(""),
            *_record_lines(notebook, "①", one, lately.get(one.id, ())),
            *_record_lines(notebook, "②", other, lately.get(other.id, ())),
        ]
        if self._joined:
            lines.append(Deed("two", _("they are two: read them apart")))
        else:
            lines.append(Deed("join", _("the same: read ② as ①, with the names of both")))
            lines.append(Deed("two", _("they are two: propose them no more")))
        return CardReading(record_name(notebook, self.record), tuple(lines))

    def do(self, deed: str) -> None:
        """Join, or part."""
        self.action_join() if deed == "join" else self._two()

    def action_join(self) -> None:
        """Read the second as the first."""
        if self._joined:
            return
        done = _("Read as one. Ctrl+Z parts them again.")
        self._end(lambda book: book.join(self.record, self._second), done)

    def action_two(self) -> None:
        """They are two: do not propose them again."""
        self.in_order(self._two)

    def _two(self) -> None:
        done = _("Two, not one. Ctrl+Z takes it back.")
        self._end(lambda book: book.part(self.record, self._second), done)

    def _end(self, work: Any, sentence: str) -> None:
        def done(_saved: Saved) -> None:
            self.app.tell(sentence)
            if self.is_current:
                self.dismiss()

        if self.app.writable:
            self.app.ask(work, done)
        else:
            self.app.tell_reading_only()

    def keep(self, field: Field, value: Any) -> None:
        """There is no field here; each has its own card."""

    def action_trash(self) -> None:
        """Neither is put away."""


def _lately(notebook: Notebook, people: Sequence[RecordId]) -> dict[RecordId, list[str]]:
    """By person, the last of the latest forums that they came to."""
    found: dict[RecordId, list[str]] = {}
    for row in notebook.sessions()[:_LOOKED_THROUGH]:
        for person in {one.person for one in notebook.attendance(row.id)} & set(people):
            found.setdefault(person, []).append(row.title)
    return {person: titles[:_MOST] for person, titles in found.items()}


def _record_lines(
    notebook: Notebook, mark: str, one: Record, lately: Sequence[str]
) -> Iterator[Line]:
    """What is known of one of two, and the way to its card."""
    yield Link(
        f"{mark} {whose_words(_made_on(notebook, one.id))}", record_name(notebook, one.id), one.id
    )
    known: list[tuple[str, str]] = []
    if isinstance(one, Person):
        agency = record_name(notebook, one.agency) if one.agency else ""
        known = [(_("Agency"), agency), (_("Position"), one.position)]
    elif isinstance(one, Agency):
        known = [(_("Full name"), one.full)]
    if isinstance(one, Person | Agency):
        known.append((_("Other names"), ", ".join(sorted(one.aliases, key=name_sort_key))))
    known.append((_("Lately at"), " · ".join(lately)))
    for label, words in known:
        if words:
            yield Told(f"  {label}: {words}", "")
    yield Told("")


def _made_on(notebook: Notebook, record: RecordId) -> str:
    """Whose laptop a record was made on."""
    first = notebook.history(record)[0].laptop
    names = {one.id: one.name for one in notebook.laptops()}
    return names.get(first, "") or first
