"""The view's databases: TinyDB's behaviour, read lazily, refused when damaged."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage

from store.edits import Add
from store.files import DISK, Disk
from store.records import Lesson, Session
from store.view.document_lines import DamagedView
from store.view.documents import DocumentFile
from store.view.table import ViewDB
from tests.store.conftest import Opener, begin


def reloaded(db: ViewDB, path: Path) -> ViewDB:
    """Written, read by stock TinyDB, and read by ours."""
    file = db.storage
    assert isinstance(file, DocumentFile)
    size, crc = file.write_to(path)
    assert (path.stat().st_size, zlib.crc32(path.read_bytes())) == (size, crc)
    with TinyDB(path, encoding="utf-8") as stock:
        assert held(stock) == held(db)
    again = DocumentFile.load(path, crc)
    return ViewDB(storage=lambda: again)


def held(db: TinyDB) -> dict[str, dict[int, dict[str, Any]]]:
    return {
        name: {document.doc_id: dict(document) for document in db.table(name)}
        for name in db.tables()
    }


def filled(db: TinyDB) -> dict[str, dict[int, dict[str, Any]]]:
    return {name: documents for name, documents in held(db).items() if documents}


steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "update", "callable", "remove", "upsert", "many", "truncate",
                         "drop", "reload"]),
        st.sampled_from(["คน", "เวที"]),
        st.integers(0, 3),
        st.sampled_from(["น้ำ", "ก\nข", '"\\', "\u2028", ""]),
    ),
    max_size=30,
)  # fmt: skip


@given(script=steps)
@settings(max_examples=60, deadline=None)
def test_any_run_of_operations_gives_what_tinydb_gives(
    script: list[tuple[str, str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("view") / "v.json"
    ours: TinyDB = ViewDB(storage=DocumentFile)
    stock = TinyDB(storage=MemoryStorage)
    for what, table, number, text in script:
        if what == "reload":
            assert isinstance(ours, ViewDB)
            ours = reloaded(ours, path)
            for name in ("คน", "เวที"):  # stock gives freed ids again after a reload; so both must
                ours.table(name)._next_id = stock.table(name)._next_id = None
            continue
        for db in (ours, stock):
            _do(db, what, table, number, text)
        assert filled(ours) == filled(stock)


def _do(db: TinyDB, what: str, name: str, number: int, text: str) -> None:
    table, chosen = db.table(name), where("n") == number
    match what:
        case "insert":
            table.insert({"id": f"x/{text}{number}", "n": number, "in": [{"t": text}]})
        case "update":
            table.update({"t": text}, chosen)
        case "callable":
            table.update(lambda document: document.setdefault("in", []).append(text), chosen)
        case "remove":
            table.remove(chosen)
        case "upsert":
            table.upsert({"n": number, "t": text}, chosen)
        case "many":
            table.insert_multiple({"n": number, "t": text} for _ in range(3))
        case "truncate":
            table.truncate()
        case _:
            db.drop_table(name)


def test_a_document_that_was_found_may_be_changed_without_changing_the_store() -> None:
    db = ViewDB(storage=DocumentFile)
    db.insert({"n": 1, "in": [{"t": "ก"}]})

    for found in (db.search(where("n") == 1)[0], db.get(doc_id=1), next(iter(db))):
        assert isinstance(found, dict)
        found["in"][0]["t"] = "ข"
        found["n"] = 2

    assert db.all() == [{"n": 1, "in": [{"t": "ก"}]}]
    assert db.search(where("n") == 1) == [{"n": 1, "in": [{"t": "ก"}]}]


def test_an_update_that_fails_half_way_changes_nothing() -> None:
    db = ViewDB(storage=DocumentFile)
    db.insert_multiple([{"n": 1}, {"n": 2}])

    def fails(document: dict[str, Any]) -> None:
        document["n"] = 9
        if document.get("n") == 9 and len(seen := [*done, 1]) > 1:
            raise RuntimeError(seen)
        done.append(1)

    done: list[int] = []
    with pytest.raises(RuntimeError):
        db.update(fails)

    assert [document["n"] for document in db] == [1, 2]


@pytest.mark.parametrize("bad", [float("nan"), "\ud800", object()])
def test_what_json_cannot_hold_is_refused_before_anything_changes(bad: object) -> None:
    db = ViewDB(storage=DocumentFile)
    db.insert({"n": 1})

    with pytest.raises((ValueError, TypeError)):
        db.insert_multiple([{"n": 2}, {"n": bad}])

    assert [document["n"] for document in db] == [1]


def test_every_cut_and_every_flipped_bit_of_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    db = ViewDB(storage=DocumentFile)
    db.table("turns").insert_multiple([{"id": "turn/1", "t": "น้ำ"}, {"id": "turn/2", "t": "ดิน"}])
    file = db.storage
    assert isinstance(file, DocumentFile)
    _size, crc = file.write_to(path)
    content = path.read_bytes()

    spoiled = [content[:at] for at in range(len(content))]
    for at in range(len(content)):
        flipped = bytearray(content)
        flipped[at] ^= 1 << at % 8
        spoiled.append(bytes(flipped))
    for one in spoiled:
        path.write_bytes(one)
        with pytest.raises(DamagedView):
            DocumentFile.load(path, crc)


def test_only_the_documents_that_are_touched_are_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "v.json"
    db = ViewDB(storage=DocumentFile)
    db.table("turns").insert_multiple({"id": f"turn/{n}", "t": "ก" * n} for n in range(500))
    file = db.storage
    assert isinstance(file, DocumentFile)
    file.write_to(path)
    decoded: list[bytes] = []
    real = json.loads

    def counted(raw: bytes) -> Any:
        decoded.append(raw)
        return real(raw)

    monkeypatch.setattr("store.view.documents.json.loads", counted)

    lazy = DocumentFile.load(path, None)
    found = lazy.find("turns", "turn/7")
    assert found is not None
    ViewDB(storage=lambda: lazy).table("turns").get(doc_id=found)
    lazy.write_to(tmp_path / "again.json")

    assert len(decoded) <= 2
    assert (tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_a_disk_that_fills_up_while_the_view_is_written_costs_nothing(
    opened: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    book = opened()
    session = begin(book, "หนึ่ง")
    book.verify(rebuild=True)
    before = {path: path.read_bytes() for path in (folder / "view").rglob("*.json")}
    book.save(Add(Lesson(session=session, title="บทเรียน")))

    def full(fd: int, content: bytes, at: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(
        "store.view.documents.DocumentFile.write_to.__kwdefaults__",
        {"sync": True, "disk": Disk(**{**_steps(DISK), "write_at": full})},
    )
    assert not book._forums.checkpoint()
    monkeypatch.undo()

    assert {path: path.read_bytes() for path in (folder / "view").rglob("*.json")} == before
    assert len(book.lessons()) == 1
    book.close()
    again = opened()
    assert len(again.lessons()) == 1
    assert not again.verify()["differs"]


def _steps(disk: Disk) -> dict[str, Any]:
    return {name: getattr(disk, name) for name in disk.__slots__}


def test_the_files_of_a_notebook_open_in_stock_tinydb(opened: Opener, folder: Path) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง")
    book.save(Add(Lesson(session=session, title="บทเรียน")), Add(Session(title="อีกเวที")))
    book.verify(rebuild=True)
    book.close()

    texts = set()
    for path in (folder / "view").rglob("*.json"):
        if path.name != "mark.json":
            with TinyDB(path, encoding="utf-8") as stock:
                for name in stock.tables():
                    texts |= {doc.get("text") or doc.get("title") for doc in stock.table(name)}

    assert {"หนึ่ง", "สอง", "บทเรียน", "อีกเวที", "เวทีบ้านท่าดี"} <= texts
