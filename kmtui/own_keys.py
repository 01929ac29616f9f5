"""Keys as a person wants them: the ``[keys]`` part of settings.toml, checked before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from kmtui import keys
from kmtui.settings import line_of
from store.errors import N_, StoreError

_NAMED: Final = frozenset(
    {"enter", "escape", "tab", "insert", "delete", "home", "end", "pageup", "pagedown", "up",
     "down", "space", "backspace"}
)  # fmt: skip
_FUNCTION: Final = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
_KEY: Final = re.compile(r"(?:(?P<before>ctrl|shift|ctrl\+shift)\+)?(?P<key>[^+]+)")
_TAKEN_BY_THE_LINE: Final = frozenset(
    {"record.lesson", "record.decision", "record.action", "record.question"}
)
"""Commands whose keys the line in Record looks up itself."""
_SENT_AS_ANOTHER: Final = frozenset({"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j"})
"""Backspace, Tab and Enter, as terminals send them."""


class NoSuchCommand(StoreError):
    """A key is given to something that is no command."""

    kind = "no_such_command"
    sentence = N_(
        "settings.toml, line {line}: there is no command “{name}”{nearest}. Its key is as before."
    )


class NoSuchKey(StoreError):
    """A command is given a key that is none, or that would type."""

    kind = "no_such_key"
    sentence = N_(
        "settings.toml, line {line}: “{key}” cannot be the key of {name}{nearest}. It is as before."
    )


class KeyTaken(StoreError):
    """Two commands are given one key."""

    kind = "key_taken"
    sentence = N_(
        "settings.toml, line {line}: {key} is already the key of {other}. {name} is as before."
    )


def changeable() -> Mapping[str, keys.Command]:
    """The commands whose keys can be changed, by id."""
    return {
        one.id: one for one in keys.COMMANDS.values() if one.action or one.id in _TAKEN_BY_THE_LINE
    }


def read_keys(found: object, text: str) -> tuple[dict[str, str], tuple[StoreError, ...]]:
    """The keys of a file's ``[keys]``, and what is wrong in it.

    Args:
        found: What TOML holds under ``keys``: ids of commands, and a key or a list of keys.
        text: The whole file, to name lines.

    Returns:
        Keys by command id, several with commas between; and a refusal for each that is not taken.
    """
    wanted: dict[str, str] = {}
    wrong: list[StoreError] = []
    for name, written in _pairs(found):
        try:
            wanted[name] = _checked(name, written, line_of(name, text))
        except StoreError as error:
            wrong.append(error)
    taken: dict[str, str] = {}
    for name, several in wanted.items():
        others = [_whose(key, name, wanted) for key in several.split(",")]
        if other := next(filter(None, others), ""):
            line = line_of(name, text)
            wrong.append(KeyTaken(line=line, key=several, name=name, other=other))
        else:
            taken[name] = several
    return taken, tuple(wrong)


def _pairs(found: object, before: str = "") -> Iterator[tuple[str, object]]:
    """Ids and keys; ``record.lesson = …`` without quotes is a table in a table."""
    for name, wanted in found.items() if isinstance(found, dict) else ():
        if isinstance(wanted, dict):
            yield from _pairs(wanted, f"{before}{name}.")
        else:
            yield f"{before}{name}", wanted


def _checked(name: str, wanted: object, line: int) -> str:
    known = changeable()
    if name not in known:
        raise NoSuchCommand(line=line, name=name, nearest=_nearest(name, known))
    several = [str(one) for one in wanted] if isinstance(wanted, list) else [str(wanted)]
    for key in several:
        if not _is_key(key):
            valid = [*_NAMED, *(f"f{number}" for number in range(1, 13)),
                     *(f"ctrl+{letter}" for letter in "abcdefgklnopqrstuvwxyz")]  # fmt: skip
            raise NoSuchKey(line=line, key=key, name=name, nearest=_nearest(key, valid))
    return ",".join(several)


def _whose(key: str, name: str, wanted: Mapping[str, str]) -> str:
    """The other command that this key means where the two can meet; empty for none."""
    for other in keys.COMMANDS.values():
        its_keys = wanted[other.id].split(",") if other.id in wanted else other.keys
        meet = _room(other.id) in ("app", _room(name)) or _room(name) == "app"
        if other.id != name and meet and key in its_keys:
            return other.id
    return ""


def _room(command: str) -> str:
    return command.partition(".")[0]


def _is_key(key: str) -> bool:
    """Whether terminals send this, and it types nothing."""
    found = _KEY.fullmatch(key)
    if found is None or key in _SENT_AS_ANOTHER:
        return False
    if _FUNCTION.fullmatch(found["key"]) or found["key"] in _NAMED:
        return True
    letter = len(found["key"]) == 1 and found["key"].isascii() and found["key"].isalpha()
    return letter and found["before"] == "ctrl"


def _nearest(name: str, valid: object) -> str:
    """`` (nearest: …)``; empty where nothing is near."""
    near = get_close_matches(name, list(valid), n=1, cutoff=0.5)  # type: ignore[call-overload]
    return f" (≈ {near[0]})" if near else ""
