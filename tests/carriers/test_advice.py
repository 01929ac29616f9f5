"""What the manual tells people to do with these programs, done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.meeting import Team, files_of, titles

from .apart import parted
from .carrying import Git, over_webdav
from .programs import SHARED, blocks, manual, needs, typed

pytestmark = pytest.mark.carriers
REFUSED = range(1, 256)
"""Exit codes of a program that did not do all of it."""


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def test_the_commands_are_the_same_in_every_language() -> None:
    assert blocks("th") == blocks("en") != []


@pytest.mark.parametrize("where", ["in the folder", "on the server"])
def test_half_a_file_that_rclone_left_is_deleted_by_hand_and_comes_whole(
    team: Team, tmp_path: Path, where: str
) -> None:
    with over_webdav(tmp_path) as rclone:
        apart = parted(team, rclone.folders, cloned=False)
        apart.nok.meet()
        typed(rclone.each_time, rclone.homes[0])
        place = {"in the folder": rclone.folders[1], "on the server": rclone.served}[where]
        (whole, *_) = files_of(rclone.folders[0], apart.nok.book)
        half = place / whole.relative_to(rclone.folders[0])
        half.parent.mkdir(exist_ok=True)
        half.write_bytes(whole.read_bytes()[:100])  # it was broken off
        apart.nok.write_forum("เวทีใหม่")
        apart.nok.meet()
        home = rclone.homes[1] if where == "in the folder" else rclone.homes[0]

        said = typed(rclone.each_time, home, right=REFUSED)
        held = apart.daeng.meet().held
        if where == "in the folder":
            half.unlink()
        else:
            (line,) = manual("rclone deletefile")
            typed(line.replace("NAME", half.relative_to(place).as_posix()), home)
        rclone.carry()

        assert "immutable file modified" in said
        assert half.name in said
        assert [(one.file, one.retry) for one in held] == (
            [(half.relative_to(place).as_posix(), True)] if where == "in the folder" else []
        )
        assert apart.daeng.meet().held == ()
        assert "เวทีใหม่" in titles(apart.daeng.book)


@pytest.mark.parametrize("attributes", [True, False], ids=["as the manual says", "forgotten"])
def test_gitattributes_keep_line_ends_and_forgotten_ones_cost_nothing(
    team: Team, tmp_path: Path, attributes: bool
) -> None:
    needs("git")
    git = Git(tmp_path, attributes=attributes)
    apart = parted(team, git.folders, cloned=False)
    apart.nok.write_forum("เวทีใหม่")
    apart.nok.meet()

    git.carry()
    met = apart.daeng.meet()
    git.carry()

    came = files_of(git.folders[1], apart.nok.book)
    assert came
    assert [b"\r\n" in file.read_bytes() for file in came] == [not attributes] * len(came)
    assert met.held == ()
    assert "เวทีใหม่" in titles(apart.daeng.book)
    assert typed(f"git -C ~/{SHARED} status --porcelain", git.homes[1]) == ""
