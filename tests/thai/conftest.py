"""Every test begins with the names that the program itself knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kmtui.thai import dictionary


@pytest.fixture(autouse=True)
def _same_names() -> Iterator[None]:
    """No names but the field's own, before and after."""
    dictionary.keep_whole(())
    yield
    dictionary.keep_whole(())
