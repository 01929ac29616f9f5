"""Who is meant by a written name: somebody known, or somebody new. Nobody is silently made twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kmtui.words import _
from store.records import Agency, Person, Record, RecordId

from .likeness import Found, agency_key, is_role_word, match_agency, match_person, person_key
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
        self.warnings: list[Warned] = []
        self._people = list(people)
        self._agencies = list(agencies)
        self._names: dict[RecordId, str] = {
            one.id: title_of(one) for one in (*self._people, *self._agencies)
        }
        self._settled: dict[str, RecordId] = {}
        self._new_id = new_id
        self._is_same = is_same

    def name_of(self, id: RecordId) -> str:
        """What a person or an agency of this call is called."""
        return self._names.get(id, id)

    def is_role_word(self, written: str) -> bool:
        """Whether this names a role, and nobody known is called so."""
        return is_role_word(written) and match_person(written, self._people).how != "same"

    def person(self, written: str, line: int | None = None) -> RecordId:
        """The person whom this name means; a new one where nobody known is meant."""
        key = "person " + person_key(written)
        if key not in self._settled:
            self._settled[key] = self._meant(match_person(written, self._people), written, line)
        return self._settled[key]

    def settle(self, written: str, person: RecordId) -> None:
        """From now on this name means this person."""
        self._settled["person " + person_key(written)] = person

    def agency(self, written: str) -> RecordId:
        """The agency that this name means; a new one where none known is meant."""
        key = "agency " + agency_key(written)
        if key not in self._settled:
            found = match_agency(written, self._agencies)
            self._settled[key] = found.record.id if found.record else self._new_agency(written)
        return self._settled[key]

    def _meant(self, found: Found, written: str, line: int | None) -> RecordId:
        known = found.record
        if known is None:
            return self._new_person(written)
        if found.how == "same":
            return known.id
        if self._is_same is not None:
            same = self._is_same(written, title_of(known))
            return known.id if same else self._new_person(written)
        return self._safely(found, known, written, line)

    def _safely(self, found: Found, known: Record, written: str, line: int | None) -> RecordId:
        """The reading that is taken where nobody can be asked."""
        name = title_of(known)
        if found.how == "title_differs":
            message = _("{written} is taken to be {known}.").format(written=written, known=name)
            self.warnings.append(Warned(kind="taken_for_known", message=message, line=line))
            return known.id
        message = _("{written} is kept as a new person, but is nearly {known}.").format(
            written=written, known=name
        )
        self.warnings.append(Warned(kind="near_name", message=message, line=line))
        return self._new_person(written)

    def _new_person(self, written: str) -> RecordId:
        person = Person(id=self._new_id("person"), name=" ".join(written.split()))
        self._people.append(person)
        return self._keep(person)

    def _new_agency(self, written: str) -> RecordId:
        agency = Agency(id=self._new_id("agency"), short=" ".join(written.split()))
        self._agencies.append(agency)
        return self._keep(agency)

    def _keep(self, record: Record) -> RecordId:
        self.new.append(record)
        self._names[record.id] = title_of(record)
        return record.id
