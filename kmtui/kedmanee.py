"""The Thai (Kedmanee) layout: what each key of a Latin keyboard gives, and the way back.

A terminal says ``ctrl+ห`` where somebody pressed Ctrl and the S key under the Thai layout. It is
taken for ``ctrl+s`` before any screen or field sees it, so each binding needs to be made only once.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_ROWS: Final = (
    ("`1234567890-=", "_ๅ/-ภถุึคตจขช"),
    ("qwertyuiop[]\\", "ๆไำพะัีรนยบลฃ"),
    ("asdfghjkl;'", "ฟหกดเ้่าสวง"),
    ("zxcvbnm,./", "ผปแอิืทมใฝ"),
)
_SHIFTED_ROWS: Final = (
    ("`1234567890-=", "%+๑๒๓๔ู฿๕๖๗๘๙"),
    ("qwertyuiop[]\\", '๐"ฎฑธํ๊ณฯญฐ,ฅ'),
    ("asdfghjkl;'", "ฤฆฏโฌ็๋ษศซ."),
    ("zxcvbnm,./", "()ฉฮฺ์?ฒฬฦ"),
)


def _table(rows: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {
        latin: thai for keys, letters in rows for latin, thai in zip(keys, letters, strict=True)
    }


PLAIN: Final = _table(_ROWS)
"""What a key gives, by what it gives on the Latin layout."""
SHIFTED: Final = _table(_SHIFTED_ROWS)
"""The same with Shift, by what the key gives without."""
_NAMES: Final = {
    "`": "grave_accent",
    "-": "minus",
    "=": "equals_sign",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "\\": "backslash",
    ";": "semicolon",
    "'": "apostrophe",
    ",": "comma",
    ".": "full_stop",
    "/": "slash",
}
"""What Textual calls the keys that are neither letters nor digits."""


def named(letter: str) -> str:
    """A Thai letter as Textual names its key: itself, and a mark above or below by its name."""
    if letter.isalnum():
        return letter
    return unicodedata.name(letter).lower().replace("-", "_").replace(" ", "_")


def _is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"


_BACK: Final = {
    spelled: (modifier, _NAMES.get(latin, latin))
    for modifier, table in (("", PLAIN), ("shift", SHIFTED))
    for latin, thai in table.items()
    if _is_thai(thai)
    for spelled in {thai, named(thai)}
}
"""By the key as it is named: Shift or nothing, and the key of the Latin layout."""


def twin(key: str) -> str | None:
    """What the same key gives on the Thai layout, as people write it; None for the same.

    Args:
        key: As Textual names it, with its modifiers.
    """
    before, plus, last = key.rpartition("+")
    latin = next((one for one, name in _NAMES.items() if name == last), last)
    thai = PLAIN.get(latin)
    return f"{before}{plus}{thai}" if thai is not None and _is_thai(thai) else None


def latin(key: str) -> str:
    """The key of the Latin layout that was pressed with Ctrl; other keys are as they were.

    Args:
        key: As Textual names it, with its modifiers.
    """
    before, _plus, last = key.rpartition("+")
    modifiers = before.split("+")
    if "ctrl" not in modifiers or last not in _BACK:
        return key
    shift, pressed = _BACK[last]
    if shift and shift not in modifiers:
        modifiers.append(shift)
    return "+".join((*sorted(modifiers), pressed))
