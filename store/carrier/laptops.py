"""What each laptop tells of itself: whose it is, and what it has taken in.

It travels as ordinary change lines of the kind ``laptop``, one record a laptop, written only by
that laptop. A line is written where something of substance came in; what laptops tell of
themselves is no substance, so two of them never answer each other for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from ..changes.fold import Folded
from ..device import Device
from ..ids import record_letters
from ..secure.introductions import VOUCH
from ..view import places
from ..view.forums import Forums
from .kept import KeptFile, KeptFiles

KIND: Final = "laptop"
_HAS: Final = "has."
_LOST: Final = "lost."
_LOST_FILE: Final = re.compile(r"lost\.[0-9]{1,9}")
_GONE: Final = "gone."
_IN_ONE_LINE: Final = 150
"""Laptops named in one line; the format holds 200 fields."""


class Reach(NamedTuple):
    """How far one laptop has taken another's files in."""

    seq: int
    """Every file up to this number."""
    files: int
    """How many those are; more than ``seq`` where two laptops wrote under one id."""


Reaches = Mapping[str, Reach]
"""By the laptop that wrote the files."""


class Gone(NamedTuple):
    """What a laptop says of another: whether it is expected to meet again."""

    turn: int
    """Odd where it is not; whoever says otherwise counts one further, and the last one stands."""
    files: int
    """How many of its files were known then; with a further one it is back by itself."""


class Told(NamedTuple):
    """What one laptop tells of itself."""

    owner: str
    has: Reaches
    was: tuple[str, ...]
    """Ids that it had before; whoever still writes under one is another."""
    lines: int
    """How many lines it has told this in."""
    gone: Mapping[str, Gone]
    """By laptop what it says of others."""
    vouches: Mapping[str, tuple[str, ...]]
    """By laptop the keys that it vouches for; whether it is believed is the guard's."""
    lost: frozenset[int] = frozenset()
    """Numbers of own files that it has lost; what was left of them is in later ones."""


NOTHING: Final = Told("", {}, (), 0, {}, {})


def record_of(laptop: str) -> str:
    """The id of a laptop's record."""
    return f"{KIND}/{laptop}"


def is_of_laptop(record_id: str) -> bool:
    """Whether this is what a laptop tells of itself."""
    return record_id.startswith(f"{KIND}/")


def all_told(forums: Forums) -> dict[str, Told]:
    """What every laptop has told, by its id."""
    shelf = forums.shelves.shelf(places.PEOPLE)
    table = places.table_of(record_of(""))
    found = {}
    for one in shelf.ids(table):
        row = shelf.row(table, one)
        if row is not None:
            found[record_letters(one)] = _told(row)
    return found


def _told(row: Mapping[str, Any]) -> Told:
    """Read with care: another version may have written something else."""
    owner, was = row.get("owner"), row.get("was")
    has = {
        name.removeprefix(_HAS): Reach(*value)
        for name, value in row.items()
        if name.startswith(_HAS) and _is_reach(value)
    }
    return Told(
        owner=owner if isinstance(owner, str) else "",
        has=has,
        was=tuple(one for one in was if isinstance(one, str)) if isinstance(was, list) else (),
        lines=len(row["_seen"]),
        lost=frozenset(
            int(name.removeprefix(_LOST))
            for name, value in row.items()
            if value is True and _LOST_FILE.fullmatch(name)
        ),
        gone={
            name.removeprefix(_GONE): Gone(*value)
            for name, value in row.items()
            if name.startswith(_GONE) and _is_reach(value)
        },
        vouches={
            name.removeprefix(VOUCH): tuple(map(str, value))
            for name, value in row.items()
            if name.startswith(VOUCH) and isinstance(value, list)
        },
    )


def _is_reach(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value)


def superseded(told: Mapping[str, Told]) -> set[str]:
    """Ids that no laptop writes under any more."""
    return {one for laptop in told.values() for one in laptop.was}


def reach_in(put: Mapping[str, Any], laptop: str) -> int:
    """How far a line tells that a laptop's files were taken in; 0 where it tells nothing."""
    value = put.get(f"{_HAS}{laptop}")
    return Reach(*value).seq if _is_reach(value) else 0  # type: ignore[misc]


def said_of(told: Mapping[str, Told], laptop: str, device: Device) -> Gone:
    """What was said last about whether a laptop is expected; by nobody, that it is.

    Args:
        told: What all have told.
        laptop: Of which it was said.
        device: This one; what it carries on is gone before that was told to anybody.
    """
    said = [one.gone[laptop] for one in told.values() if laptop in one.gone]
    before = device.continues
    if not said and before is not None and before.laptop == laptop:
        return Gone(1, before.files)
    return max(said, default=Gone(0, 0))


