"""A database of the view is ordinary JSON, read without decoding it, and refused when spoiled."""

from __future__ import annotations

import errno
import json
import os
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from store.errors import DiskRefused
from store.files import DISK
from store.view.document_lines import DamagedView, encode
from store.view.documents import DocumentFile

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(text, values, max_size=4) | st.builds(
    lambda our, rest: {"id": our, **rest}, text, st.dictionaries(text, values, max_size=3)
)
databases = st.dictionaries(
    text, st.dictionaries(st.integers(1, 99).map(str), documents, max_size=4), max_size=3
)
TURNS = {
    "turns": {"1": {"id": "turn/1", "text": "น้ำ"}, "2": {"id": "turn/2", "text": "ดิน"}},
    "attendance": {"7": {"id": "attendance/1"}},
    "nothing": {},
}


def filled(tables: dict[str, Any]) -> DocumentFile:
    file = DocumentFile()
    file.write(tables)
    return file


def plain(file: DocumentFile) -> dict[str, Any]:
    return {name: dict(table) for name, table in (file.read() or {}).items()}


def content(file: DocumentFile) -> bytes:
    return b"".join(file.parts())


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every document that is decoded from here on."""
    seen: list[bytes] = []
    real = json.loads

    def counted(raw: bytes) -> Any:
        seen.append(raw)
        return real(raw)

    monkeypatch.setattr("store.view.document_lines.json.loads", counted)
    return seen


@given(tables=databases)
def test_what_is_written_is_read_back_by_us_and_by_json(tables: dict[str, Any]) -> None:
    written = content(filled(tables))

    assert plain(DocumentFile.of_bytes(written)) == tables
    assert json.loads(written) == tables
    assert content(DocumentFile.of_bytes(written)) == written


@given(tables=databases)
def test_a_file_in_any_layout_of_tinydb_is_read(tables: dict[str, Any]) -> None:
    for layout in ({}, {"indent": 0}, {"indent": 4}, {"sort_keys": True}, {"ensure_ascii": False}):
        written = json.dumps(tables, **layout).encode()

        assert plain(DocumentFile.of_bytes(written)) == tables


@given(tables=databases)
def test_stock_tinydb_opens_every_file(
    tables: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("view") / "v.json"
    filled(tables).write_to(path, sync=False)

    with TinyDB(path, encoding="utf-8") as stock:
        found = {
            name: {str(one.doc_id): dict(one) for one in stock.table(name)}
            for name in stock.tables()
        }

    assert found == tables


def test_a_document_stands_on_a_line_of_its_own_with_our_id_first() -> None:
    file = DocumentFile()

    file.commit("turns", [("1", {"text": "น้ำ", "id": "turn/1"}), ("2", {"id": "turn/2"})])

    assert content(file).decode().splitlines() == [
        "{",
        '"turns": {',
        '"1": {"id":"turn/1","text":"น้ำ"},',
        '"2": {"id":"turn/2"}',
        "}",
        "}",
    ]


def test_every_cut_and_two_flipped_bits_in_each_byte_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    _size, crc = filled(TURNS).write_to(path)
    whole = path.read_bytes()
    spoiled = [whole[:at] for at in range(len(whole))]
    for at in range(len(whole)):
        for bit in (at % 8, (at + 3) % 8):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << bit
            spoiled.append(bytes(flipped))

    for one in spoiled:
        path.write_bytes(one)
        with pytest.raises(DamagedView, match="v\\.json"):
            DocumentFile.load(path, crc)


def test_a_cut_file_is_refused_without_its_check_sum_too() -> None:
    whole = content(filled(TURNS)).rstrip(b"\n")

    for at in range(len(whole)):
        with pytest.raises(DamagedView):
            DocumentFile.of_bytes(whole[:at])


@pytest.mark.parametrize(
    "spoiled",
    [b"", b"[1]", b"7", b'"x"', b'{"t":[]}', b'{"t":{"1":5}}', b'{"t":{"1":{"n":NaN}}}', b"\xff",
     b"[" * 100_000, b'{"t":{"1":{"n":' + b"[" * 100_000, b'{"t":{"1":{"n":"\\ud800"}}}'],
    ids=["empty", "list", "number", "text", "table", "document", "nan", "bytes", "deep",
         "deep inside", "half a pair"],
)  # fmt: skip
def test_what_is_no_database_is_refused(spoiled: bytes) -> None:
    with pytest.raises(DamagedView):
        DocumentFile.of_bytes(spoiled)


def test_a_line_that_is_no_document_is_refused_when_it_is_touched() -> None:
    file = DocumentFile.of_bytes(b'{\n"t": {\n"1": {half},\n"2": {"n":2}\n}\n}\n', "v.json")
    table = (file.read() or {})["t"]

    assert table["2"] == {"n": 2}
    with pytest.raises(DamagedView, match="v\\.json"):
        table["1"]


def test_reading_finding_changing_and_writing_decode_only_what_is_touched(
    tmp_path: Path, decoded: list[bytes]
) -> None:
    path = tmp_path / "v.json"
    tables = {"turns": {str(n): {"id": f"turn/{n}", "text": "ก" * n} for n in range(1, 401)}}
    filled(tables).write_to(path)
    decoded.clear()

    file = DocumentFile.load(path, None)
    assert decoded == [b'"turns"']
    assert file.find("turns", "turn/7") == 7
    assert len(list(file.ids("turns"))) == 400
    file.commit("turns", [("9", {"id": "turn/9", "text": "ใหม่"}), ("10", None)])
    file.commit("lessons", [("1", {"id": "lesson/1"})])
    file.write({name: table for name, table in (file.read() or {}).items() if name != "lessons"})
    file.write_to(path)
    assert decoded == [b'"turns"']

    assert (file.read() or {})["turns"]["7"]["text"] == "ก" * 7
    assert decoded[1:] == [b'{"id":"turn/7","text":"' + ("ก" * 7).encode() + b'"}']
    tables["turns"]["9"]["text"] = "ใหม่"
    del tables["turns"]["10"]
    assert json.loads(path.read_bytes()) == tables


def test_our_ids_are_found_as_they_come_and_go() -> None:
    file = DocumentFile.of_bytes(content(filled(TURNS)))

    file.commit("turns", [("3", {"id": "turn/3"}), ("1", {"id": "turn/other"}), ("2", None)])

    for one in (file, DocumentFile.of_bytes(content(file))):
        assert sorted(one.ids("turns")) == ["turn/3", "turn/other"]
        assert (one.find("turns", "turn/3"), one.find("turns", "turn/other")) == (3, 1)
        assert one.find("turns", "turn/1") is one.find("turns", "turn/2") is None
        assert one.find("attendance", "attendance/1") == 7
        assert one.find("nowhere", "turn/3") is None
        assert not [*one.ids("nowhere"), *one.every("nowhere")]
    file.commit("turns", [("1", {"id": "turn/new"})], cleared=True)
    assert list(file.ids("turns")) == ["turn/new"]


def test_an_id_that_two_documents_have_is_found_while_one_of_them_is_there() -> None:
    file = DocumentFile()
    file.commit("turns", [("1", {"id": "turn/1"}), ("2", {"id": "turn/1"})])

    file.commit("turns", [("1", None)])

    assert file.find("turns", "turn/1") == 2


@given(our=text, doc_id=text, table=text)
def test_any_text_is_a_name(our: str, doc_id: str, table: str) -> None:
    file = DocumentFile()

    file.commit(table, [(doc_id, {"id": our, "n": 1})])

    again = DocumentFile.of_bytes(content(file))
    assert plain(again) == {table: {doc_id: {"id": our, "n": 1}}}
    assert list(again.ids(table)) == [our]


BAD: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "nan": ({"n": float("nan")}, ValueError),
    "infinity": ({"n": [float("inf")]}, ValueError),
    "half a pair": ({"n": "\ud800"}, ValueError),
    "half a pair in a key": ({"\udfff": 1}, ValueError),
    "number as key": ({"n": {1: 2}}, TypeError),
    "number as key in a list": ({"n": [[{None: 2}]]}, TypeError),
    "an object": ({"n": object()}, TypeError),
    "bytes": ({"n": b"x"}, TypeError),
    "a set": ({"n": {1}}, TypeError),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_a_file_could_not_give_back_is_refused_before_anything_changes(bad: str) -> None:
    document, refusal = BAD[bad]
    file = filled(TURNS)
    file.dirty = False
    before = content(file)

    with pytest.raises(refusal):
        file.commit("turns", [("1", None), ("5", {"n": 5}), ("6", document)], cleared=True)
    with pytest.raises(refusal):
        file.write({"turns": {"1": {"n": 1}}, "other": {"1": document}})

    assert content(file) == before
    assert not file.dirty


@pytest.mark.parametrize("name", [5, None, "\ud800"])
def test_a_table_without_a_name_of_text_is_refused(name: Any) -> None:
    file = filled(TURNS)

    with pytest.raises((TypeError, ValueError)):
        file.commit(name, [])
    with pytest.raises((TypeError, ValueError)):
        file.write({name: {}})

    assert plain(file) == TURNS


def test_a_document_of_the_caller_is_not_the_store_s() -> None:
    mine = {"id": "turn/1", "tags": ["น้ำ"]}
    file = DocumentFile()
    file.commit("turns", [("1", mine)])
    file.write({**(file.read() or {}), "others": {"1": mine}})

    mine["tags"] = []

    assert plain(file)["turns"]["1"]["tags"] == plain(file)["others"]["1"]["tags"] == ["น้ำ"]


def test_a_whole_database_that_was_read_changed_and_written_is_kept() -> None:
    file = DocumentFile.of_bytes(content(filled(TURNS)))

    everything = file.read()
    assert everything is not None
    everything["turns"]["1"]["text"] = "ลม"
    everything["turns"]["4"] = {"id": "turn/4"}
    del everything["attendance"]
    file.write(everything)

    again = plain(DocumentFile.of_bytes(content(file)))
    assert again["turns"]["1"]["text"] == "ลม"
    assert again["turns"]["4"] == {"id": "turn/4"}
    assert set(again) == {"turns", "nothing"}


def test_an_empty_database_reads_as_none_as_tinydb_wants_it(tmp_path: Path) -> None:
    assert DocumentFile().read() is None

    size, crc = DocumentFile().write_to(tmp_path / "v.json")

    assert DocumentFile.load(tmp_path / "v.json", crc).read() is None
    assert json.loads((tmp_path / "v.json").read_bytes()) == {}
    assert size == (tmp_path / "v.json").stat().st_size


def test_a_document_of_megabytes_and_thousands_of_others_are_written_in_pieces(
    tmp_path: Path,
) -> None:
    path = tmp_path / "v.json"
    tables = {
        "turns": {
            "1": {"id": "turn/1", "text": "น้ำ" * 1_000_000},
            **{str(n): {"text": "ดิน" * 30} for n in range(2, 5000)},
        }
    }
    pieces: list[int] = []

    def told(fd: int, block: bytes, at: int) -> None:
        pieces.append(len(block))
        DISK.write_at(fd, block, at)

    size, crc = filled(tables).write_to(path, sync=False, disk=replace(DISK, write_at=told))

    assert sum(pieces) == size == path.stat().st_size
    assert len(pieces) < 10
    assert crc == zlib.crc32(path.read_bytes())
    assert plain(DocumentFile.load(path, crc)) == tables


@pytest.mark.parametrize("step", ["open", "write_at", "sync", "replace"])
def test_a_disk_that_is_full_leaves_the_file_before_and_what_is_in_memory(
    tmp_path: Path, step: str
) -> None:
    path = tmp_path / "v.json"
    file = filled(TURNS)
    _size, crc = file.write_to(path)
    file.commit("turns", [("3", {"id": "turn/3"})])

    def full(*_args: object) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    failing: dict[str, Any] = {step: full}
    with pytest.raises(DiskRefused, match="full"):
        file.write_to(path, disk=replace(DISK, **failing))

    assert [one.name for one in tmp_path.iterdir()] == ["v.json"]
    assert plain(DocumentFile.load(path, crc)) == TURNS
    assert file.dirty
    file.write_to(path)
    assert not file.dirty
    assert json.loads(path.read_bytes())["turns"]["3"] == {"id": "turn/3"}


def test_a_change_makes_it_dirty_and_writing_makes_it_clean(tmp_path: Path) -> None:
    file = DocumentFile()
    assert not file.dirty

    file.commit("turns", [])
    assert file.dirty
    file.write_to(tmp_path / "v.json")
    assert not file.dirty
    file.write({})
    assert file.dirty


@given(document=documents)
def test_an_encoded_document_is_one_line(document: dict[str, Any]) -> None:
    line = encode(document)

    assert b"\n" not in line
    assert json.loads(line) == document
