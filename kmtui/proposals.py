"""What the next forum probably is: the next part of the series that was held last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kmtui.words import _
from store.parts import find_part
from store.readings import SessionRow
from store.records import RecordId, Series
from store.text import thai_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A forum to begin; everything in it can be typed over."""

    title: str = ""
    series: RecordId | None = None
    part: int | None = None
    place: str = ""
    recorder: str = ""
    facilitator: str = ""


def next_forum(
    sessions: Sequence[SessionRow], series: Iterable[Series], owner: str = ""
) -> Proposal:
    """The next part of the latest series, with the place and people of its last part.

    Args:
        sessions: Latest first.
        series: All of them.
        owner: Whose laptop; records, where nothing else is known.
    """
    titles = {one.id: one.title for one in series}
    last = next((one for one in sessions if one.series in titles and one.part), None)
    if last is None or last.series is None:
        return Proposal(recorder=owner)
    part = 1 + max(one.part or 0 for one in sessions if one.series == last.series)
    return Proposal(
        title=_title(last.title, last.part or 0, part)
        or _("{title} part {part}").format(title=titles[last.series], part=part),
        series=last.series,
        part=part,
        place=last.place,
        recorder=", ".join(last.recorders),
        facilitator=", ".join(last.facilitators),
    )


def _title(before: str, was: int, part: int) -> str:
    """The last title with the next number, in its own digits; empty where it has none."""
    found = find_part(before)
    if found is None or found.number != was:
        return ""
    says = found.text
    for old, new in ((str(was), str(part)), (thai_digits(str(was)), thai_digits(str(part)))):
        if says.count(old) == 1:
            return before[: found.start] + says.replace(old, new) + before[found.end :]
    return ""
