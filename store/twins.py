"""Finding what two laptops may have made of one thing: forums, people, agencies, lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal, NamedTuple

from .ids import record_letters
from .names import given_key, match, match_agency, name_key
from .readings import SessionRow
from .records import Agency, Attendance, Person, RecordId, Session, Turn
from .rules.twins import doubled
from .text import search_key
from .values import Value
from .view.forums import Forums

Why = Literal["series_part", "day_place", "people", "same_name", "near_name", "same_words"]
"""What two records have in common."""
Pair = tuple[RecordId, RecordId]
_MOST: Final = 40
"""Records of one day and place, or with names alike, that are laid beside each other."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Twins(Value):
    """Two records that may be of one thing; a person says whether they are."""

    kind: str
    first: RecordId
    """The older one; what it holds is shown where both say something."""
    first_title: str
    second: RecordId
    second_title: str
    why: tuple[Why, ...]
    people: int = 0
    """Of two forums: how many people were at both, by name."""
    session: RecordId | None = None
    """The joined forum of two turns."""


def twins(forums: Forums, most: int | None = None) -> Iterator[Twins]:
    """Everything that may be one, forums first; what a person said about is left out.

    Args:
        forums: The notebook's.
        most: How many forums are read for it, those changed last first, and no turns: so it
            costs little in any notebook. None for everything.
    """
    yield from _forums(forums, most)
    yield from _people(forums.of_team("person", Person))
    yield from _agencies(forums.of_team("agency", Agency))
    for row in forums.rows() if most is None else ():
        if row.joins:
            yield from _turns(forums, row.id)


class _Laid(NamedTuple):
    """What is compared of a forum."""

    ids: frozenset[RecordId]
    """All its records."""
    not_same: frozenset[RecordId]
    people: frozenset[str]
    """Who was there, by name: two laptops make two records of one person."""


def _forums(forums: Forums, most: int | None) -> Iterator[Twins]:
    found: dict[Pair, list[Why]] = {}
    rows = {row.id: row for row in forums.rows()}
    for why, alike in _alike(rows.values()):
        for pair in combinations(sorted(row.id for row in alike[:_MOST]), 2):
            reasons = found.setdefault((pair[0], pair[1]), [])
            if why not in reasons:
                reasons.append(why)
    if most is not None:
        found = _changed_last(found, rows, most)
    names = {one.id: given_key(one.name) for one in forums.of_team("person", Person)}
    wanted = dict.fromkeys(session for pair in found for session in pair)
    laid = {session: _laid(forums, rows[session], names) for session in wanted}
    for (first, second), reasons in found.items():
        one, other = laid[first], laid[second]
        if one.not_same & other.ids or other.not_same & one.ids:
            continue
        both = one.people & other.people
        if both or not (one.people and other.people):
            yield Twins(
                kind="session",
                first=first,
                first_title=rows[first].title,
                second=second,
                second_title=rows[second].title,
                why=(*reasons, "people") if both else tuple(reasons),
                people=len(both),
            )


def _changed_last(
    found: Mapping[Pair, list[Why]], rows: Mapping[RecordId, SessionRow], most: int
) -> dict[Pair, list[Why]]:
    """The pairs of so many forums, those of which one was changed last first."""
    laid: set[RecordId] = set()
    kept: dict[Pair, list[Why]] = {}
    last = {pair: max(rows[one].last_change for one in pair) for pair in found}
    for pair in sorted(found, key=last.__getitem__, reverse=True):
        laid.update(pair)
        if len(laid) > most:
            break
        kept[pair] = found[pair]
    return {pair: reasons for pair, reasons in found.items() if pair in kept}


def _laid(forums: Forums, row: SessionRow, names: Mapping[RecordId, str]) -> _Laid:
    ids = frozenset({row.id, *row.joins})
    records = [one for id_ in ids if isinstance(one := forums.record(id_), Session)]
    there: set[RecordId | None] = {
        one.person
        for one in forums.inside("attendance", Attendance, row.id)
        if one.presence != "absent"
    }
    there = there or {turn.speaker for turn in forums.inside("turn", Turn, row.id)}
    return _Laid(
        ids=ids,
        not_same=frozenset().union(*(one.not_same for one in records)),
        people=frozenset(names[one] for one in there if one and one in names) - {""},
    )


