"""What comes in is read by the one reader that reads it ever after, and stops no notebook."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.changes import segments
from store.changes.archive import Archive
from store.changes.line import Change, encode
from store.edits import Change as Set
from store.errors import DamagedSegment
from store.ids import BELIEVED, FAR_ID, LATEST, letters_of, strays
from store.notebook import Notebook
from store.records import Record
from tests.store.conftest import NOON
from tests.store.meeting import Team, forum, titles, told

STRANGER = "evil000001"
_rng = random.Random(7)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


def id_at(milliseconds: int, count: int = 0) -> str:
    return letters_of((milliseconds << 80) | (count << 64) | _rng.getrandbits(64))


def now_id() -> str:
    return id_at(int(NOON.timestamp() * 1000))


def line(rec: str, put: Mapping[str, Any], *, id: str = "", base: Any = None) -> bytes:  # noqa: A002
    time = NOON.isoformat(timespec="seconds")
    return encode(Change(id or now_id(), rec, put, base or {}, time, STRANGER, None, None))


def leave(stick: Path, *lines: bytes, seq: int = 1) -> None:
    """Put a segment of a stranger's on the stick."""
    sealed = segments.seal(STRANGER, seq, "", lines)
    folder = stick / f"kmtui-{STRANGER}"
    folder.mkdir(exist_ok=True)
    (folder / sealed.name).write_bytes(sealed.content)


def refusals(book: Notebook) -> list[str]:
    return [notice.kind for notice in book.notices]


# lines that do not begin as a change does


def test_what_stands_inside_a_value_is_no_line(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    forum(nok, "เวทีน้ำ")
    inner = {"id": now_id(), "rec": "session/INNER"}
    leave(stick, line("person/EVIL", {"name": "ใคร", "extra": inner, "more": [inner]}))

    nok.meet(stick)
    nok.close()
    nok = team.laptop("nok")

    assert titles(nok) == {"เวทีน้ำ"}
    assert [one.name for one in nok.people()] == ["ใคร"]
    assert nok.verify(rebuild=True)["held"] == []
    assert titles(nok) == {"เวทีน้ำ"}


def strange(kind: str, rec: str) -> bytes:
    parts = json.loads(line(rec, {"place": "วัด"}))
    del parts["crc"]
    if kind == "another order":
        parts = {"rec": parts.pop("rec"), **parts}
    blank = (", ", ": ") if kind == "blanks" else (",", ":")
    raw = json.dumps(parts, ensure_ascii=False, separators=blank).encode()
    return raw.replace(b'"session/', b'"\\u0073ession/') if kind == "an escaped letter" else raw


@pytest.mark.parametrize("kind", ["another order", "blanks", "an escaped letter"])
def test_a_line_that_begins_otherwise_is_held_and_not_lost_in_silence(
    team: Team, kind: str
) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    leave(stick, strange(kind, session))

    met = nok.meet(stick)

    assert [one.retry for one in met.held] == [False]
    assert "begins otherwise" in str(met.held[0].refusal)
    assert nok.session(session).session.place == ""


def test_a_notebook_that_has_such_a_file_already_holds_it_and_goes_on(team: Team) -> None:
    nok = team.laptop("nok")
    session = forum(nok, "เวทีน้ำ")
    sealed = segments.seal(
        STRANGER, 1, "", [strange("blanks", session), line("person/A", {"name": "ก"})]
    )
    folder = nok.folder / "log" / STRANGER
    folder.mkdir()
    (folder / sealed.name).write_bytes(sealed.content)
    nok.close()

    nok = team.laptop("nok")

    assert refusals(nok) == ["held"]
    assert titles(nok) == {"เวทีน้ำ"}
    assert nok.people() == ()
    assert nok.history(session)
    assert list((nok.folder / "held").glob("*.reason.txt"))


def test_of_an_own_file_every_line_that_can_be_read_counts(team: Team) -> None:
    nok = team.laptop("nok")
    raw = [line("session/A", {"title": "เวทีเก่า"}), strange("blanks", "session/B")]
    mine = [one.replace(STRANGER.encode(), nok.laptop.encode()) for one in raw]
    decoded = [encode(segments.line(mine[0])), mine[1]]
    sealed = segments.seal(nok.laptop, 1, "", decoded)
    folder = nok.folder / "log" / nok.laptop
    folder.mkdir()
    (folder / sealed.name).write_bytes(sealed.content)
    nok.close()

    nok = team.laptop("nok")

    assert titles(nok) == {"เวทีเก่า"}


@pytest.mark.parametrize("whose", ["own", "rotten"])
def test_a_line_whose_sum_holds_and_that_no_reader_takes_stops_nothing(
    team: Team, whose: str
) -> None:
    nok = team.laptop("nok")
    session = forum(nok, "เวทีน้ำ")
    dev = nok.laptop if whose == "own" else STRANGER
    raw = [line(session, {"place": "วัด"}, id=id_at(LATEST)), line("session/B", {"title": "ดิน"})]
    written = [decoded_as(one, dev) for one in raw]
    sealed = segments.seal(dev, 1, "", written)
    folder = nok.folder / "log" / dev
    folder.mkdir()
    rotten = sealed.content.replace(b'"prev":""', b'"prev":"x"') if whose == "rotten" else b""
    (folder / sealed.name).write_bytes(rotten or sealed.content)
    nok.close()

    nok = team.laptop("nok")

    assert titles(nok) == {"เวทีน้ำ", "ดิน"}
    assert "rot" in refusals(nok)
    assert nok.history(session)
    nok.save(Set(session, {"place": "ศาลา"}))


def decoded_as(raw: bytes, dev: str) -> bytes:
    """The same line as a laptop of this id writes it."""
    said = json.loads(raw)
    put, time = said["put"], said["time"]
    return encode(Change(said["id"], said["rec"], put, {}, time, dev, None, None))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "rec", "put", "crc", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def raw_lines(draw: st.DrawFn) -> bytes:
    """A line as anybody may write one: parts in any order, blanks, and lines inside lines."""
    inner = st.just({"id": now_id(), "rec": "session/INNER", "put": {"title": "x"}})
    put = draw(st.dictionaries(st.sampled_from(["title", "x", "y"]), VALUES | inner, min_size=1))
    parts: dict[str, Any] = {
        "id": now_id(),
        "rec": draw(st.sampled_from(["session/A", "turn/A-B", "person/C", "laptop/x", "d/E"])),
        "put": put,
        "time": "",
        "dev": STRANGER,
    }
    if draw(st.booleans()):
        parts = dict(draw(st.permutations(list(parts.items()))))
    blanks = draw(st.sampled_from([(",", ":"), (", ", ": ")]))
    return json.dumps(parts, ensure_ascii=draw(st.booleans()), separators=blanks).encode()


@given(lines=st.lists(raw_lines(), min_size=1, max_size=4), crlf=st.booleans())
@settings(max_examples=150)
def test_what_the_taker_accepts_every_later_reader_reads_as_the_same_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], crlf: bool
) -> None:
    sealed = segments.seal(STRANGER, 1, "", lines)
    content = sealed.content.replace(b"\n", b"\r\n") if crlf else sealed.content
    (piece,) = segments.pieces(content, "x")
    assert isinstance(piece, segments.Piece)
    try:
        taken = segments.changes_of(piece, "x")
    except DamagedSegment:
        return
    folder = tmp_path_factory.mktemp("log")
    (folder / STRANGER).mkdir()
    (folder / STRANGER / sealed.name).write_bytes(piece.content)
    archive = Archive(folder)
    name = f"{STRANGER}/{sealed.name}"

    found, rot = archive.take_in(name)

    assert [archive.change(one.ref) for one in found] == list(taken)
    assert [one.rec for one in found] == [change.rec for change in taken]
    assert rot == []
    for rec in {change.rec for change in taken}:
        wanted = [change for change in taken if change.rec == rec]
        by_words = [segments.line(raw) for raw in archive.lines_with(b'"rec":"%s"' % rec.encode())]
        by_record = [segments.line(raw) for raw in archive.lines_of_records({rec.encode()})]
        assert [one for one in by_words if one.rec == rec] == wanted
        assert by_record == wanted


