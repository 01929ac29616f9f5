"""After a stick that somebody filled with whatever a line can say, every page opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from rich.cells import cell_len

from kmtui.app import KmtuiApp
from kmtui.screens.session import SessionScreen
from store.changes import segments
from store.changes.line import Change, encode
from store.ids import letters_of, sign_of
from store.notebook import Notebook
from tests.store.strange_sticks import Grammar
from tests.store.victim import KEPT, Template, template

from .conftest import NOON
from .pressing import at_home, drawn, press, rows, settle

ROOMS: Final = (
    "people", "agencies", "lessons", "outcomes", "series", "conflicts", "twins", "trash", "sync",
)  # fmt: skip
STICKS: Final = (
    "the ends of the calendar",
    2105,  # held by now; it ended in an empty Home
    *(pytest.param(seed, marks=pytest.mark.long) for seed in range(40)),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return template(tmp_path_factory.mktemp("filled"))


@pytest.fixture(params=STICKS)
def met(request: pytest.FixtureRequest, filled: Template, tmp_path: Path) -> Iterator[Notebook]:
    """The notebook after a meeting."""
    shutil.copytree(filled.folder / "nok", tmp_path / "nok")
    stick = tmp_path / "stick"
    shutil.copytree(filled.folder / "stick", stick)
    if isinstance(request.param, int):
        Grammar(request.param, filled.known).stick().put_into(stick)
    else:
        _at_the_ends(filled, stick)
    with Notebook.open(tmp_path / "nok", now=lambda: NOON) as book:
        book.meet(stick)
        yield book


def _at_the_ends(filled: Template, stick: Path) -> None:
    """Edits and a forum of the first and the last day of the calendar."""
    dev = "evil000001"
    lines: list[bytes] = []
    times = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
    days = ("0001-01-01", "9999-12-31")
    for at, (time, day) in enumerate(zip(times, days, strict=True)):
        moment = int(NOON.timestamp() * 1000) + at
        made = letters_of(moment << 80)
        put = {"title": f"เวทีสุดปฏิทิน {at}", "date": day, "until": day}
        for rec in (filled.mine, f"session/END{at}"):
            told = {"place": f"ที่ {at}"} if rec == filled.mine else put
            made = letters_of((moment << 80) | len(lines))
            change_id = made[:14] + sign_of(dev) + made[18:]
            lines.append(encode(Change(change_id, rec, told, {}, time, dev, None, None)))
    sealed = segments.seal(dev, 1, "", lines)
    (stick / f"kmtui-{dev}").mkdir()
    (stick / f"kmtui-{dev}" / sealed.name).write_bytes(sealed.content)


def _whole(app: KmtuiApp) -> None:
    """Every line of the page is as wide as the page, and holds nothing that a terminal obeys."""
    lines = drawn(app)
    assert {cell_len(line) for line in lines} == {80}
    assert not any(letter < " " or "\x7f" <= letter < "\xa0" for letter in "".join(lines))


async def test_every_page_opens_and_the_own_forum_stands_there(
    met: Notebook, filled: Template
) -> None:
    app = KmtuiApp(met, now=lambda: NOON)
    async with at_home(app) as pilot:
        assert any(KEPT[0] in row for row in rows(app))
        _whole(app)
        await press(pilot, "f3")
        _whole(app)
        await press(pilot, "\x1b")
        for name in ROOMS:
            await app.run_action(f"app.room('{name}')")
            await settle(pilot)
            _whole(app)
            await press(pilot, "\x1b")
        for row in met.sessions()[:8]:
            await app.push_screen(SessionScreen(met.session(row.id)))
            await settle(pilot)
            _whole(app)
            await app.run_action("screen.history")
            await settle(pilot)
            _whole(app)
            await press(pilot, "\x1b", "\x1b")

        assert met.session(filled.mine).turns[0].text == KEPT[1]
