"""What two laptops wrote while apart is on both, whichever program carries it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.store.meeting import Team, content_of, files_of

from .apart import NEW, ON_BOTH, SHARED, Apart, lost, parted
from .carrying import WAYS
from .programs import Carrier

pytestmark = pytest.mark.carriers
OURS: Final = re.compile(r"kmtui-[0-9a-z]+/chg-[0-9a-z]+-\d{6}-[0-9a-f]{16}\.jsonl")
COPIED: Final = "a copied notebook"
EVERYTHING: Final = "everything"
OF_THE_OTHER: Final = "what the other one wrote"
DELETING: Final = ("unison", "git", "Syncthing")
"""Those that carry a deletion, or would."""
OF_CARRIERS: Final = re.compile(r"\.git(/.*|attributes)|\.stfolder/.*|.*/\.syncthing\..*\.tmp")
"""What git and Syncthing keep in a folder for themselves, and what has not come whole yet."""


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def cases(ways: Iterable[str], *kind: str) -> list[Any]:
    """The programs, of which one takes half a minute; what others show as well can wait too."""
    named = {(way, *kind): ", ".join((way, *kind)) for way in ways}
    return [
        pytest.param(*case, marks=[pytest.mark.long] if _is_long(case) else [], id=name)
        for case, name in named.items()
    ]


def _is_long(case: tuple[str, ...]) -> bool:
    return case[0] in {"Syncthing", "git with CRLF"} or case in {
        ("rclone", EVERYTHING),
        ("git", OF_THE_OTHER),
    }


def carried(folder: Path) -> dict[str, bytes]:
    """What stands in a folder, without what is the program's own."""
    every = content_of(folder).items()
    return {name: content for name, content in every if not OF_CARRIERS.fullmatch(name)}


def meet_and_carry(apart: Apart, carrier: Carrier) -> None:
    """Both meet in their own folder, then the program carries both ways and takes nothing away."""
    apart.meet()
    before = [carried(folder) for folder in carrier.folders]
    carrier.carry()
    for folder, stood in zip(carrier.folders, before, strict=True):
        assert stood.keys() <= carried(folder).keys()


def check(apart: Apart, carrier: Carrier) -> None:
    """Every value is on both, and the folders hold our own files only."""
    for met in apart.meet():
        assert met.held == ()
        assert (met.received.changes, met.sent.segments) == (0, 0)
    for laptop in apart.both:
        assert lost(laptop.book, apart.written) == []
        assert len(laptop.book.sessions()) == SHARED + 2 * NEW
        assert len(laptop.book.conflicts()) == ON_BOTH + len(apart.deleted)
        assert all("edited_after_delete" in laptop.book.record(one).marks for one in apart.deleted)
        assert laptop.book.verify()["differs"] is False
    left, right = (carried(folder) for folder in carrier.folders)
    assert left.keys() == right.keys()
    assert [name for name in left if not OURS.fullmatch(name)] == []


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        *cases(WAYS, "two laptops"),
        *cases([way for way in WAYS if way != "git with CRLF"], COPIED),
    ],
)
def test_what_was_written_apart_is_on_both(team: Team, tmp_path: Path, way: str, kind: str) -> None:
    with WAYS[way](tmp_path) as carrier:
        apart = parted(team, carrier.folders, cloned=kind == COPIED)
        meet_and_carry(apart, carrier)
        apart.write()

        meet_and_carry(apart, carrier)  # what was written
        meet_and_carry(apart, carrier)  # what each has taken in, and the new names of copies

        check(apart, carrier)


@pytest.mark.parametrize(
    ("way", "what"),
    [*cases(["rclone", *DELETING], EVERYTHING), *cases(DELETING, OF_THE_OTHER)],
)
def test_what_somebody_deletes_in_a_folder_is_put_back_and_stops_nothing(
    team: Team, tmp_path: Path, way: str, what: str
) -> None:
    with WAYS[way](tmp_path) as carrier:
        apart = parted(team, carrier.folders, cloned=False)
        meet_and_carry(apart, carrier)
        late = apart.daeng.write_forum("ส่งตอนที่อีกคนลบ")
        apart.daeng.meet()
        gone = "kmtui-*" if what == EVERYTHING else f"kmtui-{apart.daeng.book.laptop}"
        for inside in carrier.folders[0].glob(gone):
            shutil.rmtree(inside)

        carrier.carry(deleted=True)
        apart.meet()
        carrier.carry(deleted=True)
        apart.daeng.write_forum("ส่งทีหลัง")
        apart.meet()
        carrier.carry(deleted=True)

        met = apart.meet()
        assert [one.held for one in met] == [(), ()]
        assert lost(apart.nok.book, apart.written) == []
        assert apart.nok.book.record(late).marks == frozenset()


@pytest.mark.parametrize("way", cases(DELETING))
def test_a_file_that_rots_in_one_folder_is_mended_by_the_laptop_that_wrote_it(
    team: Team, tmp_path: Path, way: str
) -> None:
    with WAYS[way](tmp_path) as carrier:
        apart = parted(team, carrier.folders, cloned=False)
        meet_and_carry(apart, carrier)
        whole = carried(carrier.folders[0])
        (rotten, *_) = files_of(carrier.folders[0], apart.daeng.book)
        rotten.write_bytes(rotten.read_bytes()[:-20])

        apart.nok.meet()
        carrier.carry()
        came = carried(carrier.folders[1])
        apart.daeng.book.meet(carrier.folders[1])
        carrier.carry()

        after = carried(carrier.folders[0])
        assert [name for name in whole if came[name] != whole[name]] == [
            rotten.relative_to(carrier.folders[0]).as_posix()
        ]
        assert {name: after[name] for name in whole} == whole
        assert apart.nok.meet().held == ()
