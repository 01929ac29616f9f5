"""Beginning a forum: the session, its recorder and facilitator, in one save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kmtui.settings import FILE
from kmtui.thai.lines import cut
from kmtui.words import _
from store.edits import Add, Edit
from store.names import is_person, match, name_key
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
    starts: str | None = None
    """Local time of day, ``HH:MM``."""
    ends: str | None = None
    place: str = ""
    recorders: tuple[str, ...] = ()
    """Names as typed."""
    facilitators: tuple[str, ...] = ()
    settled: Mapping[str, RecordId | None] = field(default_factory=dict)
    """Names that were asked about, and who is meant; None for somebody new."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A written name of which it is not sure who is meant."""

    written: str
    near: Person | None
    """Somebody known who is nearly called so; None for a role's word."""

    def asked(self) -> str:
        """The question as a person reads it."""
        if self.near is None:
            sentence = _("{label} … is that a person's name?   Enter = yes, Esc = the role")
            return sentence.format(label=cut(self.written, 30))
        sentence = _(
            "“{written}”: is that {name}?   Enter = yes   F8 = somebody new   Esc = change it"
        )
        return sentence.format(written=cut(self.written, 30), name=cut(self.near.name, 30))

    @property
    def yes(self) -> RecordId | None:
        """Who is meant after a yes; None for somebody new."""
        return self.near.id if self.near else None


def begin(notebook: Notebook, wanted: Beginning) -> RecordId | Doubt:
    """Begin a forum.

    Returns:
        The session; or, with nothing kept, a name that has to be asked about.

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
            person = meant(notebook, name, wanted.settled, newcomers)
            if isinstance(person, Doubt):
                return person
            holders.setdefault(person, set()).add(role)
    edits: list[Edit] = [Add(_session(session, wanted)), *map(Add, newcomers.values())]
    of_agency = {one.id: one.agency for one in notebook.people()}
    for person, roles in holders.items():
        agency = of_agency.get(person)
        there = Attendance(session=session, person=person, agency=agency, roles=frozenset(roles))
        edits.append(Add(there))
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
        starts=wanted.starts,
        ends=wanted.ends,
        place=wanted.place,
    )


def meant(
    notebook: Notebook,
    name: str,
    settled: Mapping[str, RecordId | None],
    newcomers: dict[str, Person],
) -> RecordId | Doubt:
    """Who is meant by a name, or what has to be asked first.

    Args:
        notebook: Where people are known.
        name: As typed.
        settled: Names that were asked about, and who is meant; None for somebody new.
        newcomers: Who is not kept yet, by name; somebody new is put in here.
    """
    if settled.get(name) is not None:
        return RecordId(str(settled[name]))
    for one in newcomers.values():
        if name_key(one.name) == name_key(name):
            return one.id
    found = match(name, notebook.people())
    if found.same is not None:
        return found.same.id
    if name not in settled and (found.near or not is_person(name)):
        return Doubt(name, found.near[0] if found.near else None)
    newcomers[name] = Person(id=notebook.new_id("person"), name=name)
    return newcomers[name].id


def keep_named(
    notebook: Notebook,
    name: str,
    settled: Mapping[str, RecordId | None],
    edits: Callable[[RecordId], Iterable[Edit]],
) -> Doubt | None:
    """Keep what is said of somebody by their name, in one save with those who are new.

    Args:
        notebook: Where it is kept.
        name: As typed.
        settled: Names that were asked about, and who is meant; None for somebody new.
        edits: What keeps it, once it is known who is meant.

    Returns:
        What has to be asked first; nothing is kept then. None where it was kept.
    """
    newcomers: dict[str, Person] = {}
    found = meant(notebook, name, settled, newcomers)
    if isinstance(found, Doubt):
        return found
    notebook.save(*map(Add, newcomers.values()), *edits(found))
    return None


def is_first_run(notebook: Notebook) -> bool:
    """Whether nobody has said, chosen or recorded anything yet."""
    if notebook.owner or (notebook.folder / FILE).exists():
        return False
    return not notebook.people() and not notebook.sessions()
