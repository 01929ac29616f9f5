"""Names as they are typed: compared, shortened and told apart from role words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from store.records import Person
from store.vocabulary import Role

TITLES: Final = (
    "คุณ", "นาย", "นางสาว", "นาง", "อาจารย์", "อ.", "ดร.", "ผอ.", "พี่", "น้อง", "ลุง", "ป้า", "ครู",
)  # fmt: skip
ROLE_WORDS: Final[Mapping[str, Role]] = {
    "คุณเอื้อ": "sponsor",
    "คุณอำนวย": "facilitator",
    "คุณกิจ": "practitioner",
    "คุณบันทึก": "recorder",
    "คุณลิขิต": "recorder",
    "คุณประสาน": "coordinator",
    "คุณนำกระบวนการ": "process_lead",
}


def key_of(name: str) -> str:
    """The same for two ways of typing one name."""
    return "".join(name.split()).casefold()


def bare(name: str) -> str:
    """The name without the title before it."""
    for title in TITLES:
        if name.startswith(title) and len(name) > len(title) + 1:
            return name.removeprefix(title).strip()
    return name


def is_role_word(name: str) -> bool:
    """Whether this is what a role is called, and so perhaps nobody's name."""
    return key_of(name) in ROLE_WORDS


def role_named(word: str) -> Role | None:
    """The role that a role word names."""
    return ROLE_WORDS.get(key_of(word))


def nearly(name: str, person: Person) -> bool:
    """Whether a typed name is perhaps a slip for this person's."""
    return False
