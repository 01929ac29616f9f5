"""Thai as data: keys for finding and sorting, digits, and text that is safe to show.

What a person typed is kept as it was; these are made from it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNSEEN: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_TO_ARABIC: Final = {0x0E50 + digit: str(digit) for digit in range(10)}
_TO_THAI: Final = {ord(str(digit)): chr(0x0E50 + digit) for digit in range(10)}
_RANK: Final = {
    **dict.fromkeys("ฺุู", 0),
    **dict.fromkeys("ัิีึื็ํ", 1),
    **dict.fromkeys("่้๊๋", 2),
    **dict.fromkeys("์๎", 3),
}
_MARKS: Final = re.compile("[ัิ-ฺ็-๎]{2,}")
_SPLIT_AM: Final = re.compile("([่-๋]?)ํ([่-๋]?)า")
_BLANKS: Final = re.compile(r"\s+")
_BEFORE_REPEAT: Final = re.compile(r"\s+(?=[ๆฯ])")
_TONES: Final = re.compile("[่-๋]")
_LEADING: Final = re.compile("([เ-ไ])([ก-ฮ])")
_SECOND: Final = re.compile(r"[็-์๎\s.,()\-\"ฯๆ]")
_KEPT_FORMATS: Final = frozenset("\u200b\u200c\u200d\u00ad")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def _in_order(found: re.Match[str]) -> str:
    marks = sorted(found[0], key=_RANK.__getitem__)
    return "".join(mark for at, mark in enumerate(marks) if at == 0 or mark != marks[at - 1])


def normalised(text: str) -> str:
    """One spelling for what looks the same on paper: order of marks, เเ as แ, ํา as ำ."""
    text = unicodedata.normalize("NFC", text).replace("เเ", "แ")
    if "ํ" in text:
        text = _SPLIT_AM.sub(r"\1\2ำ", text)
    return _MARKS.sub(_in_order, text)


def search_key(text: str) -> str:
    """What is compared when somebody looks for words."""
    text = normalised(text.translate(_UNSEEN | _TO_ARABIC)).casefold()
    return _BEFORE_REPEAT.sub("", _BLANKS.sub(" ", text)).strip()


def loose_key(text: str) -> str:
    """The search key without tone marks: a second chance for a slip of the finger."""
    return _TONES.sub("", search_key(text))


def sort_key(text: str) -> tuple[str, str, str]:
    """Sorts as a Thai dictionary does."""
    text = normalised(text.translate(_UNSEEN)).casefold()
    first = _SECOND.sub("", text)
    return _LEADING.sub(r"\2\1", first), text.translate(_TO_ARABIC), text


def element(text: str) -> str:
    """A tag or name as an element of a set: one spelling, single blanks."""
    return _BLANKS.sub(" ", normalised(text.translate(_UNSEEN))).strip()


def arabic_digits(text: str) -> str:
    """๑๒ as 12."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """12 as ๑๒."""
    return text.translate(_TO_THAI)


def shown(text: str) -> str:
    """Text of a person or a file, safe for a terminal: no escapes, no turned direction."""
    if text.isprintable():
        return text
    return "".join(_visible(letter) for letter in text)


def _visible(letter: str) -> str:
    if letter in "\n\t" or letter in _KEPT_FORMATS:
        return letter
    return "\ufffd" if unicodedata.category(letter) in _HIDDEN else letter


def shown_line(text: str) -> str:
    """The same on one line."""
    return _BLANKS.sub(" ", shown(text)).strip() if "\n" in text or "\t" in text else shown(text)
