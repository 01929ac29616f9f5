"""The demo notebook shows what records in the field often lack, in invented words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import pytest

from kmtui.demo import make
from store.notebook import Notebook
from store.readings import SessionWhole
from store.records import Capability
from store.rules.completeness import dots, summary_counts
from store.rules.roles import drift, locked_positions
from store.transcripts import Known, read_text

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=7)))
FOUNDING = Path(__file__).parents[2] / "shared/field/forum-part-6.txt"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    folder = tmp_path_factory.mktemp("demo") / "notebook"
    make(folder, NOW)
    with Notebook.open(folder, read_only=True, now=lambda: NOW) as notebook:
        yield notebook


def part(demo: Notebook, number: int) -> SessionWhole:
    (found,) = (row.id for row in demo.sessions() if row.part == number)
    return demo.session(found)


def test_the_demo_holds_two_parts_of_one_series(demo: Notebook) -> None:
    rows = demo.sessions()

    assert [(row.part, row.turns, row.lessons, row.outcomes) for row in rows] == [
        (4, 28, 2, 4),
        (3, 25, 2, 4),
    ]
    assert {row.series_title for row in rows} == {"กองทุนน้ำกับกลุ่มออมทรัพย์ตำบลลมเย็น"}
    assert [row.date for row in rows] == [date(2026, 11, 20), date(2026, 10, 23)]


def test_every_turn_is_somebodys_and_their_words_only(demo: Notebook) -> None:
    first = part(demo, 3).turns[0]
    names = {person.name for person in demo.people()}
    agencies = {f"{agency.short}\u00a0" for agency in demo.agencies()}

    assert first.text.startswith("สวัสดีครับพี่น้อง")
    for turn in demo.turns():
        assert turn.speaker is not None
        assert turn.text == turn.text.lstrip()
        assert not turn.text.startswith(tuple(names | agencies))


@pytest.mark.parametrize("number", [3, 4])
def test_its_texts_are_understood_line_by_line(number: int) -> None:
    text = files("kmtui.demo").joinpath(f"part-{number}.txt").read_text(encoding="utf-8")

    (found,) = read_text(text, "part.txt", known=Known(), today=NOW.date())

    assert (found.layout, found.part, found.not_understood) == ("padded", number, ())
    assert [one.text for one in found.dropped][-1] == "ความเห็น (0)"


def test_part_three_has_the_gaps_that_the_field_complains_of(demo: Notebook) -> None:
    found = part(demo, 3).completeness

    assert summary_counts(found.gaps) == {
        "no_recorder": 1,
        "role_drift": 1,
        "lesson_without_evidence": 1,
        "role_not_checked": 4,
        "action_without_owner": 1,
        "action_without_due": 1,
    }
    assert dots(found.share) == 2


def test_part_four_lacks_one_answer_only(demo: Notebook) -> None:
    found = part(demo, 4).completeness

    assert summary_counts(found.gaps) == {"role_not_checked": 1}
    assert dots(found.share) == 5


def test_one_facilitator_did_the_practitioners_work(demo: Notebook) -> None:
    whole = part(demo, 3)

    (drifted,) = drift(whole.attendance)

    assert whole.people[drifted.person].name == "คุณนภดล"
    assert locked_positions(whole.attendance)["recorder"] == ()


def test_a_promise_is_overdue_and_a_question_is_open(demo: Notebook) -> None:
    outcomes = part(demo, 3).outcomes

    (late,) = (one for one in outcomes if one.due and one.due < NOW.date() and not one.done)
    (asked,) = (one for one in outcomes if one.kind == "question")

    assert late.text == "เอาเครื่องมาวัดน้ำช่วงวัดถึงโรงสี"
    assert asked.answered_by is None


def test_a_restated_decision_points_to_both_turns(demo: Notebook) -> None:
    whole = part(demo, 3)
    (decision,) = (one for one in whole.outcomes if one.kind == "decision")

    said = [turn.text for turn in whole.turns if turn.id in decision.evidence]

    assert len(said) == 2
    assert all("เดือนละสามร้อย" in text for text in said)


def test_evidence_is_in_the_same_forum(demo: Notebook) -> None:
    for number in (3, 4):
        whole = part(demo, number)
        turns = {turn.id for turn in whole.turns}
        pointed = [
            *(one.evidence for one in whole.lessons),
            *(one.evidence for one in whole.outcomes),
        ]

        assert all(evidence <= turns for evidence in pointed)


def test_the_absent_agency_is_thought_for_and_later_asked(demo: Notebook) -> None:
    bases = {one.basis for one in demo.of_kind("capability") if isinstance(one, Capability)}

    assert bases == {"on_behalf", "others"}


def test_the_demo_holds_no_words_of_the_founding_transcript() -> None:
    if not FOUNDING.exists():
        pytest.skip("the founding transcript is not beside the project")
    founding = FOUNDING.read_text(encoding="utf-8")
    own = "".join(
        one.read_text(encoding="utf-8")
        for one in files("kmtui.demo").iterdir()
        if one.name.endswith((".txt", ".py"))
    )

    shared = {own[at : at + 20] for at in range(len(own) - 19)} & {
        founding[at : at + 20] for at in range(len(founding) - 19)
    }

    assert shared == set()
