"""Keeping one choice leaves the rest of the file as a person wrote it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.settings import FILE, Settings, SettingsNotKept, _with, keep

WRITTEN = (
    '# ของป้าศรี\ntheme = "kmtui-light"   # แดดจ้า\n\nlanguage = "th"\n\n[later]\nsara_am_apart = 1\n'
)


def test_a_choice_is_kept_and_read_again(tmp_path: Path) -> None:
    keep(tmp_path, "sara_am_apart", True)

    assert Settings.read(tmp_path).sara_am_apart
    assert (tmp_path / FILE).read_text(encoding="utf-8") == "sara_am_apart = true\n"


def test_every_other_line_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(WRITTEN, encoding="utf-8")

    keep(tmp_path, "sara_am_apart", True)

    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert text.replace("sara_am_apart = true\n", "") == WRITTEN
    assert Settings.read(tmp_path).theme == "kmtui-light"


def test_a_line_that_is_there_is_changed_where_it_stands_with_its_comment(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(WRITTEN, encoding="utf-8")

    keep(tmp_path, "theme", "kmtui-dark")

    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert text == WRITTEN.replace('"kmtui-light"', '"kmtui-dark"')


def test_lines_that_end_as_on_windows_go_on_doing_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'theme = "kmtui-dark"\r\n# \xe0\xb8\x81')

    keep(tmp_path, "sara_am_apart", False)
    keep(tmp_path, "sara_am_apart", True)

    kept = (tmp_path / FILE).read_bytes()
    assert kept == b'theme = "kmtui-dark"\r\n# \xe0\xb8\x81\r\nsara_am_apart = true\r\n'


@pytest.mark.parametrize(
    "damaged",
    [b"theme = ", b"\xff\xfe", b"x = 1\n" * 20_000, b'note = """\nsara_am_apart = false\n"""\n'],
)
def test_a_file_that_cannot_be_understood_is_not_touched(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / FILE).write_bytes(damaged)

    with pytest.raises(SettingsNotKept):
        keep(tmp_path, "sara_am_apart", True)

    assert (tmp_path / FILE).read_bytes() == damaged
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_keeping_what_is_kept_writes_nothing(tmp_path: Path) -> None:
    keep(tmp_path, "sara_am_apart", True)
    before = (tmp_path / FILE).stat().st_ino

    keep(tmp_path, "sara_am_apart", True)

    assert (tmp_path / FILE).stat().st_ino == before


@given(
    st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.booleans(), max_size=5),
    st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
    st.one_of(st.booleans(), st.text(st.characters(min_codepoint=32, exclude_characters="\x7f"))),
)
def test_any_choice_among_any_others_is_read_as_it_was_kept(
    others: dict[str, bool], name: str, value: bool | str
) -> None:
    text = "".join(f"{key} = {str(one).lower()}  # {key}\n" for key, one in others.items())

    kept = _with(text, name, value)

    assert tomllib.loads(kept) == others | {name: value}
    assert _with(kept, name, value) == kept or "#" in str(value)
