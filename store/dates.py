"""Days and hours as the field writes them: พ.ศ., Thai digits, short months, ranges, weekdays.

Days are Gregorian inside; พ.ศ. is read and shown. Nothing here knows what day it is today: that
comes in as an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import ClassVar, Final, Literal, NamedTuple

from .errors import N_, StoreError
from .parts import BadPart, PartReading, find_part, read_part
from .text import search_key, search_key_with_places, span_in_text, thai_digits

__all__ = [
    "AHEAD",
    "BadDate",
    "BadPart",
    "BadTime",
    "DateReading",
    "DaysBackwards",
    "NoSuchDay",
    "PartReading",
    "find_date",
    "find_part",
    "read_date",
    "read_part",
    "read_time",
    "written",
]

AHEAD: Final = 543
"""Years by which พ.ศ. is ahead of ค.ศ."""
_BUDDHIST: Final = 2400
"""A year typed as this or more is พ.ศ., whatever stands before it."""
_YEARS: Final = range(1857, 2157)
"""Gregorian years that a forum or a life can have: พ.ศ. 2400 to 2699."""

_MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SLIPS: Final = {"กุมภาพันธุ์": 2, "กุมพาพันธ์": 2, "พฤษจิกายน": 11, "พฤศภาคม": 5, "กรกฏาคม": 7, "sept": 9}
_DAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_SHORT_DAYS: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_ENGLISH_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


class BadDate(StoreError):
    """The words are no day that can be read."""

    kind = "bad_date"
    sentence: ClassVar[str] = N_(
        "“{words}” cannot be read as a day. Write for example 12 พ.ค. 2569, 12/5/2569 or"
        " 2026-05-12."
    )


class NoSuchDay(BadDate):
    """The calendar has no such day."""

    sentence = N_("“{words}”: there is no such day in the calendar. Check the day and the month.")


class DaysBackwards(BadDate):
    """A range whose last day is before its first."""

    sentence = N_("“{words}”: the last day is before the first. Write the earlier day first.")


class BadTime(StoreError):
    """The words are no time of day that can be read."""

    kind = "bad_time"
    sentence = N_("“{words}” cannot be read as a time of day. Write for example 9.30 or 13:40.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """What some words say about when."""

    day: date
    until: date | None = None
    """The last day of a range; None for one day."""
    starts: str | None = None
    """Local time of day, ``HH:MM``."""
    ends: str | None = None
    two_digit_year: bool = False
    """The year had two digits: ask. ``day`` takes it as the latest พ.ศ. year not in the future."""
    no_year: bool = False
    """No year was written: ask. ``day`` is near today, sooner before it than after it."""
    weekday_written: int | None = None
    """Monday is 0; None where no weekday was written."""
    weekday_agrees: bool | None = None
    """Whether ``day`` is that weekday; None where no weekday was written."""
    start: int = 0
    """Code points: the words read are ``text[start:end]``."""
    end: int = 0
    rest: str = ""
    """What stands behind them, without the blanks around it."""


class _Day(NamedTuple):
    """A day as written, before its year is settled."""

    day: int
    month: int | None
    year: int | None = None
    """As typed; below 100 for two digits."""
    christian: bool = False
    """ค.ศ. was written."""


def read_date(words: str, *, today: date) -> DateReading:
    """The day or days that these words name, and the hours if they name them.

    Raises:
        BadDate: These words are no day, or there is more in them than a day.
        NoSuchDay, DaysBackwards: They look like a day, but the calendar has none such.

    Source: the spellings on pages of field teams, e.g. ``27-28ก.ย.2548``, ``30/7/2560``.
    """
    key, places = search_key_with_places(words)
    if (said := _SAID.get(key)) is not None:
        return DateReading(day=today + timedelta(days=said), end=len(words))
    found = _pattern().fullmatch(key) or _bare().fullmatch(key)
    if found is None:
        raise BadDate(words=words.strip())
    reading = _reading(found, words.strip(), today)
    start, end = span_in_text(words, places, 0, len(key))
    return replace(reading, start=start, end=end)


_SAID: Final = {"วันนี้": 0, "เมื่อวาน": -1, "เมื่อวานนี้": -1, "พรุ่งนี้": 1, "today": 0, "yesterday": -1}


def find_date(text: str, *, today: date) -> DateReading | None:
    """The first day that is written somewhere in a line; None where there is none.

    Fractions, times and numbers of meetings (``ครั้งที่ 2/2549``) are no days, nor are days that
    no calendar has.
    """
    key, places = search_key_with_places(text)
    if not any(letter.isdigit() for letter in key):
        return None
    for found in _pattern().finditer(key):
        try:
            reading = _reading(found, found[0], today)
        except BadDate:
            continue
        start, end = span_in_text(text, places, found.start(), found.end())
        return replace(reading, start=start, end=end, rest=text[end:].strip())
    return None


def read_time(words: str) -> str:
    """``HH:MM`` of ``19.00น.``, ``13.40 น.``, ``9:30`` or ``19 น.``.

    Raises:
        BadTime: These words are no time of day.
    """
    key = search_key(words)
    found = re.fullmatch(
        r"(?:เวลา ?)?(\d{1,2})(?:[.:](\d{2})(?::\d{2})?(?: ?(?:น\.?|นาฬิกา))?| ?(?:น\.?|นาฬิกา))", key
    )
    time = _time(found[1], found[2]) if found else None
    if time is None:
        raise BadTime(words=words.strip())
    return time


def written(
    day: date,
    *,
    language: Literal["th", "en"] = "th",
    style: Literal["long", "short", "day"] = "short",
    digits: Literal["arabic", "thai"] = "arabic",
) -> str:
    """A day in words: วันอาทิตย์ที่ 22 พฤศจิกายน 2569, อา. 22 พ.ย. 2569 or 22 พ.ย.

    English has both years: Sun 22 Nov 2026 (2569).
    """
    if language == "en":
        return _in_english(day, style)
    month, weekday, year = day.month - 1, day.weekday(), day.year + AHEAD
    words = {
        "long": f"วัน{_DAYS[weekday]}ที่ {day.day} {_MONTHS[month]} {year}",
        "short": f"{_SHORT_DAYS[weekday]} {day.day} {_SHORT_MONTHS[month]} {year}",
        "day": f"{day.day} {_SHORT_MONTHS[month]}",
    }[style]
    return thai_digits(words) if digits == "thai" else words


def _in_english(day: date, style: str) -> str:
    month, weekday = _ENGLISH_MONTHS[day.month - 1], _ENGLISH_DAYS[day.weekday()]
    if style == "day":
        return f"{day.day} {month[:3]}"
    if style == "short":
        month, weekday = month[:3], weekday[:3]
    return f"{weekday} {day.day} {month} {day.year} ({day.year + AHEAD})"


@cache
def _months() -> dict[str, int]:
    """Every spelling of a month, dots and blanks left out."""
    known = dict(_SLIPS)
    for names in (_MONTHS, _SHORT_MONTHS, _ENGLISH_MONTHS):
        known |= {search_key(name).replace(".", ""): at for at, name in enumerate(names, 1)}
    known |= {name[:3].casefold(): at for at, name in enumerate(_ENGLISH_MONTHS, 1)}
    clipped = ((at, re.sub("(?:คม|ยน|พันธ์)$", "", name)) for at, name in enumerate(_MONTHS, 1))
    return known | {name: at for at, name in clipped} | {"กุมภาพันธ": 2}


@cache
def _weekdays() -> dict[str, int]:
    """Every spelling of a weekday, dots and blanks left out."""
    known = {"พฤหัส": 3, "พฤหัสฯ": 3}
    for names in (_DAYS, _SHORT_DAYS, _ENGLISH_DAYS):
        known |= {search_key(name).replace(".", ""): at for at, name in enumerate(names)}
    return known | {name[:3].casefold(): at for at, name in enumerate(_ENGLISH_DAYS)}


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(sorted(names), key=len, reverse=True))


@cache
def _parts() -> dict[str, str]:
    """The pieces of the pattern, by name; the months and weekdays with and without dots."""
    alone = "(?![ก-๎](?<!น))(?!น(?!ี้))"  # not the beginning of another word, but นี้ may follow
    halves = [name.rstrip(".").split(".") for name in _SHORT_MONTHS]
    short = [rf"{one}\.? ?{two}\.|{one}(?:\. ?)?{two}{alone}" for one, two in halves]
    whole = {search_key(name) for name in (*_MONTHS, *_SLIPS)}
    others = set(_months()) - whole - {"".join(half) for half in halves}
    month = f"(?:{_any_of(whole)}|(?:{_any_of(others)}){alone}|{'|'.join(short)})"
    short_days = {day.rstrip(".") for day in _SHORT_DAYS}
    long_days = _any_of(set(_weekdays()) - short_days)
    dotted = "|".join(re.escape(day) for day in sorted(_SHORT_DAYS, key=len, reverse=True))
    units = r"คน|น\.|น |บาท|โมง|ท่าน|ราย|กลุ่ม|หมู่|ตำบล|ครั้ง|เวที|นาที|ชั่วโมง|ชม"
    year = rf"'?(?:\d{{4}}(?!\d)|\d{{2}}(?!\d|[.:]\d|-\d+[.:]| ?(?:{units})))"
    return {
        "weekday": rf"(?:วัน ?)?(?:{long_days})",
        "short_weekday": rf"(?<![ก-๎.])(?:{dotted})",
        "month": month,
        "year": rf"(?:ปี ?)?(?P<era{{n}}>[พค](?:\. ?)?ศ\.?|ad|be)? ?(?P<y{{n}}>{year})",
    }


def _spelt(n: str) -> str:
    """``12 พ.ค. 2569``, without its day."""
    parts = _parts()
    year = parts["year"].replace("{n}", n)
    return rf"(?P<m{n}>{parts['month']})(?:[ ,/-]{{0,2}}{year})?"


def _bounded(core: str) -> str:
    """A day with its weekday and its hours around it."""
    weekday, short = _parts()["weekday"], _parts()["short_weekday"]
    hours = r"(?P<from>\d{1,2}[.:]\d{2})(?: ?น\.?)?(?: ?(?:-|–|—|ถึง) ?(?P<to>\d{1,2}[.:]\d{2}))?"
    return (
        r"(?:เมื่อ ?|ระหว่าง ?)?"
        rf"(?:(?P<before>{weekday}|{short}),? ?(?:ที่)? ?|วัน ?ที่ ?|ที่ )?"
        rf"{core}(?!\d)(?: ?นี้)?"
        rf"(?:,? ?\(?(?P<after>{weekday})\)?(?![ก-๎a-z]))?"
        rf"(?:,? ?(?:\(|เวลา(?:ประมาณ)?|ประมาณ)? ?{hours}(?: ?(?:น\.|น(?![ก-๎])|นาฬิกา))?\)?)?"
    )


@cache
def _pattern() -> re.Pattern[str]:
    """A day inside a line."""
    dash = " ?(?:-|–|—|ถึง|และ) ?"
    end = rf"(?:(?P<d2>\d{{1,2}}) ?{_spelt('2')})"
    spelt = rf"(?<![\d/.:])(?P<d1>\d{{1,2}})(?: ?{_spelt('1')})?(?:{dash}{end})?"
    spelt += "(?(m1)|(?(m2)|(?!)))"  # one of the two months must be there
    spelt += r"(?: \((?P<both>\d{4})\))?"
    slashes = r"(?<![\d/])(?P<d3>\d{1,2})/(?P<m3>\d{1,2})/(?P<y3>\d{4}|\d{2}(?!\d))"
    slashes += rf"(?:{dash}(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})/(?P<y4>\d{{4}}|\d{{2}}(?!\d)))?"
    iso = r"(?<!\d)(?P<y5>\d{4})(?P<cut>[-/.])(?P<m5>\d{1,2})(?P=cut)(?P<d5>\d{1,2})"
    dotted = r"(?<![\d.])(?P<d6>\d{1,2})(?P<dot>[.-])(?P<m6>\d{1,2})(?P=dot)(?P<y6>\d{4})"
    return re.compile(_bounded(f"(?:{iso}|{slashes}|{dotted}|{spelt})"))


@cache
def _bare() -> re.Pattern[str]:
    """What is a day only where a day was asked for: 12/5, 12-5-69, 12.5.69."""
    core = r"(?P<d7>\d{1,2})(?P<slash>[/.-])(?P<m7>\d{1,2})(?:(?P=slash)(?P<y7>\d{2}))?"
    return re.compile(_bounded(core))


def _reading(found: re.Match[str], words: str, today: date) -> DateReading:
    got = found.groupdict()
    first, last = _days_of(got)
    weekday = _weekday(got)
    day, two_digits, no_year = _settled(first, today, weekday, words)
    until = _end_of(first, last, day, today, words) if last else None
    both = got.get("both")
    if (both and int(both) != day.year + AHEAD) or (until and until < day):
        raise (DaysBackwards if until else NoSuchDay)(words=words)
    return DateReading(
        day=day,
        until=None if until == day else until,
        starts=_hours(got, "from", words),
        ends=_hours(got, "to", words),
        two_digit_year=two_digits,
        no_year=no_year,
        weekday_written=weekday,
        weekday_agrees=None if weekday is None else day.weekday() == weekday,
    )


def _days_of(got: dict[str, str | None]) -> tuple[_Day, _Day | None]:
    """The first day and the last one; what the first leaves out is taken from the last."""
    days = [day for day in (_day_of(got, n) for n in "1234567") if day]
    first, last = days[0], days[1] if len(days) > 1 else None
    if last is None:
        return first, None
    year = first.year
    if year is None and last.year is not None:
        year = last.year - 1 if (first.month or 0) > (last.month or 0) else last.year
    first = first._replace(
        month=first.month or last.month,
        year=year,
        christian=first.christian or last.christian,
    )
    return first, last._replace(year=first.year if last.year is None else last.year)


def _day_of(got: dict[str, str | None], n: str) -> _Day | None:
    day, month, year = got.get(f"d{n}"), got.get(f"m{n}"), got.get(f"y{n}")
    if day is None:
        return None
    number = None
    if month is not None:
        number = int(month) if month.isdigit() else _months()[re.sub("[. ]", "", month)]
    typed = int(year.lstrip("'")) if year else None
    era = re.sub("[. ]", "", got.get(f"era{n}") or "")
    return _Day(int(day), number, typed, christian=era in ("คศ", "ad"))


def _settled(one: _Day, today: date, weekday: int | None, words: str) -> tuple[date, bool, bool]:
    """The day, whether its year had two digits, and whether it had none."""
    if one.year is None:
        days = [_made(one, today.year + step) for step in (-1, 0, 1)]
        days += [_made(one, today.year + step) for step in range(-4, 5)] if not any(days) else []
        known = [day for day in days if day]
        if not known:
            raise NoSuchDay(words=words)
        off = weekday if weekday is not None else -1
        return min(known, key=lambda d: (d.weekday() != off, _distance(d, today))), False, True
    day = _made(one, _gregorian(one, today))
    if day is None:
        raise NoSuchDay(words=words)
    return day, one.year < 100, False


def _distance(day: date, today: date) -> int:
    """Days; those to come count threefold, since most forums are written down once held."""
    days = (today - day).days
    return days if days >= 0 else -3 * days


def _end_of(first: _Day, last: _Day, day: date, today: date, words: str) -> date:
    if last.year is None:
        turned = (last.month or 0) < (first.month or 0)
        until = _made(last, day.year + turned)
    else:
        until = _made(last, _gregorian(last, today))
    if until is None:
        raise NoSuchDay(words=words)
    return until


def _gregorian(one: _Day, today: date) -> int:
    year = one.year or 0
    if year < 100:
        now = today.year if one.christian else today.year + AHEAD
        year += (now - year) // 100 * 100
        return year if one.christian else year - AHEAD
    return year - AHEAD if year >= _BUDDHIST else year


def _made(one: _Day, year: int) -> date | None:
    if year not in _YEARS or one.month is None:
        return None
    try:
        return date(year, one.month, one.day)
    except ValueError:
        return None


def _weekday(got: dict[str, str | None]) -> int | None:
    name = got["before"] or got["after"]
    if not name:
        return None
    return _weekdays()[re.sub("[. ]|^วัน", "", name)]


def _hours(got: dict[str, str | None], which: str, words: str) -> str | None:
    found = got[which]
    if not found:
        return None
    hour, minute = re.split("[.:]", found)
    time = _time(hour, minute)
    if time is None:
        raise BadDate(words=words)
    return time


def _time(hour: str, minute: str | None) -> str | None:
    if int(hour) > 23 or int(minute or 0) > 59:
        return None
    return f"{int(hour):02}:{minute or '00'}"