# times far ahead


def test_a_stranger_at_the_end_of_all_times_is_held_and_edits_go_on(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    top = [id_at(LATEST - 1, 0xFFFF) for _ in range(3)]
    leave(
        stick,
        line(session, {"aim": "x"}, id=top[0]),
        line(f"laptop/{nok.laptop}", {"owner": "x"}, id=top[1]),
        line("person/E", {"name": "x"}, id=top[2]),
    )

    met = nok.meet(stick)
    nok.save(Set(session, {"aim": "น้ำพอใช้"}))
    nok.meet(stick)
    daeng.meet(stick)
    nok.close()
    nok = team.laptop("nok")

    assert [type(one.refusal).__name__ for one in met.held] == ["TooFarAhead"]
    assert met.held[0].retry
    assert nok.session(session).session.aim == "น้ำพอใช้"
    assert daeng.session(session).session.aim == "น้ำพอใช้"
    assert [one for one in refusals(nok) if one != "view_renewed"] == []


def test_who_edits_at_the_edge_of_belief_is_followed_by_everybody(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    leave(stick, line(session, {"aim": "x"}, id=id_at(BELIEVED - 1, 0xFFFF)))
    first = nok.meet(stick)

    for aim in ("ก", "ข", "ค"):
        nok.save(Set(session, {"aim": aim}))
    nok.meet(stick)
    met = daeng.meet(stick)
    daeng.save(Set(session, {"aim": "ง"}))
    daeng.meet(stick)
    nok.meet(stick)

    assert first.held == met.held == ()
    assert nok.session(session).session.aim == daeng.session(session).session.aim == "ง"


@given(
    steps=st.lists(st.integers(0, 3), max_size=12),
    split=st.integers(0, 12),
)
def test_which_ids_stray_follows_from_all_of_them_together(steps: list[int], split: int) -> None:
    moments, at = [], BELIEVED
    for step in steps:
        at += step
        moments.append(at)
    ids = [id_at(moment) for moment in moments]
    first_gap = next((n for n, step in enumerate(steps) if step > 1), len(steps))

    assert strays(ids, ()) == strays(ids[split:], ids[:split]) | strays(ids[:split], ids[split:])
    assert strays(ids, ()) == set(ids[first_gap:])
    assert all(one >= FAR_ID for one in ids)


def test_a_clock_of_2095_is_brought_into_range(team: Team) -> None:
    nok, daeng, stick = (
        team.laptop("nok", now=lambda: NOON.replace(year=2095)),
        team.laptop("daeng"),
        team.stick(),
    )
    forum(nok, "เวทีน้ำ")
    nok.meet(stick)

    met = daeng.meet(stick)

    assert met.held == ()
    assert titles(daeng) == {"เวทีน้ำ"}
    assert "clock" in told(met)


# very many values


def test_a_field_of_very_many_values_is_settled(team: Team) -> None:
    nok, daeng, stick = team.laptop("nok"), team.laptop("daeng"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    leave(stick, *(line(session, {"aim": f"หัวปลา {n}"}) for n in range(1_500)))
    nok.meet(stick)

    nok.settle(session, "aim", value="น้ำพอใช้")
    nok.meet(stick)
    daeng.meet(stick)
    nok.close()
    nok = team.laptop("nok")

    assert nok.conflicts() == daeng.conflicts() == ()
    for book in (nok, daeng):
        assert book.session(session).session.aim == "น้ำพอใช้"
    assert [one for one in refusals(nok) if one != "view_renewed"] == []


def test_settling_more_than_one_line_can_name_is_taken_back_and_done_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.planned.MAX_BASES", 10)
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    leave(stick, *(line(session, {"aim": f"หัวปลา {n}"}) for n in range(33)))
    nok.meet(stick)
    nok.settle(session, "aim", value="น้ำพอใช้")
    settled = nok.conflicts()

    nok.undo()
    (opened,) = nok.conflicts()
    nok.redo()

    assert settled == nok.conflicts() == ()
    assert len(opened.sides) == 33
    assert nok.session(session).session.aim == "น้ำพอใช้"


# very long chains of twins


@pytest.mark.parametrize("both_sides", [True, False])
def test_a_chain_of_joined_forums_is_read_once_and_not_once_for_each(
    team: Team, both_sides: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.view.forums import Forums

    nok, stick, many = team.laptop("nok"), team.stick(), 120
    forum(nok, "เวทีน้ำ")
    chain = []
    for n in range(many):
        put = {"title": f"p{n}", f"same_as/session/P{n + 1}": True}
        back = {f"joins/session/P{n - 1}": True} if both_sides and n else {}
        chain.append(line(f"session/P{n}", put | back))
    leave(stick, *chain)
    nok.meet(stick)
    read: list[str] = []
    record = Forums.record

    def noted(forums: Forums, record_id: str) -> Record | None:
        read.append(record_id)
        return record(forums, record_id)

    monkeypatch.setattr(Forums, "record", noted)

    rows = nok.sessions()

    assert len(rows) == 2 if both_sides else many + 1
    assert len(read) < 12 * many


def test_a_join_that_only_one_side_says_joins_nothing(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    leave(
        stick,
        line("session/A", {"title": "ก", "joins/session/B": True}),
        line("session/B", {"title": "ข"}),
    )

    nok.meet(stick)

    assert titles(nok) == {"ก", "ข"}


# names that no field has


@pytest.mark.parametrize("name", ["/x", "/", "id/x", "id/"])
def test_an_element_of_a_set_without_a_name_or_in_the_id_s_place_is_held(
    team: Team, name: str
) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    leave(stick, line(session, {"place": "วัด", name: True}))

    met = nok.meet(stick)

    assert [one.retry for one in met.held] == [False]
    assert "bad field name" in str(met.held[0].refusal)
    assert titles(nok) == {"เวทีน้ำ"}
    assert nok.session(session).session.place == ""


# what others tell of laptops


def test_who_says_that_we_were_ourselves_takes_us_out_of_no_receipts(team: Team) -> None:
    nok, stick = team.laptop("nok"), team.stick()
    session = forum(nok, "เวทีน้ำ")
    nok.meet(stick)
    leave(stick, line(f"laptop/{nok.laptop}", {"was": [nok.laptop]}))

    nok.meet(stick)

    assert nok.laptop in {one.id for one in nok.receipts(session).holding}
    assert [one.session for one in nok.receipts_behind()] == [session]
