"""`kmtui conflicts` and `kmtui settle`: what two laptops wrote apart, and who decides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.calling import Caller

ANGRY = "[กดที่นี่](http://example.org) <img src=x onerror=alert(1)>\n# หัวข้อ\n1. www.example.org"


@pytest.fixture
def two(tmp_path: Path, kmtui: Caller, forum: str) -> tuple[Caller, Caller, str]:
    """Two laptops that both hold the forum."""
    other = Caller(tmp_path / "other")
    meet(tmp_path / "stick", kmtui, other)
    return kmtui, other, forum


def meet(stick: Path, *callers: Caller) -> None:
    stick.mkdir(exist_ok=True)
    for caller in (*callers, *callers):
        assert caller("sync", stick, "--accept").code == 0


@pytest.fixture
def apart(two: tuple[Caller, Caller, str], tmp_path: Path) -> tuple[Caller, Caller, str]:
    """The place of the forum, written differently on both."""
    kmtui, other, forum = two
    kmtui.json("edit", forum, "place=ศาลา")
    other.json("edit", forum, "place=วัด")
    meet(tmp_path / "stick", kmtui, other)
    return two


def test_both_values_are_listed_with_who_when_and_laptop(
    apart: tuple[Caller, Caller, str],
) -> None:
    kmtui, other, forum = apart

    (found,) = kmtui.json("conflicts")

    assert (found["record"], found["kind"], found["field"]) == (forum, "session", "place")
    assert found["title"] == "เวทีบ้านดอน"
    assert set(found["shown"]) >= {"value", "who", "time", "laptop", "id"}
    assert {found["shown"]["value"], *(one["value"] for one in found["others"])} == {"ศาลา", "วัด"}
    assert len({found["shown"]["laptop_id"], *(one["laptop_id"] for one in found["others"])}) == 2
    assert other.json("conflicts") == [found]
    lines = kmtui("conflicts").out.splitlines()
    assert lines[0].startswith("Forum “เวทีบ้านดอน”: Place")
    assert {line.split()[1] for line in lines[1:3]} == {"ศาลา", "วัด"}


def test_nothing_to_settle_is_said(kmtui: Caller, forum: str, tmp_path: Path) -> None:
    assert kmtui.json("conflicts") == []
    assert kmtui("conflicts", "--page", tmp_path / "page.md").err == "Nothing to settle.\n"
    assert not (tmp_path / "page.md").exists()
    assert forum


def test_a_number_an_id_or_a_new_value_settles_it_and_undo_opens_it_again(
    apart: tuple[Caller, Caller, str],
) -> None:
    kmtui, _other, forum = apart
    wanted = kmtui.json("conflicts")[0]["others"][0]
    place = "--take=2", f"--take={wanted['id']}", "--value=โรงเรียน"
    for choice, value in zip(place, (wanted["value"], wanted["value"], "โรงเรียน"), strict=True):
        choice_now = choice
        if len(choice) > 20:
            choice_now = f"--take={kmtui.json('conflicts')[0]['others'][0]['id']}"

        settled = kmtui.json("settle", forum, "place", choice_now)

        assert (settled["record"]["place"], settled["conflicts"]) == (value, 0)
        assert kmtui.json("conflicts") == []
        kmtui.json("undo")
        assert kmtui.json("conflicts")[0]["others"][0]["value"] == wanted["value"]


def test_both_texts_and_lines_that_fit_together_are_taken_when_asked_for(
    two: tuple[Caller, Caller, str], tmp_path: Path
) -> None:
    kmtui, other, forum = two
    (turn, second) = [one["id"] for one in kmtui.json("list", "turns", "--session", forum)]
    kmtui.json("edit", turn, "text=หนึ่ง\nสอง\nสาม")
    meet(tmp_path / "stick", kmtui, other)
    for caller, words, more in ((kmtui, "1\nสอง\nสาม", "ก"), (other, "หนึ่ง\nสอง\n3", "ข")):
        caller.json("edit", turn, f"text={words}")
        caller.json("edit", second, f"text={more}")
    meet(tmp_path / "stick", kmtui, other)

    lines = kmtui.json("settle", turn, "text", "--lines")
    both = kmtui.json("settle", second, "text", "--both")

    assert lines["record"]["text"] == "1\nสอง\n3"
    assert sorted(both["record"]["text"].split("\n")) == ["ก", "ข"]
    assert both["conflicts"] == 0


def test_deleted_here_and_edited_there_is_listed_and_decided(
    two: tuple[Caller, Caller, str], tmp_path: Path
) -> None:
    kmtui, other, forum = two
    turn = kmtui.json("list", "turns", "--session", forum)[0]["id"]
    kmtui.json("delete", turn)
    other.json("edit", turn, "text=น้ำไม่มา")
    meet(tmp_path / "stick", kmtui, other)
    (found,) = kmtui.json("conflicts")
    assert (found["field"], found["shown"]["value"]) == ("deleted", False)
    assert "stays" in kmtui("conflicts").out

    refused = kmtui("settle", turn, "deleted", "--value=yes", "--json")
    settled = kmtui.json("settle", turn, "deleted", "--take=2")

    assert refused.error["kind"] == "bad_value"
    assert settled["record"]["marks"] == ["deleted"]
    assert kmtui.json("conflicts") == []


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (("title", "--take=1"), 1, "no_conflict"),
        (("place", "--take=3"), 1, "not_a_side"),
        (("place", "--take=01ARZ3NDEKTSV4RRFFQ69G5FAV"), 1, "not_a_side"),
        (("place", "--lines"), 1, "no_offer"),
        (("place",), 2, "usage"),
        (("place", "--take=1", "--both"), 2, "usage"),
    ],
)
def test_a_choice_that_is_none_is_refused(
    apart: tuple[Caller, Caller, str], words: tuple[str, ...], code: int, kind: str
) -> None:
    kmtui, _other, forum = apart
    before = kmtui.json("conflicts")

    called = kmtui("settle", forum, *words, "--json")

    assert called.code == code
    assert called.error["kind"] == kind
    assert kmtui.json("conflicts") == before


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_page_can_be_settled_with_a_pen(
    apart: tuple[Caller, Caller, str], tmp_path: Path, lang: str
) -> None:
    kmtui, _other, forum = apart
    file = tmp_path / "page.md"

    called = kmtui("conflicts", "--page", file, "--lang", lang)

    assert called.code == 0
    assert str(file) in called.err
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.count("☐") == 3
    assert "> ศาลา" in text
    assert "> วัด" in text
    assert f"kmtui settle {forum} place --take 2" in text
    assert ("2026" in text) == (lang == "en")


def test_a_page_is_never_written_over_a_file(
    apart: tuple[Caller, Caller, str], tmp_path: Path
) -> None:
    kmtui, _other, _forum = apart
    file = tmp_path / "page.md"
    file.write_text("ของเดิม", encoding="utf-8")

    called = kmtui("conflicts", "--page", file)

    assert called.code == 1
    assert file.read_text(encoding="utf-8") == "ของเดิม"


def test_what_people_typed_runs_nothing_on_the_page(
    two: tuple[Caller, Caller, str], tmp_path: Path
) -> None:
    kmtui, other, forum = two
    turn = kmtui.json("list", "turns", "--session", forum)[0]["id"]
    kmtui.json("edit", turn, f"text={ANGRY}")
    other.json("edit", turn, "text=![x](y) `z`\n- [ ] ไม่ใช่\nน\x1bม\u202e a@b.co ftp://b")
    meet(tmp_path / "stick", kmtui, other)

    kmtui("conflicts", "--page", tmp_path / "page.md")

    quoted = [
        line
        for line in (tmp_path / "page.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("> ")
    ]
    text = "\n".join(quoted)
    assert len(quoted) == 6
    assert re.findall(r"(?<!\\)[<\[\]`!@#*_]|[a-z]://|(?<!\\)www\.", text) == []
    assert not any(re.match(r"> \s*([-+#]|\d+[.)])", line) for line in quoted)
    assert not {"\x1b", "\u202e"} & set(text)


def test_a_forum_deleted_here_while_it_was_written_in_there_is_told_and_settled(
    two: tuple[Caller, Caller, str], tmp_path: Path
) -> None:
    kmtui, other, forum = two
    assert kmtui("delete", forum).code == 0
    turn = other.json("list", "turns", "--session", forum)[0]["id"]
    other.json("edit", turn, "text=ซ่อมก่อนหน้าฝน")
    meet(tmp_path / "stick", kmtui, other)

    (found,) = kmtui.json("conflicts")

    assert (found["record"], found["field"], found["shown"]["value"]) == (forum, "deleted", True)
    assert found["inside"] == 1
    lines = kmtui("conflicts").out.splitlines()
    assert lines[0] == "Forum “เวทีบ้านดอน”: stays or goes"
    assert lines[1].startswith("  1  stays in the trash")
    assert lines[2].startswith("  2  comes back, with ")
    assert kmtui("settle", forum, "deleted", "--take", "2").code == 0
    assert kmtui.json("conflicts") == []
    assert [one["id"] for one in kmtui.json("list", "sessions")] == [forum]
