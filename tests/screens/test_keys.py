"""Every key works on both layouts, none types into a field, and the key line has room for it."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

import kmtui.screens
from kmtui import kedmanee, keys, words
from kmtui.app import KmtuiApp
from kmtui.widgets.key_line import KeyLine

from .pressing import at_home, burst, drawn, go_to, press, settle


def screens() -> Iterator[type[Screen[Any]]]:
    """Every screen of the app."""
    for module in pkgutil.iter_modules(kmtui.screens.__path__):
        found = importlib.import_module(f"kmtui.screens.{module.name}")
        for one in vars(found).values():
            if not (isinstance(one, type) and issubclass(one, Screen)):
                continue
            if one.__module__ == found.__name__:
                yield one


def bindings() -> list[tuple[str, str, str]]:
    """Class, key and action of everything that is bound on a screen or in the app."""
    owners: list[type[DOMNode]] = [KmtuiApp, *screens()]
    return [
        (owner.__name__, key, made.action)
        for owner in owners
        for bound in vars(owner).get("BINDINGS", ())
        for made in Binding.make_bindings([bound])
        for key in [made.key]
    ]


def last(key: str) -> str:
    return key.rpartition("+")[2]


def test_no_binding_names_a_thai_letter_since_each_is_turned_into_its_latin_one() -> None:
    thai = [one for one in bindings() if kedmanee.latin(one[1]) != one[1]]

    assert thai == []


def test_no_key_is_alt_with_a_letter_or_a_bare_letter_or_digit() -> None:
    wrong = [
        (owner, key)
        for owner, key, _action in bindings()
        if "alt+" in key or (len(last(key)) == 1 and "ctrl+" not in key)
    ]

    assert wrong == []


def test_no_key_is_one_that_terminals_send_as_another() -> None:
    same_as_another = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j"}

    assert same_as_another & {key for _owner, key, _action in bindings()} == set()


def test_every_command_can_be_done_where_it_is_bound() -> None:
    missing = [
        (owner.__name__, made.action)
        for owner in screens()
        for bound in vars(owner).get("BINDINGS", ())
        for made in Binding.make_bindings([bound])
        if "." not in made.action
        and not hasattr(owner, f"action_{made.action}")
        and "(" not in made.action
    ]

    assert missing == []


def test_no_two_commands_of_a_screen_are_on_one_key() -> None:
    for owner in screens():
        bound = [
            made.key
            for one in vars(owner).get("BINDINGS", ())
            for made in Binding.make_bindings([one])
        ]
        assert len(bound) == len(set(bound)), owner.__name__


@pytest.mark.parametrize("language", ["th", "en"])
async def test_nothing_of_the_key_line_is_cut_at_eighty_cells(
    demo_app: KmtuiApp, language: str
) -> None:
    words.speak(language)
    try:
        async with at_home(demo_app) as pilot:
            for at, typed in enumerate(WAYS):
                await press(pilot, *typed)
                if at == 1:
                    go_to(demo_app, words._("Place"))
                    await press(pilot, "\r")
                line = demo_app.screen.query_one(KeyLine)
                said = str(line.content)
                assert 0 < cell_len(said) <= line.content_size.width, (typed, said)
                assert said.strip() in drawn(demo_app)[-1]
                await press(pilot, "\x1b")
    finally:
        words.speak("en")


WAYS = ((), ("\r",), ("\x1b", "f2"), ("f3",), ("f1",), ("\x1b", "\r", "insert"), ("insert", "f10"))
"""To each screen from the one that Esc leads to from the screen before."""


# the Thai layout

LETTERS = "abcdefghijklmnopqrstuvwxyz"
EVERY_SCREEN: tuple[tuple[str, ...], ...] = (
    (),
    ("f2",),
    ("f3",),
    ("f1",),
    ("f12",),
    ("\r",),
    ("\r", "\r"),
    ("f4",),
    ("insert",),
    ("insert", "f10"),
    ("insert", "ctrl+r"),
    ("insert", "ctrl+r", "end", "\r"),
)
"""The keys to each screen from Home, and to the fields that open in them."""


def widgets(app: KmtuiApp) -> list[Widget]:
    """Everything on the screen that can have the keys."""
    return [one for one in app.screen.query(Widget) if one.focusable]


def letters_bound(app: KmtuiApp) -> set[str]:
    """Every key of one letter that the screen, what is on it, or the app has a binding for."""
    owners = [app, app.screen, *app.screen.walk_children()]
    every = {key for owner in owners for key in owner._bindings.key_to_bindings}
    return {key for key in every if last(key) in kedmanee.PLAIN}


async def done_by(app: KmtuiApp, pilot: Any, keys_: Iterable[str]) -> list[list[str]]:
    """What each key sets off, told and not done."""
    told: list[list[str]] = []

    async def run_action(action: Any, *_args: Any, **_how: Any) -> bool:
        told[-1].append(str(action))
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "run_action", run_action)
        for key in keys_:
            told.append([])
            burst(app, key)
            await pilot.pause()
    return told


QUICK: Final = ((), ("f3",), ("insert",), ("\r", "\r"))
"""Screens with a field, a list, both, and a line that was opened; `just long` does the others."""


@pytest.mark.parametrize(
    "way",
    [pytest.param(one, marks=() if one in QUICK else pytest.mark.long) for one in EVERY_SCREEN],
    ids=lambda way: " ".join(map(repr, way)) or "home",
)
async def test_each_ctrl_key_does_the_same_on_the_thai_layout(
    demo_app: KmtuiApp, way: tuple[str, ...]
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *way)
        bound = letters_bound(demo_app)
        pairs = [
            (f"{mod}{letter}", f"{mod}{kedmanee.named(kedmanee.PLAIN[letter])}")
            for mod in ("ctrl+", "ctrl+shift+")
            for letter in LETTERS
            if mod == "ctrl+" or f"{mod}{letter}" in bound
        ]

        for one in widgets(demo_app):
            demo_app.screen.set_focus(one)
            await settle(pilot)
            latin = await done_by(demo_app, pilot, [pair[0] for pair in pairs])
            thai = await done_by(demo_app, pilot, [pair[1] for pair in pairs])

            assert thai == latin, one
            assert any(latin), one

    assert bound <= {pair[0] for pair in pairs} | {"super+c", "super+x", "super+y", "super+z"}
    assert {"ctrl+q", "ctrl+p", "ctrl+c"} <= bound


async def test_words_typed_on_the_thai_layout_are_words(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f3", "ฟหกดเ้่าสวง๑๒๓1234567890")

        assert demo_app.focused.value == "ฟหกดเ้่าสวง๑๒๓1234567890"  # type: ignore[union-attr]


@pytest.mark.parametrize(("latin", "thai"), [("ctrl+slash", "ctrl+ฝ"), ("ctrl+semicolon", "ctrl+ว"),
    ("ctrl+shift+s", "ctrl+ฆ"), ("ctrl+shift+s", "ctrl+shift+ห"), ("ctrl+u", "ctrl+ี"),
    ("ctrl+left_square_bracket", "ctrl+บ"), ("ctrl+apostrophe", "ctrl+ง")])  # fmt: skip
def test_keys_beside_the_letters_and_with_shift_are_found_too(latin: str, thai: str) -> None:
    before, _plus, letter = thai.rpartition("+")

    assert kedmanee.latin(thai) == latin
    assert kedmanee.latin(f"{before}+{kedmanee.named(letter)}") == latin


def test_a_letter_without_ctrl_is_a_letter() -> None:
    assert [kedmanee.latin(one) for one in ("ห", "shift+ห", "s", "ctrl+s", "ctrl+f5")] == [
        "ห", "shift+ห", "s", "ctrl+s", "ctrl+f5"
    ]  # fmt: skip


def test_the_layout_has_every_thai_letter_once() -> None:
    typed = [*kedmanee.PLAIN.values(), *kedmanee.SHIFTED.values()]
    thai = [one for one in typed if "\u0e00" <= one <= "\u0e7f"]

    assert len(thai) == len(set(thai))
    assert {*map(chr, range(0x0E01, 0x0E3B)), *map(chr, range(0x0E3F, 0x0E5A))} - set(thai) == set(
        "๎๏"
    )


# a keyboard that has only Thai, and terminals that keep some keys


@pytest.mark.parametrize("way", EVERY_SCREEN[:4] + EVERY_SCREEN[5:], ids=str)
async def test_everything_can_be_reached_without_ctrl_and_without_letters(
    demo_app: KmtuiApp, way: tuple[str, ...]
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *way)
        screen = demo_app.screen
        here = {*getattr(screen, "COMMANDS_HERE", ()), *keys.EVERYWHERE}
        only_by_ctrl = [keys.COMMANDS[one] for one in here if keys.COMMANDS[one].needs_ctrl]
        offered = [one.title for one in demo_app.get_system_commands(screen)]

        await press(pilot, "f12")

        assert isinstance(demo_app.screen, CommandPalette)
        missing = [
            one.id
            for one in only_by_ctrl
            if not any(name.startswith(one.label) for name in offered)
        ]
        assert (len(only_by_ctrl) >= 4, missing) == (True, [])


async def test_the_menu_does_what_is_chosen_with_arrows_and_enter(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        names = [one.title for one in demo_app.get_system_commands(demo_app.screen)]
        colours = sorted(names).index(next(one for one in names if one.startswith("Colours")))
        before = demo_app.theme

        await press(pilot, "f12")
        for _each in range(colours):
            await press(pilot, "down")
        await press(pilot, "\r")
        await press(pilot)

        assert demo_app.theme != before


async def test_help_does_what_is_marked(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "insert", "f1")
        go_to(demo_app, "Who is here")

        await press(pilot, "\r")

        assert type(demo_app.screen).__name__ == "PeopleHereScreen"


@pytest.mark.parametrize("way", EVERY_SCREEN[:4] + EVERY_SCREEN[5:], ids=str)
@pytest.mark.parametrize("stolen", [{"f1", "f10", "f11"}, {"f12"}], ids=sorted)
async def test_what_a_terminal_keeps_for_itself_has_another_way(
    demo_app: KmtuiApp, way: tuple[str, ...], stolen: set[str]
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *way)
        here = {*getattr(demo_app.screen, "COMMANDS_HERE", ()), *keys.EVERYWHERE}
        offered = [one.title for one in demo_app.get_system_commands(demo_app.screen)]

        lost = [
            command.id
            for command in map(keys.COMMANDS.__getitem__, here)
            if not set(command.keys) - stolen
            and not any(name.startswith(command.label) for name in offered)
        ]

        assert lost == []
    assert set(keys.COMMANDS["app.menu"].keys) - stolen


@pytest.mark.parametrize("way", EVERY_SCREEN, ids=str)
async def test_nothing_on_a_screen_takes_alt_and_a_letter_or_a_digit(
    demo_app: KmtuiApp, way: tuple[str, ...]
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *way)
        owners = [demo_app, demo_app.screen, *demo_app.screen.walk_children()]
        every = {key for owner in owners for key in owner._bindings.key_to_bindings}

        wrong = [
            key
            for key in every
            if last(key).isdigit() or (len(last(key)) == 1 and ("alt+" in key or "+" not in key))
        ]

        assert wrong == []


async def test_the_thai_twin_of_undo_takes_back_the_turn_that_was_kept(
    demo_app: KmtuiApp,
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "insert", "คำที่เก็บ", "\r")

        await press(pilot, "ctrl+ผ")

        assert demo_app.focused.value == "คำที่เก็บ"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "entry",
    ["kmtui.__main__", "kmtui.cli", "kmtui.app", "kmtui.screens.home", "kmtui.widgets.thai_input"],
)
def test_thai_keys_keep_their_vowels_whichever_module_is_imported_first(entry: str) -> None:
    program = f"""
import os, sys, importlib
os.environ.pop("TEXTUAL_DISABLE_KITTY_KEY", None)
importlib.import_module({entry!r})
import kmtui.app
from textual import constants
print(constants.DISABLE_KITTY_KEY)
"""

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8"
    )

    assert (done.stderr, done.stdout.split()) == ("", ["True"])


def test_help_tells_every_key_that_a_screen_shows_at_its_foot() -> None:
    everywhere = {one.id for one in keys.COMMANDS.values() if one.id.startswith("app.")}
    kinds = [kind for kind in screens() if hasattr(kind, "HINTS")]

    untold = {
        f"{kind.__name__}: {hint}"
        for kind in kinds
        for hint in {*kind.HINTS} - {*getattr(kind, "COMMANDS_HERE", ())} - everywhere
    }

    assert len(kinds) > 15
    assert untold == set()
