"""Open conflicts as a page for the next meeting: read together, ticked with a pen."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from kmtui.conflict_words import NameOf, about, by_whom, side_words
from kmtui.spoken_days import day_words
from kmtui.words import _, counted, figure
from store.conflicts import Conflict
from store.text import shown, shown_line

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>&|~$!@#^]|(?<=[A-Za-z]):|(?<=[Ww]{3})\.")
_AT_LINE_START: Final = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def harmless(text: str) -> str:
    """Text that Markdown shows as it is: no link, picture, heading or HTML comes of it."""
    escaped = _SPECIAL.sub(lambda found: "\\" + found[0], shown(text))
    return _AT_LINE_START.sub(_at_line_start, escaped)


def _at_line_start(found: re.Match[str]) -> str:
    if found[2].isdigit():
        return f"{found[1]}{found[2]}\\"
    return f"{found[1]}\\{found[2]}"


def page(conflicts: Sequence[Conflict], name_of: NameOf, now: datetime) -> str:
    """The whole page, in Markdown.

    Args:
        conflicts: Those to settle.
        name_of: What a record is called.
        now: When it is written; aware. Times are told in its zone.
    """
    title = _("To settle together")
    lines = [f"# {title}", "", _top(conflicts, now), ""]
    for number, conflict in enumerate(conflicts, start=1):
        lines += _part(number, conflict, name_of, now)
    return "\n".join(lines).rstrip() + "\n"


def _top(conflicts: Sequence[Conflict], now: datetime) -> str:
    day = day_words(now.date(), "long")
    count = counted("{count} place", "{count} places", len(conflicts))
    told = _("Two laptops wrote different things. Tick what is right; nothing is lost meanwhile.")
    return f"{day} · {count.format(count=figure(len(conflicts)))}\n\n{told}"


def _part(number: int, conflict: Conflict, name_of: NameOf, now: datetime) -> Iterator[str]:
    yield f"## {number}. {harmless(shown_line(about(conflict)))}"
    yield ""
    for choice, side in enumerate(conflict.sides, start=1):
        words = side_words(conflict, side, name_of)
        yield from _choice(f"{choice}. {by_whom(side, now.tzinfo)}", words)
        yield from _command(conflict, f"--take {choice}")
    if conflict.offer is not None:
        yield from _choice(_("Both, put together by lines"), conflict.offer)
        yield from _command(conflict, "--lines")
    something = _("Something else:")
    yield f"☐ {something} ________________________________________"
    yield ""


def _choice(title: str, words: str) -> Iterator[str]:
    yield f"☐ **{harmless(shown_line(title))}**"
    yield ""
    yield from ("> " + line for line in harmless(words).split("\n"))
    yield ""


def _command(conflict: Conflict, choice: str) -> Iterator[str]:
    field = shlex.quote(shown_line(conflict.field))
    yield from ("```sh", f"kmtui settle {conflict.record} {field} {choice}", "```", "")
