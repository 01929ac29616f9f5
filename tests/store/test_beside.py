"""Two records of one forum laid beside each other, and joined with the lines a person chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.beside import Beside
from store.edits import Add, Change, Edit
from store.joining import CannotJoin
from store.notebook import Notebook
from store.records import Person, RecordId, Session, Turn
from tests.store.conftest import NOON
from tests.store.meeting import Team

DAY = dt.date(2026, 5, 12)
WORDS = ("น้ำมาช้าทุกปีเพราะฝายรั่วมานาน", "ต้องซ่อมฝายก่อนหน้าฝนปีนี้", "ใครจะเป็นคนไปบอกอำเภอ")
Two = tuple[Notebook, RecordId, RecordId]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def recorded(book: Notebook, title: str, name: str, *texts: str, minutes: int = 0) -> RecordId:
    """A forum of one day and place in which one person says all of this, a minute apart."""
    session = book.new_id("session")
    person = Person(id=book.new_id("person"), name=name)
    edits: list[Edit] = [
        Add(Session(id=session, title=title, date=DAY, place="ศาลาบ้านดอน")), Add(person)
    ]  # fmt: skip
    edits += [
        Add(Turn(session=session, place=at, text=text, speaker=person.id,
                 said_at=NOON + dt.timedelta(minutes=minutes + at)))
        for at, text in enumerate(texts, start=1)
    ]  # fmt: skip
    book.save(*edits)
    return session


@pytest.fixture
def two(team: Team) -> Two:
    """Nok's notebook, with what Daeng recorded of the same forum."""
    nok, daeng, stick = team.laptop("นก"), team.laptop("แดง"), team.stick()
    first = recorded(nok, "เวทีน้ำ", "คุณภีม", WORDS[0], WORDS[1], "คำของนก")
    second = recorded(daeng, "เวทีเรื่องน้ำ", "คุณภีม", WORDS[0] + "ๆ", "คำของแดง", WORDS[1])
    for book in (nok, daeng, nok):
        book.meet(stick)
    return nok, first, second


def texts(beside: Beside) -> list[tuple[int, str]]:
    return [(beside.whose(line.turn), line.turn.text) for line in beside.lines]


def doubles(beside: Beside) -> list[tuple[RecordId, RecordId]]:
    return [(line.turn.id, line.double.id) for line in beside.lines if line.double is not None]


def test_two_records_stand_beside_each_other_with_whose_they_are(two: Two) -> None:
    book, first, second = two

    beside = book.beside(first, second)

    assert [(one.session.id, one.owner, len(one.turns)) for one in beside.records] == [
        (first, "นก", 3),
        (second, "แดง", 3),
    ]
    assert not beside.joined
    assert texts(beside) == [
        (0, WORDS[0]),
        (0, WORDS[1]),
        (1, "คำของแดง"),
        (0, "คำของนก"),
    ]
    assert [line.double.text for line in beside.lines if line.double] == [WORDS[0] + "ๆ", WORDS[1]]
    assert beside.speaker_name(beside.lines[0].turn) == "คุณภีม"
    assert sum(len(line.turns) for line in beside.lines) == 6


def test_nothing_is_written_by_looking(two: Two) -> None:
    book, first, second = two
    before = [book.session(one) for one in (first, second)]

    book.beside(first, second)

    assert [book.session(one) for one in (first, second)] == before
    assert len(book.sessions()) == 2


def test_joining_with_the_chosen_lines_is_one_change_and_undo_brings_both_back(two: Two) -> None:
    book, first, second = two
    pair = doubles(book.beside(first, second))[0]
    before = [book.session(one) for one in (first, second)]

    book.join(first, second, lines=[pair])

    whole = book.session(first)
    assert len(whole.turns) == 5
    assert [one.id for one in whole.folded[pair[0]]] == [pair[1]]
    beside = book.beside(first, second)
    assert beside.joined
    assert [[one.id for one in line.below] for line in beside.lines if line.below] == [[pair[1]]]
    assert len(doubles(beside)) == 1
    book.undo()
    assert [book.session(one) for one in (first, second)] == before


