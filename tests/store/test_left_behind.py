"""What a kill or a refusal leaves behind stops nobody, and is taken away."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import files
from store.errors import DiskRefused, StoreError
from store.files import PASSING, Disk
from store.notebook import Notebook
from tests.store.meeting import Team, forum, titles


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def parts_below(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if PASSING.fullmatch(path.name)]


def test_what_a_kill_left_half_written_is_taken_away_when_the_view_is_kept(team: Team) -> None:
    book, stick = team.laptop("nok"), team.stick()
    forum(book, "เวทีน้ำ", *("คำ" for _ in range(450)))
    book.meet(stick)
    places = [book.folder, book.folder / "log" / book.laptop, stick / f"kmtui-{book.laptop}"]
    places.append(book.folder / "view")
    places[-1].mkdir(exist_ok=True)
    for place in places:
        (place / ".chg-x.jsonl.0123abcd.part").write_bytes(b"half")
    (stick / ".notes.0123abcd.part").write_bytes(b"somebody else's")
    forum(book, "เวทีป่า", *("คำ" for _ in range(450)))

    book.idle()
    book.meet(stick)

    assert parts_below(book.folder) == []
    assert parts_below(stick) == [".notes.0123abcd.part"]


def test_a_half_written_backup_of_the_same_name_is_taken_away(team: Team, tmp_path: Path) -> None:
    book = team.laptop("nok")
    forum(book, "เวทีน้ำ")
    (tmp_path / ".b.kmtui.0123abcd.part").write_bytes(b"half")
    (tmp_path / ".other.kmtui.0123abcd.part").write_bytes(b"half")

    book.backup(tmp_path / "b.kmtui")

    assert parts_below(tmp_path) == [".other.kmtui.0123abcd.part"]


def test_a_disk_that_refuses_at_closing_takes_nothing_back(team: Team) -> None:
    refuses = [False]

    def replace(source: Path, target: Path) -> None:
        if refuses[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        source.replace(target)

    book = team.laptop("nok", disk=Disk(replace=replace))
    forum(book, "เวทีน้ำ", *("คำ" for _ in range(450)))
    refuses[0] = True

    book.close()

    assert titles(team.laptop("nok")) == {"เวทีน้ำ"}


def test_whatever_goes_wrong_with_the_lists_at_closing_is_no_refusal_of_the_save(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = team.laptop("nok")
    forum(book, "เวทีน้ำ", *("คำ" for _ in range(450)))

    def refused(*_what: object, **_how: object) -> None:
        raise DiskRefused(where="view", reason="Input/output error")

    monkeypatch.setattr(Notebook, "_keep_view", refused)
    book.close()
    monkeypatch.undo()

    assert titles(team.laptop("nok")) == {"เวทีน้ำ"}


@pytest.mark.parametrize("step", range(6))
def test_a_restore_that_was_refused_at_any_step_can_be_made_again_in_the_same_place(
    team: Team, tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = team.laptop("nok")
    forum(book, "เวทีน้ำ")
    book.meet(team.stick())
    forum(book, "เวทีป่า")
    book.backup(tmp_path / "b.kmtui")
    count = itertools.count()
    stock = files.write_new

    def write_new(*args: object, **how: object) -> None:
        if next(count) == step:
            raise DiskRefused(where="new", reason="Input/output error")
        stock(*args, **how)  # type: ignore[arg-type]

    for module in ("store.restoring", "store.device"):
        monkeypatch.setattr(f"{module}.write_new", write_new)
    new = tmp_path / "new"
    try:
        Notebook.restore(tmp_path / "b.kmtui", new)
    except StoreError:
        refused = True
    else:
        refused = False
    monkeypatch.undo()

    if refused:
        Notebook.restore(tmp_path / "b.kmtui", new)

    assert refused is (step < 5)
    with Notebook.open(new) as made:
        assert titles(made) == {"เวทีน้ำ", "เวทีป่า"}
