"""What one save sets on one record, and in how many lines."""

from __future__ import annotations

from typing import Any, NamedTuple

from .changes.fold import Folded
from .changes.line import MAX_BASES


class Planned(NamedTuple):
    """What one save sets on one record, before it has an id."""

    state: Folded
    put: dict[str, Any]
    settled: set[str]
    """Fields of ``put`` that take the place of all their values, and are written even where the
    shown one stays."""
    beside: list[dict[str, Any]]
    """Values that are to stand beside those of ``put`` again, each as a line of its own."""


class Part(NamedTuple):
    """What one line sets."""

    put: dict[str, Any]
    base: dict[str, list[str]]
    goes_on: frozenset[str] = frozenset()
    """Fields whose value takes the place of the one that the line before has set."""


def begun(state: Folded, put: dict[str, Any] | None = None) -> Planned:
    """What a save sets on a record so far."""
    return Planned(state, {} if put is None else put, set(), [])


def parts(of: Planned, put: dict[str, Any]) -> list[Part]:
    """A put as one line; as several where a value takes the place of more than one line can name.

    Each names what it replaces and the line before it, so the last one stands alone.
    """
    base = {name: there for name in put if (there := _base(of, name))}
    found: list[Part] = []
    while many := {name for name, there in base.items() if len(there) > MAX_BASES - 1}:
        named = {name: base[name][: MAX_BASES - 1] for name in many}
        goes_on = many if found else set()
        found.append(Part({name: put[name] for name in many}, named, frozenset(goes_on)))
        base |= {name: base[name][MAX_BASES - 1 :] for name in many}
    goes_on = {name for part in found for name in part.put}
    return [*found, Part(put, base, frozenset(goes_on))]


def _base(of: Planned, name: str) -> list[str]:
    return of.state.base_for(name, settle=name in of.settled)


def news(of: Planned) -> dict[str, Any]:
    """What of a put is not so already."""
    heads = of.state.heads
    opened = {name for put in of.beside for name in put}

    def is_news(name: str, value: Any) -> bool:
        there = heads.get(name)
        if name in opened or (name in of.settled and there and len(there) > 1):
            return True
        if not there:
            return value is not None or "/" not in name
        if "/" in name:
            return any(one is not None for one in there.values()) != (value is not None)
        return bool(there[max(there)] != value)

    return {name: value for name, value in of.put.items() if is_news(name, value)}
