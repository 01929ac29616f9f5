"""Sealed files: whole or not at all, whatever was done to them."""

from __future__ import annotations

import hashlib
import json

import pytest

from store.changes import segments
from store.changes.line import MAX_LINE, BadLine, Change, checked, decode, encode, parse
from store.errors import DamagedSegment, NewerSegment
from store.ids import LATEST, IdMaker, letters_of

DEV = "aaaaaaaaaa"
_ids = IdMaker(lambda: 1_780_000_000_000.0, iter(range(1, 10_000)).__next__)


def line(text: str = "น้ำ", **more: object) -> Change:
    return Change(
        _ids.next(),
        "lesson/a",
        {"title": text, **more},
        {},
        "2026-05-17T09:31:12+07:00",
        DEV,
        None,
        None,
    )


def sealed(*raw: bytes) -> bytes:
    return segments.seal(DEV, 1, "", raw).content


def with_header(**values: object) -> bytes:
    header = {"fmt": segments.FORMAT, "v": 1, "dev": DEV, "seq": 1, "prev": "", **values}
    body = json.dumps(header, separators=(",", ":")).encode() + b"\n" + encode(line()) + b"\n"
    end = {"end": True, "n": 1, "sha256": hashlib.sha256(body).hexdigest()}
    return body + json.dumps(end, separators=(",", ":")).encode() + b"\n"


def test_a_sealed_file_gives_back_its_lines() -> None:
    lines = [line("น้ำ"), line("ดิน")]

    (found,) = segments.read(sealed(*map(encode, lines)), "x")

    assert list(found.changes) == lines
    assert (found.dev, found.seq) == (DEV, 1)


def test_two_files_put_together_are_a_file() -> None:
    first, second = line("ก"), line("ข")

    found = list(segments.read(sealed(encode(first)) + sealed(encode(second)), "x"))

    assert [one.changes for one in found] == [(first,), (second,)]


@pytest.mark.parametrize("editor", ["crlf", "bom"])
def test_what_editors_do_to_line_ends_does_no_harm(editor: str) -> None:
    content = sealed(encode(line()))
    changed = content.replace(b"\n", b"\r\n") if editor == "crlf" else b"\xef\xbb\xbf" + content

    assert list(segments.read(changed, "x")) == list(segments.read(content, "x"))


def test_a_file_cut_anywhere_is_refused() -> None:
    content = sealed(encode(line()), encode(line()))

    for length in range(1, len(content)):
        with pytest.raises(DamagedSegment):
            list(segments.read(content[:length], "x"))


def test_a_flipped_bit_is_refused_or_harmless() -> None:
    content = sealed(encode(line()), encode(line("ดิน")))
    wanted = [one.changes for one in segments.read(content, "x")]
    refused = 0

    for at in range(len(content)):
        for bit in range(8):
            flipped = bytearray(content)
            flipped[at] ^= 1 << bit
            try:
                found = [one.changes for one in segments.read(bytes(flipped), "x")]
            except (DamagedSegment, NewerSegment):
                refused += 1
            else:
                assert found == wanted

    assert refused > len(content) * 7


def test_a_newer_file_is_told_apart_from_a_damaged_one() -> None:
    with pytest.raises(NewerSegment):
        list(segments.read(with_header(v=2), "x"))


@pytest.mark.parametrize(
    "header",
    [{"fmt": "other"}, {"v": "1"}, {"v": 0}, {"dev": 5}, {"seq": 0}, {"seq": "1"}],
)
def test_a_header_of_something_else_is_refused(header: dict[str, object]) -> None:
    with pytest.raises(DamagedSegment):
        list(segments.read(with_header(**header), "x"))


def test_a_line_of_another_laptop_than_the_header_says_is_refused() -> None:
    forged = encode(line()._replace(dev="bbbbbbbbbb"))

    with pytest.raises(DamagedSegment, match="another laptop"):
        list(segments.read(sealed(forged), "x"))


