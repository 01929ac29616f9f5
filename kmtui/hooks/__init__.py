"""What reaches into private parts of Textual and Rich: every place of it, in this one package.

Some things have no public way: where Rich ends a line, where it cuts a piece of a line that is
scrolled sideways, where a field thinks that its caret is. Each is a hook in ``HOOKS``, with the
reason for it and with what would let us drop it. A hook that finds nothing to hold on to, as with
a newer Textual, is left out and told by ``missing``; the app goes on without it.
"""

from __future__ import annotations

import importlib
import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from rich.cells import cell_len, split_text
from rich.segment import Segment
from textual.app import App
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from kmtui.thai.letters import clusters
from kmtui.thai.words import words_in
from store.text import shown

AREA: Final = "kmtui.hooks.area"
"""The module that is read with the first text area."""
_OURS: Final = re.compile("[\u0e01-\u0e5b\u00a0]")
"""Thai, and the blank that no line ends at: all else is left to Textual and Rich."""
_LEADING_BLANKS: Final = re.compile(r"[^\S\u00a0]*")
BLANKS_BEHIND: Final = re.compile(r"(?:[^\S\u00a0]|\u200b)*$")

# Rich: where a line may end


def _words(stock: Callable[[str], Iterable[tuple[int, int, str]]]) -> Callable[..., Any]:
    def words(text: str) -> Iterable[tuple[int, int, str]]:
        return _pieces(text) if _OURS.search(text) else stock(text)

    return words


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and text of each word with the blanks behind it; the first has those in front."""
    start, end = 0, len(_LEADING_BLANKS.match(text)[0])  # type: ignore[index] # always matches
    for word in words_in(text[end:]):
        end += len(word)
        yield start, end, text[start:end]
        start = end


def _chop_cells(stock: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def chop_cells(text: str, width: int, *args: Any, **kwargs: Any) -> list[str]:
        width = max(1, width)  # a terminal may be narrower than what stands beside a text
        if not _OURS.search(text):
            return stock(text, width, *args, **kwargs)
        return list(chopped(text, width, stock))

    return chop_cells


def chopped(text: str, width: int, stock: Callable[..., list[str]]) -> Iterator[str]:
    """A word that no line can hold, in pieces that lines can, cut between clusters."""
    line, used = "", 0
    for cluster in clusters(text):
        wide = cells_of(cluster)
        if used + wide > width and line and cluster != " ":
            yield line
            line, used = "", 0
        if wide > width:
            *whole, cluster = stock(cluster, width) or [cluster]
            yield from whole
            wide = cells_of(cluster)
        line, used = line + cluster, used + wide
    yield line


def cells_of(text: str) -> int:
    """What a text is wide when it is drawn, a tab as a blank."""
    return cell_len(shown(text.replace("\t", " ")))


# Rich: where a piece of a line is cut


def _split_cells(stock: classmethod[Any, Any, Any]) -> object:
    @lru_cache(maxsize=16 * 1024)
    def split_cells(cls: type[Segment], segment: Segment, cut: int) -> tuple[Segment, Segment]:
        text, style, control = segment
        if not _OURS.search(text):
            before, behind = stock.__get__(None, cls)(segment, cut)
            return before, behind
        if cut >= segment.cell_length:
            return segment, cls("", style, control)
        left, right = split_text(text, cut)
        return cls(left, style, control), cls(right, style, control)

    return classmethod(split_cells)  # type: ignore[arg-type] # a cached function is one


# The field: where its caret is


class HookedInput(Input):
    """A field that asks public methods what Textual's asks private ones."""

    def index_at(self, cells: int) -> int:
        """The offset into the value of what is drawn at a cell of the whole line."""
        stops = [*accumulate((cell_len(letter) for letter in self.value), initial=0)]
        return min(len(self.value), bisect_left(stops, cells))

    def cells_before(self, position: int) -> int:
        """How many cells are drawn before an offset into the value."""
        return cell_len(self.value[:position])

    def _cell_offset_to_index(self, offset: int) -> int:
        return self.index_at(offset + self.scroll_offset.x)

    def _position_to_cell(self, position: int) -> int:
        return self.cells_before(position)

    @property
    def caret_shows(self) -> bool:
        """Whether the caret is drawn now; it may blink."""
        return self.has_focus and bool(getattr(self, "_cursor_visible", True))


