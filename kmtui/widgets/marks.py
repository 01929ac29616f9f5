"""Marks: one cell each, told apart by their shape first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kmtui.labels import code_word, kind_word, role_word
from store.vocabulary import Role

DRAWN_MARKS: Final[Mapping[str, str]] = {
    "lesson": "◆",
    "decision": "▣",
    "action": "▸",
    "question": "?",
    "proposal": "◇",
    "invitation": "+",
}
ROLE_MARKS: Final[Mapping[str, str]] = {
    "sponsor": "△",
    "facilitator": "▲",
    "practitioner": "□",
    "recorder": "▤",
    "coordinator": "⇄",
    "process_lead": "▷",
}
ROLE_ORDER: Final[tuple[Role, ...]] = (
    "recorder",
    "facilitator",
    "coordinator",
    "process_lead",
    "sponsor",
    "practitioner",
)
"""The recorder first. Source: founding forum line 53."""
STATE_MARKS: Final[Mapping[str, str]] = {"saving": "…", "kept": "✓", "refused": "!"}
IN_HAND: Final = "◂"
MISSING: Final = "○"
THERE: Final = "●"


def drawn_word(kind: str) -> str:
    """What a drawn thing is called."""
    return kind_word("lesson") if kind == "lesson" else code_word("outcome", "kind", kind)


__all__ = ["DRAWN_MARKS", "MISSING", "ROLE_MARKS", "STATE_MARKS", "THERE", "role_word"]
