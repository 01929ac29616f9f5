"""Rows of lists: what is read of them late says the same as what is read at once."""

from __future__ import annotations

from store.listing import KeptGaps, gap_kinds
from store.notebook import Notebook
from tests.screens.conftest import demo, demo_folder, demo_made

__all__ = ["demo", "demo_folder", "demo_made"]


def test_the_kinds_of_gaps_are_those_of_the_gaps(demo: Notebook) -> None:
    rows = demo.sessions()

    lacking = [row for row in rows if row.gaps]

    assert lacking
    assert all(isinstance(row.gaps, KeptGaps) for row in rows)
    for row in rows:
        assert gap_kinds(row) == {gap.kind for gap in row.gaps}


def test_a_forum_that_lacks_nothing_has_no_kinds() -> None:
    assert KeptGaps("").kinds() == set()
