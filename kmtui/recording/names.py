"""Names as they are typed at the desk: who is meant, who is perhaps meant, and role words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from store.names import match, role_word, speaker_word, split_name, without_nickname
from store.records import Person
from store.text import loose_key, search_key
from store.vocabulary import Role


@lru_cache(maxsize=32_768)
def key_of(name: str) -> str:
    """The same for two ways of typing one name."""
    return search_key(name).replace(" ", "")


@lru_cache(maxsize=32_768)
def loose_key_of(name: str) -> str:
    """The same for two names that differ in tone marks only."""
    return loose_key(name).replace(" ", "")


@lru_cache(maxsize=32_768)
def called(name: str) -> tuple[str, ...]:
    """What somebody of this name can be called: all of it, without the title, by the nickname."""
    given = split_name(name).given
    return tuple(filter(None, (name, given, without_nickname(given)[1])))


def is_role_word(name: str) -> bool:
    """Whether this says what somebody does, and so perhaps nobody's name."""
    return role_word(name) is not None or speaker_word(name)


def role_named(word: str) -> Role | None:
    """The role that a word is the word for; None for others (พิธีกร)."""
    return role_word(word)


def meant(name: str, people: Iterable[Person]) -> Person | None:
    """The one person whom a written name names beyond reasonable doubt."""
    return match(name, people).same


def perhaps_meant(name: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """People whom a written name may name; to be asked about."""
    return match(name, people).near
