"""Thai as data: keys for finding and sorting, digits, text safe to show; what was typed stays."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

_TONE: Final = "\u0e48-\u0e4b"
_MARK: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_NIKHAHIT: Final = "\u0e4d"
_AA: Final = "\u0e32"
_AM: Final = "\u0e33"
_UNSEEN: Final = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad"
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Letters that take no room; and those that turn a line round, which chats and web pages leave."""

_LEVEL: Final = {
    mark: level
    for level, marks in enumerate(
        ("\u0e3a", "\u0e38\u0e39", "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d",
         "\u0e48\u0e49\u0e4a\u0e4b", "\u0e4c\u0e4e")
    )
    for mark in marks
}  # fmt: skip
"""From the letter outwards: what stands below it, its vowel, its tone, its cancelling mark."""

_DROPPED: Final = dict.fromkeys(map(ord, _UNSEEN))
_ARABIC: Final = {0x0E50 + digit: 0x30 + digit for digit in range(10)}
_THAI: Final = {0x30 + digit: 0x0E50 + digit for digit in range(10)}
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_FOR_SORTING: Final = {**_DROPPED, **_ARABIC, **_NARROW}
_ALIKE: Final = {**_FOR_SORTING, 0x0E45: _AA}
"""For finding: unseen letters away, one kind of digits, full-width letters narrow, ฤๅ as ฤา."""

_UNLIKE: Final = re.compile(f"[{_UNSEEN}๐-๙ๅ！-～]")
_RUN: Final = re.compile(f"[{_MARK}]{{2,}}")
_UNSETTLED: Final = re.compile("[ุู]ฺ|[ัิ-ื็ํ][ฺุู]|[่-๋][ัิ-ฺ็ํ]|[์๎][ัิ-ฺ็-๋ํ]|ํ[่-๋]*า|เเ|([ัิ-ฺ็-๎])\\1")
_SPLIT_AM: Final = re.compile(f"{_NIKHAHIT}([{_TONE}]*){_AA}")
_LATE_TONE: Final = re.compile(f"{_AM}[{_AM}{_MARK}]+")
_BLANKS: Final = re.compile(r"\s+")
_LOOSE_REPEAT: Final = re.compile(" (?=[ๆฯ])")
_TONES: Final = re.compile(f"[{_TONE}]")


def normalised(text: str) -> str:
    """One spelling for what looks the same: order of marks, เเ as แ, a split ำ as one letter."""
    if unicodedata.is_normalized("NFC", text) and not _UNSETTLED.search(text):
        return text
    while (settled := _once(text)) != text:
        text = settled
    return text


