"""The side of a forum: who holds which role, who is there, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from kmtui.recording.facts import SHOWN_ROLES, Facts
from kmtui.recording.voices import short_name
from kmtui.thai.lines import clipped, cut
from kmtui.words import _, counted, figure
from store.errors import N_
from store.readings import Gap

from .marks import MISSING, ROLE_MARKS, role_word

CELLS: Final = 22
"""Inside the 24 of the side: a rule, and a blank."""
_GAPS: Final = {
    "no_recorder": N_("recorder"),
    "no_facilitator": N_("facilitator"),
    "no_turns": N_("words"),
    "no_lesson": N_("a lesson"),
    "no_date": N_("the day"),
    "no_place": N_("the place"),
    "turn_without_speaker": N_("speakers"),
    "lesson_without_evidence": N_("evidence"),
    "role_drift": N_("roles mixed up"),
    "action_without_owner": N_("who does a task"),
    "action_without_due": N_("day of a task"),
    "nobody_present": N_("who is here"),
}


class Side(Static):
    """A forum at a glance; beside the turns, or folded into one line above them."""

    DEFAULT_CSS = """
    Side {
        width: 24;
        height: 1fr;
        padding: 0 0 0 1;
        border-left: solid $panel;
        color: $foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    Side.-folded {
        width: 1fr;
        height: 1;
        padding: 0 1;
        border-left: none;
        background: $surface;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)
        self.facts = Facts()
        self.folded = False

    def show(self, facts: Facts) -> None:
        """Show these facts."""
        self.facts = facts
        self._redraw()

    def fold(self, folded: bool) -> None:
        """Be one line above the turns, or a column beside them."""
        self.folded = folded
        self.set_class(folded, "-folded")
        self._redraw()

    def _redraw(self) -> None:
        lines = [Content("  ").join(self._folded())] if self.folded else list(self._lines())
        self.update(Content("\n").join(lines))

    def _lines(self) -> Iterable[Content]:
        facts = self.facts
        yield _group(_("Roles"))
        for role in SHOWN_ROLES:
            yield _role_line(role, facts.roles.get(role, ()))
        yield Content("")
        yield _group(_("Attending"))
        yield Content(f"{_people(facts)}  {_agencies(facts)}")
        yield Content("")
        yield _group(_("Kept"))
        yield Content(_turns(facts))
        for pair in _drawn(facts):
            yield Content(pair)
        missing = _missing(facts.gaps)
        if missing:
            yield Content("")
            yield _group(_("Missing"))
        for words in missing:
            yield Content.styled(clipped(f"{MISSING} {words}", CELLS), "$warning")

    def _folded(self) -> Iterable[Content]:
        facts = self.facts
        for role in SHOWN_ROLES:
            names = facts.roles.get(role, ())
            mark = ROLE_MARKS[role]
            if names:
                yield Content(f"{mark} {_short(names)}")
            elif role in ("recorder", "facilitator"):
                words = f"{MISSING} {role_word(role)}"
                yield Content.styled(words, "$warning")
        yield Content(f"{_people(facts)}")
        yield Content(_turns(facts))
        missing = _missing(facts.gaps)
        if missing:
            words = _("{count} missing").format(count=figure(len(missing)))
            yield Content.styled(f"{MISSING} {words}", "$warning")


def _group(name: str) -> Content:
    return Content.styled(name, "$muted")


def _role_line(role: str, names: tuple[str, ...]) -> Content:
    widest = max(cell_len(role_word(each)) for each in SHOWN_ROLES) + 3
    lead = clipped(f"{ROLE_MARKS[role]} {role_word(role)}", widest)
    if not names:
        return Content(lead) + Content.styled(_("nobody"), "$warning")
    return Content(lead) + Content(cut(_short(names), CELLS - widest))


def _short(names: tuple[str, ...]) -> str:
    first = short_name(names[0])
    return first if len(names) == 1 else f"{first} +{figure(len(names) - 1)}"


def _people(facts: Facts) -> str:
    return counted("{count} person", "{count} people", facts.people).format(
        count=figure(facts.people)
    )


def _agencies(facts: Facts) -> str:
    count = facts.agencies
    return counted("{count} agency", "{count} agencies", count).format(count=figure(count))


def _turns(facts: Facts) -> str:
    count = facts.counts.get("turns", 0)
    return counted("{count} turn", "{count} turns", count).format(count=figure(count))


def _drawn(facts: Facts) -> list[str]:
    counts = facts.counts
    words = [
        (
            counts.get("lesson", 0),
            counted("{count} lesson", "{count} lessons", counts.get("lesson", 0)),
        ),
        (
            counts.get("decision", 0),
            counted("{count} decision", "{count} decisions", counts.get("decision", 0)),
        ),
        (
            counts.get("action", 0),
            counted("{count} task", "{count} tasks", counts.get("action", 0)),
        ),
        (
            counts.get("question", 0),
            counted("{count} question", "{count} questions", counts.get("question", 0)),
        ),
    ]
    said = [sentence.format(count=figure(count)) for count, sentence in words if count]
    return ["  ".join(said[at : at + 2]) for at in range(0, len(said), 2)]


def _missing(gaps: tuple[Gap, ...]) -> list[str]:
    kinds = dict.fromkeys(gap.kind for gap in gaps)
    return [_(_GAPS[kind]) for kind in kinds if kind in _GAPS]
