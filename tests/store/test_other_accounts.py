"""What other accounts of the machine can read: nothing, unless somebody shared it on purpose."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.edits import Add
from store.notebook import Notebook
from store.records import Person, RecordId

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _wide_umask() -> Iterator[None]:
    """As on most machines: what is made can be read by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def written(folder: Path) -> Notebook:
    notebook = Notebook.open(folder)
    notebook.save(Add(Person(id=RecordId(""), name="คุณนก")))
    return notebook


def test_a_new_notebook_is_closed_to_other_accounts(tmp_path: Path) -> None:
    written(tmp_path / "notebook").close()

    assert mode(tmp_path / "notebook") == 0o700


def test_a_folder_that_was_shared_on_purpose_stays_shared(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o770)

    written(folder).close()

    assert mode(folder) == 0o770
    assert mode(folder / "log" / "open.jsonl") & 0o040


def test_a_backup_is_read_by_its_owner_alone_and_what_is_made_of_it_too(tmp_path: Path) -> None:
    with written(tmp_path / "notebook") as notebook:
        notebook.backup(tmp_path / "backup.zip")

    Notebook.restore(tmp_path / "backup.zip", tmp_path / "again")

    assert mode(tmp_path / "backup.zip") == 0o600
    assert mode(tmp_path / "again") == 0o700


def test_the_usual_folder_of_an_earlier_version_is_closed_and_a_named_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kmtui.commands.folders import folder_named

    monkeypatch.delenv("KMTUI_NOTEBOOK", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_words, **_how: tmp_path)
    usual, named = tmp_path / "notebook", tmp_path / "named"
    for one in (usual, named):
        one.mkdir()
        one.chmod(0o755)

    found = folder_named(None), folder_named(named)

    assert found == (usual, named)
    assert (mode(usual), mode(named)) == (0o700, 0o755)
