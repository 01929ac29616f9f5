"""A forum deleted here while somebody wrote inside it there: it is told, and a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.conflicts import STANDS, NoConflict
from store.edits import Add, BringBack, Change, Delete
from store.notebook import Notebook
from store.records import Attendance, Lesson, Person, RecordId, Turn
from tests.store.meeting import Team, forum


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.close()


@pytest.fixture
def two(team: Team) -> tuple[Notebook, Notebook, RecordId]:
    """Two laptops that both hold a forum of two turns."""
    nok, daeng = team.laptop("นก"), team.laptop("แดง")
    session = forum(nok, "เวทีบ้านดอน", "น้ำมาช้า", "ฝายรั่ว")
    meet(team.stick(), nok, daeng)
    return nok, daeng, session


def meet(stick: Path, *books: Notebook) -> None:
    """Until everybody has everything."""
    for book in (*books, *books):
        book.meet(stick)


def deleted_and_added(
    team: Team, two: tuple[Notebook, Notebook, RecordId], *texts: str
) -> RecordId:
    """Nok deletes the forum while Daeng adds turns to it; then they meet."""
    nok, daeng, session = two
    nok.save(Delete(session))
    for at, text in enumerate(texts or ("ซ่อมก่อนหน้าฝน",), start=3):
        daeng.save(Add(Turn(session=session, text=text, place=at)))
    meet(team.stick(), nok, daeng)
    return session


def test_turns_added_there_are_told_on_both_laptops_and_the_forum_waits_in_the_trash(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, _session = two

    session = deleted_and_added(team, two, "ก", "ข")

    for book in (nok, daeng):
        (conflict,) = book.conflicts()
        assert (conflict.record, conflict.kind, conflict.field) == (session, "session", STANDS)
        assert (conflict.title, conflict.inside) == ("เวทีบ้านดอน", 2)
        assert [side.value for side in conflict.sides] == [True, False]
        assert [side.laptop_name for side in conflict.sides] == ["นก", "แดง"]
        assert conflict.shown.time is not None
        assert book.conflicts(session) == (conflict,)
        assert [one.id for one in book.deleted()] == [session]
        assert book.deleted_unseen() == {session}
        assert book.sessions() == ()


def test_what_the_deletion_had_seen_is_no_conflict(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    daeng.save(Add(Turn(session=session, text="ซ่อมก่อนหน้าฝน", place=3)))
    meet(team.stick(), nok, daeng)

    nok.save(Delete(session))
    meet(team.stick(), nok, daeng)

    for book in (nok, daeng):
        assert book.conflicts() == ()
        assert book.deleted_unseen() == frozenset()


@pytest.mark.parametrize("what", ["edited turn", "lesson", "attendance"])
def test_whatever_is_written_inside_is_told(
    two: tuple[Notebook, Notebook, RecordId], team: Team, what: str
) -> None:
    nok, daeng, session = two
    nok.save(Delete(session))
    match what:
        case "edited turn":
            daeng.save(Change(next(daeng.turns(session)).id, {"text": "น้ำไม่มา"}))
        case "lesson":
            daeng.save(Add(Lesson(session=session, title="ซ่อมก่อนฝน")))
        case "attendance":
            person = daeng.save(Add(Person(name="คุณแดง"))).record.id
            daeng.save(Add(Attendance(session=session, person=person)))

    meet(team.stick(), nok, daeng)

    assert [(one.record, one.inside) for one in nok.conflicts()] == [(session, 1)]


def test_deleting_something_inside_there_is_nothing_to_decide(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    nok.save(Delete(session))
    daeng.save(Delete(next(daeng.turns(session)).id))

    meet(team.stick(), nok, daeng)

    assert nok.conflicts() == daeng.conflicts() == ()


def test_settling_that_it_stays_brings_it_back_with_what_was_added(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, _session = two
    session = deleted_and_added(team, two)
    stays = next(side for side in nok.conflicts()[0].sides if side.value is False)

    nok.settle(session, STANDS, take=stays.id)
    meet(team.stick(), nok, daeng)

    for book in (nok, daeng):
        assert book.conflicts() == ()
        assert [turn.text for turn in book.session(session).turns][-1] == "ซ่อมก่อนหน้าฝน"
        assert [row.id for row in book.sessions()] == [session]


def test_settling_that_it_goes_is_kept_on_both_and_undo_opens_it_again(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, _session = two
    session = deleted_and_added(team, two)
    before = daeng.conflicts()

    daeng.settle(session, STANDS, value=True)
    meet(team.stick(), nok, daeng)

    for book in (nok, daeng):
        assert book.conflicts() == ()
        assert [one.id for one in book.deleted()] == [session]
    with pytest.raises(NoConflict):
        nok.settle(session, STANDS, value=True)
    daeng.undo(past_meeting=True)
    assert [one.field for one in daeng.conflicts()] == [one.field for one in before]
    daeng.redo()
    assert daeng.conflicts() == ()


def test_bringing_it_back_from_the_trash_settles_it_too(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, _daeng, _session = two
    session = deleted_and_added(team, two)

    nok.save(BringBack(session))

    assert nok.conflicts() == ()
    assert len(nok.session(session).turns) == 3


def test_it_holds_after_opening_again_after_a_rebuild_and_for_who_only_reads(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, _daeng, _session = two
    session = deleted_and_added(team, two)
    assert [one.id for one in team.laptop("นก", read_only=True).deleted()] == [session]
    assert len(team.laptop("นก", read_only=True).conflicts()) == 1
    nok.verify(rebuild=True)
    assert len(nok.conflicts()) == 1
    nok.close()

    again = team.laptop("นก")

    assert [one.record for one in again.conflicts()] == [session]
    again.settle(session, STANDS, value=False)
    again.verify(rebuild=True)
    assert again.conflicts() == ()


def test_a_meeting_counts_it(two: tuple[Notebook, Notebook, RecordId], team: Team) -> None:
    nok, daeng, session = two
    daeng.save(Add(Turn(session=session, text="ซ่อมก่อนหน้าฝน", place=3)))
    daeng.meet(team.stick())
    nok.save(Delete(session))

    met = nok.meet(team.stick())

    assert met.conflicts == 1


def test_it_is_told_whichever_of_the_two_comes_first(team: Team) -> None:
    nok, daeng, third = (team.laptop(name) for name in ("นก", "แดง", "ขาว"))
    session = forum(nok, "เวทีบ้านดอน", "น้ำมาช้า")
    meet(team.stick(), nok, daeng, third)
    daeng.save(Add(Turn(session=session, text="ซ่อมก่อนหน้าฝน", place=3)))
    nok.save(Delete(session))
    nok.meet(team.stick("one"))
    daeng.meet(team.stick("other"))

    third.meet(team.stick("one"))
    assert third.conflicts() == ()
    third.meet(team.stick("other"))

    assert [one.record for one in third.conflicts()] == [session]


def test_two_deletions_that_saw_everything_between_them_leave_nothing_to_decide(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, session = two
    nok.save(Delete(session))
    daeng.save(Add(Turn(session=session, text="ซ่อมก่อนหน้าฝน", place=3)))
    daeng.save(Delete(session))

    meet(team.stick(), nok, daeng)

    assert nok.conflicts() == daeng.conflicts() == ()


def test_a_forum_whose_making_was_taken_back_is_told_too(
    two: tuple[Notebook, Notebook, RecordId], team: Team
) -> None:
    nok, daeng, _first = two
    session = forum(nok, "เวทีใหม่", "คำแรก")
    meet(team.stick(), nok, daeng)
    nok.undo(past_meeting=True)
    daeng.save(Add(Turn(session=session, text="คำที่สอง", place=2)))

    meet(team.stick(), nok, daeng)

    assert [(one.record, one.inside) for one in nok.conflicts()] == [(session, 1)]


def test_a_deletion_that_names_nothing_inside_is_believed_to_have_seen_it(
    two: tuple[Notebook, Notebook, RecordId], monkeypatch: pytest.MonkeyPatch
) -> None:
    nok, _daeng, session = two
    with monkeypatch.context() as patch:
        patch.setattr(nok._forums, "heads_inside", lambda _session: ())
        nok.save(Delete(session))

    nok.save(Add(Turn(session=session, text="อีกคำ", place=3)))

    assert nok.conflicts() == ()


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "trash", "delete", "delete", "bring back", "meet"]),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=30, deadline=None)
@given(done=steps)
@example(done=[("add", 1), ("trash", 1), ("delete", 0)])
@example(done=[("add", 0), ("delete", 0), ("delete", 1)])
@example(done=[("add", 1), ("delete", 1), ("delete", 0)])
@example(
    done=[("delete", 0), ("meet", 0), ("meet", 1), ("bring back", 1), ("add", 2), ("delete", 0)]
)
def test_whatever_three_laptops_do_exactly_what_no_deletion_saw_is_told(
    done: list[tuple[str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        team = Team(Path(folder))
        try:
            found, told_of = _played(team, done)
        finally:
            team.close()

    assert found == told_of


def _played(team: Team, done: list[tuple[str, int]]) -> tuple[list[int], list[int]]:
    """What each notebook tells in the end, and what a plain account of it says."""
    books = [team.laptop(name) for name in ("นก", "แดง", "ขาว")]
    session = forum(books[0], "เวทีบ้านดอน", "น้ำมาช้า")
    meet(team.stick(), *books)
    account = _Account(turns={next(books[0].turns(session)).id})
    for what, who in done:
        book, known = books[who], account.known[who]
        is_gone = "deleted" in book.record(session).marks
        mine = sorted(known.turns - known.trashed)
        if what == "add":
            turn = Add(Turn(session=session, text="คำ", place=len(known.turns) + 2))
            known.turns.add(book.save(turn).record.id)
        elif what == "trash" and mine and not is_gone:
            book.save(Delete(mine[-1]))
            known.trashed.add(mine[-1])
        elif what == "delete" and not is_gone:
            book.save(Delete(session))
            account.standing(who, frozenset(known.turns))
        elif what == "bring back" and is_gone:
            book.save(BringBack(session))
            account.standing(who, None)
        elif what == "meet":
            book.meet(team.stick())
            account.meet(who)
    meet(team.stick(), *books)
    for who in (0, 1, 2, 0, 1, 2):
        account.meet(who)
    found = [sum(one.inside for one in book.conflicts()) for book in books]
    return found, [account.untold()] * 3


class _Known:
    """What one laptop has heard of."""

    def __init__(self, turns: set[RecordId]) -> None:
        self.turns = set(turns)
        self.trashed: set[RecordId] = set()
        self.standings: set[int] = set()
        self.replaced: set[int] = set()

    def hear(self, other: _Known) -> None:
        self.turns |= other.turns
        self.trashed |= other.trashed
        self.standings |= other.standings
        self.replaced |= other.replaced


class _Account:
    """Who knew what when the forum was deleted or brought back; as naive as can be."""

    def __init__(self, turns: set[RecordId]) -> None:
        self.known = [_Known(turns) for _laptop in range(3)]
        self._stick = _Known(turns)
        self._seen: list[frozenset[RecordId] | None] = []
        """By deletion what it had seen; None for one that brought it back."""

    def standing(self, who: int, seen: frozenset[RecordId] | None) -> None:
        known = self.known[who]
        known.replaced |= known.standings
        known.standings.add(len(self._seen))
        self._seen.append(seen)

    def meet(self, who: int) -> None:
        self._stick.hear(self.known[who])
        self.known[who].hear(self._stick)

    def untold(self) -> int:
        known = self.known[0]
        stand = [self._seen[one] for one in known.standings - known.replaced]
        deletions = [one for one in stand if one is not None]
        seen = frozenset().union(*deletions)
        return len(known.turns - known.trashed - seen) if deletions else 0
