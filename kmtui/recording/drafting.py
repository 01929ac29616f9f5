"""The line being typed, as a draft and back: with what is not kept yet, and its topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from store.ids import clock_milliseconds, record_letters
from store.readings import Draft

from .desk import NO_WORDS, Desk, Words
from .keeping import KeepDraft
from .sheet import Row
from .voices import Voice

_LATELY: Final = 8
"""Turns among which the words of a draft may stand already."""
_NO_PLACE: Final = -1
"""Stands where no turn does: such a line is left out only once it is kept."""


def draft_of(desk: Desk, words: Words, now: datetime) -> KeepDraft:
    """Everything that is typed and not kept yet, to be kept beside the notebook."""
    voice = desk.voices.now
    aside = desk.drawing.aside.text if desk.drawing else ""
    waiting = [line for row in desk.sheet.rows for line in _not_kept(row)]
    heading = f"= {desk.heading}" if desk.heading_waits else ""
    text = "\n".join(part for part in (heading, aside, words.text) if part)
    draft = Draft(
        session=desk.session,
        text=text,
        speaker=voice.person,
        speaker_name=voice.shown,
        written=now,
        cursor=len(text) - len(words.text) + words.cursor,
    )
    return KeepDraft(draft=draft, waiting=tuple(waiting))


def put_back(desk: Desk, draft: Draft) -> Words:
    """Put the line that was being typed back: its speaker, its topic and its words."""
    known = desk.voices.people.get(draft.speaker) if draft.speaker else None
    if known is not None:
        desk.voices.face(Voice(name=known.name, person=known.id))
    elif draft.speaker_name:
        desk.voices.face(desk.find(draft.speaker_name))
    heading, line_break, rest = draft.text.partition("\n")
    text, lost = draft.text, 0
    if heading.startswith("= "):
        desk.heading, desk.heading_waits = heading[2:], True
        text, lost = rest, len(heading) + len(line_break)
    rest = _not_said(text, draft, desk.sheet.rows[-_LATELY:])
    if not rest:
        return NO_WORDS  # it was kept in the moment in which the laptop stopped
    lost += len(text) - len(rest)
    return Words(text=rest, cursor=max(0, min(len(rest), draft.cursor - lost)))


def _not_said(text: str, draft: Draft, rows: Sequence[Row]) -> str:
    """What of a draft is in none of the latest turns, which a kill may have left in both."""
    whole = {one for row in rows for one in (row.text, _as_typed(row))}
    if text in whole or any(_was_going_to_be(row, text, draft) for row in rows):
        return ""
    before, line_break, rest = text.partition("\n")
    if line_break and before in whole:
        return _not_said(rest, draft, rows)
    return text


def _was_going_to_be(row: Row, text: str, draft: Draft) -> bool:
    """Whether these are the first words of a turn that was kept after they were put aside."""
    begins = any(one.startswith(text) for one in (row.text, _as_typed(row)))
    if not begins or row.id is None or draft.written is None:
        return False
    moment = record_letters(row.id).rpartition("-")[2]
    return clock_milliseconds(moment) >= draft.written.timestamp() * 1000


def _not_kept(row: Row) -> Iterator[tuple[int, str]]:
    """The row, and titles drawn from it (as notes), as far as they are not on the disk."""
    if row.state != "kept":
        yield row.place, _as_typed(row)
    for drawn in row.drawn:
        if drawn.state != "kept":
            yield _NO_PLACE, f"// {drawn.text}"


def _as_typed(row: Row) -> str:
    """A row as it would be typed: with its speaker, so that the words can be said again."""
    if row.kind == "note":
        return f"// {row.text}"
    return f"{row.voice.shown}: {row.text}" if row.voice.shown else row.text
