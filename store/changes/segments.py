"""Sealed files of change lines: a header, the lines, and an end line with count and SHA-256.

The name holds the content's hash, so one name always means the same bytes and no carrier of files
can make a conflict. A file may hold several segments one after another. Reading trusts the
content, never the name, and takes a segment whole or not at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ..errors import N_, DamagedSegment, NewerSegment, StoreError
from .line import BadLine, Change, beginning, checked, parse

FORMAT: Final = "kmtui-changes"
VERSION: Final = 1
MAX_FILE: Final = 64 * 1024 * 1024
"""Bytes of one file."""
SEAL_AT: Final = 2_000
"""Lines after which the open file is sealed."""
SEAL_BYTES: Final = 1_000_000
"""Bytes after which it is sealed, for long lines."""
CUT: Final = N_("it is cut off, or still being copied")
SPOILED: Final = N_("the check sum is wrong")
FOREIGN: Final = N_("it is no file of changes")
_BEGIN: Final = b'\n{"fmt":"' + FORMAT.encode() + b'"'
_END: Final = b'\n{"end":true'
_LAPTOP: Final = re.compile(r"(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])$)[0-9a-z]{1,32}")
"""A laptop's id; never what Windows takes for a device."""
_SIGNED: Final = ("key", "sig")
_BOM: Final = b"\xef\xbb\xbf"


class Sealed(NamedTuple):
    """A segment ready to be written."""

    name: str
    content: bytes
    sha256: str
    """Of the header and the lines; the next segment's ``prev``."""


class Segment(NamedTuple):
    """A segment that was read and holds what it promises."""

    dev: str
    seq: int
    sha256: str
    changes: tuple[Change, ...]


Sign = Callable[[str], tuple[str, str]]
"""Gives for a check sum the laptop's public key and its signature."""


def seal(dev: str, seq: int, prev: str, lines: Sequence[bytes], sign: Sign | None = None) -> Sealed:
    """Close these lines (without their ends) into a segment of this laptop."""
    header = {"fmt": FORMAT, "v": VERSION, "dev": dev, "seq": seq, "prev": prev}
    body = b"".join(part + b"\n" for part in (_compact(header), *lines))
    digest = sha256(body)
    ending: dict[str, object] = {"end": True, "n": len(lines), "sha256": digest}
    if sign is not None:
        ending["key"], ending["sig"] = sign(digest)
    end = _compact(ending)
    return Sealed(file_name(dev, seq, digest), body + end + b"\n", digest)


def sha256(content: bytes) -> str:
    """64 hexadecimal digits."""
    import hashlib  # three milliseconds that a job without sealing need not wait for

    return hashlib.sha256(content).hexdigest()


def file_name(dev: str, seq: int, sha256: str) -> str:
    """A name that FAT, Windows and every carrier take, and that two contents never share."""
    return f"chg-{dev}-{seq:06d}-{sha256[:16]}.jsonl"


