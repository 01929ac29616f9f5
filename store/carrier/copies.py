"""Signs of a copied notebook, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence

from ..changes import segments
from ..changes.line import Change
from ..changes.open_log import Kept
from . import laptops
from .kept import KeptFiles


def names_us(changes: Sequence[Change], mine: str) -> bool:
    """Whether another laptop tells that it had our id before."""
    return any(
        change.rec == laptops.record_of(change.dev)  # of itself only
        and change.dev != mine
        and isinstance(was := change.put.get("was"), list)
        and mine in was
        for change in changes
    )


def is_of_backup(piece: segments.Piece, kept: KeptFiles, still_open: Sequence[Kept]) -> bool:
    """Whether a file's laptop wrote it beside another of the same number: one begins the other.

    A backup closes for itself what is open, and the laptop goes on writing there.

    Args:
        piece: The file.
        kept: Those that are here.
        still_open: What this laptop would close before, where the file is its own.
    """
    names = kept.seqs.get(piece.dev, {}).get(piece.seq, set()) - {piece.name}
    found = [kept.whole(kept.by_file[name]) for name in names]
    others = [one.lines for one in found if one is not None]
    if still_open and not names:
        others = [tuple(line.raw for line in still_open)]
    return bool(others) and all(_begin_alike(piece.lines, one) for one in others)


def _begin_alike(one: Sequence[bytes], other: Sequence[bytes]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