def _once(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("เเ", "แ")
    text = _RUN.sub(_outwards, text)
    return _SPLIT_AM.sub(rf"\1{_AM}", text) if _NIKHAHIT in text else text


def _outwards(run: re.Match[str]) -> str:
    """The marks of one letter from the letter outwards, none twice in a row."""
    marks = sorted(run[0], key=_LEVEL.__getitem__)
    return "".join(mark for at, mark in enumerate(marks) if marks[at - 1 : at] != [mark])


def search_key(text: str) -> str:
    """What is compared when somebody looks for words.

    One kind of digits, small letters, single blanks, nothing unseen, one spelling; ๆ and ฯ close
    to their word.
    """
    return _LOOSE_REPEAT.sub("", _BLANKS.sub(" ", _alike(text))).strip()


def _alike(text: str) -> str:
    if _UNLIKE.search(text):
        text = text.translate(_ALIKE)
    text = normalised(text)
    if _LATE_TONE.search(text):
        text = normalised(_LATE_TONE.sub(_marks_first, text))
    small = text.casefold()
    return text if small == text else normalised(small)


def _marks_first(run: re.Match[str]) -> str:
    """A tone that was typed after its ำ goes before it."""
    if not _TONES.search(run[0]):
        return run[0]
    marks = run[0].replace(_AM, "")
    return marks + _AM * (len(run[0]) - len(marks))


def loose_key(text: str) -> str:
    """The search key without tone marks: a second chance for a slip of the finger."""
    return loosened(search_key(text))


def loosened(key: str) -> str:
    """A search key, or many in one text, without tone marks."""
    return key.replace("่", "").replace("้", "").replace("๊", "").replace("๋", "")  # quicker


@lru_cache(maxsize=256)  # the rows in sight, again at every letter that is typed
def search_key_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """The search key, and where in the text each of its letters comes from.

    Returns:
        The key, and one code point offset into ``text`` for each letter of the key, plus the end.
        Letters of a piece that was respelled (marks in another order) share its offset;
        ``span_in_text`` reads a hit out of them.
    """
    key = search_key(text)
    if len(key) == len(text) and key == _letter_by_letter(text):
        return key, tuple(range(len(text) + 1))
    letters: list[str] = []
    places: list[int] = []
    for piece in _pieces().finditer(text):
        part = _key_of_piece(piece[0])
        if part in ("ๆ", "ฯ") and letters and letters[-1] == " ":
            letters.pop()
            places.pop()
        if part == " " and (not letters or letters[-1] == " "):
            continue
        letters += part
        start, end = piece.span()
        if len(part) == end - start and part == _letter_by_letter(piece[0]):
            places += range(start, end)
        else:
            places += [start] * len(part)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    if "".join(letters) != key:
        return key, (*[0] * len(key), len(text))
    return key, (*places, len(text))


def _letter_by_letter(text: str) -> str | None:
    """Each letter as it is in a key; None where a letter is none or two there."""
    alike = text.translate(_ALIKE)
    small = alike.casefold()
    return small if len(small) == len(alike) == len(text) else None


@cache
def _pieces() -> re.Pattern[str]:
    """Pieces of a text whose keys, put together, are the key of the text."""
    after = f"[{_MARK}\u0300-\u036f{_UNSEEN}]{{0,9}}"  # a bound keeps odd texts quick
    split = f"{_NIKHAHIT}{after}[{_AA}\u0e45]"
    late = f"(?:{_AM}|{split})[{_UNSEEN}]?[{_TONE}]{after}"
    return re.compile(
        rf"เ[{_UNSEEN}]*เ|[\s{_UNSEEN}]+|.(?:{after}{late}|{after}{split}|{after})", re.DOTALL
    )


@lru_cache(maxsize=4096)
def _key_of_piece(piece: str) -> str:
    if piece.isspace() or piece.strip(_UNSEEN) != piece:
        rest = piece.translate(_DROPPED)
        if not rest or rest.isspace():
            return " " if rest else ""
    return _alike(piece)


def loose_key_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """The same for the loose key."""
    key, places = search_key_with_places(text)
    if not _TONES.search(key):
        return key, places
    kept = [at for at, letter in enumerate(key) if not _TONES.match(letter)]
    return "".join(key[at] for at in kept), (*(places[at] for at in kept), places[-1])


def found_in(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where each of some words stands in a text as typed; but for tone marks where not exactly.

    Args:
        text: Somebody's words, as they are shown.
        words: What was looked for, parted by blanks.

    Returns:
        Code point offsets in order, none overlapping; empty where a word is nowhere in the text.
    """
    for key_of, places_of in (
        (search_key, search_key_with_places),
        (loose_key, loose_key_with_places),
    ):
        wanted = [word for word in key_of(words).split(" ") if word]
        key, places = places_of(text)
        if wanted and all(word in key for word in wanted):
            return _joined(span_in_text(text, places, *one) for one in _each(key, wanted))
    return ()


def _each(key: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    for word in wanted:
        at = key.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = key.find(word, at + len(word))


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def span_in_text(text: str, places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Where a stretch of the key, not empty, stands in the text.

    Args:
        text: The text as typed.
        places: As ``search_key_with_places`` gave them.
        start: Of the stretch, in letters of the key.
        end: Of the stretch, in letters of the key.

    Returns:
        Code point offsets, so that ``text[first:last]`` holds the stretch.
    """
    last = places[min(bisect_right(places, places[end - 1], lo=end - 1), len(places) - 1)]
    first = places[start]
    while last > first + 1 and (text[last - 1].isspace() or text[last - 1] in _UNSEEN):
        last -= 1
    return first, last


_SECOND: Final = re.compile(r"[็-๎\s.,()\"'ฯๆ\-\u2010-\u201f]")
_LED: Final = re.compile("([เ-ไ])([ก-ฮ])")
_NUMBER: Final = re.compile("[0-9]+")


def sort_key(text: str) -> tuple[str, str]:
    """Sorts as a Thai dictionary does, and ตอนที่ ๙ before ตอนที่ ๑๐.

    A vowel written before its letter counts after it; tones, blanks and dots only decide between
    words that are the same without them.
    """
    text = normalised(text.translate(_FOR_SORTING)).casefold()
    first = _LED.sub(r"\2\1", _SECOND.sub("", text))
    return _NUMBER.sub(lambda number: number[0].zfill(9), first), text


def element(text: str) -> str:
    """A tag or name as an element of a set: one spelling, single blanks."""
    return _BLANKS.sub(" ", normalised(text.translate(_DROPPED))).strip()


def arabic_digits(text: str) -> str:
    """๑๒ as 12."""
    return text.translate(_ARABIC)


def thai_digits(text: str) -> str:
    """12 as ๑๒."""
    return text.translate(_THAI)


_SAFE: Final = frozenset("\n\t\u200b\u200c\u200d\u00ad")
_UNSAFE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


class _Visible(dict[int, str]):
    """What is shown for a code point, found out when it is first seen."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        hidden = letter not in _SAFE and unicodedata.category(letter) in _UNSAFE
        self[code] = "\ufffd" if hidden else letter
        return self[code]


_visible: Final = _Visible()
_visible_on_a_line: Final = _Visible({0x09: " ", 0x0A: " "})


def shown(text: str) -> str:
    """Text of a person or a file, safe for a terminal: no escapes, no turned direction.

    As many code points as before, so offsets into the text stay right.
    """
    return text if text.isprintable() else text.translate(_visible)


def shown_line(text: str) -> str:
    """The same on one line: a newline or a tab is one blank."""
    return text if text.isprintable() else text.translate(_visible_on_a_line)
