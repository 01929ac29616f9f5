"""Small questions beside the line: Enter is yes, Esc is no, and nothing waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kmtui.words import _
from store.records import Person, RecordId

from .keeping import Job, LabelIs, SamePerson, SetFields
from .voices import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class IsItThem:
    """Is the one who was just made perhaps somebody known?"""

    newcomer: Person
    known: Person

    def asked(self) -> str:
        """The question as a person reads it."""
        sentence = _("{name} … is that {known}?   Enter = yes, Esc = somebody new")
        return sentence.format(name=self.newcomer.name, known=self.known.name)

    def yes(self) -> Job:
        """What a yes does."""
        return SamePerson(newcomer=self.newcomer, known=self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsRole:
    """A role word stood before a colon: who was it?"""

    label: str
    holder: Voice | None
    """Who holds that role here; None where nobody does."""

    def asked(self) -> str:
        """The question as a person reads it."""
        if self.holder is not None:
            sentence = _("{label} … is that {name}?   Enter = yes, Esc = the role")
            return sentence.format(label=self.label, name=self.holder.name)
        sentence = _("{label} … is that a person's name?   Enter = yes, Esc = the role")
        return sentence.format(label=self.label)

    def yes(self) -> Job:
        """What a yes does."""
        return LabelIs(label=self.label, voice=self.holder or Voice(name=self.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class IsItDay:
    """A day with a year of two digits: which one?"""

    outcome: RecordId
    written: str
    day: date
    day_shown: str
    text: str
    """The task without the day."""

    def asked(self) -> str:
        """The question as a person reads it."""
        sentence = _("{written} … is that {day}?   Enter = yes, Esc = not a day")
        return sentence.format(written=self.written, day=self.day_shown)

    def yes(self) -> Job:
        """What a yes does."""
        return SetFields(id=self.outcome, fields={"due": self.day, "text": self.text})


Question = IsItThem | WhoIsRole | IsItDay
