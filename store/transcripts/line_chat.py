"""A chat as LINE exports it, from a desktop (tabs) or a phone (blanks): one session a day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from store.text import arabic_digits

from .lines import BLANKS, Line, name_key
from .proposal import DropKind
from .sheet import Sheet

_DAY: Final = re.compile(
    r"(?P<y>[0-9]{4})[./-](?P<m>[0-9]{1,2})[./-](?P<d>[0-9]{1,2})(?: ?\(?[^0-9:]{1,16}\)?)?"
)
_DAY_FIRST: Final = re.compile(
    r"(?:[^0-9:]{1,16}[ ,]{1,2})?(?P<d>[0-9]{1,2})[./-](?P<m>[0-9]{1,2})[./-](?P<y>[0-9]{4})"
)
_MESSAGE: Final = re.compile(r"([0-9]{1,2}:[0-9]{2}(?: ?[AaPp][Mm])?)([\t ])")
_CHAT_HEAD: Final = re.compile(r"\[LINE\]|(?:บันทึกวันที่|บันทึกเมื่อ|Saved on) ?:? ?[0-9๐-๙]")
_CHAT_NAME: Final = re.compile(
    r"\[LINE\] ?(?:ประวัติการแชท(?:กับ|ใน)?|Chat history (?:with|in))? ?(.*)"
)
_STICKERS: Final = frozenset({"สติกเกอร์", "[สติกเกอร์]", "Sticker", "[Sticker]", "Stickers"})
_MEDIA: Final = frozenset({
    "รูป", "รูปภาพ", "[รูป]", "[รูปภาพ]", "วิดีโอ", "วีดีโอ", "[วิดีโอ]", "[วีดีโอ]", "ไฟล์", "[ไฟล์]",
    "ข้อความเสียง", "[ข้อความเสียง]", "อัลบั้ม", "[อัลบั้ม]", "ตำแหน่งที่ตั้ง", "[ตำแหน่งที่ตั้ง]", "โน้ต", "[โน้ต]",
    "Photo", "Photos", "[Photo]", "Video", "[Video]", "Videos", "[File]",
    "[Voice message]", "[Album]", "[Location]", "Audio",
})  # fmt: skip
_NOTICE: Final = re.compile(
    r".{0,60}(?:เข้าร่วมกลุ่ม|ออกจากกลุ่ม|ยกเลิกข้อความ|เชิญ.{1,40}เข้ากลุ่ม|joined the group|left the group"
    r"|unsent a message)\.?|☎.{0,80}"
)
_BUDDHIST: Final = 2400
_SENDER_WORDS: Final = 3
_MOSTLY: Final = 0.8


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day, and what the whole chat is called."""

    day: date | None
    lines: tuple[Line, ...]
    chat: str


def is_line_chat(lines: Sequence[Line]) -> bool:
    """Whether these lines are such an export: a day, and messages that begin with a time."""
    filled = [one for one in lines if not one.is_blank]
    messages = sum(_MESSAGE.match(one.text) is not None for one in filled)
    if any(one.text.startswith("[LINE]") for one in filled[:3]) and messages:
        return True
    return messages >= 2 and any(day_of(one) is not None for one in filled[:10])


