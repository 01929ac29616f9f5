"""Subtitles of a recording or a meeting program: WebVTT and SRT."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .lines import Line
from .sheet import Sheet
from .voices import Voices

_AT: Final = "(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3}"
_CUE: Final = re.compile(rf"({_AT}) +--> +{_AT}")
_VOICE: Final = re.compile(r"<v(?:\.[^ >]{1,40})? ([^<>]{1,80})>")
_HEADS: Final = ("WEBVTT", "NOTE", "STYLE", "REGION", "Kind:", "Language:")


def is_subtitles(lines: Sequence[Line]) -> bool:
    """Whether a file has cues with times."""
    return any(_CUE.match(line.bare) for line in lines[:50])


def read_subtitles(lines: Sequence[Line], voices: Voices, sheet: Sheet) -> None:
    """Write down every line; a cue is a turn, and one without a name goes on with the last."""
    at = ""
    begins = False
    for number, line in enumerate(lines):
        if line.is_blank:
            continue
        if found := _CUE.match(line.bare):
            at, begins = found[1], True
            sheet.drop(line, "cue")
        elif (not begins and (not at or _is_id(lines, number))) or _is_id(lines, number):
            sheet.drop(line, "cue")
        else:
            _spoken(line, at, voices, sheet, begins=begins)
            begins = False


def _is_id(lines: Sequence[Line], number: int) -> bool:
    following = lines[number + 1] if number + 1 < len(lines) else None
    return (following is not None and _CUE.match(following.bare) is not None) or lines[
        number
    ].bare.startswith(_HEADS)


def _spoken(line: Line, at: str, voices: Voices, sheet: Sheet, *, begins: bool) -> None:
    if voice := _VOICE.match(line.text):
        text = line.text[voice.end() :].removesuffix("</v>")
        sheet.said(line, voice[1], text, at_text=at)
    elif (label := voices.strong(line)) is not None:
        sheet.said(line, label.written, label.text, at_text=at)
    elif sheet.is_talking and (not begins or sheet.turns[-1].label):
        sheet.more(Line(line.number, line.text.removesuffix("</v>")))
    else:
        sheet.said(line, "", line.text, at_text=at)
