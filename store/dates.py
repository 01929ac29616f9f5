"""Dates, times and part numbers as people write them: พ.ศ., Thai digits, two-digit years.

Stored dates are Gregorian; พ.ศ. (543 ahead) is read and shown. Spellings: field/TRANSCRIPTS M.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from .errors import N_, StoreError
from .text import arabic_digits, thai_digits

ERA: Final = 543
"""Years that พ.ศ. is ahead of the Gregorian year."""
_BUDDHIST_FROM: Final = 2400
MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
SHORT_WEEKDAYS: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_ENGLISH_MONTHS: Final = tuple(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
_ENGLISH_WEEKDAYS: Final = tuple(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])

_MONTH_NUMBER: Final = {
    spelling: number
    for number, names in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1)
    for name in names
    for spelling in (name, name.replace(".", ""))
} | {"มกรา": 1, "กุมภา": 2, "มีนา": 3, "เมษา": 4, "พฤษภา": 5, "มิถุนา": 6, "กรกฎา": 7, "สิงหา": 8,
     "กันยา": 9, "ตุลา": 10, "พฤศจิกา": 11, "ธันวา": 12} | {
    name.lower(): number for number, name in enumerate(_ENGLISH_MONTHS, start=1)
}  # fmt: skip
_MONTH: Final = "|".join(
    re.escape(name).replace(r"\.", r"\.\s?")
    for name in sorted(_MONTH_NUMBER, key=len, reverse=True)
)
_DASH: Final = r"\s*(?:-|–|—|ถึง|และ)\s*"
_YEAR: Final = r"(?:\s*(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s*(?P<year>\d{4}|\d{2})(?!\d|[.:]\d\d))?"
_WEEKDAY_WORDS: Final = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_BEFORE: Final = rf"(?:(?:วัน)?(?P<weekday>{_WEEKDAY_WORDS})\s*ที่\s*|(?:วัน)?ที่\s*)?"
_IN_WORDS: Final = re.compile(
    rf"{_BEFORE}(?<!\d)(?P<day>\d{{1,2}})(?:\s*(?P<month1>{_MONTH}))?"
    rf"(?:{_DASH}(?P<last>\d{{1,2}}))?\s*(?P<month>{_MONTH})[a-z]*{_YEAR}",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"
)
_DAY_FIRST: Final = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[/\-](?P<month>\d{1,2})[/\-](?P<year>\d{4}|\d{2})(?!\d)"
)
_AFTER_WEEKDAY: Final = re.compile(rf"\s*(?:วัน)?(?P<weekday>{_WEEKDAY_WORDS})")
_TIME: Final = r"(?<![\d.])(?P<h{0}>[01]?\d|2[0-4])[.:](?P<m{0}>[0-5]\d)"
_TIMES: Final = re.compile(
    _TIME.format(1) + rf"(?:\s*น\.?)?(?:{_DASH}" + _TIME.format(2) + r")?\s*(?P<hours>น\.?)?"
)
_PART: Final = re.compile(
    r"\(?\s*(?:ตอนที่|ตอน|ครั้งที่|ภาคที่)\s*(?P<word>\d{1,4}(?:\.\d{1,3})?)(?:/\d{4})?(?!\d)\s*\)?"
    r"|\((?P<round>\d{1,3}(?:\.\d{1,3})?)\)|\[(?P<square>\d{1,3})\]|:\s*(?P<colon>\d{1,4})\.?\s*$"
    r"|\((?P<text>ตอนจบ|ต่อ|จบ)\)"
)

Language = Literal["th", "en"]
Style = Literal["long", "short", "day"]
Digits = Literal["arabic", "thai"]


class BadDate(StoreError):
    """The words are no date that can be read."""

    kind = "bad_date"
    sentence = N_(
        "“{value}” is not a date that can be read. Write it like 22 พ.ย. 2569, 22/11/2569 or"
        " 2026-11-22."
    )


class NoSuchDay(StoreError):
    """The calendar has no such day."""

    kind = "no_such_day"
    sentence = N_("There is no such day as “{value}”: look at the day and the month.")


class BadTime(StoreError):
    """The words are no time of day."""

    kind = "bad_time"
    sentence = N_("“{value}” is not a time of day. Write it like 09:30 or ๐๙.๓๐ น.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """A date as it was read from words."""

    day: date
    """Gregorian."""
    until: date | None = None
    """The last day of several; None for one day."""
    starts: str | None = None
    """Local, ``HH:MM``."""
    ends: str | None = None
    two_digit_year: bool = False
    """The year had two digits: read as the latest พ.ศ. year that is not in the future."""
    no_year: bool = False
    """No year was given: read as the latest such day that is not in the future."""
    weekday_written: int | None = None
    """Monday is 0; None where no weekday was written."""
    span: tuple[int, int] = (0, 0)
    """Code points of the text that were read."""

    @property
    def weekday_agrees(self) -> bool | None:
        """Whether the written weekday is the date's; None where none was written."""
        return None if self.weekday_written is None else self.weekday_written == self.day.weekday()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReading:
    """A part number as it was read from a title."""

    number: int | None
    """None for (ตอนจบ), (ต่อ) and (3.2)."""
    text: str
    span: tuple[int, int]


