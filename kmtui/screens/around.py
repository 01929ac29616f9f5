"""What lies around a forum: who else holds it, and other records of it, as rows of its overview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kmtui.widgets.record_list import Cell, Row
from kmtui.words import _
from store.readings import SessionWhole
from store.records import RecordId

if TYPE_CHECKING:
    from kmtui.app import KmtuiApp
    from store.carrier.readings import Receipts


@dataclass(frozen=True, slots=True)
class JoinedKey:
    """The row of another record that is read as part of this forum."""

    other: RecordId


class Around:
    """Read behind the forum itself, as it takes longer.

    Args:
        alone: The forum is shown as one of its records, as it was written.
    """

    def __init__(self, *, alone: bool) -> None:
        self.alone = alone
        self._receipts: Receipts | None = None
        """None where nobody else could hold it, or it was not read yet."""

    def read(self, app: KmtuiApp, whole: SessionWhole, then: Callable[[], None]) -> None:
        """Ask who holds the forum.

        Args:
            app: Asks the notebook.
            whole: The forum.
            then: Called when there is something to show.
        """
        from kmtui.widgets.laptop_rows import read_holders

        sessions = [whole.session.id, *(one.id for one in whole.joined)]

        def found(receipts: Receipts | None) -> None:
            is_news = receipts != self._receipts
            self._receipts = receipts
            if is_news:
                then()

        app.ask(lambda notebook: read_holders(notebook, sessions), found, saves=False)

    def rows(self, whole: SessionWhole) -> Iterator[Row]:
        """Who holds the forum, and what it is read as one with."""
        if self._receipts is not None:
            from kmtui.widgets.laptop_rows import holders_row

            yield holders_row(self._receipts)
        for one in whole.joined:
            words = _("= read as one with “{title}”").format(title=one.title)
            yield Row((Cell("  ", 2), Cell(words, style="secondary")), key=JoinedKey(one.id))
        if self.alone:
            words = _("= one record of a forum, as it was written")
            yield Row((Cell("  ", 2), Cell(words, style="secondary")))
