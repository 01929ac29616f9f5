"""How a person wants it: ``settings.toml`` beside the notebook's lines.

A person may write in that file too, so keeping one choice leaves every other line as it was.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal

from store.errors import N_, StoreError

from .words import LANGUAGES

FILE: Final = "settings.toml"
_LIMIT: Final = 64 * 1024
_FIRST_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


class SettingsNotRead(StoreError):
    """The file of settings is no TOML."""

    kind = "settings_not_read"
    sentence = N_("{where} cannot be read ({reason}). Everything is as if it were not there.")


class SettingsNotKept(StoreError):
    """The file of settings is not one that a line can be put into."""

    kind = "settings_not_kept"
    sentence = N_("{where} cannot be read as settings, so nothing was changed in it.")


class NoSuchSetting(StoreError):
    """A name in the file that means nothing here."""

    kind = "no_such_setting"
    sentence = N_("{where}, line {line}: there is no setting “{name}”{nearest}. It is passed over.")


class NoSuchChoice(StoreError):
    """A value that a setting does not take."""

    kind = "no_such_choice"
    sentence = N_(
        "{where}, line {line}: {name} is one of {choices}, not “{value}”. It is passed over."
    )


CHOICES: Final[Mapping[str, tuple[str | bool, ...]]] = {
    "language": LANGUAGES,
    "theme": ("kmtui-dark", "kmtui-light", "kmtui-terminal"),
    "digits": ("arabic", "thai"),
    "sara_am_apart": (False, True),
}
"""What each setting can be; the first is what it is where nobody has chosen."""
_TABLES: Final = frozenset({"keys"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen."""

    language: Literal["th", "en"] = "th"
    theme: str = "kmtui-dark"
    digits: Literal["arabic", "thai"] = "arabic"
    """In which digits numbers and days are shown."""
    sara_am_apart: bool = False
    """Whether SARA AM goes to the terminal as a ring and SARA AA."""
    keys: object = None
    """The part ``[keys]`` as it stands in the file; ``own_keys.read_keys`` reads it."""
    text: str = ""
    """The whole file, to name lines."""
    wrong: tuple[StoreError, ...] = ()
    """What is wrong in the file; each is as if it did not stand there."""

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings of a notebook; what is missing or wrong is as if not there."""
        text, found, wrong = _read(folder / FILE)
        chosen: dict[str, Any] = {}
        for name, value in found.items():
            try:
                chosen |= {} if name in _TABLES else {name: _checked(name, value, text)}
            except StoreError as error:
                wrong.append(error)
        if (language := os.environ.get("KMTUI_LANG", "")) in LANGUAGES:
            chosen["language"] = language
        return cls(keys=found.get("keys"), text=text, wrong=tuple(wrong), **chosen)


def _read(path: Path) -> tuple[str, dict[str, object], list[StoreError]]:
    """The file, what TOML finds in it, and why nothing was found."""
    try:
        if not path.is_file() or path.stat().st_size > _LIMIT:
            return "", {}, []
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text), []
    except (OSError, ValueError, RecursionError) as error:
        return "", {}, [SettingsNotRead(where=FILE, reason=str(error))]


def _checked(name: str, value: object, text: str) -> str | bool:
    if name not in CHOICES:
        near = get_close_matches(name, CHOICES, n=1)
        nearest = f" (≈ {near[0]})" if near else ""
        raise NoSuchSetting(where=FILE, line=line_of(name, text), name=name, nearest=nearest)
    for choice in CHOICES[name]:
        if choice == value and type(choice) is type(value):
            return choice
    choices = ", ".join(str(one).lower() for one in CHOICES[name])
    raise NoSuchChoice(
        where=FILE, line=line_of(name, text), name=name, choices=choices, value=value
    )


def line_of(name: str, text: str) -> int:
    """The line that sets this name; 0 where it is not found."""
    last = name.rpartition(".")[2]
    pattern = re.compile(rf"\s*[\"']?(?:{re.escape(name)}|{re.escape(last)})[\"']?\s*=")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if pattern.match(line)), 0)


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
