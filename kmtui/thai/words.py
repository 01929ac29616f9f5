"""Where a line of Thai may end: between words, which are written without blanks between them.

Names of the notebook, abbreviations, numbers with their units, dates and times stay whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kmtui.thai.dictionary import names, when_names_change
from kmtui.thai.letters import CLOSERS, OPENERS, RETURNS, STAYS, WAITS
from kmtui.thai.shortest import word_ends

_THAI: Final = re.compile("[\u0e01-\u0e4e]")
_PIECE: Final = re.compile(
    r"(?P<short>(?<![\u0e01-\u0e4e])(?:[ก-ฮ]{1,4}\.)+(?:[ก-ฮ]{1,2}(?![\u0e01-\u0e4e.]))?|ฯลฯ)"
    r"|(?P<thai>[\u0e01-\u0e3a\u0e40-\u0e4e]+)"
    r"(?P<tail>\.(?:[ก-ฮ]{1,4}\.)*(?:[ก-ฮ]{1,2}(?![\u0e01-\u0e4e.]))?)?"
)
"""An abbreviation (พอช., ธ.ก.ส, น.ส.), or letters of words that may end in one (และธ.ก.ส.)."""
_BEFORE_NAME: Final = re.compile(
    r"(?:[ก-ฮ]|ดร|ผศ|รศ|ผอ|นพ|พญ|ภก|ภญ|สจ|ผญ|(?:ผศ|รศ|ศ|อ)\.ดร|น\.ส|ด\.ช|ด\.ญ"
    r"|ร\.ต|[พร]\.ต\.[ทอต]|[จส]\.[สต]\.[ตทอ])\."
)
"""An abbreviation that is read in one with what follows: อ.วรรณา, ต.ท่าข้าม, ม.3."""
_NUMBER_FOLLOWS: Final = re.compile(
    r"(?:[พค]\.ศ\.|(?<![ก-ฮ.])(?:จ|อ|พ|พฤ|ศ|ส|อา)\.|(?:คม|ยน|พันธ์)"
    r"|(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)\.) $"
)
"""What is read in one with the number behind it: พ.ศ. 2568, จ. 17, พ.ค. 2569, มกราคม 2569."""
_NUMBER_BEFORE: Final = re.compile(r"[0-9๐-๙] $")
_UNIT: Final = re.compile(
    r"(?:น|กก|กม|ซม|มม|ม|ล|ก|บ|ตร\.ม|ตร\.ว|ตร\.กม"
    r"|ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)\.(?![ก-ฮ])"
    r"|คน|ครั้ง|ปี|เดือน|วัน|สัปดาห์|อาทิตย์|บาท|ล้าน|แสน|หมื่น|พัน|ร้อย|นาที|ชั่วโมง|โมง|ทุ่ม|ไร่|วา|เมตร|กิโล|ลิตร"
    r"|ตัว|อัน|เล่ม|แผ่น|หมู่|กลุ่ม|ครัวเรือน|ราย|แห่ง|เวที|กุมภาพันธ์|[ก-์]{3,7}(?:คม|ยน)(?![ก-์])"
)
"""What a number counts, and a month: 08.30 น., 5 กก., 3 คน, 17 พ.ค. 2569."""
_ENDS_A_LINE: Final = CLOSERS - frozenset("\"'")
_QUOTES: Final = frozenset("\"'`")
_LONGEST_NAME: Final = 10
"""Letters of a name that nobody knows, where it ends at a blank."""
_BLANKS: Final = re.compile(r"[^\S\u00a0]+")


def breaks(run: str) -> tuple[int, ...]:
    """Where a line may end inside a run of letters without blanks.

    Args:
        run: Code points, no blank among them but U+00A0, which never breaks.

    Returns:
        Offsets in code points, rising; the last is the length of the run.
    """
    if not _THAI.search(run):
        return (len(run),)
    return _breaks(run, names())


@lru_cache(maxsize=8192)
def _breaks(run: str, _names: frozenset[str]) -> tuple[int, ...]:
    """The same; names that change meanwhile make it another question."""
    ends: list[int] = []
    at = 0
    is_name = False
    for piece in _PIECE.finditer(run):
        if piece.start() > at:
            ends.append(piece.start())
        is_name = is_name and piece.start() == at and _ends_as_name(piece)
        words = [] if piece["short"] or is_name else _ends_of_words(piece)
        ends += words
        at = piece.end()
        is_name = _BEFORE_NAME.fullmatch(run, max([piece.start(), *words]), at) is not None
        if not is_name:
            ends.append(at)
    inside = (end for end in dict.fromkeys(ends) if end < len(run) and _may_end(run, end))
    return (*inside, len(run))


when_names_change(_breaks.cache_clear)


def _ends_as_name(piece: re.Match[str]) -> bool:
    """Whether what stands behind a title is likely one name and nothing more."""
    return piece.end() == len(piece.string) and piece.end() - piece.start() <= _LONGEST_NAME


def _ends_of_words(piece: re.Match[str]) -> list[int]:
    ends = word_ends(piece["thai"], is_before_dot=bool(piece["tail"]))
    return [piece.start() + end for end in ends[:-1]]


def _may_end(run: str, at: int) -> bool:
    """Whether a line may end where a word does; a dictionary knows nothing of marks."""
    before, after = run[at - 1], run[at]
    if after in STAYS or after in CLOSERS or before in WAITS:
        return False
    thai_before, thai_after = _THAI.match(before), _THAI.match(after)
    if thai_before and thai_after:
        return True
    if not (thai_before or thai_after):
        return False  # a file's name, 2568)
    if before == ".":
        return not run[at - 2 : at - 1].isdigit()  # 3.คุณนำ
    if before in _ENDS_A_LINE or after in OPENERS:
        return True
    if before in _QUOTES:
        return before in run[: at - 1]
    other = after if thai_before else before
    return other.isalpha() or not (other.isascii() or other.isdigit() or other == "\u00a0")


def words_in(text: str) -> list[str]:
    """The text in words, each with the blanks behind it; put together they are the text."""
    found: list[str] = []
    at = 0
    for blank in _BLANKS.finditer(text):
        _add_run(text[at : blank.start()], found)
        if found:
            found[-1] += blank[0]
        else:
            found.append(blank[0])
        at = blank.end()
    _add_run(text[at:], found)
    return found


def _add_run(run: str, found: list[str]) -> None:
    at = 0
    for end in breaks(run) if run else ():
        if not at and found and _stays_together(found[-1], run):
            found[-1] += run[:end]
        else:
            found.append(run[at:end])
        at = end


def _stays_together(before: str, run: str) -> bool:
    """Whether no line ends at the blank between these two: จริง ๆ, 08.30 น., พ.ศ. 2568."""
    # U+00A0 is a letter here, not a blank.
    first, last = run[0], before.replace("\u00a0", "_").rstrip()[-1:]
    if first in RETURNS or last in WAITS:
        return True
    if first.isdigit():
        return _NUMBER_FOLLOWS.search(before) is not None
    return _NUMBER_BEFORE.search(before) is not None and _UNIT.match(run) is not None
