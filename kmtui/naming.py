"""Who is meant by a written name: somebody known, or somebody new; nobody is made twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from kmtui.words import _
from store.edits import Change
from store.names import Match, match, match_agency, role_word, speaker_word
from store.records import Agency, Person, Record, RecordId
from store.text import search_key

from .shapes import title_of

IsSame = Callable[[str, str], bool]
"""Asks a person: is the first name (as written now) the second one (as known)?"""
NewRecordId = Callable[[str], RecordId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A reading that was taken without asking, for somebody to look over."""

    kind: str
    message: str
    line: int | None = None
    """Line number of the file, from 1; None where there is no file or no one line."""

    def shape(self) -> dict[str, Any]:
        """As the document of a command has it."""
        return {"kind": self.kind, "message": self.message, "line": self.line}


class Naming:
    """The people and agencies of one call: each written name means one record.

    Args:
        people: Everybody known.
        agencies: Every agency known.
        new_id: A fresh id for a record of this kind.
        is_same: Asks whether a near name is the known one; None where nobody can answer: then a
            name that differs by its title only is the known one, any other is new, and either is
            warned about.
    """

    def __init__(
        self,
        people: Iterable[Person],
        agencies: Iterable[Agency],
        new_id: NewRecordId,
        is_same: IsSame | None = None,
    ) -> None:
        self.new: list[Record] = []
        self._warnings: list[Warned] = []
        self._people = list(people)
        self._agencies = list(agencies)
        self._names: dict[RecordId, str] = {
            one.id: title_of(one) for one in (*self._people, *self._agencies)
        }
        self._settled: dict[str, RecordId] = {}
        self._also: dict[RecordId, frozenset[str]] = {}
        self._new_id = new_id
        self._is_same = is_same

    def name_of(self, record: RecordId) -> str:
        """What a person or an agency of this call is called."""
        return self._names.get(record, record)

    def is_role_word(self, written: str) -> bool:
        """Whether this says what somebody does, and nobody known is called so."""
        if role_word(written) is None and not speaker_word(written):
            return False
        return not self._called(written)

    def person(self, written: str, line: int | None = None) -> RecordId:
        """The person whom this name means; a new one where nobody known is meant."""
        key = "person " + _key(written)
        if key not in self._settled:
            known = self._called(written)
            self._settled[key] = (
                known.id if known else self._meant(match(written, self._people), written, line)
            )
        return self._settled[key]

    def take_warnings(self) -> list[Warned]:
        """What was read without asking since the last time."""
        warned, self._warnings = self._warnings, []
        return warned

    def also_called(self, person: RecordId, alias: str) -> None:
        """A person has confirmed that this is another name of the same one."""
        self._settled["person " + _key(alias)] = person
        if alias != self.name_of(person):
            self._also[person] = self._also.get(person, frozenset()) | {alias}

    def belongs_to(self, person: RecordId, agency: RecordId) -> None:
        """A new person is of this agency; what is known of others is not touched."""
        self.new = [
            replace(one, agency=agency)
            if isinstance(one, Person) and one.id == person and one.agency is None
            else one
            for one in self.new
        ]

    def changes(self) -> list[Change]:
        """The names that known and new people are called by besides."""
        return [Change(person, add={"aliases": names}) for person, names in self._also.items()]

    def agency(self, written: str) -> RecordId:
        """The agency that this name means; a new one where none known is meant."""
        key = "agency " + _key(written)
        if key not in self._settled:
            found = match_agency(written, self._agencies)
            self._settled[key] = (
                found.same.id if found.same else self._perhaps_new_agency(found, written)
            )
        return self._settled[key]

    def _called(self, written: str) -> Person | None:
        """The one known person of exactly this name, also where it is a role's word."""
        key = _key(written)
        fits = [
            one for one in self._people if key in {_key(name) for name in (one.name, *one.aliases)}
        ]
        return fits[0] if len(fits) == 1 else None

    def _meant(self, found: Match[Person], written: str, line: int | None) -> RecordId:
        """The person of a name that nobody has to the letter."""
        if self._is_same is not None:
            for known in (found.same,) if found.same else found.near:
                if self._is_same(written, known.name):
                    self.also_called(known.id, written)
                    return known.id
            return self._new_person(written)
        if found.same is not None:
            sentence = _("{written} is taken to be {known}.")
            self._warn("taken_for_known", sentence, written, found.same.name, line)
            return found.same.id
        if found.near:
            known_names = ", ".join(one.name for one in found.near)
            sentence = _("{written} is kept as a new person, but is nearly {known}.")
            self._warn("near_name", sentence, written, known_names, line)
        return self._new_person(written)

    def _warn(self, kind: str, sentence: str, written: str, known: str, line: int | None) -> None:
        message = sentence.format(written=written, known=known)
        self._warnings.append(Warned(kind=kind, message=message, line=line))

    def _new_person(self, written: str) -> RecordId:
        person = Person(id=self._new_id("person"), name=" ".join(written.split()))
        self._people.append(person)
        return self._keep(person)

    def _perhaps_new_agency(self, found: Match[Agency], written: str) -> RecordId:
        """An agency that nobody has to the letter: พช. and พอช. differ by one."""
        for known in found.near:
            if self._is_same is not None and self._is_same(written, title_of(known)):
                return known.id
        if found.near and self._is_same is None:
            names = ", ".join(title_of(one) for one in found.near)
            sentence = _("{written} is kept as a new agency, but is nearly {known}.")
            self._warn("near_name", sentence, written, names, None)
        return self._new_agency(written)

    def _new_agency(self, written: str) -> RecordId:
        agency = Agency(id=self._new_id("agency"), short=" ".join(written.split()))
        self._agencies.append(agency)
        return self._keep(agency)

    def _keep(self, record: Record) -> RecordId:
        self.new.append(record)
        self._names[record.id] = title_of(record)
        return record.id


def _key(written: str) -> str:
    """The same for two ways of writing one name; blanks do not count."""
    return search_key(written).replace(" ", "")
