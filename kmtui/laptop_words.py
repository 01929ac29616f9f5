"""What is told of a laptop, on the screen and on the command line, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from kmtui.words import _, counted, figure
from store.carrier.readings import Laptop, LeftOut, Unknown

_FEW = 4
"""Titles, places and people that are shown."""


def laptop_shape(laptop: Laptop) -> dict[str, Any]:
    """A laptop as JSON; a contract, to which keys are only added."""
    return {
        "id": laptop.id,
        "name": laptop.name or None,
        "last_seen": laptop.last_seen.isoformat(timespec="seconds") if laptop.last_seen else None,
        "changes": laptop.changes,
        "clock_wrong": laptop.clock_wrong,
        "own": laptop.is_own,
        "state": laptop.state or "here",
    }


def laptop_state(laptop: Laptop) -> str:
    """This one, not expected any more, set aside; empty for any other."""
    if laptop.is_own:
        return _("this laptop")
    if laptop.state == "gone":
        return _("not expected any more")
    return _("set aside") if laptop.state == "aside" else ""


def seen_words(laptop: Laptop, day: Callable[[datetime], str]) -> str:
    """When it was seen last; that its clock is wrong, where that is no day to believe."""
    if laptop.clock_wrong:
        return _("its clock is wrong")
    return day(laptop.last_seen) if laptop.last_seen is not None else ""


def change_count(count: int) -> str:
    """So many changes."""
    return counted("{count} change", "{count} changes", count).format(count=figure(count))


def unknown_shape(unknown: Unknown) -> dict[str, Any]:
    """A notebook that is asked about, as JSON."""
    return {
        "laptops": [
            {"id": one.id, "name": one.name or None, "changes": one.changes}
            for one in unknown.laptops
        ],
        "sessions": unknown.sessions,
        "titles": list(unknown.titles),
        "places": list(unknown.places),
        "people": list(unknown.people),
    }


def unknown_sentence(unknown: Unknown) -> str:
    """Whose notebook nobody here knows, with how many forums."""
    return _("Nobody here knows this notebook: {owners}, {forums}.").format(
        owners=owners_of(unknown), forums=forum_count(unknown.sessions)
    )


def owners_of(unknown: Unknown) -> str:
    """The owners of its laptops; ids where nobody said one."""
    return ", ".join(one.name or one.id for one in unknown.laptops)


def unknown_facts(unknown: Unknown) -> Iterator[tuple[str, str]]:
    """What it holds: a label, and some of the words."""
    facts = ((_("forums"), unknown.titles), (_("places"), unknown.places),
             (_("people"), unknown.people))  # fmt: skip
    for label, words in facts:
        if words:
            more = " …" if len(words) > _FEW else ""
            yield label, " · ".join(words[:_FEW]) + more


def left_out_sentence(one: LeftOut) -> str:
    """A laptop that is set aside has something new here."""
    files = counted("{count} new file", "{count} new files", one.files)
    words = _("{name} is set aside: {files} of that laptop are left out.")
    return words.format(name=one.name or one.id, files=files.format(count=figure(one.files)))


def forum_count(count: int) -> str:
    """So many forums."""
    return counted("{count} forum", "{count} forums", count).format(count=figure(count))
