"""Taking a change back: which one, and what it had replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from .changes.fold import Folded
from .changes.line import DELETED, Change, same_text
from .errors import ChangedSince, NothingToRedo, NothingToUndo
from .ids import CHANGE_ID, record_letters, sign_in, sign_of
from .records import Record

_LETTERS: Final = 60
"""Of a text that is told in a sentence."""
_FEW: Final = 3


def last_save(newest_first: Iterable[Change]) -> tuple[list[Change], set[str]]:
    """This laptop's last save that is not taken back, and the saves that do not stand any more.

    Args:
        newest_first: Own lines, the newest first.

    Returns:
        The lines of the save in their order, and the ids of all saves that were taken back or
        that took one back.

    Raises:
        NothingToUndo
    """
    passed: set[str] = set()
    cancelled: set[str] = set()
    for save, lines in _saves(newest_first):
        undoes = lines[0].undoes
        if save not in cancelled:
            if not undoes:
                return lines, passed
            cancelled.add(undoes)
        passed.add(save)
    raise NothingToUndo


def words_of(record: Record | None) -> str:
    """What a record is called, or how it begins; empty where it has no words."""
    names = ("title", "name", "short", "full", "text")
    found = (str(getattr(record, one, "") or "") for one in names)
    words = " ".join(next(filter(None, found), "").split())
    return words if len(words) <= _LETTERS else f"{words[:_LETTERS].rstrip()} …"


def told_shortly(words: Iterable[str]) -> str:
    """Some of these, in their order."""
    several = list(dict.fromkeys(words))
    return " · ".join(several[:_FEW]) + (" …" if len(several) > _FEW else "")


def last_undo(newest_first: Iterable[Change]) -> tuple[list[Change], set[str]]:
    """The last save that took one back, with nothing new since; doing again takes it back itself.

    Args:
        newest_first: Own lines, the newest first.

    Returns:
        As ``last_save``.

    Raises:
        NothingToRedo
    """
    met: dict[str, list[Change]] = {}
    cancelled: set[str] = set()
    for save, lines in _saves(newest_first):
        undoes = lines[0].undoes
        if save not in cancelled:
            if not undoes:
                break  # something new: what was taken back before it stays taken back
            cancelled.add(undoes)
        met[save] = lines
    for save, lines in met.items():
        undoes = lines[0].undoes
        did_again = undoes in met and met[undoes][0].undoes
        if undoes and save not in cancelled and not did_again:
            return lines, set(met)
    raise NothingToRedo


def _saves(newest_first: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Each save with its lines in their order, the newest first."""
    for save, lines in groupby(newest_first, key=lambda line: line.save):
        yield save, list(lines)[::-1]


class Before(NamedTuple):
    """What sets a record back to how it was before a line."""

    put: dict[str, Any]
    beside: list[dict[str, Any]]
    """Further values that stood beside those, where the line had settled a conflict."""


def as_one(lines: Iterable[Change]) -> list[Change]:
    """The lines of a save, those together that took each other's place: too much for one."""
    found: dict[str, Change] = {}
    for line in lines:
        base = {name: set(ids) for name, ids in line.base.items()}
        earlier = {one for ids in base.values() for one in ids if one in found}
        for before in (found.pop(one) for one in sorted(earlier)):
            for name, ids in before.base.items():
                base[name] = base.get(name, set()) | set(ids)
        named = {name: sorted(ids - earlier) for name, ids in base.items()}
        found[line.id] = line._replace(base=named) if earlier else line
    return list(found.values())


def put_back(
    change: Change,
    state: Folded,
    lines: Callable[[], Iterator[Change]],
    undone: set[str],
    *,
    seen: Callable[[str], list[str]],
) -> Before:
    """What sets a record back to how it was before this line.

    Args:
        change: The line to take back.
        state: Of its record, now.
        lines: All lines of the record.
        undone: Saves that do not stand any more.
        seen: What a deletion of a record has in front of it.

    Raises:
        ChangedSince: Somebody has edited it in between.
    """
    every = {line.id: line for line in lines()}
    passing = {line.id for line in every.values() if line.save in undone} | {change.id}
    if min(state.seen) == change.id or _has_made(change, every.values()):
        if not set(state.live_heads()) <= passing:
            raise ChangedSince(where=change.rec)
        return Before({DELETED: seen(change.rec)}, [])
    before = Before({}, [])
    for name in change.put:
        if not set(state.heads.get(name, ())) <= passing:
            raise ChangedSince(where=f"{change.rec}.{name}")
        *others, before.put[name] = _earlier(name, change, every)
        before.beside.extend({name: one} for one in others)
    return before


def _has_made(change: Change, every: Iterable[Change]) -> bool:
    """Whether this line made its record, though others may say to have written in it before.

    A record's letters carry those of the laptop that made it, as a change does.
    """
    made = record_letters(change.rec).rpartition("-")[2]
    if not CHANGE_ID.fullmatch(made) or sign_in(made) != sign_of(change.dev):
        return False
    return change.id == min(one.id for one in every if one.dev == change.dev)


def _earlier(name: str, change: Change, every: dict[str, Change]) -> list[Any]:
    """The values that a line replaced, the shown one last; None alone where the field was new."""
    bases = sorted(one for one in change.base.get(name, ()) if one in every)
    values = {same_text(value): value for value in (every[one].put.get(name) for one in bases)}
    if not values:
        return [None]
    shown = every[bases[-1]].put.get(name)
    return [*(one for key, one in values.items() if key != same_text(shown)), shown]
