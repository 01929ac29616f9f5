"""A sealed file that rots here: it is told, and what is known of it is kept anew."""

from __future__ import annotations

import errno
import itertools
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from store.changes import archive as archives
from store.edits import Change
from store.errors import BackupLacks, StoreError
from store.files import CannotRead, Disk, read_plain
from store.notebook import Notebook
from store.records import RecordId
from tests.store.conftest import said
from tests.store.meeting import Team, forum, titles, told


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def sealed(team: Team) -> tuple[Notebook, RecordId, Path]:
    """A notebook whose one sealed file is in its lists, with a forum of three turns."""
    book = team.laptop("nok")
    session = forum(book, "เวทีน้ำ", "หนึ่ง", "สอง", "สาม")
    book.save(Change(session, {"place": "วัดป่า"}))
    book.meet(team.stick("first"))
    book.verify(rebuild=True)
    path = min((book.folder / "log" / book.laptop).glob("*.jsonl"))
    return book, session, path


def flip(path: Path, words: str) -> None:
    """Another letter in the line that holds these words."""
    raw = path.read_bytes()
    at = raw.index(words.encode())
    path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])


def opened_again(team: Team, book: Notebook) -> Notebook:
    book.close()
    return team.laptop("nok")


def test_a_rotten_own_file_is_kept_anew_and_reaches_the_stick(team: Team) -> None:
    book, session, path = sealed(team)
    flip(path, "เวทีน้ำ")
    book = opened_again(team, book)
    stick, other = team.stick(), team.laptop("other")

    met = book.meet(stick)
    other.meet(stick)

    assert "kept_anew" in told(met)
    assert met.safe
    assert titles(other) == titles(book) == {"เวทีน้ำ"}
    assert said(other, session) == ["หนึ่ง", "สอง", "สาม"]
    assert other.session(session).session.place == "วัดป่า"
    assert not path.exists()
    assert list((book.folder / "damaged").glob(f"*{path.name}"))
    assert "kept_anew" not in told(book.meet(stick))


def test_others_wait_for_no_file_that_was_lost(team: Team) -> None:
    book, session, path = sealed(team)
    flip(path, "เวทีน้ำ")
    book = opened_again(team, book)
    stick, other = team.stick(), team.laptop("other")
    book.meet(stick)
    other.meet(stick)
    forum(book, "เวทีป่า")
    book.meet(stick)
    other.meet(stick)

    book.meet(stick)

    assert [one.name for one in book.receipts(session).lacking] == []
    assert titles(other) == {"เวทีน้ำ", "เวทีป่า"}


def test_a_whole_copy_in_the_folder_mends_the_file_itself(team: Team) -> None:
    book, session, path = sealed(team)
    whole = path.read_bytes()
    flip(path, "สอง")
    book = opened_again(team, book)

    met = book.meet(team.folder / "first")

    assert path.read_bytes() == whole
    assert "kept_anew" not in told(met)
    assert said(book, session) == ["หนึ่ง", "สอง", "สาม"]


