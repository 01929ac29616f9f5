"""Lines end between words: as a reader of Thai expects, and with nothing lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kmtui.thai.letters import clusters
from kmtui.thai.lines import clipped, cut, wrapped
from tests.thai.letters import NEVER_FIRST, NEVER_LAST, THAI

TOP: Final = Path(__file__).parents[2]
FORUM: Final = TOP.parent / "shared" / "field" / "forum-part-6.txt"


def texts() -> list[str]:
    """The manual's Thai pages and the demo."""
    files = [
        *sorted((TOP / "docs" / "manual" / "th").glob("*.md")),
        *sorted((TOP / "kmtui" / "demo").glob("*.txt")),
    ]
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


@pytest.mark.parametrize("width", range(20, 81))
def test_no_line_of_real_text_begins_or_ends_where_a_word_does_not(width: int) -> None:
    assert [fault for text in texts() for fault in faults(wrapped, text, width)] == []


@pytest.mark.skipif(not FORUM.exists(), reason="the founding forum is not beside the project")
@pytest.mark.parametrize("width", range(20, 81))
def test_no_line_of_the_founding_forum_begins_or_ends_inside_a_word(width: int) -> None:
    assert faults(wrapped, FORUM.read_text(encoding="utf-8"), width) == []


def by_letters(text: str, width: int) -> list[str]:
    """Breaks that a program which knows no Thai makes: by code point."""
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def without_last(text: str, width: int) -> list[str]:
    """Loses a letter of a long paragraph."""
    return wrapped(text[:-1] if len(text) > width else text, width)


def too_wide(text: str, width: int) -> list[str]:
    return wrapped(text, width + 1)


def _hanging(text: str, width: int, moved: Callable[[str, str], int]) -> list[str]:
    """Lines of which each hands letters on to the next."""
    made = wrapped(text, width - 1)
    for at in range(len(made) - 1):
        count = moved(made[at], made[at + 1])
        made[at], made[at + 1] = made[at] + made[at + 1][:count], made[at + 1][count:]
    return made


def before_vowels(text: str, width: int) -> list[str]:
    """Takes the consonant of น้ำ, นะ, มา and leaves the vowel to the next line."""
    return _hanging(text, width, lambda _one, two: int(two[1:2] in tuple("ะา")))


def after_vowels(text: str, width: int) -> list[str]:
    """Takes เ of เรา."""
    return _hanging(text, width, lambda _one, two: int(two[:1] in tuple("เแโใไ")))


@pytest.mark.parametrize(
    "broken", [by_letters, without_last, too_wide, before_vowels, after_vowels]
)
def test_the_check_of_real_text_catches_a_broken_breaker(
    broken: Callable[[str, int], list[str]],
) -> None:
    assert [fault for text in texts() for fault in faults(broken, text, 40)]


def chains(text: str) -> Iterator[str]:
    """Pieces of a text that no line may be broken inside of: found letter by letter."""
    piece = ""
    for letter in text:
        before = piece.rstrip(" ")[-1:]
        stays = (
            NEVER_FIRST.match(letter)
            or letter == " "
            or NEVER_LAST.match(piece[-1:])
            or "\u00a0" in (letter, piece[-1:])
            or (letter in ")”" and piece[-1:] != letter)
            or (before in tuple("(“เแโใไ") and before != letter)
        )
        if piece and not stays:
            yield piece
            piece = ""
        piece += letter
    yield piece


@settings(max_examples=400, deadline=None)
@given(THAI, st.integers(min_value=2, max_value=60))
@example("จริง ๆ แล้วก็ดี ๆ ทั้งนั้น", 8)
@example("11111111 ฯ", 8)
@example("ิ111111111", 8)
@example("กาาาาาาาาาาาา", 5)
@example("((((((((((", 4)
@example("\u00a0 ็1", 2)
@example("  ็1", 2)
@example("1ำำ", 2)
def test_every_letter_is_kept_and_no_line_is_wider_than_it_may_be(text: str, width: int) -> None:
    made = wrapped(text, width)

    assert "".join("".join(made).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in made)
    assert not any(unicodedata.category(line[0]) == "Mn" for line in made[1:] if line)


@settings(max_examples=400, deadline=None)
@given(THAI, st.integers(min_value=8, max_value=60))
@example("11111111 ฯ", 8)
@example("เพราะฉะนั้น(เรา)จึงไป เ", 8)
@example("11เ 11111", 8)
@example("1111111 )", 8)
@example("กกกกกกก   ๆ", 9)
def test_no_line_is_broken_where_a_letter_belongs_to_the_next(text: str, width: int) -> None:
    together = list(chains(text))
    assume(all(cell_len(piece.rstrip(" ")) <= width for piece in together))

    made = wrapped(text, width)

    for before, after in pairwise(made):
        assert not NEVER_FIRST.match(after)
        assert not NEVER_LAST.match(before[-1:])
        assert not after.startswith((")", "”")) or before.endswith(after[0])
        assert not before.endswith(("(", "“")) or after.startswith(before[-1])


def test_a_cut_text_ends_at_a_whole_letter_with_an_ellipsis() -> None:
    for width in range(1, 15):
        kept = cut("ผู้ใหญ่บ้านนำประชุมที่ศาลา", width)
        assert cell_len(kept) <= width
        assert kept.endswith("…")
        assert "ผู้ใหญ่บ้านนำประชุมที่ศาลา".startswith(kept[:-1])
        assert kept[:-1] in ("", *_prefixes("ผู้ใหญ่บ้านนำประชุมที่ศาลา"))


@pytest.mark.parametrize("text", ["น้ำไหล", "จ้าาาาาาาาาาาาา", "----------", "กก"])
@pytest.mark.parametrize("width", range(9))
def test_a_cut_text_is_never_wider_than_its_cells(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cell_len(clipped(text, width)) == width


def test_a_letter_written_without_end_is_cut_where_the_cells_end() -> None:
    assert cut("จ้าาาาาาาาาาาาา", 6) == "จ้าาาา…"


def _prefixes(text: str) -> set[str]:
    parts = clusters(text)
    return {"".join(parts[:end]) for end in range(len(parts) + 1)}
