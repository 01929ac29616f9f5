"""Held copies that can be taken in after all: somebody has vouched for who wrote them.

The stick may be gone by then; what was kept of it is enough.
"""

from __future__ import annotations

from ..changes import segments
from ..errors import StoreError
from ..files import read_plain
from .held import Held
from .kept import KeptFiles
from .newcomers import Newcomers
from .of_us import tell_of_us
from .side import Side
from .taking import Taking


def release(taking: Taking, held: Held) -> int:
    """Try every held copy again; how many could be taken in. Raises as ``Taking.take``."""
    done = 0
    for path in held.copies():
        try:
            content = read_plain(path, segments.MAX_FILE)
        except StoreError:
            continue  # it is tried again next time
        refused = [
            isinstance(piece, StoreError) or taking.take(piece, path.name) is not None
            for piece in segments.pieces(content, path.name)
        ]
        if not any(refused):
            held.drop(path)
            done += 1
    return done


def take_held(side: Side) -> int:
    """Without a meeting: take in what is held here and is trusted now; how many files.

    Raises:
        DiskRefused, NotebookReadOnly, SyncFailed
    """
    side.forums.seal()
    kept = KeptFiles(side.ledger.archive)
    newcomers = Newcomers(set(kept.seqs), {}, side.ledger.archive.aside, ())
    taking = Taking(side, kept, newcomers, dry_run=False, clock_believed=False)
    done = 0
    try:
        knew = -1
        while knew != side.guard.knows:  # one introduces the next
            knew = side.guard.knows
            done += release(taking, Held(side.folder))
    finally:
        taking.fold()
    tell_of_us(side, kept)
    side.guard.keep()
    return done
