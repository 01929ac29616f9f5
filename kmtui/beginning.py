"""Beginning a forum: the session, its recorder and facilitator, in one save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from store.edits import Add, Edit
from store.names import match
from store.notebook import Notebook
from store.records import Attendance, Person, RecordId, Session
from store.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What was said about a forum before it began."""

    title: str
    series: RecordId | None = None
    part: int | None = None
    day: date | None = None
    until: date | None = None
    place: str = ""
    recorders: tuple[str, ...] = ()
    """Names as typed."""
    facilitators: tuple[str, ...] = ()
    settled: Mapping[str, RecordId | None] = field(default_factory=dict)
    """Names that were asked about, and who is meant; None for somebody new."""


def begin(notebook: Notebook, wanted: Beginning) -> RecordId | tuple[str, Person]:
    """Begin a forum.

    Returns:
        The session; or, with nothing kept, a typed name and the known person whom it nearly names.

    Raises:
        StoreError: As ``Notebook.save``.
    """
    session = notebook.new_id("session")
    holders: dict[RecordId, set[Role]] = {}
    newcomers: dict[str, Person] = {}
    named: tuple[tuple[tuple[str, ...], Role], ...] = (
        (wanted.recorders, "recorder"),
        (wanted.facilitators, "facilitator"),
    )
    for names, role in named:
        for name in names:
            person = _meant(notebook, name, wanted.settled, newcomers)
            if isinstance(person, Person):
                return name, person
            holders.setdefault(person, set()).add(role)
    edits: list[Edit] = [Add(_session(session, wanted)), *map(Add, newcomers.values())]
    for person, roles in holders.items():
        edits.append(Add(Attendance(session=session, person=person, roles=frozenset(roles))))
    notebook.save(*edits)
    return session


def _session(session: RecordId, wanted: Beginning) -> Session:
    return Session(
        id=session,
        title=wanted.title,
        series=wanted.series,
        part=wanted.part,
        date=wanted.day,
        until=wanted.until,
        place=wanted.place,
    )


def _meant(
    notebook: Notebook,
    name: str,
    settled: Mapping[str, RecordId | None],
    newcomers: dict[str, Person],
) -> RecordId | Person:
    """Who is meant by a name: an id, or a known person who has to be asked about."""
    if settled.get(name) is not None:
        return RecordId(str(settled[name]))
    if name in newcomers:
        return newcomers[name].id
    found = match(name, notebook.people())
    if found.same is not None:
        return found.same.id
    if found.near and name not in settled:
        return found.near[0]
    newcomers[name] = Person(id=notebook.new_id("person"), name=name)
    return newcomers[name].id
