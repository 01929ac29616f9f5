"""Values for fields: such as they hold, nearly such, and anything else."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, Final

from store.codec import Shape, shapes
from store.records import KINDS
from store.vocabulary import ROLES
from tests.store.strange_words import DAYS, NAMES, TEXTS, TIMES

POINTING: Final = frozenset(
    {"session", "person", "agency", "speaker", "series", "owner", "replaced_by"}
    | {"for_agency", "answered_by"}
)
"""Fields that name another record."""


class Chance:
    """Chooses, from one seed.

    Args:
        rng: Where chance comes from.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def _one(self, of: Sequence[Any]) -> Any:
        return of[self._rng.randrange(len(of))]

    def _often(self, chance: float) -> bool:
        return self._rng.random() < chance


class Values(Chance):
    """What a line may set.

    Args:
        rng: Where chance comes from.
        records: That are there already.
        made: That are spoken of; grows meanwhile.
    """

    def __init__(self, rng: random.Random, records: Sequence[str], made: Sequence[str]) -> None:
        super().__init__(rng)
        self._records = records
        self._made = made

    def entry(self, rec: str) -> tuple[str, Any]:
        kind = rec.partition("/")[0]
        if kind not in KINDS or self._often(0.15):
            name = str(self._one(NAMES))
            if name.endswith("/") and self._made and self._often(0.6):
                name += self._one(self._made)
            return name[:200], self.value()
        shape = self._one(list(shapes(kind).values()))
        if self._often(0.4):
            fitting = self.fitting(shape)
            if fitting:
                name, value = self._one(list(fitting.items()))
                return name, value
        key = {
            "set": f"{shape.name}/{self._one(TEXTS)[:150] or 'x'}",
            "map": f"{shape.name}.{self._one(TEXTS)[:150]}",
        }
        name = key.get(shape.many, shape.name) if self._often(0.8) else shape.name
        return name, True if "/" in name and self._often(0.8) else self.value()

    def fitting(self, shape: Shape) -> dict[str, Any]:
        """A field with a value that it can hold, or nearly."""
        if shape.many == "set":
            return {
                f"{shape.name}/{self._item(shape) or 'x'}"[:200]: True
                for _ in range(self._rng.choice([0, 1, 3, 30]))
            }
        if shape.many == "map":
            return {
                f"{shape.name}.{key}": self._single(shape)
                for key in self._rng.sample([*ROLES, "x", "", "1", "\x1b"], 2)
            }
        if shape.many == "row":
            one = {"short": "ก", "full": self._one(TEXTS), "since": self._one(DAYS), "until": None}
            return {shape.name: [one] * self._rng.choice([0, 1, 40])}
        return {shape.name: self._single(shape)}

    def _item(self, shape: Shape) -> str:
        kinds = [one for one in self._made if one] or ["session/N1"]
        if shape.name in ("tags", "circles", "aliases"):
            return str(self._one(TEXTS))[:100]
        if shape.name in ("roles", "acting"):
            return str(self._one([*ROLES, "king"]))
        return str(self._one([*kinds, *self._records, "x", "person/", "nobody/A"]))

    def _single(self, shape: Shape) -> Any:
        expected = shape.expected
        if expected.startswith("one of "):
            return self._one([*expected.removeprefix("one of ").split(", "), "king"])
        fitting: dict[str, Callable[[], Any]] = {
            "a date": lambda: self._one(DAYS),
            "a time with its zone": lambda: self._one(TIMES),
            "a time of day, HH:MM": lambda: self._one(["00:00", "23:59", "24:00", "๐๙:๐๐"]),
            "yes or no": lambda: self._often(0.5),
            "a whole number": lambda: self._one([0, 1, -1, 2**53 - 1, -(2**53) + 1, 10**9]),
            "a group of values": lambda: {
                "kind": "x",
                "name": self._one(TEXTS),
                "sha256": "0" * 64,
            },
        }
        if expected in fitting:
            return fitting[expected]()
        if shape.name in POINTING:
            return self._item(shape)
        return self._one(TEXTS)

    def value(self, depth: int = 0) -> Any:
        leaves: list[Any] = [
            None, True, False, 0, -1, 2**53 - 1, 1.5, -0.0, 1e300, *TEXTS, *DAYS, *TIMES, [], {},
            {"id": "01KAMRBX00000000000000000A", "rec": "session/INNER", "put": {"title": "x"}},
        ]  # fmt: skip
        if depth < 5 and self._often(0.25):
            inner = [self.value(depth + 1) for _ in range(self._rng.choice([1, 2, 5]))]
            if self._often(0.5):
                return inner
            return {str(self._one(NAMES)): one for one in inner}
        if self._often(0.003):
            return self._one(
                [["x"] * 9_999, [[[[[[[["deep"]]]]]]]], {str(n): n for n in range(199)}]
            )
        return self._one(leaves)
