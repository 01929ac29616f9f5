"""The fold is a function of the set of lines: tried against a definition that shares no code."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.changes import fold as fold_module
from store.changes.fold import Folded, fold
from store.changes.line import DELETED, Change, decode, encode
from store.ids import IdMaker

FIELDS = ["title", "place", "tags/ป่า", "tags/น้ำ", "x_of_later"]
VALUES = ["ก", "ข", 1, None, ["z"], {"k": 1}]
NEWEST = ["01M80T08380000000000000001", "01M80T08380000000000000002"]
CLOCKS = [0.0, 1_780_000_000_000.0, 18_903_456_000_000.0, -5.0, 1e18]


class Laptop:
    """One writer: knows some lines, makes new ones on what it has in front of it."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.known: dict[str, Change] = {}
        self.clock = 1_780_000_000_000.0
        rng = random.Random(seed)
        self.ids = IdMaker(lambda: self.clock, lambda: rng.getrandbits(64))

    def state(self, rec: str) -> Folded:
        return fold(self.known.values()).get(rec, Folded(rec))

    def put(self, rec: str, put: Mapping[str, Any], *, settle: bool = False) -> Change:
        state = self.state(rec)
        base = {name: ids for name in put if (ids := state.base_for(name, settle=settle))}
        new = self.ids.next(one for ids in base.values() for one in ids)
        change = Change(new, rec, dict(put), base, "", self.name, None, None)
        self.known[new] = change
        return change

    def delete(self, rec: str) -> Change:
        return self.put(rec, {DELETED: self.state(rec).live_heads()})


def definition(lines: Iterable[Change]) -> dict[str, tuple[Any, Any, bool]]:
    """Values, conflicts and deletion, by definition and slowly."""
    every = list(lines)
    found = {}
    for rec in {line.rec for line in every}:
        own = [line for line in every if line.rec == rec]
        live: dict[str, list[Change]] = {}
        for name in {name for line in own for name in line.put}:
            live[name] = [
                line
                for line in own
                if name in line.put
                and not any(
                    name in later.put and line.id in later.base.get(name, ()) and line.id < later.id
                    for later in own
                )
            ]
        found[rec] = _defined(live)
    return found


def _defined(live: Mapping[str, list[Change]]) -> tuple[Any, Any, bool]:
    values: dict[str, Any] = {}
    conflicts: dict[str, set[str]] = {}
    for name, heads in live.items():
        if name == DELETED:
            continue
        if "/" in name:
            group, _, element = name.partition("/")
            values.setdefault(group, set())
            if any(line.put[name] is not None for line in heads):
                values[group].add(element)
            continue
        ordered = sorted(heads)
        values[name] = ordered[-1].put[name]
        others = {_text(line.put[name]) for line in ordered} - {_text(values[name])}
        if others:
            conflicts[name] = others
    deletions = [
        line.put[DELETED] for line in live.get(DELETED, []) if line.put[DELETED] is not None
    ]
    covered = {one for ids in deletions for one in ids}
    standing = {line.id for name, lines in live.items() if name != DELETED for line in lines}
    return values, conflicts, bool(deletions) and standing <= covered


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def seen_by(states: Mapping[str, Folded]) -> dict[str, tuple[Any, Any, bool]]:
    found = {}
    for rec, state in states.items():
        shown = state.shown()
        sets = {name.partition("/")[0] for name in state.heads if "/" in name}
        values = {
            name: set(value) if name in sets else value for name, value in shown.fields.items()
        }
        conflicts = {
            name: {_text(value) for _id, value in others}
            for name, others in shown.conflicts.items()
        }
        found[rec] = (values, conflicts, shown.deleted)
    return found


steps = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["put", "put", "put", "settle", "delete", "restore", "meet", "clock"]),
        st.sampled_from(["lesson/a", "lesson/b"]),
        st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), min_size=1),
        st.integers(0, 4),
    ),
    max_size=30,
)


def told(script: list[Any]) -> list[Change]:
    """Play a script on three laptops that meet now and then; every line that was written."""
    laptops = [Laptop(f"laptop{n}", n) for n in range(3)]
    every: dict[str, Change] = {}
    for who, what, rec, fields, number in script:
        laptop = laptops[who]
        put = {
            name: (value is not None or None) if "/" in name else value
            for name, value in fields.items()
        }
        match what:
            case "clock":
                laptop.clock = CLOCKS[number]
                continue
            case "meet":
                laptop.known.update(laptops[number % 3].known)
                continue
            case "delete":
                change = laptop.delete(rec)
            case "restore":
                change = laptop.put(rec, {DELETED: None})
            case _:
                change = laptop.put(rec, put, settle=what == "settle")
        every[change.id] = change
    return list(every.values())


