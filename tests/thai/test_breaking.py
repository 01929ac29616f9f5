"""Lines end between words: as a reader of Thai expects, and with nothing lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kmtui.thai import dictionary
from kmtui.thai.letters import clusters
from kmtui.thai.lines import cut, wrapped
from kmtui.thai.words import breaks, words_in
from tests.test_layers import fresh

TOP: Final = Path(__file__).parents[2]
FORUM: Final = TOP.parent / "shared" / "field" / "forum-part-6.txt"
NEVER_FIRST: Final = re.compile("[\u0e31-\u0e3a\u0e30\u0e32\u0e33\u0e45-\u0e4eฯ]")
NEVER_LAST: Final = re.compile("[เแโใไ]")
THAI: Final = st.text(
    alphabet=st.sampled_from("กขคนมรลวสหอยบดตทำะาิีึืุูัเแโใไ่้็์ๆฯ .()“”12๑A\u00a0"), max_size=80
)


@pytest.fixture(autouse=True)
def _same_names() -> Iterator[None]:
    """No names but the field's own, before and after."""
    dictionary.keep_whole(())
    yield
    dictionary.keep_whole(())


def texts() -> list[str]:
    """The manual's Thai pages, the demo, and the founding forum where it is there."""
    files = [
        *sorted((TOP / "docs" / "manual" / "th").glob("*.md")),
        *sorted((TOP / "kmtui" / "demo").glob("*.txt")),
    ]
    files += [FORUM] if FORUM.exists() else []
    assert len(files) > 5
    return [path.read_text(encoding="utf-8") for path in files]


def faults(break_it: Callable[[str, int], list[str]], text: str, width: int) -> list[str]:
    """What a reader would stumble over."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        made = break_it(paragraph, width)
        if "".join("".join(made).split()) != "".join(paragraph.replace("\t", " ").split()):
            found.append(f"lost: {paragraph!r}")
        found += [f"wide: {line!r}" for line in made if cell_len(line) > width]
        found += [f"first: {line!r}" for line in made[1:] if NEVER_FIRST.match(line)]
        found += [f"last: {line!r}" for line in made[:-1] if NEVER_LAST.match(line[-1:])]
    return found


@pytest.mark.parametrize("width", [20, 27, 33, 40, 50, 60, 71, 80])
def test_no_line_of_real_text_begins_or_ends_where_a_word_does_not(width: int) -> None:
    assert [fault for text in texts() for fault in faults(wrapped, text, width)] == []


def by_letters(text: str, width: int) -> list[str]:
    """Breaks that a program which knows no Thai makes: by code point."""
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def without_last(text: str, width: int) -> list[str]:
    """Loses a letter of a long paragraph."""
    return wrapped(text[:-1] if len(text) > width else text, width)


def too_wide(text: str, width: int) -> list[str]:
    return wrapped(text, width + 1)


@pytest.mark.parametrize("broken", [by_letters, without_last, too_wide])
def test_the_check_of_real_text_catches_a_broken_breaker(
    broken: Callable[[str, int], list[str]],
) -> None:
    assert [fault for text in texts() for fault in faults(broken, text, 40)]


@settings(max_examples=400, deadline=None)
@given(THAI, st.integers(min_value=8, max_value=60))
@example("จริง ๆ แล้วก็ดี ๆ ทั้งนั้น", 8)
@example("11111111 ฯ", 8)
def test_every_letter_is_kept_and_no_line_is_wider_than_it_may_be(text: str, width: int) -> None:
    made = wrapped(text, width)

    assert "".join("".join(made).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in made if len(clusters(line)) > 1)
    for line in made[1:]:
        assert not line or unicodedata.category(line[0]) != "Mn"


@settings(max_examples=400, deadline=None)
@given(THAI)
def test_words_put_together_are_the_text(text: str) -> None:
    assert "".join(words_in(text)) == text


@settings(max_examples=400, deadline=None)
@given(THAI.filter(lambda text: text != "" and not re.search(r"[^\S\u00a0]", text)))
def test_breaks_rise_to_the_end_and_tear_no_letter(run: str) -> None:
    found = breaks(run)

    assert list(found) == sorted(set(found))
    assert found[-1] == len(run)
    for end in found[:-1]:
        assert not NEVER_FIRST.match(run[end])
        assert not NEVER_LAST.match(run[end - 1])
        assert "\u00a0" not in (run[end], run[end - 1])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("บอกว่าอีกรอบถูกลบ", "บอก|ว่า|อีก|รอบ|ถูก|ลบ"),
        ("เป็นคุณอำนวยมากกว่านี้", "เป็น|คุณอำนวย|มากกว่า|นี้"),
        ("พอช.และ ธ.ก.ส. ร่วมกัน", "พอช.|และ |ธ.ก.ส. |ร่วมกัน"),
        ("เวลา 08.30น. ถึง 12.00 น.", "เวลา |08.30น. |ถึง |12.00 |น."),
        ("วันที่ 12/5/2568 (มวล.)", "วันที่ |12/5/2568 |(มวล.)"),
        ("จริง ๆ แล้ว ฯลฯ", "จริง ๆ |แล้ว ฯลฯ"),
        ("ทำงานใน KM บ้าง", "ทำงาน|ใน |KM |บ้าง"),
        ("น้ำหนัก\u00a05\u00a0กก. พอดี", "น้ำหนัก\u00a05\u00a0กก. |พอดี"),
    ],
)
def test_words_are_those_of_a_reader(text: str, parts: str) -> None:
    assert words_in(text) == parts.split("|")


def test_names_of_the_notebook_stay_whole_from_then_on() -> None:
    sentence = "ถามคุณบุญล้อมลมเย็นก่อน"
    assert "คุณบุญล้อมลมเย็น" not in words_in(sentence)

    dictionary.keep_whole(["คุณบุญล้อมลมเย็น"])

    assert words_in(sentence) == ["ถาม", "คุณบุญล้อมลมเย็น", "ก่อน"]


def test_a_cut_text_ends_at_a_whole_letter_with_an_ellipsis() -> None:
    for width in range(2, 15):
        kept = cut("ผู้ใหญ่บ้านนำประชุมที่ศาลา", width)
        assert cell_len(kept) <= width
        assert kept.endswith("…")
        assert "ผู้ใหญ่บ้านนำประชุมที่ศาลา".startswith(kept[:-1])
        assert kept[:-1] in ("", *_prefixes("ผู้ใหญ่บ้านนำประชุมที่ศาลา"))


def _prefixes(text: str) -> set[str]:
    parts = clusters(text)
    return {"".join(parts[:end]) for end in range(len(parts) + 1)}


def test_english_loads_no_dictionary() -> None:
    program = (
        "from kmtui.thai.lines import wrapped, cut\n"
        "from kmtui.thai import dictionary\n"
        "wrapped('Enter keeps the line, Esc leaves it as it was. ' * 9, 40)\n"
        "assert not dictionary.is_loaded()\n"
        "wrapped('ภาษาไทยไม่มีช่องไฟระหว่างคำเลยสักคำ', 10)\n"
        "assert dictionary.is_loaded()\n"
    )

    done = fresh(program)

    assert done.returncode == 0, done.stderr


def test_the_list_of_words_is_whole_and_says_whose_it_is() -> None:
    known = dictionary.words()

    assert len(known) > 60_000
    assert "CC0" in (dictionary.FILE.parent / "words_th.NOTICE.txt").read_text(encoding="utf-8")
