"""Lines that no clock and no edit can have put where they stand in time."""

from __future__ import annotations

from collections.abc import Iterable

from ..changes.ledger import Ledger
from ..changes.line import Change
from ..ids import FAR_ID, strays


class FarAhead:
    """What one meeting knows of ids that are further ahead than any clock is believed to be.

    Args:
        ledger: The lines that are here.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: set[str] | None = None
        """None where nobody has asked yet; it takes a look at every line."""

    def is_astray(self, changes: Iterable[Change]) -> bool:
        """Whether one of these follows nothing that is here; those that do are known from now."""
        far = [change.id for change in changes if change.id >= FAR_ID]
        if not far:
            return False
        if self._known is None:
            self._known = self._ledger.far_ids()
        if strays(far, self._known):
            return True
        self._known.update(far)
        return False
