"""The field for Thai: where the caret stands, what Delete takes, what a click hits."""

from __future__ import annotations

import unicodedata
from itertools import accumulate
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult

from kmtui.thai.letters import letters, whole_letters
from kmtui.thai.lines import wrapped
from kmtui.thai.words import words_in
from kmtui.widgets.thai_input import ThaiInput

THAI = st.text(st.sampled_from("กขคงจชมนรสห ะาิีึืุู่้๊๋์ำเแโใไๆฯก1. \u00a0"), max_size=60)


class FieldApp(App[None]):
    def compose(self) -> ComposeResult:
        yield ThaiInput(value="ที่นี่น้ำ", select_on_focus=False)

    @property
    def field(self) -> ThaiInput:
        return self.query_one(ThaiInput)


async def test_arrows_stop_at_whole_letters_only() -> None:
    app = FieldApp()
    async with app.run_test() as pilot:
        app.field.cursor_position = 0
        stops = []
        for _each in range(5):
            await pilot.press("right")
            stops.append(app.field.value[: app.field.cursor_position])
        await pilot.press("left")

        assert stops == ["ที่", "ที่นี่", "ที่นี่น้ำ", "ที่นี่น้ำ", "ที่นี่น้ำ"]
        assert app.field.value[: app.field.cursor_position] == "ที่นี่"


async def test_delete_takes_a_letter_with_its_marks_and_backspace_one_mark() -> None:
    app = FieldApp()
    async with app.run_test() as pilot:
        app.field.cursor_position = 0
        await pilot.press("delete")
        deleted = app.field.value
        await pilot.press("end", "backspace")

        assert deleted == "นี่น้ำ"
        assert app.field.value == "นี่น้"


@pytest.mark.parametrize(("cell", "before"), [(0, ""), (1, "ที่"), (2, "ที่นี่"), (3, "ที่นี่"), (9, "ที่นี่น้ำ")])
async def test_a_click_lands_before_the_letter_it_hits(cell: int, before: str) -> None:
    app = FieldApp()
    async with app.run_test() as pilot:
        edge = app.field.content_region.offset - app.field.region.offset
        await pilot.click(ThaiInput, offset=(edge.x + cell, edge.y))

        assert app.field.value[: app.field.cursor_position] == before


async def test_escapes_in_the_value_are_not_drawn() -> None:
    app = FieldApp()
    async with app.run_test():
        app.field.value = "ก\x1b[31mข\u202eค"

        drawn = app.field.render_line(0).text

        assert "\x1b" not in drawn
        assert "\u202e" not in drawn


@pytest.mark.parametrize("blank", ["\u00a0", "\u200b"])
async def test_blanks_that_python_calls_unprintable_are_kept(blank: str) -> None:
    app = FieldApp()
    async with app.run_test() as pilot:
        app.field.value = "25"
        for letter in f"{blank}ก":
            app.post_message(events.Key("x", letter))
        await pilot.pause()

        assert app.field.value == f"25{blank}ก"


@pytest.mark.parametrize(
    ("keeps_lines", "value"), [(False, "หนึ่ง สอง สาม"), (True, "หนึ่ง  \nสอง\n\n สาม")]
)
async def test_every_line_of_a_paste_is_taken_in(keeps_lines: bool, value: str) -> None:
    app = FieldApp()
    async with app.run_test() as pilot:
        app.field.value = ""
        app.field.keeps_lines = keeps_lines
        app.post_message(events.Paste("หนึ่ง  \r\nสอง\x1b\r\r สาม\n"))
        await pilot.pause()

        assert app.field.value == value


async def test_a_paste_takes_the_place_of_what_is_marked() -> None:
    app = FieldApp()
    async with app.run_test() as pilot:
        app.field.select_all()
        app.post_message(events.Paste("ใหม่"))
        await pilot.pause()

        assert app.field.value == "ใหม่"


async def test_where_a_line_ends_is_drawn_in_one_cell() -> None:
    app = FieldApp()
    async with app.run_test():
        app.field.value = "หนึ่ง\nสอง"

        assert app.field.render_line(0).text.strip() == "หนึ่ง↵สอง"


@given(THAI, st.integers(0, 60), st.integers(0, 20))
def test_a_piece_grows_only_to_whole_letters(text: str, at: int, more: int) -> None:
    start, end = min(at, len(text)), min(at + more, len(text))
    stops = {0}
    for letter in letters(text):
        stops.add(max(stops) + len(letter))

    begin, close = whole_letters(text, start, end)

    assert (begin, close) == (
        max(stop for stop in stops if stop <= start),
        min(stop for stop in stops if stop >= end),
    )


@given(THAI)
def test_letters_and_words_put_together_are_the_text(text: str) -> None:
    assert "".join(letters(text)) == text
    assert "".join(words_in(text)) == text


@given(THAI, st.integers(8, 60))
def test_broken_lines_fit_lose_only_blanks_and_never_begin_with_a_mark(
    text: str, width: int
) -> None:
    lines = wrapped(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)
    for line in lines[1:]:
        assert not line or unicodedata.category(line[0]) != "Mn"


DEEDS: Final = (
    "left", "right", "home", "end", "ctrl+left", "ctrl+right", "delete", "backspace", "ctrl+w",
    "shift+left", "shift+right",
)  # fmt: skip
DOES: Final = {
    "ctrl+left": "cursor_left_word", "ctrl+right": "cursor_right_word", "home": "home",
    "end": "end", "delete": "delete_right", "backspace": "delete_left", "left": "cursor_left",
    "right": "cursor_right", "ctrl+w": "delete_left_word",
}  # fmt: skip
TYPED: Final = ("ก", "ที่", "น้ำ", "เ", "่", "ำ", " ", "\u00a0", "การประชุม", "a")


def do(field: ThaiInput, deed: str) -> None:
    if deed in TYPED:
        field.take_in(deed)
    elif deed.startswith("shift+"):
        getattr(field, f"action_cursor_{deed.removeprefix('shift+')}")(True)
    else:
        getattr(field, f"action_{DOES[deed]}")()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.sampled_from(DEEDS + TYPED), max_size=25), min_size=1, max_size=4))
async def test_whatever_is_done_the_caret_stands_between_letters_and_the_text_is_as_expected(
    rounds: list[list[str]],
) -> None:
    app = FieldApp()
    async with app.run_test():
        for deed in [deed for deeds in rounds for deed in deeds]:
            field = app.field
            text, (first, last) = field.value, sorted(field.selection)
            do(field, deed)
            gone = len(text) - len(field.value)

            if deed in TYPED:
                assert field.value == text[:first] + deed + text[last:]
            elif deed in ("delete", "backspace", "ctrl+w") and first != last:
                assert field.value == text[:first] + text[last:]
            elif deed == "backspace":
                assert field.value == text[: max(0, first - 1)] + text[first:]
            elif deed == "delete":
                assert field.value == text[:first] + text[first + gone :]
                assert (gone > 0) == (first < len(text))
            elif deed == "ctrl+w":
                assert field.value == text[: first - gone] + text[first:]
            else:
                assert field.value == text
            stops = {*accumulate((len(letter) for letter in letters(field.value)), initial=0)}
            assert field.cursor_position in stops
