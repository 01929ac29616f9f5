"""Words that were found in what was said, as rows of a list; slips of a tone below what fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kmtui.thai.letters import whole_letters
from kmtui.words import _
from store.readings import Hit, SessionRow
from store.records import RecordId

from .forum_rows import full_title, part_words
from .record_list import Cell, Row

BEFORE: Final = 16
"""Code points shown before the words that were found."""


@dataclass(frozen=True, slots=True)
class HitKey:
    """The row of words that were found."""

    session: RecordId
    record: RecordId
    field: str


def hit_rows(hits: Sequence[Hit], forums: Mapping[RecordId, SessionRow]) -> Iterator[Row]:
    """What fits under its heading, then what differs in tone marks under another."""
    for exact in (True, False):
        some = [one for one in hits if one.exact == exact]
        if some:
            yield _heading(exact=exact)
        yield from (hit_row(one, forums.get(one.session or RecordId(""))) for one in some)


def _heading(*, exact: bool) -> Row:
    words = _("Said or written")
    if not exact:
        slips = _("with other tone marks")
        words = f"{words} · {slips}"
    return Row((Cell(words, style="muted"),))


def hit_row(hit: Hit, forum: SessionRow | None) -> Row:
    """The words with what stands before them, and the forum that they are of."""
    title = Cell("")
    if forum is not None:
        title = Cell(f"  {full_title(forum)}", 26, "muted", tail=part_words(forum))
    start, end = whole_letters(hit.text, hit.start, hit.end)
    begin, _end = whole_letters(hit.text, max(0, start - BEFORE), end)
    text = ("…" if begin else "") + hit.text[begin:]
    return Row(
        (Cell("  “", 3, "muted"), Cell(text), title),
        key=HitKey(hit.session or RecordId(""), hit.id, hit.field),
    )
