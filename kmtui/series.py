"""The series that a title means."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from store.records import RecordId, Series
from store.text import search_key


def titled_series(
    known: Iterable[Series], title: str, new_id: Callable[[str], RecordId]
) -> tuple[RecordId, Series | None]:
    """The series with this title, and the record where it is a new one."""
    wanted = " ".join(title.split())
    for one in known:
        if search_key(one.title) == search_key(wanted):
            return one.id, None
    series = Series(id=new_id("series"), title=wanted)
    return series.id, series
