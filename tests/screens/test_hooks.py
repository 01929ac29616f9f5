"""What reaches into private parts: one list, each of it takes effect, and each is needed."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import io
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import pytest
from rich import _wrap
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.command import CommandPalette
from textual.content import Content
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.widgets import (
    DataTable,
    Input,
    Label,
    Markdown,
    MaskedInput,
    OptionList,
    Static,
    TextArea,
)

import kmtui
from kmtui import hooks
from kmtui.app import KmtuiApp
from kmtui.hooks import area as hooks_of_area
from kmtui.thai.words import words_in
from kmtui.widgets.thai_area import ThaiTextArea
from kmtui.widgets.thai_input import ThaiInput
from tests.screens.test_thai_area import AreaApp, crash

TOP: Final = Path(kmtui.__file__).parent
OF_HOOKS: Final = Path(hooks.__file__).parent
THAI: Final = "ประชุมวันนี้ที่น้ำพองคุยเรื่องน้ำบาดาลกับผู้ใหญ่บ้าน"
BY_NAME: Final = {hook.name: hook for hook in hooks.HOOKS}


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    hooks.install()
    yield
    hooks.install()


# all of them are in the list


def our_classes() -> list[type]:
    """Every class of the program that has one of Textual's or Rich's among its bases."""
    found = []
    for module in pkgutil.walk_packages([str(TOP)], "kmtui."):
        if module.name == "kmtui.web.server" and importlib.util.find_spec("aiohttp") is None:
            continue  # of the extra `web`, and no class of Textual
        if module.name.endswith("__main__"):
            continue
        every = vars(importlib.import_module(module.name)).values()
        ours = [kind for kind in every if getattr(kind, "__module__", "") == module.name]
        found += [kind for kind in ours if inspect.isclass(kind) and foreign_bases(kind)]
    return found


def foreign_bases(kind: type) -> list[type]:
    return [base for base in kind.__mro__ if base.__module__.split(".")[0] in ("textual", "rich")]


@cache
def private_names(kind: type) -> set[str]:
    """Private members of a foreign class: what its body defines, and what its methods set."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind)))
    return {name for name in _names(tree) if is_private(name)}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


LISTED: Final = {hook.path.rpartition(".")[2] for hook in hooks.HOOKS}


def test_no_class_of_ours_overrides_a_private_member_that_is_not_in_the_list() -> None:
    classes = our_classes()
    taken = set()
    for kind in classes:
        for base in foreign_bases(kind):
            names = private_names(base)
            ours = {name for name in vars(kind) if is_private(name)} & names
            taken |= {f"{kind.__qualname__}.{name}" for name in ours - _MADE_BY_TEXTUAL}

    allowed = {
        f"{hook.overrides.rpartition('.')[2]}.{hook.path.rpartition('.')[2]}"
        for hook in hooks.HOOKS
        if hook.overrides
    }
    assert len(classes) > 40
    assert taken == allowed


_MADE_BY_TEXTUAL: Final = {
    "_inherit_bindings", "_inherit_component_classes", "_inherit_css", "_merged_bindings",
    "_css_type_name", "_css_type_names", "_computes", "_reactives", "_decorated_handlers",
    "_css_bases", "_default_css", "_abc_impl",
}  # fmt: skip
"""What Textual writes into every class that is derived from its own."""


