"""The small files beside the change lines: whatever stands in them, the notebook opens."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from store.carrier import folders
from store.changes import copies
from store.notebook import Notebook
from tests.store.conftest import BANGKOK
from tests.store.meeting import Team, forum, titles

DEEP = b"[" * 60_000
ODD = {
    "deep": DEEP,
    "list": b"[1, 2]",
    "nothing": b"",
    "null": b"null",
    "no text": b"\xff\xfe\x00",
    "half of a letter": b'{"fmt":"kmtui-notebook","v":1,"dev":"aaaaaaaaaa","owner":"\\ud800",'
    b'"folders":[["/a\\ud800","x"]],"last_line":"\\ud800"}',
    "large": b'{"owner":"' + b"x" * 5_000_000 + b'"}',
    "a number of many digits": b'{"v":' + b"9" * 6_000 + b"}",
}
FILES = ["device.json", "carriers.json", "holder.json", "aside.json", "view/mark.json"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("odd", ODD)
def test_a_damaged_small_file_keeps_no_notebook_shut(tmp_path: Path, name: str, odd: str) -> None:
    team = Team(tmp_path)
    nok, stick = team.laptop("nok"), team.stick()
    forum(nok, "เวทีนก")
    nok.meet(stick)
    folder = nok.folder
    team.close()
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(ODD[odd])

    with Notebook.open(folder) as again:
        found = titles(again)
        folders.used(folder)
        folders.remember(folder, stick, datetime(2026, 1, 1, 12, tzinfo=BANGKOK), "")
        again.owner.encode()

    assert found == {"เวทีนก"}
    assert next(one.folder for one in folders.used(folder)) == stick


def test_copies_of_bad_files_end_at_a_total(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)

    assert copies.has_room(tmp_path, 1)
    assert not copies.has_room(tmp_path, copies.LARGEST)
