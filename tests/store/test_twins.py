"""Twins: proposed, joined by a person, read as one; nothing is lost and undo parts them again."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.edits import Add, Change, Delete, Edit
from store.joining import CannotJoin, JoinedAlready
from store.notebook import Notebook
from store.readings import SessionWhole
from store.records import (
    Agency,
    Attendance,
    Lesson,
    Outcome,
    Person,
    RecordId,
    Review,
    Series,
    Session,
    Turn,
)
from store.rules.twins import doubled, folded, placed_anew, read_as, side_by_side
from tests.store.conftest import NOON
from tests.store.meeting import Team

DAY = dt.date(2026, 5, 12)
WORDS = ("น้ำมาช้าทุกปีเพราะฝายรั่วมานาน", "ต้องซ่อมฝายก่อนหน้าฝนปีนี้", "ใครจะเป็นคนไปบอกอำเภอ")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def recorded(book: Notebook, title: str, names: tuple[str, ...], *texts: str) -> RecordId:
    """A forum of one day and place, with these people, who take turns in speaking."""
    session = book.new_id("session")
    people = [Person(id=book.new_id("person"), name=name) for name in names]
    edits: list[Edit] = [Add(Session(id=session, title=title, date=DAY, place="ศาลาบ้านดอน"))]
    edits += [Add(one) for one in people]
    edits += [Add(Attendance(session=session, person=one.id)) for one in people]
    edits += [
        Add(Turn(session=session, place=at, text=text, speaker=people[at % len(people)].id))
        for at, text in enumerate(texts, start=1)
    ]
    book.save(*edits)
    return session


@pytest.fixture
def both(team: Team) -> tuple[Notebook, Notebook, RecordId, RecordId]:
    """Two recorders of one forum, after their laptops have met."""
    nok, daeng, stick = team.laptop("นก"), team.laptop("แดง"), team.stick()
    first = recorded(nok, "เวทีน้ำ", ("คุณภีม", "คุณนก"), WORDS[0], WORDS[1])
    second = recorded(daeng, "เวทีเรื่องน้ำ", ("คุณภีม", "คุณแดง"), WORDS[0] + "ๆ", WORDS[2])
    for book in (nok, daeng, nok, daeng):
        book.meet(stick)
    return nok, daeng, first, second


def said(whole: SessionWhole) -> list[str]:
    return [turn.text for turn in whole.turns]


def kinds(book: Notebook) -> list[tuple[str, str, str]]:
    return [(one.kind, one.first_title, one.second_title) for one in book.twins()]


def test_two_records_of_one_day_and_place_with_the_same_people_are_proposed(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, daeng, first, second = both

    found = {one.kind: one for one in nok.twins()}

    assert {found["session"].first, found["session"].second} == {first, second}
    assert found["session"].why == ("day_place", "people")
    assert (found["person"].first_title, found["person"].why) == ("คุณภีม", ("same_name",))
    assert set(kinds(daeng)) == set(kinds(nok))


def test_one_series_and_part_is_proposed_and_other_people_are_not(team: Team) -> None:
    book = team.laptop("นก")
    series = book.new_id("series")
    book.save(Add(Series(id=series, title="ชุดน้ำ")))
    for title, name, part in (("ก", "คุณภีม", 6), ("ข", "พี่ภีม", 6), ("ค", "คุณต้น", 6),
                              ("ง", "คุณภีม", 7)):  # fmt: skip
        session = recorded(book, title, (name,), "คำ")
        book.save(Change(session, {"series": series, "part": part, "place": ""}))

    found = [one for one in book.twins() if one.kind == "session"]

    assert [(one.first_title, one.second_title, one.why) for one in found] == [
        ("ก", "ข", ("series_part", "people"))
    ]


def test_a_joined_forum_is_one_reading_of_both_and_is_listed_once(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    people = [one for one in nok.twins() if one.kind == "person"]

    nok.join(first, second)
    nok.join(people[0].first, people[0].second)

    whole = nok.session(first)
    assert [row.id for row in nok.sessions()] == [first]
    assert nok.sessions()[0].turns == 4
    assert Counter(said(whole)) == Counter([WORDS[0], WORDS[1], WORDS[0] + "ๆ", WORDS[2]])
    assert [one.id for one in whole.joined] == [second]
    assert {turn.session for turn in whole.turns} == {first}
    assert [turn.place for turn in whole.turns] == sorted({turn.place for turn in whole.turns})
    assert nok.session(second) == whole
    assert list(nok.turns(first)) == list(whole.turns) == list(nok.turns(second))
    assert list(nok.turns()) == list(whole.turns)
    names = sorted(whole.people[one.person].name for one in whole.attendance)
    assert names == ["คุณนก", "คุณภีม", "คุณแดง"]
    assert [hit.session for hit in nok.search(WORDS[2])] == [first]
    assert [hit.id for hit in nok.search("เวทีเรื่องน้ำ")] == [first]
    assert nok.sessions()[0].complete == whole.completeness.share


def test_both_originals_stand_as_they_were(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    before = [nok.session(one, alone=True).turns for one in (first, second)]

    nok.join(first, second)

    assert [nok.session(one, alone=True).turns for one in (first, second)] == before
    assert nok.record(second).marks == frozenset()


def test_undo_parts_them_as_they_were_in_one_step_and_redo_joins_them_again(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    before = nok.sessions(), [nok.session(one) for one in (first, second)]
    nok.join(first, second)
    joined = nok.sessions()

    nok.undo()

    assert [(row.id, row.title, row.turns, row.joins) for row in nok.sessions()] == [
        (row.id, row.title, row.turns, row.joins) for row in before[0]
    ]
    assert [nok.session(one) for one in (first, second)] == before[1]
    nok.redo()
    assert [(row.id, row.turns) for row in nok.sessions()] == [
        (row.id, row.turns) for row in joined
    ]


def test_it_holds_after_opening_again_after_making_the_view_anew_and_on_the_other_laptop(
    both: tuple[Notebook, Notebook, RecordId, RecordId], team: Team
) -> None:
    nok, daeng, first, second = both
    nok.join(second, first)
    wanted = said(nok.session(first))
    for book in (nok, daeng):
        book.meet(team.stick())
    assert said(daeng.session(first)) == wanted
    assert [row.id for row in daeng.sessions()] == [second]
    nok.verify(rebuild=True)
    assert [row.id for row in nok.sessions()] == [second]
    nok.close()

    again = team.laptop("นก")

    assert [(row.id, row.turns, row.joins) for row in again.sessions()] == [(second, 4, (first,))]
    daeng_turn = next(daeng.turns(first))
    daeng.save(Delete(daeng_turn.id))
    daeng.meet(team.stick())
    again.meet(team.stick())
    assert [row.turns for row in again.sessions()] == [3]


def test_joined_both_ways_round_on_two_laptops_is_still_one_forum(
    both: tuple[Notebook, Notebook, RecordId, RecordId], team: Team
) -> None:
    nok, daeng, first, second = both

    nok.join(first, second)
    daeng.join(second, first)
    for book in (nok, daeng, nok):
        book.meet(team.stick())

    rows = [[(row.id, row.turns) for row in book.sessions()] for book in (nok, daeng)]
    assert rows == [[(min(first, second), 4)]] * 2
    assert said(nok.session(first)) == said(daeng.session(first))


def test_three_records_of_one_forum_are_one_reading(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    third = recorded(nok, "เวทีที่สาม", ("คุณภีม",), "อีกคำหนึ่ง")

    nok.join(first, second)
    nok.join(second, third)

    assert [row.turns for row in nok.sessions()] == [5]
    assert {one.id for one in nok.session(third).joined} == {second, third}


def test_when_the_shown_one_goes_into_the_trash_the_other_stands_by_itself(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    nok.join(first, second)

    nok.save(Delete(first))

    assert [(row.id, row.turns) for row in nok.sessions()] == [(second, 2)]
    nok.undo()
    assert [(row.id, row.turns) for row in nok.sessions()] == [(first, 4)]


def test_lessons_outcomes_and_reviews_of_both_are_there_once(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    for session in (first, second):
        nok.save(
            Add(Lesson(session=session, title=f"บทเรียน {session[-3:]}")),
            Add(Outcome(session=session, text=f"ข้อตกลง {session[-3:]}")),
            Add(Review(session=session, promise="จะไปทำ")),
        )

    nok.join(first, second)

    whole = nok.session(first)
    assert [len(part) for part in (whole.lessons, whole.outcomes, whole.reviews)] == [2, 2, 2]
    assert {one.session for one in (*whole.lessons, *nok.lessons())} == {first}
    assert {one.session for one in whole.outcomes} == {first}
    assert (nok.sessions()[0].lessons, nok.sessions()[0].outcomes) == (2, 2)
    assert len(nok.lessons(second)) == len(nok.lessons()) == 2


def test_what_one_left_empty_is_read_from_the_other(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    nok.save(Change(first, {"place": "", "tags": frozenset({"น้ำ"})}))
    nok.save(Change(second, {"aim": "ซ่อมฝาย", "tags": frozenset({"ฝาย"})}))

    nok.join(first, second)

    session = nok.session(first).session
    assert (session.title, session.place, session.aim) == ("เวทีน้ำ", "ศาลาบ้านดอน", "ซ่อมฝาย")
    assert session.tags == {"น้ำ", "ฝาย"}


def test_doubled_lines_are_proposed_and_folded_by_choice_only(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    nok.join(first, second)
    (pair,) = [one for one in nok.twins() if one.kind == "turn"]
    assert {pair.first_title, pair.second_title} == {WORDS[0], WORDS[0] + "ๆ"}
    assert len(said(nok.session(first))) == 4
    lesson = nok.new_id("lesson", second)
    evidence = frozenset({pair.second})
    nok.save(Add(Lesson(id=lesson, session=second, title="ฝาย", evidence=evidence)))

    nok.join(pair.first, pair.second)

    whole = nok.session(first)
    assert [turn.id for turn in whole.folded[pair.first]] == [pair.second]
    assert pair.second not in {turn.id for turn in (*whole.turns, *nok.turns())}
    assert whole.lessons[0].evidence == {pair.first}
    assert nok.sessions()[0].turns == len(whole.turns) == 3
    assert [hit.id for hit in nok.search(WORDS[0])] == [pair.first]
    assert [one for one in nok.twins() if one.kind == "turn"] == []
    nok.undo()
    assert len(said(nok.session(first))) == 4


def test_folded_lines_stand_again_where_the_forums_are_parted(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    nok.join(first, second)
    (pair,) = [one for one in nok.twins() if one.kind == "turn"]
    nok.join(pair.first, pair.second)

    nok.part(first, second)

    assert [len(nok.session(one).turns) for one in (first, second)] == [2, 2]
    assert len(nok.sessions()) == 2
    assert [one for one in nok.twins() if one.kind == "session"] == []


def test_what_a_person_said_are_two_is_not_proposed_again_until_that_is_undone(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    before = kinds(nok)
    for one in nok.twins():
        nok.part(one.first, one.second)

    assert kinds(nok) == []
    for _each in before:
        nok.undo()
    assert kinds(nok) == before
    assert first != second


def test_a_person_made_twice_reads_as_one_everywhere_with_the_names_of_both(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, _first, second = both
    (pair,) = [one for one in nok.twins() if one.kind == "person"]
    nok.save(Change(pair.second, {"name": "พี่ภีม", "aliases": frozenset({"ภีม"}), "position": "ครู"}))
    nok.save(Add(Outcome(session=second, text="ไปบอกอำเภอ", owner=pair.second)))

    nok.join(pair.first, pair.second)

    (person,) = [one for one in nok.people() if "ภีม" in one.name]
    assert (person.id, person.position) == (pair.first, "ครู")
    assert person.aliases == {"พี่ภีม", "ภีม"}
    assert person.joins == {pair.second}
    everybody = {one.person for one in nok.attendance()} | {one.speaker for one in nok.turns()}
    assert pair.second not in everybody
    assert {one.owner for one in nok.outcomes()} == {pair.first}
    assert pair.second not in nok.session(second).people
    assert [hit.id for hit in nok.search("พี่ภีม")] == [pair.first]
    nok.undo()
    assert {one.owner for one in nok.outcomes()} == {pair.second}
    assert len([one for one in nok.people() if "ภีม" in one.name]) == 2


def test_the_rows_of_lists_name_a_joined_person_once_and_both_after_undo(team: Team) -> None:
    book = team.laptop("นก")
    session = recorded(book, "เวที", ("คุณภีม", "พี่ภีมา"), "คำ")
    for one in list(book.attendance(session)):
        book.save(Change(one.id, add={"roles": frozenset({"recorder"})}))
    people = [one.id for one in book.people()]

    book.join(people[0], people[1])

    assert book.sessions()[0].recorders == ("คุณภีม",)
    assert [one.roles for one in book.session(session).attendance] == [{"recorder"}]
    book.undo()
    assert set(book.sessions()[0].recorders) == {"คุณภีม", "พี่ภีมา"}


def test_agencies_are_proposed_by_short_and_full_names_and_read_as_one(team: Team) -> None:
    book = team.laptop("นก")
    ids = [book.new_id("agency") for _one in range(4)]
    for one, short, full in zip(
        ids,
        ("อบต.", "อ.บ.ต.", "พช.", "พอช."),
        ("องค์การบริหารส่วนตำบล", "", "พัฒนาชุมชนอำเภอ", "สถาบันพัฒนาองค์กรชุมชน"),
        strict=True,
    ):
        book.save(Add(Agency(id=one, short=short, full=full)))
    person = Person(id=book.new_id("person"), name="คุณต้น", agency=ids[1])
    book.save(Add(person))
    found = [(one.first_title, one.second_title, one.why) for one in book.twins()]

    book.join(ids[0], ids[1])

    assert found == [("อบต.", "อ.บ.ต.", ("same_name",))]
    aliases = {one.short: one.aliases for one in book.agencies()}
    assert aliases == {"อบต.": {"อ.บ.ต."}, "พช.": frozenset(), "พอช.": frozenset()}
    assert book.people()[0].agency == ids[0]
    assert book.twins() == ()


def test_only_what_can_be_one_is_joined(
    both: tuple[Notebook, Notebook, RecordId, RecordId],
) -> None:
    nok, _daeng, first, second = both
    person = nok.people()[0].id
    turns = [next(nok.turns(one)).id for one in (first, second)]
    lesson = nok.save(Add(Lesson(session=first, title="ก"))).record.id
    for one, other in ((first, first), (first, person), (turns[0], turns[1]), (lesson, lesson)):
        with pytest.raises(CannotJoin):
            nok.join(one, other)
    nok.join(first, second)

    with pytest.raises(JoinedAlready):
        nok.join(second, first)


# the rules by themselves

stamps = st.one_of(
    st.none(), st.integers(-50, 50).map(lambda many: NOON + dt.timedelta(hours=many))
)


@st.composite
def records(draw: st.DrawFn) -> list[list[Turn]]:
    """Turns of up to three records of one forum."""
    found = []
    for rank in range(draw(st.integers(1, 3))):
        texts = draw(st.lists(st.sampled_from(["ก", "ข", WORDS[0], WORDS[1]]), max_size=6))
        found.append(
            [
                Turn(
                    id=RecordId(f"turn/{rank}-{at}"),
                    session=RecordId(f"session/{rank}"),
                    place=at * 10,
                    text=text,
                    said_at=draw(stamps),
                )
                for at, text in enumerate(texts)
            ]
        )
    return found


@given(records())
def test_side_by_side_keeps_every_turn_and_each_record_in_its_own_order(
    several: list[list[Turn]],
) -> None:
    found = side_by_side(several)

    assert Counter(turn.id for turn in found) == Counter(
        one.id for turns in several for one in turns
    )
    for turns in several:
        own = {turn.id for turn in turns}
        assert [turn for turn in found if turn.id in own] == turns


@given(records())
def test_places_rise_and_never_fall_below_those_of_the_shown_record(
    several: list[list[Turn]],
) -> None:
    placed = placed_anew(side_by_side(several), RecordId("session/0"))

    places = [turn.place for turn in placed]
    assert places == sorted(set(places))
    before = {turn.id: turn.place for turn in several[0]}
    assert all(turn.place >= before.get(turn.id, 0) for turn in placed)


@given(records(), st.data())
def test_folding_loses_no_turn_whatever_was_said_to_be_the_same(
    several: list[list[Turn]], data: st.DataObject
) -> None:
    turns = list(side_by_side(several))
    ids = [turn.id for turn in turns] + [RecordId("turn/elsewhere")]
    links = st.frozensets(st.sampled_from(ids), max_size=2)
    turns = [replace(turn, same_as=data.draw(links) - {turn.id}) for turn in turns]

    shown, below = folded(turns)

    every = [*shown, *(turn for others in below.values() for turn in others)]
    assert Counter(turn.id for turn in every) == Counter(turn.id for turn in turns)
    assert set(below) <= {turn.id for turn in shown}


@given(records())
def test_each_line_is_proposed_once_and_only_beside_one_of_another_record(
    several: list[list[Turn]],
) -> None:
    apart = {turn.id: turn.session for turns in several for turn in turns}

    pairs = list(doubled(side_by_side(several), apart))

    ids = [turn.id for pair in pairs for turn in pair]
    assert len(ids) == len(set(ids))
    assert all(apart[one.id] != apart[other.id] for one, other in pairs)


@given(st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.sampled_from("abcdefz"))))
def test_what_is_read_as_another_is_read_as_one_that_stands_by_itself(
    same: dict[str, frozenset[str]],
) -> None:
    links = {RecordId(one): {RecordId(to) for to in others} for one, others in same.items()}

    found = read_as(links)

    assert not set(found.values()) & set(found)
    for one, others in links.items():
        for other in others & set(links):
            assert found.get(one, one) == found.get(other, other)


edits = st.lists(
    st.tuples(st.sampled_from(["join", "part", "fold", "undo", "say"]), st.integers(0, 5)),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(script=edits)
def test_whatever_is_joined_parted_and_undone_every_turn_is_shown_or_folded(
    script: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    team = Team(tmp_path_factory.mktemp("twins"))
    book = team.laptop("นก")
    sessions = [recorded(book, title, ("คุณภีม",), *WORDS) for title in ("ก", "ข", "ค")]
    count = 9
    for what, number in script:
        one, other = sessions[number % 3], sessions[(number + 1 + number // 3) % 3]
        rows = [book.session(row.id) for row in book.sessions()]
        try:
            match what:
                case "join":
                    book.join(one, other)
                case "part":
                    book.part(one, other)
                case "fold":
                    turns = [twin for twin in book.twins() if twin.kind == "turn"]
                    if turns:
                        book.join(turns[0].first, turns[0].second)
                case "say":
                    book.save(Add(Turn(session=one, text="อีก", place=99)))
                    count += 1
                    continue
        except (CannotJoin, JoinedAlready):
            continue
        if what != "undo" and number % 2 and book.session(one) not in rows:
            book.undo()
            assert [book.session(row.id) for row in book.sessions()] == rows

    wholes = [book.session(row.id) for row in book.sessions()]
    shown = [turn.id for whole in wholes for turn in whole.turns]
    below = [turn.id for whole in wholes for turns in whole.folded.values() for turn in turns]
    assert len(shown + below) == len(set(shown + below)) == count
    assert [row.turns for row in book.sessions()] == [len(whole.turns) for whole in wholes]
    team.close()
