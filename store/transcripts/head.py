"""The lines about a whole session: its day, its times, its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from store.dates import BadTime, DateReading, find_date, read_time

from .lines import Line
from .proposal import When
from .sheet import Sheet

_WHEN: Final = re.compile(
    r"(?:เมื่อ ?)?(?:(?:ใน|ระหว่าง)?วัน(?:ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์| ?[:：])|เวลา)"
)
_WHERE: Final = re.compile(
    r"(?:สถานที่|ที่ประชุม(?= ?[:：])|ณ(?= )) ?[:：]? ?|(?=ห้องประชุม|ศาลา|หอประชุม)"
)
_HOUR: Final = "([0-9๐-๙]{1,2}[.:][0-9๐-๙]{2})"
_HOURS: Final = re.compile(
    rf"(?<![0-9๐-๙/.:]){_HOUR}(?: ?น\.?)?(?: ?(?:-|–|ถึง) ?{_HOUR})?(?![0-9๐-๙/])"
)
_CLOCK_WORD: Final = re.compile(r"^(?:น(?:\.|(?= )|$)|นาฬิกา) ?")
_AT: Final = re.compile(r"(?:ณ|ที่|สถานที่) ?:? ?")
_LONGEST: Final = 200
_LONGEST_PLACE: Final = 150
_ANY_DAY: Final = date(2000, 1, 1)


def is_about_session(line: Line) -> bool:
    """Whether a line above the talk tells the day, the times or the place."""
    bare = line.bare
    if len(bare) > _LONGEST:
        return False
    found = find_date(bare, today=_ANY_DAY)
    if _WHERE.match(bare) or (_WHEN.match(bare) and (found or hours_in(bare)[0])):
        return True
    return found is not None and found.start == 0 and len(bare) - found.end <= 60


def when_and_place(sheet: Sheet, title: str, today: date) -> tuple[When, str]:
    """Read the day, the times and the place from the lines about the session and its title.

    The first day counts; another one, a year of two digits and no year at all are told.
    """
    when = When()
    for line in sheet.head:
        when = _with_line(when, line, sheet, today)
    if (
        when.date is None
        and sheet.title is not None
        and (found := find_date(title[:_LONGEST], today=today))
    ):
        when = _with_day(when, found, title, sheet.title.number, sheet)
    return when, _place(sheet.head, today)


def _with_line(when: When, line: Line, sheet: Sheet, today: date) -> When:
    bare = line.bare
    found = find_date(bare[:_LONGEST], today=today)
    if found is not None:
        when = _with_day(when, found, bare, line.number, sheet)
    elif _WHEN.match(bare) and any(one.isdigit() for one in bare) and "/" in bare:
        sheet.find("no_such_day", line.number, text=bare[:60])
    starts, ends = hours_in(bare[found.end :] if found else bare)
    if bare.startswith(("เลิก", "ปิด")):
        return replace(when, ends=starts or when.ends)
    return replace(when, starts=when.starts or starts, ends=when.ends or ends)


def hours_in(text: str) -> tuple[str | None, str | None]:
    """The first time of day in some words, and the one that it lasts to; None for no such time."""
    found = _HOURS.search(text[:_LONGEST])
    if found is None:
        return None, None
    return _hour(found[1]), _hour(found[2])


def _hour(words: str | None) -> str | None:
    try:
        return read_time(words) if words else None
    except BadTime:
        return None


def _with_day(when: When, found: DateReading, text: str, number: int, sheet: Sheet) -> When:
    written = text[found.start : found.end].strip()
    if found.no_year:
        sheet.find("no_year", number, asks=True, text=written)
        return replace(when, alternatives=(*when.alternatives, found.day))
    if when.date is not None:
        if found.day == when.date:
            return when
        sheet.find("several_dates", number, asks=True, text=written)
        return replace(when, alternatives=(*when.alternatives, found.day))
    if found.two_digit_year:
        sheet.find("two_digit_year", number, asks=True, text=written, year=found.day.year + 543)
    if found.weekday_agrees is False:
        sheet.find("weekday_differs", number, asks=True, text=written)
    return replace(
        when,
        date=found.day,
        until=found.until,
        starts=found.starts or when.starts,
        ends=found.ends or when.ends,
        written=written,
        line=number,
        two_digit_year=found.two_digit_year,
    )


def _place(head: list[Line], today: date) -> str:
    """What stands after ณ or สถานที่, or after day and times on their line."""
    for line in head:
        if found := _WHERE.match(line.bare):
            return line.bare[found.end() :].strip()[:_LONGEST_PLACE]
    for line in head:
        rest = _after_times(line.bare, today)
        if rest:
            return rest
    return ""


def _after_times(bare: str, today: date) -> str:
    found = find_date(bare[:_LONGEST], today=today)
    if found is None:
        return ""
    rest = bare[found.end :]
    hours = _HOURS.search(rest)
    rest = rest[hours.end() :] if hours else rest
    rest = _CLOCK_WORD.sub("", rest.strip(" ,.:)")).strip(" ,.:)")
    where = _AT.match(rest)
    rest = rest[where.end() :] if where else rest
    return rest if 2 < len(rest) <= _LONGEST_PLACE and not rest[0].isdigit() else ""
