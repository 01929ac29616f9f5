"""The lines about a whole session: its day, its times, its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from store.dates import DateReading, NoSuchDay, find_date, find_times

from .lines import Line
from .proposal import When
from .sheet import Sheet

_WHEN: Final = re.compile(
    r"(?:เมื่อ ?)?(?:(?:ใน|ระหว่าง)?วัน(?:ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์| ?[:：])|เวลา)"
)
_WHERE: Final = re.compile(
    r"(?:สถานที่|ที่ประชุม(?= ?[:：])|ณ(?= )) ?[:：]? ?|(?=ห้องประชุม|ศาลา|หอประชุม)"
)
_HOURS: Final = re.compile(r"^(?: ?น\.| ?นาฬิกา)")
_LONGEST: Final = 200
_LONGEST_PLACE: Final = 150
_DAY_ONLY: Final = date(2000, 1, 1)


def is_about_session(line: Line) -> bool:
    """Whether a line above the talk tells the day, the times or the place."""
    bare = line.bare
    if len(bare) > _LONGEST:
        return False
    if _WHEN.match(bare) or _WHERE.match(bare):
        return True
    found = _date_in(bare, _DAY_ONLY)
    return found is not None and found.span[0] == 0 and len(bare) - found.span[1] <= 60


def when_and_place(sheet: Sheet, title: str, today: date) -> tuple[When, str]:
    """Read the day, the times and the place from the lines about the session and its title.

    The first day counts; another one, a year of two digits and no year at all are told.
    """
    when = When()
    for line in sheet.head:
        when = _with_line(when, line, sheet, today)
    if when.date is None and sheet.title is not None and (found := _date_in(title, today)):
        when = _with_day(when, found, title, sheet.title.number, sheet)
    return when, _place(sheet.head, today)


def _with_line(when: When, line: Line, sheet: Sheet, today: date) -> When:
    bare = line.bare
    if found := _date_in(bare, today):
        when = _with_day(when, found, bare, line.number, sheet)
    if "เลิก" in bare[:12] or "ปิด" in bare[:12]:
        times = find_times(bare)
        return replace(when, ends=times[0]) if times else when
    times = find_times(bare, found.span[1] if found else 0)
    if times and when.starts is None:
        when = replace(when, starts=times[0], ends=times[1] or when.ends)
    return when


def _with_day(when: When, found: DateReading, text: str, number: int, sheet: Sheet) -> When:
    written = text[found.span[0] : found.span[1]].strip()
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


def _date_in(text: str, today: date) -> DateReading | None:
    try:
        return find_date(text[:_LONGEST], today=today)
    except NoSuchDay:
        return None


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
    found = _date_in(bare, today)
    if found is None:
        return ""
    times = find_times(bare, found.span[1])
    rest = bare[max(found.span[1], times[2] if times else 0) :]
    rest = _HOURS.sub("", rest).strip(" ,.:")
    where = re.match(r"(?:ณ|ที่|สถานที่) ?:? ?", rest)
    rest = rest[where.end() :] if where else rest
    return rest if 2 < len(rest) <= _LONGEST_PLACE and not rest[0].isdigit() else ""