def test_a_file_that_cannot_be_read_at_all_is_kept_anew_from_the_lists(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, session, path = sealed(team)

    def bad_sector(file: Path, limit: int) -> bytes:
        if file == path:
            raise CannotRead(where=str(file), reason="Input/output error")
        return read_plain(file, limit)

    monkeypatch.setattr("store.changes.archive.read_plain", bad_sector)
    book = opened_again(team, book)
    stick, other = team.stick(), team.laptop("other")

    met = book.meet(stick)
    other.meet(stick)

    assert "kept_anew" in told(met)
    assert said(other, session) == ["หนึ่ง", "สอง", "สาม"]
    assert other.session(session).session.title == "เวทีน้ำ"


def test_a_backup_holds_what_the_lists_still_held(team: Team, tmp_path: Path) -> None:
    book, session, path = sealed(team)
    flip(path, "เวทีน้ำ")
    book = opened_again(team, book)

    done = book.backup(tmp_path / "b.kmtui")
    Notebook.restore(tmp_path / "b.kmtui", tmp_path / "new")

    assert done["kept_anew"] == [f"log/{book.laptop}/{path.name}"]
    assert done["damaged"] == []
    with Notebook.open(tmp_path / "new") as new:
        assert titles(new) == {"เวทีน้ำ"}
        assert said(new, session) == ["หนึ่ง", "สอง", "สาม"]


def test_whoever_may_only_read_is_told_what_is_damaged_in_the_backup(
    team: Team, tmp_path: Path
) -> None:
    book, _session, path = sealed(team)
    flip(path, "เวทีน้ำ")
    reader = team.laptop("nok", read_only=True)

    done = reader.backup(tmp_path / "b.kmtui")

    assert done["damaged"] == [f"log/{book.laptop}/{path.name}"]
    assert reader.verify()["damaged"]


def test_verify_keeps_anew_and_finds_nothing_afterwards(team: Team) -> None:
    book, session, path = sealed(team)
    flip(path, "สอง")
    book = opened_again(team, book)

    first = book.verify(rebuild=True)
    again = book.verify(rebuild=True)

    assert first["kept_anew"] == [f"log/{book.laptop}/{path.name}"]
    assert again["kept_anew"] == again["damaged"] == []
    assert said(book, session) == ["หนึ่ง", "สอง", "สาม"]
    assert said(opened_again(team, book), session) == ["หนึ่ง", "สอง", "สาม"]


def test_no_number_of_a_lost_file_is_given_to_another(team: Team) -> None:
    book, _session, path = sealed(team)
    path.write_bytes(b"\0" * 200)
    book = opened_again(team, book)
    book.verify(rebuild=True)
    forum(book, "เวทีป่า")
    book.meet(team.stick())

    numbers = [one.name.split("-")[2] for one in (book.folder / "log" / book.laptop).iterdir()]

    assert path.name.split("-")[2] not in numbers


@pytest.mark.parametrize("step", range(8))
def test_a_refusal_at_any_step_of_keeping_anew_loses_nothing(team: Team, step: int) -> None:
    book, session, path = sealed(team)
    flip(path, "สอง")
    book.close()
    calls = itertools.count()

    def failing(source: Path, target: Path) -> None:
        if next(calls) == step:
            raise OSError(errno.ENOSPC, "No space left on device")
        source.replace(target)

    refused = team.laptop("nok", disk=Disk(replace=failing))
    with suppress(StoreError):
        refused.verify(rebuild=True)
    refused.close()

    book = team.laptop("nok")
    book.verify(rebuild=True)

    assert said(book, session) == ["หนึ่ง", "สอง", "สาม"]
    assert said(opened_again(team, book), session) == ["หนึ่ง", "สอง", "สาม"]


def test_a_backup_that_lacks_a_shown_forum_is_not_kept(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = team.laptop("nok")
    forum(book, "เวทีน้ำ")
    monkeypatch.setattr(type(book._ledger), "open_lines_now", lambda _ledger: [])

    with pytest.raises(BackupLacks):
        book.backup(tmp_path / "b.kmtui")

    assert not (tmp_path / "b.kmtui").exists()


def test_a_backup_beside_a_seal_misses_nothing(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = team.laptop("nok")
    forum(book, "เวทีน้ำ", "หนึ่ง")
    reader = team.laptop("nok", read_only=True)
    every_name = archives.Archive.every_name
    sealed_now: list[bool] = []

    def seal_meanwhile(archive: archives.Archive) -> list[str]:
        if archive is reader._ledger.archive and not sealed_now:
            sealed_now.append(True)
            book.meet(team.stick())
            forum(book, "เวทีป่า")
        return every_name(archive)

    monkeypatch.setattr(archives.Archive, "every_name", seal_meanwhile)
    reader.backup(tmp_path / "b.kmtui")
    monkeypatch.undo()
    Notebook.restore(tmp_path / "b.kmtui", tmp_path / "new")

    with Notebook.open(tmp_path / "new") as new:
        assert "เวทีน้ำ" in titles(new)


def test_who_opens_for_reading_beside_a_seal_misses_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = team.laptop("nok")
    forum(book, "เวทีน้ำ", "หนึ่ง")
    every_name = archives.Archive.every_name
    sealed_now: list[bool] = []

    def seal_meanwhile(archive: archives.Archive) -> list[str]:
        if archive is not book._ledger.archive and not sealed_now:
            sealed_now.append(True)
            book.meet(team.stick())
        return every_name(archive)

    monkeypatch.setattr(archives.Archive, "every_name", seal_meanwhile)

    reader = team.laptop("nok", read_only=True)

    assert sealed_now
    assert titles(reader) == {"เวทีน้ำ"}