def written(put: str, **parts: str) -> bytes:
    whole = {"id": f'"{_ids.next()}"', "rec": '"lesson/a"', "put": put, "dev": f'"{DEV}"', **parts}
    return ("{" + ",".join(f'"{key}":{value}' for key, value in whole.items()) + "}").encode()


HOSTILE = {
    "deep nesting": written('{"t":' + "[" * 100_000 + "]" * 100_000 + "}"),
    "nested a little too deep": written('{"t":' + "[" * 12 + "]" * 12 + "}"),
    "a number of 5,000 digits": written('{"t":' + "9" * 5_000 + "}"),
    "a number beyond 2^53": written('{"t":9007199254740993}'),
    "1e999": written('{"t":1e999}'),
    "NaN": written('{"t":NaN}'),
    "-Infinity": written('{"t":-Infinity}'),
    "a key twice": written('{"t":1,"t":2}'),
    "half of a character pair": written('{"t":"\\ud800"}'),
    "bytes that are no text": written('{"t":"?"}').replace(b"?", b"\xff\xfe"),
    "a line of 600 KB": written('{"t":"' + "a" * (MAX_LINE + 1) + '"}'),
    "a text of 100,001": written('{"t":"' + "a" * 100_001 + '"}'),
    "5,000 fields": written("{" + ",".join(f'"f{n}":1' for n in range(5_000)) + "}"),
    "no fields": written("{}"),
    "a field without a name": written('{"":1}'),
    "a field called id": written('{"id":1}'),
    "a field of ours": written('{"_seen":[]}'),
    "a deletion that names no ids": written('{"_deleted":["x"]}'),
    "an element that is no yes": written('{"tags/x":5}'),
    "a path for a record": written('{"t":1}', rec='"../../etc"'),
    "a line end in a record": written('{"t":1}', rec='"lesson/a\\u0000"'),
    "an id of the year 9999": written('{"t":1}', id=f'"{letters_of(LATEST << 80)}"'),
    "an id before the format": written('{"t":1}', id=f'"{letters_of(1 << 80)}"'),
    "a base that is no list": written('{"t":1}', base='{"t":"x"}'),
    "a base of another field": written('{"t":1}', base='{"u":[]}'),
    "a save of a strange form": written('{"t":1}', tx="[1,2]"),
    "a list": b"[1]",
    "a number": b"1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_is_refused(name: str) -> None:
    with pytest.raises(BadLine):
        checked(parse(HOSTILE[name])) if len(HOSTILE[name]) <= MAX_LINE else decode(HOSTILE[name])
    with pytest.raises(DamagedSegment):
        list(segments.read(sealed(HOSTILE[name]), "x"))


def test_a_base_that_names_the_future_or_itself_changes_nothing() -> None:
    from store.changes.fold import fold

    first = line("ก")
    later = _ids.next([first.id])
    second = first._replace(id=later, put={"title": "ข"}, base={"title": [later, first.id]})
    forged = first._replace(base={"title": [later, first.id]})

    state = fold([forged, second])["lesson/a"]

    assert state.shown().fields["title"] == "ข"


class Counted(bytes):
    """Bytes that count how far they were searched."""

    looked = 0

    def find(self, what: bytes, start: int = 0) -> int:  # type: ignore[override]
        at = bytes.find(self, what, start)
        Counted.looked += (at if at >= 0 else len(self)) - start
        return at

    def __getitem__(self, at: object) -> bytes:  # type: ignore[override]
        part = bytes.__getitem__(self, at)  # type: ignore[call-overload]
        return Counted(part) if isinstance(at, slice) and at.start is None else part


@pytest.mark.parametrize("junk", [b'{"fmt":"kmtui-changes"}\n', b'{"end":true}\n', b"x\n"])
def test_junk_of_headers_is_looked_through_once(junk: bytes) -> None:
    looked = []
    for many in (500, 1_000):
        Counted.looked = 0
        parts = list(segments._parts(Counted(junk * many)))
        looked.append(Counted.looked)
        assert b"".join(parts) == junk * many

    assert looked[1] < 2.5 * looked[0] + 100
