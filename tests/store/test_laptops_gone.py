"""Laptops that are gone: retired by a person or a restore, and back when they bring something."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.carrier.whose import OwnLaptop
from store.device import Continues, Device, read_device, write_device
from store.notebook import Notebook
from tests.store.conftest import NOON
from tests.store.meeting import Team, forum, titles, told


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def lacking(book: Notebook) -> set[str]:
    """Whose laptops are said to lack something."""
    return {one.name for receipt in book.receipts_behind() for one in receipt.lacking}


def states(book: Notebook) -> dict[str, str]:
    return {one.name: one.state for one in book.laptops()}


def two_that_met(team: Team) -> tuple[Notebook, Notebook, Path]:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "ของนก")
    forum(daeng, "ของแดง")
    for book in (nok, daeng, nok):
        book.meet(stick)
    forum(nok, "ของนก สอง")
    return nok, daeng, stick


def test_a_lost_laptop_is_retired_by_one_and_lacks_nothing_for_all(team: Team) -> None:
    nok, daeng, stick = two_that_met(team)
    ploy = team.laptop("ploy")
    for book in (nok, ploy, nok):
        book.meet(stick)
    forum(nok, "ของนก สาม")
    assert lacking(nok) == {"daeng", "ploy"}

    nok.retire(daeng.laptop)
    nok.meet(stick)
    ploy.meet(stick)
    forum(ploy, "ของพลอย")

    assert lacking(nok) == {"ploy"}
    assert states(nok) == {"nok": "", "ploy": "", "daeng": "gone"}
    assert lacking(ploy) == {"nok"}
    assert states(ploy)["daeng"] == "gone"
    assert titles(ploy) == {"ของนก", "ของนก สอง", "ของนก สาม", "ของแดง", "ของพลอย"}


def test_it_is_back_by_itself_when_it_brings_something(team: Team) -> None:
    nok, daeng, stick = two_that_met(team)
    nok.retire(daeng.laptop)
    assert states(nok)["daeng"] == "gone"

    forum(daeng, "ของแดง สอง")
    daeng.meet(stick)
    nok.meet(stick)

    assert states(nok)["daeng"] == ""
    nok.retire(daeng.laptop)
    assert states(nok)["daeng"] == "gone"


def test_it_is_taken_back_by_a_command_on_any_laptop_and_the_last_word_stands(team: Team) -> None:
    nok, daeng, stick = two_that_met(team)
    ploy = team.laptop("ploy")
    ploy.meet(stick)
    nok.retire(daeng.laptop)
    for book in (nok, ploy):
        book.meet(stick)
    assert states(ploy)["daeng"] == "gone"

    ploy.unretire(daeng.laptop)
    for book in (ploy, nok):
        book.meet(stick)

    assert states(ploy)["daeng"] == states(nok)["daeng"] == ""
    nok.retire(daeng.laptop)
    nok.retire(daeng.laptop)
    for book in (nok, ploy):
        book.meet(stick)
    assert states(ploy)["daeng"] == states(nok)["daeng"] == "gone"


def test_nobody_retires_their_own_laptop(team: Team) -> None:
    nok = team.laptop("nok")

    with pytest.raises(OwnLaptop):
        nok.retire(nok.laptop)


def test_a_restored_notebook_carries_on_the_laptop_that_was_lost(
    team: Team, tmp_path: Path
) -> None:
    nok, daeng, stick = two_that_met(team)
    forum(daeng, "ของแดง สอง")
    daeng.backup(tmp_path / "daeng.kmtui")
    daeng.close()
    Notebook.restore(tmp_path / "daeng.kmtui", tmp_path / "new")

    new = team.laptop("new")
    assert [one.state for one in new.laptops()] == ["", "", "gone"]
    new.set_owner("แดงเครื่องใหม่")
    met = [book.meet(stick) for book in (new, nok, new, nok)]

    assert [told(one) for one in met] == [[]] * 4
    assert states(nok) == {"nok": "", "แดงเครื่องใหม่": "", "daeng": "gone"}
    assert lacking(nok) == set()
    assert titles(nok) == titles(new) == {"ของนก", "ของนก สอง", "ของแดง", "ของแดง สอง"}


def test_a_backup_that_is_restored_while_its_laptop_lives_on_is_no_copied_notebook(
    team: Team, tmp_path: Path
) -> None:
    nok, daeng, stick = two_that_met(team)
    forum(daeng, "ของแดง สอง")
    daeng.backup(tmp_path / "daeng.kmtui")
    forum(daeng, "ของแดง สาม")
    before = daeng.laptop
    Notebook.restore(tmp_path / "daeng.kmtui", tmp_path / "new")
    new = team.laptop("new")
    forum(new, "ของใหม่")

    met = [book.meet(stick) for book in (new, daeng, nok, new, daeng, nok)]

    assert [told(one) for one in met] == [[]] * 6
    assert daeng.laptop == before
    assert titles(nok) == titles(new) == titles(daeng)
    assert states(nok)["daeng"] == "", "it lives on and writes"
    assert all(book.verify()["differs"] is False for book in (nok, new, daeng))
    assert lacking(nok) == lacking(daeng) == set()


def test_a_true_copy_is_still_found(team: Team, tmp_path: Path) -> None:
    _nok, daeng, stick = two_that_met(team)
    daeng.close()
    shutil.copytree(team.folder / "daeng", team.folder / "copy")
    copy, daeng = team.laptop("copy"), team.laptop("daeng")
    forum(copy, "ของสำเนา")
    forum(daeng, "ของแดง สอง")

    met = [book.meet(stick) for book in (copy, daeng)]

    assert "cloned" in told(met[1])


def test_what_a_notebook_continues_lasts_and_outlives_a_new_owner_and_a_new_id(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "nok"
    folder.mkdir()
    write_device(folder, Device("abcdefgh23", "นก", Continues("zzzzzzzz23", 4)))

    with Notebook.open(folder, now=lambda: NOON) as book:
        book.set_owner("นกน้อย")
        book._side().take_new_id()

    found = read_device(folder)
    assert found is not None
    assert found.id != "abcdefgh23"
    assert (found.owner, found.continues) == ("นกน้อย", Continues("zzzzzzzz23", 4))


def test_a_clock_that_is_far_off_is_no_day_on_which_a_laptop_was_seen(team: Team) -> None:
    stick = team.stick()
    far = team.laptop("far", now=lambda: NOON.replace(year=2099))
    early = team.laptop("early", now=lambda: NOON.replace(year=1970))
    for book in (far, early):
        forum(book, "เวที")
        book.meet(stick)

    met = team.laptop("nok").meet(stick)

    found = {one.name: (one.last_seen, one.clock_wrong) for one in met.laptops if not one.is_own}
    assert found == {"far": (None, True), "early": (None, True)}


def test_who_was_retired_by_mistake_is_here_for_itself_and_back_for_all_after_a_meeting(
    team: Team,
) -> None:
    nok, daeng, stick = two_that_met(team)
    nok.retire(daeng.laptop)
    nok.meet(stick)
    reader = team.laptop("daeng", read_only=True)

    looked = reader.meet(stick, dry_run=True)
    met = daeng.meet(stick)
    nok.meet(stick)

    assert [one.is_own for one in looked.laptops] == [True, False]
    assert [(one.name, one.state) for one in met.laptops] == [("daeng", ""), ("nok", "")]
    assert daeng.laptops()[0].is_own
    assert states(nok) == {"nok": "", "daeng": ""}


@pytest.mark.parametrize("value", [[1], [1, -5], "x", [1, 1, 1], [True, 1], [10**30, 10**30], None])
def test_what_another_says_of_a_laptop_in_a_strange_form_stops_nothing(
    team: Team, value: object
) -> None:
    nok, daeng, stick = two_that_met(team)
    daeng._side().tell({f"gone.{nok.laptop}": value, "gone.": value, "gone.zz": [1, 1]})
    daeng.meet(stick)

    met = nok.meet(stick)

    assert [one.state for one in met.laptops] == ["", ""]
    nok.retire(daeng.laptop)
    assert states(nok)["daeng"] == "gone"
