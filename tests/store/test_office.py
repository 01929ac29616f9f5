"""The office's SQL folds as the notebook does: every field, element, deletion and conflict."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any, Final

import pytest

from store.carrier.errors import TooManyFiles
from store.changes import segments
from store.changes.line import encode
from store.office import tables
from store.office.errors import (
    NoOfficeFolder,
    NotAnOfficeFile,
    NothingToPack,
    OfficeExtraMissing,
    OfficeNotWritten,
)
from store.office.packing import COLUMNS, pack
from store.office.tables import folded, statements
from tests.proof.laptops import Laptop
from tests.proof.oracle import text
from tests.store.postgres import postgres

__all__ = ["postgres"]
pytest.importorskip("duckdb", reason="the extra `office` is not installed")

RECORDS: Final = ("session/01", "session/02", "lesson/01-03", "person/04", "later/05")
FIELDS: Final = ("title", "next", "tags/ป่า", "tags/น้ำ", "x_of_later", "tags")
VALUES: Final = ("ก", "=ข", '"ค",\n\'', 1, None, ["z", "ก"], {"k": 1, "a": None}, True)


def team(folder: Path, seed: int, steps: int = 160) -> dict[str, Laptop]:
    """Laptops that write, meet in part and delete; all their files stand in the folder."""
    rng = random.Random(seed)
    laptops = [Laptop(f"laptop{number}", rng) for number in range(3)]
    files: dict[str, bytes] = {}
    for _step in range(steps):
        one, rec = rng.choice(laptops), rng.choice(RECORDS)
        match rng.randrange(10):
            case 0 if one.state(rec).live_heads():
                one.delete(rec)
            case 1 if one.state(rec).shown().deleted:
                one.bring_back(rec)
            case 2 if one.state(rec).shown().conflicts:
                name = rng.choice(sorted(one.state(rec).shown().conflicts))
                one.write(rec, {name: rng.choice(VALUES)}, settle=True)
            case 3 | 4:
                if made := one.seal():
                    files[made[0]] = made[1]
                for name in rng.sample(sorted(files), min(3, len(files))):
                    one.receive(files[name])
            case _:
                name = rng.choice(FIELDS)
                value = rng.choice(VALUES)
                put = {name: (None if value is None else True) if "/" in name else value}
                one.write(rec, put)
    for one in laptops:
        if made := one.seal():
            files[made[0]] = made[1]
    last = Laptop("last", rng)  # has seen everything, so that what it deletes is deleted
    for content in files.values():
        last.receive(content)
    for rec in rng.sample([rec for rec in RECORDS if last.state(rec).live_heads()], 2):
        last.delete(rec)
    name, content = last.seal() or ("", b"")
    files[name] = content
    folder.mkdir(parents=True)
    for number, (name, content) in enumerate(sorted(files.items())):
        (folder / name).write_bytes(content)
        if number % 3 == 0:
            (folder / f"สำเนา {name}").write_bytes(content)
    every = Laptop("every", rng)
    for content in files.values():
        every.receive(content)
    return {"every": every}


def ours(every: Laptop) -> tuple[set[Any], set[Any], set[Any], set[Any]]:
    """Fields, elements, conflicts and deletions as the notebook's own fold has them."""
    fields, elements, conflicts, deleted = set(), set(), set(), set()
    for rec, state in every.records.items():
        shown = state.shown()
        groups = {name.split("/")[0] for name in state.heads if "/" in name}
        for name, value in shown.fields.items():
            if name in groups:
                elements |= {(rec, name, one) for one in value}
            else:
                fields.add((rec, name, text(value)))
        for name, others in shown.conflicts.items():
            conflicts |= {(rec, name, text(value)) for _id, value in others}
        deleted |= {rec} if shown.deleted else set()
    return fields, elements, conflicts, deleted


_QUESTIONS: Final = (
    "SELECT rec, field, value FROM fields",
    "SELECT rec, field, element FROM elements WHERE present",
    "SELECT rec, field, other FROM conflicts",
    "SELECT rec FROM deleted",
)


