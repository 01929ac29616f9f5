"""Laptops meet in a folder: what is new goes out, what others left comes in, nothing is lost."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.carrier.errors import CarrierIsNotebook, NoSuchCarrier, NotACarrier
from store.clock import local_now
from store.edits import Add, Change, Delete
from store.errors import NotebookReadOnly, NothingToUndo
from store.notebook import Notebook
from store.records import Session, Turn
from store.view.list_rows import ListRows
from tests.store.conftest import said
from tests.store.meeting import Team, content_of, files_of, forum, titles, told


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def test_what_one_laptop_wrote_is_on_the_other_after_both_have_met(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวทีน้ำ", "หนึ่ง", "สอง")

    sent = nok.meet(stick)
    received = daeng.meet(stick)

    assert (sent.sent.changes, sent.safe) == (3, True)
    assert (received.received.changes, received.received.sessions) == (3, 1)
    assert said(daeng, session) == ["หนึ่ง", "สอง"]
    assert received.held == ()
    assert received.removed == 0


def test_a_meeting_with_nothing_new_writes_nothing(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "เวทีน้ำ", "หนึ่ง")
    for book in (nok, daeng, nok, daeng):
        book.meet(stick)
    before = content_of(stick)

    met = [book.meet(stick) for book in (nok, daeng, nok, daeng)]

    assert content_of(stick) == before
    assert {(one.sent.segments, one.received.segments) for one in met} == {(0, 0)}
    assert all(one.safe for one in met)


def test_three_laptops_over_two_sticks_hold_the_same(team: Team) -> None:
    nok, daeng, ploy = team.laptop("nok"), team.laptop("daeng"), team.laptop("ploy")
    first, second = team.stick("first"), team.stick("second")
    session = forum(nok, "เวทีนก", "หนึ่ง")
    forum(ploy, "เวทีพลอย")

    nok.meet(first)
    daeng.meet(first)
    daeng.meet(second)
    met = ploy.meet(second)
    daeng.meet(second)
    daeng.meet(first)
    nok.meet(first)

    assert titles(nok) == titles(daeng) == titles(ploy) == {"เวทีนก", "เวทีพลอย"}
    assert said(ploy, session) == ["หนึ่ง"]
    assert {one.name for one in met.laptops} == {"nok", "daeng", "ploy"}
    relayed = {path.name for path in files_of(second, daeng)}
    assert {path.name for path in files_of(first, nok)} & relayed


def test_what_is_passed_on_is_the_same_byte_for_byte(team: Team) -> None:
    nok, daeng = team.laptop("nok"), team.laptop("daeng")
    first, second = team.stick("first"), team.stick("second")
    forum(nok, "เวทีนก")
    nok.meet(first)
    (file,) = [path for path in files_of(first, nok) if "000001" in path.name]

    daeng.meet(first)
    daeng.meet(second)

    passed_on = second / f"kmtui-{daeng.laptop}" / file.name
    assert passed_on.read_bytes() == file.read_bytes()


def test_nothing_of_another_laptops_is_written_moved_or_deleted(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "เวทีนก")
    nok.meet(stick)
    (stick / "letter.txt").write_text("x", encoding="utf-8")
    (stick / "kmtui-zzz").mkdir()
    (stick / "kmtui-zzz" / "broken.jsonl").write_bytes(b'{"fmt":"kmtui-changes"')
    before = content_of(stick)

    daeng.meet(stick)
    daeng.save(Add(Session(title="เวทีแดง")))
    daeng.meet(stick)

    after = content_of(stick)
    assert {name: after[name] for name in before} == before
    own = f"kmtui-{daeng.laptop}/"
    assert all(name.startswith(own) for name in after.keys() - before.keys())


def test_a_folder_from_which_everything_was_deleted_is_filled_again(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "เวทีนก")
    nok.meet(stick)
    daeng.meet(stick)
    for inside in stick.iterdir():
        shutil.rmtree(inside)

    met = daeng.meet(stick)

    assert met.removed == 0
    assert titles(daeng) == {"เวทีนก"}
    assert titles_after_meeting(team, "ploy", stick) == {"เวทีนก"}


def titles_after_meeting(team: Team, name: str, stick: Path) -> set[str]:
    book = team.laptop(name)
    book.meet(stick)
    return titles(book)


def test_a_new_folder_is_made_and_an_empty_one_is_no_trouble(team: Team) -> None:
    nok, new = team.laptop("nok"), team.stick() / "kmtui"

    met = nok.meet(new)

    assert met.safe
    assert new.is_dir()
    assert met.received.segments == 0
    assert nok.meet(new).warnings == ()


def test_a_folder_that_is_not_there_is_told_in_a_sentence(team: Team) -> None:
    nok = team.laptop("nok")
    file = team.folder / "letter.txt"
    file.write_text("x", encoding="utf-8")

    with pytest.raises(NoSuchCarrier, match="stick"):
        nok.meet(team.folder / "media" / "stick")
    with pytest.raises(NotACarrier):
        nok.meet(file)

    assert not (team.folder / "media").exists()
    assert nok.carriers() == ()


@pytest.mark.parametrize("place", [".", "log", "..", "../daeng", "../daeng/log/x"])
def test_a_notebook_is_no_place_to_meet_in(team: Team, place: str) -> None:
    nok = team.laptop("nok")
    team.laptop("daeng")

    with pytest.raises(CarrierIsNotebook):
        nok.meet(nok.folder / place)


def test_a_folder_with_things_of_other_programs_is_a_meeting_place_too(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    (stick / "device.json").write_text('{"name": "camera"}', encoding="utf-8")
    (stick / "lost+found").mkdir(mode=0)

    met = nok.meet(stick)

    assert met.safe
    assert met.held == ()


def test_a_dry_run_says_the_same_and_writes_nothing(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "เวทีนก", "หนึ่ง")
    nok.meet(stick)
    forum(daeng, "เวทีแดง")
    before = content_of(team.folder)

    would = daeng.meet(stick, dry_run=True)

    assert content_of(team.folder) == before
    did = daeng.meet(stick)
    assert would.received == did.received
    assert would.joined == did.joined
    assert would.sent.changes == did.sent.changes == 1
    assert (would.safe, would.dry_run) == (False, True)


def test_a_dry_run_needs_no_pen_and_a_meeting_does(team: Team) -> None:
    forum(team.laptop("nok"), "เวทีนก")
    reader = team.laptop("nok", read_only=True)

    assert reader.meet(team.stick(), dry_run=True).sent.changes == 1
    with pytest.raises(NotebookReadOnly):
        reader.meet(team.stick())


def test_notebooks_started_apart_join_and_it_is_said_whose_came_in(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "หนึ่ง")
    forum(nok, "สอง")
    nok.meet(stick)
    forum(daeng, "สาม")

    first = daeng.meet(stick, dry_run=True)
    second = daeng.meet(stick)
    third = nok.meet(stick)

    assert [(one.name, one.sessions) for one in first.joined] == [("nok", 2)]
    assert second.joined == first.joined
    assert third.joined == ()  # it has met us already, and says so
    assert titles(nok) == {"หนึ่ง", "สอง", "สาม"}


def test_what_was_changed_here_and_there_is_counted_and_both_stand(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session, other = forum(nok, "เวที"), forum(nok, "อีกเวที")
    for book in (nok, daeng, nok):
        book.meet(stick)
    nok.save(Change(session, {"title": "เวทีนก"}))
    daeng.save(Change(session, {"title": "เวทีแดง"}))
    daeng.save(Change(other, {"place": "ศาลา"}))

    nok.meet(stick)
    at_daeng = daeng.meet(stick)
    at_nok = nok.meet(stick)

    assert (at_daeng.received.on_both, at_nok.received.on_both) == (1, 1)
    assert at_daeng.conflicts == at_nok.conflicts == 1
    assert nok.record(session).marks == daeng.record(session).marks == {"conflict"}
    assert titles(nok) == titles(daeng)


def test_changes_one_after_the_other_are_no_conflict(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวที", "หนึ่ง")
    for book in (nok, daeng, nok):
        book.meet(stick)
    turn = next(nok.turns(session))

    daeng.save(Change(turn.id, {"text": "หนึ่ง แก้แล้ว"}))
    daeng.meet(stick)
    met = nok.meet(stick)

    assert met.conflicts == 0
    assert met.received.on_both == 0
    assert said(nok, session) == ["หนึ่ง แก้แล้ว"]


def test_a_turn_with_two_values_is_counted_also_after_opening_again(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวที", "หนึ่ง")
    for book in (nok, daeng, nok):
        book.meet(stick)
    turn = next(nok.turns(session))
    nok.save(Change(turn.id, {"text": "ก"}))
    daeng.save(Change(turn.id, {"text": "ข"}))
    nok.meet(stick)
    daeng.meet(stick)

    counted = [nok.meet(stick).conflicts]
    nok.close()
    again = team.laptop("nok")
    counted.append(again.meet(stick).conflicts)
    again.verify(rebuild=True)
    counted.append(again.meet(stick).conflicts)

    assert counted == [1, 1, 1]


def test_a_deletion_does_not_travel_over_an_edit_that_it_has_not_seen(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวที", "หนึ่ง")
    for book in (nok, daeng, nok):
        book.meet(stick)
    daeng.save(Add(Turn(session=session, text="สอง", place=9)))
    daeng.save(Change(session, {"place": "ศาลา"}))

    nok.save(Delete(session))
    met = [book.meet(stick) for book in (nok, daeng, nok)]

    assert [one.conflicts for one in met] == [0, 1, 1]
    assert titles(nok) == titles(daeng) == {"เวที"}
    assert said(nok, session) == ["หนึ่ง", "สอง"]
    assert "edited_after_delete" in nok.record(session).marks


def test_what_laptops_tell_of_themselves_cannot_be_undone_and_is_no_change(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวที")
    nok.meet(stick)
    daeng.meet(stick)

    with pytest.raises(NothingToUndo):
        daeng.undo()
    nok.undo(past_meeting=True)

    assert "deleted" in nok.record(session).marks
    assert {kind.partition("/")[0] for kind in daeng._forums.short_ids()} == {"session"}
    assert daeng.verify()["differs"] is False


def test_folders_that_were_used_are_remembered_the_last_one_first(team: Team) -> None:
    nok, first, second = team.laptop("nok"), team.stick("first"), team.stick("second")

    for stick in (first, second, first):
        nok.meet(stick)
    shutil.rmtree(second)

    assert [(one.folder, one.there) for one in nok.carriers()] == [(first, True), (second, False)]
    assert all(one.last and one.last.tzinfo for one in nok.carriers())


def test_stopping_leaves_everything_whole_and_the_next_meeting_does_the_rest(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    sessions = []
    for number in range(6):
        sessions.append(forum(nok, f"เวที {number}", "ก"))
        nok.meet(stick)
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    daeng = team.laptop("daeng")
    forum(daeng, "ของแดง")
    met = daeng.meet(stick, stop=stop)
    some = titles(daeng)
    rest = daeng.meet(stick)

    assert (met.stopped, met.safe) == (True, False)
    assert 0 < met.received.sessions < 6
    assert len(some) == met.received.sessions + 1
    assert met.received.sessions + rest.received.sessions == 6
    assert len(titles(daeng)) == 7
    assert daeng.verify()["differs"] is False


def test_progress_is_told_and_ends_at_the_whole(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "เวที", *("คำ" * 50 for _ in range(20)))
    nok.meet(stick)
    heard: list[tuple[int, int]] = []

    daeng.meet(stick, progress=lambda done, of: heard.append((done, of)))

    assert heard
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1] > 1_000


@pytest.mark.parametrize("stops", [False, True])
def test_very_much_is_written_at_once_and_may_be_stopped_in_the_middle(
    team: Team, monkeypatch: pytest.MonkeyPatch, stops: bool
) -> None:
    monkeypatch.setattr("store.view.forums._FAR", 10)
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    for number in range(5):
        forum(nok, f"เวที {number}", "ก", "ข")
    nok.meet(stick)
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return stops and asked > 6

    met = daeng.meet(stick, stop=stop)
    written = (daeng.folder / "view" / "mark.json").exists()
    daeng.close()

    assert (met.stopped, written) == (stops, not stops)
    assert met.received.sessions == 5
    again = team.laptop("daeng")
    assert len(titles(again)) == 5
    assert again.verify()["differs"] is False
    assert again.meet(stick).safe


def test_forums_that_only_one_other_has_written_are_not_put_together_while_laptops_meet(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวที", "ก")
    for number in range(5):
        forum(nok, f"เวที {number}", "ก", "ข")
    nok.meet(stick)
    made: list[str] = []
    renew = ListRows.renew

    def noted(rows: ListRows, letters: str, stamp: Any = None) -> Any:
        made.append(letters)
        return renew(rows, letters, stamp)

    monkeypatch.setattr(ListRows, "renew", noted)

    met = daeng.meet(stick)
    during = len(made)

    assert (met.received.sessions, during) == (6, 0)
    assert said(daeng, session) == ["ก"]
    assert len(titles(daeng)) == len(made) == 6


def _meet_often(folder: Path, stick: Path, name: str) -> None:
    with Notebook.open(folder) as book:
        for number in range(12):
            forum(book, f"{name} {number}", "ก", "ข")
            met = book.meet(stick)
            assert met.safe
            assert all(one.retry for one in met.held)


def test_two_processes_that_meet_in_one_folder_at_one_time_do_each_other_no_harm(
    team: Team,
) -> None:
    stick = team.stick()
    context = multiprocessing.get_context("spawn")
    running = [
        context.Process(target=_meet_often, args=(team.folder / name, stick, name))
        for name in ("nok", "daeng")
    ]

    for one in running:
        one.start()
    for one in running:
        one.join(60)

    assert [one.exitcode for one in running] == [0, 0]
    for name in ("nok", "daeng"):
        met = (book := team.laptop(name, now=local_now)).meet(stick)
        assert met.held == ()
        assert told(met) == []
        assert len(titles(book)) == 24
