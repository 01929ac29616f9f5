"""Everything of a notebook that is searched: shards on the disk, and what changed since."""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..breath import Breath, breathing, no_breath
from ..errors import StoreError
from ..files import write_new
from ..readings import Hit
from .entry import Entry
from .letters import line_of
from .question import Question
from .shard import NotAShard, Shard, made_of

LIST: Final = "words.json"
_FORMAT: Final = "kmtui-words"
_VERSION: Final = 4
_MOST: Final = 6
"""How many shards of later changes there may be before they are put together."""


@dataclass(slots=True)
class _Kept:
    """A shard and how it stands to the others."""

    shard: Shard
    name: str
    """Of its file; empty for one in memory."""
    later: bool
    """Kept after the rebuild: what older shards have of its records counts no more."""


class SearchIndex:
    """Every text of a notebook that is searched.

    A refusal of the disk is no error here: what could not be written is made again another time.

    Args:
        folder: Of the cache; None keeps everything in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._live: dict[str, tuple[tuple[Entry, bytes], ...]] = {}
        """Records put since, with their lines; empty for one that is gone."""
        self._shards: list[_Kept] | None = None
        """Newest first; None where nobody has looked yet."""
        self._gone: set[str] = set()
        """Records of older shards that are no more."""
        self._hidden: list[frozenset[str]] | None = None
        self._mark = ""

    @property
    def mark(self) -> str:
        """What ``keep`` or ``rebuild`` was last given; empty where not all of it is there."""
        self._open()
        return self._mark

    def put(self, record_id: str, entries: Sequence[Entry]) -> None:
        """Take these as the record's texts from now on; none for a record that is gone."""
        self._live.pop(record_id, None)
        self._live[record_id] = tuple((entry, line_of(entry.text)[0]) for entry in entries)

    def find(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Texts that hold all of the words, latest first; then those that differ in tone marks.

        Args:
            words: Parted by blanks; each may stand anywhere. ``start`` and ``end`` of a hit are
                the first word's.
            limit: How many are wanted.
        """
        question = Question(words)
        hits: list[Hit] = []
        if not question.keys:
            return ()
        for exact in (True, False) if question.forgives else (True,):
            for entry in self._candidates(question, exact=exact):
                if len(hits) >= limit:
                    return tuple(hits)
                if hit := question.hit(entry, exact=exact):
                    hits.append(hit)
        return tuple(hits)

    def _candidates(self, question: Question, *, exact: bool) -> Iterator[Entry]:
        fits = question.in_line if exact else question.nearly_in_line
        for texts in reversed(self._live.values()):
            yield from (entry for entry, line in texts if fits(line))
        for kept, hidden in self._standing():
            found = kept.shard.exact(question) if exact else kept.shard.nearly(question)
            for number in found:
                entry = kept.shard.entry(number)
                if entry.id not in hidden and entry.id not in self._live:
                    yield entry

    def _standing(self) -> Iterator[tuple[_Kept, frozenset[str]]]:
        """Every shard, newest first, with the records that it does not speak for any more."""
        shards = self._open()
        if self._hidden is None:
            newer = frozenset(self._gone)
            self._hidden = []
            for kept in shards:
                self._hidden.append(newer)
                if kept.later:
                    newer |= {kept.shard.id_of(number) for number in range(kept.shard.count)}
        return zip(shards, self._hidden, strict=True)

    def is_whole(self) -> bool:
        """Whether every byte of the files is as it was written; reads all of them."""
        return all(kept.shard.is_whole() for kept in self._open())

    # files

    def _open(self) -> list[_Kept]:
        if self._shards is None:
            self._shards = []
            values = _read_list(self._folder)
            try:
                for name, later in values.get("shards", ()):
                    self._shards.append(_Kept(_shard_at(self._folder, name), name, bool(later)))
                self._gone = set(values.get("gone", ()))
                self._mark = str(values.get("mark", ""))
            except (NotAShard, OSError, TypeError, ValueError):
                self._let_go()
        return self._shards

    def _let_go(self) -> list[str]:
        """Close every shard; the names of their files."""
        shards, self._shards = self._shards or [], []
        self._gone, self._hidden, self._mark = set(), None, ""
        for kept in shards:
            kept.shard.close()
        return [kept.name for kept in shards if kept.name]

    def close(self) -> None:
        """Let go of the files."""
        self._let_go()
        self._shards = None

    def keep(self, mark: str, breath: Breath = no_breath) -> None:
        """Write what was put since as a shard of its own, under this mark."""
        shards = self._open()
        if self._live:
            texts = [entry for one in reversed(self._live.values()) for entry, _line in one]
            emptied = {record for record, one in self._live.items() if not one}
            made = self._made(breathing(texts, breath), later=True)
            self._gone = (self._gone - (set(self._live) - emptied)) | emptied
            self._live = {}
            shards[:0] = made
            self._hidden = None
            if sum(kept.later for kept in shards) > _MOST:
                self._put_together(breath)
        self._mark = mark
        self._write_list()

    def _put_together(self, breath: Breath) -> None:
        """One shard of all later changes; of everything, where most is later."""
        shards = self._open()
        later = [kept for kept in shards if kept.later]
        most = 2 * sum(kept.shard.size for kept in later) > sum(kept.shard.size for kept in shards)
        merged = shards if most else later
        made = self._made(breathing(self._texts_of(merged), breath), later=not most)
        rest = [kept for kept in shards if kept not in merged]
        if most:
            self._gone = set()
        for kept in merged:
            kept.shard.close()
        self._shards, self._hidden = [*made, *rest], None

    def _texts_of(self, wanted: Sequence[_Kept]) -> Iterator[Entry]:
        for kept, hidden in self._standing():
            if kept in wanted:
                every = (kept.shard.entry(number) for number in range(kept.shard.count))
                yield from (entry for entry in every if entry.id not in hidden)

    def rebuild(
        self,
        entries: Iterable[Entry],
        mark: str,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Take these as all texts there are, and write them under this mark.

        Args:
            entries: Latest first, those of one record behind each other; read one by one.
            mark: Given back by ``mark``.
            progress: Told now and then how many were taken, and 0.
        """
        made = self._made(_counted(entries, progress), later=False)
        self._live = {}
        self._let_go()
        self._shards, self._mark = made, mark
        self._write_list()

    def _made(self, entries: Iterable[Entry], *, later: bool) -> list[_Kept]:
        return [self._written(parts, later=later) for parts in made_of(entries)]

    def _written(self, parts: list[bytes | bytearray], *, later: bool) -> _Kept:
        """A shard on the disk, or in memory where the disk does not take it."""
        if self._folder is not None:
            name = f"words-{secrets.token_hex(8)}.bin"
            with suppress(StoreError, OSError, NotAShard):
                self._folder.mkdir(exist_ok=True)
                write_new(self._folder / name, map(bytes, parts), sync=False)
                return _Kept(Shard.at(self._folder / name), name, later)
        return _Kept(Shard(b"".join(parts)), "", later)

    def _write_list(self) -> None:
        """Say which files count; without that they do not."""
        shards = self._open()
        if self._folder is None or not all(kept.name for kept in shards):
            return
        values = {
            "fmt": _FORMAT,
            "v": _VERSION,
            "mark": self._mark,
            "shards": [[kept.name, kept.later] for kept in shards],
            "gone": sorted(self._gone),
        }
        with suppress(StoreError, OSError):
            self._folder.mkdir(exist_ok=True)
            write_new(self._folder / LIST, _sealed(values), sync=False)
            self._sweep({kept.name for kept in shards})

    def _sweep(self, names: set[str]) -> None:
        """Delete the files that count no more; Windows keeps one that somebody has open."""
        assert self._folder is not None
        for path in self._folder.glob("words-*.bin"):
            if path.name not in names:
                with suppress(OSError):
                    path.unlink()


def _sealed(values: dict[str, Any]) -> bytes:
    body = json.dumps(values, sort_keys=True)
    return json.dumps({"crc": zlib.crc32(body.encode()), "list": values}, sort_keys=True).encode()


def _read_list(folder: Path | None) -> dict[str, Any]:
    """What counts; empty where there is nothing, or nothing that can be trusted."""
    if folder is None:
        return {}
    try:
        found = json.loads((folder / LIST).read_bytes())
        values: dict[str, Any] = found["list"]
        body = json.dumps(values, sort_keys=True)
        if found["crc"] == zlib.crc32(body.encode()) and values["fmt"] == _FORMAT:
            return values if values["v"] == _VERSION else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return {}


def _shard_at(folder: Path | None, name: str) -> Shard:
    if folder is None or Path(name).name != name:
        raise NotAShard(name)
    return Shard.at(folder / name)


def _counted(
    entries: Iterable[Entry], progress: Callable[[int, int], None] | None
) -> Iterator[Entry]:
    for number, entry in enumerate(entries, start=1):
        if progress and number % 5_000 == 0:
            progress(number, 0)
        yield entry