def _alike(rows: Iterable[SessionRow]) -> Iterator[tuple[Why, list[SessionRow]]]:
    """Forums of one series and part, and those of one day and place."""
    by_part: dict[object, list[SessionRow]] = defaultdict(list)
    by_day: dict[object, list[SessionRow]] = defaultdict(list)
    for row in rows:
        if row.series_title and row.part is not None:
            by_part[search_key(row.series_title), row.part].append(row)
        if row.date and row.place:
            by_day[row.date, search_key(row.place).replace(" ", "")].append(row)
    for series in by_part.values():
        days: list[date | None] = [*sorted({row.date for row in series if row.date})]
        if len(series) > 1:
            for day in days or [None]:
                same = [row for row in series if row.date in (day, None)]
                if len(same) > 1:
                    yield "series_part", same
    for places in by_day.values():
        if len(places) > 1:
            yield "day_place", places


def _people(people: Sequence[Person]) -> Iterator[Twins]:
    by_key: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        key = given_key(one.name)
        for part in {key[:2], key[-2:]} if key else ():
            by_key[part].append(one)
    met: set[tuple[RecordId, RecordId]] = set()
    for some in by_key.values():
        for pair in combinations(sorted(some, key=lambda one: one.id)[: _MOST * 5], 2):
            ids = (pair[0].id, pair[1].id)
            if ids not in met and not _apart(*pair):
                met.add(ids)
                if why := _names_alike(*pair):
                    yield _named(pair, why)


def _apart(one: Person | Agency, other: Person | Agency) -> bool:
    return other.id in one.not_same or one.id in other.not_same


def _names_alike(one: Person, other: Person) -> Why | None:
    names = [{name_key(name) for name in (each.name, *each.aliases)} for each in (one, other)]
    if names[0] & names[1]:
        return "same_name"
    found = match(other.name, [one])
    return "near_name" if found.same or found.near else None


def _agencies(agencies: Sequence[Agency]) -> Iterator[Twins]:
    by_key: dict[str, list[Agency]] = defaultdict(list)
    for one in agencies:
        for name in {one.short, one.full, *one.aliases} - {""}:
            key = name_key(name)
            for part in {key, key[:3], key[-3:]}:
                by_key[part].append(one)
    met: set[tuple[RecordId, RecordId]] = set()
    for some in by_key.values():
        for pair in combinations(sorted(set(some), key=lambda one: one.id)[: _MOST * 5], 2):
            ids = (pair[0].id, pair[1].id)
            if ids in met or _apart(*pair):
                continue
            met.add(ids)
            found = [
                match_agency(name, [pair[0]]) for name in (pair[1].short, pair[1].full) if name
            ]
            if any(one.same for one in found):
                yield _named(pair, "same_name")
            elif any(one.near for one in found):
                yield _named(pair, "near_name")


def _named(pair: tuple[Person, Person] | tuple[Agency, Agency], why: Why) -> Twins:
    titles = [_title(one) for one in pair]
    return Twins(
        kind=pair[0].KIND,
        first=pair[0].id,
        first_title=titles[0],
        second=pair[1].id,
        second_title=titles[1],
        why=(why,),
    )


def _title(one: Person | Agency) -> str:
    return one.name if isinstance(one, Person) else one.short or one.full


def _turns(forums: Forums, session: RecordId) -> Iterator[Twins]:
    whole = forums.whole(session)
    if whole is None:
        return
    apart = {turn.id: record_letters(turn.id).partition("-")[0] for turn in whole.turns}
    for one, other in doubled(whole.turns, apart):
        yield Twins(
            kind="turn",
            first=one.id,
            first_title=one.text,
            second=other.id,
            second_title=other.text,
            why=("same_words",),
            session=session,
        )
