"""Two laptops that write while they are apart, and what must be on both when they have met."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from store.carrier.readings import Met
from store.edits import Change, Delete
from store.notebook import Notebook
from store.records import RecordId, Turn
from tests.store.meeting import Team, content_of, forum

SHARED: Final = 12
"""Forums that both have before they part."""
ON_BOTH: Final = 10
"""Of these, so many are edited on both: the place of one half, a turn of the other half."""
OWN: Final = 5
NEW: Final = 4


class Written(NamedTuple):
    """One value that somebody has typed."""

    record: RecordId
    field: str
    value: str


@dataclass(slots=True)
class Laptop:
    """One laptop, the folder in which it meets, and what was typed on it.

    Args:
        book: Its notebook.
        folder: Its own local folder, which a program carries to the other one.
    """

    book: Notebook
    folder: Path
    written: list[Written] = field(default_factory=list)

    def meet(self) -> Met:
        """Meet in the own folder, and see that whatever stood there stands as it was."""
        before = content_of(self.folder)
        met = self.book.meet(self.folder)
        after = content_of(self.folder)

        assert {name: after.get(name) for name in before} == before
        assert met.removed == 0
        assert met.safe
        return met

    def change(self, record: RecordId, name: str, value: str) -> None:
        self.book.save(Change(record, {name: value}))
        self.written.append(Written(record, name, value))

    def write_forum(self, title: str) -> RecordId:
        """A new forum with turns."""
        session = forum(self.book, title, f"{title} หนึ่ง", f"{title} สอง")
        self.written.append(Written(session, "title", title))
        self.written += (Written(turn.id, "text", turn.text) for turn in self.book.turns(session))
        return session


@dataclass(slots=True)
class Apart:
    """Nok's and Daeng's laptop, which have never been in one room since they parted.

    Args:
        nok: One.
        daeng: The other.
        deleted: Forums that one has deleted and the other written in.
    """

    nok: Laptop
    daeng: Laptop
    deleted: tuple[RecordId, ...] = ()

    @property
    def both(self) -> tuple[Laptop, Laptop]:
        return self.nok, self.daeng

    @property
    def written(self) -> list[Written]:
        """Every value that was typed on either since they parted."""
        return self.nok.written + self.daeng.written

    def meet(self) -> tuple[Met, Met]:
        """Each in its own folder."""
        return self.nok.meet(), self.daeng.meet()

    def write(self) -> None:
        """Edit the same fields on both, others on one only, begin forums, delete here and there."""
        shared = sorted(row.id for row in self.nok.book.sessions())
        own = shared[ON_BOTH:]
        for one, other in (self.both, self.both[::-1]):
            name = "นก" if one is self.nok else "แดง"
            for at, session in enumerate(shared[:ON_BOTH]):
                self._edit_on_both(one, session, f"{name}แก้ {at}", of_turn=at % 2 == 1)
            kept = own[0] if one is self.nok else own[1]
            one.change(kept, "place", f"{name}ย้ายที่")
            for part in range(1, OWN):
                one.change(_turns(one.book, kept)[part].id, "text", f"{name}เขียนเอง {part}")
            for number in range(NEW):
                one.write_forum(f"เวทีใหม่ของ{name} {number}")
            # what this one writes in is what the other one throws away
            other.book.save(Delete(kept))
        self.deleted = tuple(own)

    @staticmethod
    def _edit_on_both(one: Laptop, session: RecordId, value: str, *, of_turn: bool) -> None:
        if of_turn:
            one.change(_turns(one.book, session)[0].id, "text", value)
        else:
            one.change(session, "place", value)


def parted(team: Team, folders: tuple[Path, Path], *, cloned: bool) -> Apart:
    """Two laptops that hold the same forums.

    Args:
        team: Where the notebooks are.
        folders: Where each of them meets.
        cloned: The second notebook is a copy of the first one's folder, with its id.
    """
    nok = team.laptop("nok")
    for number in range(SHARED):
        forum(nok, f"เวที {number:02}", *(f"คำที่ {at}" for at in range(OWN)))
    if cloned:
        nok.close()
        shutil.copytree(team.folder / "nok", team.folder / "daeng")
        nok = team.laptop("nok")
    else:
        between = team.stick("before")
        nok.meet(between)
        team.laptop("daeng").meet(between)
        team.close()
        nok = team.laptop("nok")
    daeng = team.laptop("daeng")
    assert (nok.laptop == daeng.laptop) is cloned
    return Apart(Laptop(nok, folders[0]), Laptop(daeng, folders[1]))


def lost(book: Notebook, written: Iterable[Written]) -> list[Written]:
    """What was written and neither shows nor stands among the values of a conflict."""
    values = set(_values(book))
    return [one for one in written if one not in values]


def _values(book: Notebook) -> Iterator[Written]:
    for row in book.sessions():
        yield from _of(book.record(row.id), "title", "place")
        for turn in book.turns(row.id):
            yield from _of(turn, "text")
    for conflict in book.conflicts():
        for side in conflict.sides:
            yield Written(conflict.record, conflict.field, side.value)


def _of(record: Any, *names: str) -> Iterator[Written]:
    for name in names:
        yield Written(record.id, name, getattr(record, name))


def _turns(book: Notebook, session: RecordId) -> list[Turn]:
    return list(book.turns(session))