def test_a_folded_line_stands_by_itself_again_and_is_proposed_again(two: Two) -> None:
    book, first, second = two
    pairs = doubles(book.beside(first, second))
    book.join(first, second, lines=pairs)
    assert len(book.session(first).turns) == 4

    book.unfold(pairs[0][0], pairs[0][1])

    assert len(book.session(first).turns) == 5
    assert doubles(book.beside(first, second)) == [pairs[0]]


def test_lines_that_are_two_are_proposed_no_more_also_before_joining(two: Two) -> None:
    book, first, second = two
    pairs = doubles(book.beside(first, second))

    book.part(*pairs[0])

    assert doubles(book.beside(first, second)) == pairs[1:]


def test_both_originals_are_the_same_beside_each_other_after_joining(two: Two) -> None:
    book, first, second = two
    before = [one.turns for one in book.beside(first, second).records]

    book.join(first, second, lines=doubles(book.beside(first, second)))

    after = book.beside(second, first)
    assert [one.session.id for one in after.records] == [first, second]
    assert [[turn.text for turn in one.turns] for one in after.records] == [
        [turn.text for turn in turns] for turns in before
    ]


def test_a_third_record_stands_beside_the_joined_two(two: Two) -> None:
    book, first, second = two
    third = recorded(book, "อีกคนจด", "คุณต้น", WORDS[2])
    book.join(first, second)

    beside = book.beside(first, third)

    assert [one.session.id for one in beside.records] == [first, second, third]
    assert not beside.joined
    assert (2, WORDS[2]) in texts(beside)


def test_only_lines_of_the_two_forums_are_folded(two: Two) -> None:
    book, first, second = two
    third = recorded(book, "อีกเวที", "คุณต้น", WORDS[0])
    mine, theirs, foreign = (next(book.turns(one)).id for one in (first, second, third))
    others = [(mine, foreign), (mine, mine), (mine, first)]

    for pair in others:
        with pytest.raises(CannotJoin):
            book.join(first, second, lines=[pair])
    with pytest.raises(CannotJoin):
        book.beside(first, mine)
    with pytest.raises(CannotJoin):
        book.beside(first, first)

    assert len(book.sessions()) == 3
    book.join(first, second, lines=[(mine, theirs)])
    assert len(book.session(first).turns) == 5


def test_proposals_say_how_many_people_both_have(two: Two) -> None:
    book, first, second = two
    for name in ("คุณต้น", "คุณหวาน", "คุณดำรง"):
        recorded(book, f"เวทีของ{name}", name, "คำ")

    (forums,) = [one for one in book.twins() if one.kind == "session"]

    assert (forums.first, forums.second, forums.people) == (first, second, 1)


def test_in_a_large_notebook_the_forums_changed_last_are_looked_at_and_no_lines(two: Two) -> None:
    book, first, second = two
    others = [recorded(book, f"อีกเวที {at}", "คุณต้น", WORDS[2]) for at in range(2)]
    for one in others:
        book.save(Change(one, {"place": "วัดเหนือ"}))

    def forums(most: int | None) -> set[tuple[RecordId, RecordId]]:
        found = book.twins(most=most)
        return {(one.first, one.second) for one in found if one.kind == "session"}

    assert forums(None) == forums(4) == {(first, second), (others[0], others[1])}
    assert forums(3) == forums(2) == {(others[0], others[1])}
    book.save(Change(first, {"aim": "ซ่อมฝาย"}))
    assert forums(2) == {(first, second)}
    assert forums(1) == set()
    book.join(first, second)
    assert "turn" in {one.kind for one in book.twins()}
    assert "turn" not in {one.kind for one in book.twins(most=100)}
