"""Find as you type, the order of names, and the digits that a person has chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui import words
from kmtui.sifting import Sieve
from kmtui.spoken_days import day_words
from store.names import name_sort_key
from store.text import loose_key, search_key

NAMES = ("กองทุนน้ำ", "ป่าชุมชน", "หมู่บ้านลมเย็น", "แผนแม่บท")


@pytest.fixture(autouse=True)
def _arabic() -> Iterator[None]:
    yield
    words.write_digits("arabic")
    words.speak("en")


def sieve(*names: str) -> Sieve[str]:
    return Sieve(names, map(search_key, names))


@pytest.mark.parametrize(
    ("typed", "exact", "near"),
    [
        ("", NAMES, ()),
        ("น้ำ", ["กองทุนน้ำ"], []),
        ("นํ้า", ["กองทุนน้ำ"], []),
        ("เเผน", ["แผนแม่บท"], []),
        ("น่ำ", [], ["กองทุนน้ำ"]),
        ("หมู บาน", [], ["หมู่บ้านลมเย็น"]),
        ("ชุมชน ป่า", ["ป่าชุมชน"], []),
        ("ฮฮ", [], []),
    ],
)
def test_what_holds_the_words_comes_first_and_slips_of_tones_below(
    typed: str, exact: object, near: object
) -> None:
    assert sieve(*NAMES).sift(typed) == (exact, near)


@given(st.lists(st.text("กขนมเแา้่ๆ 1", max_size=8), max_size=12), st.text("กขนมเแา้่ ", max_size=5))
def test_nothing_is_found_twice_or_lost(names: list[str], typed: str) -> None:
    found, near = sieve(*names).sift(typed)

    loose = [word for word in loose_key(typed).split(" ") if word]
    fitting = [one for one in names if all(word in loose_key(one) for word in loose)]
    assert len(found) + len(near) <= len(names)
    if loose:
        assert sorted([*found, *near]) == sorted(fitting)


def test_people_sort_by_given_name_whatever_their_title() -> None:
    people = ["อ.จำนง", "นางสาวเกศินี", "คุณภีม", "ผอ.กมล", "ดร.แก้ว", "คุณเกรียงไกร", "ลุงก้อน"]

    assert sorted(people, key=name_sort_key) == [
        "ผอ.กมล", "ลุงก้อน", "คุณเกรียงไกร", "นางสาวเกศินี", "ดร.แก้ว", "อ.จำนง", "คุณภีม",
    ]  # fmt: skip


def test_english_sorts_as_english_and_before_thai() -> None:
    assert sorted(["Zoe", "กมล", "anna", "Ben"], key=name_sort_key) == ["anna", "Ben", "Zoe", "กมล"]


def test_numbers_and_days_are_shown_in_the_digits_that_were_chosen() -> None:
    words.speak("th")
    assert (words.figure(12), day_words(date(2026, 11, 22))) == ("12", "อา. 22 พ.ย. 2569")

    words.write_digits("thai")

    assert (words.figure(12), day_words(date(2026, 11, 22))) == ("๑๒", "อา. ๒๒ พ.ย. ๒๕๖๙")
    assert day_words(date(2024, 2, 29), "long") == "วันพฤหัสบดีที่ ๒๙ กุมภาพันธ์ ๒๕๖๗"
