"""The terminal check, on terminals that count right, wrong, not at all, and that talk nonsense."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events

from kmtui import words
from kmtui.app import KmtuiApp
from kmtui.screens.terminal import TerminalScreen
from kmtui.settings import FILE, Settings
from kmtui.terminals import ANSWERS, SAMPLES, apart
from store.edits import Add
from store.notebook import Notebook
from store.records import Session

from .pressing import at_home, drawn, go_to, press, settle, told, until

pytest.importorskip("termios", reason="a pty is a Unix thing")
import termios

from . import answering
from .answering import AnsweringTerminal
from .terminal import Terminal

IN_ONE_CELL = [3, 2, 2, 2, 2, 2, 3, 3]
"""Columns where a letter and its SARA AM share a cell, and the other form does not."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.speak("en")
    yield
    words.speak("en")


@pytest.fixture
def place(tmp_path: Path) -> str:
    with Notebook.open(tmp_path / "notebook") as notebook:
        notebook.set_owner("คุณลำดวน")
        notebook.save(Add(Session(title="เวทีลอง")))
    return str(tmp_path / "notebook")


def asked(counts: answering.Counting, *line: str) -> tuple[str, bool, bytes]:
    """What the command line said, whether the terminal is as before, and all that was written."""
    with AnsweringTerminal(counts, "kmtui", "where", "--terminal", *line) as terminal:
        before = termios.tcgetattr(terminal.fd)
        code = terminal.end()
        as_before = termios.tcgetattr(terminal.fd) == before
        terminal.read()
        said = terminal.shown.rpartition(b"\x1b[?1049l")[2].decode("utf-8")
    assert code == 0
    return said, as_before, terminal.shown


# the command line


