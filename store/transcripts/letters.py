"""The letters of a text file: which encoding its bytes are in, by rule and without guessing.

Order: a mark at the start, NUL bytes, strict UTF-8, UTF-16 without a mark, then Windows-874 where
nine of ten high bytes are Thai letters. Nothing is repaired: a wrong byte refuses the file.
"""

from __future__ import annotations

import codecs
from typing import Final

from .errors import DamagedText, NotReadableText

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "old Word .doc"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"PK\x03\x04", "packed file"),
    (b"\x1f\x8b", "packed file"),
    (b"Rar!", "packed file"),
    (b"7z\xbc\xaf", "packed file"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"ID3", "sound"),
    (b"RIFF", "sound"),
    (b"OggS", "sound"),
)
_ALLOWED_CONTROLS: Final = frozenset("\t\n\r\f\v\x1a\x85")
_THAI_BYTES: Final = frozenset((*range(0xA1, 0xDB), *range(0xDF, 0xFC)))


def letters(raw: bytes, name: str, declared: str = "") -> str:
    """The text that these bytes are.

    Args:
        raw: The whole file.
        name: For the refusal.
        declared: The encoding that the file itself names (a page's charset); empty where none.

    Raises:
        NotReadableText: They are no text.
        DamagedText: They are text up to a byte that no letter is made of.
    """
    for magic, found in _MAGIC:
        if raw.startswith(magic):
            raise NotReadableText(where=name, found=found)
    encoding = _encoding(raw, name, declared)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DamagedText(where=name, at=error.start) from error
    if "\0" in text or _controls(text) * 100 > len(text):
        raise NotReadableText(where=name, found="binary")
    return text.removeprefix("\ufeff")


def _encoding(raw: bytes, name: str, declared: str) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            if not encoding:
                raise NotReadableText(where=name, found="UTF-32")
            return encoding
    if declared and (wanted := _usable(declared)) and _decodes(raw, wanted):
        return wanted
    wide = _wide(raw)
    if b"\0" in raw and not wide:
        raise NotReadableText(where=name, found="binary")
    if wide and (b"\0" in raw or not _decodes(raw, "utf-8")):
        return wide
    if not _decodes(raw, "utf-8") and _mostly_thai(raw):
        return "cp874"
    return "utf-8"


def _usable(declared: str) -> str:
    """The codec for a charset that a page names; Windows-874 for all three Thai names."""
    lowered = declared.strip().lower()
    if lowered in {"tis-620", "tis620", "iso-8859-11", "windows-874", "cp874"}:
        return "cp874"
    return lowered if lowered in {"utf-8", "utf8"} else ""


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: every second byte is 0 (Latin) or 0x0E (Thai)."""
    if len(raw) < 2 or len(raw) % 2:
        return ""
    sample = raw[: 1 << 16]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if (high.count(0) + high.count(0x0E)) * 10 >= len(high) * 8:
            return encoding
    return ""


def _mostly_thai(raw: bytes) -> bool:
    high = [one for one in raw[: 1 << 20] if one >= 0x80]
    return bool(high) and sum(one in _THAI_BYTES for one in high) * 10 >= len(high) * 9


def _controls(text: str) -> int:
    return sum(one < " " and one not in _ALLOWED_CONTROLS for one in text)
