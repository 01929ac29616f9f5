"""What a typed line says: words, somebody's words, a note of the recorder, or a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from .names import key_of

LineKind = Literal["words", "note", "heading", "nothing"]

NOTE_SIGNS: Final = ("//", "#")
HEADING_SIGN: Final = "="
LONGEST_WORD: Final = 16
"""Code points; a longer word before a colon is part of a sentence, not an unknown name."""
MOST_WORDS: Final = 3

_COLON: Final = re.compile(r"(?P<name>[^:：\n]{1,80}?)[ \t\u00a0]*[:：](?P<rest>.*)", re.DOTALL)
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One typed line, taken apart."""

    kind: LineKind
    text: str = ""
    """The words alone, as typed."""
    name: str = ""
    """Who is named before a colon; empty where nobody is."""


def read_line(typed: str, *, known: frozenset[str] = frozenset()) -> Line:
    """Take a typed line apart.

    Args:
        typed: The line as typed; may hold line breaks of a paste.
        known: Keys of names that are a speaker's even where they are long or hold blanks.
    """
    if not typed.strip():
        return Line(kind="nothing")
    lead = typed.lstrip()
    for sign in NOTE_SIGNS:
        if lead.startswith(sign):
            return _marked("note", lead, sign)
    if lead.startswith(HEADING_SIGN) and lead[1:2] in (" ", "\u00a0"):
        return _marked("heading", lead, HEADING_SIGN)
    named = _COLON.match(lead)
    if named and _is_a_name(named["name"], named["rest"], known):
        return Line(kind="words", name=named["name"].strip(), text=named["rest"].strip(" \t"))
    return Line(kind="words", text=typed)


def _marked(kind: LineKind, lead: str, sign: str) -> Line:
    words = lead.removeprefix(sign).strip(" \t")
    return Line(kind=kind, text=words) if words else Line(kind="nothing")


def _is_a_name(name: str, rest: str, known: frozenset[str]) -> bool:
    """Whether what stands before the colon is somebody (not a time, an address or a clause)."""
    name = name.strip()
    if known and key_of(name) in known:
        return True
    if rest.startswith("//") or not _LETTER.search(name):
        return False
    if name[-1].isdigit() and rest[:1].isdigit():
        return False
    words = name.split()
    return len(words) <= MOST_WORDS and all(len(word) <= LONGEST_WORD for word in words)
