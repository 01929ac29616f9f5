"""Files that repeat lines of another laptop with other words."""

from __future__ import annotations

from collections.abc import Iterable

from ..changes import segments
from ..changes.ledger import Ledger
from ..changes.line import BadLine, Change, beginning
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

    def of_whom(self, dev: str, changes: Iterable[Change]) -> str | None:
        """The laptop whose line one of these repeats with other content; None for none.

        Args:
            dev: Who says to have written them.
            changes: What it wrote.
        """
        laptops = self._signs()
        own = sign_of(dev)
        for change in changes:
            sign = sign_in(change.id)
            if sign != own and sign in laptops and self._differs(change, laptops[sign]):
                return laptops[sign]
        return None

    def _signs(self) -> dict[str, str]:
        devs = {self._ledger.dev, *self._kept.seqs}
        if len(devs) != self._known:
            self._known = len(devs)
            self._laptops = {sign_of(dev): dev for dev in sorted(devs)}
        return self._laptops

    def _differs(self, change: Change, laptop: str) -> bool:
        """Whether the laptop wrote something else under this id."""
        if laptop == self._ledger.dev:
            for kept in self._ledger.open_lines():
                if kept.change.id == change.id:
                    return kept.change != change
        begins = beginning(change.id, change.rec)
        for kept_file in self._kept.of(laptop):
            try:
                content = self._kept.content(kept_file)
            except StoreError:
                continue  # told when the notebook was opened
            at = content.find(b"\n" + begins)
            if at >= 0:
                raw = content[at + 1 : content.find(b"\n", at + 1)]
                return _read(raw) != change
        return False


def _read(raw: bytes) -> Change | None:
    try:
        return segments.line(raw.removesuffix(b"\r"))
    except BadLine:
        return None
