"""Every field of every record is called, shown and found, or it is said why not."""

from __future__ import annotations

from typing import Final

import pytest

from kmtui import fields, words
from store.codec import shapes
from store.records import KINDS, facts_of
from tests import catalogues

EVERY: Final = [(kind, name) for kind in KINDS for name in shapes(kind)]
WITHOUT_CARD: Final = frozenset({"capability", "duty"})
"""Kinds of records that have no card yet."""


def is_of_words(kind: str, name: str) -> bool:
    """Whether a field holds free text: no code, no id, no number, no time."""
    shape = shapes(kind)[name]
    return shape.expected == "text" and not (
        facts_of(kind)[name].points_to or facts_of(kind)[name].twins
    )


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_every_field_is_called_something_in_both_languages(kind: str, name: str) -> None:
    label = fields.called(kind, name).label
    thai = catalogues.read("th").get(label)

    assert fields.is_known(name)
    assert label != name
    assert thai is not None
    assert thai.string


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_every_field_has_a_row_or_a_reason(kind: str, name: str) -> None:
    has_row = name in fields.ROWS.get(kind, ())
    has_reason = f"{kind}.{name}" in fields.NO_ROW or facts_of(kind)[name].twins

    assert (has_row + has_reason == 1) is (kind not in WITHOUT_CARD)


@pytest.mark.parametrize(("kind", "name"), [one for one in EVERY if is_of_words(*one)])
def test_every_text_is_searched_or_there_is_a_reason(kind: str, name: str) -> None:
    has_reason = f"{kind}.{name}" in fields.NOT_SEARCHED

    assert facts_of(kind)[name].searched is not has_reason


def test_no_row_and_no_reason_is_of_a_field_that_is_gone() -> None:
    known = {f"{kind}.{name}" for kind, name in EVERY}
    told = {f"{kind}.{name}" for kind, names in fields.ROWS.items() for name in names}

    assert told | fields.NO_ROW.keys() | fields.NOT_SEARCHED.keys() <= known


def test_a_field_of_a_newer_version_is_called_by_its_own_name() -> None:
    before = words.language()
    words.speak("th")
    try:
        assert fields.label("session", "weather_of_later") == "weather_of_later"
        assert fields.hint("session", "weather_of_later") == ""
    finally:
        words.speak(before)