def read_date(words: str, *, today: date) -> DateReading:
    """The date that somebody typed.

    Args:
        words: In any spelling of พ.ศ. or Gregorian years; 2400 and more is พ.ศ.
        today: For years of two digits or none.

    Raises:
        BadDate, NoSuchDay
    """
    found = find_date(words, today=today)
    if found is None:
        raise BadDate(value=words.strip()[:60])
    start, end = found.span
    rest = (words[:start] + words[end:]).strip(" \u00a0\t,.")
    if any(letter.isdigit() for letter in rest):
        raise BadDate(value=words.strip()[:60])
    return found


def find_date(text: str, *, today: date) -> DateReading | None:
    """The first date in a text; None where there is none. Raises NoSuchDay."""
    plain = arabic_digits(text).translate(_BLANKS)
    if found := _YEAR_FIRST.search(plain):
        return _with_times(_of_numbers(found, today), plain, found.end())
    words, numbers = _IN_WORDS.search(plain), _DAY_FIRST.search(plain)
    if words and (numbers is None or words.start() < numbers.start()):
        return _with_times(_of_words(words, today), plain, words.end())
    return _with_times(_of_numbers(numbers, today), plain, numbers.end()) if numbers else None


_BLANKS: Final = dict.fromkeys((0xA0, 0x09, 0x2007, 0x202F), " ")


def _of_numbers(found: re.Match[str], today: date) -> DateReading:
    year, short = _year(int(found["year"]), len(found["year"]) == 2, today)
    day = _day(year, int(found["month"]), int(found["day"]), found[0])
    after = _AFTER_WEEKDAY.match(found.string, found.end())
    weekday = WEEKDAYS.index(after["weekday"]) if after else None
    end = after.end() if after else found.end()
    return DateReading(
        day=day, two_digit_year=short, weekday_written=weekday, span=(found.start(), end)
    )


def _of_words(found: re.Match[str], today: date) -> DateReading:
    last_month = _month(found["month"])
    first_month = _month(found["month1"]) if found["month1"] else last_month
    year, short, none = today.year, False, found["year"] is None
    if not none:
        gregorian = (found["era"] or "").startswith("ค")
        given = int(found["year"])
        if gregorian and len(found["year"]) == 4:
            year = given
        else:
            year, short = _year(given, len(found["year"]) == 2, today)
    first_year = year - 1 if first_month > last_month else year
    first = _day(first_year, first_month, int(found["day"]), found[0])
    last = _day(year, last_month, int(found["last"]), found[0]) if found["last"] else None
    if none and first > today:
        first = _day(first.year - 1, first.month, first.day, found[0])
        last = _day(last.year - 1, last.month, last.day, found[0]) if last else None
    return DateReading(
        day=first,
        until=last,
        two_digit_year=short,
        no_year=none,
        weekday_written=WEEKDAYS.index(found["weekday"]) if found["weekday"] else None,
        span=found.span(),
    )


