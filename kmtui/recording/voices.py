"""Who is speaking: the last speakers in turn, completed names, and names nearly known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from store.names import name_sort_key
from store.records import Person, RecordId

from .names import called, is_role_word, key_of, loose_key_of, meant, perhaps_meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody who speaks, known to the notebook or not yet."""

    name: str = ""
    """As written; empty for "nobody said who"."""
    person: RecordId | None = None
    """None for somebody who becomes a person with the first words."""
    label: str = ""
    """A role word taken as it was written; then there is no person."""

    @property
    def shown(self) -> str:
        """What stands at the left of the words."""
        return self.name or self.label

    @property
    def short(self) -> str:
        """For a narrow column."""
        return short_name(self.name) or self.label

    @property
    def key(self) -> str:
        """The same for the same speaker, however the name is written."""
        return self.person or key_of(self.shown)


NOBODY = Voice()


@dataclass(slots=True, kw_only=True)
class Voices:
    """The speakers of one forum.

    Tab goes through ``recent``, the latest first; while it does, their order stands still.
    """

    people: dict[RecordId, Person] = field(default_factory=dict)
    recent: list[Voice] = field(default_factory=list)
    now: Voice = NOBODY
    _round: list[Voice] = field(default_factory=list)
    """The order that Tab is going through; empty while it is not."""
    _at: int = 0

    def know(self, people: Iterable[Person]) -> None:
        """Learn of people of the notebook."""
        for person in people:
            self.people[person.id] = person

    def names(self) -> frozenset[str]:
        """The keys of all names and nicknames."""
        return frozenset(
            key_of(name)
            for person in self.people.values()
            for name in (person.name, *person.aliases)
        )

    def spoke(self, voice: Voice) -> None:
        """Somebody has said something: the first of the recent ones from now on."""
        self.now = voice
        self._round = []
        if voice.shown:
            self.recent = [voice, *(one for one in self.recent if one.key != voice.key)]

    def face(self, voice: Voice) -> None:
        """Turn to somebody who has not said anything yet."""
        self.now = voice
        self._round = []

    def forget_the_gone(self) -> None:
        """People who are no longer in the notebook are written names again."""

        def as_is(one: Voice) -> Voice:
            gone = one.person is not None and one.person not in self.people
            return Voice(name=one.name) if gone else one

        self.now = as_is(self.now)
        self.recent = [as_is(one) for one in self.recent]
        self._round = []

    def join(self, voices: Iterable[Voice]) -> None:
        """Put people who are there behind those who have spoken."""
        keys = {one.key for one in self.recent}
        for voice in voices:
            if voice.key not in keys:
                keys.add(voice.key)
                self.recent.append(voice)

    def became(self, name: str, person: Person) -> None:
        """A new name is a person of the notebook now."""
        self.know([person])
        self.swap(Voice(name=name), Voice(name=person.name, person=person.id))

    def swap(self, old: Voice, new: Voice) -> None:
        """The one is the other: everywhere from now on."""
        seen: dict[str, Voice] = {}
        for one in self.recent:
            voice = new if one.key == old.key else one
            seen.setdefault(voice.key, voice)
        self.recent = list(seen.values())
        self._round = [new if one.key == old.key else one for one in self._round]
        if self.now.key == old.key:
            self.now = new

    def turn_to(self, step: int) -> Voice:
        """The next (1) or the previous (-1) of the recent speakers; it becomes the one now."""
        if not self._round:
            others = [one for one in self.recent if one.key != self.now.key]
            self._round = [self.now, *others]
            self._at = 0
        self._at = (self._at + step) % len(self._round)
        self.now = self._round[self._at]
        return self.now

    def complete(self, beginning: str) -> list[Voice]:
        """Known people whose name begins so, the latest speakers first; then slips of a tone."""
        found = self._beginning(key_of(beginning), key_of)
        known = {one.key for one in found}
        slips = self._beginning(loose_key_of(beginning), loose_key_of)
        return found + [one for one in slips if one.key not in known]

    def _beginning(self, wanted: str, key: Callable[[str], str]) -> list[Voice]:
        if not wanted:
            return []
        speaking = {one.person: place for place, one in enumerate(self.recent)}
        found = [one for one in self.people.values() if _begins(one, wanted, key)]
        found.sort(key=lambda one: (speaking.get(one.id, len(speaking)), name_sort_key(one.name)))
        newcomers = [
            one
            for one in self.recent
            if one.person is None and one.name and key(one.name).startswith(wanted)
        ]
        return newcomers + [Voice(name=one.name, person=one.id) for one in found]

    def begin_round(self, order: list[Voice]) -> Voice:
        """Let Tab go through these; the first becomes the one now."""
        self._round = order
        self._at = 0
        self.now = order[0]
        return self.now

    def find(self, name: str) -> Voice:
        """Who is meant by a written name; a voice without a person where nobody is known."""
        written = key_of(name)
        for one in self.recent:
            if one.shown and key_of(one.shown) == written:
                return one
        for person in self.people.values():
            if written in {key_of(each) for each in (person.name, *person.aliases)}:
                return Voice(name=person.name, person=person.id)
        known = meant(name, self._here()) or meant(name, self.people.values())
        if known is not None:
            return Voice(name=known.name, person=known.id)
        if is_role_word(name):
            return Voice(label=name)
        return Voice(name=name)

    def near(self, name: str) -> Person | None:
        """A known person whose name is nearly this one; those who speak here first."""
        near = perhaps_meant(name, self._here()) or perhaps_meant(name, self.people.values())
        return near[0] if near else None

    def _here(self) -> list[Person]:
        return [
            self.people[one.person]
            for one in self.recent
            if one.person is not None and one.person in self.people
        ]


def short_name(name: str) -> str:
    """The name without "คุณ", which nearly everybody has; other titles stay."""
    return name.removeprefix("คุณ").strip() or name


def _begins(person: Person, wanted: str, key: Callable[[str], str]) -> bool:
    names = (*called(person.name), *person.aliases)
    return any(key(name).startswith(wanted) for name in names)
