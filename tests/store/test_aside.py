"""A meeting taken back as a whole: laptops set aside, out of every view, and brought back."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.aside import FILE, Aside, read_aside
from store.carrier.whose import LaptopNotKnown, OwnLaptop, SeveralLaptops
from store.edits import Add, Change
from store.errors import DiskRefused, MetSince, NotebookReadOnly
from store.notebook import Notebook
from store.records import Person
from store.values import Value
from tests.store.meeting import Team, content_of, files_of, forum, titles
from tests.store.test_carrier_faults import Faults, refusing


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def shown(book: Notebook) -> tuple[object, ...]:
    """What a person sees of a notebook, wherever they look."""
    return (
        book.sessions(),
        book.people(),
        [book.session(row.id) for row in book.sessions()],
        book.conflicts(),
        sorted(hit.text for hit in book.search("เวที")),
        book.receipts_behind(),
        book.deleted(),
    )


def joined(team: Team) -> tuple[Notebook, Notebook, Path]:
    """Nok has by mistake taken in what Boss, of another office, wrote."""
    nok, boss, stick = team.laptop("nok"), team.laptop("boss"), team.stick()
    forum(nok, "เวทีน้ำ", "ฝนไม่มา")
    forum(boss, "เวทีถนน", "ถนนพัง", "งบหมด")
    boss.save(Add(Person(name="สมชาย")))
    boss.meet(stick)
    return nok, boss, stick


def test_a_meeting_is_taken_back_as_if_it_had_never_been(team: Team) -> None:
    nok, boss, stick = joined(team)
    before = shown(nok)
    nok.meet(stick)
    assert shown(nok) != before
    theirs = {name for name in content_of(nok.folder / "log") if name.startswith(boss.laptop)}

    nok.set_aside([boss.laptop])

    assert shown(nok) == before
    assert nok.verify()["differs"] is False
    assert {one for one in content_of(nok.folder / "log") if one.startswith(boss.laptop)} == theirs
    assert [(one.id, one.name, one.state, one.changes > 2) for one in nok.laptops()[1:]] == [
        (boss.laptop, "boss", "aside", True)
    ]


def test_it_comes_back_as_it_was_and_lasts_either_way_over_an_opening(team: Team) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)
    with_boss = shown(nok)
    nok.set_aside([boss.laptop])
    alone = shown(nok)
    nok.close()
    again = team.laptop("nok")
    assert shown(again) == alone

    again.bring_back([boss.laptop])

    assert shown(again) == with_boss
    again.close()
    assert shown(team.laptop("nok")) == with_boss


def test_what_is_set_aside_is_not_passed_on_and_new_files_of_it_are_left_out(team: Team) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)
    nok.set_aside([boss.laptop])
    forum(boss, "เวทีตลาด")
    boss.meet(stick)
    fresh = team.stick("fresh")

    met = [nok.meet(stick), nok.meet(fresh)]

    assert titles(nok) == {"เวทีน้ำ"}
    assert [(one.id, one.files) for one in met[0].left_out] == [(boss.laptop, 2)]
    assert met[1].left_out == ()
    assert {path.name.split("-")[1] for path in fresh.rglob("*.jsonl")} == {nok.laptop}
    nok.bring_back([boss.laptop])
    nok.meet(stick)
    assert titles(nok) == {"เวทีน้ำ", "เวทีถนน", "เวทีตลาด"}


def test_own_edits_of_what_is_set_aside_wait_for_it(team: Team) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)
    theirs = next(row.id for row in nok.sessions() if row.title == "เวทีถนน")
    nok.save(Change(theirs, {"place": "ศาลา"}))
    nok.set_aside([boss.laptop])
    assert nok.verify()["differs"] is False

    nok.bring_back([boss.laptop])

    found = nok.session(theirs).session
    assert (found.title, found.place) == ("เวทีถนน", "ศาลา")


def test_a_laptop_that_took_a_new_name_is_set_aside_under_every_name(team: Team) -> None:
    nok, boss, stick = joined(team)
    boss._side().take_new_id()
    forum(boss, "เวทีใหม่")
    boss.meet(stick)
    before = shown(nok)
    nok.meet(stick)
    with_boss = shown(nok)

    nok.set_aside([boss.laptop])
    alone = shown(nok)
    nok.bring_back([boss.laptop])

    assert alone == before
    assert shown(nok) == with_boss


def test_a_laptop_cannot_set_itself_aside_and_a_reader_sets_nobody_aside(team: Team) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)
    reader = team.laptop("nok", read_only=True)

    with pytest.raises(OwnLaptop):
        nok.set_aside([boss.laptop, nok.laptop])
    with pytest.raises(NotebookReadOnly):
        reader.set_aside([boss.laptop])

    assert titles(nok) == {"เวทีน้ำ", "เวทีถนน"}
    assert not (nok.folder / FILE).exists()


def test_a_window_that_only_reads_leaves_out_what_is_set_aside_too(team: Team) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)
    nok.idle()
    nok.close()
    (nok.folder / FILE).write_text(
        json.dumps({"fmt": "kmtui-aside", "v": 1, "laptops": {boss.laptop: ""}}), encoding="utf-8"
    )

    reader = team.laptop("nok", read_only=True)

    assert titles(reader) == {"เวทีน้ำ"}
    assert titles(team.laptop("nok")) == {"เวทีน้ำ"}


def test_a_backup_holds_what_is_set_aside_and_its_restore_leaves_it_aside(
    team: Team, tmp_path: Path
) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)
    nok.set_aside([boss.laptop])

    nok.backup(tmp_path / "nok.kmtui")
    Notebook.restore(tmp_path / "nok.kmtui", tmp_path / "restored")

    restored = team.laptop("restored")
    assert titles(restored) == {"เวทีน้ำ"}
    assert [one.name for one in restored.laptops() if one.state == "aside"] == ["boss"]
    restored.bring_back([boss.laptop])
    assert titles(restored) == {"เวทีน้ำ", "เวทีถนน"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_a_disk_that_refuses_at_any_step_leaves_one_of_both_and_says_so(
    tmp_path: Path, code: int
) -> None:
    step, refused = 0, 0
    while True:
        team = Team(tmp_path / f"at-{step}")
        team.folder.mkdir()
        nok, boss, stick = joined(team)
        nok.meet(stick)
        nok.close()
        faults = Faults(nok.folder)
        nok = team.laptop("nok", disk=faults.disk())
        faults.left, faults.act = step, refusing(code)
        try:
            nok.set_aside([boss.laptop])
            wanted = [{"เวทีน้ำ"}]
        except DiskRefused:
            wanted = [{"เวทีน้ำ"}, {"เวทีน้ำ", "เวทีถนน"}]
            refused += 1
        done, faults.left = faults.left is not None, None
        seen = titles(nok)
        nok._ledger.close()
        if nok._pen is not None:
            nok._pen.drop()
        again = team.laptop("nok")

        assert seen == titles(again)
        assert seen in wanted
        assert again.verify()["differs"] is False
        team.close()
        if done:
            break
        step += 1
    assert refused >= 2


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"fmt":"kmtui-aside","laptops":[]}', b"[" * 100_000, b"\xff"],
)
def test_a_list_that_cannot_be_read_is_told_and_stops_nothing(team: Team, content: bytes) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)
    nok.close()
    (nok.folder / FILE).write_bytes(content)

    again = team.laptop("nok")

    assert read_aside(nok.folder) == Aside({}, lost=True)
    assert [one.kind for one in again.notices] == ["aside_lost"]
    assert titles(again) == {"เวทีน้ำ", "เวทีถนน"}
    again.set_aside([boss.laptop])
    again.close()
    assert team.laptop("nok").notices == ()


def test_a_laptop_is_named_by_its_owner_or_the_first_letters_of_its_id(team: Team) -> None:
    nok, boss, stick = joined(team)
    nok.meet(stick)

    found = [nok.find_laptop(words) for words in ("boss", " BOSS ", boss.laptop[:4], "abcdefgh23")]

    assert found == [boss.laptop, boss.laptop, boss.laptop, "abcdefgh23"]
    with pytest.raises(LaptopNotKnown):
        nok.find_laptop("somebody")
    other = team.laptop("other")
    other.set_owner("boss")
    forum(other, "เวที")
    other.meet(stick)
    nok.meet(stick)
    with pytest.raises(SeveralLaptops):
        nok.find_laptop("boss")
    assert isinstance(nok.laptops()[0], Value)
    assert files_of(stick, boss)


def test_undo_does_not_cross_a_meeting_unasked_and_says_what_it_would_take_back(
    team: Team,
) -> None:
    nok, _boss, stick = joined(team)
    nok.meet(stick)

    with pytest.raises(MetSince) as told:
        nok.undo()

    assert told.value.facts["what"] == "เวทีน้ำ · ฝนไม่มา"
    assert "เวทีน้ำ" in titles(nok)
    forum(nok, "หลังรวม")
    nok.undo()
    assert titles(nok) == {"เวทีน้ำ", "เวทีถนน"}
    nok.undo(past_meeting=True)
    assert titles(nok) == {"เวทีถนน"}


def test_undo_crosses_no_meeting_in_which_ours_was_only_given_and_lasts_over_an_opening(
    team: Team,
) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    forum(nok, "หนึ่ง")
    nok.meet(stick)
    nok.close()
    nok = team.laptop("nok")

    with pytest.raises(MetSince):
        nok.undo()

    forum(nok, "สอง")
    nok.meet(stick, dry_run=True)
    nok.undo()
    assert titles(nok) == {"หนึ่ง"}


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"last_line":5}'])
def test_what_came_in_is_known_from_the_lines_where_the_list_of_folders_is_lost(
    team: Team, content: bytes | None
) -> None:
    nok, _boss, stick = joined(team)
    nok.meet(stick)
    (nok.folder / "carriers.json").unlink()
    if content is not None:
        (nok.folder / "carriers.json").write_bytes(content)

    with pytest.raises(MetSince):
        nok.undo()
