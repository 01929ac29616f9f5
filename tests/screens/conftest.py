"""The demo notebook, made once; a clock and an entropy that stand still."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kmtui import words
from kmtui.app import KmtuiApp
from kmtui.demo import make
from store.notebook import Notebook

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=7)))
"""A Sunday."""


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo notebook, for copying."""
    folder = tmp_path_factory.mktemp("made") / "demo"
    make(folder, NOON - timedelta(hours=1))
    return folder


@pytest.fixture
def demo_folder(demo_made: Path, tmp_path: Path) -> Path:
    """A demo notebook of one's own."""
    return Path(shutil.copytree(demo_made, tmp_path / "demo"))


@pytest.fixture
def demo(demo_folder: Path) -> Iterator[Notebook]:
    """The demo notebook, open."""
    entropy = itertools.count(1)
    with Notebook.open(demo_folder, now=lambda: NOON, entropy=lambda: next(entropy)) as notebook:
        yield notebook


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Notebook]:
    """A notebook with nothing in it, open."""
    entropy = itertools.count(1)
    folder = tmp_path / "empty"
    with Notebook.open(folder, now=lambda: NOON, entropy=lambda: next(entropy)) as notebook:
        yield notebook


@pytest.fixture
def demo_app(demo: Notebook) -> KmtuiApp:
    """The app on the demo notebook."""
    return KmtuiApp(demo, now=lambda: NOON)


@pytest.fixture
def empty_app(empty: Notebook) -> KmtuiApp:
    """The app on an empty notebook."""
    return KmtuiApp(empty, now=lambda: NOON)


@pytest.fixture
def thai_demo(demo: Notebook) -> Iterator[KmtuiApp]:
    """The app on the demo notebook, in Thai."""
    words.speak("th")
    demo.set_owner("คุณลำดวน")
    yield KmtuiApp(demo, now=lambda: NOON)
    words.speak("en")
