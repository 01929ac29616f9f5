"""The field for Thai: where the caret stands, what Delete takes, what a click hits."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from kmtui.widgets.thai_input import ThaiInput
from kmtui.widgets.wrapped import letters, words_in, wrapped

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
