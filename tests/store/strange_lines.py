"""Lines as anybody may write them: of every record, in every form that a line can have."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from store.changes import segments
from store.changes.line import BadLine, Change, encode
from store.codec import shapes
from store.ids import BELIEVED, EARLIEST, LATEST, OF_SESSION, letters_of, sign_of
from store.records import KINDS
from tests.store.conftest import NOON
from tests.store.strange_values import Chance, Values
from tests.store.strange_words import KINDS_TOO, LETTERS, TEXTS, TIMES

NOW: Final = int(NOON.timestamp() * 1000)


@dataclass
class Known:
    """What somebody who fills a stick may know of the notebook that meets it."""

    laptops: Sequence[str]
    """Ids, the victim's first."""
    records: Sequence[str]
    """Records that may be edited."""
    lines: Sequence[Change]
    """Lines whose ids may be repeated, also of records that nobody else edits."""


class Lines(Chance):
    """Makes lines.

    Args:
        rng: Where chance comes from.
        known: What is known of the victim.
    """

    def __init__(self, rng: random.Random, known: Known) -> None:
        super().__init__(rng)
        self._known = known
        self.devs = ["evil000001", "0000000000", "z" * 32, "a1", *known.laptops]
        self._tame = self._often(0.7)
        """Whether ids are such as a laptop makes: one that is not holds its whole file."""
        self._made: list[str] = []
        """Records that this stick speaks of."""
        self._values = Values(self._rng, known.records, self._made)
        self._ids: list[str] = [one.id for one in known.lines]

    def some(self, dev: str) -> list[bytes]:
        """The lines of one segment."""
        lines = [
            self._raw(change)
            for _ in range(self._rng.choice([1, 3, 8, 25]))
            for change in self._changes(dev)
        ]
        self._rng.shuffle(lines)
        if self._often(0.9):  # one line that is not taken holds its whole file
            lines = [raw for raw in lines if _is_read(raw, dev)]
        return lines or [encode(self._change(dev, "person/A", {"name": "x"}))]

    def _raw(self, change: Change) -> bytes:
        raw = _encoded(change)
        if self._often(0.02):
            said = json.loads(raw)
            said.pop("crc", None)
            raw = json.dumps(said, ensure_ascii=self._often(0.5), separators=(", ", ":")).encode()
        return raw

    def _changes(self, dev: str) -> list[Change]:
        makers = [
            self._plain, self._plain, self._plain, self._plain, self._plain, self._chain,
            self._repeats, self._of_laptop, self._deletes, self._saves, self._valid, self._valid,
        ]  # fmt: skip
        return list(self._one(makers)(dev))

    def _plain(self, dev: str) -> list[Change]:
        rec = self._record()
        put = {}
        for _ in range(self._rng.choice([1, 1, 2, 4, 12])):
            name, value = self._values.entry(rec)
            put[name] = value
        return [self._change(dev, rec, put)]

    def _valid(self, dev: str) -> list[Change]:
        """A record as another laptop would write it, with everything that can be said."""
        rec = self._record()
        kind = rec.partition("/")[0]
        if kind not in KINDS:
            return []
        put: dict[str, Any] = {}
        for shape in shapes(kind).values():
            if self._often(0.6):
                put |= self._values.fitting(shape)
        return [self._change(dev, rec, put)] if put else []

    def _chain(self, dev: str) -> list[Change]:
        """Records joined one to the next: a chain, a star, a circle, or all with all."""
        kind = self._one(["session", "session", "person", "agency", "turn", "series", "lesson"])
        many = self._rng.choice([1, 2, 3, 12, 40])
        names = [f"{kind}/C{self._rng.randrange(3)}{at}" for at in range(many)]
        if kind == "turn":
            names = [f"turn/C-{at}" for at in range(many)]
        if self._often(0.3):
            fitting = [one for one in self._known.records if one.startswith(f"{kind}/")]
            names[0] = self._one(fitting or names)
        self._made += names
        form = self._one(["chain", "star", "circle", "all", "self"])
        puts: dict[str, dict[str, Any]] = {one: {self._word(kind): one} for one in names}
        for at, one in enumerate(names):
            for to in _next(form, names, at):
                puts[one][f"same_as/{to}"] = True
                if kind == "lesson":
                    puts[one]["replaced_by"] = to
                if self._often(0.8):
                    puts[to][f"joins/{one}"] = True
        return [self._change(dev, one, put) for one, put in puts.items()]

    @staticmethod
    def _word(kind: str) -> str:
        words = {"person": "name", "agency": "short", "turn": "text"}
        return words.get(kind, "title")

    def _repeats(self, dev: str) -> list[Change]:
        """Somebody's line once more: with other words, as another record, as another's."""
        if self._tame or not self._known.lines:
            return []
        real: Change = self._one(self._known.lines)
        name = next(iter(real.put))
        forms = [
            real._replace(put={**real.put, name: "ปลอม"}),
            real._replace(dev=dev),
            real._replace(dev=dev, put={name: "ปลอม"}, tx=None),
            real._replace(dev=dev, rec=self._record()),
            real._replace(dev=dev, tx=(real.id, 1, 3)),
            real._replace(dev=dev, put={**real.put, "_deleted": [real.id]}),
        ]
        return [self._one(forms)]

    def _of_laptop(self, dev: str) -> list[Change]:
        whose = self._one(self.devs)
        forms: list[dict[str, Any]] = [
            {"owner": self._one(TEXTS)[:190]},
            {"owner": self._values.value()},
            {
                f"has.{one}": self._one([[1, 1], [10**15, 10**15], [-1, -1], [True, 1], "x"])
                for one in self.devs
            },
            {"was": [self._one(self.devs), 5, "x", "\x1b"]},
            {"was": list(self._known.laptops)},
            {
                f"gone.{one}": self._one([[1, 9], [10**15 + 1, 0], [-1, 2], None])
                for one in self.devs
            },
            {f"has.{n}": [1, 1] for n in range(150)},
        ]
        return [self._change(dev, f"laptop/{whose}", self._one(forms))]

    def _deletes(self, dev: str) -> list[Change]:
        seen = self._one([[], [self._id(dev)], self._ids[:50], self._ids[-3:], None])
        rec = self._record()
        more = {"title": "x"} if self._often(0.3) else {}
        return [self._change(dev, rec, {"_deleted": seen, **more})]

    def _saves(self, dev: str) -> list[Change]:
        """Lines that say to be of one save, or to take one back."""
        first = self._id(dev)
        count = self._one([2, 3, 1_000_000_000])
        found = []
        for at in range(1, 3):
            change = self._plain(dev)[0]
            tx = self._one([(first, at, count), (self._id(dev), 1, 1), None])
            undoes = self._one([None, self._one(self._ids or [first]), first, "x" * 200, "\x1b"])
            found.append(change._replace(tx=tx, undoes=undoes))
        return found

    def _change(self, dev: str, rec: str, put: dict[str, Any]) -> Change:
        change_id = self._id(dev)
        base = {}
        for name in list(put)[:3]:
            if self._often(0.3):
                base[name] = [self._one([*self._ids[-20:], self._id(dev), "7" + "Z" * 25])]
        if self._often(0.5):
            self._ids.append(change_id)
        who = self._one([None, None, "person/A", "session/A", "x", "\x1b[2J", rec])
        time = NOON.isoformat() if self._often(0.6) else self._one(TIMES)
        odd = self._often(0.05)
        return Change(change_id, rec, put, base, time, dev, who, None, None, odd)

    def _id(self, dev: str) -> str:
        moments = [NOW] * 30 + [EARLIEST, BELIEVED - 1, NOW + 10**11]
        moment = self._one(moments if self._tame else [*moments, BELIEVED, LATEST - 1])
        made = letters_of((moment << 80) | (self._rng.getrandbits(80)))
        whose = dev if self._often(0.9) else self._one(self.devs)
        return made[:14] + sign_of(whose) + made[18:]

    # records and fields

    def _record(self) -> str:
        rec = self._fresh_record()
        if self._known.records and self._often(0.25):
            rec = self._one(self._known.records)
        elif self._made and self._often(0.4):
            rec = self._one(self._made)
        self._made.append(rec)
        return rec

    def _fresh_record(self) -> str:
        kind = str(self._one([*KINDS] * 3 + [*KINDS_TOO]))
        letters = self._one(LETTERS) if self._often(0.3) else f"N{self._rng.randrange(30)}"
        if kind in OF_SESSION and self._often(0.8):
            about = self._one(
                [one for one in (*self._known.records, *self._made) if one.startswith("session/")]
                or ["session/N1"]
            )
            letters = f"{about.partition('/')[2]}-{letters}"
        return f"{kind}/{letters[:64]}"


def _next(form: str, names: Sequence[str], at: int) -> list[str]:
    """With which of these the one at this place is joined."""
    if form == "self":
        return [names[at]]
    if form == "star":
        return [names[0]] if at else []
    if form == "all":
        return [one for one in names if one != names[at]][:12]
    following = at + 1
    if following < len(names):
        return [names[following]]
    return [names[0]] if form == "circle" else []


def _encoded(change: Change) -> bytes:
    """The line as it is written, also where our own pen would refuse to."""
    try:
        return encode(change)
    except ValueError:
        raw = json.dumps({"id": change.id, "rec": change.rec, "put": {"x": 1}}).encode()
        return b'%s,"crc":"%08x"}' % (raw[:-1], zlib.crc32(raw[:-1]))


def _is_read(raw: bytes, dev: str) -> bool:
    try:
        segments.line(raw, dev)
    except BadLine:
        return False
    return True
