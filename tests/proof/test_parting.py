"""Laptops that part and come together again, in any order: what is shown is of those that count.

The oracle reads the files of lines itself: lines of laptops that are set aside count for nothing,
and a laptop is gone where the last word about it says so and no further file of it is known.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import pytest

from store.aside import Aside
from store.carrier import laptops, parting
from store.changes.archive import Archive
from store.view.forums import Forums

from .test_notebooks import Field, shows_what_is_defined

SEEDS: Final = range(max(2, int(os.environ.get("KMTUI_PROOF", "300")) // 150))
TRIES: Final = range(8)
"""Teams in which a broken version must be caught."""
STEPS: Final = 24
ROUNDS: Final = 4
_FILE: Final = re.compile(r"chg-([0-9a-z]+)-")


class Parting(Field):
    """A team whose laptops are set aside, brought back, lost and found."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.aside: dict[str, set[str]] = {name: set() for name in self.books}

    def step(self) -> None:
        name = self.rng.choice(sorted(self.books))
        deeds: tuple[Callable[[str], None], ...] = (
            self.write, self.add, self.meet, self.meet, self.meet, self.start_anew,
            self.set_aside, self.bring_them_back, self.retire, self.expect,
        )  # fmt: skip
        deed = self.rng.choice(deeds)
        deed(name)
        self.met[deed.__name__] += 1
        self.is_as_defined(name)

    def other(self, name: str) -> str:
        return self.books[self.rng.choice(sorted(set(self.books) - {name}))].laptop

    def set_aside(self, name: str) -> None:
        laptop = self.other(name)
        theirs = self.folder / f"laptop-{name}" / "log" / laptop
        before = sorted(theirs.glob("*"))
        self.books[name].set_aside([laptop])
        self.aside[name].add(laptop)
        assert sorted(theirs.glob("*")) == before, "what is set aside stays on the disk"

    def bring_them_back(self, name: str) -> None:
        self.met["was aside"] += bool(self.aside[name])
        self.books[name].bring_back(self.aside[name])
        self.aside[name].clear()

    def retire(self, name: str) -> None:
        """Somebody, and the word of it goes round."""
        self.books[name].retire(self.other(name))
        for one in (name, self.rng.choice(sorted(self.books))):
            self.meet(one, "หนึ่ง")

    def expect(self, name: str) -> None:
        """Somebody of whom another has said that nobody does."""
        laptop = self.other(name)
        for one in sorted(self.books):
            if self.books[one].laptop not in (laptop, self.books[name].laptop):
                self.books[one].retire(laptop)
                self.meet(one, "สอง")
        self.meet(name, "สอง")
        self.books[name].unretire(laptop)

    def meet(self, name: str, stick: str = "") -> None:
        place = self.folder / (stick or self.rng.choice(("หนึ่ง", "สอง")))
        book = self.books[name]
        own = place / f"kmtui-{book.laptop}"
        before = {path.name for path in own.glob("*")}
        book.meet(place, accept=self.rng.choice((None, (), [self.other(name)])))
        passed_on = {path.name for path in own.glob("*")} - before
        assert not {one for one in map(_writer, passed_on) if one in self.aside[name]}

    # what should be shown

    def files(self, name: str) -> Iterable[tuple[str, Path]]:
        """The files of lines that count, with whose they are."""
        log, mine = self.folder / f"laptop-{name}" / "log", self.books[name].laptop
        yield mine, log / "open.jsonl"
        for path in log.glob("*/*.jsonl"):
            if path.parent.name not in self.aside[name]:
                yield path.parent.name, path

    def counting(self, name: str) -> dict[str, dict[str, Any]]:
        """Every line that counts, by id."""
        found: dict[str, dict[str, Any]] = {}
        for _dev, path in self.files(name):
            for raw in path.read_bytes().splitlines():
                line = json.loads(raw) if raw.strip(b" \0") else {}
                if "rec" in line:
                    found[line["id"]] = line
        return found

    def is_as_defined(self, name: str) -> None:
        book, lines = self.books[name], self.counting(name)
        records = {one: line for one, line in lines.items() if not _is_of_laptop(line)}
        here = {line["rec"] for line in records.values()}
        shows_what_is_defined(book, records)
        shown = {row.id for row in book.sessions()}
        assert shown <= here, "what is set aside is shown"
        assert self.aside[name] == {one.id for one in book.laptops() if one.state == "aside"}
        said: dict[str, list[int]] = {}
        for line in lines.values():
            for field, value in line["put"].items() if _is_of_laptop(line) else ():
                if field.startswith("gone."):
                    said[field[5:]] = max(said.get(field[5:], [0, 0]), value)
        files = Counter(dev for dev, path in self.files(name) if path.name != "open.jsonl")
        gone = {dev for dev, (turn, known) in said.items() if turn % 2 and files[dev] <= known}
        gone -= {book.laptop}  # whoever reads this is here
        there = {one.id: one.state for one in book.laptops() if one.state != "aside"}
        assert {one for one, state in there.items() if state == "gone"} == gone & there.keys()
        self.met["gone"] += bool(gone & there.keys())