class HookedApp(App[None]):
    """An app that is told of what went wrong before Textual shows a traceback."""

    def ends_itself(self, error: Exception) -> bool:  # noqa: ARG002
        """End the app for an error in our own way; False leaves it to Textual."""
        return False

    def end_with(self, error: Exception) -> None:
        """End as if the error had come up in a widget."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        if not self.ends_itself(error):
            super()._handle_exception(error)


# What is read, and may be gone


def show_caret(field: Widget) -> None:
    """Draw the caret from now on; after that it may blink again."""
    if callable(restart := getattr(field, "_restart_blink", None)):
        restart()


def keys_of(widget: Widget, key: str) -> Iterable[Binding]:
    """What a key is bound to in a widget itself, in the order of asking."""
    bindings = getattr(widget, "_bindings", None)
    return bindings.key_to_bindings.get(key, ()) if bindings is not None else ()


def to_terminal(app: App[Any], sequence: str) -> None:
    """Write past what is drawn; nobody sees it in a test without a terminal."""
    driver = getattr(app, "_driver", None)
    if driver is not None and not app.is_headless:
        driver.write(sequence)
        driver.flush()


def _area_rows(stock: Callable[..., list[int]]) -> Callable[..., list[int]]:
    from kmtui.hooks.area import wrap_offsets

    return wrap_offsets(stock)


def _palette_line(stock: type) -> type:
    """Textual's line for typing a command, which is a field for Thai too."""
    from kmtui.widgets.thai_input import ThaiInput

    if not issubclass(stock, Input):
        return stock
    return type("CommandInput", (ThaiInput, stock), {})


# The list


def _found(path: str) -> tuple[Any, str]:
    """The module or class of a dotted path and the name in it.

    Raises:
        ImportError: No such module.
        AttributeError: No such class.
    """
    before, _dot, name = path.rpartition(".")
    try:
        return importlib.import_module(before), name
    except ModuleNotFoundError:
        module, _dot, kind = before.rpartition(".")
        return getattr(importlib.import_module(module), kind), name


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """One place where we reach into private parts."""

    name: str
    path: str
    """Dotted, of what is replaced, overridden or used."""
    why: str
    until: str
    """What would let us drop it."""
    ours: Callable[[Any], Any] | None = None
    """Makes what takes the place, from what was there; None where nothing is replaced."""
    overrides: str = ""
    """Our class whose method Textual calls in the place of its own, dotted."""
    late: bool = False
    """Of the text area: there once ``area`` was read, or where it is asked for."""
    asked_by: tuple[str, ...] = ()
    """Where Textual or Rich uses it: dotted paths of functions; one that still does is enough."""
    proves: Callable[[], bool] | None = None
    """A small trial of the behaviour."""

    def takes_effect(self) -> bool:
        """Whether what we reach for is there, is still used, and does what we want."""
        if self.late:
            importlib.import_module(AREA)
        try:
            holder, name = _found(self.path)
            there = not self.asked_by or any(_uses(one, name) for one in self.asked_by)
            if self.ours is not None:
                there = there and self.path in _stock and hasattr(holder, name)
            if self.overrides:
                kind, _dot, _name = self.overrides.rpartition(".")
                ours = getattr(importlib.import_module(kind), _name)
                there = there and hasattr(holder, name) and name in vars(ours)
            return there and (self.proves is None or self.proves())
        except (AttributeError, ImportError, TypeError, ValueError):
            return False

    def install(self) -> None:
        """Put ours in the place, once; nothing where there is no such place."""
        if self.ours is None or self.path in _stock or (self.late and AREA not in sys.modules):
            return
        try:
            holder, name = _found(self.path)
            stock = vars(holder)[name]
        except (AttributeError, ImportError, KeyError):
            return
        _stock[self.path] = stock
        setattr(holder, name, self.ours(stock))

    def uninstall(self) -> None:
        """Put back what was there."""
        if self.path in _stock:
            holder, name = _found(self.path)
            setattr(holder, name, _stock.pop(self.path))


def _uses(function: str, name: str) -> bool:
    holder, last = _found(function)
    found = getattr(holder, last)
    found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
    return name in found.__code__.co_names


_stock: Final[dict[str, Any]] = {}
"""What was there before, by path."""
_CUT: Final = "กี่น้ำ"
_WRAP_DROP: Final = "Rich takes a function that says where a line may end"

