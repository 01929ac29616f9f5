"""Keys of Thai text, and text that is safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from store.text import (
    arabic_digits,
    element,
    loose_key,
    normalised,
    search_key,
    search_key_with_places,
    shown,
    shown_line,
    sort_key,
    span_in_text,
    thai_digits,
)

THAI = st.text(st.sampled_from("กขคงนมสอหรลฤะัาำิีึืฺุูเแโใไๅๆฯ็่้๊๋์ํ๎๐๙09 \t\u00a0\u200b\u00adAbß"), max_size=30)
PAIRS = {
    "tone before the vowel above": ("พี่", "พ่ี"),
    "tone before the vowel below": ("ผู้", "ผู้"),
    "tone before mai han akat": ("ตั้ง", "ต้ัง"),
    "cancelling mark before the vowel": ("สิทธิ์", "สิทธ์ิ"),
    "split sara am": ("จำ", "จํา"),
    "split sara am, tone first": ("น้ำ", "น้ํา"),
    "split sara am, tone inside": ("น้ำ", "นํ้า"),
    "tone after sara am": ("ค่ำ", "คำ่"),
    "two sara e": ("แผน", "เเผน"),
    "a tone twice": ("ไม่", "ไม่่"),
    "a vowel twice": ("ดี", "ดีี"),
    "Thai digits": ("หมู่ 12", "หมู่ ๑๒"),
    "zero-width blank": ("กองทุน", "กอง\u200bทุน"),
    "no-break blanks": ("ทำ แผน", "ทำ\u00a0\u00a0แผน"),
    "blank before ๆ": ("ต่างๆ", "ต่าง ๆ"),
    "long tail of ฤ": ("ฤาษี", "ฤๅษี"),
    "small letters": ("km", "KM"),
    "soft hyphen and byte order mark": ("ออม", "\ufeffออ\u00adม"),
}


@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_two_ways_of_typing_the_same_have_one_key(one: str, other: str) -> None:
    assert one != other
    assert search_key(one) == search_key(other)


def test_words_that_differ_in_a_vowel_have_two_keys() -> None:
    assert search_key("ปี") != search_key("ปิ")
    assert loose_key("มา") != loose_key("มี")


def test_tones_are_forgiven_by_the_loose_key_only() -> None:
    assert search_key("หมู่บ้าน") != search_key("หมูบาน")
    assert loose_key("หมู่บ้าน") == loose_key("หมูบาน")


@given(st.text() | THAI)
@example("ุิฺ")
@example("ิํ้้า")
@example("\u0323์ุ")
def test_a_normalised_text_is_normal(text: str) -> None:
    once = normalised(text)

    assert normalised(once) == once


@given(THAI)
def test_a_search_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.text() | THAI)
def test_places_go_with_the_key_and_never_back(text: str) -> None:
    key, places = search_key_with_places(text)

    assert key == search_key(text)
    assert len(places) == len(key) + 1
    assert list(places) == sorted(places)
    assert places[-1] == len(text)


@given(THAI, st.data())
def test_a_stretch_of_the_key_is_found_in_the_text_as_typed(text: str, data: st.DataObject) -> None:
    key, places = search_key_with_places(text)
    assume(key)
    first = data.draw(st.integers(0, len(key) - 1))
    last = data.draw(st.integers(first + 1, len(key)))

    start, end = span_in_text(text, places, first, last)

    assert 0 <= start < end <= len(text)
    assert search_key(key[first:last]) in search_key(text[start:end])


def test_a_letter_that_is_two_in_the_key_is_one_in_the_text() -> None:
    text = "0ß\u200b"
    _, places = search_key_with_places(text)

    assert span_in_text(text, places, 2, 3) == (1, 2)


def test_a_hit_in_plain_text_is_exactly_what_was_typed() -> None:
    text = "เรื่องน้ำที่บ้านเรา"
    key, places = search_key_with_places(text)
    at = key.index("ที่บ้าน")

    start, end = span_in_text(text, places, at, at + len("ที่บ้าน"))

    assert text[start:end] == "ที่บ้าน"


def test_a_hit_over_a_zero_width_blank_covers_it() -> None:
    text = "ฝากกอง\u200bทุน  แล้ว"
    key, places = search_key_with_places(text)
    at = key.index("กองทุน")

    start, end = span_in_text(text, places, at, at + len("กองทุน"))

    assert text[start:end] == "กอง\u200bทุน"


def test_words_sort_as_in_a_thai_dictionary() -> None:
    words = ["ขา", "ไก่", "กา", "เกาะ", "ก้าน", "กาน", "แก", "ฮา", "กะ"]

    assert sorted(words, key=sort_key) == ["กะ", "กา", "กาน", "ก้าน", "เกาะ", "แก", "ไก่", "ขา", "ฮา"]


def test_part_nine_sorts_before_part_ten_in_either_digits() -> None:
    parts = ["ตอนที่ ๑๐", "ตอนที่ 9", "ตอนที่ ๖"]

    assert sorted(parts, key=sort_key) == ["ตอนที่ ๖", "ตอนที่ 9", "ตอนที่ ๑๐"]


def test_an_element_is_spelt_one_way() -> None:
    assert element("  นํ้า \u200b  ดื่ม ") == "น้ำ ดื่ม"
    assert element("ตำบล๓") == "ตำบล๓"


@given(st.integers(0, 10**12))
def test_digits_go_to_thai_and_back(number: int) -> None:
    assert arabic_digits(thai_digits(str(number))) == str(number)
    assert not set(thai_digits(str(number))) & set("0123456789")


DANGEROUS = (
    "\x1b\x07\r\x00\x85\x9b\x9d\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029\ue000\ud800\ufeff"
)


@given(st.text(st.characters() | st.sampled_from(DANGEROUS + "กี่\n\t")))
def test_nothing_that_steers_a_terminal_is_shown(text: str) -> None:
    told = shown(text)

    assert len(told) == len(text)
    for letter in told:
        category = unicodedata.category(letter)
        assert letter in "\n\t\u200b\u200c\u200d\u00ad" or category not in {
            "Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp",
        }  # fmt: skip


@pytest.mark.parametrize("letter", DANGEROUS)
def test_each_dangerous_letter_is_replaced(letter: str) -> None:
    assert shown(f"ก{letter}ข") == "ก\ufffdข"
    assert shown_line(f"ก{letter}ข") == "ก\ufffdข"


@given(st.text(st.sampled_from("กขผู้พี่ำเแๆฯ๕ ก\u200b\u00a0…“”-")))
def test_thai_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_a_line_has_one_blank_for_a_newline() -> None:
    assert shown("ก\nข\tค") == "ก\nข\tค"
    assert shown_line("ก\nข\tค") == "ก ข ค"
