"""One strange stick, and everything that is asked of the notebook that met it."""

from __future__ import annotations

import json
import shutil
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from store.carrier.readings import Met
from store.edits import Add, BringBack, Delete
from store.edits import Change as Set
from store.errors import StoreError
from store.notebook import Notebook
from store.records import KINDS, Turn
from tests.cli.calling import Caller
from tests.store.strange_sticks import Grammar
from tests.store.victim import Template, spoken

LISTS: Final = (
    "sessions", "turns", "lessons", "outcomes", "people", "agencies", "series", "capabilities",
    "duties", "reviews", "attendance",
)  # fmt: skip


class Trial:
    """One stick, and what the notebook answers after it.

    Args:
        of: The template.
        seed: Of the stick; the same one gives the same.
        place: An empty folder.
    """

    def __init__(self, of: Template, seed: int, place: Path) -> None:
        self.trouble: list[str] = []
        self._of = of
        self._seed = seed
        self.met: Met | None = None
        self._place = place
        self._stick = place / "stick"
        shutil.copytree(of.folder / "nok", place / "nok")
        shutil.copytree(of.folder / "stick", self._stick)
        Grammar(seed, of.known).stick().put_into(self._stick)
        self._called = Caller(place / "nok")

    def run(self) -> list[str]:
        """Meet, ask everything, write, back up, start anew; what went wrong, in words."""
        self._meet(self._ask, self._write, self._meet_again, self._verify, self._back_up)
        with self._step("the next start"), Notebook.open(self._place / "nok") as book:
            self._words(book)
        self._command()
        return self.trouble

    def run_shortly(self) -> list[str]:
        """Meet and ask everything, and of the rest one part, another one with each seed."""
        parts = (self._write, self._meet_again, self._verify, self._back_up)
        part = self._seed % (2 * len(parts))
        self._meet(self._ask, *parts[part : part + 1])
        if part == len(parts):
            self._command()
        return self.trouble

    def _meet(self, *then: Callable[[Notebook], None]) -> None:
        with self._step("the meeting"), Notebook.open(self._place / "nok") as book:
            self.met = book.meet(self._stick)
            for one in then:
                with self._step(one.__name__):
                    one(book)

    # each step

    def _step(self, name: str) -> _Step:
        return _Step(self, name)

    def _must(self, name: str, holds: bool) -> None:
        if not holds:
            self.trouble.append(name)

    def _may(self, name: str, ask: Callable[[], Any]) -> Any:
        """Ask what may be refused, in one sentence."""
        try:
            return ask()
        except StoreError as refusal:
            said = str(refusal)
            self._must(f"{name}: not one sentence: {said!r}", bool(said) and "\n" not in said)
            return None

    def _ask(self, book: Notebook) -> None:
        self._words(book)
        rows = book.sessions()
        ids = [row.id for row in rows]
        for kind in KINDS:
            with self._step(f"of_kind {kind}"):
                ids += [one.id for one in book.of_kind(kind)]
        for name in (
            "deleted",
            "conflicts",
            "twins",
            "laptops",
            "receipts_behind",
            "carriers",
            "deleted_unseen",
            "lessons",
            "outcomes",
        ):
            with self._step(name):
                getattr(book, name)()
        with self._step("turns and attendance"):
            assert len(list(book.turns())) >= 1
            list(book.attendance())
        for words in ("น้ำ", "x", "ปลอม\x1b"):
            with self._step("search"):
                book.search(words)
        for one in dict.fromkeys(ids):
            self._may(f"show {one!r}", partial(book.record, one))
        for one in dict.fromkeys(ids[: len(rows)][-4:] + ids[-8:]):
            with self._step(f"history {one!r}"):
                book.history(one)
        for row in rows[-6:]:
            with self._step(f"session {row.id!r}"):
                book.session(row.id)
                book.session(row.id, alone=True)
        with self._step("receipts"):
            book.receipts(self._of.mine)

    def _words(self, book: Notebook) -> None:
        """Its own forum stands there, every word of it, or beside another as a conflict."""
        with self._step("own words"):
            self._must(
                "own forum is not listed", self._of.mine in {row.id for row in book.sessions()}
            )
            now = spoken(book, self._of.mine)
            for name, was in self._of.words.items():
                wanted = was if isinstance(was, list) else [was]
                shown = now[name] if isinstance(was, list) else [now[name]]
                missing = [one for one in wanted if one not in shown]
                if missing:
                    beside = [str(side.value) for one in book.conflicts() for side in one.sides]
                    missing = [one for one in missing if one not in beside]
                self._must(f"own words: {name} was {was!r}, is {now[name]!r}", not missing)

    def _write(self, book: Notebook) -> None:
        mine = self._of.mine
        with self._step("save, undo, redo"):
            book.save(Set(mine, {"aim": "น้ำพอใช้"}))
            book.save(Add(Turn(session=mine, text="ต่อไปนี้", place=9)))
            book.undo()
            book.redo()
            self._must("undo and redo", "ต่อไปนี้" in spoken(book, mine)["turns"])
            book.undo()
            book.undo()
            self._must("undo of an edit", book.session(mine).session.aim == "")
        with self._step("delete, undelete"):
            book.save(Delete(mine))
            self._must("own forum is in the trash", mine in {one.id for one in book.deleted()})
            book.save(BringBack(mine))
        self._words(book)
        rows = [row.id for row in book.sessions()]
        for one in rows[:3]:
            self._may(
                f"edit {one!r}",
                partial(book.save, Set(one, {"aim": "x", "tags": frozenset({"y"})})),
            )
            self._may(f"join {one!r}", partial(book.join, mine, one))
            self._may("undo of a join", book.undo)
            self._may(f"part {one!r}", partial(book.part, mine, one))
        self._must("own forum after joins", mine in {row.id for row in book.sessions()})
        for conflict in book.conflicts()[:5]:
            self._may(
                f"settle {conflict.record!r} {conflict.field!r}",
                partial(book.settle, conflict.record, conflict.field, take=conflict.sides[0].id),
            )

    def _meet_again(self, book: Notebook) -> None:
        self.met = book.meet(self._stick)
        self._words(book)

    def _verify(self, book: Notebook) -> None:
        self._told(book.verify())
        self._told(book.verify(rebuild=self._seed % 3 == 0))
        self._words(book)

    def _back_up(self, book: Notebook) -> None:
        file = self._place / "kept.zip"
        book.backup(file)
        Notebook.restore(file, self._place / "again")
        with Notebook.open(self._place / "again") as again:
            self._words(again)
            same = [row.id for row in again.sessions()] == [row.id for row in book.sessions()]
            self._must("the restored notebook lists others", same)

    def _told(self, told: Any) -> None:
        self._must(f"verify: damaged {told['damaged']}", not told["damaged"])
        self._must("verify: the view differs", not told["differs"])

    # commands

    def _command(self) -> None:
        groups = self._groups()
        for words in groups[self._seed // 8 % len(groups)]:
            is_json = self._seed // 2 % 4 > 0
            called = self._called(*words, *(["--json"] if is_json else []))
            name = " ".join(words)
            if called.raised:
                self.trouble.append(f"{name}: {called.raised}")
                continue
            self._must(f"{name}: exit {called.code}: {called.err[:300]}", called.code in (0, 3))
            odd = [one for one in called.out if one < " " and one not in "\n\t"]
            self._must(f"{name}: a terminal would obey {odd[:3]}", is_json or not odd)
            with self._step(name):
                _ = json.loads(called.out) if is_json else None

    def _groups(self) -> list[list[tuple[str, ...]]]:
        """Commands; one of these groups after each stick."""
        mine, stick, file = self._of.mine, str(self._stick), str(self._place / "by-command.zip")
        return [
            [("list", one) for one in LISTS[:4]],
            [("list", one) for one in LISTS[4:8]],
            [("list", one) for one in LISTS[8:]] + [("list", "sessions", "--deleted")],
            [("edit", mine, "place=วัด"), ("undo",), ("redo",), ("history", mine)],
            [("delete", mine), ("undelete", mine), ("check",), ("check", mine)],
            [("log", "เวทีใหม่", "--say", "นก: น้ำ"), ("search", "น้ำ"), ("twins",)],
            [("show", mine), ("show", self._of.known.records[0]), ("conflicts",), ("where",)],
            [("sync", stick), ("sync", "--laptops"), ("verify",), ("backup", file)],
            [("verify", "--rebuild")],
        ]


class _Step:
    """Notes whatever is raised inside as trouble."""

    def __init__(self, trial: Trial, name: str) -> None:
        self._trial, self._name = trial, name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        at = traceback.extract_tb(trace)[-1]
        self._trial.trouble.append(
            f"{self._name}: {error!r:.300} ({at.filename[-40:]}:{at.lineno})"
        )
        return True
