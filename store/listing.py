"""What a list shows of a session, kept ready so that no list reads turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from sys import intern
from typing import Any, Final, Required, TypedDict, cast

from .ids import CHANGE_ID, clock_milliseconds, session_letters
from .readings import Completeness, Gap, SessionRow
from .records import Attendance, Lesson, Outcome, Person, RecordId, Series, Session, Turn, facts_of
from .vocabulary import GapKind, GapLevel, SessionStatus

_NONE: Final[Mapping[str, str]] = {}


class ListRow(TypedDict, total=False):
    """A session as the view keeps it for lists. Another key here is another shape of the view."""

    id: Required[RecordId]
    marks: Required[list[str]]
    title: str
    series: RecordId | None
    part: int | None
    date: str | None
    """ISO."""
    place: str
    status: SessionStatus
    finished: bool
    sha256: str
    """Of the file that it was read in from; empty for none."""
    turns: int
    lessons: int
    outcomes: int
    recorders: list[str]
    """Ids of people."""
    facilitators: list[str]
    complete: float
    gaps: str
    last: str
    fields: dict[str, str]
    """By name: the further texts that are kept ready for lists."""
    joins: list[RecordId]
    """Further records that are read as part of it."""
    stub: bool
    """Whether only what is inside it has come so far."""
    into: RecordId
    """The forum as part of which it is read."""
    group: list[str]
    """Where the forum has several records, the letters of all of them, the shown one first; in the
    row of another one than the shown, of the shown one alone."""
    trash: bool
    """Whether something inside it was deleted."""
    conflict: bool
    unseen: bool
    """Whether it was deleted and holds what its deletion had not seen."""
    file: list[int]
    """Size and CRC-32 of its own database."""


def list_row(
    session: Session,
    attendance: Iterable[Attendance],
    turns: Iterable[Turn],
    lessons: Iterable[Lesson],
    outcomes: Iterable[Outcome],
    *,
    completeness: Completeness,
    joined: Sequence[Session],
    last_change: str,
) -> ListRow:
    """What a list needs of a session, as it is kept in the view."""
    holders: dict[str, list[str]] = {"recorder": [], "facilitator": []}
    for one in attendance:
        for role, people in holders.items():
            if role in one.roles and one.presence != "absent":
                people.append(one.person)
    row: ListRow = {
        "id": session.id,
        "title": session.title,
        "series": session.series,
        "part": session.part,
        "date": session.date.isoformat() if session.date else None,
        "place": session.place,
        "status": session.status,
        "finished": session.finished,
        "sha256": session.source.sha256 if session.source else "",
        "turns": sum(1 for _ in turns),
        "lessons": sum(1 for _ in lessons),
        "outcomes": sum(1 for _ in outcomes),
        "recorders": holders["recorder"],
        "facilitators": holders["facilitator"],
        "complete": completeness.share,
        "gaps": _joined(completeness.gaps),
        "marks": sorted(session.marks),
        "last": last_change,
    }
    if more := {name: getattr(session, name) for name in listed()}:
        row["fields"] = more
    if joined:
        row["joins"] = [one.id for one in joined]
    return row


def session_row(
    row: Mapping[str, Any], people: Mapping[RecordId, Person], series: Mapping[RecordId, Series]
) -> SessionRow:
    """A kept row with its names; what many forums have in common is one text for all of them."""
    of_series = series.get(row["series"]) if row["series"] else None
    return SessionRow(
        id=row["id"],
        title=row["title"],
        series=RecordId(intern(row["series"])) if row["series"] else None,
        series_title=of_series.title if of_series else "",
        part=row["part"],
        date=date.fromisoformat(row["date"]) if row["date"] else None,
        place=intern(row["place"]),
        status=cast("SessionStatus", intern(row["status"])),
        finished=row["finished"],
        turns=row["turns"],
        lessons=row["lessons"],
        outcomes=row["outcomes"],
        recorders=_names(row["recorders"], people),
        facilitators=_names(row["facilitators"], people),
        complete=row["complete"],
        gaps=KeptGaps(intern(row["gaps"])),
        marks=frozenset(row["marks"]),
        joins=tuple(map(RecordId, row.get("joins", ()))),
        last_change=row["last"],
        fields=row.get("fields", _NONE),
    )


@cache
def listed() -> tuple[str, ...]:
    """The further texts of a forum that lists keep ready."""
    return tuple(name for name, facts in facts_of("session").items() if facts.listed)


class KeptGaps(Sequence[Gap]):
    """The gaps of a session as a list row keeps them: read only where somebody looks.

    Most lists show the first gap of a few sessions; making every gap of ten thousand takes as
    long as all the rest of the list.
    """

    __slots__ = ("_gaps", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._gaps: tuple[Gap, ...] | None = None

    def _read(self) -> tuple[Gap, ...]:
        if self._gaps is None:
            self._gaps = tuple(map(_gap, self._text.split(";"))) if self._text else ()
        return self._gaps

    def kinds(self) -> set[str]:
        """The kinds alone: a tenth of the time that making the gaps takes."""
        return {gap[: gap.index(",")] for gap in self._text.split(";")} if self._text else set()

    def __getitem__(self, at: Any) -> Any:
        return self._read()[at]

    def __len__(self) -> int:
        return len(self._read())

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._read() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._read())

    def __repr__(self) -> str:
        return repr(self._read())


def gap_kinds(row: SessionRow) -> set[str]:
    """The kinds of what a session lacks."""
    gaps = row.gaps
    return gaps.kinds() if isinstance(gaps, KeptGaps) else {gap.kind for gap in gaps}


def _joined(gaps: Iterable[Gap]) -> str:
    """Gaps in one text; kinds, levels, ids and numbers have neither comma nor semicolon."""
    return ";".join(f"{gap.kind},{gap.level},{gap.about or ''},{gap.count}" for gap in gaps)


@lru_cache(maxsize=2048)
def _gap(text: str) -> Gap:
    """Most sessions lack the same things; one value serves them all."""
    kind, level, about, count = text.split(",")
    return Gap(
        kind=cast("GapKind", kind),
        level=cast("GapLevel", level),
        about=RecordId(about) if about else None,
        count=int(count),
    )


def _names(ids: Iterable[str], people: Mapping[RecordId, Person]) -> tuple[str, ...]:
    named = {people[RecordId(one)].id: people[RecordId(one)].name for one in ids if one in people}
    return tuple(named.values())


def order(row: SessionRow) -> tuple[str, str]:
    """Latest first when sorted backwards: by day, undated ones by when they were made."""
    return (row.date.isoformat() if row.date else _made_on(row.id), row.id)


def _made_on(record_id: str) -> str:
    """The day in a session id's clock, ISO; empty for an id that is not ours."""
    letters = session_letters(record_id)
    if not CHANGE_ID.fullmatch(letters):
        return ""
    return datetime.fromtimestamp(clock_milliseconds(letters) / 1000, UTC).date().isoformat()
