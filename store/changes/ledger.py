"""The ledger: every change line of a notebook, in its open file and its sealed ones."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from ..aside import read_aside
from ..device import KEYS
from ..errors import N_, DamagedSegment, NewerSegment, StoreError
from ..files import Disk, read_plain, refused, write_new
from ..ids import FAR_ID
from ..readings import Notice
from . import segments
from .archive import Archive, Held, Line, Ref, far_ids_in, kept_aside_name
from .copies import has_room
from .doubles import resolved
from .line import BadLine, Change
from .open_log import Kept, OpenLog, Scan, record_named, scan

OPEN: Final = "open.jsonl"
_LIMIT: Final = 1 << 30
_FEW: Final = 6
"""Records whose lines are faster looked for one by one than all lines read."""
_ID: Final = re.compile(rb'"id":"([0-7][0-9A-HJKMNP-TV-Z]{25})"')


class Missing(NamedTuple):
    """A line that was kept once and cannot be read any more."""

    rec: str | None
    id: str


@dataclass(slots=True)
class News:
    """What reading the ledger from a mark on gave."""

    lines: list[tuple[str, Change | Ref]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    sealed: set[str] = field(default_factory=set)
    """Sealed files whose lines are in."""
    held: list[Held] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class Ledger:
    """All lines of one notebook.

    Args:
        folder: The notebook's folder.
        dev: This laptop.
        disk: How bytes reach the disk.
        writes: Whether this window holds the pen.
    """

    def __init__(self, folder: Path, dev: str, disk: Disk, *, writes: bool) -> None:
        self.folder = folder
        self.dev = dev
        self.archive = Archive(folder / "log", set(read_aside(folder).laptops) - {dev})
        self._disk = disk
        self._open: OpenLog | None = None
        self._kept: list[Kept] = []
        """Lines of the open file that were read or written by this window."""
        self._whole = False
        """Whether ``_kept`` is all of the open file."""
        self._end = 0
        self._crc = 0
        if writes:
            (folder / "log").mkdir(exist_ok=True)
            self._open = OpenLog(folder / "log" / OPEN, disk)

    # reading

    def read(self, offset: int, crc: int, known: set[str]) -> News:
        """Every line that a view at this mark lacks.

        Args:
            offset: Bytes of the open file that the view holds already.
            crc: CRC-32 of them; where they differ, the whole open file is news.
            known: Sealed files that the view holds already.
        """
        news = News()
        # The open file first: what another window seals meanwhile is then read twice, never missed.
        found = self._scan(offset, crc)
        for name in self.archive.names():
            if name in known:
                news.sealed.add(name)
            else:
                self._take_in(name, news)
        self._kept = list(found.kept)
        self._whole = offset == 0 or (bool(found.kept) and found.kept[0].at < offset)
        news.lines += [(line.change.rec, line.change) for line in found.kept]
        if found.torn:
            self._set_aside(found.torn, news, "torn_tail")
        for _at, raw in found.rot:
            self._lose(raw, news, OPEN)
        return news

    def _scan(self, offset: int, crc: int) -> Scan:
        if self._open:
            found = self._open.recover(offset, crc)
            self._end, self._crc = self._open.end, self._open.crc
            return found
        path = self.folder / "log" / OPEN
        content = read_plain(path, _LIMIT) if path.exists() else b""
        if not (offset <= len(content) and zlib.crc32(content[:offset]) == crc):
            offset = 0
        found = scan(content, offset)
        self._end = found.end
        self._crc = zlib.crc32(content[: found.end])
        # What another window is writing at this moment is not torn.
        return Scan(found.kept, found.end, b"", found.rot)

    def _take_in(self, name: str, news: News) -> None:
        try:
            lines, rot = self.archive.take_in(name, own=self.dev)
        except StoreError as refusal:
            self.archive.held.add(name)
            self._hold(name, refusal, news)
            return
        self.archive.held.discard(name)
        news.sealed.add(name)
        news.lines += [(line.rec, line.ref) for line in lines]
        for lost in rot:
            self._lose(lost.raw, news, name)

    def _hold(self, name: str, refusal: StoreError, news: News) -> None:
        """A file that cannot be read: copied to ``held`` with its reason, tried again later."""
        retry = isinstance(refusal, NewerSegment | DamagedSegment)
        news.held.append(Held(f"log/{name}", refusal, retry))
        news.notices.append(Notice(kind="held", facts={"where": f"log/{name}", "refusal": refusal}))
        if self._open is None:
            return
        target = self.folder / "held" / name.replace("/", "-")
        reason = str(refusal).encode("utf-8", "backslashreplace")
        try:
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                content = self.archive.content(name)
                if not has_room(target.parent, len(content)):
                    return
                write_new(target, content)
            write_new(target.with_suffix(".reason.txt"), reason)
        except (StoreError, OSError):
            return  # the file itself still stands where it is

    def _lose(self, raw: bytes, news: News, where: str) -> None:
        found = _ID.search(raw)
        news.missing.append(Missing(record_named(raw), found[1].decode() if found else ""))
        self._set_aside(raw, news, "rot", where=where)

    def _set_aside(self, raw: bytes, news: News, kind: str, where: str = OPEN) -> None:
        # A torn save was never told kept: only rot counts as lost when the view is made again.
        name = f"damaged/{kept_aside_name(raw, kind)}"
        news.notices.append(
            Notice(
                kind=kind,
                facts={
                    "where": name,
                    "file": where,
                    "bytes": len(raw),
                    "record": record_named(raw),
                },
            )
        )
        if self._open is None:
            return
        target = self.folder / name
        target.parent.mkdir(exist_ok=True)
        if not target.exists():
            write_new(target, raw)

    def set_aside(self) -> list[Missing]:
        """Lines that were lost earlier, as far as their bytes still tell."""
        folder = self.folder / "damaged"
        found = []
        for path in sorted(folder.glob("*.rot")) if folder.is_dir() else ():
            raw = read_plain(path, _LIMIT)
            ids = _ID.findall(raw)
            if len(ids) == 1 and b"\n" not in raw:
                found.append(Missing(record_named(raw), ids[0].decode()))
        return found

    def folders(self) -> list[Path]:
        """Where sealed files stand: a folder for each laptop."""
        top = self.archive.folder
        return [one for one in top.iterdir() if one.is_dir()] if top.is_dir() else []

    def check_open(self) -> list[bytes]:
        """Lines of the open file that do not hold their check sums any more."""
        path = self.folder / "log" / OPEN
        content = read_plain(path, _LIMIT) if path.exists() else b""
        return [raw for _at, raw in scan(content[: self._end]).rot]

    @property
    def writes(self) -> bool:
        """Whether this window holds the pen."""
        return self._open is not None

    @property
    def mark(self) -> tuple[int, int]:
        """Bytes of whole saves in the open file, and their CRC-32."""
        return self._end, self._crc

    def open_lines(self) -> list[Kept]:
        """Every whole line of the open file."""
        if not self._whole:
            path = self.folder / "log" / OPEN
            content = read_plain(path, _LIMIT) if path.exists() else b""
            self._kept = list(scan(content[: self._end]).kept)
            self._whole = True
        return self._kept

    def of_record(self, rec: str) -> list[Change]:
        """Every line of one record that stands, oldest first, each once."""
        return resolved(self._lines_of(rec))

    def _lines_of(self, rec: str) -> list[Change]:
        found = [kept.change for kept in self.open_lines() if kept.change.rec == rec]
        for raw in self.archive.lines_with(b'"rec":"%s"' % rec.encode()):
            change = _readable(raw)
            if change is not None and change.rec == rec:
                found.append(change)
        return found

    def of_records(self, recs: Collection[str]) -> dict[str, list[Change]]:
        """Every line of each of these records, as ``of_record``; the files are read once."""
        return {rec: resolved(lines) for rec, lines in self.every_of(recs).items()}

    def every_of(self, recs: Collection[str]) -> dict[str, list[Change]]:
        """Every line of each of these records, as often as it was written, in no order."""
        if len(recs) <= _FEW:
            return {rec: self._lines_of(rec) for rec in recs}
        found: dict[str, list[Change]] = {rec: [] for rec in recs}
        for kept in self.open_lines():
            if kept.change.rec in found:
                found[kept.change.rec].append(kept.change)
        for raw in self.archive.lines_of_records({rec.encode() for rec in recs}):
            change = _readable(raw)
            if change is not None and change.rec in found:
                found[change.rec].append(change)
        return found

    def own_newest_first(self) -> Iterator[Change]:
        """This laptop's own lines in the order they were written, newest first."""
        met: set[str] = set()
        for kept in reversed(self.open_lines()):
            met.add(kept.change.id)
            yield kept.change
        for name in reversed(self.archive.own(self.dev)):
            lines, _rot = self.archive.take_in(name, own=self.dev)
            for line in reversed(lines):
                change = self.archive.change(line.ref)
                if change.id not in met:
                    met.add(change.id)
                    yield change

    def far_ids(self) -> set[str]:
        """The ids of lines that are further ahead than any clock is believed to be."""
        found = {kept.change.id for kept in self.open_lines() if kept.change.id >= FAR_ID}
        for name in self.archive.names():
            with suppress(StoreError):  # told when it was held
                found |= far_ids_in(self.archive.content(name))
        return found

    def lines(self) -> Iterator[Line]:
        """Every line of every sealed file that can be read."""
        for name in self.archive.names():
            try:
                lines, _rot = self.archive.take_in(name, own=self.dev)
            except StoreError:
                continue  # held; told when it was found
            yield from lines

    # writing

    def append(self, changes: Sequence[Change], raw: Sequence[bytes]) -> None:
        """Put one save on the disk; kept when this returns.

        Args:
            changes: Its lines as values.
            raw: The same lines as they are written.

        Raises:
            DiskRefused, NotebookReadOnly, SyncFailed
        """
        if self._open is None:
            raise RuntimeError("a window without the pen cannot write")
        at = self._open.append(raw)
        self._end, self._crc = self._open.end, self._open.crc
        for line, change in zip(raw, changes, strict=True):
            self._kept.append(Kept(at, line, change))
            at += len(line) + 1

    def open_lines_now(self) -> list[Kept]:
        """Every whole line of the open file as it stands on the disk, whoever writes it."""
        if self._open is not None:
            return self.open_lines()
        path = self.folder / "log" / OPEN
        return list(scan(read_plain(path, _LIMIT) if path.exists() else b"").kept)

    def lines_open(self) -> int:
        """How many lines the open file holds, as far as this window has counted."""
        return len(self._kept)

    def seal(self) -> list[str]:
        """Close the open file's lines into sealed files and begin anew.

        Returns:
            The sealed files' names below ``log``; none where there was nothing to seal.

        Raises:
            DiskRefused, NotebookReadOnly, SyncFailed, DamagedSegment: The open file stays as it
                was.
        """
        kept = self.open_lines()
        if not kept or self._open is None:
            return []
        folder = self.folder / "log" / self.dev
        try:
            sign = signer_of(self.folder)
        except StoreError:
            return []  # it cannot be signed here: the lines stay in the open file, and are safe
        try:
            names = self._write_sealed(folder, kept, sign)
        except OSError as error:
            raise refused(error, folder) from error
        self._open.empty()
        self._kept, self._whole = [], True
        self._end, self._crc = self._open.end, self._open.crc
        return names

    def seal_again(self, lines: Sequence[bytes]) -> list[str]:
        """Put lines of a damaged file into a new one. Raises as ``seal``."""
        folder = self.folder / "log" / self.dev
        kept = [Kept(0, raw, segments.line(raw)) for raw in lines]
        try:
            return self._write_sealed(folder, kept, signer_of(self.folder))
        except OSError as error:
            raise refused(error, folder) from error

    def _last_put_away(self) -> int:
        """The greatest number of an own file that was damaged; none is given twice."""
        folder = self.folder / "damaged"
        begins = f"{self.dev}-chg-{self.dev}-"
        found = (one.name for one in folder.glob(f"{begins}*")) if folder.is_dir() else ()
        numbers = (self.archive.seq_of(f"{self.dev}/{name[len(self.dev) + 1 :]}") for name in found)
        return max((number for number in numbers if number), default=0)

    def put_away(self, names: Sequence[str]) -> None:
        """Keep damaged files aside; nothing of them counts any more.

        Raises:
            DiskRefused, NotebookReadOnly
        """
        aside = self.folder / "damaged"
        try:
            aside.mkdir(exist_ok=True)
            for name in names:
                self._disk.replace(self.folder / "log" / name, aside / name.replace("/", "-"))
            self._disk.sync_folder(aside)
            self._disk.sync_folder(self.folder / "log" / self.dev)
        except OSError as error:
            raise refused(error, aside) from error
        self.archive.forget()

    def _write_sealed(
        self, folder: Path, kept: Sequence[Kept], sign: segments.Sign | None
    ) -> list[str]:
        """Every portion of these lines as a file, durable and read back."""
        folder.mkdir(exist_ok=True)
        seq, prev = self.archive.last_seal(self.dev)
        seq = max(seq, self._last_put_away())
        names = []
        for lines in _portions(kept):
            seq += 1
            sealed = segments.seal(self.dev, seq, prev, lines, sign)
            prev = sealed.sha256
            target = folder / sealed.name
            write_new(target, sealed.content, disk=self._disk)
            if target.read_bytes() != sealed.content:
                raise DamagedSegment(
                    where=sealed.name, reason=N_("it did not read back as written")
                )
            names.append(f"{self.dev}/{sealed.name}")
        self._disk.sync_folder(folder.parent)
        return names

    def close(self) -> None:
        """Let the open file go."""
        if self._open:
            self._open.close()