def theirs(answers: list[list[tuple[str, ...]]]) -> tuple[set[Any], set[Any], set[Any], set[Any]]:
    """The same from the answers of an engine."""
    fields, elements, conflicts, deleted = answers
    return (
        {(rec, name, spaced(value)) for rec, name, value in fields},
        set(elements),
        {(rec, name, spaced(value)) for rec, name, value in conflicts},
        {rec for (rec,) in deleted},
    )


def spaced(value: str) -> str:
    import json

    return text(json.loads(value))


def asked_of_duckdb(packed: Path) -> list[list[tuple[str, ...]]]:
    with folded(packed) as base:
        return [base.execute(question).fetchall() for question in _QUESTIONS]


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_the_sql_folds_as_the_notebook_does(tmp_path: Path, suffix: str) -> None:
    met = [0, 0, 0, 0]
    for seed in range(12):
        every = team(tmp_path / str(seed), seed)["every"]
        packed = tmp_path / f"{seed}{suffix}"

        done = pack([tmp_path / str(seed)], packed)

        assert done.changes == len(every.lines)
        assert done.held == ()
        found = theirs(asked_of_duckdb(packed))
        assert found == ours(every)
        met = [many + len(one) for many, one in zip(met, found, strict=True)]
    assert min(met) > 12, met


def test_lines_that_share_an_id_are_resolved_as_the_notebook_does(tmp_path: Path) -> None:
    met = 0
    for seed in range(6):
        folder, rng = tmp_path / str(seed), random.Random(seed)
        every = team(folder, seed)["every"]
        real = [segments.line(raw) for raw in every.lines.values()]
        fakes = [
            one._replace(dev=dev, put={**one.put, "title": "ปลอม"}, base={})
            for one in rng.sample(real, 12)
            for dev in ("forger", one.dev)
        ]
        for number, fake in enumerate(fakes, start=1):
            made = segments.seal(fake.dev, 900 + number, "", [encode(fake)])
            (folder / f"forged-{made.name}").write_bytes(made.content)
            every.receive(made.content)
            met += 1
        pack([folder], tmp_path / f"{seed}.parquet")

        found = theirs(asked_of_duckdb(tmp_path / f"{seed}.parquet"))

        assert found == ours(every)
    assert met > 20


