"""The line being typed: kept beside the notebook until it is said."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from .errors import StoreError
from .files import read_plain, refused, write_new
from .ids import record_letters
from .readings import Draft
from .records import RecordId

_LIMIT: Final = 4 * 1024 * 1024
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)


class Drafts:
    """One small file for each session that somebody is typing in.

    Args:
        folder: Where they stand; made at the first one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, session: str) -> Path:
        return self._folder / f"d{record_letters(session)}.json"

    def keep(self, draft: Draft) -> None:
        """Keep this line; an empty text forgets the session's line.

        Raises:
            DiskRefused, NotebookReadOnly
        """
        path = self._path(draft.session)
        try:
            if not draft.text:
                path.unlink(missing_ok=True)
                return
            self._folder.mkdir(exist_ok=True)
        except OSError as error:
            raise refused(error, path) from error
        values = dataclasses.asdict(draft)
        values["written"] = draft.written.isoformat() if draft.written else None
        text = json.dumps(values, ensure_ascii=False)
        # A kill cannot hurt what the system has; a flush for every key would wear slow disks.
        write_new(path, text.encode("utf-8", "backslashreplace"), sync=False)

    def of(self, session: RecordId) -> Draft | None:
        """The line of a session; None for none, or one that cannot be read."""
        return _read(self._path(session))

    def all(self) -> tuple[Draft, ...]:
        """Every line, the one that was typed last first."""
        paths = self._folder.glob("d*.json") if self._folder.is_dir() else ()
        found = [draft for path in paths if (draft := _read(path))]
        return tuple(sorted(found, key=lambda one: one.written or _EARLIEST, reverse=True))


def _read(path: Path) -> Draft | None:
    try:
        found = json.loads(read_plain(path, _LIMIT))
        written = found.get("written")
        return Draft(
            session=RecordId(str(found["session"])),
            text=str(found["text"]),
            speaker=RecordId(str(found["speaker"])) if found.get("speaker") else None,
            speaker_name=str(found.get("speaker_name", "")),
            written=datetime.fromisoformat(written) if written else None,
            cursor=int(found.get("cursor", 0)),
        )
    except (StoreError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
