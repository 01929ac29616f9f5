"""A proof that cannot fail proves nothing: each merge that is broken on purpose is caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from .mutants import MUTANTS
from .test_machine import prove

TRIES: Final = 300
"""Teams, the same that the whole merge passes; a mistake that they do not meet is not caught."""


@pytest.mark.parametrize("broken", MUTANTS, ids=lambda one: one.__name__)
def test_a_broken_merge_is_caught(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)

    with pytest.raises(AssertionError):
        prove(TRIES)


def test_there_are_more_than_the_eleven_that_are_known() -> None:
    assert len(MUTANTS) == len({one.__name__ for one in MUTANTS}) > 11
