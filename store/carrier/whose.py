"""A laptop as a person names it: by its owner, or by the first letters of its id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..errors import N_, StoreError
from ..text import search_key
from .readings import Laptop, Stranger

_WHOLE: Final = re.compile(r"[0-9a-z]{10}")
_SHORTEST: Final = 2


class LaptopNotKnown(StoreError):
    """No laptop here has this owner or these letters."""

    kind = "laptop_not_known"
    sentence = N_(
        "No laptop here is called {where}. `kmtui sync --laptops` lists them; type the owner's name"
        " or the first letters of the id."
    )


class SeveralLaptops(StoreError):
    """A name or some letters fit more than one laptop."""

    kind = "several_laptops"
    sentence = N_("{where} fits several laptops: {laptops}. Type more letters of the id.")


class OwnLaptop(StoreError):
    """It is this laptop."""

    kind = "own_laptop"
    sentence = N_("{where} is this laptop itself. Name another one; nothing was changed.")


def the_laptop(words: str, laptops: Iterable[Laptop | Stranger]) -> str:
    """The id of the laptop that somebody means.

    Args:
        words: The owner's name, or the first letters of the id.
        laptops: Those that are here; a whole id may be of another.

    Raises:
        LaptopNotKnown, SeveralLaptops
    """
    words = words.strip()
    every: dict[str, Laptop | Stranger] = {one.id: one for one in laptops}
    if words in every or _WHOLE.fullmatch(words.lower()):
        return words if words in every else words.lower()
    named = [
        one for one in every.values() if one.name and search_key(one.name) == search_key(words)
    ]
    begun = [one for one in every.values() if one.id.startswith(words.lower())]
    fits = named or (begun if len(words) >= _SHORTEST else [])
    if len(fits) > 1:
        several = ", ".join(f"{one.name} {one.id}".strip() for one in fits)
        raise SeveralLaptops(where=words, laptops=several)
    if not fits:
        raise LaptopNotKnown(where=words)
    return fits[0].id


def another(laptop: str, mine: str) -> str:
    """The same laptop, which is not this one. Raises OwnLaptop."""
    if laptop == mine:
        raise OwnLaptop(where=laptop)
    return laptop
