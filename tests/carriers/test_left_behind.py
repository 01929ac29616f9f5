"""What carriers leave in the folder on the way: never a change by mistake, never frightening."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from store.changes.segments import CUT
from store.notebook import Notebook
from tests.store.meeting import Team, content_of, files_of, forum, titles, told

PASSING: Final = (
    ".syncthing.{name}.tmp",
    "~syncthing~{name}.tmp",
    "{name}.4f1c09aa.partial",
    "{name}.partial",
    ".{name}.1a2b3c4d.unison.tmp",
    ".unison.{name}.51f2.unison.tmp",
    ".~{name}.7d41",
    "{name}.crdownload",
    "{name}.tmp",
    "._{name}",
)
"""Names under which programs write what is not finished."""
FOLDERS: Final = (
    ".stfolder/{name}",
    ".stversions/kmtui-0123456789/{stem}~20261122-120000.jsonl",
    ".git/objects/{name}",
    ".sync/Archive/{name}",
    ".Trash-1000/files/{name}",
    "System Volume Information/{name}",
)
"""Where programs and systems keep what is theirs."""
COPIES: Final = (
    "{stem}.sync-conflict-20261122-120000-ABCDEFG.jsonl",
    "{stem} (1).jsonl",
    "{stem} (conflicted copy 2026-11-22 120000).jsonl",
    "{stem}-DESKTOP-NOK.jsonl",
    "สำเนา {name}",
    "{name}.jsonl",
    "{stem}.JSONL",
)
"""Names that a second copy of a file gets."""
HALVES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "nothing of it": lambda _whole: b"",
    "its first byte": lambda whole: whole[:1],
    "half of it": lambda whole: whole[: len(whole) // 2],
    "all but its last byte": lambda whole: whole[:-1],
    "half of it, and room for the rest": lambda whole: whole[: len(whole) // 2].ljust(
        len(whole), b"\0"
    ),
    "room for it": lambda whole: b"\0" * len(whole),
}
"""A file that is still being carried under its own name, or was broken off."""


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


class Way:
    """Nok has met; Daeng's folder is still empty, and something comes.

    Args:
        team: Where both are.
    """

    def __init__(self, team: Team) -> None:
        self.nok, self.daeng = team.laptop("nok"), team.laptop("daeng")
        self.here, self.there = team.stick("of nok"), team.stick("of daeng")
        self.session = forum(self.nok, "เวที", "หนึ่ง", "สอง")
        self.nok.meet(self.here)
        self.daeng.meet(self.there)
        self.file = next(path for path in files_of(self.here, self.nok) if "000001" in path.name)
        self.whole = self.file.read_bytes()
        self.daeng.meet(self.there)

    def bring(self, name: str, content: bytes) -> Path:
        """Leave something in Daeng's folder, below what is Nok's there."""
        stem = self.file.name.removesuffix(".jsonl")
        target = self.there / f"kmtui-{self.nok.laptop}"
        if "/" in name:
            target = self.there
        target /= name.format(name=self.file.name, stem=stem)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "half"])
@pytest.mark.parametrize("name", PASSING + FOLDERS)
def test_what_is_on_its_way_or_the_programs_own_is_not_looked_at(
    team: Team, name: str, whole: bool
) -> None:
    way = Way(team)
    left = way.bring(name, way.whole if whole else way.whole[: len(way.whole) // 2])
    before = content_of(way.there)

    met = way.daeng.meet(way.there)

    assert (met.received.segments, met.held, told(met), met.safe) == (0, (), [], True)
    assert content_of(way.there) == before
    assert left.exists()


@pytest.mark.parametrize("name", COPIES)
def test_a_second_copy_is_read_and_counts_once(team: Team, name: str) -> None:
    way = Way(team)
    way.bring(name, way.whole)

    alone = way.daeng.meet(way.there)
    way.bring("{name}", way.whole)
    beside = way.daeng.meet(way.there)

    assert titles(way.daeng) == {"เวที"}
    assert alone.received.sessions == 1
    assert (beside.received.segments, beside.conflicts) == (0, 0)
    assert alone.held == beside.held == ()
    assert told(alone) == told(beside) == []


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES.keys())
@pytest.mark.parametrize("name", ["{name}", COPIES[0]], ids=["its own name", "a copy's name"])
def test_half_a_file_waits_and_the_whole_one_comes_in(
    team: Team, name: str, half: Callable[[bytes], bytes]
) -> None:
    way = Way(team)
    way.bring(name, half(way.whole))

    first = way.daeng.meet(way.there)
    way.bring(name, way.whole)
    second = way.daeng.meet(way.there)

    (held,) = first.held
    assert (held.retry, held.refusal.facts["reason"]) == (True, CUT)
    assert (first.received.segments, told(first), first.safe) == (0, [], True)
    assert (second.held, told(second), titles(way.daeng)) == ((), [], {"เวที"})
    assert _kept_aside(way.daeng) == []


def test_half_a_file_stops_no_other(team: Team) -> None:
    way = Way(team)
    forum(way.nok, "อีกเวที")
    way.nok.meet(way.here)
    shutil.copytree(way.here, way.there, dirs_exist_ok=True)
    way.bring("{name}", way.whole[:-9])

    met = way.daeng.meet(way.there)

    assert [one.retry for one in met.held] == [True]
    assert titles(way.daeng) == {"อีกเวที"}


def _kept_aside(book: Notebook) -> list[str]:
    return [path.name for path in (book.folder / "held").glob("*")]