HOOKS: Final = (
    Hook(
        name="words",
        path="rich._wrap.words",
        why="Rich ends lines at blanks only; Thai words have none between them.",
        until=f"{_WRAP_DROP}, or knows Thai words itself",
        ours=_words,
        asked_by=("rich._wrap.divide_line",),
        proves=lambda: _divided("ประชุมวันนี้", 6) == [6],
    ),
    Hook(
        name="fold",
        path="rich._wrap.chop_cells",
        why="A word wider than the line is cut before ำ or behind เ แ โ ใ ไ.",
        until=_WRAP_DROP,
        ours=_chop_cells,
        asked_by=("rich._wrap.divide_line",),
        proves=lambda: _divided("ฬำฬำฬำ", 3) == [2, 4],
    ),
    Hook(
        name="area rows",
        path="textual.document._wrapped_document.compute_wrap_offsets",
        why="A text area ends rows at blanks only, and cuts long words by code point.",
        until="Textual's WrappedDocument takes a function that says where a row may end",
        ours=_area_rows,
        late=True,
        asked_by=("textual.document._wrapped_document.WrappedDocument.wrap",),
        proves=lambda: _rows("ประชุมวันนี้", 6) == [6],
    ),
    Hook(
        name="cut",
        path="rich.segment.Segment._split_cells",
        why="A piece of a line that is cut at a cell may leave the marks on the other side.",
        until="Rich cuts segments as its own split_text cuts text",
        ours=_split_cells,
        asked_by=("rich.segment.Segment.split_cells",),
        proves=lambda: Segment(_CUT).split_cells(1)[1].text == _CUT[3:],
    ),
    Hook(
        name="palette",
        path="textual.command.CommandInput",
        why="The line of the command palette is Textual's own field.",
        until="CommandPalette lets its field be chosen",
        ours=_palette_line,
        asked_by=("textual.command.CommandPalette.compose",),
    ),
    Hook(
        name="click",
        path="textual.widgets.Input._cell_offset_to_index",
        why="A click behind the text is taken for an offset, and one on a letter may miss it.",
        until="Textual's Input counts a click by letters, and lets its end be its end",
        overrides="kmtui.hooks.HookedInput",
        asked_by=("textual.widgets.Input._on_mouse_down",),
    ),
    Hook(
        name="caret cell",
        path="textual.widgets.Input._position_to_cell",
        why="We draw a tab and a line's end in one cell, and what is unsafe in another form.",
        until="Input measures the caret in what it draws",
        overrides="kmtui.hooks.HookedInput",
        asked_by=("textual.widgets.Input._cursor_offset",),
    ),
    Hook(
        name="field blink",
        path="textual.widgets.Input._cursor_visible",
        why="We draw the caret over a letter with its marks, and it should blink with Textual's.",
        until="Input tells whether its caret is to be drawn",
        asked_by=("textual.widgets.Input.render_line",),
    ),
    Hook(
        name="area caret",
        path="textual.widgets.TextArea._recompute_cursor_offset",
        why="At the end of a full row the caret stands there, not on the next; and a caret that"
        " an undo has left below the last line ends the app (Textualize/textual#6686).",
        until="6686 is closed, and TextArea knows the end of a row from the start of the next",
        overrides=f"{AREA}.HookedTextArea",
        late=True,
        asked_by=("textual.widgets.TextArea.scroll_cursor_visible",),
    ),
    Hook(
        name="area caret kept",
        path="textual.widgets.TextArea._cursor_offset",
        why="Where the caret was found to be is kept where Textual looks for it.",
        until="with the hook before",
        late=True,
        asked_by=("textual.widgets.TextArea.scroll_cursor_visible",),
    ),
    Hook(
        name="area blink",
        path="textual.widgets.TextArea._draw_cursor",
        why="We draw the caret over a letter with its marks, and it should blink with Textual's.",
        until="TextArea tells whether its caret is to be drawn",
        late=True,
        asked_by=("textual.widgets.TextArea.render_line",),
    ),
    Hook(
        name="field caret shown",
        path="textual.widgets.Input._restart_blink",
        why="A key that we do ourselves must leave the caret in sight, not in the dark of a blink.",
        until="Input shows its caret whenever it moves",
        asked_by=("textual.widgets.Input._on_key",),
    ),
    Hook(
        name="area caret shown",
        path="textual.widgets.TextArea._restart_blink",
        why="A key that we do ourselves must leave the caret in sight, not in the dark of a blink.",
        until="TextArea shows its caret whenever it moves",
        late=True,
        asked_by=("textual.widgets.TextArea._on_key",),
    ),
    Hook(
        name="keys at once",
        path="textual.dom.DOMNode._bindings",
        why="A key that moves or deletes is done at once; through the app's queue it would come"
        " behind the letters typed after it.",
        until="Textual does the keys of a widget in the order of typing",
        asked_by=("textual.dom.DOMNode.__init__",),
    ),
    Hook(
        name="mistakes",
        path="textual.app.App._handle_exception",
        why="Nobody in the field reads a traceback: one sentence, and the rest in a file.",
        until="App hands an error to a public method before it shows it",
        overrides="kmtui.hooks.HookedApp",
        asked_by=("textual.message_pump.MessagePump._pre_process",),
    ),
    Hook(
        name="terminal",
        path="textual.app.App._driver",
        why="The terminal is asked where Thai letters stand, past what is drawn.",
        until="App can write a sequence to its terminal",
        asked_by=("textual.app.App.__init__",),
    ),
)
"""Every one, in the order of this file."""


def _divided(text: str, width: int) -> list[int]:
    return list(importlib.import_module("rich._wrap").divide_line(text, width))


def _rows(text: str, width: int) -> list[int]:
    module = importlib.import_module("textual.document._wrapped_document")
    return list(module.compute_wrap_offsets(text, width, 1))


def install() -> None:
    """Let all of them take effect; a second time does nothing. Costs no dictionary."""
    for hook in HOOKS:
        hook.install()


def uninstall() -> None:
    """Put back what was there."""
    for hook in HOOKS:
        hook.uninstall()


def missing() -> tuple[Hook, ...]:
    """Those that do not take effect with the Textual and Rich that are here; asks each."""
    return tuple(hook for hook in HOOKS if not hook.takes_effect())
