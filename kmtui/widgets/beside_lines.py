"""Two records of one forum as rows: in one list by time, or in two columns where there is room."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from kmtui.thai.lines import wrapped
from kmtui.words import _
from store.beside import Beside, BesideLine
from store.records import RecordId, Turn

from .marks import MISSING, THERE
from .record_list import Cell, Row

NUMBERS: Final = "①②③④⑤⑥⑦⑧⑨"
TWO_COLUMNS: Final = 104
"""Cells from which both stand side by side."""
_MARK: Final = 2
_BETWEEN: Final = 3
_SPEAKER: Final = 14
_STYLES: Final = ("primary", "secondary")
Chosen = Collection[tuple[RecordId, RecordId]]
"""Doubled lines that are to be folded with the joining."""


@dataclass(frozen=True, slots=True)
class TurnKey:
    """The row of a turn as it was written."""

    turn: RecordId


@dataclass(frozen=True, slots=True)
class DoubleKey:
    """The row of the same words as another recorder wrote them down."""

    first: RecordId
    second: RecordId
    is_folded: bool = False


def number(at: int) -> str:
    """The mark of a record, from 0."""
    return NUMBERS[min(at, len(NUMBERS) - 1)]


def beside_rows(beside: Beside, chosen: Chosen, width: int) -> Iterator[Row]:
    """The turns of all records.

    Args:
        beside: The records.
        chosen: What a person has chosen to fold.
        width: Cells of a row.
    """
    lines = _Columns(beside, chosen, width) if width >= TWO_COLUMNS else _Stack(
        beside, chosen, width
    )  # fmt: skip
    yield from lines.head()
    for line in beside.lines:
        yield from lines.rows(line)


class _Lines:
    """What both ways of laying them out have in common."""

    def __init__(self, beside: Beside, chosen: Chosen, width: int) -> None:
        self._beside = beside
        self._chosen = chosen
        self._width = width

    def _doubles(self, line: BesideLine) -> Iterator[tuple[Turn, DoubleKey, str]]:
        """The same words of other recorders, with what is or would be done with each."""
        for one in line.below:
            yield one, DoubleKey(line.turn.id, one.id, is_folded=True), f"{THERE} " + _("folded")
        if (double := line.double) is not None:
            key = DoubleKey(line.turn.id, double.id)
            if (line.turn.id, double.id) in self._chosen:
                yield double, key, f"{THERE} " + _("will be folded")
            else:
                yield double, key, f"{MISSING} " + _("the same words?")

    def _named(self, turn: Turn) -> str:
        return self._beside.speaker_name(turn) or "?"

    def _mark(self, turn: Turn) -> tuple[str, str]:
        """Which record a turn is in, and its style."""
        at = self._beside.whose(turn)
        return number(at), _STYLES[at % len(_STYLES)]


class _Stack(_Lines):
    """One list, each turn with the mark of the record that it is in."""

    def head(self) -> Iterator[Row]:
        """Nothing: each row says whose it is."""
        return iter(())

    def rows(self, line: BesideLine) -> Iterator[Row]:
        """A turn, and below it the same words of others."""
        yield from self._turn(line.turn, TurnKey(line.turn.id), "")
        for turn, key, state in self._doubles(line):
            yield Row((Cell("", _MARK), Cell(f"  {state}", style=_state_style(key))), key=key)
            yield from self._turn(turn, TurnKey(turn.id), "muted")

    def _turn(self, turn: Turn, key: TurnKey, style: str) -> Iterator[Row]:
        mark, colour = self._mark(turn)
        room = max(16, self._width - _MARK - _SPEAKER)
        for at, part in enumerate(wrapped(turn.text, room)):
            yield Row(
                (
                    Cell("" if at else mark, _MARK, colour),
                    Cell("" if at else self._named(turn), _SPEAKER, style or "primary"),
                    Cell(part, style=style),
                ),
                key=None if at else key,
            )


class _Columns(_Lines):
    """The first record at the left, the others at the right, doubled lines beside each other."""

    @property
    def _half(self) -> int:
        return (self._width - _BETWEEN) // 2

    def head(self) -> Iterator[Row]:
        """Whose each column is."""
        records = self._beside.records
        left = f"{number(0)} {whose_words(records[0].owner)}"
        right = "  ".join(
            f"{number(at)} {whose_words(one.owner)}" for at, one in enumerate(records) if at
        )
        yield Row((Cell(left, self._half, _STYLES[0]), Cell("", _BETWEEN), Cell(right,
                  style=_STYLES[1])))  # fmt: skip

    def rows(self, line: BesideLine) -> Iterator[Row]:
        """A turn, in the same rows the same words of another, and what is done with it."""
        doubles = list(self._doubles(line))
        if not doubles:
            yield from self._pair(line.turn, None, TurnKey(line.turn.id))
        for turn, key, state in doubles:
            first, second = line.turn, turn
            if self._beside.whose(first):
                first, second = second, first
            at = self._half + _BETWEEN
            yield Row((Cell("", at), Cell(state, style=_state_style(key))), key=key)
            yield from self._pair(first, second, TurnKey(first.id))

    def _pair(self, one: Turn, other: Turn | None, key: TurnKey) -> Iterator[Row]:
        left = [] if other is None and self._beside.whose(one) else self._parts(one)
        right = self._parts(one) if not left else self._parts(other) if other else []
        for at, (first, second) in enumerate(zip_longest(left, right)):
            cells = (*self._cells(first), Cell("", _BETWEEN), *self._cells(second))
            yield Row(cells, key=None if at else key)

    def _parts(self, turn: Turn) -> list[tuple[str, str]]:
        """The speaker beside the first line, nobody beside the others."""
        mark, _style = self._mark(turn)
        more = f"{mark} " if self._beside.whose(turn) > 1 else ""
        words = wrapped(turn.text, max(16, self._half - _SPEAKER))
        return [("" if at else more + self._named(turn), part) for at, part in enumerate(words)]

    def _cells(self, part: tuple[str, str] | None) -> tuple[Cell, Cell]:
        name, words = part or ("", "")
        return Cell(name, _SPEAKER, "primary"), Cell(words, self._half - _SPEAKER)


def whose_words(owner: str) -> str:
    """Whose laptop something was recorded on."""
    return _("laptop of {name}").format(name=owner or "?")


def _state_style(key: DoubleKey) -> str:
    return "muted" if key.is_folded else "warning"
