"""Whether others were met since an own change was made."""

from __future__ import annotations

from pathlib import Path

from ..changes.ledger import Ledger
from .folders import last_exchange
from .laptops import is_of_laptop, named_in


def has_met_since(save: str, folder: Path, ledger: Ledger) -> bool:
    """Whether something was given or taken in a meeting after this own save.

    Two things tell: the last own line at the last meeting, which the notebook remembers, and the
    line in which this laptop said what it had taken in.
    """
    last = last_exchange(folder)
    for line in ledger.own_newest_first():
        if line.id == last or (is_of_laptop(line.rec) and named_in(line.put)):
            return True
        if line.save == save:
            return False
    return False
