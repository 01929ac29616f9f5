"""Search keys as bytes, one a Thai letter, and the triples of letters that stand in them.

A letter that cp874 has not is a question mark here; whoever finds one looks at the text itself.
"""

from __future__ import annotations

import re
import sys
from array import array
from functools import lru_cache
from typing import Final

from ..text import search_key

CODE: Final = "cp874"
_TONES: Final = "่้๊๋".encode(CODE)
TRIPLES: Final = 4096
"""How many kinds of triples are told apart."""


def in_bytes(key: str) -> bytes:
    """A search key as bytes."""
    return key.encode(CODE, "replace")


def without_tones(line: bytes) -> bytes:
    """The same without tone marks."""
    return line.translate(None, _TONES)


def _table(changes: dict[str, str]) -> bytes:
    table = bytearray(range(256))
    for letters, others in changes.items():
        for one, other in zip(letters.encode(CODE), others.encode(CODE), strict=True):
            table[one] = other
    return bytes(table)


_BLANKS: Final = "\t\n\v\f\r\x1c\x1d\x1e\x1f\xa0"
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL: Final = _table(
    {_CAPITALS: _CAPITALS.lower(), _BLANKS: " " * 10, "๐๑๒๓๔๕๖๗๘๙": "0123456789", "ๅ": "า"}
)
_SORTS: Final = ("ฺ", "ุู", "ัิีึื็", "่้๊๋", "์๎", "ํ", " ", "ๆฯ", "เ", "ำ")
_SORT: Final = bytes(
    next((at for at, sort in enumerate(_SORTS, 1) if bytes([byte]) in sort.encode(CODE)), 0)
    for byte in range(256)
)  # the empty sort of other letters is 0
_ODD: Final = re.compile(
    b"|".join(bytes([one, other]) for one in range(1, 6) for other in range(1, one + 1))
    + rb"|\x06|\x07[\x07\x08]|\x09\x09|\x0a\x04|\A\x07|\x07\Z"
)
"""Marks out of order or doubled, a split ำ, more blanks than one, เเ, ำ before its tone."""


def line_of(text: str) -> tuple[bytes, bytes]:
    """The search key of a text as bytes, and the text packed; nothing where they are the same."""
    try:
        raw = text.encode(CODE)
    except UnicodeEncodeError:
        return in_bytes(search_key(text)), b"u" + text.encode("utf-8", "surrogatepass")
    line = raw.translate(_SMALL)
    if _ODD.search(line.translate(_SORT)):
        line = in_bytes(search_key(text))
    return line, b"" if line == raw else b"t" + raw


def text_of(line: bytes, packed: bytes) -> str:
    """The text again."""
    if not packed:
        return line.decode(CODE)
    if packed[:1] == b"t":
        return packed[1:].decode(CODE)
    return packed[1:].decode("utf-8", "surrogatepass")


_THAI: Final = (
    "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮฯะัาำิีึืุูเแโใไๆ็์"
).encode(CODE)  # fmt: skip
_NUMBER: Final = bytes(
    _THAI.index(byte) if byte in _THAI else (byte * 5 + 3) % 64 for byte in range(256)
)
"""Each letter as one of sixty-four."""
_SECOND: Final = 37
_THIRD: Final = 997
"""63 * (1 + 37 + 997) is less than 65,536: no sum runs over into the next triple."""


@lru_cache(maxsize=8)
def _low_bits(length: int) -> int:
    return int.from_bytes((TRIPLES - 1).to_bytes(2, "little") * length, "little")


def triples(line: bytes) -> array[int]:
    """A number below ``TRIPLES`` for every three letters in a row, without regard to tones.

    All of them at once: two bytes a letter in one long integer, added to itself shifted.
    """
    letters = without_tones(line).translate(_NUMBER)
    lanes = bytearray(2 * len(letters))
    lanes[::2] = letters
    first = int.from_bytes(lanes, "little")
    length = -(-len(letters) // 512) * 512
    every = (first + (first >> 16) * _SECOND + (first >> 32) * _THIRD) & _low_bits(length)
    found = array("H", every.to_bytes(2 * length, "little"))
    if sys.byteorder == "big":
        found.byteswap()
    return found[: max(0, len(letters) - 2)]
