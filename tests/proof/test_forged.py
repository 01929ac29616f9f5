"""Somebody repeats the ids of others with other words: whatever comes first, all read the same."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.changes import doubles, fold, segments
from store.changes.line import Change, encode
from store.ids import sign_of

from .laptops import Laptop
from .test_machine import RUNS

REC: Final = "lesson/01-02"
STRANGER: Final = "stranger"
TEXTS: Final = st.sampled_from(["ก", "ข", "ค", "ง"])


def line_of(raw: bytes) -> Change:
    return segments.line(raw)


class Written:
    """What two laptops wrote, and what a stranger made of it; every line a file of its own."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.honest: list[Change] = []
        self.forged: list[Change] = []
        self._laptops = [Laptop(f"laptop{number}", chance) for number in range(2)]

    def write(self, who: int, text: str, *, met: bool) -> None:
        laptop = self._laptops[who]
        if met:
            for change in self.honest:
                laptop.receive(file_of(change))
        change_id = laptop.write(REC, {"title": text})
        self.honest.append(line_of(laptop.lines[change_id]))

    def forge(self, which: int, text: str, dev: str) -> None:
        real = self.honest[which % len(self.honest)]
        fake = real._replace(put={"title": text}, dev=dev or real.dev, base={})
        if fake != real:
            self.forged.append(fake)


def file_of(change: Change) -> bytes:
    return segments.seal(change.dev, 1, "", [encode(change)]).content


def read(changes: list[Change]) -> Laptop:
    reader = Laptop("reader", random.Random(1))
    for number, change in enumerate(changes):
        reader.receive(file_of(change))
        if number % 2:
            reader.start_anew()
    return reader


def expected(changes: list[Change]) -> set[str]:
    """The texts that a reader must see, by definition: real ones that nobody replaced, and what
    cannot be told from a real one; slowly, and without the fold."""
    by_id: dict[str, list[Change]] = {}
    for change in changes:
        if change not in by_id.setdefault(change.id, []):
            by_id[change.id].append(change)
    standing: list[tuple[str, Change]] = []
    for change_id, alike in by_id.items():
        made = [one for one in alike if sign_of(one.dev) in one.id[14:18]]
        if len(alike) == 1 or len(made) == 1:
            standing.append((change_id, (made if len(made) == 1 else alike)[0]))
        else:
            standing += [("", one) for one in alike]
    replaced = {base for _id, one in standing for base in one.base.get("title", ())}
    return {str(one.put["title"]) for one_id, one in standing if one_id not in replaced}


def seen(reader: Laptop) -> set[str]:
    shown = reader.state(REC).shown()
    if "title" not in shown.fields:
        return set()
    return {shown.fields["title"], *(value for _id, value in shown.conflicts.get("title", ()))}


STEPS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 1), TEXTS, st.booleans()),
        st.tuples(st.just("forge"), st.integers(0, 9), TEXTS, st.sampled_from(["", STRANGER])),
    ),
    min_size=2,
    max_size=8,
)


def team(seed: int, steps: list[tuple[Any, ...]]) -> Written:
    written = Written(seed)
    written.write(0, "แรก", met=False)
    for step in steps:
        if step[0] == "write":
            written.write(step[1], step[2], met=step[3])
        else:
            written.forge(step[1], step[2], step[3])
    return written


def check(seed: int, steps: list[tuple[Any, ...]]) -> None:
    written = team(seed, steps)
    changes = [*written.honest, *written.forged]
    orders = [changes, changes[::-1], random.Random(seed).sample(changes, len(changes))]
    readers = [read([*order, *order[: seed % 3]]) for order in orders]

    for one, other in itertools.pairwise(readers):
        assert one.view() == other.view()
    assert seen(readers[0]) == expected(changes)
    if not any(sign_of(one.dev) in one.id[14:18] for one in written.forged):
        assert readers[0].view() == read(written.honest).view()


@given(seed=st.integers(0, 2**32), steps=STEPS)
@settings(max_examples=RUNS // 2, derandomize=True, deadline=None)
def test_other_words_under_an_id_take_no_place_whatever_came_first(
    seed: int, steps: list[tuple[Any, ...]]
) -> None:
    check(seed, steps)


def by_chance(chance: random.Random) -> list[tuple[Any, ...]]:
    """Six steps of either kind."""
    steps: list[tuple[Any, ...]] = []
    for _step in range(6):
        who, text = chance.randrange(9), chance.choice("กขคง")
        if chance.random() < 0.5:
            steps.append(("write", who % 2, text, chance.random() < 0.5))
        else:
            steps.append(("forge", who, text, chance.choice(["", STRANGER])))
    return steps


def first_wins(patch: pytest.MonkeyPatch) -> None:
    def resolved(changes: list[Change]) -> list[Change]:
        return list({one.id: one for one in changes[::-1]}.values())

    patch.setattr(fold, "resolved", resolved)


def last_wins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(fold, "resolved", lambda changes: list({one.id: one for one in changes}.values()))


def the_smallest_wins(patch: pytest.MonkeyPatch) -> None:
    def standing(alike: list[Change]) -> list[Change]:
        return [min(alike, key=lambda change: str(change))]

    patch.setattr(doubles, "_standing", standing)


def whoever_has_the_id_is_believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(doubles, "sign_in", lambda _id: "")
    patch.setattr(doubles, "sign_of", lambda _laptop: "")


def _check_many() -> None:
    for seed in range(25):
        check(seed, by_chance(random.Random(seed)))


@pytest.mark.parametrize(
    "broken", [first_wins, last_wins, the_smallest_wins, whoever_has_the_id_is_believed]
)
def test_a_broken_reading_of_doubles_is_caught(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)

    with pytest.raises(AssertionError):
        _check_many()