def day_of(line: Line) -> date | None:
    """The day that a line stands for; None for any other line."""
    bare = arabic_digits(line.bare)
    found = _DAY.fullmatch(bare) or _DAY_FIRST.fullmatch(bare)
    if found is None:
        return None
    year = int(found["y"])
    try:
        return date(year - 543 if year >= _BUDDHIST else year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def days(lines: Sequence[Line]) -> tuple[Day, ...]:
    """The chat day by day; a day on which nobody wrote a word goes with the one before it."""
    found: list[tuple[date | None, list[Line]]] = [(None, [])]
    for line in lines:
        if (day := day_of(line)) is not None:
            found.append((day, []))
        found[-1][1].append(line)
    kept: list[tuple[date | None, list[Line]]] = []
    waiting: list[Line] = []
    for day, of_day in found:
        if any(_is_speech(one) for one in of_day):
            kept.append((day, waiting + of_day))
            waiting = []
        elif kept:
            kept[-1][1].extend(of_day)
        else:
            waiting += of_day
    if not kept:
        kept = [(None, waiting)]
    return tuple(Day(day, tuple(of_day), _chat_name(lines)) for day, of_day in kept)


def senders(lines: Iterable[Line], known: Iterable[str]) -> frozenset[str]:
    """Names of senders in a phone's export: those known, and prefixes that repeat.

    A longer prefix wins where nearly every message of its first word begins with it.
    """
    bodies = [_body(one) for one in lines if _MESSAGE.match(one.text)]
    bodies = [one for one in bodies if "\t" not in one]
    found = set(known)
    counts = Counter(
        " ".join(words[:many])
        for words in (one.split(" ") for one in bodies)
        for many in range(1, min(_SENDER_WORDS, len(words) - 1) + 1)
    )
    for prefix, count in counts.items():
        first = prefix.split(" ", 1)[0]
        if count >= 2 and count >= _MOSTLY * counts[first]:
            found.add(prefix)
    return frozenset(found)


def read_chat(day: Day, named: frozenset[str], sheet: Sheet) -> None:
    """Write down every line of one day."""
    keys = {name_key(one) for one in named}
    for line in day.lines:
        if line.is_blank:
            continue
        if _CHAT_HEAD.match(line.bare) or day_of(line) is not None:
            sheet.drop(line, "chat_head")
            sheet.close()
        elif (found := _MESSAGE.match(line.text)) is not None:
            _message(line, found, day.day, keys, sheet)
        else:
            sheet.more(line)


def _message(
    line: Line, found: re.Match[str], day: date | None, named: set[str], sheet: Sheet
) -> None:
    body = line.text[found.end() :]
    sender, text, sure = _parts(body, named)
    if (kind := _not_speech(sender, text, body)) is not None:
        sheet.drop(line, kind)
        sheet.close()
        return
    sheet.said(line, sender, text, at=_moment(day, found[1]), at_text=found[1])
    if not sure:
        sheet.find("sender_guessed", line.number, asks=True, label=sender)


def _parts(body: str, named: set[str]) -> tuple[str, str, bool]:
    """Sender, text, and whether the end of the sender's name is certain."""
    if "\t" in body:
        sender, _tab, text = body.partition("\t")
        return sender, text, True
    words = body.split(" ")
    for many in range(min(_SENDER_WORDS, len(words) - 1), 0, -1):
        prefix = " ".join(words[:many])
        if name_key(prefix) in named:
            return prefix, body[len(prefix) + 1 :], True
    return words[0], body[len(words[0]) + 1 :], False


def _not_speech(sender: str, text: str, body: str) -> DropKind | None:
    bare = text.strip(BLANKS)
    if bare in _STICKERS:
        return "sticker"
    if bare in _MEDIA:
        return "media"
    if not sender.strip(BLANKS) or not bare or _NOTICE.fullmatch(body.strip(BLANKS)):
        return "chat_head"
    return None


def _is_speech(line: Line) -> bool:
    found = _MESSAGE.match(line.text)
    if found is None:
        return False
    body = line.text[found.end() :]
    last = body.rsplit("\t", 1)[-1].rsplit(" ", 1)[-1].strip(BLANKS)
    return _not_speech("x", last, body) is None


def _body(line: Line) -> str:
    found = _MESSAGE.match(line.text)
    return line.text[found.end() :] if found else ""


def _moment(day: date | None, written: str) -> datetime | None:
    if day is None:
        return None
    clock, minute = written[: written.index(":")], written[written.index(":") + 1 :][:2]
    hour = int(clock)
    if written[-1] in "mM":
        hour = hour % 12 + (12 if written[-2] in "pP" else 0)
    try:
        return datetime.combine(day, time(hour, int(minute)))
    except ValueError:
        return None


def _chat_name(lines: Sequence[Line]) -> str:
    for line in lines[:5]:
        if found := _CHAT_NAME.fullmatch(line.bare):
            return found[1].strip()
    return ""
