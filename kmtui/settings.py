"""How a person wants it: ``settings.toml`` beside the notebook's lines."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

from .words import LANGUAGES

FILE: Final = "settings.toml"
_LIMIT: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen."""

    language: Literal["th", "en"] = "th"
    theme: str = "kmtui-dark"
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
            wrong=wrong,
        )
