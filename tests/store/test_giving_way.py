"""Long work gives way: a save in its midst is kept, and stopping it leaves nothing half."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.breath import Stopped
from store.edits import Add
from store.errors import DiskFull, MetSince, NothingToUndo
from store.files import DISK, Disk
from store.notebook import Notebook
from store.records import RecordId, Session, Turn
from tests.store.conftest import said
from tests.store.meeting import Team, forum, titles

FILES = 4


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


@pytest.fixture
def stick(team: Team) -> Path:
    """What Nok's laptop left: several files of two forums each."""
    nok, place = team.laptop("nok"), team.stick()
    for number in range(FILES):
        forum(nok, f"เวทีน้ำ {number}", "หนึ่ง", "สอง")
        forum(nok, f"เวทีป่า {number}", "สาม")
        nok.meet(place)
    return place


class Midst:
    """Does something at every breath of a notebook's long work, and counts them."""

    def __init__(self, book: Notebook, work: Callable[[], object] = lambda: None) -> None:
        self.breaths = 0
        self._work = work
        self._inside = False
        book.give_way(self._breath)

    def _breath(self) -> None:
        if self._inside:
            return
        self.breaths += 1
        self._inside = True
        try:
            self._work()
        finally:
            self._inside = False


def stop_at(count: int) -> Callable[[], None]:
    """Raises at a breath of this number, and at every later one."""
    breaths = itertools.count(1)

    def breath() -> None:
        if next(breaths) >= count:
            raise Stopped

    return breath


def everything(book: Notebook) -> dict[str, list[str]]:
    return {row.title: said(book, row.id) for row in book.sessions()}


def test_a_meeting_takes_a_breath_at_every_file(team: Team, stick: Path) -> None:
    daeng = team.laptop("daeng")
    midst = Midst(daeng)

    daeng.meet(stick)

    assert midst.breaths >= FILES


def test_lists_rows_and_databases_take_a_breath_at_every_forum(team: Team, stick: Path) -> None:
    daeng = team.laptop("daeng")
    daeng.meet(stick)
    midst = Midst(daeng)

    daeng.sessions()
    listing = midst.breaths
    daeng._keep_view()

    assert listing >= 2 * FILES
    assert midst.breaths - listing >= 2 * FILES


def test_what_is_saved_in_the_midst_of_a_meeting_is_durable_and_shown(
    team: Team, stick: Path
) -> None:
    daeng = team.laptop("daeng")
    ours = forum(daeng, "เวทีของเรา")
    numbers = itertools.count(1)
    kept: list[str] = []

    def save() -> None:
        text = f"บรรทัด {next(numbers)}"
        daeng.save(Add(Turn(session=ours, text=text, place=next(numbers))))
        kept.append(text)
        assert said(daeng, ours) == kept
        assert text.encode() in (daeng.folder / "log" / "open.jsonl").read_bytes()

    Midst(daeng, save)
    met = daeng.meet(stick)
    daeng.give_way(lambda: None)

    assert met.received.sessions == 2 * FILES
    assert len(kept) >= FILES
    daeng.close()
    again = team.laptop("daeng")
    assert said(again, ours) == kept
    assert len(titles(again)) == 2 * FILES + 1
    assert not again.verify()["differs"]


@pytest.mark.parametrize("seed", range(6))
def test_saves_seals_and_undos_in_the_midst_come_to_the_same_as_one_after_the_other(
    team: Team, stick: Path, seed: int
) -> None:
    daeng, chance = team.laptop("daeng"), random.Random(seed)
    sessions: list[RecordId] = [forum(daeng, "เวทีของเรา", "ก่อน")]
    wanted = {"เวทีของเรา": ["ก่อน"]}
    numbers = itertools.count(1)

    def one_more() -> None:
        number = next(numbers)
        match chance.choice(("forum", "turn", "turn", "seal", "undo", "list", "nothing")):
            case "forum":
                sessions.append(daeng.save(Add(Session(title=f"ใหม่ {number}"))).record.id)
                wanted[f"ใหม่ {number}"] = []
            case "turn":
                title = daeng.record(sessions[-1]).title  # type: ignore[attr-defined]
                turn = Turn(session=sessions[-1], text=f"คำ {number}", place=number * 10)
                daeng.save(Add(turn))
                wanted[title].append(turn.text)
            case "seal":
                daeng._forums.seal()
            case "undo":
                turn = Turn(session=sessions[0], text="ผิด", place=number * 10)
                daeng.save(Add(turn))
                daeng.undo(past_meeting=True)
            case "list":
                assert set(wanted) <= titles(daeng)

    Midst(daeng, one_more)
    daeng.meet(stick)
    daeng.sessions()
    daeng.search("บรรทัด")
    daeng._keep_view()
    daeng.search("คำ")
    daeng._keep_view()
    daeng.give_way(lambda: None)

    other = team.laptop("other")
    other.meet(stick)
    wanted = everything(other) | wanted
    assert everything(daeng) == wanted
    hits = {hit.text for hit in daeng.search("คำ")}
    daeng.close()
    again = team.laptop("daeng")
    assert everything(again) == wanted
    assert {hit.text for hit in again.search("คำ")} == hits
    assert hits == {text for one in wanted.values() for text in one if text.startswith("คำ")}
    assert not again.verify()["differs"]


