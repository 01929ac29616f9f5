"""The folders in which a notebook has met others, the last one first."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ..errors import StoreError
from ..files import read_plain, write_new
from .readings import UsedCarrier

FILE: Final = "carriers.json"
_LIMIT: Final = 256 * 1024
_MOST: Final = 12


def used(notebook: Path) -> tuple[UsedCarrier, ...]:
    """Every folder that is remembered, the last one used first."""
    return tuple(
        UsedCarrier(folder=Path(path), last=_moment(last), there=_is_there(Path(path)))
        for path, last in _read(notebook)
    )


def last_exchange(notebook: Path) -> str:
    """The own line that was the newest when something was given or taken last; empty for none."""
    found = _file(notebook).get("last_line")
    return found if isinstance(found, str) and _is_a_name(found) else ""


def remember(notebook: Path, carrier: Path, when: datetime, last_line: str) -> None:
    """Put a folder first; where the disk refuses, it is not remembered.

    Args:
        notebook: Its folder.
        carrier: The folder in which was met.
        when: Now, aware.
        last_line: As ``last_exchange`` gives it; empty where nothing went out or came in.
    """
    path = str(carrier.absolute())
    last_line = last_line or last_exchange(notebook)
    others = [one for one in _read(notebook) if one[0] != path]
    rows = [(path, when.isoformat(timespec="seconds")), *others][:_MOST]
    found = {"fmt": "kmtui-carriers", "v": 1, "folders": rows, "last_line": last_line}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    try:
        write_new(notebook / FILE, text.encode("utf-8", "surrogateescape"), sync=False)
    except StoreError:
        return


def _file(notebook: Path) -> dict[str, Any]:
    try:
        content = read_plain(notebook / FILE, _LIMIT).decode("utf-8", "surrogateescape")
        found = json.loads(content)
    except (StoreError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _read(notebook: Path) -> list[tuple[str, str]]:
    try:
        rows = [(str(path), str(last)) for path, last in _file(notebook)["folders"]]
    except (ValueError, KeyError, TypeError):
        return []
    return [(path, last) for path, last in rows[:_MOST] if _is_a_name(path) and _is_a_name(last)]


def _is_a_name(text: str) -> bool:
    """Whether a text can be written again as it was read, and be a folder's."""
    try:
        return b"\0" not in text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _is_there(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