def agrees(script: list[Any], shuffled: random.Random) -> bool:
    """Whether the fold gives what the definition says, in any order, doubled, and from rows."""
    lines = told(script)
    wanted = definition(lines)
    doubled = lines + lines[: len(lines) // 2]
    shuffled.shuffle(doubled)
    states = fold(doubled)
    again = {rec: Folded.of_row(json.loads(json.dumps(s.row()))) for rec, s in states.items()}
    half = len(doubled) // 2
    stepwise = {rec: Folded.of_row(s.row()) for rec, s in fold(doubled[:half]).items()}
    for line in doubled[half:]:
        stepwise.setdefault(line.rec, Folded(line.rec)).add(line)
    return (
        seen_by(states) == wanted
        and seen_by(again) == wanted
        and seen_by(stepwise) == wanted
        and all(again[rec].row() == states[rec].row() for rec in states)
    )


@given(script=steps, shuffled=st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_fold_is_what_its_definition_says_in_any_order(
    script: list[Any], shuffled: random.Random
) -> None:
    assert agrees(script, shuffled)


@given(script=steps)
@settings(max_examples=100, deadline=None)
def test_every_value_is_shown_or_beside_it_or_was_replaced_by_name(script: list[Any]) -> None:
    lines = told(script)
    states = fold(lines)

    for line in lines:
        for name in line.put:
            if line.id not in states[line.rec].heads[name]:
                assert any(line.id in later.base.get(name, ()) for later in lines)


@given(script=steps)
@settings(max_examples=100, deadline=None)
def test_a_line_comes_back_from_its_bytes(script: list[Any]) -> None:
    for line in told(script):
        assert decode(encode(line)) == line


def _last_delivered_wins(state: Folded, change: Change) -> bool:
    if change.id in state.seen:
        return False
    state.seen.add(change.id)
    for name, value in change.put.items():
        state.heads[name] = {change.id: value}
    return True


_add = Folded.add
_shown = Folded.shown


def _loser_is_dropped(state: Folded, change: Change) -> bool:
    done = _add(state, change)
    for name, heads in state.heads.items():
        if "/" not in name and name != DELETED:
            for head in sorted(heads)[:-1]:
                del heads[head]
    return done


def _base_must_be_here(state: Folded, change: Change) -> bool:
    done = _add(state, change)
    state.wait.clear()
    return done


def _doubles_count(state: Folded, change: Change) -> bool:
    state.seen.discard(change.id)
    return _add(state, change)


def _deletion_hides_an_edit(state: Folded) -> tuple[bool, bool]:
    gone = any(ids is not None for ids in state.heads.get(DELETED, {}).values())
    return gone, False


def _removal_wins(state: Folded) -> Any:
    before = state.heads
    state.heads = {
        name: {} if "/" in name and None in heads.values() else heads
        for name, heads in before.items()
    }
    try:
        return _shown(state)
    finally:
        state.heads = before


def _oldest_shown(heads: Mapping[str, Any], top: str) -> tuple[Any, ...]:
    return tuple((head, value) for head, value in heads.items() if head != top)


BROKEN: dict[str, tuple[str, Callable[..., Any]]] = {
    "last delivered wins": ("add", _last_delivered_wins),
    "the older of two values is dropped": ("add", _loser_is_dropped),
    "a base counts only where it is here already": ("add", _base_must_be_here),
    "a line that comes twice counts twice": ("add", _doubles_count),
    "a deletion hides an edit it has not seen": ("_standing", _deletion_hides_an_edit),
    "taking out of a set wins over putting in": ("shown", _removal_wins),
    "equal values are a conflict": ("_others", staticmethod(_oldest_shown)),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_merge_is_caught(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these was somebody's real merge; the check above must tell it from ours."""
    name, method = BROKEN[broken]
    monkeypatch.setattr(fold_module.Folded, name, method)
    rng = random.Random(7)
    caught = False

    for _ in range(400):
        script = [
            (
                rng.randrange(3),
                rng.choice(["put", "put", "put", "settle", "delete", "restore", "meet", "meet"]),
                rng.choice(["lesson/a", "lesson/b"]),
                {rng.choice(FIELDS): rng.choice(VALUES) for _ in range(2)},
                rng.randrange(5),
            )
            for _ in range(25)
        ]
        if not agrees(script, rng):
            caught = True
            break

    assert caught


def test_a_base_that_sets_another_field_is_waited_for_by_nobody() -> None:
    first = Change(NEWEST[0], "lesson/A", {"place": "ก"}, {}, "", "laptop", None, None)
    later = Change(
        NEWEST[1], "lesson/A", {"title": "ข"}, {"title": [first.id]}, "", "laptop", None, None
    )

    in_order, other_way = Folded("lesson/A"), Folded("lesson/A")
    for change in (first, later):
        in_order.add(change)
    for change in (later, first):
        other_way.add(change)

    assert other_way.row() == in_order.row() == Folded.of("lesson/A", [later, first]).row()
