"""Joining what two laptops made of one thing, and parting it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from .edits import Change, Edit
from .errors import N_, StoreError
from .records import Record, RecordId, Session, Turn
from .view.forums import Forums

_KINDS: Final = ("session", "person", "agency", "turn")


class CannotJoin(StoreError):
    """The two are not of a sort that can be one."""

    kind = "cannot_join"
    sentence = N_(
        "{first} and {second} cannot be joined: only two forums, two people, two agencies, or two"
        " turns of a joined forum can."
    )


class JoinedAlready(StoreError):
    """They are read as one already."""

    kind = "joined_already"
    sentence = N_(
        "{first} and {second} are joined already. `kmtui undo` parts what was joined last."
    )


def join_edits(
    first: Record,
    second: Record,
    forums: Forums,
    lines: Iterable[tuple[RecordId, RecordId]] = (),
) -> list[Edit]:
    """What is written so that the second record is read as part of the first.

    Args:
        first: The one that is shown.
        second: The other one.
        forums: The notebook's.
        lines: Of two forums, doubled turns: the one that is shown, and the one folded into it.

    Raises:
        CannotJoin, JoinedAlready
    """
    _check(first, second, forums)
    return [*_joined(first, second), *_folded(first, second, forums, list(lines))]


def unfold_edits(first: Record, second: Record) -> list[Edit]:
    """What is written so that a folded turn stands by itself, and is proposed again.

    Raises:
        CannotJoin
    """
    if not isinstance(first, Turn) or not isinstance(second, Turn):
        raise CannotJoin(first=first.id, second=second.id, where=second.id)
    return [
        Change(one.id, take={"same_as": frozenset({other.id})})
        for one, other in ((first, second), (second, first))
        if other.id in one.same_as
    ]


def _folded(
    first: Record, second: Record, forums: Forums, lines: Sequence[tuple[RecordId, RecordId]]
) -> list[Edit]:
    """The chosen lines of two forums that are joined in the same save."""
    if not lines:
        return []
    from .beside import group, turns_of  # it needs what stands here

    known = turns_of(forums, group(forums, first.id, second.id))
    edits: list[Edit] = []
    for one, other in lines:
        if one == other or not {one, other} <= known.keys():
            raise CannotJoin(first=one, second=other, where=other)
        edits += _joined(known[one], known[other])
    return edits


def _joined(first: Record, second: Record) -> list[Edit]:
    edits: list[Edit] = [
        Change(
            second.id,
            add={"same_as": frozenset({first.id})},
            take={"not_same": frozenset({first.id})},
        )
    ]
    if first.KIND == "turn":
        return [*edits, Change(first.id, take={"not_same": frozenset({second.id})})]
    return [
        Change(
            first.id,
            add={"joins": frozenset({second.id})},
            take={"not_same": frozenset({second.id})},
        ),
        *edits,
    ]


def part_edits(first: Record, second: Record) -> list[Edit]:
    """What is written so that two records are not read as one, and not proposed again.

    Raises:
        CannotJoin
    """
    if first.KIND != second.KIND or first.KIND not in _KINDS or first.id == second.id:
        raise CannotJoin(first=first.id, second=second.id)
    return [
        Change(
            one.id,
            add={"not_same": frozenset({other.id})},
            take={
                name: frozenset({other.id}) for name in ("same_as", "joins") if hasattr(one, name)
            },
        )
        for one, other in ((first, second), (second, first))
    ]


def _check(first: Record, second: Record, forums: Forums) -> None:
    facts = {"first": first.id, "second": second.id, "where": second.id}
    if first.KIND != second.KIND or first.KIND not in _KINDS or first.id == second.id:
        raise CannotJoin(**facts)
    if "deleted" in first.marks | second.marks:
        raise CannotJoin(**facts)
    groups: list[set[RecordId]]
    if isinstance(first, Turn):
        whole = forums.whole(first.session)
        below = whole.folded.values() if whole else ()
        there = {turn.id for turn in whole.turns} if whole else set()
        there |= {turn.id for turns in below for turn in turns}
        if not {first.id, second.id} <= there or whole is None or not whole.joined:
            raise CannotJoin(**facts)
        groups = [{shown, *(turn.id for turn in turns)} for shown, turns in whole.folded.items()]
    elif isinstance(first, Session):
        whole = forums.whole(first.id)
        groups = [{whole.session.id, *(one.id for one in whole.joined)}] if whole else []
    else:
        read = forums.read_as()
        groups = [{first.id, second.id}] if _one(first, read) == _one(second, read) else []
    if any({first.id, second.id} <= group for group in groups):
        raise JoinedAlready(**facts)


def _one(record: Record, read: Mapping[RecordId, RecordId]) -> RecordId:
    return read.get(record.id, record.id)
