"""What a card shows of one record: fields that can be changed, links, and plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from rich.cells import cell_len

from kmtui.thai.lines import wrapped
from kmtui.words import _, figure
from store.records import RecordId

from .record_list import Cell, Row

How = Literal["words", "text", "day", "choice", "who"]
"""How a field is changed: one line, several lines, a day, the next of some choices, a name."""
_LABEL: Final = 20
NOT_KNOWN: Final = "–"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record."""

    record: RecordId
    name: str
    label: str
    """In the language of the interface."""
    value: Any
    """As it is kept."""
    how: How = "words"
    choices: Sequence[tuple[object, str]] = ()
    """Of a choice: what is kept, and what it is called."""
    hint: str = ""
    """How it can be typed; empty where that needs no words."""
    written: str | None = None
    """How the value reads; None where that is the value itself."""

    @property
    def words(self) -> str:
        """The value as it is read and typed; empty where nothing is known."""
        if self.written is not None:
            return self.written
        if self.how == "choice":
            return next((word for value, word in self.choices if value == self.value), "")
        is_number = isinstance(self.value, int) and not isinstance(self.value, bool)
        return "" if self.value is None else figure(self.value) if is_number else str(self.value)

    def next_choice(self) -> Any:
        """What stands behind the value among the choices; the first after the last."""
        values = [value for value, _word in self.choices]
        at = values.index(self.value) if self.value in values else -1
        return values[(at + 1) % len(values)]


@dataclass(frozen=True, slots=True)
class Link:
    """The way to another record."""

    label: str
    words: str
    """A person's or a file's; broken into lines where they are long."""
    record: RecordId
    style: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Words that nothing can be done with: a heading, or what is missing."""

    words: str
    style: str = "muted"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done with the whole card."""

    name: str
    words: str


Line = Field | Link | Told | Deed


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a card shows."""

    title: str
    """A person's words."""
    lines: tuple[Line, ...]
    marks: frozenset[str] = frozenset()
    """The record's own."""

    def all_lines(self) -> tuple[Line, ...]:
        """What the marks say, above the rest."""
        told = {
            "deleted": _("This is in the trash."),
            "conflict": _("⚡ Edited on two laptops: what is shown is the newest."),
            "damaged": _("A part of this could not be read; look at kmtui verify."),
        }
        said = [Told(words, "warning") for mark, words in told.items() if mark in self.marks]
        return (*said, *self.lines)


@dataclass(frozen=True, slots=True)
class FieldKey:
    """The row of a field."""

    field: Field

    def __eq__(self, other: object) -> bool:
        """The same field, whatever it holds now."""
        return isinstance(other, FieldKey) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    @property
    def _place(self) -> tuple[RecordId, str]:
        return self.field.record, self.field.name


@dataclass(frozen=True, slots=True)
class DeedKey:
    """The row of something that can be done."""

    name: str


@dataclass(frozen=True, slots=True)
class LinkKey:
    """The row of a way to another record."""

    record: RecordId


def card_rows(lines: Sequence[Line], width: int) -> Iterator[Row]:
    """The lines of a card as rows of a list of so many cells."""
    for line in lines:
        match line:
            case Told(words, style):
                for part in wrapped(words, max(20, width - 2)):
                    yield Row((Cell(part, style=style),))
            case Deed(name, words):
                yield Row((Cell(f"▸ {words}", style="accent"),), key=DeedKey(name))
            case Field():
                yield from _pair(line.label, line.words or NOT_KNOWN, "", FieldKey(line), width)
            case Link(label, words, record, style):
                yield from _pair(label, words, style, LinkKey(record), width)


def _pair(label: str, words: str, style: str, key: object, width: int) -> Iterator[Row]:
    """Label and words; only the first row of them can be marked."""
    wide = max(_LABEL, min(cell_len(label) + 2, width - _LABEL))
    for number, part in enumerate(wrapped(words, max(8, width - wide))):
        first = Cell("" if number else label, wide, "muted")
        yield Row((first, Cell(part, style=style)), key=None if number else key)


def heading(words: str) -> tuple[Told, Told]:
    """An empty line, and what the lines below it are."""
    return Told(""), Told(words)


def yes_or_no() -> Sequence[tuple[object, str]]:
    """The choices of something that is so, or is not."""
    return ((False, _("no")), (True, _("yes")))
