"""Teams of laptops, made up by Hypothesis: whatever happens to them, the merge is its definition.

``just proof`` runs 4,000 teams; the suite runs 300. No clock and no chance of this machine is
read, so that what fails fails again.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from typing import Any, Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from store.changes import segments
from store.changes.fold import Folded, Shown
from store.errors import StoreError

from .laptops import Laptop
from .oracle import DELETED, lost, text, told

RUNS: Final = int(os.environ.get("KMTUI_PROOF", "300"))
CLOCKS: Final = (0.0, -5.0, 1_767_225_600_000.0, 1_780_000_000_000.0, 18_903_456_000_000.0,
                 32_503_680_000_000.0, 1e18)  # fmt: skip
"""1970, before it, two real years, พ.ศ. 2569 as a Gregorian year, 3000, and beyond all years."""
RECORDS: Final = ("session/01", "lesson/01-02", "person/03")
FIELDS: Final = ("title", "text", "tags/ป่า", "tags/น้ำ", "x_of_later")
VALUES: Final = st.sampled_from(["ก", "ข", "กำ", 1, None, ["z"], {"k": 1}])
WHO: Final = st.integers(0, 9)
PUTS: Final = st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1, max_size=3)
MET: Counter[str] = Counter()
"""What the runs so far have met."""


class Team(RuleBasedStateMachine):
    """Two to six laptops and the files that stand between them."""

    def __init__(self) -> None:
        super().__init__()
        self.laptops: list[Laptop] = []
        self.files: dict[str, bytes] = {}
        """What was ever put on a carrier, by name."""
        self.written: dict[str, dict[str, Any]] = {}
        """Every line that was ever written, by id."""
        self.chance = random.Random(0)

    @initialize(many=st.integers(2, 4), seed=st.integers(0, 2**32))
    def begin(self, many: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.laptops = [Laptop(f"laptop{number}", self.chance) for number in range(many)]

    def one(self, number: int) -> Laptop:
        return self.laptops[number % len(self.laptops)]

    def note(self, laptop: Laptop, change_id: str) -> None:
        line = json.loads(laptop.lines[change_id])
        assert change_id not in self.written, "two lines have one id"
        assert all(base < change_id for bases in line.get("base", {}).values() for base in bases)
        self.written[change_id] = line
        MET["lines"] += 1

    @rule(who=WHO, clock=st.sampled_from(CLOCKS))
    def set_clock(self, who: int, clock: float) -> None:
        self.one(who).clock = clock
        MET["clocks"] += 1

    @rule(edits=st.lists(st.tuples(WHO, st.sampled_from(RECORDS), PUTS), min_size=1, max_size=4))
    def edit(self, edits: list[tuple[int, str, dict[str, Any]]]) -> None:
        for who, rec, put in edits:
            laptop = self.one(who)
            before = {name: set(laptop.state(rec).heads.get(name, ())) for name in put}
            self.note(laptop, laptop.write(rec, _with_sets(put)))
            for name, heads in before.items():
                if "/" not in name and heads:  # what was not shown stays beside the new value
                    assert heads - {max(heads)} <= set(laptop.state(rec).heads[name])

    @rule(pick=WHO, value=VALUES)
    def settle(self, pick: int, value: Any) -> None:
        """Meet, and say what stands wherever somebody sees that it is not settled."""
        self.meet(who=pick, other=pick + 1)
        unsettled = [
            (laptop, rec, name)
            for laptop in self.laptops
            for rec, state in laptop.records.items()
            for name in state.shown().conflicts
        ]
        if unsettled:
            laptop, rec, name = unsettled[pick % len(unsettled)]
            self.note(laptop, laptop.write(rec, {name: value}, settle=True))
            assert len(laptop.state(rec).heads[name]) == 1
            MET["settled"] += 1

    def standing(self, *, deleted: bool) -> list[tuple[Laptop, str]]:
        return [
            (laptop, rec)
            for laptop in self.laptops
            for rec, state in laptop.records.items()
            if state.live_heads() and state.shown().deleted == deleted
        ]

    @rule(pick=WHO)
    def delete(self, pick: int) -> None:
        if there := self.standing(deleted=False):
            laptop, rec = there[pick % len(there)]
            self.note(laptop, laptop.delete(rec))
            assert laptop.state(rec).shown().deleted

    @rule(pick=WHO)
    def delete_what_is_known(self, pick: int) -> None:
        """Somebody has seen everything before it is deleted."""
        for other in range(len(self.laptops)):
            self.publish(who=other)
        self.one(pick).receive(b"".join(self.files.values()))
        self.delete(pick=pick)

    @rule(pick=WHO)
    def bring_back(self, pick: int) -> None:
        if gone := self.standing(deleted=True):
            laptop, rec = gone[pick % len(gone)]
            self.note(laptop, laptop.bring_back(rec))
            assert not laptop.state(rec).shown().deleted
            MET["brought back"] += 1

    @rule(who=WHO)
    def publish(self, who: int) -> None:
        sealed = self.one(who).seal()
        if sealed is not None:
            name, content = sealed
            assert self.files.get(name, content) == content, "one name, two contents"
            self.files[name] = content

    @rule(who=WHO, other=WHO)
    def meet(self, who: int, other: int) -> None:
        """Everything of one reaches the other."""
        self.publish(who=who)
        giver, taker = self.one(who), self.one(other)
        taker.receive(b"".join(one for one in self.files.values() if self.holds(giver, one)))
        assert giver.open or giver.lines.keys() <= taker.lines.keys()

    @staticmethod
    def holds(laptop: Laptop, content: bytes) -> bool:
        probe = Laptop("probe", random.Random(0))
        probe.receive(content)
        return probe.lines.keys() <= laptop.lines.keys()

    @rule(who=WHO)
    def copy_the_laptop(self, who: int) -> None:
        if len(self.laptops) < 6:
            self.laptops.append(self.one(who).copied(self.chance))
            MET["clones"] += 1

    @rule(who=WHO)
    def start_anew(self, who: int) -> None:
        laptop = self.one(who)
        before = laptop.view()
        laptop.start_anew()
        assert laptop.view() == before

    @precondition(lambda self: self.files)
    @rule(who=WHO, data=st.data())
    def deliver(self, who: int, data: st.DataObject) -> None:
        """Some files, in any order, some twice, as a file each or in one."""
        some = data.draw(st.lists(st.sampled_from(sorted(self.files)), min_size=1, max_size=5))
        if data.draw(st.booleans()):
            assert self.one(who).receive(b"".join(self.files[name] for name in some)) == 0
            MET["packed"] += len(some) > 1
        else:
            assert [self.one(who).receive(self.files[name]) for name in some] == [0] * len(some)

    @rule(who=WHO, other=WHO, rec=st.sampled_from(RECORDS), again=st.booleans())
    def deliver_backwards(self, who: int, other: int, rec: str, again: bool) -> None:
        """What replaces a value comes before the value, and the laptop may be started between."""
        giver, taker = self.one(who), self.one(other)
        for value in ("ก่อน", "หลัง"):
            self.note(giver, giver.write(rec, {"title": value}))
            before = set(self.files)
            self.publish(who=who)
        (latest,) = set(self.files) - before
        taker.receive(self.files[latest])
        if again:
            taker.start_anew()
        MET["backwards"] += giver is not taker

    @precondition(lambda self: self.files)
    @rule(who=WHO, data=st.data(), how=st.sampled_from(["cut", "flip", "crlf", "bom", "zeros"]))
    def deliver_damaged(self, who: int, data: st.DataObject, how: str) -> None:
        """A damaged file gives what it held, or nothing; never something else."""
        whole = self.files[data.draw(st.sampled_from(sorted(self.files)))]
        at = data.draw(st.integers(0, len(whole) - 1))
        damaged = {
            "cut": whole[:at],
            "flip": self.flipped(whole, at),
            "crlf": whole.replace(b"\n", b"\r\n"),
            "bom": b"\xef\xbb\xbf" + whole,
            "zeros": whole[:at] + bytes(len(whole) - at),
        }[how]
        found = self.found_in(damaged)
        if how in ("crlf", "bom"):
            assert found
        for _again in range(9):
            self.found_in(self.flipped(whole, self.chance.randrange(len(whole))))
        self.one(who).receive(damaged)

    def flipped(self, whole: bytes, at: int) -> bytes:
        return whole[:at] + bytes([whole[at] ^ 1 << self.chance.randrange(8)]) + whole[at + 1 :]

    def found_in(self, damaged: bytes) -> dict[str, bytes]:
        probe = Laptop("probe", self.chance)
        probe.receive(damaged)
        for change_id, raw in probe.lines.items():
            assert json.loads(raw) == self.written.get(change_id), "damage was taken for a line"
        return probe.lines

    @invariant()
    def the_same_lines_give_the_same_view(self) -> None:
        seen: dict[frozenset[str], str] = {}
        for laptop in self.laptops:
            view = laptop.view()
            assert seen.setdefault(frozenset(laptop.lines), view) == view

    def teardown(self) -> None:
        if not self.laptops:
            return
        for number in range(len(self.laptops)):
            self.publish(who=number)
        for laptop in self.laptops:
            names = sorted(self.files)
            self.chance.shuffle(names)
            for name in names:
                laptop.receive(self.files[name])
            assert laptop.lines.keys() == self.written.keys(), "a line is lost"
            self.is_as_defined(laptop)
        self.order_and_doubles_do_not_matter()
        MET["runs"] += 1

    def is_as_defined(self, laptop: Laptop) -> None:
        for rec, state in laptop.records.items():
            shown, should = state.shown(), told(self.written.values(), rec)
            groups = {name.split("/")[0] for name in state.heads if "/" in name}
            assert should.values == {
                name: value if name in groups else text(value)
                for name, value in shown.fields.items()
            }
            beside = {
                name: {text(value) for _id, value in others}
                for name, others in shown.conflicts.items()
            }
            assert should.conflicts == beside
            assert all(len(others) == len(beside[name]) for name, others in shown.conflicts.items())
            assert (shown.deleted, shown.edited_after_delete) == should[2:]
            assert lost(self.written.values(), rec, lambda name: _on_screen(name, shown)) == []  # noqa: B023
            MET["conflicts"] += len(beside)
            MET["deleted"] += shown.deleted
            MET["edited after delete"] += shown.edited_after_delete

    def order_and_doubles_do_not_matter(self) -> None:
        lines = [segments.line(raw) for raw in self.laptops[0].lines.values()]
        self.chance.shuffle(lines)
        half = len(lines) // 2
        records: dict[str, Folded] = {}
        for line in (*lines[half:], *lines[:half], *lines):
            records.setdefault(line.rec, Folded(line.rec)).add(line)
        again = {rec: state.row() for rec, state in records.items()}
        assert again == {rec: state.row() for rec, state in self.laptops[0].records.items()}


def _on_screen(name: str, shown: Shown) -> set[str]:
    """The values of a field that a reader finds, as text."""
    group, stroke, element = name.partition("/")
    if name == DELETED:
        return {text(shown.deleted or shown.edited_after_delete)}
    if stroke:
        return {text(element in shown.fields[group])}
    others = shown.conflicts.get(name, ())
    return {text(shown.fields[name]), *(text(value) for _id, value in others)}


def _with_sets(put: dict[str, Any]) -> dict[str, Any]:
    """Elements of sets are there or not."""
    return {
        name: (None if value is None else True) if "/" in name else value
        for name, value in put.items()
    }


def prove(runs: int) -> None:
    """Let that many teams live. Raises AssertionError where the merge is not its definition."""
    run_state_machine_as_test(
        Team,
        settings=settings(
            max_examples=runs,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_to_a_team_the_merge_is_its_definition() -> None:
    MET.clear()

    prove(RUNS)

    assert MET["runs"] >= RUNS * 0.9
    few = {what: many for what in ENOUGH if (many := MET[what]) < RUNS // 10}
    assert few == {}, f"too little was met: {MET}"
    print(f"\n{dict(MET)}")


ENOUGH: Final = (
    "lines", "conflicts", "settled", "deleted", "brought back", "edited after delete", "clones",
    "clocks", "packed", "backwards",
)  # fmt: skip


def sealed() -> tuple[bytes, dict[str, Any]]:
    """A small file with Thai in it, and its lines by id."""
    laptop = Laptop("laptop0", random.Random(7))
    laptop.write("session/01", {"title": "เวทีน้ำ", "tags/ป่า": True})
    laptop.write("session/01", {"title": "เวทีน้ำกิน"})
    laptop.delete("session/01")
    made = laptop.seal()
    assert made is not None
    return made[1], {change_id: json.loads(raw) for change_id, raw in laptop.lines.items()}


def test_every_bit_that_is_flipped_is_refused_or_harmless() -> None:
    whole, lines = sealed()
    refused = 0
    for at in range(len(whole)):
        for bit in range(8):
            flipped = whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]
            probe = Laptop("probe", random.Random(1))
            refused += probe.receive(flipped) > 0
            for change_id, raw in probe.lines.items():
                assert json.loads(raw) == lines[change_id], (at, bit)

    assert refused > 7.9 * len(whole)


def test_every_byte_at_which_a_file_is_cut_is_refused_or_harmless() -> None:
    whole, lines = sealed()
    for at in range(len(whole) - 1):
        probe = Laptop("probe", random.Random(1))

        assert probe.receive(whole[:at]) == 1, at
        assert not probe.lines

    probe = Laptop("probe", random.Random(1))
    probe.receive(whole)
    assert probe.lines.keys() == lines.keys()


def test_a_refusal_is_one_of_the_store() -> None:
    whole, _lines = sealed()

    (refusal,) = segments.pieces(whole[:-9], "ครึ่ง.jsonl")

    assert isinstance(refusal, StoreError)
    assert "ครึ่ง.jsonl" in str(refusal)
