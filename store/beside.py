"""Several records of one forum beside each other, line by line, before and after joining them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .errors import UnknownRecord
from .ids import kind_of, session_letters
from .joining import CannotJoin
from .readings import SessionWhole
from .records import Person, RecordId, Session, Turn
from .rules.twins import doubled, folded, side_by_side
from .values import Value
from .view.forums import Forums


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OneRecord(Value):
    """One record of a forum, as it was written."""

    session: Session
    laptop: str
    """The laptop that it was made on."""
    owner: str
    """Whose laptop; its id where nobody has said it."""
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BesideLine(Value):
    """A turn, and what another recorder wrote down of the same words."""

    turn: Turn
    """The one that is shown, or would be."""
    double: Turn | None = None
    """What looks like the same words; a person says whether it is."""
    below: tuple[Turn, ...] = ()
    """What a person has folded into it."""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Every record of these words, the shown one first."""
        return (self.turn, *self.below, *([self.double] if self.double else ()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Beside(Value):
    """Records of one forum beside each other."""

    records: tuple[OneRecord, ...]
    """The one first as which the others are read, or would be."""
    joined: bool
    """Whether they are read as one."""
    lines: tuple[BesideLine, ...]
    """By time and order."""
    people: Mapping[RecordId, Person]

    def whose(self, turn: Turn) -> int:
        """Which of the records a turn stands in, from 0."""
        own = session_letters(turn.id)
        return next(
            at for at, one in enumerate(self.records) if session_letters(one.session.id) == own
        )

    def speaker_name(self, turn: Turn) -> str:
        """Who said it, as written; the source's label, or empty, where that is not known."""
        person = self.people.get(turn.speaker) if turn.speaker else None
        return person.name if person else turn.label


def beside(
    forums: Forums, owners: Mapping[RecordId, tuple[str, str]], first: RecordId, second: RecordId
) -> Beside:
    """Lay two forums beside each other, with whatever is joined with either.

    Args:
        forums: The notebook's.
        owners: The laptop that each record was made on, and whose it is; see ``group``.
        first: One of the forums.
        second: Another one.

    Raises:
        CannotJoin, UnknownRecord
    """
    ids = group(forums, first, second)
    alone = [_whole(forums, one, alone=True) for one in ids]
    together = side_by_side([one.turns for one in alone])
    shown, below = folded(together)
    apart = {turn.id: RecordId(session_letters(turn.id)) for turn in together}
    doubles = {one.id: other for one, other in doubled(shown, apart)}
    second_of = {other.id for other in doubles.values()}
    return Beside(
        records=tuple(
            OneRecord(session=one.session, turns=one.turns, laptop=laptop, owner=owner)
            for one in alone
            for laptop, owner in [owners.get(one.session.id, ("", ""))]
        ),
        joined=ids == group(forums, first, first),
        lines=tuple(
            BesideLine(turn=turn, double=doubles.get(turn.id), below=below.get(turn.id, ()))
            for turn in shown
            if turn.id not in second_of
        ),
        people=alone[0].people,
    )


def group(forums: Forums, *sessions: RecordId) -> list[RecordId]:
    """Every record of these forums once, those that are shown first in their group.

    Raises:
        CannotJoin, UnknownRecord
    """
    if any(kind_of(one) != "session" for one in sessions):
        raise CannotJoin(first=sessions[0], second=sessions[-1], where=sessions[-1])
    found: dict[RecordId, None] = {}
    for one in sessions:
        whole = _whole(forums, one)
        found |= dict.fromkeys([whole.session.id, *(other.id for other in whole.joined)])
    return list(found)


def turns_of(forums: Forums, sessions: Iterable[RecordId]) -> dict[RecordId, Turn]:
    """Every turn of these records, as it was written."""
    wholes: Sequence[SessionWhole] = [_whole(forums, one, alone=True) for one in sessions]
    return {turn.id: turn for one in wholes for turn in one.turns}


def _whole(forums: Forums, session: RecordId, *, alone: bool = False) -> SessionWhole:
    found = forums.whole(session, alone=alone)
    if found is None:
        raise UnknownRecord(where=session)
    return found
