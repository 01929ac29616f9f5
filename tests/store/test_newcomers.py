"""A notebook that was started apart: looked at first, asked about once, then in or left out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.carrier.newcomers import Newcomers
from store.carrier.readings import Met
from store.changes import segments
from store.changes.line import Change
from store.edits import Add
from store.notebook import Notebook
from store.records import Person, Session
from tests.store.meeting import Team, content_of, files_of, forum, titles

NOBODY: tuple[str, ...] = ()


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def asked(met: Met) -> list[set[str]]:
    """The owners of the notebooks that are asked about."""
    return [{one.name for one in each.laptops} for each in met.unknown]


def lent(team: Team) -> tuple[Notebook, Notebook, Path]:
    """A stick on which an office has left its own."""
    nok, boss, stick = team.laptop("nok"), team.laptop("boss"), team.stick()
    forum(nok, "เวทีน้ำ")
    boss.save(Add(Session(title="เวทีถนน", place="ศาลากลาง")), Add(Person(name="สมชาย")))
    forum(boss, "เวทีงบ")
    boss.meet(stick)
    return nok, boss, stick


def test_what_an_unknown_notebook_holds_is_told_and_nothing_comes_in_or_goes_out(
    team: Team,
) -> None:
    nok, _boss, stick = lent(team)
    before, log = content_of(stick), content_of(nok.folder / "log")

    looked = nok.meet(stick, dry_run=True, accept=NOBODY)
    met = nok.meet(stick, accept=NOBODY)

    for one in (looked, met):
        assert asked(one) == [{"boss"}]
        (found,) = one.unknown
        assert found.titles == ("เวทีงบ", "เวทีถนน")
        assert (found.places, found.people, found.sessions) == (("ศาลากลาง",), ("สมชาย",), 2)
        assert one.withheld
        assert not one.safe
        assert one.received.changes == one.sent.changes == 0
    assert titles(nok) == {"เวทีน้ำ"}
    assert content_of(stick) == before
    assert not [one for one in content_of(nok.folder / "log") if one not in log and "open" in one]


def test_it_is_asked_once_and_then_both_are_one_team_for_ever(team: Team) -> None:
    nok, boss, stick = lent(team)
    nok.meet(stick, accept=NOBODY)

    met = nok.meet(stick, accept=[boss.laptop])
    others = [boss.meet(stick, accept=NOBODY), nok.meet(stick, accept=NOBODY)]
    forum(boss, "เวทีตลาด")
    later = [book.meet(stick, accept=NOBODY) for book in (boss, nok)]

    assert [one.name for one in met.joined] == ["boss"]
    assert met.safe
    assert all(one.unknown == () and one.safe for one in (*others, *later))
    assert titles(nok) == titles(boss) == {"เวทีน้ำ", "เวทีถนน", "เวทีงบ", "เวทีตลาด"}


def test_an_empty_folder_and_one_with_our_own_files_only_ask_nothing(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    forum(nok, "เวที")

    met = [nok.meet(stick, accept=NOBODY), nok.meet(stick, accept=NOBODY)]

    assert [(one.unknown, one.safe) for one in met] == [((), True)] * 2
    assert files_of(stick, nok)


def test_a_new_laptop_of_a_known_team_is_not_asked_about(team: Team) -> None:
    nok, daeng, ploy = (team.laptop(name) for name in ("nok", "daeng", "ploy"))
    stick, second = team.stick(), team.stick("second")
    for book, title in ((nok, "หนึ่ง"), (daeng, "สอง"), (ploy, "สาม")):
        forum(book, title)
    for book in (nok, daeng, nok):
        book.meet(stick)
    daeng.meet(second)
    ploy.meet(second)
    daeng.meet(second)
    daeng.meet(stick)

    passed_on = nok.meet(stick, accept=NOBODY)

    assert (asked(passed_on), titles(nok)) == ([], {"หนึ่ง", "สอง", "สาม"})


def test_a_laptop_that_names_one_of_ours_is_known_whatever_is_read_first(team: Team) -> None:
    nok, daeng = team.laptop("nok"), team.laptop("daeng")
    forum(nok, "หนึ่ง")
    nok.meet(team.stick())
    daeng.meet(team.stick())
    forum(daeng, "สอง")
    daeng.meet(team.stick("other"))

    met = nok.meet(team.stick("other"), accept=NOBODY)

    assert (asked(met), titles(nok), met.safe) == ([], {"หนึ่ง", "สอง"}, True)


def test_laptops_that_know_each_other_are_one_question_and_others_another(team: Team) -> None:
    nok, boss, aide, guest = (team.laptop(name) for name in ("nok", "boss", "aide", "guest"))
    stick = team.stick()
    for book in (boss, aide, guest):
        forum(book, f"เวทีของ {book.owner}")
    for book in (boss, aide, boss):
        book.meet(stick)
    guest.meet(team.stick("other"))
    for path in files_of(team.stick("other"), guest):
        (stick / path.name).write_bytes(path.read_bytes())

    met = nok.meet(stick, accept=NOBODY)
    taken = nok.meet(stick, accept=[aide.laptop])

    assert sorted(asked(met), key=len) == [{"guest"}, {"boss", "aide"}]
    assert asked(taken) == [{"guest"}]
    assert titles(nok) == {"เวทีของ boss", "เวทีของ aide"}
    assert not taken.withheld


def test_beside_known_laptops_ours_is_given_and_only_the_unknown_wait(team: Team) -> None:
    nok, daeng, boss = (team.laptop(name) for name in ("nok", "daeng", "boss"))
    stick = team.stick()
    forum(nok, "หนึ่ง")
    for book in (nok, daeng, nok):
        book.meet(stick)
    forum(boss, "เวทีถนน")
    boss.meet(team.stick("other"))
    for path in files_of(team.stick("other"), boss):
        (stick / path.name).write_bytes(path.read_bytes())
    forum(nok, "สอง")

    met = nok.meet(stick, accept=NOBODY)

    assert asked(met) == [{"boss"}]
    assert met.sent.changes > 0
    assert met.safe
    assert titles(nok) == {"หนึ่ง", "สอง"}
    daeng.meet(stick)
    assert "สอง" in titles(daeng)


def test_what_is_left_out_is_not_asked_about_again_nor_who_comes_with_it(team: Team) -> None:
    nok, boss, stick = lent(team)
    nok.meet(stick, accept=NOBODY)
    nok.set_aside([boss.laptop])
    aide = team.laptop("aide")

    again = nok.meet(stick, accept=NOBODY)
    forum(aide, "ของผู้ช่วย")
    aide.meet(stick)
    with_aide = nok.meet(stick, accept=NOBODY)

    assert (again.unknown, len(again.left_out), again.withheld) == ((), 1, True)
    assert asked(with_aide) == [{"aide"}], "it knows a laptop that is left out: it is asked about"
    assert titles(nok) == {"เวทีน้ำ"}
    assert not files_of(stick, nok)


def test_who_knows_us_and_one_that_is_set_aside_is_asked_about(team: Team) -> None:
    nok, boss, stick = lent(team)
    nok.meet(stick)
    boss.meet(stick)
    aide = team.laptop("aide")
    forum(aide, "ของผู้ช่วย")
    aide.meet(stick)
    nok.set_aside([boss.laptop])

    met = nok.meet(stick, accept=NOBODY)

    assert asked(met) == [{"aide"}]
    assert titles(nok) == {"เวทีน้ำ"}


def test_words_of_an_unknown_notebook_are_bounded(team: Team) -> None:
    nok, boss, stick = team.laptop("nok"), team.laptop("boss"), team.stick()
    boss.save(*(Add(Session(title=f"เวที {at} " + "ก" * 400)) for at in range(300)))
    boss.meet(stick)

    (found,) = nok.meet(stick, dry_run=True, accept=NOBODY).unknown

    assert found.sessions == 300
    assert len(found.titles) == 12
    assert max(map(len, found.titles)) == 120


def test_very_many_unknown_laptops_are_looked_at_in_a_time_that_grows_with_them() -> None:
    def asked_about(many: int) -> tuple[int, float]:
        found = Newcomers(set(), {}, (), ())
        for at in range(many):
            dev, before = f"dev{at:07d}", f"dev{at - 1:07d}"
            put: dict[str, list[int]] = {f"has.{before}": [1, 1]} if at % 5 else {}
            line = Change(f"{at:026d}", f"laptop/{dev}", put, {}, "", dev, None, None)
            found.wait(segments.Piece(dev, 1, 1, f"{at:064x}", "", (), b""), [line], "one.jsonl")
        began = time.perf_counter()
        found.settle()
        return sum(1 for _one in found.unknown()), time.perf_counter() - began

    few, many = asked_about(2_000), asked_about(20_000)

    assert (few[0], many[0]) == (50, 50)
    assert many[1] < max(0.02, few[1]) * 60


def test_a_laptop_of_a_team_that_was_set_aside_does_not_come_in_through_a_friend(
    team: Team,
) -> None:
    nok, daeng, boss, aide = (team.laptop(name) for name in ("nok", "daeng", "boss", "aide"))
    ours, theirs = team.stick("ours"), team.stick("theirs")
    forum(nok, "ของเรา")
    for book in (nok, daeng, nok):
        book.meet(ours)
    forum(boss, "ของหัวหน้า")
    forum(aide, "ของผู้ช่วย")
    for book in (boss, aide, boss, daeng):
        book.meet(theirs)
    daeng.meet(ours)
    nok.meet(ours)
    nok.set_aside([boss.laptop, aide.laptop])
    guest = team.laptop("guest")
    guest.meet(theirs)
    forum(guest, "ของแขก")
    guest.meet(theirs)
    daeng.meet(theirs)
    daeng.meet(ours)

    met = [nok.meet(ours, accept=NOBODY), nok.meet(ours, accept=NOBODY)]

    assert [asked(one) for one in met] == [[{"guest"}]] * 2
    assert titles(nok) == {"ของเรา"}
    assert met[1].safe, "known laptops are there too"
