"""Nobody changes an author's words by repeating the ids of their lines."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.changes import segments
from store.changes.line import Change, encode
from store.ids import sign_in, sign_of
from store.notebook import Notebook
from tests.store.conftest import said
from tests.store.meeting import Team, files_of, forum, titles
from tests.store.test_strange_lines import STRANGER, leave


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def lines_on(stick: Path, book: Notebook) -> list[Change]:
    """What this laptop has put there, without what it tells of itself."""
    every = [
        change
        for file in files_of(stick, book)
        for piece in segments.read(file.read_bytes(), file.name)
        for change in piece.changes
    ]
    return [change for change in every if not change.rec.startswith("laptop/")]


def forge(stick: Path, author: Notebook, *, dev: str = STRANGER) -> None:
    """Repeat the author's ids with other words, as the stranger's own file."""
    fakes = []
    for change in lines_on(stick, author):
        name = next(one for one in ("title", "text", "name") if one in change.put)
        fake = change._replace(dev=dev, put={**change.put, name: "ปลอม"}, tx=None)
        fakes.append(encode(fake))
    leave(stick, *fakes)


def test_every_id_of_a_laptop_carries_its_letters(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    forum(nok, "เวทีน้ำ", "น้ำไม่ไหล")
    nok.meet(stick)

    assert {sign_in(change.id) for change in lines_on(stick, nok)} == {sign_of(nok.laptop)}


def test_the_author_is_told_and_every_word_stands(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ", "น้ำไม่ไหล")
    nok.meet(stick)
    forge(stick, nok)

    met = nok.meet(stick)

    assert [type(one.refusal).__name__ for one in met.held] == ["RepeatsAnother"]
    assert "nok" in str(met.held[0].refusal)
    assert said(nok, session) == ["น้ำไม่ไหล"]
    assert {change.value for change in nok.history(session)} == {"เวทีน้ำ"}
    assert nok.verify(rebuild=True)["differs"] is False
    assert titles(nok) == {"เวทีน้ำ"}


def test_a_third_laptop_shows_the_author_s_words_whatever_came_first(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ", "น้ำไม่ไหล")
    nok.meet(stick)
    forge(stick, nok)
    forged = stick / f"kmtui-{STRANGER}"
    real = stick / f"kmtui-{nok.laptop}"
    shown = []
    for number, order in enumerate(itertools.permutations([forged, real])):
        other, way = team.laptop(f"other{number}"), team.stick(f"way{number}")
        for folder in order:
            (way / folder.name).mkdir()
            for file in folder.iterdir():
                (way / folder.name / file.name).write_bytes(file.read_bytes())
            other.meet(way)
        shown.append((titles(other), said(other, session), len(other.conflicts())))
        other.verify(rebuild=True)
        shown.append((titles(other), said(other, session), len(other.conflicts())))

    assert shown == [({"เวทีน้ำ"}, ["น้ำไม่ไหล"], 0)] * 4


def test_what_cannot_be_told_apart_stands_beside_each_other(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    forum(nok, "เวทีน้ำ")
    nok.meet(stick)
    forge(stick, nok)
    unsigned = stick / f"kmtui-{STRANGER}"
    other, way = team.laptop("other"), team.stick("way")
    two = []
    for folder in (stick / f"kmtui-{nok.laptop}", unsigned):
        for file in folder.iterdir():
            for piece in segments.read(file.read_bytes(), file.name):
                own = [one for one in piece.changes if not one.rec.startswith("laptop/")]
                two.append([encode(_without_sign(one)) for one in own])
    for number, lines in enumerate(two, start=1):
        mine = (encode(segments.line(line)._replace(dev=STRANGER)) for line in lines)
        leave(way, *mine, seq=number)

    other.meet(way)

    (conflict,) = other.conflicts()
    assert {side.value for side in conflict.sides} == {"เวทีน้ำ", "ปลอม"}
    other.settle(conflict.record, "title", value="เวทีน้ำ")
    assert other.conflicts() == ()
    assert other.verify(rebuild=True)["differs"] is False
    assert other.conflicts() == ()
    assert titles(other) == {"เวทีน้ำ"}
    other.undo()
    assert len(other.conflicts()) == 1


def _without_sign(change: Change) -> Change:
    """The line as an earlier version made it: its id tells no laptop."""
    return change._replace(id=change.id[:14] + "0000" + change.id[18:])
