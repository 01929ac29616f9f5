"""A file that was named: its bytes within bounds, and the lines in it."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.errors import NoSuchFile
from store.records import Source

from .errors import (
    EmptyTranscript,
    FileNotRead,
    FileTooLarge,
    LineTooLong,
    NotAFile,
    TooManyLines,
)
from .letters import letters
from .lines import Line, numbered
from .proposal import Dropped

MEGABYTE: Final = 1 << 20
LARGEST_FILE: Final = 20 * MEGABYTE
"""Bytes; a spoken day is about half a megabyte of Thai."""
LONGEST_LINE: Final = 100_000
"""Code points; nobody speaks for two hours without a new line."""
MOST_LINES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file holds, line by line."""

    source: Source
    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...] = ()
    """What the file itself marks as no part of the text: menus, comments of a page."""
    title: str = ""
    """What the file itself says it is called; empty where it does not."""


def opened(path: Path) -> Origin:
    """Read the lines of a .txt, .docx or saved .html file, told apart by their content.

    Raises:
        StoreError: Missing, no plain file, too large, empty, or no text; nothing is kept of it.
    """
    raw = _bytes(path)
    source = Source(name=path.name, sha256=hashlib.sha256(raw).hexdigest())
    if not raw.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise EmptyTranscript(where=path.name)
    if raw.startswith(b"PK\x03\x04"):
        from .word_file import word_origin  # python-docx is slow to import

        return _bounded(word_origin(raw, source))
    if _is_page(raw, path):
        from .web_page import page_origin

        return _bounded(page_origin(raw, source))
    return _bounded(Origin(source, numbered(letters(raw, path.name))))


def typed(text: str, name: str) -> Origin:
    """The lines of a text that somebody has in hand (pasted, or made by another program)."""
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST_FILE:
        raise _too_large(name, len(raw))
    source = Source(name=name, sha256=hashlib.sha256(raw).hexdigest())
    return _bounded(Origin(source, numbered(text.removeprefix("\ufeff"))))


def _bytes(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # opening a pipe would wait for its writer
            raise NotAFile(where=name)
        if about.st_size > LARGEST_FILE:
            raise _too_large(name, about.st_size)
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise NoSuchFile(where=str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise FileNotRead(where=str(path), reason=reason) from error
    if len(raw) > LARGEST_FILE:  # it grew, or told no size
        raise _too_large(name, len(raw))
    return raw


def _too_large(name: str, size: int) -> FileTooLarge:
    return FileTooLarge(where=name, megabytes=-(-size // MEGABYTE), limit=LARGEST_FILE // MEGABYTE)


def _is_page(raw: bytes, path: Path) -> bool:
    """By content first: a page saved under any name is still a page."""
    if path.suffix.lower() in {".html", ".htm", ".xhtml"}:
        return True
    start = raw[:1024].lower().replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith((b"<!doctype html", b"<html"))


def _bounded(origin: Origin) -> Origin:
    name = origin.source.name
    if len(origin.lines) > MOST_LINES:
        raise TooManyLines(where=name, lines=len(origin.lines), limit=MOST_LINES)
    for line in origin.lines:
        if len(line.text) > LONGEST_LINE:
            raise LineTooLong(
                where=name, line=line.number, length=len(line.text), limit=LONGEST_LINE
            )
    if all(line.is_blank for line in origin.lines):
        raise EmptyTranscript(where=name)
    return origin