def test_nothing_private_of_others_is_used_outside_of_the_list() -> None:
    foreign = set().union(
        *(private_names(base) for kind in our_classes() for base in foreign_bases(kind))
    )
    used = set()
    for path in sorted(TOP.rglob("*.py")):
        if path.parent == OF_HOOKS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = {name for name in _names(tree) if is_private(name)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and is_private(node.attr):
                of_self = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
                if node.attr in foreign and not (of_self and node.attr in own):
                    used.add(f"{path.relative_to(TOP).as_posix()}: {node.attr}")
            elif isinstance(node, ast.ImportFrom | ast.Import):
                names = [one.name for one in node.names]
                module = getattr(node, "module", None) or ""
                for name in [module, *names]:
                    if re.match(r"(textual|rich)\..*\b_", name):
                        used.add(f"{path.relative_to(TOP).as_posix()}: {name}")

    assert used == set()


def test_what_the_package_itself_uses_is_in_its_list() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in OF_HOOKS.glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    asked = {
        str(node.args[1].value)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "getattr"
        and isinstance(node.args[1], ast.Constant)
    }

    assert {name for name in used | asked if is_private(name)} <= LISTED
    assert {"_driver", "_bindings", "_cursor_visible", "_draw_cursor"} <= asked


_STOCK: Final = ("Input", "TextArea", "MaskedInput", "DataTable")


def test_no_field_of_the_app_is_textuals_own() -> None:
    stock = []
    for path in sorted(TOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in _STOCK:
                stock.append(f"{path.name}:{called.lineno}")

    assert stock == []


# each takes effect


@pytest.mark.parametrize("hook", hooks.HOOKS, ids=lambda hook: hook.name)
def test_a_hook_takes_effect_and_says_why_it_is_there(hook: hooks.Hook) -> None:
    assert hook.takes_effect()
    assert hook.why.endswith(".")
    assert hook.until


def test_none_is_missing_and_no_two_have_one_name() -> None:
    assert hooks.missing() == ()
    assert len(BY_NAME) == len(hooks.HOOKS)


@pytest.mark.parametrize("hook", hooks.HOOKS, ids=lambda hook: hook.name)
def test_a_hook_whose_target_has_another_name_is_told_and_breaks_nothing(
    hook: hooks.Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.uninstall()
    gone = replace(hook, path=hook.path + "_renamed", proves=None)
    monkeypatch.setattr(hooks, "HOOKS", (gone,))

    hooks.install()

    assert hooks.missing() == (gone,)


@pytest.mark.parametrize("hook", [one for one in hooks.HOOKS if one.ours], ids=lambda one: one.name)
def test_a_hook_whose_target_is_no_longer_asked_is_told(
    hook: hooks.Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = replace(hook, asked_by=("textual.widget.Widget.focus",))
    monkeypatch.setattr(hooks, "HOOKS", (elsewhere,))

    assert hook.takes_effect()
    assert hooks.missing() == (elsewhere,)


async def test_without_any_of_what_is_replaced_the_fields_still_work() -> None:
    hooks.uninstall()
    app = Blinks()
    async with app.run_test() as pilot:
        await pilot.press("end", "a", "ctrl+left", "tab", "end", "b", "enter", "up", "delete")
        told = {hook.name for hook in hooks.missing()}

        assert app.query_one(ThaiInput).value == "กa"
        assert app.query_one(ThaiTextArea).text == "b\n"
        assert told == {hook.name for hook in hooks.HOOKS if hook.ours}


def test_a_second_install_does_nothing_and_uninstall_puts_back() -> None:
    ours = _wrap.words
    hooks.install()
    again = _wrap.words
    hooks.uninstall()
    stock = _wrap.words
    hooks.install()

    assert again is ours
    assert stock.__module__ == "rich._wrap"
    assert _wrap.words is not stock


# each is needed: without it, it goes wrong


def without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a hook not take effect; what is only read is gone for our module alone."""
    hook = BY_NAME[name]
    member = hook.path.rpartition(".")[2]

    def asked(thing: object, attribute: str, *otherwise: Any) -> Any:
        gone = attribute == member and otherwise
        return otherwise[0] if gone else getattr(thing, attribute, *otherwise)

    if hook.overrides:
        monkeypatch.delattr(f"{hook.overrides}.{member}")
    elif hook.ours is None:
        for place in (hooks, hooks_of_area):
            monkeypatch.setattr(place, "getattr", asked, raising=False)
    hook.uninstall()


def test_every_hook_has_a_test_that_goes_wrong_without_it() -> None:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    left_out = {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "without"
        and isinstance(node.args[0], ast.Constant)
    }
    of_fields = {name for _kind, name in (*BLINKING, *SHOWN)}

    assert left_out | of_fields == set(BY_NAME)


BOTH: Final = pytest.mark.parametrize("hooked", [True, False], ids=["with", "without"])


def lines(text: str, width: int) -> list[str]:
    console = Console(width=width, file=io.StringIO())
    return [line.plain.rstrip() for line in Text(text).wrap(console, width)]


@BOTH
def test_words_stay_whole(hooked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hooked:
        without("words", monkeypatch)

    found = lines("ประชุมวันนี้", 6)
    content = [str(line) for line in Content("ประชุมวันนี้").wrap(6)]
    blank = lines("สมชาย\u00a0ใจดี ไป", 8)

    assert (found == ["ประชุม", "วันนี้"]) == hooked
    assert (content == ["ประชุม", "วันนี้"]) == hooked
    assert ("สมชาย" not in blank) == hooked


@BOTH
def test_a_word_too_wide_is_cut_between_clusters(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("fold", monkeypatch)

    found = lines("ฬำฬำฬำ", 3)

    assert any(line.startswith("ำ") for line in found) != hooked


@pytest.mark.parametrize("width", [1, 0, -3])
def test_a_text_without_room_is_cut_letter_by_letter(width: int) -> None:
    found = vars(_wrap)["chop_cells"]("น้ำกิน", width)

    assert "".join(found) == "น้ำกิน"
    assert len(found) > 2


@BOTH
def test_rows_of_an_area_end_between_words(hooked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hooked:
        without("area rows", monkeypatch)
    rows = WrappedDocument(Document("ประชุมวันนี้"), width=6)

    assert (rows.get_offsets(0) == [6]) == hooked


@BOTH
def test_a_cut_leaves_marks_with_their_letter(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("cut", monkeypatch)
    text = "กี่น้ำพี่ที่ผู้"

    torn = [
        behind.text
        for cut in range(cell_len(text))
        for behind in [Segment(text).split_cells(cut)[1]]
        if behind.text and behind.text[0] in "ัิีึืุู่้๊๋์"
    ]

    assert (not torn) == hooked


@BOTH
async def test_the_palette_takes_keys_as_our_fields_do(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("palette", monkeypatch)
    app = App[None]()
    async with app.run_test() as pilot:
        app.push_screen(CommandPalette())
        await pilot.pause()
        field = app.screen.query_one(Input)
        field.value = "ที่นี่"
        field.cursor_position = 0
        await pilot.press("right")

        assert (field.cursor_position == 3) == hooked


class FieldApp(App[None]):
    def compose(self) -> ComposeResult:
        yield ThaiInput(value="ที่\tนี่น้ำ", select_on_focus=False)


@BOTH
async def test_a_click_hits_its_letter(hooked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hooked:
        without("click", monkeypatch)
        monkeypatch.setattr(ThaiInput, "index_at", Input._cell_offset_to_index, raising=False)
    app = FieldApp()
    async with app.run_test() as pilot:
        field = app.query_one(ThaiInput)
        edge = field.content_region.offset - field.region.offset
        await pilot.click(ThaiInput, offset=(edge.x + 7, edge.y))

        assert (field.cursor_position == len(field.value)) == hooked


@BOTH
async def test_the_caret_is_where_the_letter_is_drawn(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("caret cell", monkeypatch)
    app = FieldApp()
    async with app.run_test():
        field = app.query_one(ThaiInput)
        field.cursor_position = 4

        at = field.cursor_screen_offset.x - field.content_region.x

        assert (at == 2) == hooked


@BOTH
async def test_an_undo_of_a_long_paste_ends_the_app_without_ours(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("area caret", monkeypatch)
        monkeypatch.setattr(ThaiTextArea, "caret_offset", TextArea._recompute_cursor_offset)
        monkeypatch.setattr(ThaiTextArea, "record_cursor_width", TextArea.record_cursor_width)
        monkeypatch.setattr(ThaiTextArea, "validate_selection", lambda _self, place: place)
    app = AreaApp("")

    async def run() -> None:
        async with app.run_test(size=(40, 10)) as pilot:
            await crash(pilot, app.area)

    if hooked:
        await run()
        assert app.area.text == "a\nb"
    else:
        with pytest.raises(ValueError, match="out of bounds"):
            await run()


@BOTH
async def test_end_is_kept_in_its_row(hooked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hooked:
        without("area caret", monkeypatch)
    app = AreaApp(THAI)
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.move_cursor((0, 0))
        await pilot.press("end")

        assert (app.area.cursor_screen_offset.y == app.area.content_region.y) == hooked


class Blinks(App[None]):
    def compose(self) -> ComposeResult:
        yield ThaiInput(value="ก")
        yield ThaiTextArea("ก")


BLINKING: Final = ((ThaiInput, "field blink"), (ThaiTextArea, "area blink"))
SHOWN: Final = ((ThaiInput, "field caret shown"), (ThaiTextArea, "area caret shown"))


@BOTH
@pytest.mark.parametrize(("kind", "name"), BLINKING, ids=["field", "area"])
async def test_our_caret_blinks_with_textuals(
    kind: type[ThaiInput] | type[ThaiTextArea],
    name: str,
    hooked: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not hooked:
        without(name, monkeypatch)
    app = Blinks()
    async with app.run_test() as pilot:
        widget = app.query_one(kind)
        widget.focus()
        await pilot.pause()
        widget._cursor_visible = True
        shows = widget.caret_shows
        widget._cursor_visible = False

        assert shows
        assert (not widget.caret_shows) == hooked


@BOTH
@pytest.mark.parametrize(("kind", "name"), SHOWN, ids=["field", "area"])
async def test_the_caret_is_in_sight_after_every_key(
    kind: type[ThaiInput] | type[ThaiTextArea],
    name: str,
    hooked: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not hooked:
        without(name, monkeypatch)
    app = Blinks()
    async with app.run_test() as pilot:
        widget = app.query_one(kind)
        widget.focus()
        await pilot.pause()
        widget._cursor_visible = False
        await pilot.press("left")

        assert widget.caret_shows == hooked


@BOTH
async def test_the_caret_of_an_area_is_kept_where_textual_looks_for_it(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("area caret kept", monkeypatch)
        ours = hooks_of_area.HookedTextArea
        monkeypatch.setattr(ours, "_recompute_cursor_offset", lambda _self: None)
    app = AreaApp(THAI * 9)
    async with app.run_test(size=(40, 10)) as pilot:
        app.area.move_cursor(app.area.document.end)
        await pilot.pause()

        assert app.area.caret_offset().y > app.area.size.height
        assert (app.area.scroll_offset.y > 0) == hooked


@BOTH
async def test_a_key_that_moves_is_done_before_what_is_typed_after_it(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("keys at once", monkeypatch)
    app = FieldApp()
    async with app.run_test() as pilot:
        field = app.query_one(ThaiInput)
        field.value = "กข"
        for key, letter in (("home", None), ("x", "x"), ("y", "y")):
            app.post_message(events.Key(key, letter))
        await pilot.pause()

        assert (field.value == "xyกข") == hooked
        assert len(field.value) == 4


@BOTH
async def test_a_sequence_goes_to_the_terminal_past_what_is_drawn(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hooked:
        without("terminal", monkeypatch)
    written = io.StringIO()
    app = App[None]()
    monkeypatch.setattr(app, "_driver", written)
    monkeypatch.setattr(type(app), "is_headless", False)

    hooks.to_terminal(app, "\x1b[6n")

    assert (written.getvalue() == "\x1b[6n") == hooked


@BOTH
def test_a_mistake_goes_to_our_way_of_ending_first(
    hooked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    left: list[Exception] = []
    monkeypatch.setattr(App, "_handle_exception", lambda _app, error: left.append(error))
    if not hooked:
        without("mistakes", monkeypatch)

    class Ends(hooks.HookedApp):
        def ends_itself(self, error: Exception) -> bool:
            told.append(error)
            return True

    mistake = RuntimeError("x")
    Ends().end_with(mistake)

    assert (told == [mistake]) == hooked
    assert (left == [mistake]) != hooked
    assert issubclass(KmtuiApp, hooks.HookedApp)


# everywhere text is shown


class Everywhere(App[None]):
    CSS = "* { scrollbar-size: 0 0; } #all > * { width: 24; height: auto; } Label { width: 24; }"

    def compose(self) -> ComposeResult:
        yield Static(THAI)
        yield Label(THAI)
        yield Markdown(THAI)
        yield OptionList(THAI)
        yield DataTable[str]()
        yield ThaiTextArea(THAI)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_column("x", width=17)
        table.add_row(THAI, height=None)
        for widget in self.query("Static, Label, Markdown, OptionList, DataTable, ThaiTextArea"):
            widget.styles.width = 26
            widget.styles.height = "auto"


def inside_a_word(rows: list[str]) -> list[str]:
    """Rows that end inside a word."""
    ends = set(accumulate(map(len, words_in(THAI * 3))))
    at, wrong = 0, []
    for row in rows:
        at += len(row)
        if at not in ends:
            wrong.append(row)
    return wrong


@BOTH
@pytest.mark.parametrize(
    "kind", ["Static", "Label", "Markdown", "OptionList", "DataTable", "ThaiTextArea", "Toast"]
)
async def test_lines_end_between_words_wherever_text_is_shown(kind: str, hooked: bool) -> None:
    if not hooked:
        hooks.uninstall()
    app = Everywhere()
    async with app.run_test(size=(40, 60), notifications=True) as pilot:
        if kind == "Toast":
            app.notify(THAI * 3)
        await pilot.pause()
        await pilot.pause()
        widget = app.screen.query(kind).first()
        rows = [
            found[0].strip()
            for y in range(widget.region.y, widget.region.bottom)
            if (found := re.search("[\u0e01-\u0e4e ]*[\u0e01-\u0e4e]", drawn_at(app, y, widget)))
        ]
        text = "".join(rows)

        assert text.startswith(THAI) or not hooked, rows
        assert len(rows) > 1
        assert (not inside_a_word(rows)) == hooked


def drawn_at(app: App[Any], y: int, widget: Any) -> str:
    strip = app.screen._compositor.render_strips()[y]
    return strip.crop(widget.region.x, widget.region.right).text


# what must stay as it is


async def test_password_number_and_masked_fields_are_unharmed() -> None:
    class Others(App[None]):
        def compose(self) -> ComposeResult:
            yield ThaiInput(password=True, value="ที่นี่", id="secret", select_on_focus=False)
            yield ThaiInput(type="number", id="number")
            yield MaskedInput("9999-99", id="masked")

    app = Others()
    async with app.run_test() as pilot:
        secret = app.query_one("#secret", ThaiInput)
        drawn = secret.render_line(0).text.strip()
        secret.cursor_position = 0
        await pilot.press("right")
        one = secret.cursor_position
        await pilot.press("ctrl+right")
        number = app.query_one("#number", ThaiInput)
        number.focus()
        await pilot.press("1", "x", "2", ".", "5")
        masked = app.query_one(MaskedInput)
        masked.focus()
        await pilot.press(*"256911")

        assert drawn == "••••••"
        assert one == 1
        assert secret.cursor_position == 6
        assert number.value == "12.5"
        assert masked.value == "2569-11"


def test_an_english_screen_reads_no_dictionary() -> None:
    program = """
import asyncio, json
from textual.app import App
from textual.widgets import Markdown, OptionList, Static
from kmtui import hooks
from kmtui.thai import dictionary
from kmtui.widgets.thai_area import ThaiTextArea
from kmtui.widgets.thai_input import ThaiInput

class English(App):
    thai = False
    def compose(self):
        words = "nothing of it is Thai " * 9
        if self.thai:
            words += "\\u0e17\\u0e35\\u0e48\\u0e19\\u0e35\\u0e48" * 50
        yield from (Static(words), Markdown(words), OptionList(words), ThaiTextArea(words))
        yield ThaiInput("a\\u00a0b")

async def run(app):
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("a", "left", "ctrl+left")
    return dictionary.is_loaded()

hooks.install()
first = asyncio.run(run(English()))
second = English()
second.thai = True
print(json.dumps([first, asyncio.run(run(second))]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8"
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [False, True]
