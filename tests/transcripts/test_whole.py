"""Whatever a file holds: no line gets lost, only refusals are raised, no line is slow."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.errors import StoreError
from store.transcripts import Proposal, read, read_text
from store.transcripts.letters import letters
from store.transcripts.lines import BLANKS, numbered

from .reads import NOBODY, SAMPLES, TODAY, known

PIECES = st.sampled_from([
    "คุณแดง", "อ.ดำ", "พิธีกร", "คุณอำนวย", "ประธาน", "นายชัย  ดี", "แดง", " ", "  ",
    "\u00a0\u00a0 ", "\t", ":", " : ",
    "：", "\n", "\n\n", "\r\n", "ได้", "กล่าวว่า", "มติที่ประชุม", "ผู้มาประชุม", "ผู้ไม่มาประชุม", "๑.\t",
    "2) ", "ส่วนที่ 1",
    "ระเบียบวาระที่ ๑", "วันที่ 5 มิ.ย. 66", "เวลา 09:30 น.", "22:31 ", "2024/01/15 จันทร์", "[LINE] ",
    "สติกเกอร์",
    "สิ่งที่คาดหวัง", "- จุดอ่อน : ", "บทเรียน", "ตำบลบ้านใหม่", "ผู้จดรายงานการประชุม", "(นางนภา สุขใจ)",
    "รายงานการประชุม",
    "บันทึกนี้เขียนที่ GotoKnow", "00:01.000 --> 00:02.000", "WEBVTT", "<v แดง>", "ผู้พูด\tคำพูด", ".",
    "พอช.", "\ufffd",
    "\u200b", "แทน", "32 ม.ค. 66", "ตอนที่ ๖", "ติดต่อ", "-----", "\x0b", "\u2028", "AAR ของ ",
    "ลงชื่อ....", "เริ่มประชุมเวลา",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join)


def proposals(text: str) -> tuple[Proposal, ...]:
    try:
        return read_text(text, "ทดลอง.txt", known=known("คุณแดง", "ป้าใบ"), today=TODAY)
    except StoreError as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - every refusal is one sentence
        return ()


def held(proposal: Proposal) -> str:
    """Everything that a proposal has taken over from the text, without blanks and colons."""
    noted = (*proposal.head, *proposal.headings, *proposal.decisions, *proposal.not_understood)
    return bare(
        "\n".join(
            [
                *(
                    one.said_at_text + one.label + one.told_with + one.text
                    for one in proposal.spoken
                ),
                *(one.text for one in noted),
                *(one.text for one in proposal.dropped),
                "มติที่ประชุม มติการประชุม มติเวที ที่ประชุมมีมติ" if proposal.decisions else "",
                *(
                    f"{one.heading}คือ{one.text}\n{one.heading}{one.text}"
                    for one in proposal.answers
                ),
                *(str(one.all_facts["text"]) for one in proposal.findings),
                proposal.title,
            ]
        )
    )


def bare(text: str) -> str:
    return "".join(one for one in text if one not in BLANKS + ":：-–")


def pieces(line: str) -> list[str]:
    """The words of a line, cut at blanks; bullets, numbers and tags are not counted."""
    line = re.sub("</?v[^>]*>", " ", line)
    words = re.split(f"[{BLANKS}:：–-]", line)
    return [word for word in words if any(one.isalpha() for one in word)]


def check(text: str, found: tuple[Proposal, ...]) -> None:
    lines = {one.number: one for one in numbered(text) if not one.is_blank}
    used = [number for one in found for number in one.uses]
    assert sorted(used) == sorted(lines)
    for one in found:
        everything = held(one)
        for number, use in one.uses.items():
            if use not in ("attendance", "role"):
                missing = [word for word in pieces(lines[number].text) if word not in everything]
                assert not missing, (number, use)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("คุณแดง:\nมา")
@example("คุณแดง  กล่าวว่า")
@example("มติที่ประชุม คุณแดง")
@example("คุณแดง: มา\nAAR ของ คุณดำ\nสิ่งที่คาดหวัง")
@example("รายงานการประชุม\nผู้มาประชุม\nมติที่ประชุม")
def test_no_line_of_any_text_gets_lost(text: str) -> None:
    found = proposals(text)

    if found:
        check(text.removeprefix("\ufeff"), found)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_no_line_of_a_sample_gets_lost(path: Path) -> None:
    text = letters(path.read_bytes(), path.name)

    check(text, read(path, known=NOBODY, today=TODAY))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xfe\xff")
@example(b"\xa1\xa1:\xa1")
@example(b"PK\x03\x04")
@example(b"<html><body><p>a: b<!-- ")
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(raw)

    try:
        found = read(path, known=NOBODY, today=TODAY)
    except StoreError as refused:
        assert str(refused)  # noqa: PT017 - a refusal is the other good end
    else:
        assert found


@pytest.mark.parametrize(
    "piece",
    [
        " ", "\u00a0", "\t", "a", "ก", "กล่าว", "กล่าวว่า ", "คุณ", ":",
        ": ", "(", "((แทน ", "1.", "1.1", "๑ ", "-", "= ", "12 ม.ค. ",
        "9.30-", "ตอนที่ ", "ผู้มาประชุม ", "แทน ", "[LINE] ", "<v a", "ครั้งที่ 1/", "ก็ได้", "1 - ",
        "ว่า",
    ],
)  # fmt: skip
def test_no_long_line_takes_long(piece: str) -> None:
    line = (piece * 100_000)[:99_000]
    places = [
        "{0}",
        "คุณแดง: {0}",
        "คุณแดง  {0}",
        "รายงานการประชุม\nผู้มาประชุม\n๑. {0}\nเลิกประชุมเวลา {0}",
    ]
    text = "\n".join(place.format(line) for place in places) + "\nคุณแดง: จบ"

    begun = time.process_time()
    proposals(text)

    assert time.process_time() - begun < 5
