"""The words of Thai and the names of this notebook, read in when the first Thai line is broken.

``words_th.txt`` is the word list of PyThaiNLP, as it comes in that package, under CC0; see
``words_th.NOTICE.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Final

FILE: Final = Path(__file__).parent / "words_th.txt"
LONGEST: Final = 24
"""Letters of the longest name; a longer one is broken between its words."""
_SHORTEST: Final = 2
"""Letters of the shortest name."""
_RUN: Final = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_TITLE: Final = re.compile(
    "(?:คุณ|ท่าน|นางสาว|นาง|นาย|พี่|น้อง|ลุง|ป้า|น้า|ยาย|ปู่|ย่า|พ่อ|แม่|อาจารย์|ครู|หมอ|ผู้ใหญ่|กำนัน|ปลัด)"
    "(?=[ก-ฮเแโใไ].{2})"
)
"""What a name is written with by one speaker and without by the next."""
_OURS: Final = frozenset(
    (
        "คุณเอื้อ", "คุณอำนวย", "คุณกิจ", "คุณประสาน", "คุณบันทึก", "คุณลิขิต", "คุณนำ",
        "คุณนำกระบวนการ", "วงย่อย", "หัวปลา", "ถอดบทเรียน", "แอป", "เทอร์มินัล",
        "แฟลชไดรฟ์", "โฟลเดอร์", "ก๊อป",
    )
)  # fmt: skip
"""Words of the field and of this program that the list lacks; they stay whole as names do."""
_loaded: frozenset[str] | None = None
_names: frozenset[str] = _OURS
_forgetting: list[Callable[[], None]] = []
_lock = Lock()


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
    """Names that stay whole; another set whenever they change."""
    return _names


def keep_whole(written: Iterable[str]) -> None:
    """From now on no line is broken inside these names; safe from any thread.

    Args:
        written: All names of the notebook: people, agencies, places, as they are written.
    """
    _keep(_OURS.union(_parts(written)))


def keep_whole_too(written: Iterable[str]) -> None:
    """The same for some names more, met since."""
    _keep(_parts(written), besides=True)


def _parts(written: Iterable[str]) -> frozenset[str]:
    """The runs of letters in names, with the title before them and without."""
    runs = {run for name in written for run in _RUN.findall(name)}
    runs |= {_TITLE.sub("", run, count=1) for run in runs}
    return frozenset(run for run in runs if _SHORTEST <= len(run) <= LONGEST)


def _keep(wanted: frozenset[str], *, besides: bool = False) -> None:
    global _names
    with _lock:
        wanted = wanted | _names if besides else wanted
        if wanted == _names:
            return
        _names = wanted
        forgetting = tuple(_forgetting)
    for forget in forgetting:
        forget()


def when_names_change(forget: Callable[[], None]) -> None:
    """Have this called when other names stay whole than before."""
    _forgetting.append(forget)
