"""Twins in words and as the JSON that scripts read."""

from __future__ import annotations

from typing import Any

from kmtui.labels import kind_word
from kmtui.words import _
from store.twins import Twins, Why


def twins_shape(twins: Twins) -> dict[str, Any]:
    """Two records that may be one, as JSON; a contract, to which keys are only added."""
    return {
        "kind": twins.kind,
        "first": {"id": twins.first, "title": twins.first_title},
        "second": {"id": twins.second, "title": twins.second_title},
        "why": list(twins.why),
        "session": twins.session,
    }


def why_word(why: Why) -> str:
    """What two records have in common."""
    return {
        "series_part": _("the same series and part"),
        "day_place": _("the same day and place"),
        "people": _("the same people"),
        "same_name": _("the same name"),
        "near_name": _("names alike"),
        "same_words": _("the same words"),
    }[why]


def twins_words(twins: Twins) -> str:
    """Which two, and why: ``Forum “…” and “…”: the same day and place``."""
    return _("{kind} “{first}” and “{second}”: {why}").format(
        kind=kind_word(twins.kind),
        first=twins.first_title,
        second=twins.second_title,
        why=", ".join(map(why_word, twins.why)),
    )
