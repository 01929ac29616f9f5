"""Finding words: one byte string of search keys, looked through for the first hits.

A Thai letter is one byte (cp874), so the texts of ten thousand forums are fifty megabytes and a
plain search beats an index up to there. The files are a cache: anything missing or odd about them
means only that they are made again.
"""

from __future__ import annotations

import json
import mmap
import secrets
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from .errors import StoreError
from .files import write_new
from .readings import Hit
from .records import RecordId
from .text import loose_key, search_key, search_key_with_places, span_in_text

LIST: Final = "words.json"
_FORMAT: Final = "kmtui-words"
_VERSION: Final = 1
_CODE: Final = "cp874"
_SHARDS: Final = 6
"""How many files there may be before they are put together."""
_MOST_WORDS: Final = 8
_TONE_MARKS: Final = "่้๊๋"
_TONES: Final = bytes(range(0xE8, 0xEC))
"""The four tone marks in cp874."""


class Entry(NamedTuple):
    """One text of one record."""

    id: str
    kind: str
    session: RecordId | None
    field: str
    text: str


class _Place(NamedTuple):
    """What a file keeps of an entry besides its text."""

    id: str
    kind: str
    session: RecordId | None
    field: str


class Shard:
    """Some entries, ready to be looked through; never changed once made."""

    def __init__(self, hay: bytes, texts: Callable[[int], str], places: Sequence[_Place]) -> None:
        self.hay = hay
        self._texts = texts
        self.places = places
        self._starts: array[int] | None = None
        self._loose: tuple[bytes, array[int]] | None = None

    def entry(self, number: int) -> Entry:
        """One of its entries."""
        return Entry(*self.places[number], self._texts(number))

    def starts(self) -> array[int]:
        """Where each entry begins in the hay."""
        if self._starts is None:
            self._starts = _line_starts(self.hay)
        return self._starts

    def take_starts(self, starts: array[int]) -> None:
        """Where each entry begins, where a file has said it."""
        self._starts = starts

    def loose(self) -> tuple[bytes, array[int]]:
        """The hay without tone marks, made when first wanted."""
        if self._loose is None:
            hay = self.hay.translate(None, _TONES)
            self._loose = hay, _line_starts(hay)
        return self._loose

    def candidates(self, words: Sequence[bytes], *, loose: bool) -> Iterator[int]:
        """Entries that hold all of these, in order."""
        hay, starts = self.loose() if loose else (self.hay, self.starts())
        rarest = max(words, key=len)
        at = hay.find(rarest)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            end = hay.find(b"\n", at)
            if all(hay.find(word, starts[number], end) >= 0 for word in words):
                yield number
            at = hay.find(rarest, end)


def _line_starts(hay: bytes) -> array[int]:
    starts = array("Q", [0])
    total = 0
    lengths = map(len, hay.split(b"\n"))
    for length in lengths:
        total += length + 1
        starts.append(total)
    del starts[-2:]
    return starts


def _in_bytes(key: str) -> bytes:
    return key.encode(_CODE, "replace")


def _packed(text: str) -> bytes:
    """A text in as few bytes as it takes; the first byte says how."""
    try:
        raw = text.encode(_CODE)
        if raw.decode(_CODE) == text:
            return b"t" + raw
    except UnicodeError:
        pass
    return b"u" + text.encode("utf-8", "surrogatepass")


def _unpacked(raw: bytes) -> str:
    return raw[1:].decode(_CODE if raw[:1] == b"t" else "utf-8")


def shard_of(entries: Iterable[Entry]) -> Shard:
    """A shard in memory."""
    kept = list(entries)
    hay = b"".join(_in_bytes(search_key(entry.text)) + b"\n" for entry in kept)
    places = [_Place(*entry[:4]) for entry in kept]
    return Shard(hay, lambda number: kept[number].text, places)