def _readable(raw: bytes) -> Change | None:
    """The change in a line; None for one that was told as rot when it was read in."""
    try:
        return segments.line(raw.removesuffix(b"\r"))
    except BadLine:
        return None


def signer_of(folder: Path) -> segments.Sign | None:
    """What signs this notebook's files; None where nothing does.

    Raises:
        KeysDamaged, SecureExtraMissing
    """
    if not (folder / KEYS).exists():
        return None
    from ..secure.ciphers import need_libraries, public_key, signature
    from ..secure.keys import read_keys

    keys = read_keys(folder)
    if keys is None:
        return None
    need_libraries()
    key = public_key(keys)
    return lambda digest: (key, signature(keys, digest))


def _portions(kept: Sequence[Kept]) -> Iterator[list[bytes]]:
    """The lines in portions for a sealed file each; a save stays whole unless it is very large."""
    portion: list[bytes] = []
    size = 0
    for _save, lines in groupby(kept, key=lambda line: line.change.save):
        raw = [line.raw for line in lines]
        if portion and len(portion) + len(raw) > segments.SEAL_AT:
            yield portion
            portion, size = [], 0
        for line in raw:
            if size + len(line) > segments.MAX_FILE // 4:
                yield portion
                portion, size = [], 0
            portion.append(line)
            size += len(line) + 1
    if portion:
        yield portion