def _compact(values: dict[str, object]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode()


class Piece(NamedTuple):
    """A segment whose check sum and header hold; its lines are not looked at yet."""

    dev: str
    seq: int
    version: int
    sha256: str
    prev: str
    """Check sum of the segment before it; empty for a first one."""
    lines: tuple[bytes, ...]
    content: bytes
    """All of it, with line ends as they were written."""
    key: str = ""
    """The public key that it says it is signed with; empty for none. Whoever trusts it checks."""
    sign: str = ""

    @property
    def name(self) -> str:
        """The name that these bytes have everywhere."""
        return file_name(self.dev, self.seq, self.sha256)


def read(content: bytes, where: str) -> Iterator[Segment]:
    """Every segment of a file, each one whole and checked.

    Args:
        content: The file's bytes; CRLF and a byte-order mark (editors, git) are taken.
        where: What to call the file in a refusal.

    Raises:
        DamagedSegment: It is cut off, damaged or something else.
        NewerSegment: A newer version wrote it.
    """
    for piece in pieces(content, where):
        if isinstance(piece, StoreError):
            raise piece
        yield Segment(piece.dev, piece.seq, piece.sha256, changes_of(piece, where))


def pieces(content: bytes, where: str) -> Iterator[Piece | StoreError]:
    """Every segment of a file; in place of one that does not hold, why, and on with the next.

    Args:
        content: As ``read`` takes it.
        where: What to call the file in a refusal.
    """
    if len(content) > MAX_FILE:
        yield DamagedSegment(where=where, reason=N_("larger than 64 MB"))
        return
    whole = content.removeprefix(_BOM)
    if b"\r\n" in whole:
        whole = whole.replace(b"\r\n", b"\n")
    for part in _parts(whole):
        try:
            yield _piece(part, where)
        except BadLine as error:
            yield DamagedSegment(where=where, reason=str(error))
        except NewerSegment as error:
            yield error


def is_as_sealed(content: bytes, where: str) -> bool:
    """Whether a file is to the byte what its writer sealed, readable or not."""
    return all(isinstance(piece, Piece) for piece in pieces(content, where))


def changes_of(piece: Piece, where: str) -> tuple[Change, ...]:
    """The lines of a segment, every one checked.

    Raises:
        DamagedSegment, NewerSegment
    """
    if piece.version > VERSION:
        raise NewerSegment(where=where)
    try:
        return tuple([line(raw, piece.dev) for raw in piece.lines])
    except BadLine as error:
        raise DamagedSegment(where=where, reason=str(error)) from error


def _parts(content: bytes) -> Iterator[bytes]:
    """Each segment of a file, and as one part each what stands between them and is none."""
    content, at = content[: len(content.rstrip(b"\n")) + 1], 0
    if not content:
        yield content
    end = following = at + 1  # behind this place each is looked for once, however many parts
    while at < len(content):
        if 0 < end <= at + 1:
            end = content.find(_END, at) + 1
        if 0 < following <= at + 1:
            following = content.find(_BEGIN, at) + 1
        if following and (not end or following < end):
            stop = following  # another one begins before this one has ended
        elif end:
            stop = content.find(b"\n", end) + 1 or len(content)
        else:
            stop = len(content)
        yield content[at:stop]
        at = stop


def _piece(part: bytes, where: str) -> Piece:
    cut = part.find(_END) + 1
    if not cut or not part.endswith(b"\n"):
        raise BadLine(_what_is_cut(part))
    body, promised = part[:cut], parse(part[cut:-1])
    digest = sha256(body)
    if digest != promised.get("sha256"):
        raise BadLine(SPOILED)
    first, *lines = body.split(b"\n")[:-1]
    header = parse(first)
    if header.get("fmt") != FORMAT:
        raise BadLine(FOREIGN)
    version, dev, seq = header.get("v"), header.get("dev"), header.get("seq")
    if type(version) is not int or version < 1:
        raise BadLine(N_("bad version"))
    if not (type(dev) is str and _LAPTOP.fullmatch(dev) and type(seq) is int and seq >= 1):
        if version > VERSION:
            raise NewerSegment(where=where)
        raise BadLine(N_("bad header"))
    if version == VERSION and promised.get("n") != len(lines):
        raise BadLine(N_("the number of lines differs"))
    prev = header.get("prev")
    before = prev if type(prev) is str else ""
    key, sign = (found if type(found := promised.get(name)) is str else "" for name in _SIGNED)
    return Piece(dev, seq, version, digest, before, tuple(lines), part, key, sign)


def _what_is_cut(part: bytes) -> str:
    """Why a part without an end is none: half of one, or nothing of ours."""
    begun = part.rstrip(b"\0")  # some programs make room for a file before they fill it
    if begun.startswith(_BEGIN[1:]) or _BEGIN[1:].startswith(begun):
        return CUT
    return FOREIGN


def line(raw: bytes, dev: str | None = None) -> Change:
    """One line of a segment whose hash is right: the one reader of what others wrote.

    A line is looked for by how it begins, without being decoded; so one that begins otherwise
    (other order, blanks) is none, or it would count when it comes and be missing ever after.

    Raises:
        BadLine
    """
    # The segment's own hash vouches for its lines; theirs may be of other line ends.
    change = checked(parse(raw), dev=dev)
    if not raw.startswith(beginning(change.id, change.rec)):
        raise BadLine(N_("a line that begins otherwise than a change does"))
    return change
