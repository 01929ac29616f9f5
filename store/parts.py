"""Which part of a series a title says it is: ตอนที่ ๖, (3.2), ครั้งที่ 2/2549, ตอนจบ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .errors import N_, StoreError
from .text import search_key_with_places, span_in_text


class BadPart(StoreError):
    """The words are no part number that can be read."""

    kind = "bad_part"
    sentence = N_("“{words}” cannot be read as a part number. Write for example 6 or ตอนที่ ๖.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReading:
    """Which part of a series some words say it is."""

    number: int | None
    """None where only the words say it (ตอนจบ, ต่อ)."""
    text: str
    """As written: (3.2), ตอนที่ ๖."""
    last: bool = False
    """The end of the series (จบ)."""
    year: int | None = None
    """พ.ศ., of a number that is counted by the year: ครั้งที่ 2/2549."""
    start: int = 0
    """Code points: ``text`` stands at ``[start:end]``."""
    end: int = 0


@cache
def _part_pattern() -> re.Pattern[str]:
    number = r"(?P<n{i}>\d{{1,3}})(?:\.\d{{1,2}}(?!\d))?(?!\d)"
    forms = (
        r"\(? ?(?:ตอน|ภาค|part|no\.?)(?:ที่)? ?" + number + r"(?: ?\))?",
        r"\(?ครั้งที่ ?" + number + r"(?:/(?P<year>2\d{{3}}))?\)?",
        r"\( ?" + number + r" ?\)",
        r"\[ ?" + number + r" ?\]",
        r"(?<=:) ?" + number + r"\.(?= |$)",
        r"\(? ?ตอน(?P<last{i}>จบ) ?\)?|\( ?ต่อ ?\)",
    )
    joined = "|".join(form.format(i=at) for at, form in enumerate(forms))
    return re.compile(rf"(?:{joined})(?: ?\(?(?P<last>จบ)\)?)?")


def read_part(words: str) -> PartReading:
    """The part number that these words are: ตอนที่ ๖, (3.2), ครั้งที่ 2/2549, 6.

    Raises:
        BadPart: They are none.
    """
    key, places = search_key_with_places(words)
    plain = re.fullmatch(r":? ?([0-9]{1,3})(?:\.[0-9]{1,2})?\.?", key)
    found = _part_pattern().fullmatch(key)
    if plain:
        return PartReading(number=int(plain[1]), text=words.strip(), end=len(words))
    if found is None:
        raise BadPart(words=words.strip())
    start, end = span_in_text(words, places, 0, len(key))
    return _part(found, words, start, end)


def find_part(title: str) -> PartReading | None:
    """The part number in a title; None where there is none.

    ``ตอนที่`` counts before ``ครั้งที่``, and both before a number in brackets.
    """
    key, places = search_key_with_places(title)
    found = min(_part_pattern().finditer(key), key=_rank, default=None)
    if found is None:
        return None
    start, end = span_in_text(title, places, found.start(), found.end())
    return _part(found, title, start, end)


def _rank(found: re.Match[str]) -> int:
    return next((at for at in range(5) if found[f"n{at}"]), 5)


def _part(found: re.Match[str], words: str, start: int, end: int) -> PartReading:
    number = next((found[f"n{at}"] for at in range(5) if found[f"n{at}"]), None)
    text = words[start:end]
    return PartReading(
        number=int(number) if number else None,
        text=text.strip(),
        last=bool(found["last"] or found["last5"]),
        year=int(found["year"]) if found["year"] else None,
        start=start + len(text) - len(text.lstrip()),
        end=end,
    )
