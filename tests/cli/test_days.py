"""Days and digits on the command line: read in พ.ศ., said with the weekday, in chosen digits."""

from __future__ import annotations

import re

import pytest

from tests.cli.calling import Caller


@pytest.fixture
def thai(kmtui: Caller, forum: str) -> Caller:
    """The same notebook in Thai and in Thai digits."""
    assert forum
    (kmtui.notebook / "settings.toml").write_text('digits = "thai"\n', encoding="utf-8")
    return Caller(kmtui.notebook, lang="th")


def test_a_typed_day_is_said_with_its_weekday(kmtui: Caller, forum: str) -> None:
    called = kmtui("edit", forum, "date=29 ก.พ. 2567")

    assert "Thu 29 Feb 2024 (2567)" in called.err
    assert kmtui.json("show", forum)["record"]["date"] == "2024-02-29"


@pytest.mark.parametrize(("words", "kind"), [("17/5/69", "two_digit_year"), ("17/5", "no_year")])
def test_a_year_in_doubt_is_warned_of_where_nobody_can_be_asked(
    kmtui: Caller, forum: str, words: str, kind: str
) -> None:
    found = kmtui.json("edit", forum, f"date={words}")
    plain = kmtui("edit", forum, f"date={words}")

    assert [one["kind"] for one in found["warnings"]] == [kind]
    assert f"“{words}” is read as Sun 17 May 2026 (2569)" in plain.err


def test_a_year_that_was_written_whole_is_warned_of_by_nobody(kmtui: Caller, forum: str) -> None:
    assert "warnings" not in kmtui.json("edit", forum, "date=17/5/2569")


def test_a_day_that_no_calendar_has_changes_nothing(kmtui: Caller, forum: str) -> None:
    called = kmtui("edit", forum, "date=29 ก.พ. 2568")

    assert called.code == 1
    assert called.err.count("\n") == 1
    assert "no such day" in called.err
    assert kmtui.json("show", forum)["record"]["date"] == "2026-05-17"


def test_days_and_hours_of_a_forum_are_kept_and_said(kmtui: Caller) -> None:
    called = kmtui("log", "เวที", "--date=27-28ก.ย.2548 เวลา ๙.๓๐-๑๖.๐๐น.")

    assert "Tue 27 Sep 2005 (2548) – Wed 28 Sep 2005 (2548) 09:30–16:00" in called.out


def test_a_forum_is_told_with_its_day(kmtui: Caller, forum: str) -> None:
    called = kmtui("show", forum)

    assert "Sun 17 May 2026 (2569)" in called.out


def test_every_day_of_a_record_is_told_in_words(kmtui: Caller, forum: str) -> None:
    lesson = kmtui.json("list", "lessons")[0]["id"]
    kmtui.json("edit", lesson, "applied_on=1 มิ.ย. 2569")

    assert "Mon 1 Jun 2026 (2569)" in kmtui("show", lesson).out
    assert kmtui.json("show", lesson)["record"]["applied_on"] == "2026-06-01"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("list", "sessions"), "อา. ๑๗ พ.ค. ๒๕๖๙"),
        (("list", "sessions"), "๒ คำพูด ๑ บทเรียน"),
        (("show", "{forum}"), "อา. ๑๗ พ.ค. ๒๕๖๙"),
        (("edit", "{forum}", "date=18/5/2569"), "จ. ๑๘ พ.ค. ๒๕๖๙"),
    ],
)
def test_days_and_numbers_are_told_in_thai_digits(
    thai: Caller, forum: str, line: tuple[str, ...], told: str
) -> None:
    called = thai(*(word.format(forum=forum) for word in line))

    assert told in called.out + called.err


def test_what_was_typed_and_what_scripts_read_keep_their_digits(thai: Caller, forum: str) -> None:
    thai.json("edit", forum, "place=ศาลาหมู่ 3")

    assert "ศาลาหมู่ 3" in thai("show", forum).out
    assert not re.search("[๐-๙]", thai("list", "sessions", "--json").out)


def test_a_hit_is_told_apart_from_one_with_another_tone_mark(kmtui: Caller, forum: str) -> None:
    exact, slip = kmtui("search", "นํ้า").out, kmtui("search", "น่ำ").out

    assert "[น้ำ]มาช้า" in exact
    assert "≈" not in exact
    assert "≈ [น้ำ]มาช้า" in slip
    assert {one["exact"] for one in kmtui.json("search", "น่ำ")} == {False}


def test_every_word_that_was_looked_for_is_told_apart(kmtui: Caller, forum: str) -> None:
    (told,) = kmtui("search", "ช้า น้ำ").out.splitlines()

    assert told.endswith("[น้ำ]มา[ช้า]")


def test_days_of_a_list_are_told_where_their_year_was_guessed(kmtui: Caller, forum: str) -> None:
    kmtui.json("edit", forum, "date=17/5/2569")

    sure = kmtui("list", "sessions", "--from=16/5/2569", "--until=17/5/2569")
    unsure = kmtui("list", "sessions", "--from=16/5/69")

    assert (sure.out.count("\n"), sure.err) == (1, "")
    assert unsure.out == sure.out
    assert "16/5/69" in unsure.err
    assert "2569" in unsure.err


def test_a_hit_is_shown_in_whole_letters(kmtui: Caller, forum: str) -> None:
    assert "[น้ำ]มาช้า" in kmtui("search", "น").out


@pytest.mark.parametrize(("words", "near"), [("--speaker=คุณน่ก", "คุณนก"), ("--series=ชุดน่ำ", "ชุดน้ำ")])
def test_a_name_with_another_tone_mark_is_offered_and_not_taken(
    kmtui: Caller, forum: str, words: str, near: str
) -> None:
    called = kmtui("list", "turns" if "speaker" in words else "sessions", words)

    assert called.code == 1
    assert near in called.err


@pytest.mark.parametrize("words", ["--speaker=นก", "--speaker=พี่นก", "--speaker=คุณ นก\u200b"])
def test_a_name_is_found_in_any_spelling(kmtui: Caller, forum: str, words: str) -> None:
    found = kmtui.json("list", "turns", words)

    assert [one["text"] for one in found] == ["น้ำมาช้า"]


def test_people_are_listed_by_given_name(kmtui: Caller, forum: str) -> None:
    kmtui.json("log", "อีกเวที", "--say=ผศ.ดร.กมล: ได้", "--say=ลุงเกื้อ: ครับ", "--say=อาภรณ์: ค่ะ")

    names = [one["name"] for one in kmtui.json("list", "people")]

    assert names == ["ผศ.ดร.กมล", "ลุงเกื้อ", "คุณแดง", "คุณนก", "อาภรณ์"]
