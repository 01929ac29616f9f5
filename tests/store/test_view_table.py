"""Our table does what TinyDB's does, touches only what it must, and shares nothing."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tinydb import JSONStorage, TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from store.view.documents import DocumentFile
from store.view.table import ViewDB, ViewTable, same

TABLES = ("คน", "เวที", "_default")
words = st.sampled_from(["น้ำ", "ก\nข", '"\\', "\u2028", "", "ๆ" * 200])
numbers = st.integers(0, 3) | st.booleans() | st.sampled_from([1.0, 0.5, -0.0])
documents = st.fixed_dictionaries(
    {"n": numbers}, optional={"id": words, "text": words, "in": st.lists(st.tuples(words))}
).map(lambda made: json.loads(json.dumps(made)))
tables = st.sampled_from(TABLES)


def held(db: TinyDB) -> dict[str, list[tuple[int, str]]]:
    """Every table that has documents, each document spelled out: 1, 1.0 and True differ."""
    found = {
        name: sorted((one.doc_id, json.dumps(one, sort_keys=True)) for one in db.table(name))
        for name in db.tables()
    }
    return {name: rows for name, rows in found.items() if rows}


class Unshared(MemoryStorage):
    """Stock memory that holds what a file would: two documents never share a list."""

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        super().write(json.loads(json.dumps(data)))


class Twins(RuleBasedStateMachine):
    """Whatever is done to ours and to stock TinyDB, both hold and answer the same."""

    @initialize()
    def open(self) -> None:
        self.ours: TinyDB = ViewDB(storage=DocumentFile)
        self.stock = TinyDB(storage=Unshared)
        self.stock.table_class = Table
        self.place = TemporaryDirectory()
        self.path = Path(self.place.name) / "v.json"

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.cleanup()

    def both(self, name: str, do: Callable[[Table], Any]) -> None:
        answers = []
        for db in (self.ours, self.stock):
            try:
                answers.append(do(db.table(name)))
            except (ValueError, KeyError) as error:
                answers.append(type(error))
        assert answers[0] == answers[1]

    @rule(name=tables, document=documents)
    def insert(self, name: str, document: dict[str, Any]) -> None:
        self.both(name, lambda table: table.insert(copy.deepcopy(document)))

    @rule(name=tables, document=documents, doc_id=st.integers(1, 12))
    def insert_with_an_id(self, name: str, document: dict[str, Any], doc_id: int) -> None:
        self.both(name, lambda table: table.insert(Document(copy.deepcopy(document), doc_id)))

    @rule(name=tables, some=st.lists(documents, max_size=4))
    def insert_many(self, name: str, some: list[dict[str, Any]]) -> None:
        self.both(name, lambda table: table.insert_multiple(copy.deepcopy(some)))

    @rule(name=tables, number=numbers, fields=documents)
    def update(self, name: str, number: Any, fields: dict[str, Any]) -> None:
        self.both(name, lambda t: sorted(t.update(copy.deepcopy(fields), where("n") == number)))

    @rule(name=tables, fields=documents)
    def update_all(self, name: str, fields: dict[str, Any]) -> None:
        self.both(name, lambda table: sorted(table.update(copy.deepcopy(fields))))

    @rule(name=tables, number=numbers, word=words)
    def change_inside(self, name: str, number: Any, word: str) -> None:
        def inside(document: Any) -> None:
            document.setdefault("in", []).append([word])

        self.both(name, lambda table: sorted(table.update(inside, where("n") == number)))

    @rule(name=tables, number=numbers, fields=documents, other=documents)
    def update_several(
        self, name: str, number: Any, fields: dict[str, Any], other: dict[str, Any]
    ) -> None:
        def do(table: Table) -> list[int]:
            first, second = copy.deepcopy(fields), copy.deepcopy(other)
            chosen = [(first, where("n") == number), (second, where("text").exists())]
            return sorted(table.update_multiple(chosen))

        self.both(name, do)

    @rule(name=tables, number=numbers, document=documents)
    def upsert(self, name: str, number: Any, document: dict[str, Any]) -> None:
        self.both(name, lambda t: sorted(t.upsert(copy.deepcopy(document), where("n") == number)))

    @rule(name=tables, number=numbers)
    def remove(self, name: str, number: Any) -> None:
        self.both(name, lambda table: sorted(table.remove(where("n") == number)))

    @rule(name=tables, ids=st.sets(st.integers(1, 9)))
    def remove_ids(self, name: str, ids: set[int]) -> None:
        self.both(name, lambda table: sorted(table.remove(doc_ids=ids)))

    @rule(name=tables)
    def truncate(self, name: str) -> None:
        self.both(name, lambda table: table.truncate())

    @rule(name=tables)
    def drop(self, name: str) -> None:
        for db in (self.ours, self.stock):
            db.drop_table(name)

    @rule(name=tables, number=numbers, ids=st.lists(st.integers(1, 12)))
    def ask(self, name: str, number: Any, ids: list[int]) -> None:
        def do(table: Table) -> list[Any]:
            found = sorted(one.doc_id for one in table.get(doc_ids=ids))
            chosen = where("n") == number
            matching = sorted(one.doc_id for one in table.search(chosen))
            there = [table.contains(doc_id=one) for one in ids]
            got = [table.get(doc_id=one) for one in ids]
            return [found, matching, there, got, table.contains(chosen), len(table)]

        self.both(name, do)

    @rule()
    def write_and_read_again(self) -> None:
        file = self.ours.storage
        assert isinstance(file, DocumentFile)
        _size, crc = file.write_to(self.path, sync=False)
        with TinyDB(self.path, encoding="utf-8") as stock:
            assert held(stock) == held(self.ours)
        again = DocumentFile.load(self.path, crc)
        self.ours = ViewDB(storage=lambda: again)
        for name in TABLES:  # stock gives a freed last id again after reopening; so must both
            self.ours.table(name)._next_id = self.stock.table(name)._next_id = None

    @invariant()
    def the_same_is_held(self) -> None:
        if hasattr(self, "stock"):
            assert held(self.ours) == held(self.stock)


TestTwins = Twins.TestCase
TestTwins.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


OPENED: dict[str, Callable[[Path], TinyDB]] = {
    "ours": lambda _path: ViewDB(storage=DocumentFile),
    "memory": lambda _path: ViewDB(storage=MemoryStorage),
    "json": lambda path: ViewDB(path, storage=JSONStorage, encoding="utf-8"),
    "cached": lambda _path: ViewDB(storage=_cached(MemoryStorage)),
    "ours cached": lambda _path: ViewDB(storage=_cached(DocumentFile)),
}


def _cached(storage: Any) -> Any:
    return CachingMiddleware(storage)  # type: ignore[no-untyped-call]


@pytest.fixture(params=OPENED)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterable[TinyDB]:
    with OPENED[request.param](tmp_path / "v.json") as opened:
        opened.insert_multiple([{"n": 1, "in": [{"t": "ก"}]}, {"n": 2}])
        yield opened


def test_what_is_put_in_after_everything_was_dropped_is_there(db: TinyDB) -> None:
    db.drop_tables()

    db.insert({"n": 5})
    db.table("คน").insert({"n": 6})

    assert db.tables() == {"_default", "คน"}
    assert db.all() == [{"n": 5}]
    assert db.table("คน").all() == [{"n": 6}]


BEFORE = [{"n": 1, "in": [{"t": "ก"}]}, {"n": 2}]


def test_what_is_given_out_may_be_changed_without_changing_the_store(db: TinyDB) -> None:
    table = db.table("_default")
    query = where("n") == 1
    given_out = [
        table.search(query)[0],
        table.search(query)[0],  # out of the cache of queries
        table.get(query),
        table.get(doc_id=1),
        table.get(doc_ids=[1])[0],
        table.all()[0],
        next(iter(table)),
    ]

    for found in given_out:
        assert isinstance(found, Document)
        found["in"][0]["t"] = "ข"
        found["n"] = 9

    assert table.all() == table.search(where("n") < 9) == BEFORE
    assert table.search(query) == BEFORE[:1]


def test_what_is_put_in_may_be_changed_afterwards_without_changing_the_store(db: TinyDB) -> None:
    mine: dict[str, Any] = {"n": 3, "in": [{"t": "ก"}]}
    db.insert(mine)
    db.insert_multiple([mine])
    db.upsert(mine, where("n") == 4)

    mine["in"][0]["t"] = "ข"

    assert [one["in"][0]["t"] for one in db.search(where("n") == 3)] == ["ก"] * 3


def test_a_change_that_fails_half_way_changes_nothing(db: TinyDB) -> None:
    def fails_later(document: Any) -> None:
        document.setdefault("in", []).append({"t": "ข"})
        document["n"] += 10
        if document["n"] == 12:
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        db.update(fails_later)
    with pytest.raises(RuntimeError, match="half way"):
        db.update_multiple([(fails_later, where("n") > 0)])
    with pytest.raises(ValueError, match="Mapping"):
        db.insert_multiple([{"n": 3}, "not a document"])

    assert db.all() == BEFORE


def test_an_answer_that_was_kept_is_asked_anew_after_a_change(db: TinyDB) -> None:
    query = where("n") == 2
    assert db.search(query) == [{"n": 2}]

    db.update({"t": "ใหม่"}, query)

    assert db.search(query) == [{"n": 2, "t": "ใหม่"}]
    assert db.count(query) == 1


def test_a_number_that_becomes_true_is_a_change(db: TinyDB) -> None:
    db.update({"n": True}, doc_ids=[1])
    db.update({"n": 2.0}, doc_ids=[2])

    assert [type(one["n"]) for one in db] == [bool, float]


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (1, 1.0), (0, False), ([1], [True]), ({"a": [0]}, {"a": [False]}),
     ({"a": None}, {}), ([], {}), ([1], [1, 1]), ("", None)],
)  # fmt: skip
def test_values_that_json_tells_apart_are_not_the_same(one: Any, other: Any) -> None:
    assert not same(one, other)
    assert not same(other, one)
    assert same(one, copy.deepcopy(one))


class Watched(DocumentFile):
    """Remembers what was committed."""

    def __init__(self) -> None:
        super().__init__()
        self.committed: list[tuple[list[str], bool]] = []

    def commit(self, table: str, changes: Any, *, cleared: bool = False) -> None:
        changes = list(changes)
        self.committed.append(([doc_id for doc_id, _document in changes], cleared))
        super().commit(table, changes, cleared=cleared)


def test_only_the_documents_that_change_are_handed_to_the_storage() -> None:
    file = Watched()
    table = ViewTable(file, "turns")
    table.insert_multiple({"n": n} for n in range(1, 101))
    file.committed.clear()

    table.update({"t": "ก"}, where("n") == 7)
    table.update({"t": "ก"}, doc_ids=[7, 8, 500])
    table.update_multiple([({"t": "ข"}, where("n") == 9)])
    table.update({"n": 7}, where("n") == 7)
    table.remove(where("n") == 10)
    table.remove(doc_ids=[500])
    table.truncate()

    assert file.committed == [(["7"], False), (["8"], False), (["9"], False), (["10"], False),
                              ([], True)]  # fmt: skip


def test_asking_by_id_and_the_next_id_decode_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ViewDB(storage=DocumentFile)
    made.insert_multiple({"id": f"turn/{n}"} for n in range(1, 301))
    assert isinstance(made.storage, DocumentFile)
    lazy = DocumentFile.of_bytes(b"".join(made.storage.parts()))
    db = ViewDB(storage=lambda: lazy)
    decoded: list[bytes] = []
    real = json.loads

    def counted(raw: bytes) -> Any:
        decoded.append(raw)
        return real(raw)

    monkeypatch.setattr("store.view.document_lines.json.loads", counted)

    assert db.insert({"id": "turn/new"}) == 301
    assert len(db) == 301
    assert db.contains(doc_id=5)
    assert not db.contains(doc_id=500)
    db.remove(doc_ids=[8])
    assert decoded == []
    assert db.get(doc_id=6) == {"id": "turn/6"}
    assert db.get(doc_ids=[9, 7, 500]) == [{"id": "turn/7"}, {"id": "turn/9"}]
    db.update({"t": "ก"}, doc_ids=[11])
    assert [json.dumps(real(one)["id"]) for one in decoded] == [
        '"turn/6"', '"turn/7"', '"turn/9"', '"turn/11"'
    ]  # fmt: skip


def test_a_refused_document_leaves_every_table_and_the_answers_as_they_were() -> None:
    db = ViewDB(storage=DocumentFile)
    db.insert({"n": 1})

    for bad in (float("nan"), "\ud800", object(), {1: 2}):
        with pytest.raises((ValueError, TypeError)):
            db.insert_multiple([{"n": 2}, {"n": bad}])
        with pytest.raises((ValueError, TypeError)):
            db.update({"n": bad}, doc_ids=[1])
        with pytest.raises((ValueError, TypeError)):
            db.table("ใหม่").insert({"n": bad})

    assert db.all() == [{"n": 1}]
    assert db.tables() == {"_default"}


def test_a_table_with_classes_of_its_own_gives_them_out() -> None:
    class Words(Document):
        """A document of one's own."""

    class Named(ViewTable):
        document_class = Words
        document_id_class = str  # type: ignore[assignment] # TinyDB's documentation does so

    table = Named(DocumentFile(), "t")
    table.insert(Words({"n": 1}, doc_id='ก"1'))  # type: ignore[arg-type] # the same

    for found in (table.all()[0], table.get(where("n") == 1), table.get(doc_ids=['ก"1'])[0]):  # type: ignore[list-item]
        assert type(found) is Words
        assert str(found.doc_id) == 'ก"1'
        assert found == {"n": 1}
