"""How a person wants it: ``settings.toml`` beside the notebook's lines.

A person may write in that file too, so keeping one choice leaves every other line as it was.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

from store.errors import N_, StoreError

from .words import LANGUAGES

FILE: Final = "settings.toml"
_LIMIT: Final = 64 * 1024
_FIRST_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


class SettingsNotKept(StoreError):
    """The file of settings is not one that a line can be put into."""

    kind = "settings_not_kept"
    sentence = N_("{where} cannot be read as settings, so nothing was changed in it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen."""

    language: Literal["th", "en"] = "th"
    theme: str = "kmtui-dark"
    sara_am_apart: bool = False
    """Whether SARA AM goes to the terminal as a ring and SARA AA."""
    wrong: str = ""
    """Why the file was passed over, in the parser's words; empty where it was not."""

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings of a notebook; what is missing or wrong is as if not there."""
        language = os.environ.get("KMTUI_LANG", "")
        found: dict[str, object] = {}
        wrong = ""
        path = folder / FILE
        try:
            if path.is_file() and path.stat().st_size <= _LIMIT:
                found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            wrong = str(error)
        wanted = language if language in LANGUAGES else found.get("language", "th")
        spoken = wanted if wanted in LANGUAGES else "th"
        theme = found.get("theme", "kmtui-dark")
        return cls(
            language=cast("Literal['th', 'en']", spoken),
            theme=theme if isinstance(theme, str) else "kmtui-dark",
            sara_am_apart=found.get("sara_am_apart") is True,
            wrong=wrong,
        )


def keep(folder: Path, name: str, value: bool | str) -> None:
    """Keep one choice; comments, order and every other line of the file stay as they are.

    Args:
        folder: The notebook's.
        name: Of the choice, a bare key of the file's first part.
        value: To keep.

    Raises:
        SettingsNotKept: What stands there is not TOML, too large, or not UTF-8.
        DiskRefused, NotebookReadOnly: It was not written; the file is as it was.
    """
    from store.files import read_plain, write_new

    path = folder / FILE
    try:
        before = read_plain(path, _LIMIT).decode("utf-8") if path.exists() else ""
        known = tomllib.loads(before)
        after = _with(before, name, value)
        as_meant = tomllib.loads(after) == known | {name: value}
    except (ValueError, StoreError) as error:
        raise SettingsNotKept(where=str(path)) from error
    if not as_meant:  # the name stands in a text of several lines, say
        raise SettingsNotKept(where=str(path))
    if after != before:
        write_new(path, after.encode("utf-8"))


def _with(text: str, name: str, value: bool | str) -> str:
    """The text of a file with one line changed, or one more."""
    written = str(value).lower() if isinstance(value, bool) else _quoted(value)
    table = _FIRST_TABLE.search(text)
    end = table.start() if table else len(text)
    head, rest = text[:end], text[end:]
    old = rf"^([ \t]*{name}[ \t]*=[ \t]*)[^#\r\n]*?([ \t]*(?:#[^\r\n]*)?\r?)$"
    line = re.compile(old, re.MULTILINE)
    changed, amount = line.subn(lambda found: f"{found[1]}{written}{found[2]}", head, count=1)
    if amount:
        return changed + rest
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = newline if head and not head.endswith("\n") else ""
    return f"{head}{gap}{name} = {written}{newline}{rest}"


def _quoted(words: str) -> str:
    """A string of TOML."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
