"""Files that repeat lines of another laptop with other words."""

from __future__ import annotations

from collections.abc import Iterable

from ..changes.archive import beginnings_in
from ..changes.ledger import Ledger
from ..changes.line import Change, beginning
from ..errors import StoreError
from ..ids import sign_in, sign_of
from .kept import KeptFiles


class Repeated:
    """Looks through what comes in for ids that another laptop has made.

    Args:
        ledger: The lines that are here.
        kept: The sealed files that are here.
    """

    def __init__(self, ledger: Ledger, kept: KeptFiles) -> None:
        self._ledger = ledger
        self._kept = kept
        self._laptops: dict[str, str] = {}
        """By the letters in their ids, the laptops that are known."""
        self._known = 0
        self._begun: dict[str, set[int]] = {}
        """By laptop how its lines begin, as far as somebody repeats its letters; as hashes, since
        a laptop may have a million."""
        self._looked_at: set[str] = set()
        """Files whose lines are among them."""

    def of_whom(self, dev: str, changes: Iterable[Change]) -> str | None:
        """The laptop whose line one of these repeats; None for none.

        A line that another laptop says to have written is never the same one: its writer differs.

        Args:
            dev: Who says to have written them.
            changes: What it wrote.
        """
        laptops = {sign: one for sign, one in self._signs().items() if sign != sign_of(dev)}
        for change in changes:
            laptop = laptops.get(sign_in(change.id))
            if laptop is not None and _named(change.id, change.rec) in self._lines_of(laptop):
                return laptop
        return None

    def _signs(self) -> dict[str, str]:
        devs = {self._ledger.dev, *self._kept.seqs}
        if len(devs) != self._known:
            self._known = len(devs)
            self._laptops = {sign_of(dev): dev for dev in sorted(devs)}
        return self._laptops

    def _lines_of(self, laptop: str) -> set[int]:
        """How the lines of a laptop begin, those too that came a moment ago."""
        begun = self._begun.get(laptop)
        if begun is None:
            begun = self._begun[laptop] = set()
            if laptop == self._ledger.dev:
                lines = (kept.change for kept in self._ledger.open_lines())
                begun.update(_named(one.id, one.rec) for one in lines)
        for file in self._kept.of(laptop):
            if file.name not in self._looked_at:
                self._looked_at.add(file.name)
                try:
                    content = self._kept.content(file)
                except StoreError:
                    continue  # told when the notebook was opened
                begun.update(map(hash, beginnings_in(content)))
        return begun


def _named(change_id: str, rec: str) -> int:
    return hash(b"\n" + beginning(change_id, rec))
