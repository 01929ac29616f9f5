"""Twins in words and as the JSON that scripts read."""

from __future__ import annotations

from typing import Any

from kmtui.labels import kind_word
from kmtui.words import _, counted, figure
from store.twins import Twins, Why


def twins_shape(twins: Twins) -> dict[str, Any]:
    """Two records that may be one, as JSON; a contract, to which keys are only added."""
    return {
        "kind": twins.kind,
        "first": {"id": twins.first, "title": twins.first_title},
        "second": {"id": twins.second, "title": twins.second_title},
        "why": list(twins.why),
        "people": twins.people,
        "session": twins.session,
    }


def why_words(twins: Twins) -> str:
    """What two records have in common: ``the same day and place, 5 people in common``."""
    return ", ".join(_why(one, twins.people) for one in twins.why)


def _why(why: Why, people: int) -> str:
    if why == "people" and people:
        words = counted("{n} person in common", "{n} people in common", people)
        return words.format(n=figure(people))
    return why_word(why)


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
        why=why_words(twins),
    )
