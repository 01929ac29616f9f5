"""The lines of a Word file, with headings, bold labels and tables in their order."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from store.errors import N_
from store.records import Source

from .errors import DamagedDocument, NotReadableText, TooIntricate, UnpacksTooLarge
from .lines import Line
from .origin import Origin
from .proposal import Dropped

if TYPE_CHECKING:
    from docx.table import _Row

MEGABYTE: Final = 1 << 20
LARGEST_UNPACKED: Final = 100 * MEGABYTE
LARGEST_WRITTEN: Final = 30 * MEGABYTE
"""Of the parts that are parsed; parsing takes some ten times that."""
MOST_PARTS: Final = 5_000
MOST_COLUMNS: Final = 20_000
"""That all cells of all tables say to cover together."""
Levels = dict[str | None, int]
"""By style of a paragraph the level of its heading."""
_HEADING: Final = re.compile(r"(?:heading|หัวเรื่อง) ?([1-9])", re.IGNORECASE)
_PARAGRAPH: Final = qn("w:p")
_SPAN: Final = qn("w:gridSpan")
_VALUE: Final = qn("w:val")
_BODY: Final = "word/document.xml"
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, OpcError, SyntaxError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, EOFError, OSError, RuntimeError, AssertionError,
)  # fmt: skip
"""What the readers of zip and XML raise on bytes that are not what they should be."""


def word_origin(raw: bytes, source: Source) -> Origin:
    """The text of a Word file, a line each paragraph and each row of a table (cells by tabs).

    Boxes beside the text, and what else does not stand in its flow, come last and are set apart.

    Raises:
        NotReadableText: It is packed, but no Word file.
        UnpacksTooLarge: Unpacked it would fill the memory.
        TooIntricate: Its tables are wider than a person makes them.
        DamagedDocument: It is a Word file in part only.
    """
    _check_parts(raw, source.name)
    try:
        document = Document(io.BytesIO(raw))
        check_spans(document, source.name)
        blocks = list(document.iter_inner_content())
        levels: Levels = {}
        found = [one for block in blocks for one in _lines(block, levels)]
        beside = _beside(document, blocks)
    except _DAMAGE as error:
        raise DamagedDocument(where=source.name) from error
    lines = tuple(
        Line(number, text, level, strong) for number, (text, level, strong) in enumerate(found, 1)
    )
    dropped = tuple(
        Dropped(line=number, text=text, kind="box")
        for number, text in enumerate(beside, len(lines) + 1)
    )
    return Origin(source, lines, dropped)


def _beside(document: WordDocument, blocks: list[Paragraph | Table]) -> list[str]:
    """Paragraphs that are in no block of the flow: text boxes, controls, tables in tables."""
    seen = {block._p for block in blocks if isinstance(block, Paragraph)}
    for block in blocks:
        if isinstance(block, Table):
            cells = (cell for row in block.rows for cell in row.cells)
            seen |= {paragraph._p for cell in cells for paragraph in cell.paragraphs}
    every = document.element.body.iter(_PARAGRAPH)
    texts = (" ".join(one.text.split()) for one in every if one not in seen)
    return list(dict.fromkeys(text for text in texts if text))


def _check_parts(raw: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
    except _DAMAGE as error:
        raise DamagedDocument(where=name) from error
    if _BODY not in {one.filename for one in parts}:
        raise NotReadableText(where=name, found="packed file")
    unpacked = sum(one.file_size for one in parts)
    written = sum(one.file_size for one in parts if one.filename.endswith((".xml", ".rels")))
    if unpacked > LARGEST_UNPACKED or written > LARGEST_WRITTEN or len(parts) > MOST_PARTS:
        raise UnpacksTooLarge(
            where=name, megabytes=unpacked // MEGABYTE, limit=LARGEST_UNPACKED // MEGABYTE
        )


def check_spans(document: WordDocument, where: str) -> None:
    """Refuse tables whose cells say to cover very many columns: each is counted out.

    Raises:
        TooIntricate
    """
    columns = 0
    for span in document.element.body.iter(_SPAN):
        columns += int(span.get(_VALUE, "1"))
        if columns > MOST_COLUMNS:
            what = N_("the columns that its cells cover")
            raise TooIntricate(where=where, what=what, count=columns, limit=MOST_COLUMNS)


def _lines(block: Paragraph | Table, levels: Levels) -> Iterator[tuple[str, int, int]]:
    if isinstance(block, Table):
        for row in block.rows:
            yield from ((text, 0, 0) for text in _row_lines(row))
        return
    strong = 0
    for run in block.runs:
        if not run.bold:
            break
        strong += len(run.text)
    level = _level(block, levels)
    for at, text in enumerate(re.split(r"[\n\r\v\f]", block.text)):
        yield text, level, strong if at == 0 and strong < len(text) else 0


def _level(paragraph: Paragraph, levels: Levels) -> int:
    """The level of its heading; a style is looked up once, among all styles of the document."""
    named = paragraph._p.style
    if named not in levels:
        levels[named] = _level_of(paragraph)
    return levels[named]


def _level_of(paragraph: Paragraph) -> int:
    style = paragraph.style.name if paragraph.style is not None else ""
    found = _HEADING.match(style or "")
    return int(found[1]) if found else 1 if style == "Title" else 0


def _row_lines(row: _Row) -> Iterator[str]:
    """One line a row; further paragraphs of the last cell continue it on lines of their own."""
    cells: list[str] = []
    seen: set[int] = set()
    for cell in row.cells:
        if id(cell._tc) not in seen:  # a merged cell comes once for each column it covers
            seen.add(id(cell._tc))
            cells.append(cell.text.strip("\n"))
    first, *further = re.split(r"[\n\r\v\f]", cells[-1]) if cells else [""]
    before = (re.sub(r"[\n\r\v\f\t]+", " ", cell) for cell in cells[:-1])
    yield "\t".join((*before, first))
    yield from further
