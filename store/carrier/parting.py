"""Laptops that one has parted from: set aside with all that they wrote, or expected no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..aside import read_aside, write_aside
from ..changes.ledger import Ledger
from . import laptops
from .kept import SEALED, KeptFiles, count_told
from .readings import Laptop, LeftOut
from .side import Side
from .whose import another


def set_aside(side: Side, several: Iterable[str]) -> None:
    """Keep that these laptops, and whatever they were called before, are set aside.

    The view is not made again here.

    Raises:
        OwnLaptop, DiskRefused, NotebookReadOnly: Nothing was changed.
    """
    told = laptops.all_told(side.forums)
    wanted = dict(read_aside(side.folder).laptops)
    for one in several:
        whole = another(one, side.device.id)
        known = told.get(whole, laptops.NOTHING)
        for each in (whole, *known.was):
            if each != side.device.id:
                wanted[each] = known.owner or wanted.get(each, "")
    _keep(side, wanted)


def bring_back(side: Side, several: Iterable[str]) -> None:
    """Keep that these laptops are set aside no more. Raises DiskRefused, NotebookReadOnly."""
    wanted = dict(read_aside(side.folder).laptops)
    for one in several:
        wanted.pop(one, None)
    _keep(side, wanted)


def called_before(side: Side, several: Iterable[str]) -> set[str]:
    """What these laptops were called before, as far as it is set aside."""
    told = laptops.all_told(side.forums)
    return {
        before
        for one in several
        for before in told.get(one, laptops.NOTHING).was
        if before in side.ledger.archive.aside
    }


def _keep(side: Side, wanted: dict[str, str]) -> None:
    archive = side.ledger.archive
    try:
        write_aside(side.folder, wanted, side.disk)
    finally:  # a disk may refuse after the list has its name
        archive.aside = frozenset(read_aside(side.folder).laptops) - {side.device.id}
        archive.forget()


def aside_laptops(ledger: Ledger) -> Iterator[Laptop]:
    """Those that are set aside, with how much of theirs lies on the disk."""
    archive = ledger.archive
    if not archive.aside:
        return
    names = read_aside(ledger.folder).laptops
    lines = dict.fromkeys(sorted(archive.aside), 0)
    for name in archive.every_name():
        dev, _stroke, file = name.partition("/")
        if dev in lines and SEALED.fullmatch(file):
            path = archive.folder / name
            lines[dev] += count_told(path, path.stat().st_size)
    for dev, many in lines.items():
        yield Laptop(id=dev, name=names.get(dev, ""), last_seen=None, changes=many, state="aside")


def left_out(folder: Path, files: Mapping[str, int]) -> Iterator[LeftOut]:
    """Laptops that are set aside, with how many new files of theirs a folder holds."""
    names = read_aside(folder).laptops if files else {}
    for dev, many in sorted(files.items()):
        if many:
            yield LeftOut(id=dev, name=names.get(dev, ""), files=many)


def say_gone(side: Side, laptop: str, *, gone: bool) -> None:
    """Tell in this laptop's own record whether another one is expected.

    Raises:
        OwnLaptop, DiskRefused, NotebookReadOnly, SyncFailed
    """
    another(laptop, side.device.id)
    kept = KeptFiles(side.ledger.archive)
    told = laptops.all_told(side.forums)
    if (laptop in laptops.gone(told, kept, side.device)) == gone:
        return
    turn = laptops.said_of(told, laptop, side.device).turn
    turn += 1 if turn % 2 != gone else 2
    side.tell(laptops.saying(laptop, laptops.Gone(turn, len(kept.of(laptop)))))
