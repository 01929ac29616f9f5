"""Every test finds the language and the surroundings as the one before it did."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from kmtui import words
from kmtui.reach import WITHIN


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    language, within = words.language(), os.environ.get(WITHIN)
    yield
    words.speak(language)
    if within is None:
        os.environ.pop(WITHIN, None)
