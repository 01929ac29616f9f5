"""The text area for Thai: rows, the caret in them, what is taken in, what is taken away."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.pilot import Pilot
from textual.widgets import TextArea

from kmtui import hooks
from kmtui.thai.letters import letters
from kmtui.widgets.caret import drawn
from kmtui.widgets.thai_area import ThaiTextArea
from kmtui.widgets.thai_input import ThaiInput

LONG: Final = "ประชุมวันนี้ที่น้ำพองคุยเรื่องน้ำบาดาลกับผู้ใหญ่บ้าน"


class AreaApp(App[None]):
    CSS = "ThaiTextArea { width: 20; height: 5; border: none; padding: 0; }"

    def __init__(self, text: str = LONG, **options: object) -> None:
        super().__init__()
        hooks.install()
        self._area = ThaiTextArea(text, **options)  # type: ignore[arg-type]

    def compose(self) -> ComposeResult:
        yield self._area

    @property
    def area(self) -> ThaiTextArea:
        return self._area

    def rows(self) -> list[str]:
        """What is drawn, row by row."""
        return [self.area.render_line(y).text.rstrip() for y in range(self.area.size.height)]


def stops(text: str) -> set[int]:
    found = {0}
    for letter in letters(text):
        found.add(max(found) + len(letter))
    return found


def caret(area: ThaiTextArea) -> str:
    """What the caret is drawn over; one cell."""
    style = area.get_component_rich_style("text-area--cursor")
    return "".join(
        segment.text
        for y in range(area.size.height)
        for segment in area.render_line(y)
        if segment.style is not None and segment.style.bgcolor == style.bgcolor
    )


async def test_rows_end_between_words_and_keep_every_letter() -> None:
    app = AreaApp()
    async with app.run_test(size=(40, 10)):
        rows = app.rows()

        assert "".join(rows) == LONG
        assert rows[0] == "ประชุมวันนี้ที่น้ำพองคุย"


async def test_arrows_stop_at_whole_letters_and_up_and_down_too() -> None:
    app = AreaApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.move_cursor((0, 0))
        seen = []
        for key in ["right"] * 9 + ["down", "right", "down", "left", "up", "up"]:
            await pilot.press(key)
            seen.append(app.area.cursor_location[1])

        assert set(seen) <= stops(LONG)
        assert len(set(seen)) > 10


async def test_end_stays_in_its_row_and_what_is_typed_there_stands_there() -> None:
    app = AreaApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.move_cursor((0, 0))
        await pilot.press("end")
        offset, at = app.area.caret_offset(), app.area.cursor_location[1]
        shown_over = caret(app.area)
        await pilot.press("home")

        assert offset == (cell_len(app.rows()[0]), 0)
        assert LONG[:at] == app.rows()[0]
        assert shown_over == " "
        assert app.area.cursor_location == (0, 0)


async def test_up_and_down_go_from_the_end_of_a_row_to_the_rows_beside_it() -> None:
    app = AreaApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.move_cursor((0, 0))
        await pilot.press("end", "down")
        below = app.area.caret_offset()
        await pilot.press("up")

        assert below.y == 1
        assert app.area.caret_offset().y == 0


async def test_the_caret_is_drawn_over_a_letter_with_all_of_its_marks() -> None:
    app = AreaApp("ที่นี่น้ำ")
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.move_cursor((0, 0))
        seen = []
        for _each in range(4):
            seen.append(caret(app.area))
            await pilot.press("right")

        assert seen == ["ที่", "นี่", "น้ำ", " "]


@pytest.mark.parametrize("kind", [ThaiTextArea, ThaiInput])
async def test_the_caret_over_what_is_asked_for_tears_no_letter(kind: type) -> None:
    widget = kind(placeholder="พิมพ์ที่นี่")

    class Asking(App[None]):
        def compose(self) -> ComposeResult:
            yield widget

    app = Asking()
    async with app.run_test(size=(40, 10)):
        pieces = [segment.text for segment in widget.render_line(0)]

        assert pieces[0] == "พิ"


async def test_delete_takes_a_letter_backspace_a_mark_and_words_go_whole() -> None:
    app = AreaApp("ที่น้ำพอง กินข้าว")
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.move_cursor((0, 0))
        await pilot.press("delete")
        deleted = app.area.text
        await pilot.press("end", "backspace")
        taken = app.area.text
        await pilot.press("ctrl+w")
        without_word = app.area.text
        await pilot.press("home", "ctrl+delete")

        assert deleted == "น้ำพอง กินข้าว"
        assert taken == "น้ำพอง กินข้า"
        assert without_word == "น้ำพอง กิน"
        assert app.area.text in ("กิน", "พอง กิน")


@pytest.mark.parametrize(
    ("cell", "row", "before"),
    [(0, 0, ""), (1, 0, "ป"), (19, 0, "ประชุมวันนี้ที่น้ำพองคุย"), (19, 4, LONG)],
)
async def test_a_click_lands_before_the_letter_it_hits_or_at_the_end_of_its_row(
    cell: int, row: int, before: str
) -> None:
    app = AreaApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(ThaiTextArea, offset=(cell, row))

        assert app.area.text[: app.area.cursor_location[1]] == before
        assert app.area.caret_offset().y == min(row, len([one for one in app.rows() if one]) - 1)


async def test_a_paste_keeps_its_blanks_and_lines_and_drops_control_characters() -> None:
    app = AreaApp("")
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.focus()
        app.post_message(events.Paste("ก\u00a0ข\u200bค\r\nง\x1b[31m\x07"))
        for blank in "\u00a0\u200b":
            app.post_message(events.Key("x", blank))
        await pilot.pause()

        assert app.area.text == "ก\u00a0ข\u200bค\nง[31m\u00a0\u200b"


async def test_escapes_and_turned_directions_are_kept_and_not_drawn() -> None:
    text = "ก\x1b[31mข\u202eค"
    app = AreaApp(text)
    async with app.run_test(size=(40, 10)):
        row = app.area.render_line(0).text

        assert "\x1b" not in row
        assert "\u202e" not in row
        assert app.area.text == text


async def crash(pilot: Pilot[None], area: TextArea) -> None:
    """What ends a stock text area: an undo that leaves the caret below the last line."""
    area.focus()
    await pilot.press("a", "enter", "b")
    for _each in range(3):
        pilot.app.post_message(events.Paste("\n".join(f"line {n} " * 5 for n in range(40))))
        await pilot.pause()
        await pilot.press("ctrl+z")
        await pilot.pause()
        await pilot.press("ctrl+y")
        await pilot.pause()
        await pilot.press("ctrl+z")
        await pilot.pause()


async def test_an_undo_of_a_long_paste_does_not_end_the_app() -> None:
    app = AreaApp("")
    async with app.run_test(size=(40, 10)) as pilot:
        await crash(pilot, app.area)

        assert app.area.text == "a\nb"
        assert app.area.caret_offset().y <= 1


@pytest.mark.parametrize(
    "words", ["น้ำ\n" * 30, "\n", "x" * 45, LONG * 20], ids=["lines", "line", "word", "words"]
)
async def test_the_caret_is_in_sight_after_every_paste(words: str) -> None:
    app = AreaApp("")
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.focus()
        for _each in range(8):
            app.post_message(events.Paste(words))
            await pilot.pause()

            assert app.area.content_region.contains_point(app.area.cursor_screen_offset)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
async def test_the_caret_is_in_sight_behind_more_blanks_than_a_row_holds(blank: str) -> None:
    app = AreaApp("ก")
    async with app.run_test(size=(40, 10)):
        app.area.focus()
        app.area.move_cursor((0, 1))
        for _each in range(30):
            app.area.take_in(blank)

            assert app.area.content_region.contains_point(app.area.cursor_screen_offset)
            assert caret(app.area) == " "
        assert app.area.wrapped_document.height <= 2


@pytest.mark.parametrize(
    ("kind", "taken"), [(ThaiTextArea, "หนึ่ง\nสอง\u00a0[31m"), (ThaiInput, "หนึ่ง สอง\u00a0[31m")]
)
async def test_what_was_copied_in_the_program_is_taken_in_as_a_paste_is(
    kind: type[ThaiTextArea] | type[ThaiInput], taken: str
) -> None:
    widget = kind()

    class Taking(App[None]):
        def compose(self) -> ComposeResult:
            yield widget

    app = Taking()
    async with app.run_test(size=(40, 10)) as pilot:
        app.copy_to_clipboard("หนึ่ง\r\nสอง\u00a0\x1b[31m")
        widget.focus()
        await pilot.press("ctrl+v")

        assert widget.value == taken


@given(
    st.lists(
        st.sampled_from(
            ["น้ำ", "ที่", "เ", "ๆ", "\u00a0", " ", "\t", "a-b", "ประชุม", "日本", "\u200b"]
        ),
        max_size=40,
    ),
    st.integers(min_value=4, max_value=40),
)
@example(["น้ำ", "\u200b", "\u00a0", "น้ำ"], 4)
def test_only_blanks_hang_over_the_edge_of_a_row(pieces: list[str], width: int) -> None:
    hooks.install()
    text = "".join(pieces)

    ends = WrappedDocument(Document(text), width=width, tab_width=1).get_offsets(0)

    rows = [text[start:end] for start, end in pairwise([0, *ends, len(text)])]
    assert ends == sorted(set(ends))
    assert "".join(rows) == text
    assert set(ends) <= stops(text)
    assert all(cell_len(drawn(row).rstrip(" \u200b")) <= width for row in rows)


async def test_scrolled_sideways_no_mark_stands_without_its_letter() -> None:
    app = AreaApp(LONG * 2, soft_wrap=False)
    async with app.run_test(size=(40, 10)) as pilot:
        firsts = []
        app.area.move_cursor((0, 0))
        for _each in range(60):
            await pilot.press("right")
            firsts.append(app.area.render_line(0).text[0])

        assert app.area.scroll_offset.x > 0
        assert not [first for first in firsts if first in "ัิีึืุู็่้๊๋์ํ"]


DEEDS: Final = (
    "left", "right", "up", "down", "home", "end", "ctrl+left", "ctrl+right", "delete",
    "backspace", "ctrl+w", "ctrl+delete", "shift+left", "shift+right",
)  # fmt: skip
TYPED: Final = ("ก", "ที่", "น้ำ", "เ", "่", "ำ", " ", "\u00a0", "\n", "การประชุม", "a")
DOES: Final = {
    "ctrl+left": "cursor_word_left", "ctrl+right": "cursor_word_right", "home": "cursor_line_start",
    "end": "cursor_line_end", "delete": "delete_right", "backspace": "delete_left",
    "ctrl+w": "delete_word_left", "ctrl+delete": "delete_word_right",
}  # fmt: skip


def do(area: ThaiTextArea, deed: str) -> None:
    _shift, _plus, key = deed.rpartition("shift+")
    if deed in TYPED:
        area.take_in(deed)
    elif deed.startswith("shift+"):
        getattr(area, f"action_cursor_{key}")(True)
    else:
        getattr(area, f"action_{DOES.get(deed, 'cursor_' + deed)}")()


def offset_of(text: str, place: tuple[int, int]) -> int:
    return sum(len(line) + 1 for line in text.split("\n")[: place[0]]) + place[1]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.sampled_from(DEEDS + TYPED), max_size=25), min_size=1, max_size=4))
async def test_whatever_is_done_the_caret_stands_between_letters_and_the_text_is_as_expected(
    rounds: list[list[str]],
) -> None:
    app = AreaApp("น้ำที่นี่ กิน")
    async with app.run_test(size=(40, 10)):
        for deed in [deed for deeds in rounds for deed in deeds]:
            area = app.area
            text = area.text
            first, last = sorted(offset_of(text, place) for place in area.selection)
            do(area, deed)
            at = offset_of(area.text, area.cursor_location)

            if deed in TYPED:
                assert area.text == text[:first] + deed + text[last:]
            elif deed in ("delete", "backspace", "ctrl+w", "ctrl+delete") and first != last:
                assert area.text == text[:first] + text[last:]
            elif deed == "backspace":
                assert area.text == text[: max(0, first - 1)] + text[first:]
            elif deed in ("delete", "ctrl+delete"):
                gone = len(text) - len(area.text)
                assert area.text == text[:first] + text[first + gone :]
                assert (gone > 0) == (first < len(text))
            elif deed == "ctrl+w":
                gone = len(text) - len(area.text)
                assert area.text == text[: first - gone] + text[first:]
            else:
                assert area.text == text
            assert area.cursor_location[1] in stops(area.document[area.cursor_location[0]])
            assert at <= len(area.text)


def test_what_is_drawn_has_as_many_code_points() -> None:
    text = "ก\t\n\x1b\u202eข\u00a0"

    assert len(drawn(text)) == len(text)


@pytest.mark.parametrize(("key", "left"), [("ctrl+u", ""), ("ctrl+k", "น้ำที่นี่ " * 12)])
async def test_the_rest_of_a_line_goes_however_many_rows_it_has(key: str, left: str) -> None:
    app = AreaApp("น้ำที่นี่ " * 12)
    async with app.run_test(size=(30, 12)) as pilot:
        app.area.move_cursor(app.area.document.end)
        await pilot.pause()
        await pilot.press(key)
        assert app.area.text == left

        app.area.move_cursor((0, 0))
        await pilot.press("ctrl+k")
        assert app.area.text == ""