@pytest.mark.parametrize(
    ("counts", "state", "helps"),
    [
        (answering.as_we_do, "right", "ring of"),
        (answering.sara_am_in_its_letters_cell, "wrong", "F12, Terminal"),
        (answering.each_mark_in_a_cell, "wrong", "Windows Terminal"),
        (answering.nonsense, "garbled", "right border"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_the_command_line_tells_what_the_terminal_does(
    counts: answering.Counting, state: str, helps: str
) -> None:
    said, as_before, _written = asked(counts, "--json")

    document = json.loads(said)

    assert (document["state"], as_before) == (state, True)
    assert helps in " ".join(document["advice"])
    known = [one["cells"] for one in document["samples"]]
    assert (None in known) == (state == "garbled")


def test_a_terminal_that_does_not_answer_is_compared_by_eye() -> None:
    with Terminal("kmtui", "where", "--terminal") as terminal:
        before = termios.tcgetattr(terminal.fd)
        code = terminal.end()
        as_before = termios.tcgetattr(terminal.fd) == before
        terminal.read()
        said = terminal.shown.rpartition(b"\x1b[?1049l")[2].decode("utf-8")

    assert (code, as_before) == (0, True)
    assert "compare by eye" in said
    assert all(f"│ {one.text}" in said for one in SAMPLES)


def test_nothing_of_the_samples_stays_where_the_person_was_working() -> None:
    _said, _as_before, written = asked(answering.as_we_do)

    aside, back = written.index(b"\x1b[?1049h"), written.index(b"\x1b[?1049l")
    assert written.count(b"\x1b[6n") == written[aside:back].count(b"\x1b[6n") == ANSWERS


def test_ctrl_c_while_it_waits_leaves_the_terminal_as_it_was() -> None:
    with Terminal("kmtui", "where", "--terminal") as terminal:
        before = termios.tcgetattr(terminal.fd)
        terminal.wait_for(lambda: b"\x1b[6n" in terminal.shown, "the question")

        terminal.type("\x03")
        code = terminal.end()

        assert code == 130
        assert termios.tcgetattr(terminal.fd) == before


def test_where_there_is_no_terminal_nothing_is_asked(place: str) -> None:
    read, write = os.pipe()
    os.close(write)
    done = subprocess.run(
        [sys.executable, "-m", "kmtui", "--lang", "en", "where", "--terminal", "--notebook", place],
        stdin=read, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    os.close(read)

    assert "\x1b" not in done.stdout + done.stderr
    assert "no terminal here" in done.stdout


# the app


def test_the_app_says_it_where_the_terminal_is_wrong(place: str) -> None:
    with AnsweringTerminal(answering.each_mark_in_a_cell, "tests.screens.home_app", place) as one:
        one.wait_for_words("wrong places")

        assert one.asked == 2 * ANSWERS  # once more when it was asked to count letter by letter
        one.type("\x11")
        assert one.end() == 0
        assert one.shown.rindex(b"\x1b[?2027h") > one.shown.rindex(b"\x1b[?2027l")


def test_a_terminal_that_counts_by_cluster_is_told_to_count_letters(place: str) -> None:
    with AnsweringTerminal(answering.by_cluster_until_told, "tests.screens.home_app", place) as one:
        one.wait_for(lambda: one.asked == 2 * ANSWERS, "both rounds of questions")
        one.type("\x1b[24~")  # F12
        one.wait_for_words("Leave")

        assert b"wrong places" not in one.shown


@pytest.mark.parametrize("counts", [answering.as_we_do, answering.nonsense])
def test_the_app_begins_as_always_where_nothing_is_known_to_be_wrong(
    place: str, counts: answering.Counting
) -> None:
    with AnsweringTerminal(counts, "tests.screens.home_app", place) as one:
        one.wait_for(lambda: one.asked == ANSWERS, "the answers")
        one.type("\x1bOR")  # F3
        one.wait_for_words("Type words")
        one.type("น้ำ")
        one.wait_for_words("น้ำ")

        assert b"wrong places" not in one.shown
        assert b"\x1b[?2027" not in one.shown


def test_a_thai_ctrl_key_is_the_latin_one_where_somebody_wants_the_kitty_protocol(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_DISABLE_KITTY_KEY", "0")
    with Terminal("tests.screens.home_app", place) as one:
        one.wait_for_words("Begin a forum")

        one.type("\x1b[3654;5u")  # Ctrl and the key of ๆ and Q

        assert one.end() == 0


def test_keys_typed_while_the_terminal_is_silent_are_not_lost(place: str) -> None:
    with Terminal("tests.screens.home_app", place) as one:
        one.type("\x1bOQ")  # F2, before anything is drawn
        one.wait_for_words("Title")
        one.type("เวทีน้ำ")
        one.wait_for_words("เวทีน้ำ")


# the screen


async def answer(app: KmtuiApp, columns: list[int]) -> None:
    for column in columns:
        app.post_message(events.CursorPosition(column - 1, 23))


async def opened(pilot: Any, columns: list[int]) -> None:
    app = pilot.app
    await answer(app, columns)
    await until(pilot, lambda: app.finding is not None or app._counted_by_cluster, "a finding")
    if app.finding is None:
        await answer(app, columns)
        await until(pilot, lambda: app.finding is not None, "a second finding")
    await app.action_check_terminal()
    await settle(pilot)


async def test_the_screen_shows_what_was_measured(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await opened(pilot, IN_ONE_CELL)

        text = "\n".join(drawn(demo_app))

        assert isinstance(demo_app.screen, TerminalScreen)
        assert "1 of 2 cells" in text
        assert "Only ำ takes other cells" in text
        assert any("wrong places" in one for one in told(demo_app))


async def test_the_other_form_is_drawn_and_kept_and_what_is_typed_stays(
    demo_app: KmtuiApp, demo: Notebook
) -> None:
    (demo.folder / FILE).write_text('theme = "kmtui-light"  # แดดจ้า\n', encoding="utf-8")
    async with at_home(demo_app) as pilot:
        await opened(pilot, IN_ONE_CELL)
        go_to(demo_app, "Other form")

        await press(pilot, "\r")
        await press(pilot, "\x1b", "f3", "น้ำ")

        lines = "\n".join(drawn(demo_app))
        assert apart("น้ำ") in lines
        assert "\u0e33" not in lines
        assert demo_app.focused.value == "น้ำ"  # type: ignore[union-attr]
    assert Settings.read(demo.folder).sara_am_apart
    assert "# แดดจ้า" in (demo.folder / FILE).read_text(encoding="utf-8")


async def test_copying_gives_what_was_typed(demo: Notebook) -> None:
    app = KmtuiApp(demo, settings=Settings(sara_am_apart=True))
    async with at_home(app) as pilot:
        await press(pilot, "f3", "น้ำกำ", "ctrl+shift+a", "ctrl+c")

        assert apart("น้ำกำ") in "\n".join(drawn(app))
        assert app.clipboard == "น้ำกำ"


async def test_it_is_switched_off_again(demo: Notebook) -> None:
    app = KmtuiApp(demo, settings=Settings(sara_am_apart=True))
    async with at_home(app) as pilot:
        await opened(pilot, IN_ONE_CELL)
        assert not any("wrong places" in one for one in told(app)), "it is mended already"
        go_to(app, "Other form")

        await press(pilot, "\r")

        assert "\u0e33" in "\n".join(drawn(app))
    assert not Settings.read(demo.folder).sara_am_apart


async def test_it_can_be_measured_again(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await opened(pilot, IN_ONE_CELL)
        await press(pilot, "\r")

        await answer(demo_app, [3, *(1 + one.cells for one in SAMPLES), 3, 3])
        await settle(pilot)

        assert "where they belong" in "\n".join(drawn(demo_app))


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_its_choices_are_in_sight(
    demo: Notebook, language: str, size: tuple[int, int]
) -> None:
    words.speak(language)
    app = KmtuiApp(demo)
    async with at_home(app, size) as pilot:
        await opened(pilot, IN_ONE_CELL)

        text = "\n".join(drawn(app))

        assert words._("Measure again") in text
        assert words._("Other form of ำ: {now}").format(now=words._("off")) in text


async def test_an_answer_that_comes_late_is_nobodys(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await opened(pilot, IN_ONE_CELL)
        before = demo_app.finding

        await answer(demo_app, [2] * ANSWERS * 3)
        await settle(pilot)

        assert demo_app.finding is before


async def test_what_stands_on_the_screen_is_drawn_again_in_the_form_that_is_chosen(
    demo_app: KmtuiApp,
) -> None:
    async with at_home(demo_app) as pilot:
        before = "\n".join(drawn(demo_app))
        assert "\u0e33" in before

        demo_app.draw_apart(True)
        await settle(pilot)
        assert "\n".join(drawn(demo_app)) == apart(before)

        demo_app.draw_apart(False)
        await settle(pilot)
        assert "\n".join(drawn(demo_app)) == before


async def test_a_terminal_that_answers_after_the_app_was_left_is_not_listened_to(
    demo_app: KmtuiApp,
) -> None:
    heard: list[object] = []
    async with at_home(demo_app):
        demo_app.measure(heard.append)
    assert demo_app.screen_stack == []

    demo_app._answered()

    assert heard == []
