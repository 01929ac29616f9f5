"""Roles over people and forums: drift, the three locked positions, and whether it was done."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from store.records import Attendance, RecordId, Turn
from store.rules.roles import drift, health, locked_positions, not_known_yet
from store.rules.speakers import last_speakers
from store.vocabulary import ROLES, Presence, Role, RoleCheck

NOK, DAENG, SOM = RecordId("person/N"), RecordId("person/D"), RecordId("person/S")


def holds(
    person: RecordId,
    *roles: Role,
    presence: Presence = "present",
    checks: dict[str, RoleCheck] | None = None,
) -> Attendance:
    return Attendance(person=person, roles=frozenset(roles), presence=presence, checks=checks or {})


def test_facilitating_and_doing_the_practitioners_work_is_drift() -> None:
    drifted = holds(NOK, "facilitator", "practitioner", "recorder")

    assert drift([drifted, holds(DAENG, "practitioner")]) == (drifted,)


def test_other_pairs_of_roles_are_allowed_without_a_word() -> None:
    assert drift([holds(NOK, "facilitator", "sponsor"), holds(SOM, "practitioner")]) == ()


def test_the_three_positions_name_their_holders_and_the_empty_ones() -> None:
    people = [
        holds(NOK, "recorder", "coordinator"),
        holds(DAENG, "recorder"),
        holds(SOM, "process_lead", presence="absent"),
    ]

    assert locked_positions(people) == {
        "coordinator": (NOK,),
        "recorder": (NOK, DAENG),
        "process_lead": (),
    }


def test_roles_that_nobody_checked_are_counted_one_by_one() -> None:
    people = [
        holds(NOK, "recorder", "coordinator"),
        holds(DAENG, "facilitator", checks={"facilitator": "did"}),
        holds(SOM),
    ]

    assert not_known_yet(people) == 2


def test_health_tells_by_person_and_role_what_became_of_it() -> None:
    first = [holds(NOK, "recorder", checks={"recorder": "did"}), holds(DAENG, "facilitator")]
    second = [holds(NOK, "recorder", checks={"recorder": "did_not"})]
    third = [
        holds(NOK, "recorder"),
        holds(DAENG, "facilitator", checks={"facilitator": "partly"}),
    ]

    found = health([*first, *second, *third])

    nok = found[NOK, "recorder"]
    assert (nok.placed, nok.did, nok.did_not, nok.not_known) == (3, 1, 1, 1)
    daeng = found[DAENG, "facilitator"]
    assert (daeng.placed, daeng.partly, daeng.not_known) == (2, 1, 1)
    assert set(found) == {(NOK, "recorder"), (DAENG, "facilitator")}


def test_a_check_of_a_newer_version_counts_as_not_known() -> None:
    odd = Attendance(person=NOK, roles=frozenset({"recorder"}), checks={"recorder": "mostly"})  # type: ignore[dict-item]

    assert health([odd])[NOK, "recorder"].not_known == 1


attendances = st.lists(
    st.builds(
        Attendance,
        person=st.sampled_from([NOK, DAENG, SOM]),
        roles=st.frozensets(st.sampled_from(ROLES)),
        checks=st.dictionaries(st.sampled_from(ROLES), st.sampled_from(get_args(RoleCheck))),
    )
)


@given(attendances)
def test_every_placed_role_is_counted_exactly_once(people: list[Attendance]) -> None:
    found = health(people)

    assert sum(one.placed for one in found.values()) == sum(len(one.roles) for one in people)
    assert sum(one.not_known for one in found.values()) == not_known_yet(people)


def test_tab_offers_the_latest_speaker_first_and_each_once() -> None:
    order = [NOK, DAENG, NOK, None, SOM, DAENG]

    assert last_speakers([Turn(speaker=one) for one in order]) == (DAENG, SOM, NOK)


def test_tab_offers_no_more_than_asked() -> None:
    turns = [Turn(speaker=one) for one in (NOK, DAENG, SOM)]

    assert last_speakers(turns, most=2) == (SOM, DAENG)
