"""Notebook: the one door to the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .edits import Edit
from .readings import (
    Draft,
    FieldChange,
    Hit,
    Holder,
    Notice,
    Saved,
    SessionRow,
    SessionWhole,
)
from .records import Agency, Attendance, Lesson, Outcome, Person, Record, RecordId, Series, Turn

Progress = Callable[[int, int], None]
"""Called with (done, of); of is 0 while not known."""


class Notebook:
    """One notebook on disk, open for one reader or writer. Not for several threads at once."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        read_only: bool = False,
        now: Callable[[], datetime] | None = None,
        program: str = "kmtui",
        progress: Progress | None = None,
    ) -> Self:
        """Open the notebook in ``folder``, making it where there is none.

        Args:
            folder: The notebook's folder.
            read_only: Do not take the pen. Nothing is written, not even a repair.
            now: Clock, aware local time; tests pass a fixed one.
            program: What to tell another window about who writes (``kmtui log``).
            progress: Told about long work (a rebuild).

        Raises:
            NotebookInUse: Another process writes to it (open with ``read_only=True`` instead).
            NotebookReadOnly: The folder cannot be written.
            NewerNotebook: A newer version made it.
            NotANotebook: The folder holds something else.
            DiskRefused: The disk refused.
        """
        raise NotImplementedError

    folder: Path
    writable: bool
    holder: Holder | None
    """Who else writes; None where nobody does, or where it is this one."""
    notices: tuple[Notice, ...]
    """What opening found and mended."""
    laptop: str
    """This laptop's id, ten letters."""
    owner: str
    """Whose laptop; may be empty."""

    def set_owner(self, owner: str) -> None: ...

    # asking

    def record(self, id: RecordId) -> Record:
        """One record, also from the trash (its marks say so). Raises UnknownRecord."""
        raise NotImplementedError

    def find_id(self, words: str) -> RecordId:
        """The record whose id this is, or begins or ends with this (at least 6 letters).

        Raises:
            UnknownRecord, AmbiguousRecord
        """
        raise NotImplementedError

    def sessions(self) -> tuple[SessionRow, ...]:
        """Every session, latest date first, undated ones by when they were made."""
        raise NotImplementedError

    def session(self, id: RecordId) -> SessionWhole:
        """One session with everything in it. Raises UnknownRecord."""
        raise NotImplementedError

    def turns(self, session: RecordId | None = None) -> Iterable[Turn]: ...
    def attendance(self, session: RecordId | None = None) -> Iterable[Attendance]: ...
    def lessons(self, session: RecordId | None = None) -> tuple[Lesson, ...]: ...
    def outcomes(self, session: RecordId | None = None) -> tuple[Outcome, ...]: ...
    def people(self) -> tuple[Person, ...]: ...
    def agencies(self) -> tuple[Agency, ...]: ...
    def series(self) -> tuple[Series, ...]: ...
    def of_kind(self, kind: str) -> tuple[Record, ...]: ...
    def deleted(self) -> tuple[Record, ...]:
        """The trash, latest first."""
        raise NotImplementedError

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]: ...
    def history(self, id: RecordId) -> tuple[FieldChange, ...]:
        """Every change of every field of a record, oldest first."""
        raise NotImplementedError

    def imported(self, sha256: str) -> SessionRow | None:
        """The session that was read in from a file of these bytes, if there is one."""
        raise NotImplementedError

    # writing

    def new_id(self, kind: str, session: RecordId | None = None) -> RecordId:
        """A fresh id, so that records saved together can name each other."""
        raise NotImplementedError

    def attendance_id(self, session: RecordId, person: RecordId) -> RecordId: ...

    def save(self, *edits: Edit, who: RecordId | None = None) -> Saved:
        """Keep all of these edits or none; they are on the disk when this returns.

        Raises:
            NotebookReadOnly, DiskRefused, SyncFailed, UnknownRecord, UnknownField, BadValue,
            TooLong, AlreadyDeleted, NotDeleted
        """
        raise NotImplementedError

    def undo(self) -> Saved:
        """Take back this laptop's last change that is not taken back yet.

        Raises:
            NothingToUndo, ChangedSince
        """
        raise NotImplementedError

    def keep_draft(self, draft: Draft) -> None:
        """Keep the line being typed; an empty text forgets it."""

    def draft(self, session: RecordId) -> Draft | None: ...
    def drafts(self) -> tuple[Draft, ...]: ...

    # looking after it

    def idle(self) -> None:
        """Do what is worth doing while nobody types: checkpoint the view, index new text."""

    def verify(self, *, rebuild: bool = False, progress: Progress | None = None) -> Mapping[str, Any]:
        """Read every line again; rebuild the view where asked or where it differs.

        Returns:
            ``{"lines": n, "segments": n, "records": n, "damaged": [...], "held": [...],
            "rebuilt": bool, "differs": bool}``
        """
        raise NotImplementedError

    def backup(self, file: Path) -> Mapping[str, Any]: ...

    @staticmethod
    def restore(file: Path, folder: Path) -> Mapping[str, Any]: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
