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
    + rb"|\x06|\x07[\x07\x08]|\x09\x09|\x0a[\x01-\x06]|\A\x07|\x07\Z"
)
"""Marks out of order or doubled, a split ำ, more blanks than one, เเ, ำ before marks."""


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
"""Each letter as one of sixty-four; for triples."""
_LATIN: Final = 62
_OTHER: Final = 63
_THAI_NUMBER: Final = bytes(
    _THAI.index(byte) if byte in _THAI else _LATIN if chr(byte).isalpha() and byte < 128 else _OTHER
    for byte in range(256)
)
"""The same with every Thai letter apart from all others; for pairs."""
PAIRS: Final = 64 * 64
_SECOND: Final = 37
_THIRD: Final = 997
"""63 * (1 + 37 + 997) is less than 65,536: no sum runs over into the next triple."""


@lru_cache(maxsize=8)
def _low_bits(length: int) -> int:
    return int.from_bytes((TRIPLES - 1).to_bytes(2, "little") * length, "little")


def _side_by_side(letters: bytes) -> int:
    """Two bytes a letter in one long integer, so that all can be added at once."""
    lanes = bytearray(2 * len(letters))
    lanes[::2] = letters
    return int.from_bytes(lanes, "little")


def _taken_apart(every: int, length: int) -> array[int]:
    found = array("H", every.to_bytes(2 * length, "little"))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def triples(line: bytes) -> array[int]:
    """A number below ``TRIPLES`` for every three letters in a row, without regard to tones."""
    letters = without_tones(line).translate(_NUMBER)
    first = _side_by_side(letters)
    length = -(-len(letters) // 512) * 512
    every = (first + (first >> 16) * _SECOND + (first >> 32) * _THIRD) & _low_bits(length)
    return _taken_apart(every, length)[: max(0, len(letters) - 2)]


def pairs(line: bytes) -> array[int]:
    """A number below ``PAIRS`` for every two letters in a row, without regard to tones."""
    letters = without_tones(line).translate(_THAI_NUMBER)
    first = _side_by_side(letters)
    return _taken_apart(first + (first >> 16) * 64, len(letters))[: max(0, len(letters) - 1)]


def pair_mask(needle: bytes) -> int:
    """A bit for each pair that may stand where this needle of one or two letters does.

    -1 for a needle of nothing but tones.
    """
    found = without_tones(needle).translate(_THAI_NUMBER)
    if len(found) == 1:
        return sum(1 << found[0] + 64 * second for second in range(64))
    return 1 << found[0] + 64 * found[1] if found else -1
