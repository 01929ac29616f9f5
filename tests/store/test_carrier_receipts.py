"""Who holds what: told by each laptop, without answering each other for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.edits import Add, Change
from store.notebook import Notebook
from store.records import RecordId, Turn
from tests.store.meeting import Team, content_of, forum


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def who(book: Notebook, session: RecordId) -> tuple[set[str], set[str]]:
    """Names of the laptops that hold a session, and of those that may not."""
    found = book.receipts(session)
    return {one.name for one in found.holding}, {one.name for one in found.lacking}


def test_a_laptop_is_known_to_hold_a_session_only_after_it_has_told(team: Team) -> None:
    nok, daeng, ploy = team.laptop("nok"), team.laptop("daeng"), team.laptop("ploy")
    stick = team.stick()
    for book in (daeng, ploy, nok):
        book.meet(stick)
    session = forum(nok, "เวที", "หนึ่ง")
    steps = [who(nok, session)]

    nok.meet(stick)
    daeng.meet(stick)
    steps.append(who(nok, session))
    nok.meet(stick)
    steps.append(who(nok, session))
    ploy.meet(stick)
    nok.meet(stick)
    steps.append(who(nok, session))

    assert steps == [
        ({"nok"}, {"daeng", "ploy"}),
        ({"nok"}, {"daeng", "ploy"}),
        ({"nok", "daeng"}, {"ploy"}),
        ({"nok", "daeng", "ploy"}, set()),
    ]
    assert nok.receipts_behind() == ()


def test_a_new_edit_is_not_held_by_those_who_held_the_session_before(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session, other = forum(nok, "เวที"), forum(nok, "อีกเวที")
    for book in (nok, daeng, nok):
        book.meet(stick)
    assert nok.receipts_behind() == ()

    nok.save(Change(session, {"place": "ศาลา"}))
    unsealed = nok.receipts_behind()
    nok.meet(stick)
    sealed = nok.receipts_behind()

    assert [one.session for one in unsealed] == [one.session for one in sealed] == [session]
    assert [one.name for one in sealed[0].lacking] == ["daeng"]
    assert who(nok, other) == ({"nok", "daeng"}, set())


def test_what_the_other_wrote_is_held_by_the_other(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวที")
    for book in (nok, daeng):
        book.meet(stick)
    daeng.save(Add(Turn(session=session, text="หนึ่ง", place=1)))
    daeng.meet(stick)

    nok.meet(stick)

    assert who(nok, session) == ({"nok", "daeng"}, set())


def test_a_notebook_alone_is_behind_nobody(team: Team) -> None:
    nok = team.laptop("nok")
    forum(nok, "เวที")

    assert nok.receipts_behind() == ()
    assert [one.name for one in nok.laptops()] == ["nok"]


def test_a_laptop_that_took_a_new_id_is_not_asked_for_under_the_old_one(team: Team) -> None:
    import shutil

    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวที")
    nok.meet(stick)
    nok.close()
    shutil.copytree(team.folder / "nok", team.folder / "twin")
    nok, twin = team.laptop("nok"), team.laptop("twin")
    forum(nok, "ของนก")
    forum(twin, "ของอีกเครื่อง")

    for book in (nok, twin, nok, twin, nok):
        book.meet(stick)

    assert {one.id for one in nok.laptops()} == {nok.laptop, twin.laptop}
    assert who(nok, session) == ({"nok"}, set())
    assert nok.receipts_behind() == ()


def test_a_new_owner_is_told(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    nok.meet(stick)
    daeng.meet(stick)
    nok.set_owner("พี่นก")

    nok.meet(stick)
    daeng.meet(stick)

    assert {one.name for one in daeng.laptops()} == {"พี่นก", "daeng"}


@settings(max_examples=25, deadline=None)
@given(order=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans()), max_size=12))
def test_laptops_fall_silent_when_there_is_nothing_but_receipts_to_tell(
    tmp_path_factory: pytest.TempPathFactory, order: list[tuple[int, int, bool]]
) -> None:
    team = Team(tmp_path_factory.mktemp("team"))
    books = [team.laptop(name) for name in ("nok", "daeng", "ploy")]
    sticks = [team.stick("first"), team.stick("second")]
    for number, (who_meets, where, writes) in enumerate(order):
        if writes:
            forum(books[who_meets], f"เวที {number}")
        books[who_meets].meet(sticks[where])

    rounds = 0
    while True:
        before = [content_of(stick) for stick in sticks]
        for book in books:
            for stick in sticks:
                book.meet(stick)
        rounds += 1
        if before == [content_of(stick) for stick in sticks]:
            break
        assert rounds < 6

    assert all(book.receipts_behind() == () for book in books)
    assert len({frozenset(row.id for row in book.sessions()) for book in books}) == 1
    team.close()