def gone(told: Mapping[str, Told], files: KeptFiles, device: Device) -> set[str]:
    """Laptops that nobody expects any more: lost, or carried on by another."""
    named = {one for each in told.values() for one in each.gone}
    if device.continues is not None:
        named.add(device.continues.laptop)
    said = {one: said_of(told, one, device) for one in named}
    return {
        laptop
        for laptop, one in said.items()
        if laptop != device.id and one.turn % 2 == 1 and len(files.of(laptop)) <= one.files
    }


def saying(laptop: str, said: Gone) -> dict[str, Any]:
    """A line's fields that say this of a laptop."""
    return {f"{_GONE}{laptop}": list(said)}


def carried_on(told: Mapping[str, Told], device: Device) -> dict[str, Any]:
    """What a restored notebook has to say of the laptop whose backup it is made of."""
    before = device.continues
    if before is None or any(before.laptop in one.gone for one in told.values()):
        return {}  # somebody has spoken of it since: that stands
    return saying(before.laptop, Gone(1, before.files))


def vouching(vouches: Mapping[str, tuple[str, ...]], before: Told) -> Iterator[dict[str, Any]]:
    """What a laptop has to say of others' keys that it has not said; a word taken back too."""
    every = {one: vouches.get(one, ()) for one in sorted({*vouches, *before.vouches})}
    news = {one: some for one, some in every.items() if some != before.vouches.get(one, ())}
    return _portions({f"{VOUCH}{one}": list(some) for one, some in news.items()})


def named_in(put: Mapping[str, Any]) -> set[str]:
    """The laptops that a line tells to know: their changes are there, or it was one of them."""
    was = put.get("was")
    before = {one for one in was if isinstance(one, str)} if isinstance(was, list) else set()
    return before | {name.removeprefix(_HAS) for name in put if name.startswith(_HAS)}


def lost_put(numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """What a laptop tells of own files that were lost: nobody need wait for them."""
    yield from _portions({f"{_LOST}{number}": True for number in sorted(numbers)})


def reaches(kept: KeptFiles, taken_in: set[str], told: Mapping[str, Told]) -> dict[str, Reach]:
    """How far this laptop has taken each one's files in.

    Args:
        kept: The files that are here.
        taken_in: Names of those that could be read.
        told: What all have told; files that their own laptop has lost are not waited for.
    """
    found = {}
    for dev, seqs in kept.seqs.items():
        seq = files = 0
        lost = told.get(dev, NOTHING).lost
        while (names := seqs.get(seq + 1, set())) or seq + 1 in lost:
            if not all(kept.by_file[one].name in taken_in for one in names):
                break
            seq, files = seq + 1, files + len(names)
        found[dev] = Reach(seq, files)
    return found


def holds(has: Reaches, kept: KeptFile, files: KeptFiles) -> bool:
    """Whether who has come so far holds this file, and not a twin of it under the same id."""
    reach = has.get(kept.dev)
    if reach is None or reach.seq < kept.seq:
        return False
    here = sum(len(names) for seq, names in files.seqs[kept.dev].items() if seq <= reach.seq)
    return reach.files >= here


def news_to_tell(
    mine: str, owner: str, before: Told, reach: Reaches, substance: set[str]
) -> list[dict[str, Any]]:
    """What this laptop should tell of itself now, a mapping for each line; none is the usual.

    Args:
        mine: This laptop's id.
        owner: Whose it is.
        before: What it has told already.
        reach: How far it has come.
        substance: Laptops of which something of substance came in since it told.
    """
    put: dict[str, Any] = {}
    if owner != before.owner or not before.lines:
        put["owner"] = owner
    if substance:
        put |= {
            f"{_HAS}{dev}": list(one)
            for dev, one in sorted(reach.items())
            if dev != mine and one.seq and before.has.get(dev) != one
        }
    return list(_portions(put))


def _portions(put: dict[str, Any]) -> Iterator[dict[str, Any]]:
    names = list(put)
    for at in range(0, len(names), _IN_ONE_LINE):
        yield {name: put[name] for name in names[at : at + _IN_ONE_LINE]}


def bases(state: Folded, names: Iterable[str]) -> dict[str, list[str]]:
    """What a line of a laptop's own record replaces: everything that was told before."""
    return {name: ids for name in names if (ids := state.base_for(name, settle=True))}
