"""Whole notebooks on a disk, meeting over folders: what they show is what the lines add up to."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

from store.edits import Add, BringBack, Change, Delete
from store.errors import NothingToUndo, StoreError
from store.ids import session_of
from store.notebook import Notebook
from store.records import Lesson, RecordId, Session, Turn
from tests.store.conftest import NOON

from .oracle import lost, text, told

SEEDS: Final = range(max(12, int(os.environ.get("KMTUI_PROOF", "300")) // 25))
STEPS: Final = 40
ROUNDS: Final = 4
"""Copies find out, everything goes round, each says what it has, each hears of it."""
ZONE: Final = timezone(timedelta(hours=7))
CLOCKS: Final = (
    datetime(1970, 1, 1, tzinfo=ZONE), datetime(2569, 5, 12, 9, 0, tzinfo=ZONE),
    datetime(2026, 1, 1, tzinfo=ZONE), datetime(3000, 1, 1, tzinfo=ZONE), NOON,
)  # fmt: skip
WORDS: Final = ("เวทีน้ำ", "เวทีป่า", "น้ำกิน", "ก", "", "วัดเหนือ")


class Field:
    """A team in the field: notebooks, sticks, and a person's bad days.

    Args:
        folder: Where all of it stands.
        seed: Of everything that happens.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.rng = random.Random(seed)
        self.clocks: dict[str, datetime] = {}
        self.books: dict[str, Notebook] = {}
        self.met: Counter[str] = Counter()
        for name in ("หนึ่ง", "สอง"):
            (folder / name).mkdir(parents=True)
        for name in ("ก้อย", "นก", "แดง")[: self.rng.randint(2, 3)]:
            self.clocks[name] = NOON
            self.books[name] = self.opened(name)
            self.books[name].set_owner(name)

    def opened(self, name: str) -> Notebook:
        return Notebook.open(
            self.folder / f"laptop-{name}",
            now=lambda: self.clocks[name],
            entropy=lambda: self.rng.getrandbits(64),
            chance=self.rng.randbytes,
        )

    def step(self) -> None:
        name = self.rng.choice(sorted(self.books))
        deeds: tuple[Callable[[str], None], ...] = (
            self.write, self.write, self.write, self.add, self.delete, self.bring_back, self.settle,
            self.undo, self.meet, self.meet, self.start_anew, self.wind_the_clock, self.copy,
            self.spoil_a_stick, self.ask_who_holds_what,
        )  # fmt: skip
        deed = self.rng.choice(deeds)
        deed(name)
        self.met[deed.__name__] += 1

    # what people do

    def anything(self, book: Notebook) -> RecordId | None:
        found = [*(row.id for row in book.sessions()), *(one.id for one in book.lessons())]
        return self.rng.choice(found) if found else None

    def write(self, name: str) -> None:
        book = self.books[name]
        if record := self.anything(book):
            tags = frozenset({self.rng.choice(("ป่า", "น้ำ"))})
            fields: dict[str, Any] = {"title": self.rng.choice(WORDS) or "ไม่มีชื่อ"}
            add, take = ({"tags": tags}, {}) if self.rng.random() < 0.5 else ({}, {"tags": tags})
            book.save(Change(record, fields, add=add, take=take))

    def add(self, name: str) -> None:
        book = self.books[name]
        session = book.new_id("session")
        book.save(Add(Session(id=session, title=self.rng.choice(WORDS))))
        book.save(
            Add(Lesson(session=session, title=self.rng.choice(WORDS))),
            Add(Turn(session=session, text="น้ำไม่ไหล", place=1)),
        )

    def delete(self, name: str) -> None:
        book = self.books[name]
        if record := self.anything(book):
            book.save(Delete(record))

    def bring_back(self, name: str) -> None:
        book = self.books[name]
        if gone := book.deleted():
            book.save(BringBack(self.rng.choice(gone).id))

    def settle(self, _name: str) -> None:
        """Whoever sees that something is not settled says what stands."""
        for name in sorted(self.books):
            self.meet(name, "หนึ่ง")
        every = [(book, one) for book in self.books.values() for one in book.conflicts()]
        unsettled = [(book, one) for book, one in every if one.field == "title"]
        if unsettled:
            book, one = self.rng.choice(unsettled)
            side = self.rng.choice((one.shown, *one.others))
            book.settle(one.record, one.field, take=side.id)
            self.met["settled"] += 1

    def undo(self, name: str) -> None:
        try:
            self.books[name].undo(past_meeting=True)
        except NothingToUndo:
            return
        except StoreError:
            self.met["not undone"] += 1  # somebody has built on it

    # what happens to them

    def wind_the_clock(self, name: str) -> None:
        self.clocks[name] = self.rng.choice(CLOCKS)

    def start_anew(self, name: str) -> None:
        self.books[name].close()
        if self.rng.random() < 0.3:
            shutil.rmtree(self.folder / f"laptop-{name}" / "view", ignore_errors=True)
        self.books[name] = self.opened(name)

    def copy(self, name: str) -> None:
        if len(self.books) < 5:
            twin = f"{name}-สำเนา{len(self.books)}"
            self.books[name].close()
            shutil.copytree(self.folder / f"laptop-{name}", self.folder / f"laptop-{twin}")
            self.clocks[twin] = self.clocks[name]
            self.books[name], self.books[twin] = self.opened(name), self.opened(twin)

    def meet(self, name: str, stick: str = "") -> None:
        stick = stick or self.rng.choice(("หนึ่ง", "สอง"))
        before = self.lines_of(name)
        there = whole_files(self.folder / stick)
        self.books[name].meet(self.folder / stick)
        after = self.lines_of(name).keys()
        assert before.keys() <= after, "a meeting has removed a line"
        assert there <= after, "a whole file was not taken in"

    def ask_who_holds_what(self, name: str) -> None:
        """A laptop of which it is said that it holds a session has every line of it."""
        book, mine = self.books[name], self.lines_of(name)
        for session in {one for line in mine.values() if (one := session_of(line["rec"]))}:
            of_it = {one for one, line in mine.items() if session_of(line["rec"]) == session}
            for holder in book.receipts(session).holding[1:]:
                those = [other for other, it in self.books.items() if it.laptop == holder.id]
                assert not those or any(of_it <= self.lines_of(other).keys() for other in those), (
                    "who is said to hold a session does not"
                )
                self.met["receipts"] += bool(those)

    def spoil_a_stick(self, _name: str) -> None:
        stick = self.folder / self.rng.choice(("หนึ่ง", "สอง"))
        files = sorted(stick.rglob("*.jsonl"))
        if not files:
            return
        one = self.rng.choice(files)
        match self.rng.choice(("cut", "flip", "copy", "pack", "lose", "empty")):
            case "cut":
                one.write_bytes(one.read_bytes()[: self.rng.randrange(one.stat().st_size)])
            case "flip":
                raw = bytearray(one.read_bytes())
                raw[self.rng.randrange(len(raw))] ^= 1 << self.rng.randrange(8)
                one.write_bytes(raw)
            case "copy":
                (stick / "สำเนา chg (1).jsonl").write_bytes(one.read_bytes())
            case "pack":
                (stick / "รวม.jsonl").write_bytes(b"".join(file.read_bytes() for file in files))
            case "lose":
                one.unlink()
            case _empty:
                shutil.rmtree(stick)
                stick.mkdir()

    # what is looked at

    def lines_of(self, name: str) -> dict[str, dict[str, Any]]:
        """Every line on this laptop's disk, by id, read without the store."""
        found: dict[str, dict[str, Any]] = {}
        for path in sorted((self.folder / f"laptop-{name}" / "log").rglob("*.jsonl")):
            for raw in path.read_bytes().splitlines():
                if not raw.strip(b" \0"):
                    continue  # room that was made before it is written in
                line = json.loads(raw)
                if "rec" in line and not line["rec"].startswith("laptop/"):
                    found[line["id"]] = line
        return found

    def every_line(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for name in self.books:
            for change_id, line in self.lines_of(name).items():
                assert found.setdefault(change_id, line) == line, "two lines have one id"
        return found

    def close(self) -> None:
        for book in self.books.values():
            book.close()


def whole_files(stick: Path) -> set[str]:
    """The lines of records in every file of a folder that is whole, by their ids."""
    found: set[str] = set()
    for path in stick.rglob("*.jsonl"):
        *body, end = path.read_bytes().splitlines(keepends=True) or [b""]
        if hashlib.sha256(b"".join(body)).hexdigest().encode() in end and end.endswith(b"}\n"):
            lines = map(json.loads, body[1:])
            found |= {line["id"] for line in lines if not line["rec"].startswith("laptop/")}
    return found


def test_after_a_bad_month_every_notebook_shows_what_was_written(tmp_path: Path) -> None:
    met: Counter[str] = Counter()
    for seed in SEEDS:
        field = Field(tmp_path / str(seed), seed)
        try:
            a_bad_month(field)
        except AssertionError as error:
            raise AssertionError(f"the team of seed {seed}") from error
        finally:
            field.close()
        met += field.met
        shutil.rmtree(field.folder)

    few = {deed: many for deed in ENOUGH if (many := met[deed]) < len(SEEDS) // 3}
    assert few == {}, f"too little was met: {met}"


ENOUGH: Final = (
    "settled", "delete", "bring_back", "undo", "copy", "wind_the_clock", "spoil_a_stick",
    "start_anew", "conflicts", "clones", "receipts",
)  # fmt: skip


def a_bad_month(field: Field) -> None:
    first, *others = sorted(field.books)
    field.add(first)
    for name in (first, *others):
        field.meet(name, "หนึ่ง")
    for _step in range(STEPS):
        field.step()
    for name in sorted(field.books):
        field.add(name)  # a clone that never writes is no other laptop
    written = field.every_line()
    (field.folder / "ใหม่").mkdir()
    for _round in range(ROUNDS):
        for name in sorted(field.books):
            field.meet(name, "ใหม่")

    assert written
    assert field.every_line() == written
    for name, book in field.books.items():
        assert field.lines_of(name) == written
        field.met["conflicts"] += shows_what_is_defined(book, written)
        assert book.receipts_behind() == (), "what all hold is said to be lacking"
        field.ask_who_holds_what(name)
    ids = {book.laptop for book in field.books.values()}
    assert len(ids) == len(field.books), "a clone has kept its id"
    field.met["clones"] += sum("สำเนา" in name for name in field.books)


def shows_what_is_defined(book: Notebook, written: dict[str, dict[str, Any]]) -> int:
    """How many conflicts it shows."""
    records = {line["rec"] for line in written.values()}
    conflicts: dict[tuple[str, str], set[str]] = {
        (one.record, one.field): {text(side.value) for side in one.others}
        for one in book.conflicts()
        if one.field == "title"
    }
    should: dict[tuple[str, str], set[str]] = {}
    trash = {one.id for one in book.deleted()}  # what is of a forum in the trash waits with it
    for rec in records:
        defined = told(written.values(), rec)
        shown = book.record(RecordId(rec))
        title = json.loads(defined.values.get("title", "null"))
        assert getattr(shown, "title", title or "") == (title or "")  # undone is not said
        assert sorted(getattr(shown, "tags", ())) == sorted(defined.values.get("tags", []))
        assert ("deleted" in shown.marks) == defined.deleted
        assert ("edited_after_delete" in shown.marks) == defined.edited_after_delete
        if not defined.deleted and not {rec, session_of(rec)} & trash:
            beside = conflicts.get((rec, "title"), set())
            titles = {text(getattr(shown, "title", None)), *beside}
            own = [line | {"put": _title_of(line["put"])} for line in written.values()]
            assert lost(own, rec, lambda _field: titles) == []  # noqa: B023
        if "title" in defined.conflicts and not defined.deleted:
            should[rec, "title"] = defined.conflicts["title"]

    def on_screen(found: dict[tuple[str, str], set[str]]) -> dict[tuple[str, str], set[str]]:
        return {key: sides for key, sides in found.items()
                if not {key[0], session_of(key[0])} & trash}  # fmt: skip

    assert on_screen(conflicts) == on_screen(should)
    return len(conflicts)


def _title_of(put: dict[str, Any]) -> dict[str, Any]:
    """The title as it is shown; an undone one is no title."""
    return {"title": put["title"] or ""} if "title" in put else {}
