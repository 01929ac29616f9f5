"""What opening a notebook found and mended, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kmtui.words import _
from store.errors import N_
from store.readings import Notice

_SENTENCES: Final[Mapping[str, str]] = {
    "torn_tail": N_(
        "The last save before the power went was not finished; what is left of it is in {where}."
    ),
    "rot": N_(
        "A line of the notebook could not be read any more; it is kept in {where}."
        " The rest is whole."
    ),
    "held": N_("A file cannot be read yet and is held: {where}."),
    "aside_lost": N_(
        "The list of laptops that were set aside cannot be read; all of them count again."
        " `kmtui sync --set-aside LAPTOP` says it anew."
    ),
    "view_rebuilt": N_("The lists were damaged and have been made again. Nothing was lost."),
    "view_renewed": N_("The lists were made anew for this version."),
}
PASSING: Final = frozenset({"view_renewed"})
"""Kinds that nobody need do anything about, nor worry: they are told for a moment."""
_OTHER: Final = N_("Something about the notebook should be looked at: {kind}.")


def notice_words(notice: Notice) -> str:
    """One sentence about what was found."""
    sentence = _(_SENTENCES.get(notice.kind, _OTHER))
    return sentence.format(**{"where": "", **notice.facts, "kind": notice.kind})
