"""Every key works on both layouts, none types into a field, and the key line has room for it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

import kmtui.screens
from kmtui import keys, words
from kmtui.app import KmtuiApp
from kmtui.widgets.key_line import KeyLine

from .pressing import at_home, drawn, go_to, press


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


def test_every_bound_letter_is_bound_with_the_thai_letter_of_the_same_key() -> None:
    bound = set(bindings())

    lonely = {
        (owner, key)
        for owner, key, action in bound
        if last(key) in keys.KEDMANEE
        for twin in keys.twins(key)
        if (owner, twin, action) not in bound
    }

    assert {key for _owner, key, _action in bound if last(key) in keys.KEDMANEE}
    assert lonely == set()


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


WAYS = ((), ("\r",), ("\x1b", "f2"), ("f3",), ("f1",), ("\x1b", "\r", "f4"), ("f4", "f10"))
"""To each screen from the one that Esc leads to from the screen before."""
