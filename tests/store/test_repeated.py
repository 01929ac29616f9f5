"""Nobody changes an author's words by repeating the ids of their lines."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.carrier.kept import KeptFile, KeptFiles
from store.changes import doubles, segments
from store.changes.line import Change, encode
from store.errors import ChangedSince
from store.ids import FIRST_ID, letters_of, sign_in, sign_of
from store.notebook import Notebook
from tests.store.conftest import NOON, said
from tests.store.meeting import Team, files_of, forum, titles
from tests.store.test_strange_lines import STRANGER, leave

NOW = int(NOON.timestamp() * 1000)


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


# saves that somebody says to be part of


def joined_to(stick: Path, book: Notebook, rec: str, put: dict[str, object], *, id_of: str) -> None:
    """A stranger's line that says to belong to the author's save of this record."""
    save = next(one for one in lines_on(stick, book) if one.rec == rec).save
    line = Change(id_of, rec, put, {}, "", STRANGER, None, (save, 2, 2))
    leave(stick, encode(line))


def test_an_earlier_value_comes_back_as_its_author_wrote_it(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    nok.meet(stick)
    joined_to(stick, nok, session, {"title": "ปลอม"}, id_of=letters_of((NOW + 9_000) << 80))
    nok.meet(stick)
    found = [one for one in nok.history(session) if one.field == "title"]
    (real,) = [one for one in found if one.laptop == nok.laptop]

    nok.set_back(session, "title", real.change)

    assert len({one.change for one in found}) == 2
    assert nok.session(session).session.title == "เวทีน้ำ"


@pytest.mark.parametrize("field", ["aim", "title"])
def test_who_says_to_have_written_before_leaves_no_half_of_a_forum_to_undo(
    team: Team, field: str
) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    leave(stick, encode(Change(FIRST_ID, session, {field: "ปลอม"}, {}, "", STRANGER, None, None)))
    nok.meet(stick)

    with pytest.raises(ChangedSince):
        nok.undo(past_meeting=True)

    assert "เวทีน้ำ" in titles(nok)


def test_what_a_laptop_made_first_is_put_into_the_trash_by_undo(team: Team) -> None:
    nok = team.laptop("nok")
    session = forum(nok, "เวทีน้ำ", "น้ำมา")

    nok.undo()

    assert {one.id for one in nok.deleted()} >= {session}
    assert titles(nok) == set()


# work that follows from what came, not from its square


def test_lines_that_only_carry_somebody_s_letters_are_looked_for_once(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(daeng, "เวทีดิน")
    daeng.meet(stick)
    nok.meet(stick)
    sign = sign_of(daeng.laptop)
    ids = [letters_of(((NOW + at) << 80) | at) for at in range(200)]
    fakes = [f"{one[:14]}{sign}{one[18:]}" for one in ids]
    leave(
        stick,
        *(
            encode(Change(one, "person/A", {"name": "x"}, {}, "", STRANGER, None, None))
            for one in fakes
        ),
    )
    read: list[str] = []
    looked_at = KeptFiles.content

    def noted(kept: KeptFiles, file: KeptFile) -> bytes:
        read.append(file.name)
        return looked_at(kept, file)

    monkeypatch.setattr(KeptFiles, "content", noted)

    met = nok.meet(stick)

    assert met.held == ()
    assert len(read) < 20


def test_very_many_lines_under_one_id_are_compared_with_few() -> None:
    compared: list[str] = []

    class Noting(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __ne__(self, other: object) -> bool:
            compared.append(self)
            return str.__ne__(self, other)

        def __eq__(self, other: object) -> bool:
            compared.append(self)
            return str.__eq__(self, other)

    lines = [
        Change(FIRST_ID, Noting("lesson/A"), {"title": str(at)}, {}, "", STRANGER, None, None)
        for at in range(300)
    ]

    found = doubles.resolved([*lines, *lines])

    assert {str(one.put["title"]) for one in found} == {str(at) for at in range(300)}
    assert len(compared) < 10 * len(lines)