BROKEN: Final = {
    "a base may be newer": (" AND c.id < r.newer", ""),
    "taking out beats putting in": ("bool_or(value <> 'null')", "bool_and(value <> 'null')"),
    "deleting beats editing": ("AND c.id IS NULL", "AND false"),
    "the oldest is shown": ("ORDER BY h.id DESC", "ORDER BY h.id"),
    "equal values conflict": ("AND h.value <> f.value", ""),
    "nothing is replaced": ("r.older = c.id", "false"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_sql_that_is_broken_on_purpose_is_caught(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong = BROKEN[what]
    sql = statements("fold")
    assert right in sql
    folder = tmp_path / "team"
    every = team(folder, 3, steps=400)["every"]
    if what == "a base may be newer":  # as a forged line could say
        forged = every.lines[min(every.lines)]
        _forge(folder, forged, max(every.lines))
        for path in folder.glob("forged*"):
            every.receive(path.read_bytes())
    pack([folder], tmp_path / "office.parquet")
    assert theirs(asked_of_duckdb(tmp_path / "office.parquet")) == ours(every)
    monkeypatch.setattr(tables, "statements", lambda _name: sql.replace(right, wrong))

    assert theirs(asked_of_duckdb(tmp_path / "office.parquet")) != ours(every)


def _forge(folder: Path, line: bytes, newest: str) -> None:
    """A line that says it replaces one that is newer than itself."""
    import json

    from store.changes.line import Change as Line

    rec = json.loads(line)["rec"]
    old = "01" + json.loads(line)["id"][2:-1] + "0"
    target = Line(newest[:-1] + "Z", rec, {"forged": 1}, {}, "", "forger", None, None)
    forged = Line(old, rec, {"forged": 2}, {"forged": [target.id]}, "", "forger", None, None)
    made = segments.seal("forger", 1, "", [encode(target), encode(forged)])
    (folder / f"forged-{made.name}").write_bytes(made.content)


# PostgreSQL


@pytest.mark.long
def test_postgresql_folds_as_the_notebook_does(tmp_path: Path, postgres: Any) -> None:
    every = team(tmp_path / "team", 5, steps=900)["every"]
    packed = tmp_path / "office.csv"
    pack([tmp_path / "team"], packed)

    postgres(input=statements("postgres"))
    postgres("-c", "\\copy changes from stdin csv header", input=packed.read_text("utf-8"))
    postgres(input=statements("fold"))
    answers = []
    for question in _QUESTIONS:
        out = postgres("-c", f"\\copy ({question}) to stdout csv")
        answers.append([tuple(row) for row in csv.reader(out.splitlines(keepends=True))])

    assert theirs(answers) == ours(every)
    assert all(ours(every))


# folders


def test_what_is_damaged_is_left_out_and_told(tmp_path: Path) -> None:
    every = team(tmp_path / "team", 1)["every"]
    files = sorted((tmp_path / "team").glob("chg-*"))
    whole = files[0].read_bytes()
    for path in (tmp_path / "team").glob(f"*{files[0].name}"):
        path.write_bytes(whole[:-40])

    done = pack([tmp_path / "team"], tmp_path / "office.parquet")

    assert {one.file for one in done.held} >= {files[0].name}
    assert 0 < done.changes < len(every.lines)


def test_what_is_left_out_says_in_which_folder_and_when_not_all_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("เหนือ", "ใต้"):
        team(tmp_path / name, 1, steps=20)
    (tmp_path / "ใต้" / "ครึ่ง.jsonl").write_bytes(b'{"fmt":"kmtui-changes","v":1')
    (tmp_path / "ใต้" / "ลึก").mkdir()

    done = pack([tmp_path / "เหนือ", tmp_path / "ใต้"], tmp_path / "office.parquet")
    monkeypatch.setattr("store.carrier.looking.MAX_ENTRIES", 1)
    with pytest.raises(TooManyFiles):
        pack([tmp_path / "ใต้"], tmp_path / "office.parquet")

    assert [one.file for one in done.held] == [(tmp_path / "ใต้" / "ครึ่ง.jsonl").as_posix()]
    assert done.changes > 0


def test_packing_reads_only_and_replaces_by_a_whole_file(tmp_path: Path) -> None:
    team(tmp_path / "team", 2)
    before = {path: path.read_bytes() for path in (tmp_path / "team").iterdir()}
    target = tmp_path / "office.parquet"
    target.write_bytes(b"earlier")

    pack([tmp_path / "team", tmp_path / "team"], target)

    assert {path: path.read_bytes() for path in (tmp_path / "team").iterdir()} == before
    assert target.read_bytes()[:4] == b"PAR1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["office.parquet", "team"]


def test_bad_input_is_refused_and_what_stood_there_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    target = tmp_path / "office.parquet"
    target.write_bytes(b"earlier")

    with pytest.raises(NothingToPack):
        pack([tmp_path / "empty"], target)
    with pytest.raises(NoOfficeFolder):
        pack([tmp_path / "nowhere"], target)
    with pytest.raises(NotAnOfficeFile):
        pack([tmp_path / "empty"], tmp_path / "office.xlsx")
    with pytest.raises(OfficeNotWritten), folded(target):
        pass
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(OfficeExtraMissing, match=r"requirements/office\.txt"):
        pack([tmp_path / "empty"], target)

    assert target.read_bytes() == b"earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "office.parquet"]


def test_the_columns_are_those_that_the_sql_reads() -> None:
    assert all(name in statements("postgres") for name in COLUMNS)
