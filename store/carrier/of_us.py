"""What this laptop tells of itself at the end of a meeting, where that is news."""

from __future__ import annotations

from ..errors import StoreError
from . import laptops
from .kept import KeptFile, KeptFiles, of_records
from .side import Side


def tell_of_us(side: Side, kept: KeptFiles) -> None:
    """Whose laptop this is, what it has taken in, and which lost one it carries on.

    Raises:
        DiskRefused, NotebookReadOnly, SyncFailed
    """
    mine = side.device.id
    told = laptops.all_told(side.forums)
    before = told.get(mine, laptops.NOTHING)
    reach = laptops.reaches(kept, side.forums.sealed, told)
    substance = {
        one.dev
        for one in kept
        if one.dev != mine
        and not laptops.holds(before.has, one, kept)
        and _has_substance(kept, one)
    }
    puts = laptops.news_to_tell(mine, side.device.owner, before, reach, substance)
    if said := laptops.carried_on(told, side.device):
        puts.append(said)
    if side.guard.is_on():
        puts += laptops.vouching(side.guard.vouches(), before)
    for put in puts:
        side.tell(put)
    if puts:
        side.forums.seal()
        for name in side.ledger.archive.own(mine):
            kept.add(name)


def _has_substance(kept: KeptFiles, one: KeptFile) -> bool:
    """Whether a file holds more than what laptops tell of themselves."""
    try:
        content = kept.content(one)
    except StoreError:
        return False
    return of_records(content.count(b'\n{"id":"'), content) > 0