@pytest.mark.parametrize("count", range(1, 40, 3))
def test_long_work_that_is_stopped_at_any_breath_leaves_nothing_half(
    team: Team, stick: Path, count: int
) -> None:
    daeng = team.laptop("daeng")
    forum(daeng, "เวทีของเรา", "ก่อน")
    daeng.search("ก่อน")
    daeng.give_way(stop_at(count))
    try:
        daeng.meet(stick)
        daeng.sessions()
        daeng.search("หนึ่ง")
        daeng._keep_view()
    except Stopped:
        pass
    daeng.give_way(lambda: None)
    before = everything(daeng)
    assert "เวทีของเรา" in before
    daeng.close(hurried=True)

    again = team.laptop("daeng")
    assert everything(again) == before
    again.meet(stick)
    assert len(titles(again)) == 2 * FILES + 1
    assert len(again.search("หนึ่ง")) == FILES
    assert not again.verify()["differs"]


def test_a_meeting_that_is_stopped_is_told_so_and_keeps_what_had_come(
    team: Team, stick: Path
) -> None:
    daeng = team.laptop("daeng")
    daeng.give_way(stop_at(4))

    met = daeng.meet(stick)

    assert met.stopped
    assert not met.safe
    assert 0 < met.received.segments < FILES


def test_a_disk_that_is_full_in_the_midst_refuses_the_save_and_not_the_meeting(
    team: Team, stick: Path
) -> None:
    full = False

    def write_at(fd: int, content: bytes, at: int) -> None:
        if full:
            raise OSError(28, "no room")
        DISK.write_at(fd, content, at)

    daeng = team.laptop("daeng", disk=Disk(write_at=write_at))
    ours = forum(daeng, "เวทีของเรา")
    refused: list[DiskFull] = []

    def save() -> None:
        nonlocal full
        full = True
        try:
            daeng.save(Add(Turn(session=ours, text="ไม่ลง", place=1)))
        except DiskFull as error:
            refused.append(error)
        finally:
            full = False

    Midst(daeng, save)
    met = daeng.meet(stick)

    assert len(refused) >= FILES
    assert met.safe
    assert met.received.sessions == 2 * FILES
    assert said(daeng, ours) == []


def test_undo_in_the_midst_of_a_meeting_takes_back_our_own_last_change(
    team: Team, stick: Path
) -> None:
    daeng = team.laptop("daeng")
    ours = forum(daeng, "เวทีของเรา", "หนึ่ง")
    daeng.save(Add(Turn(session=ours, text="ผิด", place=9_999)))
    taken: list[str] = []

    def undo() -> None:
        if not taken:
            try:
                taken.append(daeng.undo().change)
            except (NothingToUndo, MetSince):
                return

    Midst(daeng, undo)
    daeng.meet(stick)

    assert said(daeng, ours) == ["หนึ่ง"]


def test_closing_in_a_hurry_leaves_a_long_view_for_the_next_time(
    team: Team, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.view.forums._MANY", 3)
    monkeypatch.setattr("store.view.forums.WORTH_KEEPING", 3)
    daeng = team.laptop("daeng")
    daeng.meet(stick)

    daeng.close(hurried=True)

    assert not (daeng.folder / "view" / "mark.json").exists()
    assert len(titles(team.laptop("daeng"))) == 2 * FILES


def test_stopping_a_program_anywhere_does_not_write_what_is_in_memory(
    team: Team, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.view.forums.WORTH_KEEPING", 1)
    daeng = team.laptop("daeng")

    def interrupted() -> None:
        with daeng:
            daeng.meet(stick)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert not (daeng.folder / "view" / "mark.json").exists()
    assert len(titles(team.laptop("daeng"))) == 2 * FILES
