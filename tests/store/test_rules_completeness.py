"""What a forum's record lacks: told in order, and more of a record never counts for less."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.readings import Completeness
from store.records import Attendance, Lesson, Outcome, RecordId, Review, Session, Turn
from store.rules.completeness import LEVELS, completeness, dots, merged, summary_counts
from store.vocabulary import ROLES, GapKind, OutcomeKind, Presence, RoleCheck, SessionStatus

_NUMBERS = itertools.count(1)


def an_id(kind: str) -> RecordId:
    return RecordId(f"{kind}/S-{next(_NUMBERS)}")


def somebody(*roles: str, presence: Presence = "present", checked: bool = True) -> Attendance:
    return Attendance(
        id=an_id("attendance"),
        person=an_id("person"),
        presence=presence,
        roles=frozenset(roles),  # type: ignore[arg-type]
        checks=dict.fromkeys(roles, "did") if checked else {},
    )


def said(text: str = "ได้ครับ") -> Turn:
    return Turn(id=an_id("turn"), speaker=an_id("person"), text=text)


def drawn(*turns: Turn) -> Lesson:
    return Lesson(id=an_id("lesson"), title="ต้องมีคนจด", evidence=frozenset(t.id for t in turns))


WHERE_AND_WHEN = Session(id=RecordId("session/S"), date=date(2026, 11, 21), place="ศาลาหมู่ ๓")
TEAM = (somebody("recorder"), somebody("facilitator"))


def kinds(found: Completeness) -> list[str]:
    return [gap.kind for gap in found.gaps]


def test_a_recorder_a_record_and_a_lesson_make_a_forum_complete() -> None:
    turn = said()

    found = completeness(WHERE_AND_WHEN, TEAM, [turn], [drawn(turn)], [])

    assert (found.gaps, found.share, dots(found.share)) == ((), 1.0, 6)


def test_an_empty_forum_lacks_everything_in_order_and_shows_no_dot() -> None:
    found = completeness(Session(), [], [], [], [])

    assert kinds(found) == [
        "no_recorder",
        "no_turns",
        "no_lesson",
        "no_facilitator",
        "no_date",
        "nobody_present",
        "no_place",
    ]
    assert [gap.level for gap in found.gaps] == ["must"] * 3 + ["should"] * 2 + ["nice"] * 2
    assert dots(found.share) == 0


@pytest.mark.parametrize("presence", ["absent", "invited"])
def test_a_recorder_who_did_not_come_does_not_count(presence: Presence) -> None:
    people = [somebody("recorder", presence=presence), somebody("facilitator")]

    found = completeness(WHERE_AND_WHEN, people, [said()], [], [])

    assert kinds(found)[0] == "no_recorder"


def test_somebody_who_stands_in_can_be_the_recorder() -> None:
    people = [somebody("recorder", presence="on_behalf")]

    found = completeness(WHERE_AND_WHEN, people, [said()], [], [])

    assert "no_recorder" not in kinds(found)


def test_saying_why_there_is_no_lesson_is_enough() -> None:
    session = replace(WHERE_AND_WHEN, no_lesson_because="ฝนตก เลิกก่อน")

    found = completeness(session, TEAM, [said()], [], [])

    assert found.gaps == ()


def test_blanks_are_no_reason() -> None:
    session = replace(WHERE_AND_WHEN, no_lesson_because="  ")

    found = completeness(session, TEAM, [said()], [], [])

    assert kinds(found) == ["no_lesson"]


def test_turns_without_a_speaker_are_one_gap_with_their_number_at_the_first() -> None:
    lost = [Turn(id=an_id("turn"), text="ใครพูดไม่รู้") for _ in range(3)]
    note = Turn(id=an_id("turn"), kind="note", text="พักกินข้าว")
    labelled = Turn(id=an_id("turn"), label="ประธาน", text="เปิดประชุม")

    found = completeness(WHERE_AND_WHEN, TEAM, [note, labelled, *lost, said()], [drawn(said())], [])

    (gap,) = found.gaps
    assert (gap.kind, gap.level, gap.count, gap.about) == (
        "turn_without_speaker",
        "should",
        3,
        lost[0].id,
    )


def test_a_lesson_without_the_words_it_came_from_is_told() -> None:
    bare = drawn()

    found = completeness(WHERE_AND_WHEN, TEAM, [said()], [bare, drawn(said())], [])

    assert [(gap.kind, gap.about) for gap in found.gaps] == [("lesson_without_evidence", bare.id)]


def test_each_holder_whose_role_nobody_checked_is_told_with_the_number_of_roles() -> None:
    both = somebody("recorder", "coordinator", checked=False)
    half = replace(somebody("facilitator", "process_lead"), checks={"facilitator": "partly"})

    found = completeness(WHERE_AND_WHEN, [both, half], [said()], [drawn(said())], [])

    assert [(gap.kind, gap.about, gap.count) for gap in found.gaps] == [
        ("role_not_checked", both.id, 2),
        ("role_not_checked", half.id, 1),
    ]


def test_a_facilitator_who_did_the_practitioners_work_is_told() -> None:
    drifted = somebody("facilitator", "practitioner")

    found = completeness(
        WHERE_AND_WHEN, [somebody("recorder"), drifted], [said()], [drawn(said())], []
    )

    assert [(gap.kind, gap.level, gap.about) for gap in found.gaps] == [
        ("role_drift", "should", drifted.id)
    ]


def test_an_action_asks_for_an_owner_and_a_day_until_it_is_done() -> None:
    open_one = Outcome(id=an_id("outcome"), kind="action", text="นัดสหกรณ์")
    done = replace(open_one, id=an_id("outcome"), done=True)
    decided = Outcome(id=an_id("outcome"), kind="decision", text="ตกลงนัด")

    found = completeness(WHERE_AND_WHEN, TEAM, [said()], [drawn(said())], [open_one, done, decided])

    assert [(gap.kind, gap.level, gap.about) for gap in found.gaps] == [
        ("action_without_owner", "should", open_one.id),
        ("action_without_due", "nice", open_one.id),
    ]


@pytest.mark.parametrize("status", ["planned", "postponed"])
def test_a_forum_to_come_asks_who_will_record_but_not_for_a_record(
    status: SessionStatus,
) -> None:
    found = completeness(Session(status=status), [], [], [], [])

    assert kinds(found) == ["no_recorder", "no_facilitator", "no_date", "no_place"]


def test_an_invited_recorder_counts_before_the_forum_and_is_not_checked() -> None:
    people = [somebody("recorder", "facilitator", presence="invited", checked=False)]
    session = replace(WHERE_AND_WHEN, status="planned")

    found = completeness(session, people, [], [], [])

    assert found.gaps == ()


def test_a_forum_that_did_not_happen_only_wants_its_day() -> None:
    without = completeness(Session(status="did_not_happen"), [], [], [], [])
    with_day = completeness(replace(WHERE_AND_WHEN, status="did_not_happen"), [], [], [], [])

    assert kinds(without) == ["no_date"]
    assert with_day.share == 1.0


def test_somebodys_review_shows_that_people_were_there() -> None:
    review = Review(id=an_id("review"), person=an_id("person"))

    found = completeness(WHERE_AND_WHEN, [], [said()], [drawn(said())], [], reviews=[review])

    assert "nobody_present" not in kinds(found)


def test_gaps_of_several_forums_are_counted_by_kind() -> None:
    bare = completeness(Session(), [], [Turn(), Turn()], [], [])
    plain = completeness(WHERE_AND_WHEN, TEAM, [Turn()], [], [])

    counts = summary_counts([*bare.gaps, *plain.gaps])

    assert counts["turn_without_speaker"] == 3
    assert counts["no_lesson"] == 2
    assert next(iter(counts)) == "no_recorder"
    assert "no_turns" not in counts


def test_merging_leaves_one_gap_a_kind_with_the_whole_count() -> None:
    people = [somebody("recorder", checked=False), somebody("facilitator", checked=False)]
    found = completeness(WHERE_AND_WHEN, people, [said()], [drawn(said())], [])

    (gap,) = merged(found.gaps)

    assert (gap.kind, gap.count, gap.about) == ("role_not_checked", 2, people[0].id)


def test_every_kind_of_gap_has_a_level() -> None:
    assert set(LEVELS) == set(get_args(GapKind))


attendances = st.builds(
    Attendance,
    id=st.builds(an_id, st.just("attendance")),
    presence=st.sampled_from(get_args(Presence)),
    roles=st.frozensets(st.sampled_from(ROLES)),
    checks=st.dictionaries(st.sampled_from(ROLES), st.sampled_from(get_args(RoleCheck))),
)
some_turns = st.builds(
    Turn,
    id=st.builds(an_id, st.just("turn")),
    speaker=st.none() | st.just(RecordId("person/P")),
    label=st.sampled_from(["", "พิธีกร"]),
    kind=st.sampled_from(["verbatim", "reported", "note"]),
)
some_lessons = st.builds(
    Lesson,
    id=st.builds(an_id, st.just("lesson")),
    evidence=st.frozensets(st.just(RecordId("turn/S-T"))),
)
some_outcomes = st.builds(
    Outcome,
    id=st.builds(an_id, st.just("outcome")),
    kind=st.sampled_from(get_args(OutcomeKind)),
    owner=st.none() | st.just(RecordId("person/P")),
    due=st.none() | st.just(date(2026, 12, 1)),
    done=st.booleans(),
)
some_sessions = st.builds(
    Session,
    date=st.none() | st.just(date(2026, 11, 21)),
    place=st.sampled_from(["", "ศาลา"]),
    status=st.sampled_from(get_args(SessionStatus)),
    no_lesson_because=st.sampled_from(["", "ฝนตก"]),
)
forums = st.tuples(
    some_sessions,
    st.lists(attendances, max_size=4),
    st.lists(some_turns, max_size=4),
    st.lists(some_lessons, max_size=3),
    st.lists(some_outcomes, max_size=3),
)
Forum = tuple[Session, list[Attendance], list[Turn], list[Lesson], list[Outcome]]


@given(forums)
def test_the_share_is_a_share_and_six_dots_mean_no_must_and_no_should(forum: Forum) -> None:
    found = completeness(*forum)

    assert 0.0 <= found.share <= 1.0
    assert (dots(found.share) == 6) == all(gap.level == "nice" for gap in found.gaps)
    assert (found.share == 1.0) == (not found.gaps)
    if any(gap.level == "must" for gap in found.gaps):
        assert dots(found.share) <= 4


@given(forums)
def test_gaps_come_the_most_important_first_and_each_has_its_level(forum: Forum) -> None:
    found = completeness(*forum)

    order = [("must", "should", "nice").index(gap.level) for gap in found.gaps]
    assert order == sorted(order)
    assert all(gap.level == LEVELS[gap.kind] for gap in found.gaps)


@given(forums)
def test_naming_a_first_recorder_never_lowers_the_share(forum: Forum) -> None:
    session, people, turns, lessons, outcomes = forum
    people = [replace(one, roles=one.roles - {"recorder"}) for one in people]
    before = completeness(session, people, turns, lessons, outcomes)

    named = [*people, somebody("recorder", checked=False)]
    after = completeness(session, named, turns, lessons, outcomes)

    assert after.share >= before.share
    if session.status == "held" and dots(before.share) > 0:
        assert after.share > before.share


@given(forums, st.data())
def test_filling_a_gap_never_lowers_the_share(forum: Forum, data: st.DataObject) -> None:
    session, people, turns, lessons, outcomes = forum
    before = completeness(*forum)
    more_said = [*turns, said()]
    filled: Forum = data.draw(
        st.sampled_from(
            [
                (replace(session, date=date(2026, 11, 21)), *forum[1:]),
                (replace(session, place="วัด"), *forum[1:]),
                (replace(session, no_lesson_because="ฝนตก"), *forum[1:]),
                (session, people, more_said, lessons, outcomes),
                (session, people, turns, [*lessons, drawn(said())], outcomes),
                (session, people, turns, lessons, [replace(o, done=True) for o in outcomes]),
                (session, [_checked(one) for one in people], turns, lessons, outcomes),
                (session, [*people, somebody()], turns, lessons, outcomes),
            ]
        )
    )

    after = completeness(*filled)

    assert after.share >= before.share


def _checked(one: Attendance) -> Attendance:
    return replace(one, checks={role: one.checks.get(role, "did_not") for role in one.roles})
