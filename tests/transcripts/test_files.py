"""Files as they come: letters, Word, web pages, and what is refused without reading it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document

from store.errors import NoSuchFile, StoreError
from store.transcripts import errors, origin, read, read_text
from store.transcripts.letters import letters

from .reads import NOBODY, SAMPLES, TODAY, counts, said, sample

TALK = "คุณแดง: มาแล้วครับ รถติดมาก\nคุณดำ: ช้าจัง รอนานแล้ว\n"


def kept(folder: Path, raw: bytes, name: str = "เวที.txt") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("name", ["padded_cp874.txt", "padded_utf16.txt", "padded_bom.txt"])
def test_the_same_text_in_other_letters_is_the_same_forum(name: str) -> None:
    other, plain = sample(name), sample("padded.txt")

    assert other.turns == plain.turns
    assert other.title == plain.title
    assert other.source.sha256 != plain.source.sha256


@pytest.mark.parametrize("text", [TALK, "คุณแดง: มา", "Mr Red: KM is new\n" * 5 + "คุณแดง: มา"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_letters_are_told_by_rule(text: str, encoding: str) -> None:
    assert letters(text.encode(encoding), "เวที.txt") == text


def test_a_text_cut_in_the_middle_of_a_letter_is_refused_and_not_repaired() -> None:
    with pytest.raises(errors.DamagedText) as refused:
        letters(TALK.encode()[:-3] + b"\xe0\xb8", "เวที.txt")

    assert "เวที.txt" in str(refused.value)


def test_letters_lost_before_the_file_was_saved_are_told(tmp_path: Path) -> None:
    (forum,) = read_text("คุณแดง: มา\ufffdแล้ว", "เวที.txt", known=NOBODY, today=TODAY)

    assert [one.line for one in forum.findings if one.kind == "lost_letters"] == [1]
    assert forum.turns[0].text == "มา\ufffdแล้ว"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_lines_as_an_editor_does(end: str) -> None:
    (forum,) = read_text(TALK.replace("\n", end), "เวที.txt", known=NOBODY, today=TODAY)

    assert [one.line for one in forum.turns] == [1, 2]
    assert forum.turns[0].text == "มาแล้วครับ รถติดมาก"


def test_a_word_file_keeps_paragraphs_headings_and_tables_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("ซ่อมถังน้ำ ตอนที่ ๓", 0)
    document.add_paragraph("คุณแดง\tมาแล้ว")
    paragraph = document.add_paragraph()
    paragraph.add_run("คุณดำ").bold = True
    paragraph.add_run(" ได้")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "คุณแดง"
    table.rows[0].cells[1].text = "ใครซ่อม\nเมื่อไร"
    path = tmp_path / "เวที.docx"
    document.save(str(path))

    (forum,) = read(path, known=NOBODY, today=TODAY)

    assert (forum.title, forum.part) == ("ซ่อมถังน้ำ ตอนที่ ๓", 3)
    assert said(forum) == [
        ("คุณแดง", "มาแล้ว"),
        ("คุณดำ", "ได้"),
        ("คุณแดง", "ใครซ่อม\nเมื่อไร"),
    ]


def test_a_table_inside_a_table_is_no_turn_and_is_told(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("คุณแดง: มาแล้ว")
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "คุณดำ: ครับ"
    cell.add_table(rows=1, cols=1).rows[0].cells[0].text = "หมายเหตุข้างกล่อง"
    path = tmp_path / "เวที.docx"
    document.save(str(path))

    (forum,) = read(path, known=NOBODY, today=TODAY)

    assert counts(forum) == {"คุณแดง": 1, "คุณดำ": 1}
    assert [(one.kind, one.text) for one in forum.dropped] == [("box", "หมายเหตุข้างกล่อง")]
    assert "หมายเหตุข้างกล่อง" in str(forum.findings[-1])


def test_a_saved_page_gives_its_talk_and_names_what_was_around_it() -> None:
    forum = sample("page.html")

    assert (forum.title, forum.part) == ("ซ่อมถังน้ำ ตอนที่ ๓", 3)
    assert said(forum) == [
        ("คุณอรชร", "ถังเก่ารั่วสองใบ"),
        ("คุณสมาน", "ได้"),
        ("คุณอรชร", "ใครจะซ่อม"),
    ]
    assert {(one.kind, one.text) for one in forum.dropped} == {
        ("menu", "หน้าแรก"),
        ("menu", "ติดต่อ"),
        ("comment", "คุณแขก : อ่านแล้วดีมาก"),
        ("menu", "สงวนสิทธิ์"),
    }


def test_a_page_keeps_blanks_that_do_not_break_and_lines_that_do(tmp_path: Path) -> None:
    page = "<html><body><div>คุณแดง&nbsp;&nbsp; มา<br>คุณดำ&nbsp;&nbsp; ครับ</div></body></html>"

    (forum,) = read(kept(tmp_path, page.encode(), "เวที.htm"), known=NOBODY, today=TODAY)

    assert said(forum) == [("คุณแดง", "มา"), ("คุณดำ", "ครับ")]


def test_a_page_of_endless_nesting_is_read_all_the_same(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 5_000 + "<p>คุณแดง: มา</p>"

    (forum,) = read(kept(tmp_path, page.encode(), "เวที.html"), known=NOBODY, today=TODAY)

    assert counts(forum) == {"คุณแดง": 1}


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", errors.EmptyTranscript),
        (b"\xef\xbb\xbf\r\n \t\n", errors.EmptyTranscript),
        ("\u00a0\n\u200b\n".encode(), errors.EmptyTranscript),
        (b"%PDF-1.7\n%\xe2\xe3", errors.NotReadableText),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), errors.NotReadableText),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), errors.NotReadableText),
        (b"\xff\xd8\xff\xe0" + bytes(100), errors.NotReadableText),
        (b"{\\rtf1\\ansi hello}", errors.NotReadableText),
        (bytes(range(256)) * 40, errors.NotReadableText),
        (b"\x00\x01\x02\x03" * 400, errors.NotReadableText),
        (b"PK\x03\x04 and then nothing", errors.DamagedDocument),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(
    tmp_path: Path, raw: bytes, refusal: type[StoreError]
) -> None:
    path = kept(tmp_path, raw)

    with pytest.raises(refusal) as refused:
        read(path, known=NOBODY, today=TODAY)

    assert "เวที.txt" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_packed_file_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "เวที.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "คุณแดง: มา")

    with pytest.raises(errors.NotReadableText):
        read(path, known=NOBODY, today=TODAY)


def test_a_small_file_that_unpacks_to_much_is_refused_before_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "เวที.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<w>" + b" " * (120 << 20))
    assert path.stat().st_size < origin.MEGABYTE

    with pytest.raises(errors.UnpacksTooLarge):
        read(path, known=NOBODY, today=TODAY)


def test_a_word_file_with_a_rotten_body_is_refused(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("คุณแดง: มา")
    whole = tmp_path / "whole.docx"
    document.save(str(whole))
    rotten = tmp_path / "เวที.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(rotten, "w") as packed:
        for name in source.namelist():
            body = b"<w:document" if name == "word/document.xml" else source.read(name)
            packed.writestr(name, body)

    with pytest.raises(errors.DamagedDocument):
        read(rotten, known=NOBODY, today=TODAY)


def test_a_file_of_200_megabytes_is_refused_by_its_size_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "เวที.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))

    with pytest.raises(errors.FileTooLarge) as refused:
        read(path, known=NOBODY, today=TODAY)

    assert "200 MB" in str(refused.value)


def test_a_line_of_ten_megabytes_is_refused_by_its_number(tmp_path: Path) -> None:
    path = kept(tmp_path, b"a: b\n" + b"x" * (10 << 20))

    with pytest.raises(errors.LineTooLong) as refused:
        read(path, known=NOBODY, today=TODAY)

    assert refused.value.facts["line"] == 2


def test_more_lines_than_a_forum_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.TooManyLines):
        read(kept(tmp_path, b"a\n" * 200_001), known=NOBODY, today=TODAY)


def test_what_is_no_plain_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    places = [tmp_path, tmp_path / "pipe", tmp_path / "device"]

    for place in places:
        with pytest.raises(errors.NotAFile):
            read(place, known=NOBODY, today=TODAY)


@pytest.mark.parametrize("name", ["ไม่มี.txt", "a\0b"])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises((NoSuchFile, errors.FileNotRead)):
        read(tmp_path / name, known=NOBODY, today=TODAY)


def test_word_and_page_readers_are_loaded_only_for_such_files() -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from store.transcripts import Known, read\n"
        f"read(Path({str(SAMPLES / 'padded.txt')!r}), known=Known(), today=date(2026, 1, 1))\n"
        "print(sorted({'docx', 'lxml', 'selectolax', 'tinydb'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
