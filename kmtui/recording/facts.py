"""What stands at the side while a forum is recorded: roles, who is there, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from store.readings import Gap, SessionWhole
from store.vocabulary import Role

from .sheet import Sheet

SHOWN_ROLES: Final[tuple[Role, ...]] = (
    "recorder",
    "facilitator",
    "coordinator",
    "process_lead",
)
"""Source: founding forum lines 53 and 55: the recorder first, and the locked positions."""
_SHOWN_AS_ROLES: Final = frozenset({"no_recorder", "no_facilitator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A forum at a glance."""

    roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    """Names of those who hold each of the shown roles; empty where nobody does."""
    people: int = 0
    """Present, or there on somebody's behalf."""
    agencies: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    """Turns, and what was drawn, by kind; ``turns`` leaves the recorder's notes out."""
    gaps: tuple[Gap, ...] = ()
    """Without those that the roles show already."""


def facts_of(whole: SessionWhole) -> Facts:
    """The facts of a forum as it is kept."""
    here = [one for one in whole.attendance if one.presence in ("present", "on_behalf")]
    agencies = {one.agency for one in here if one.agency} | set(whole.session.agencies)
    return Facts(
        roles={role: whole.names_with(role) for role in SHOWN_ROLES},
        people=len(here),
        agencies=len(agencies),
        gaps=tuple(gap for gap in whole.completeness.gaps if gap.kind not in _SHOWN_AS_ROLES),
    )


def counts_of(sheet: Sheet, whole: SessionWhole | None) -> Mapping[str, int]:
    """How many turns there are, and how much was drawn, also what is on its way."""
    counts = Counter({"turns": sum(row.kind != "note" for row in sheet.rows)})
    counts.update(one.kind for row in sheet.rows for one in row.drawn if one.id is None)
    if whole is not None:
        counts["lesson"] += len(whole.lessons)
        counts.update(one.kind for one in whole.outcomes)
    return counts
