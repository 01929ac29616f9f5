"""The words of Thai and the names of this notebook, read in when the first Thai line is broken.

``words_th.txt`` is the word list of PyThaiNLP, as it comes in that package, under CC0; see
``words_th.NOTICE.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "words_th.txt"
LONGEST: Final = 40
"""Letters of the longest word that is looked for."""
_RUN: Final = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]{2,}")
_OURS: Final = frozenset(
    (
        "คุณเอื้อ", "คุณอำนวย", "คุณกิจ", "คุณประสาน", "คุณบันทึก", "คุณลิขิต", "คุณนำ",
        "คุณนำกระบวนการ", "วงย่อย", "หัวปลา", "ถอดบทเรียน", "แอป", "เทอร์มินัล",
        "แฟลชไดรฟ์", "โฟลเดอร์",
    )
)  # fmt: skip
"""Words of the field and of this program that the list lacks; they stay whole as names do."""
_loaded: frozenset[str] | None = None
_names: frozenset[str] = _OURS
_forgetting: list[Callable[[], None]] = []


def words() -> frozenset[str]:
    """Every word of the list; 30 ms the first time."""
    global _loaded
    if _loaded is None:
        _loaded = frozenset(FILE.read_text(encoding="utf-8").split("\n"))
    return _loaded


def is_loaded() -> bool:
    """Whether the list has been read in."""
    return _loaded is not None


def names() -> frozenset[str]:
    """Names that stay whole."""
    return _names


def keep_whole(written: Iterable[str]) -> None:
    """From now on no line is broken inside these names.

    Args:
        written: All names of the notebook: people, agencies, places, as they are written.
    """
    global _names
    wanted = _OURS.union(part for name in written for part in _RUN.findall(name))
    if wanted != _names:
        _names = wanted
        for forget in _forgetting:
            forget()


def when_names_change(forget: Callable[[], None]) -> None:
    """Have this called when other names stay whole than before."""
    _forgetting.append(forget)
