"""Merges that are broken on purpose; the proof must catch each.

Every one takes the place of a part of the store for one test. The first eleven are the mistakes
that programs of this kind are known for; the rest are ours to make.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from store.changes import fold, line, segments
from store.changes.fold import Folded, Row, Shown
from store.changes.line import Change
from store.ids import IdMaker, letters_of

Patch = pytest.MonkeyPatch
_WORTH: Final = {letter: at for at, letter in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")}


def last_delivered_wins(patch: Patch) -> None:
    """What comes last takes the place of all that was there."""

    def add(self: Folded, change: Change) -> bool:
        if change.id in self.seen:
            return False
        self.seen.add(change.id)
        for name, value in change.put.items():
            self.heads[name] = {change.id: value}
        return True

    patch.setattr(Folded, "add", add)


def the_newest_drops_the_others(patch: Patch) -> None:
    """The value with the newest clock stays, the loser is gone without a word."""
    stock = Folded.add

    def add(self: Folded, change: Change) -> bool:
        done = stock(self, change)
        for name in change.put:
            heads = self.heads[name]
            if "/" not in name and heads:
                self.heads[name] = {max(heads): heads[max(heads)]}
        return done

    patch.setattr(Folded, "add", add)


def what_is_replaced_must_be_here_already(patch: Patch) -> None:
    """A line that comes before the one that it replaces does not replace it."""
    stock = Folded.add

    def add(self: Folded, change: Change) -> bool:
        done = stock(self, change)
        self.wait.clear()
        return done

    patch.setattr(Folded, "add", add)


def ids_without_chance(patch: Patch) -> None:
    """Clock, count, and the same bits always: two clones make one id for two lines."""
    stock = IdMaker.next

    def next_(self: IdMaker, *args: Any, **how: Any) -> str:
        number = 0
        for letter in stock(self, *args, **how):
            number = number * 32 + _WORTH[letter]
        return letters_of(number >> 64 << 64)

    patch.setattr(IdMaker, "next", next_)


def names_without_the_content(patch: Patch) -> None:
    """Laptop and number only: a clone's file takes the other's place."""
    patch.setattr(segments, "file_name", lambda dev, seq, _sha256: f"chg-{dev}-{seq:06d}.jsonl")


def check_sums_that_are_not_compared(patch: Patch) -> None:
    """A damaged file is taken for a whole one."""
    stock = line.parse

    class Same(str):
        __slots__ = ()

        def __eq__(self, _other: object) -> bool:
            return True

        def __ne__(self, _other: object) -> bool:
            return False

        __hash__ = str.__hash__

    def parse(raw: bytes) -> dict[str, Any]:
        found = stock(raw)
        return found | {"sha256": Same(found["sha256"])} if "sha256" in found else found

    patch.setattr("store.changes.segments.parse", parse)


def the_clock_alone_decides(patch: Patch) -> None:
    """An id need not be above what its line replaces."""
    stock = IdMaker.next
    patch.setattr(IdMaker, "next", lambda self, _bases=(), **how: stock(self, (), **how))


def deleting_beats_editing(patch: Patch) -> None:
    """A deletion hides what its writer never saw."""

    def standing(self: Folded) -> tuple[bool, bool]:
        return any(one is not None for one in self.heads.get("_deleted", {}).values()), False

    patch.setattr(Folded, "_standing", standing)


def taking_out_beats_putting_in(patch: Patch) -> None:
    """An element that one laptop takes out of a set is out for all."""
    stock = Folded.shown

    def shown(self: Folded) -> Shown:
        found = stock(self)
        fields = dict(found.fields)
        for name, heads in self.heads.items():
            group, _stroke, element = name.partition("/")
            if element and None in heads.values():
                fields[group] = [one for one in fields[group] if one != element]
        return Shown(
            fields, found.conflicts, found.deleted, found.edited_after_delete, False, False
        )

    patch.setattr(Folded, "shown", shown)


def the_same_typed_twice_is_a_conflict(patch: Patch) -> None:
    """Equal values stand against each other."""

    def others(heads: Mapping[str, Any], top: str) -> tuple[tuple[str, Any], ...]:
        return tuple((head, heads[head]) for head in sorted(heads, reverse=True) if head != top)

    patch.setattr(Folded, "_others", staticmethod(others))


def the_order_of_coming_decides(patch: Patch) -> None:
    """Of several values the one that came last is shown."""
    patch.setattr(fold, "max", lambda heads, **_how: list(heads)[-1], raising=False)


def doubled_lines_count_twice(patch: Patch) -> None:
    """A line that comes again brings back what was replaced."""
    stock = Folded.add

    def add(self: Folded, change: Change) -> bool:
        self.seen.discard(change.id)
        return stock(self, change)

    patch.setattr(Folded, "add", add)


def what_is_waited_for_is_forgotten_at_a_start(patch: Patch) -> None:
    """The view does not keep which lines have to come yet."""
    stock = Folded.row

    def row(self: Folded) -> Row:
        return {name: value for name, value in stock(self).items() if name != "_wait"}

    patch.setattr(Folded, "row", row)


def the_view_keeps_one_value_only(patch: Patch) -> None:
    """After a start the other values of a conflict are gone."""
    patch.setattr(Folded, "_compact", lambda self, name, _first: max(self.heads[name]))


def settling_answers_one_value_only(patch: Patch) -> None:
    """What was settled stays a conflict."""

    def base_for(self: Folded, name: str, *, settle: bool = False) -> list[str]:
        heads = self.heads.get(name)
        return [max(heads)] if heads else []

    patch.setattr(Folded, "base_for", base_for)


def an_edit_settles_by_itself(patch: Patch) -> None:
    """An edit beside an open conflict hides the value that its writer was not shown."""

    def base_for(self: Folded, name: str, *, settle: bool = False) -> list[str]:
        return sorted(self.heads.get(name, ()))

    patch.setattr(Folded, "base_for", base_for)


MUTANTS: Final[tuple[Callable[[Patch], None], ...]] = (
    last_delivered_wins,
    the_newest_drops_the_others,
    what_is_replaced_must_be_here_already,
    ids_without_chance,
    names_without_the_content,
    check_sums_that_are_not_compared,
    the_clock_alone_decides,
    deleting_beats_editing,
    taking_out_beats_putting_in,
    the_same_typed_twice_is_a_conflict,
    the_order_of_coming_decides,
    doubled_lines_count_twice,
    what_is_waited_for_is_forgotten_at_a_start,
    the_view_keeps_one_value_only,
    settling_answers_one_value_only,
    an_edit_settles_by_itself,
)
