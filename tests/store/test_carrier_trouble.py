"""Clocks that are wrong, notebooks that were copied, and files of every bad kind."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.changes import segments
from store.edits import Add, Change
from store.errors import NewerSegment
from store.notebook import Notebook
from store.records import Session, Turn
from tests.store.conftest import BANGKOK, NOON, said
from tests.store.meeting import Team, content_of, files_of, forum, titles, told
from tests.store.test_segments import DEV, HOSTILE

CUT = "still being copied"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


# clocks


@pytest.mark.parametrize(
    "year", [1970, 2569, 2031], ids=["1970", "2569", "five years ahead of the others"]
)
def test_a_clock_of_another_year_loses_nothing_and_is_told(team: Team, year: int) -> None:
    odd = NOON.replace(year=year)
    nok, daeng, stick = team.laptop("nok", now=lambda: odd), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวที", "หนึ่ง", "สอง", "สาม")
    nok.meet(stick)

    met = daeng.meet(stick)
    daeng.save(Add(Turn(session=session, text="สี่", place=4)))
    daeng.meet(stick)
    back = nok.meet(stick)

    assert "clock" in told(met)
    assert any("nok" in str(one.facts["refusal"]) for one in met.warnings)
    assert said(nok, session) == said(daeng, session) == ["หนึ่ง", "สอง", "สาม", "สี่"]
    if year != 2031:
        assert "clock" in told(back)


def test_a_clock_that_goes_back_is_told_and_the_order_of_turns_stands(team: Team) -> None:
    hours = iter([5, 4, 3, 2, 1] + [0] * 100)
    nok = team.laptop("nok", now=lambda: NOON + timedelta(hours=next(hours)))
    daeng, stick = team.laptop("daeng"), team.stick()
    session = nok.new_id("session")
    nok.save(Add(Session(id=session, title="เวที")))
    for place, text in enumerate(["หนึ่ง", "สอง", "สาม"], 1):
        nok.save(Add(Turn(session=session, text=text, place=place)))
    own = nok.meet(stick)

    met = daeng.meet(stick)

    assert said(daeng, session) == ["หนึ่ง", "สอง", "สาม"]
    assert "clock" in told(met)
    assert "clock" in told(own)


def test_a_laptop_whose_own_clock_is_wrong_blames_no_other(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    forum(nok, "เวที")
    nok.meet(stick)

    met = team.laptop("daeng", now=lambda: NOON.replace(year=1970)).meet(stick)

    (warning,) = met.warnings
    assert warning.facts["refusal"].facts["laptop"] == "daeng"


def test_an_edit_made_later_stands_though_its_clock_is_behind(team: Team) -> None:
    nok = team.laptop("nok", now=lambda: datetime(2569, 5, 1, tzinfo=BANGKOK))
    daeng, stick = team.laptop("daeng", now=lambda: NOON.replace(year=1970)), team.stick()
    session = forum(nok, "เวที")
    nok.meet(stick)
    daeng.meet(stick)

    daeng.save(Change(session, {"title": "แก้ทีหลัง"}))
    daeng.meet(stick)
    nok.meet(stick)

    assert titles(nok) == titles(daeng) == {"แก้ทีหลัง"}


# copied notebooks


def copied(team: Team, name: str, to: str) -> Notebook:
    """The folder of a closed notebook, copied onto another laptop and opened there."""
    shutil.copytree(team.folder / name, team.folder / to)
    return team.laptop(to)


@pytest.mark.parametrize("sealed", [True, False], ids=["after a meeting", "before any"])
def test_a_copied_notebook_is_found_on_both_sides_and_nothing_is_lost(
    team: Team, sealed: bool
) -> None:
    stick = team.stick()
    nok = team.laptop("nok")
    forum(nok, "ก่อนคัดลอก")
    if sealed:
        nok.meet(stick)
    nok.close()
    twin = copied(team, "nok", "twin")
    nok = team.laptop("nok")
    id_before = nok.laptop
    forum(nok, "ของนก")
    forum(twin, "ของอีกเครื่อง")

    nok.meet(stick)
    at_twin = twin.meet(stick)
    at_nok = nok.meet(stick)
    twin.meet(stick)

    assert told(at_twin) == ["cloned"]
    assert told(at_nok) == ["cloned"]
    assert len({nok.laptop, twin.laptop, id_before}) == 3
    everything = {"ก่อนคัดลอก", "ของนก", "ของอีกเครื่อง"}
    assert titles(nok) == titles(twin) == everything
    assert told(nok.meet(stick)) == told(twin.meet(stick)) == []
    ploy = team.laptop("ploy")
    assert ploy.meet(stick).held == ()
    assert titles(ploy) == everything


def test_the_new_id_of_a_copied_notebook_lasts(team: Team) -> None:
    stick = team.stick()
    nok = team.laptop("nok")
    forum(nok, "เวที")
    nok.meet(stick)
    nok.close()
    twin = copied(team, "nok", "twin")
    nok = team.laptop("nok")
    forum(nok, "ของนก")
    nok.meet(stick)
    twin.meet(stick)
    new = twin.laptop
    twin.close()

    twin = team.laptop("twin")
    session = forum(twin, "หลังได้ชื่อใหม่")
    twin.meet(stick)
    nok.meet(stick)

    assert twin.laptop == new != nok.laptop
    assert twin.owner == "nok"
    assert {one.laptop for one in nok.history(session)} == {new}
    assert twin.verify()["held"] == []


def test_a_third_laptop_is_told_of_twins_and_keeps_both(team: Team) -> None:
    first, second = team.stick("first"), team.stick("second")
    nok = team.laptop("nok")
    nok.close()
    twin = copied(team, "nok", "twin")
    nok = team.laptop("nok")
    forum(nok, "ของนก")
    forum(twin, "ของอีกเครื่อง")
    nok.meet(first)
    twin.meet(second)
    ploy = team.laptop("ploy")

    met = [ploy.meet(first), ploy.meet(second)]
    ploy.meet(first)

    assert [told(one) for one in met] == [[], ["cloned_elsewhere"]]
    assert titles(ploy) == {"ของนก", "ของอีกเครื่อง"}
    assert told(nok.meet(first)) == ["cloned"]
    assert titles(nok) == {"ของนก", "ของอีกเครื่อง"}


def test_a_file_of_ours_that_we_lost_comes_back_without_a_new_id(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    for number in range(3):
        forum(nok, f"เวที {number}")
        nok.meet(stick)
    laptop = nok.laptop
    nok.close()
    second = next((nok.folder / "log" / laptop).glob("*-000002-*.jsonl"))
    second.unlink()
    shutil.rmtree(nok.folder / "view", ignore_errors=True)

    nok = team.laptop("nok")
    met = nok.meet(stick)

    assert nok.laptop == laptop
    assert told(met) == []
    assert second.exists()
    assert len(titles(nok)) == 3


# files of every bad kind


def sealed_by(team: Team, stick: Path) -> tuple[Notebook, Path]:
    """A laptop that has met at the stick, and its first file there."""
    nok = team.laptop("nok")
    forum(nok, "เวทีนก", "หนึ่ง", "สอง")
    nok.meet(stick)
    return nok, files_of(stick, nok)[0]


def test_a_file_cut_at_any_byte_is_held_or_harmless(tmp_path: Path) -> None:
    team = Team(tmp_path)
    _nok, file = sealed_by(team, team.stick())
    content = file.read_bytes()
    daeng, other = team.laptop("daeng"), team.stick("other")
    target = other / file.name

    for length in range(len(content)):
        target.write_bytes(content[:length])
        met = daeng.meet(other, dry_run=True)
        assert [one.retry for one in met.held] == [True], length
        assert CUT in str(met.held[0].refusal), length
        assert met.received.changes == 0

    target.write_bytes(content)
    assert daeng.meet(other).received.changes == 3
    team.close()


def test_a_flipped_bit_is_held_and_comes_in_once_it_is_mended(team: Team) -> None:
    stick = team.stick()
    nok, file = sealed_by(team, stick)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    daeng = team.laptop("daeng")

    held = daeng.meet(stick)
    copies = [path.name for path in (daeng.folder / "held").iterdir()]
    mended = nok.meet(stick)
    healed = daeng.meet(stick)

    assert [(one.retry, "check sum" in str(one.refusal)) for one in held.held] == [(True, True)]
    assert len(copies) == 2
    assert any(name.endswith(".reason.txt") for name in copies)
    assert mended.sent.segments == 1
    assert healed.held == ()
    assert titles(daeng) == {"เวทีนก"}
    assert list((daeng.folder / "held").iterdir()) == []


NAMES = [
    "สำเนา chg (1).jsonl",
    "chg-x.sync-conflict-20261122-120000-ABCDEFG.jsonl",
    "chg-x-LAPTOP.JSONL",
    "ลึก/ลงไป/อีก/a.jsonl",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_content_decides_and_not_the_name(team: Team, name: str) -> None:
    stick, other = team.stick(), team.stick("other")
    _nok, file = sealed_by(team, stick)
    target = other / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, target)
    daeng = team.laptop("daeng")

    met = daeng.meet(other)

    assert met.held == ()
    assert titles(daeng) == {"เวทีนก"}
    (kept,) = (daeng.folder / "log").glob(f"*/{file.name}")
    assert kept.read_bytes() == file.read_bytes()
    assert daeng.meet(other).received.segments == 0


@pytest.mark.parametrize(
    "name", [".hidden.jsonl", "~x.jsonl", "x.part", "x.jsonl.tmp", "x.jsonl.crdownload"]
)
def test_what_somebody_is_still_writing_is_passed_by(team: Team, name: str) -> None:
    stick, other = team.stick(), team.stick("other")
    _nok, file = sealed_by(team, stick)
    shutil.copy(file, other / name)

    met = team.laptop("daeng").meet(other)

    assert (met.received.segments, met.held) == (0, ())


def test_a_name_that_belongs_to_another_content_hides_nothing(team: Team) -> None:
    stick = team.stick()
    nok, file = sealed_by(team, stick)
    daeng = team.laptop("daeng")
    daeng.meet(stick)
    forum(nok, "เวทีใหม่")
    nok.meet(stick)
    newest = files_of(stick, nok)[-1]
    other = team.stick("other")
    shutil.copy(newest, other / file.name)

    daeng.meet(other)

    assert titles(daeng) == {"เวทีนก", "เวทีใหม่"}


@pytest.mark.parametrize("harm", ["none", "crlf", "bom", "damaged middle", "cut end", "junk"])
def test_a_pack_of_several_files_comes_in_as_far_as_it_is_whole(team: Team, harm: str) -> None:
    stick, other = team.stick(), team.stick("other")
    nok = team.laptop("nok")
    for title in ("หนึ่ง", "สอง", "สาม"):
        forum(nok, title)
        nok.meet(stick)
    first, second, third = [
        path.read_bytes() for path in files_of(stick, nok) if b'"session/' in path.read_bytes()
    ]
    pack = first + second + third
    wanted = {"หนึ่ง", "สอง", "สาม"}
    match harm:
        case "crlf":
            pack = pack.replace(b"\n", b"\r\n")
        case "bom":
            pack = b"\xef\xbb\xbf" + pack
        case "damaged middle":
            pack, wanted = first + second.replace(b"put", b"pot") + third, {"หนึ่ง", "สาม"}
        case "cut end":
            pack, wanted = pack[:-9], {"หนึ่ง", "สอง"}
        case "junk":
            pack = first + b"hello\n" + second + third
    (other / "pack.jsonl").write_bytes(pack)
    daeng = team.laptop("daeng")

    met = daeng.meet(other)

    assert titles(daeng) == wanted
    assert len(met.held) == (0 if harm in ("none", "crlf", "bom") else 1)
    daeng.close()
    assert titles(team.laptop("daeng")) == wanted


def newer(content: bytes) -> tuple[str, bytes]:
    """The same file as a newer version would write it, with its name."""
    lines = content.split(b"\n")[:-2]
    header = json.loads(lines[0])
    lines[0] = json.dumps(header | {"v": 2}, separators=(",", ":")).encode()
    body = b"\n".join(lines) + b"\n"
    digest = segments.sha256(body)
    end = {"end": True, "n": len(lines) - 1, "sha256": digest}
    name = segments.file_name(header["dev"], header["seq"], digest)
    return name, body + json.dumps(end, separators=(",", ":")).encode() + b"\n"


def test_a_newer_file_is_kept_and_passed_on_byte_for_byte(team: Team) -> None:
    stick, other, third = team.stick(), team.stick("other"), team.stick("third")
    _nok, file = sealed_by(team, stick)
    name, content = newer(file.read_bytes())
    (other / name).write_bytes(content)
    daeng = team.laptop("daeng")

    met = daeng.meet(other)
    again = daeng.meet(other)
    daeng.meet(third)

    for one in (met, again):
        (held,) = one.held
        assert held.retry
        assert isinstance(held.refusal, NewerSegment)
    assert (third / f"kmtui-{daeng.laptop}" / name).read_bytes() == content
    assert titles(daeng) == set()
    assert daeng.meet(stick).received.sessions == 1


def _sparse(path: Path) -> None:
    """A terabyte that takes no room."""
    path.write_bytes(b"")
    os.truncate(path, 1 << 40)


def hostile() -> dict[str, Callable[[Path], object]]:
    """What may stand on a stick, by name."""

    def sealed(raw: bytes) -> Callable[[Path], object]:
        content = segments.seal(DEV, 1, "", [raw]).content
        return lambda path: path.write_bytes(content)

    found: dict[str, Callable[[Path], object]] = {
        "empty": lambda path: path.write_bytes(b""),
        "zeros": lambda path: path.write_bytes(b"\0" * 5_000),
        "letter": lambda path: path.write_bytes("จดหมาย\n".encode()),
        "other jsonl": lambda path: path.write_bytes(b'{"a":1}\n{"a":2}\n'),
        "path in laptop": lambda path: path.write_bytes(
            segments.seal("../../../evil", 1, "", []).content
        ),
        "windows device": lambda path: path.write_bytes(segments.seal("con", 1, "", []).content),
        "huge number": lambda path: path.write_bytes(segments.seal(DEV, 2**60, "", []).content),
    }
    if os.name == "posix":
        found |= {
            "pipe": os.mkfifo,
            "endless": lambda path: path.symlink_to("/dev/zero"),
            "loop": lambda path: path.symlink_to(path),
            "sparse": _sparse,
            "folder": lambda path: path.mkdir(),
        }
    return found | {name: sealed(raw) for name, raw in HOSTILE.items()}


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_file_is_held_with_its_reason_and_stops_nothing(team: Team, name: str) -> None:
    stick = team.stick()
    sealed_by(team, stick)
    try:
        hostile()[name](stick / "a.jsonl")
    except OSError as error:
        pytest.skip(f"this disk cannot hold it: {error}")
    outside = content_of(team.folder / "nok")
    daeng = team.laptop("daeng")

    met = daeng.meet(stick)

    assert titles(daeng) == {"เวทีนก"}
    if name != "folder":
        (held,) = met.held
        assert held.file == "a.jsonl"
        assert "a.jsonl" in str(held.refusal)
        assert held.retry == (name in {"empty", "zeros"})
    assert content_of(team.folder / "nok") == outside
    assert {path.name for path in team.folder.iterdir()} == {"nok", "daeng", "stick"}
    assert daeng.verify()["held"] == []
    assert daeng.meet(stick).received.segments == 0
    copies = list((daeng.folder / "held").glob("*.reason.txt"))
    assert len(copies) == (name in {*HOSTILE, "path in laptop", "windows device", "huge number"})


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_folders_that_are_links_or_very_deep_are_not_walked(team: Team) -> None:
    stick = team.stick()
    _nok, file = sealed_by(team, stick)
    other = team.stick("other")
    (other / "loop").symlink_to(other)
    (other / "away").symlink_to(stick)
    deep = other.joinpath(*["d"] * 30)
    deep.mkdir(parents=True)
    shutil.copy(file, deep / "a.jsonl")
    daeng = team.laptop("daeng")

    met = daeng.meet(other)

    assert (met.received.segments, met.held) == (0, ())


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_our_folder_there_that_leads_elsewhere_is_not_written_in(team: Team) -> None:
    nok, stick, home = team.laptop("nok"), team.stick(), team.stick("home")
    forum(nok, "เวที")
    (stick / f"kmtui-{nok.laptop}").symlink_to(home)

    met = nok.meet(stick)

    assert told(met) == ["carrier_refused"]
    assert not met.safe
    assert list(home.iterdir()) == []


def test_more_files_than_are_looked_at_is_told(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.carrier.looking.MAX_ENTRIES", 10)
    stick = team.stick()
    for number in range(20):
        (stick / f"{number}.txt").write_bytes(b"")

    assert told(team.laptop("nok").meet(stick)) == ["too_many_files"]


@settings(max_examples=60, deadline=None)
@given(junk=st.binary(max_size=400), at=st.integers(0, 3))
def test_any_bytes_between_whole_files_cost_nothing_but_themselves(junk: bytes, at: int) -> None:
    parts = [segments.seal("bbbbbbbbbb", seq, "", []).content for seq in (1, 2, 3)]
    content = b"".join([*parts[:at], junk and b"#" + junk + b"\n", *parts[at:]])

    found = [one for one in segments.pieces(content, "x") if isinstance(one, segments.Piece)]

    assert {one.seq for one in found} >= {1, 2, 3} - ({at + 1} if junk else set())
    assert all(one.content in parts for one in found)


def test_a_file_that_rotted_here_is_mended_from_the_stick_and_not_spread(team: Team) -> None:
    stick = team.stick()
    nok, file = sealed_by(team, stick)
    good = file.read_bytes()
    nok.close()
    mine = nok.folder / "log" / nok.laptop / file.name
    mine.write_bytes(good.replace("หนึ่ง".encode(), "หนี่ง".encode()))
    shutil.rmtree(nok.folder / "view", ignore_errors=True)

    nok = team.laptop("nok")
    rotten = [notice.kind for notice in nok.notices]
    nok.meet(stick)

    assert rotten == ["rot"]
    assert mine.read_bytes() == file.read_bytes() == good
    (row,) = nok.sessions()
    assert said(nok, row.id) == ["หนึ่ง", "สอง"]
    assert not any(turn.marks for turn in nok.turns(row.id))


def test_a_device_file_that_lies_in_the_folder_is_told_and_stops_nobody(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    forum(nok, "เวทีน้ำ")
    nok.meet(stick)
    shutil.copy(nok.folder / "device.json", stick / "device.json")

    met = daeng.meet(stick)

    assert "stray_device" in told(met)
    assert titles(daeng) == {"เวทีน้ำ"}
    assert (stick / "device.json").exists()


def test_copies_of_bad_files_are_kept_up_to_a_size_and_told_all_the_same(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.changes.copies.LARGEST", 5_000)
    nok, stick = team.laptop("nok"), team.stick()
    for number in range(8):
        bad = b'{"fmt":"kmtui-changes","n":%d}' % number + b"x" * 1_500
        (stick / f"chg-aaaaaaaaaa-00000{number}-0000000000000000.jsonl").write_bytes(bad)

    met = nok.meet(stick)

    copies = [one for one in (nok.folder / "held").iterdir() if one.suffix != ".txt"]
    assert len(met.held) == 8
    assert 0 < sum(one.stat().st_size for one in copies) <= 5_000
