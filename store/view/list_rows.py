"""The rows of lists: what is shown of a session without reading it, kept ready and up to date."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, Literal

from ..breath import Breath, breathing, no_breath
from ..ids import record_letters
from ..listing import ListRow, list_row, order, session_row
from ..readings import SessionRow, SessionWhole
from ..records import Person, RecordId, Series
from . import places
from .shelves import Shelves, Stamp

OPEN: Final = frozenset({"conflict", "edited_after_delete"})
"""Marks of what a person should settle."""
UNSETTLED: Final = frozenset({"conflict", "edited_after_delete"})
"""Marks of a record about which a person should decide."""
_MANY: Final = 100
Names = tuple[Mapping[RecordId, Person], Mapping[RecordId, Series]]


class ListRows:
    """A row for each session, renewed when something in the session has changed.

    Args:
        shelves: The databases.
        whole: Reads one session with everything in it; None for none.
        names: Everybody, and every series, by id.
        breath: Taken between two rows.
    """

    def __init__(
        self,
        shelves: Shelves,
        *,
        whole: Callable[[RecordId], SessionWhole | None],
        names: Callable[[], Names],
        breath: Breath = no_breath,
    ) -> None:
        self._shelves = shelves
        self._whole = whole
        self._names = names
        self._breath = breath
        self.behind: set[str] = set()
        """Letters of sessions whose rows lack something."""
        self._renewed: set[str] = set()
        """Letters of sessions whose rows were made anew and are not among those read yet."""
        self._rows: dict[str, SessionRow] | None = None
        self._listed: tuple[SessionRow, ...] = ()
        self._gone: set[str] = set()
        self._into: dict[RecordId, RecordId] = {}

    def forget(self) -> None:
        """Read the rows anew: a name in them has changed, or the databases were written."""
        self._rows = None

    def all(self) -> tuple[SessionRow, ...]:
        """Every session that is not deleted, latest first."""
        if self._rows is None or self.behind or self._renewed:
            many = len(self.behind) > _MANY
            with undisturbed():
                rows = self._up_to_date().values()
                self._listed = tuple(sorted(rows, key=order, reverse=True))
                if many:
                    gc.freeze()  # else the next look for garbage stops a screen for a moment
        return self._listed

    def gone(self) -> set[str]:
        """Sessions in the trash."""
        self.all()
        return self._gone

    def into(self) -> Mapping[RecordId, RecordId]:
        """Sessions that are read as part of another one, with that one."""
        self.all()
        return self._into

    def imported(self, sha256: str) -> SessionRow | None:
        """The session that was read in from a file of these bytes; None for none."""
        rows = {row.id: row for row in self.all()}
        for row in self.kept():
            if sha256 and row.get("sha256") == sha256:
                shown = self._into.get(row["id"], row["id"])
                if shown in rows:
                    return rows[shown]
        return None

    def _up_to_date(self) -> dict[str, SessionRow]:
        for name in self._shelves.names("rows-"):
            self._shelves.shelf(name)  # one that was lost says here which rows are behind
        for letters in breathing(list(self.behind), self._breath, every=1):
            if letters in self.behind:  # else it was made anew with another, or in a breath
                self.renew(letters)
        people, series = self._names()
        behind, self._renewed = self._renewed, set()
        if self._rows is None:
            rows, known = self.kept(), {}
        else:
            rows, known = (row for one in behind if (row := self._of(one))), self._rows
        for row in rows:
            (self._gone.add if "deleted" in row["marks"] else self._gone.discard)(row["id"])
            self._into.pop(row["id"], None)
            if into := row.get("into"):
                self._into[row["id"]] = into
            if row.get("stub") or into or row["id"] in self._gone:
                known.pop(row["id"], None)
            else:
                known[row["id"]] = session_row(row, people, series)
        self._rows = known
        return known

    def kept(self) -> Iterator[Mapping[str, Any]]:
        """Every row as it is kept, those of deleted sessions too."""
        for name in self._shelves.names("rows-"):
            yield from self._shelves.shelf(name).every(places.ROWS)

    def marked(self, field: Literal["conflict", "trash"]) -> set[str]:
        """Letters of sessions inside which something was to settle, or was put into the trash.

        Args:
            field: Which of the two; as it was when the row was made.
        """
        return {
            record_letters(row["id"])
            for name in self._shelves.names("rows-")
            for row in self._shelves.shelf(name).every_with(places.ROWS, field)
        }

    def is_unseen(self, letters: str) -> bool:
        """Whether a deleted session held, when its row was made, what its deletion had not seen."""
        return bool((self._of(letters) or {}).get("unseen"))

    def _of(self, letters: str) -> Mapping[str, Any] | None:
        shelf = self._shelves.shelf(places.rows_shelf(letters))
        return shelf.row(places.ROWS, f"session/{letters}")

    def renew(self, letters: str, stamp: Stamp | None = None) -> set[str]:
        """Make the row of a session anew, and of those that it is or was joined with.

        Args:
            letters: Of the session.
            stamp: Of the session's database where it was just written; else the row's own stays.

        Returns:
            The letters of those others.
        """
        wholes: dict[str, tuple[SessionWhole | None, list[str]]] = {}
        met: set[str] = set()
        todo = [letters]
        while todo:
            one = todo.pop()
            if one in met:
                continue
            met.add(one)
            before = self._of(one) or {}
            marks = self._marks(one)  # first, while nothing of it is decoded
            if one not in wholes:  # a forum is read once for all of its records, however many
                whole = self._whole(RecordId(f"session/{one}"))
                group = [one] if whole is None else _letters(whole)
                wholes |= dict.fromkeys([one, *group], (whole, group))
                todo += group
            todo += before.get("group", ())
            file = (stamp if one == letters else None) or before.get("file")
            self._keep(one, *wholes[one], marks, file)
        self._renewed |= met
        return met - {letters}

    def _keep(
        self,
        letters: str,
        whole: SessionWhole | None,
        group: Sequence[str],
        marks: set[str],
        file: Sequence[int] | None,
    ) -> None:
        """Keep the row of one record of a forum."""
        session = RecordId(f"session/{letters}")
        if whole is None:  # what is inside has come before the session itself
            row = ListRow(id=session, stub=True, marks=[])
        elif whole.session.id != session:
            own = next(one for one in whole.joined if one.id == session)
            row = ListRow(id=session, into=whole.session.id, marks=[])
            row["sha256"] = own.source.sha256 if own.source else ""
        else:
            row = list_row(
                whole.session,
                whole.attendance,
                whole.turns,
                whole.lessons,
                whole.outcomes,
                completeness=whole.completeness,
                joined=whole.joined,
                last_change=max(map(self._last_change, group)),
            )
        row["trash"] = "deleted" in marks
        if not marks.isdisjoint(OPEN):
            row["conflict"] = True
        if whole is not None and "deleted" in whole.session.marks and self._is_unseen(session):
            row["unseen"] = True
        if file:
            row["file"] = list(file)
        if len(group) > 1:
            row["group"] = list(group if group[0] == letters else group[:1])
        self._shelves.shelf(places.rows_shelf(letters)).keep(places.ROWS, [row])
        self.behind.discard(letters)

    def _is_unseen(self, session: str) -> bool:
        from .inside import unseen_inside  # only who has deleted a forum needs it

        return bool(unseen_inside(self._shelves, session))

    def _marks(self, letters: str) -> set[str]:
        """What is told of anything inside a session."""
        inside = self._shelves.shelf(places.inside_shelf(letters))
        return {
            mark
            for kind in ("turn", "attendance", "review")
            for record in inside.marked(kind)
            for mark in record.marks
        }

    def _last_change(self, letters: str) -> str:
        session, inside = f"session/{letters}", self._shelves.shelf(places.inside_shelf(letters))
        newest = [max(self._shelves.of(session).state(session).seen, default="")]
        for kind in ("turn", "attendance"):
            newest += [own_letters(one) for one in inside.ids(places.TABLES[kind])]
        return max(newest)


def _letters(whole: SessionWhole) -> list[str]:
    """The letters of all records of a forum, the shown one first."""
    return [record_letters(one.id) for one in (whole.session, *whole.joined)]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no garbage be looked for while many small values are made: it doubles the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def own_letters(record_id: str) -> str:
    """A record's own letters, behind those of its session."""
    return record_letters(record_id).rpartition("-")[2]
