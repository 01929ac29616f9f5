"""What a terminal answers is understood, and the other form of SARA AM changes no column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from kmtui import terminals
from kmtui.on_terminal import SaraAmApart
from kmtui.terminals import ANSWERS, SAMPLES, Finding, advice, apart, columns_in, judge

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=30)
RIGHT = [3, *(1 + one.cells for one in SAMPLES), 3, 3]


def test_each_sample_takes_the_cells_that_the_screens_count_on() -> None:
    assert [one.cells for one in SAMPLES] == [cell_len(one.text) for one in SAMPLES]


@given(THAI)
def test_the_other_form_takes_the_same_cells_and_looks_the_same(words: str) -> None:
    drawn = apart(words)

    assert cell_len(drawn) == cell_len(words)
    assert terminals.SARA_AM not in drawn
    assert drawn.count("\u0e4d") == words.count("\u0e4d") + words.count(terminals.SARA_AM)


def test_the_ring_stands_under_the_tone_mark() -> None:
    assert apart("น้ำ กำ") == "น\u0e4d\u0e49\u0e32 ก\u0e4d\u0e32"


def test_words_without_sara_am_are_drawn_as_they_are() -> None:
    assert apart("ที่ผู้ใหญ่ plain") == "ที่ผู้ใหญ่ plain"


def test_only_what_is_drawn_is_changed() -> None:
    segments = [Segment("น้ำ"), Segment("ที่")]

    drawn = SaraAmApart().apply(segments, Color(0, 0, 0))

    assert [one.text for one in drawn] == [apart("น้ำ"), "ที่"]
    assert drawn[1] is segments[1]
    assert segments[0].text == "น้ำ"


def test_a_terminal_that_counts_as_we_do_is_right() -> None:
    assert judge(RIGHT).state == "right"
    assert judge(RIGHT).cells == (2, 1, 1, 1, 2)


def test_a_letter_and_its_sara_am_in_one_cell_are_mended_by_the_other_form() -> None:
    one_cell = [3, 2, 2, 2, 2, 2, 3, 3]

    finding = judge(one_cell)

    assert (finding.state, finding.apart_helps) == ("wrong", True)
    assert "other form" in advice(finding)[0]
    assert "is on" in advice(finding, is_apart=True)[0]


@pytest.mark.parametrize("wrong", [[3, 3, 3, 3, 3, 3, 3, 3], [3, 2, 2, 2, 2, 2, 2, 2]])
def test_where_the_other_form_does_not_help_another_terminal_is_named(wrong: list[int]) -> None:
    finding = judge(wrong)

    assert (finding.state, finding.apart_helps) == ("wrong", False)
    assert "Windows Terminal" in advice(finding)[0]


@pytest.mark.parametrize("answers", [[1], RIGHT[:-1], [*RIGHT, 3], [9, *RIGHT[1:]], [3, 999] * 4])
def test_answers_that_make_no_sense_are_not_believed(answers: list[int]) -> None:
    assert judge(answers).state == "garbled"
    assert judge(answers).cells == (None,) * len(SAMPLES)


@given(st.lists(st.integers(0, 9999), max_size=12))
def test_whatever_is_answered_there_is_something_to_say(answers: list[int]) -> None:
    finding = judge(answers)

    assert terminals.verdict(finding)
    assert all(advice(finding))
    assert (finding.state == "silent") == (not answers)


@given(st.text(max_size=200))
def test_whatever_comes_in_columns_are_small_numbers(replies: str) -> None:
    assert all(0 <= column <= 9999 for column in columns_in(replies))


def test_keys_typed_between_the_answers_are_passed_over() -> None:
    assert columns_in("ก\x1b[A\x1b[24;3Rq\x1b[24;12R\x1b[24;") == [3, 12]


def test_nothing_is_left_on_the_line_that_was_written_over() -> None:
    asked = terminals.question(24)

    assert asked.count("\x1b[6n") == ANSWERS
    assert asked.startswith("\x1b7")
    assert asked.endswith("\x1b[24;1H\x1b[0m\x1b[2K\x1b8")


@pytest.mark.parametrize("in_other_form", [False, True])
def test_the_borders_to_compare_are_straight_where_the_terminal_is_right(
    in_other_form: bool,
) -> None:
    lines = terminals.box(in_other_form=in_other_form)

    assert {cell_len(line) for line in lines} == {11}
    assert {line[-1] for line in lines} == {"┐", "│", "┘"}


def test_a_terminal_is_called_by_its_name_and_never_obeyed() -> None:
    assert terminals.terminal_name({"TMUX": "x", "XTERM_VERSION": "y", "TERM": "z"}) == "tmux"
    assert terminals.terminal_name({"WT_SESSION": "x"}) == "Windows Terminal"
    assert terminals.terminal_name({}) == ""
    assert "\x1b" not in terminals.terminal_name({"TERM_PROGRAM": "\x1b[31m"})


def test_a_ring_that_is_cut_off_is_spoken_of_until_the_other_form_is_on() -> None:
    right = judge(RIGHT)

    assert any("ring" in one for one in advice(right))
    assert not any("ring" in one for one in advice(right, is_apart=True))


def test_a_finding_says_nothing_that_was_not_measured() -> None:
    assert not Finding(state="silent").apart_helps
