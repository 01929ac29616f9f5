"""The part of the hooks that is about text areas, read with the first one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from textual.expand_tabs import get_tab_widths
from textual.geometry import Offset
from textual.widgets import TextArea

from kmtui.hooks import BLANKS_BEHIND, HOOKS, cells_of, chopped
from kmtui.thai.letters import letters, whole_letters
from kmtui.thai.words import words_in


def wrap_offsets(stock: Callable[..., list[int]]) -> Callable[..., list[int]]:
    """Where the rows of a line end, in place of Textual's own."""

    def compute_wrap_offsets(
        text: str,
        width: int,
        tab_size: int,
        fold: bool = True,
        precomputed_tab_sections: list[tuple[str, int]] | None = None,
    ) -> list[int]:
        if not fold or not width or (text.isascii() and text.isprintable()):
            return stock(text, width, tab_size, fold, precomputed_tab_sections)
        sections = precomputed_tab_sections or get_tab_widths(text, min(tab_size, width))
        return list(_row_ends(text, width, iter([tab for _before, tab in sections])))

    return compute_wrap_offsets


def _row_ends(text: str, width: int, tabs: Iterator[int]) -> Iterator[int]:
    """Offsets at which rows end. Blanks behind a word hang over the end of its row."""
    at = used = 0
    for word in _of_whole_letters(words_in(text)):
        blanks = BLANKS_BEHIND.search(word)[0]  # type: ignore[index] # always matches
        bare = word[: len(word) - len(blanks)]
        wide = cells_of(bare)
        if used and used + wide > width:
            yield at
            used = 0
        if wide > width:
            *whole, bare = _of_whole_letters(chopped(bare, width, _by_letters))
            for piece in whole:
                at += len(piece)
                yield at
            wide = cells_of(bare)
        hanging = sum(next(tabs, 1) if blank == "\t" else cells_of(blank) for blank in blanks)
        at, used = at + len(bare) + len(blanks), used + wide + hanging


def _of_whole_letters(pieces: Iterable[str]) -> Iterator[str]:
    """The same pieces, none of which begins inside a letter: a caret could not stand there."""
    held = ""
    for piece in pieces:
        if held:
            _start, end = whole_letters(held[-1] + piece, 0, 1)
            held, piece = held + piece[: end - 1], piece[end - 1 :]
            if not piece:
                continue
            yield held
        held = piece
    if held:
        yield held


def _by_letters(text: str, width: int) -> list[str]:
    """Pieces of at most a width: for what stays in one piece, but is wider than a row."""
    pieces, used = [""], 0
    for letter in letters(text):
        wide = cells_of(letter)
        if pieces[-1] and used + wide > width:
            pieces.append("")
            used = 0
        pieces[-1] += letter
        used += wide
    return pieces


class HookedTextArea(TextArea):
    """A text area that asks public methods what Textual's asks private ones."""

    def caret_offset(self) -> Offset:
        """Where the caret is, in cells from the left and in rows from the first."""
        return self.wrapped_document.location_to_offset(self.cursor_location)

    def _recompute_cursor_offset(self) -> None:
        self._cursor_offset = self.caret_offset()

    @property
    def caret_shows(self) -> bool:
        """Whether the caret is drawn now; it may blink."""
        return bool(getattr(self, "_draw_cursor", self.has_focus))


for _hook in HOOKS:
    if _hook.late:
        _hook.install()  # it found no place before