class SearchIndex:
    """Every text of a notebook that is searched, with what changed since it was written.

    Args:
        folder: Of the cache; None keeps everything in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._live: dict[str, tuple[Entry, ...]] = {}
        """Records put since; an empty tuple for one that is gone."""
        self._fresh: Shard | None = None
        self._shards: list[Shard] = []
        """Newest first."""
        self._files: list[str] = []
        self._gone: set[str] = set()
        self._newer: list[set[str]] = []
        """For each shard, the records that newer ones hold."""
        self._loaded = False
        self.mark, self._list = _read_list(folder)

    def put(self, record_id: str, entries: Sequence[Entry]) -> None:
        """Take these as the record's texts from now on; none for a record that is gone."""
        self._live[record_id] = tuple(entries)
        self._fresh = None

    def find(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Texts that hold all of the words, those put last first; exact ones before others.

        Args:
            words: Parted by blanks; each may stand anywhere.
            limit: How many are wanted.
        """
        keys = search_key(words).split(" ")[:_MOST_WORDS]
        if not any(keys):
            return ()
        self._load()
        hits = self._hits(keys, limit, loose=False)
        if not hits:
            hits = self._hits([loose_key(key) for key in keys], limit, loose=True)
        return tuple(hits)

    def _hits(self, keys: Sequence[str], limit: int, *, loose: bool) -> list[Hit]:
        wanted = [_in_bytes(key) for key in keys if key]
        found: list[Hit] = []
        if not wanted:
            return found
        for shard, hidden in self._layers():
            for number in shard.candidates(wanted, loose=loose):
                if shard.places[number].id in hidden:
                    continue
                if hit := _hit(shard.entry(number), keys, exact=not loose):
                    found.append(hit)
                    if len(found) >= limit:
                        return found
        return found

    def _layers(self) -> Iterator[tuple[Shard, set[str]]]:
        """Shards, newest first, each with the records that it does not speak for any more."""
        if self._fresh is None:
            self._fresh = shard_of(
                entry for entries in reversed(self._live.values()) for entry in entries
            )
        yield self._fresh, set()
        live = set(self._live)
        for shard, newer in zip(self._shards, self._newer, strict=True):
            yield shard, live | newer

    # files

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        try:
            for name, size in self._list.get("shards", ()):
                self._shards.append(_read_shard(self._folder, name, size))
                self._files.append(name)
            self._gone = set(self._list.get("gone", ()))
        except (StoreError, OSError, ValueError, KeyError, TypeError, IndexError):
            self._shards, self._files, self._gone, self.mark = [], [], set(), ""
        self._settle()

    def check(self) -> bool:
        """Whether everything that the mark promises is there."""
        self._load()
        return bool(self.mark)

    def _settle(self) -> None:
        self._newer = []
        newer = set(self._gone)
        for shard in self._shards:
            self._newer.append(set(newer))
            if len(self._shards) > 1 and shard is not self._shards[-1]:
                newer |= {place.id for place in shard.places}

    def keep(self, mark: str) -> None:
        """Write what was put since as a file of its own, under this mark.

        Raises:
            DiskRefused, NotebookReadOnly
        """
        self._load()
        if self._live:
            fresh = [entry for entries in self._live.values() for entry in entries]
            emptied = {one for one, entries in self._live.items() if not entries}
            written = {one for one, entries in self._live.items() if entries}
            self._gone = (self._gone - written) | emptied
            if len(self._shards) >= _SHARDS:
                self.rebuild(list(self._standing()), mark)
                return
            self._add(fresh)
        self._write_list(mark)

    def rebuild(
        self,
        entries: Iterable[Entry],
        mark: str,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Take these as all texts there are, newest first, and write them under this mark."""
        old = self._files
        self._loaded, self._live, self._gone = True, {}, set()
        self._shards, self._files = [], []
        self._add(_counted(entries, progress))
        self._write_list(mark)
        if self._folder is not None:
            for name in old:
                with suppress(OSError):  # Windows keeps a file that is still mapped elsewhere
                    (self._folder / name).unlink(missing_ok=True)

    def _standing(self) -> Iterator[Entry]:
        for shard, hidden in self._layers():
            for number, place in enumerate(shard.places):
                if place.id not in hidden:
                    yield shard.entry(number)

    def _add(self, entries: Iterable[Entry]) -> None:
        """A new newest shard: in a file where there is a folder."""
        self._live, self._fresh = {}, None
        if self._folder is None:
            shard = shard_of(entries)
        else:
            name = f"words-{secrets.token_hex(6)}.bin"
            self._folder.mkdir(exist_ok=True)
            write_new(self._folder / name, _file_parts(entries), sync=False)
            size = (self._folder / name).stat().st_size
            shard = _read_shard(self._folder, name, size)
            self._files.insert(0, name)
        self._shards.insert(0, shard)
        self._settle()

    def _write_list(self, mark: str) -> None:
        self.mark = mark
        if self._folder is None or not mark:
            return
        sizes = [[name, (self._folder / name).stat().st_size] for name in self._files]
        values = {
            "fmt": _FORMAT,
            "v": _VERSION,
            "mark": mark,
            "shards": sizes,
            "gone": sorted(self._gone),
        }
        self._folder.mkdir(exist_ok=True)
        write_new(self._folder / LIST, json.dumps(values).encode(), sync=False)


def _hit(entry: Entry, keys: Sequence[str], *, exact: bool) -> Hit | None:
    """The hit in an entry, verified on its text; None where the bytes only looked like it."""
    key, places = search_key_with_places(entry.text)
    if not exact:
        pairs = zip(key, places, strict=False)
        toneless = [(letter, at) for letter, at in pairs if letter not in _TONE_MARKS]
        key = "".join(letter for letter, _at in toneless)
        places = (*(at for _letter, at in toneless), places[-1])
    if not all(one in key for one in keys):
        return None
    first = next(one for one in keys if one)
    at = key.index(first)
    start, end = span_in_text(entry.text, places, at, at + len(first))
    return Hit(
        kind=entry.kind,
        id=RecordId(entry.id),
        session=entry.session,
        field=entry.field,
        text=entry.text,
        start=start,
        end=end,
        exact=exact,
    )


def _counted(
    entries: Iterable[Entry], progress: Callable[[int, int], None] | None
) -> Iterator[Entry]:
    for number, entry in enumerate(entries, start=1):
        if progress and number % 5_000 == 0:
            progress(number, 0)
        yield entry


def _read_list(folder: Path | None) -> tuple[str, dict[str, Any]]:
    if folder is None:
        return "", {}
    try:
        found = json.loads((folder / LIST).read_bytes())
        if found["fmt"] == _FORMAT and found["v"] == _VERSION:
            return str(found["mark"]), found
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return "", {}


# A file: a line of JSON with the sizes of its parts, then hay and where its lines start, places
# and where theirs end, texts and where they end.


def _file_parts(entries: Iterable[Entry]) -> Iterator[bytes]:
    hay, places, texts = bytearray(), bytearray(), bytearray()
    starts, place_ends, text_ends = array("Q"), array("Q"), array("Q")
    for entry in entries:
        starts.append(len(hay))
        hay += _in_bytes(search_key(entry.text)) + b"\n"
        places += f"{entry.id}\t{entry.kind}\t{entry.session or ''}\t{entry.field}".encode()
        place_ends.append(len(places))
        texts += _packed(entry.text)
        text_ends.append(len(texts))
    tables = [table.tobytes() for table in (starts, place_ends, text_ends)]
    parts = (bytes(hay), bytes(places), bytes(texts), *tables)
    head = {
        "fmt": _FORMAT,
        "order": sys.byteorder,
        "sizes": [len(part) for part in parts],
        "crc": [zlib.crc32(table) for table in tables],
    }
    yield json.dumps(head).encode() + b"\n"
    yield from parts


def _read_shard(folder: Path | None, name: str, size: int) -> Shard:
    """A shard from its file; its texts stay on the disk until they are wanted.

    Raises:
        ValueError, KeyError, OSError: It is not what was written.
    """
    if folder is None or "/" in name or "\\" in name:
        raise ValueError(name)
    with (folder / name).open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    at = content.find(b"\n") + 1
    head = json.loads(content[:at])
    bounds = [at]
    for part in head["sizes"]:
        bounds.append(bounds[-1] + part)
    if head["fmt"] != _FORMAT or head["order"] != sys.byteorder or bounds[-1] != size != 0:
        raise ValueError(name)
    tables = []
    for number, crc in enumerate(head["crc"], start=3):
        raw = content[bounds[number] : bounds[number + 1]]
        if zlib.crc32(raw) != crc:
            raise ValueError(name)
        tables.append(array("Q", raw))
    starts, place_ends, text_ends = tables
    rows = _Pieces(content, bounds[1], place_ends)
    texts = _Pieces(content, bounds[2], text_ends)
    shard = Shard(content[at : bounds[1]], lambda number: _unpacked(texts[number]), _Rows(rows))
    shard.take_starts(starts)
    return shard


class _Pieces:
    """Pieces of a file that stand one after another."""

    def __init__(self, content: mmap.mmap, start: int, ends: array[int]) -> None:
        self._content = content
        self._start = start
        self.ends = ends

    def __getitem__(self, number: int) -> bytes:
        first = self.ends[number - 1] if number else 0
        return self._content[self._start + first : self._start + self.ends[number]]


class _Rows(Sequence[_Place]):
    """The places of a file, read one by one."""

    def __init__(self, rows: _Pieces) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows.ends)

    def __getitem__(self, number: Any) -> Any:
        if number >= len(self):
            raise IndexError(number)
        record_id, kind, session, field = self._rows[number].decode().split("\t")
        return _Place(record_id, kind, RecordId(session) if session else None, field)