def _is_of_laptop(line: dict[str, Any]) -> bool:
    return str(line["rec"]).startswith("laptop/")


def _writer(file: str) -> str:
    found = _FILE.match(file)
    return found[1] if found else ""


def live(folder: Path, seed: int) -> Counter[str]:
    """One team's time apart and together. Raises AssertionError where something is not right."""
    field = Parting(folder / str(seed), seed)
    try:
        first, *others = sorted(field.books)
        for name in (first, *others):
            field.add(name)
            field.meet(name, "หนึ่ง")
        for _step in range(STEPS):
            field.step()
        written = field.every_line()
        (field.folder / "ใหม่").mkdir()
        for name in sorted(field.books):
            field.bring_them_back(name)
        for _round in range(ROUNDS):
            for name in sorted(field.books):
                field.books[name].meet(field.folder / "ใหม่")
        for name in sorted(field.books):
            assert field.lines_of(name) == written, "a line is lost"
            field.is_as_defined(name)
            assert field.books[name].verify()["differs"] is False
            assert field.books[name].receipts_behind() == ()
    finally:
        field.close()
    shutil.rmtree(field.folder)
    return field.met


def live_all(folder: Path, seeds: Iterable[int]) -> Counter[str]:
    """Several teams, one after the other."""
    met: Counter[str] = Counter()
    for seed in seeds:
        met += live(folder, seed)
    return met


def test_whoever_parts_and_comes_back_every_notebook_shows_who_counts(tmp_path: Path) -> None:
    met = live_all(tmp_path, SEEDS)

    few = {one: met[one] for one in ("was aside", "gone", "retire", "expect") if not met[one]}
    assert few == {}, f"too little was met: {met}"


# versions that are broken on purpose

Patch = pytest.MonkeyPatch


def everybody_counts(patch: Patch) -> None:
    """The list is kept and nobody reads it."""
    patch.setattr(Archive, "names", Archive.every_name)


def the_view_stays(patch: Patch) -> None:
    """The list is kept and the view is not made again."""
    patch.setattr(Forums, "make_again", lambda *_args, **_how: True)


def the_files_go(patch: Patch) -> None:
    """What is set aside is deleted."""
    stock = parting.set_aside

    def set_aside(side: Any, several: Iterable[str]) -> None:
        wanted = list(several)
        stock(side, wanted)
        for one in wanted:
            shutil.rmtree(side.folder / "log" / one, ignore_errors=True)

    patch.setattr(parting, "set_aside", set_aside)


def only_until_the_window_closes(patch: Patch) -> None:
    """The list is not kept."""
    kept: dict[Path, dict[str, str]] = {}
    patch.setattr(
        parting, "write_aside", lambda folder, wanted, _disk: kept.update({folder: wanted})
    )
    patch.setattr(parting, "read_aside", lambda folder: Aside(kept.get(folder, {})))


def gone_for_ever(patch: Patch) -> None:
    """A laptop that brings something new is not back."""
    stock = laptops.gone

    def gone(told: Any, files: Any, device: Any) -> set[str]:
        named = {one for each in told.values() for one in each.gone}
        lasting = {one for one in named if laptops.said_of(told, one, device).turn % 2}
        return stock(told, files, device) | lasting

    patch.setattr(laptops, "gone", gone)


def the_first_word_stands(patch: Patch) -> None:
    """Who was called gone first is gone whatever is said later."""

    def said_of(told: Any, laptop: str, _device: Any) -> laptops.Gone:
        said = [one.gone[laptop] for one in told.values() if laptop in one.gone]
        return min(said, default=laptops.Gone(0, 0))

    patch.setattr(laptops, "said_of", said_of)


def nothing_is_told(patch: Patch) -> None:
    """Retiring is kept nowhere."""
    patch.setattr(parting, "say_gone", lambda *_args, **_how: None)


BROKEN: Final = (
    everybody_counts, the_view_stays, the_files_go, only_until_the_window_closes, gone_for_ever,
    the_first_word_stands,
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
def test_a_broken_parting_is_caught(
    broken: Callable[[Patch], None], monkeypatch: Patch, tmp_path: Path
) -> None:
    broken(monkeypatch)

    with pytest.raises(AssertionError):
        live_all(tmp_path, TRIES)


def test_what_was_told_to_nobody_is_caught_where_it_is_counted(
    monkeypatch: Patch, tmp_path: Path
) -> None:
    nothing_is_told(monkeypatch)

    met = live(tmp_path, 0)

    assert met["retire"]
    assert not met["gone"], "the proof asks that somebody is gone, and would fail"
