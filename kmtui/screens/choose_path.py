"""Choosing a file or a folder: typed, pasted, or walked to with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Final

from kmtui.reach import is_in_reach, need_reach
from kmtui.screens.room import Entry, Room
from kmtui.widgets.record_list import Cell, Row
from kmtui.words import _
from store.errors import N_, StoreError
from store.files import refused
from store.notebook import Notebook
from store.text import search_key, sort_key

_MOST: Final = 2_000
"""Entries of one folder that are listed."""


class ChoosePath(Room):
    """The folder's own files; Enter goes into a folder, or takes what is marked.

    Args:
        then: Gets what was chosen; the screen is left before.
        start: The folder to begin in.
        suffixes: Endings of the files that are offered, small letters; empty for folders only.
    """

    NAME: ClassVar[str] = N_("Choose")
    ASKS: ClassVar[str] = N_("Type or paste a path, or letters of a name")
    NOTHING: ClassVar[str] = N_("Nothing here can be read in.")
    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = ("list.open", "go.back", "app.menu")

    def __init__(
        self, then: Callable[[Path], None], *, start: Path, suffixes: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self._then = then
        self._folder = start
        self._suffixes = suffixes

    def read(self, notebook: Notebook) -> Sequence[Entry]:  # noqa: ARG002 - a folder is read
        """The folders and files of the folder."""
        need_reach(self._folder)
        try:
            return list(self._entries_of(self._folder))
        except OSError as error:
            raise refused(error, self._folder) from error

    def _entries_of(self, folder: Path) -> Iterator[Entry]:
        if not self._suffixes:
            yield _entry("take", _("▸ this folder: {name}").format(name=folder))
        if folder.parent != folder and is_in_reach(folder.parent):
            yield _entry(folder.parent, "..  " + str(folder.parent))
        folders: list[Path] = []
        files: list[Path] = []
        for at, one in enumerate(folder.iterdir()):
            if at >= _MOST:
                break
            if not one.name.startswith("."):
                (folders if _is_folder(one) else files).append(one)
        for one in sorted(folders, key=lambda path: sort_key(path.name)):
            yield _entry(one, f"{one.name}/")
        for one in sorted(files, key=lambda path: sort_key(path.name)):
            if one.suffix.lower() in self._suffixes:
                yield _entry(one, one.name)

    def _lay_out(self, *, keep: bool = True) -> None:
        super()._lay_out(keep=keep)
        if not self.is_attached:
            return  # it was left while the folder was read
        self.bar.say(str(self._folder))
        if (typed := _typed(self.words.value)) is not None:
            # whether it is there is looked for on Enter only: it may be on a slow network
            words = _("Enter goes to {where}").format(where=typed)
            self.rows.show([Row((Cell(f"  ▸ {words}"),), key="typed")])

    def action_open(self) -> None:
        """Take the typed path where there is one, else what is marked."""
        self.in_order(self._enter)

    def _enter(self) -> None:
        typed = _typed(self.words.value)
        try:
            if typed is not None:
                need_reach(typed)
        except StoreError as refusal:
            self.app.tell_refusal(refusal)
            return
        if typed is not None and typed.exists():
            self.open_entry(typed)
        elif typed is not None:
            self.app.tell(_("There is nothing at {where}.").format(where=typed))
        else:
            self._open(self.rows.key)

    def open_entry(self, key: object) -> None:
        """Go into a folder, or take a file."""
        if key == "typed":
            self._enter()
        elif key == "take":
            self._take(self._folder)
        elif isinstance(key, Path) and _is_folder(key):
            self._folder = key
            self.words.value = ""
            self.read_again()
        elif isinstance(key, Path):
            self._take(key)

    def _take(self, path: Path) -> None:
        if self.is_current:
            self.dismiss()
        self._then(path)

    def action_trash(self) -> None:
        """Files are not ours to put away; Del takes a letter."""
        self.words.action_delete_right()


def _typed(words: str) -> Path | None:
    """A path that was typed or pasted; None for letters of a name."""
    bare = words.strip().strip("\"'")
    if not bare.startswith(("/", "~", "\\")) and bare[1:2] != ":":
        return None
    return Path(bare).expanduser()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _entry(key: object, words: str) -> Entry:
    return Entry(key, search_key(words), lambda _width: (Cell(f"  {words}"),))