def _month(word: str) -> int:
    bare = re.sub(r"[\s.]", "", word).lower()
    return _MONTH_NUMBER.get(bare) or _MONTH_NUMBER[bare[:3]]


def _year(number: int, short: bool, today: date) -> tuple[int, bool]:
    """A Gregorian year, and whether two digits had to be guessed."""
    if short:
        now = today.year + ERA
        century = now - now % 100
        year = century + number if century + number <= now else century - 100 + number
        return year - ERA, True
    return (number - ERA if number >= _BUDDHIST_FROM else number), False


def _day(year: int, month: int, day: int, words: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(value=words.strip()[:60]) from error


def _with_times(reading: DateReading, plain: str, at: int) -> DateReading:
    found = find_times(plain, at)
    if found is None or "\n" in plain[at : found[2]]:
        return reading
    return replace(reading, starts=found[0], ends=found[1], span=(reading.span[0], found[2]))


def find_times(text: str, start: int = 0) -> tuple[str, str | None, int] | None:
    """The first time of day in a text, with the time it lasts to and where it ends."""
    for found in _TIMES.finditer(arabic_digits(text), start):
        if found["hours"] or found["h2"] or ":" in found[0]:
            ends = _clock(found["h2"], found["m2"]) if found["h2"] else None
            return _clock(found["h1"], found["m1"]), ends, found.end()
    return None


def _clock(hour: str, minute: str) -> str:
    return f"{int(hour) % 24:02d}:{minute}"


def read_time(words: str) -> str:
    """``๑๙.๐๐ น.`` as ``19:00``. Raises BadTime."""
    plain = arabic_digits(words).strip()
    found = _TIMES.fullmatch(plain)
    if found is None or found["h2"] or int(found["h1"]) > 23:
        raise BadTime(value=words.strip()[:60])
    return _clock(found["h1"], found["m1"])


def find_part(title: str) -> PartReading | None:
    """The part number in a title: ``ตอนที่ ๖``, ``(ตอนที่ 9)``, ``(1)``; None for none."""
    found: re.Match[str] | None = None
    for candidate in _PART.finditer(arabic_digits(title)):
        if found is None or candidate["word"]:
            found = candidate
    if found is None:
        return None
    number = next((found[n] for n in ("word", "round", "square", "colon") if found[n]), "")
    whole = int(number) if number.isdecimal() else None
    start, end = found.span()
    return PartReading(number=whole, text=title[start:end].strip(), span=(start, end))


def written(
    day: date, *, language: Language = "th", style: Style = "short", digits: Digits = "arabic"
) -> str:
    """A day as people read it, in พ.ศ.

    ``long``: วันอาทิตย์ที่ 22 พฤศจิกายน 2569; ``short``: อา. 22 พ.ย. 2569; ``day``: 22 พ.ย. In English the
    Gregorian year with พ.ศ. behind it.
    """
    if language == "en":
        name, month = _ENGLISH_WEEKDAYS[day.weekday()], _ENGLISH_MONTHS[day.month - 1]
        text = f"{day.day} {month}"
        text = text if style == "day" else f"{name} {text} {day.year} ({day.year + ERA})"
    elif style == "long":
        text = f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {MONTHS[day.month - 1]} {day.year + ERA}"
    else:
        text = f"{day.day} {SHORT_MONTHS[day.month - 1]}"
        if style == "short":
            text = f"{SHORT_WEEKDAYS[day.weekday()]} {text} {day.year + ERA}"
    return thai_digits(text) if digits == "thai" else text
