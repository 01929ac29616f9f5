"""What the line says before anything is parsed: language, digits, folder, and whether JSON."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kmtui.commands.folders import folder_named
from kmtui.words import LANGUAGES


def json_wanted_by(line: Sequence[str]) -> bool:
    """Whether the answer is to be a document."""
    return "--json" in before_dashes(line)


def before_dashes(line: Sequence[str]) -> Sequence[str]:
    """What stands before ``--``: the part that can hold options."""
    return line[: line.index("--")] if "--" in line else line


def language_of(line: Sequence[str]) -> str:
    """The language that the line or the surroundings name, before anything is parsed."""
    word = named_in(line, "--lang") or os.environ.get("KMTUI_LANG", "")
    if word in LANGUAGES:
        return word
    folder = folder_of(line)
    if (folder / "settings.toml").is_file():
        from kmtui.settings import Settings  # reads TOML: only where there is some

        return Settings.read(folder).language
    return LANGUAGES[0]


def digits_of(line: Sequence[str]) -> str:
    """The digits that a person has chosen for what is shown; never for ``--json``."""
    folder = folder_of(line)
    if json_wanted_by(line) or not (folder / "settings.toml").is_file():
        return "arabic"
    from kmtui.settings import Settings  # reads TOML: only where there is some

    return Settings.read(folder).digits


def folder_of(line: Sequence[str]) -> Path:
    """The notebook's, whether it is there or not."""
    return folder_named(named_in(line, "--notebook"))


def named_in(line: Sequence[str], option: str) -> str | None:
    """What stands behind an option, read without knowing the commands."""
    line = before_dashes(line)
    for place, word in enumerate(line):
        if word.startswith(f"{option}="):
            return word.removeprefix(f"{option}=")
        if word == option and place + 1 < len(line):
            return line[place + 1]
    return None


def is_for_the_app(line: Sequence[str]) -> bool:
    """Whether nothing stands there but where the notebook is, and which language.

    All else, also what is wrong, is left to the parser of the command line.
    """
    words = list(line)
    while words:
        option, equals, value = words.pop(0).partition("=")
        if option not in ("--notebook", "--lang"):
            return False
        if not equals:
            value = words.pop(0) if words else ""
        if not value or value.startswith("-") or (option == "--lang" and value not in LANGUAGES):
            return False
    return True
