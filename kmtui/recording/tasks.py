"""A task as it is typed: what, who (``@นก``) and by when (``ภายใน 30 พ.ย. 2569``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_OWNER: Final = re.compile(r"(?:^|(?<=\s))@(?P<name>[^\s@]+)")
_BY: Final = re.compile(r"\s*(?:ภายใน(?:วันที่)?|by)\s*(?P<day>\S.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PerhapsDay:
    """A day whose year can be read in several ways."""

    written: str
    day: date
    """The likeliest."""
    shown: str
    """The same, as a person reads it."""
    text_without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done, taken apart."""

    text: str
    owner: str = ""
    """A written name; empty for nobody."""
    due: date | None = None
    perhaps: PerhapsDay | None = None
    """A day that somebody has to say yes to; then it is still in the text."""


def read_task(typed: str, today: date) -> Task:
    """Take a typed task apart; what is not understood stays in the words."""
    owner = ""
    if (named := _OWNER.search(typed)) is not None:
        owner = named["name"]
        typed = _joined(typed[: named.start()], typed[named.end() :])
    return Task(text=typed, owner=owner)


def _joined(before: str, after: str) -> str:
    return f"{before.rstrip()} {after.lstrip()}".strip()
