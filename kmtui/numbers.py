"""Numbers as people type them, in Thai or Arabic digits."""

from __future__ import annotations

from typing import Final

from kmtui.words import _
from store.errors import BadValue
from store.text import arabic_digits

_MOST_DIGITS: Final = 9


def whole_number(where: str, words: str) -> int:
    """A number from 0 up. Raises BadValue, which names the field ``where``."""
    digits = arabic_digits(words)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise BadValue(where=where, value=words, expected=_("a whole number"))
    return int(digits)
