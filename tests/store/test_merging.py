"""Putting texts together by lines: offered where it is clean, and never a line nobody wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.merging import joined, merged_lines

BASE = "หัวข้อ\nมา 20 คน\nกินข้าว\nปิดเวที\nกลับบ้าน"
lines = st.lists(st.sampled_from("กขคงจฉชซฌญ"), max_size=8)
texts = lines.map("\n".join)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text of different lines, and two edits of it."""
    base = draw(st.lists(st.sampled_from("กขคงจฉชซฌญ"), max_size=8, unique=True))

    def edit(new: str) -> str:
        found = list(base)
        for _time in range(draw(st.integers(0, 2))):
            at = draw(st.integers(0, len(found)))
            till = draw(st.integers(at, min(len(found), at + 2)))
            found[at:till] = [new + str(draw(st.integers(0, 2)))] * draw(st.integers(0, 1))
        return "\n".join(found)

    return "\n".join(base), edit("m"), edit("t")


def test_changes_of_different_lines_are_put_together() -> None:
    mine = BASE.replace("20", "25")
    theirs = BASE.replace("กลับบ้าน", "กลับวัด")

    found = merged_lines(BASE, mine, theirs)

    assert found == mine.replace("กลับบ้าน", "กลับวัด")


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("มา 20 คน", "มา 25 คน", "มา 30 คน"),
        (BASE, BASE.replace("20", "25"), BASE.replace("20", "30")),
        (BASE, BASE.replace("20", "25"), BASE.replace("กินข้าว", "กินแกง")),
        ("ก\nก\nข", "ก\nข", "ก\nก\nข\nค"),
    ],
    ids=["one line", "the same line", "lines beside each other", "lines that stand twice"],
)
def test_what_is_not_clean_is_not_offered(base: str, mine: str, theirs: str) -> None:
    assert merged_lines(base, mine, theirs) is None


def test_a_text_of_very_many_lines_is_not_put_together() -> None:
    base = "\n".join(map(str, range(2_001)))

    assert merged_lines(base, "ต้น\n" + base, base + "\nท้าย") is None


@given(texts, texts, texts)
def test_it_does_not_matter_whose_text_comes_first(base: str, mine: str, theirs: str) -> None:
    assert merged_lines(base, mine, theirs) == merged_lines(base, theirs, mine)


@given(edited())
def test_no_line_is_invented_and_none_of_a_change_is_lost(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three

    found = merged_lines(base, mine, theirs)

    if found is not None:
        there = [set(text.split("\n")) for text in three]
        got = set(found.split("\n"))
        assert got <= there[0] | there[1] | there[2] | {""}
        assert (there[1] - there[0]) | (there[2] - there[0]) <= got
        assert not got & ((there[0] - there[1]) | (there[0] - there[2])) - {""}


@given(texts, texts)
def test_what_only_one_has_changed_is_taken_and_what_both_agree_on_stands(
    base: str, changed: str
) -> None:
    assert merged_lines(base, changed, base) == changed
    assert merged_lines(base, base, changed) == changed
    assert merged_lines(base, changed, changed) == changed


@pytest.mark.parametrize(
    ("field", "text"), [("text", "ก\nข"), ("title", "ก / ข"), ("answers.next", "ก\nข")]
)
def test_both_stand_below_each_other_or_on_one_line(field: str, text: str) -> None:
    assert joined(field, ["ก", "ข", "ก", ""]) == text
