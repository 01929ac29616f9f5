"""A view of another version is made again, told so, and never misread."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kmtui.notices import notice_words
from store.listing import ListRow
from store.notebook import Notebook
from store.readings import Notice
from store.records import Session
from store.view.shape import shape
from tests.kept_view import VIEWS, make

EARLIER = sorted(VIEWS.iterdir())
"""Small notebooks as earlier versions left them, one for each shape that was released."""


@pytest.fixture(autouse=True)
def _shape_is_asked_anew() -> Iterator[None]:
    shape.cache_clear()
    yield
    shape.cache_clear()


@pytest.fixture(params=EARLIER, ids=lambda folder: str(folder.name))
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param, tmp_path / "notebook"))


def kinds(notices: tuple[Notice, ...]) -> list[str]:
    return [one.kind for one in notices]


def test_a_notebook_of_an_earlier_shape_opens_with_everything_in_it(earlier: Path) -> None:
    with Notebook.open(earlier) as book:
        (row,) = book.sessions()
        (action,) = book.outcomes()

        assert (row.title, row.recorders, row.turns) == ("เวทีน้ำประปา", ("ลุงต้อม",), 1)
        assert book.search("น้ำไม่ไหล")
        assert action.owner == book.people()[0].id
        assert kinds(book.notices) == ["view_renewed"]
    with Notebook.open(earlier) as again:
        assert kinds(again.notices) == []


def test_whoever_only_reads_an_earlier_shape_is_not_told_each_time(earlier: Path) -> None:
    with Notebook.open(earlier, read_only=True) as book:
        assert [row.title for row in book.sessions()] == ["เวทีน้ำประปา"]
        assert kinds(book.notices) == []


@pytest.mark.parametrize("of", [Session, ListRow])
def test_one_more_field_is_another_shape_and_no_damage(
    earlier: Path, of: type[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    Notebook.open(earlier).close()
    before = shape()
    monkeypatch.setitem(of.__annotations__, "weather", "str")
    shape.cache_clear()

    with Notebook.open(earlier) as book:
        assert shape() != before
        assert kinds(book.notices) == ["view_renewed"]
        assert [row.title for row in book.sessions()] == ["เวทีน้ำประปา"]


def test_a_damaged_view_is_still_called_damaged(earlier: Path) -> None:
    Notebook.open(earlier).close()
    mark = earlier / "view" / "mark.json"
    told = json.loads(mark.read_bytes())
    mark.write_text(json.dumps(told | {"stamps": {"people": [1, 1]}}), encoding="utf-8")

    with Notebook.open(earlier) as book:
        assert kinds(book.notices) == ["view_rebuilt"]


def test_what_is_kept_at_a_release_is_whole(tmp_path: Path) -> None:
    make(tmp_path / "1.0")

    with Notebook.open(tmp_path / "1.0") as book:
        assert [row.turns for row in book.sessions()] == [1]
        assert kinds(book.notices) == []
    assert (tmp_path / "1.0" / "view" / "mark.json").exists()


def test_made_anew_and_damaged_are_two_sentences() -> None:
    renewed, rebuilt = (notice_words(Notice(kind=f"view_{one}")) for one in ("renewed", "rebuilt"))

    assert "damaged" in rebuilt
    assert "damaged" not in renewed
