"""Days on the command line: read in พ.ศ. or ISO, shown in พ.ศ. with the weekday."""

from __future__ import annotations
import re
from datetime import date
import click
from store.errors import BadValue
from kmtui.words import _

TH = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
def read_day(words: str) -> date:
    w = words.strip().translate(TH)
    m = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", w)
    if m:
        y, mo, d = map(int, m.groups())
    else:
        m = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", w)
        if not m: raise BadValue(where="date", value=words, expected=_("a day"))
        d, mo, y = map(int, m.groups())
    return date(y - 543 if y >= 2400 else y, mo, d)

def day_words(day):
    return "" if day is None else f"{day.day}/{day.month}/{day.year+543}"

class Day(click.ParamType):
    name = "date"
    def convert(self, value, param, ctx):
        if isinstance(value, date): return value
        return read_day(value)
DAY = Day()
