"""What no person made is refused by its shape, or read with work that grows as it does."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document

from store.errors import StoreError
from store.transcripts import errors
from store.transcripts.reading import read
from tests.transcripts.reads import NOBODY, TODAY
from tests.transcripts.test_files import kept

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str) -> bytes:
    """A Word file with this body."""
    stock, made = io.BytesIO(), io.BytesIO()
    Document().save(stock)
    with zipfile.ZipFile(stock) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            written = f'<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>'
            file.writestr(name, written if name == "word/document.xml" else parts.read(name))
    return made.getvalue()


def cell(span: int) -> str:
    words = "<w:p><w:r><w:t>คุณแดง: มา</w:t></w:r></w:p>"
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{words}</w:tc>'


def calls(folder: Path, name: str, raw: bytes) -> int:
    """How many functions were called while a file was read; refused or not."""
    path, met = kept(folder, raw, name), 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal met
        met += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read(path, known=NOBODY, today=TODAY)
    except StoreError:
        pass
    finally:
        sys.setprofile(None)
    return met


@pytest.mark.parametrize("spans", [[100_000_000], [1_000] * 30])
def test_a_table_that_says_to_be_endlessly_wide_is_refused(
    tmp_path: Path, spans: list[int]
) -> None:
    rows = "".join(f"<w:tr>{cell(span)}</w:tr>" for span in spans)

    with pytest.raises(errors.TooIntricate) as refusal:
        read(kept(tmp_path, word(f"<w:tbl>{rows}</w:tbl>"), "เวที.docx"), known=NOBODY, today=TODAY)

    assert "columns" in str(refusal.value)


PAGES = {
    "nested": "<div>" * 10_500,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(200)) + ">",
    "words in a tag": "<p " + "a " * 3_000 + ">",
    "tags": "<b>x</b>" * 150_001,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_no_person_made_is_refused_before_it_is_parsed(
    tmp_path: Path, name: str
) -> None:
    page = f"<html><body>{PAGES[name]}<p>คุณแดง: มา</p>"

    with pytest.raises(errors.TooIntricate):
        read(kept(tmp_path, page.encode(), "เวที.html"), known=NOBODY, today=TODAY)


LONG = {
    "comments.html": lambda n: "<body>" + "<div class=comment>ก</div>" * n,
    "menus.html": lambda n: "<body>" + "<nav>ก</nav>" * n,
    "menus-in-menus.html": lambda n: "<body>" + "<nav>ก" * n,
    "comments-in-comments.html": lambda n: "<body>" + "<div class=comment>ก" * n,
    "blanks.txt": lambda n: ("ก" + " " * 90 + "\n") * n,
    "turns.txt": lambda n: "คุณแดง: มา\n" * n,
}


@pytest.mark.parametrize("name", LONG)
def test_twice_as_much_is_no_more_than_twice_the_work(tmp_path: Path, name: str) -> None:
    once, twice = (calls(tmp_path, name, LONG[name](many).encode()) for many in (400, 800))

    assert twice < 2.6 * once


def test_every_style_of_a_word_file_is_looked_up_once(tmp_path: Path) -> None:
    once, twice = (calls(tmp_path, "ว่าง.docx", word("<w:p/>" * many)) for many in (300, 600))

    assert twice - once < 300 * 120
