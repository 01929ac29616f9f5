"""Sealed files of change lines: a header, the lines, and an end line with count and SHA-256.

The name holds the content's hash, so one name always means the same bytes and no carrier of files
can make a conflict. A file may hold several segments one after another. Reading trusts the
content, never the name, and takes a segment whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..errors import N_, DamagedSegment, NewerSegment
from .line import BadLine, Change, checked, checks, decode, parse

FORMAT: Final = "kmtui-changes"
VERSION: Final = 1
MAX_FILE: Final = 64 * 1024 * 1024
"""Bytes of one file."""
SEAL_AT: Final = 2_000
"""Lines after which the open file is sealed."""
SEAL_BYTES: Final = 1_000_000
"""Bytes after which it is sealed, for long lines."""
_END: Final = b'\n{"end":true'
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


def seal(dev: str, seq: int, prev: str, lines: Sequence[bytes]) -> Sealed:
    """Close these lines (without their ends) into a segment of this laptop."""
    header = {"fmt": FORMAT, "v": VERSION, "dev": dev, "seq": seq, "prev": prev}
    body = b"".join(part + b"\n" for part in (_compact(header), *lines))
    digest = sha256(body)
    end = _compact({"end": True, "n": len(lines), "sha256": digest})
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


def read(content: bytes, where: str) -> Iterator[Segment]:
    """Every segment of a file, each one whole and checked.

    Args:
        content: The file's bytes; CRLF and a byte-order mark (editors, git) are taken.
        where: What to call the file in a refusal.

    Raises:
        DamagedSegment: It is cut off, damaged or something else.
        NewerSegment: A newer version wrote it.
    """
    if len(content) > MAX_FILE:
        raise DamagedSegment(where=where, reason=N_("larger than 64 MB"))
    try:
        for body, end in _parts(content.removeprefix(_BOM).replace(b"\r\n", b"\n")):
            yield _segment(body, end, where)
    except BadLine as error:
        raise DamagedSegment(where=where, reason=str(error)) from error


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Body with its line ends, and end line, of each segment in a file."""
    at = 0
    if not content.endswith(b"\n"):
        raise BadLine(N_("it is cut off, or still being copied"))
    while at < len(content):
        cut = content.find(_END, at) + 1
        if not cut:
            raise BadLine(N_("it is cut off, or still being copied"))
        stop = content.index(b"\n", cut) + 1
        yield content[at:cut], content[cut : stop - 1]
        at = stop


def _segment(body: bytes, end: bytes, where: str) -> Segment:
    promised = parse(end)
    digest = sha256(body)
    if digest != promised.get("sha256"):
        raise BadLine(N_("the check sum is wrong"))
    first, *lines = body.split(b"\n")[:-1]
    header = parse(first)
    if header.get("fmt") != FORMAT:
        raise BadLine(N_("it is no file of changes"))
    version, dev, seq = header.get("v"), header.get("dev"), header.get("seq")
    if type(version) is not int or version < 1:
        raise BadLine(N_("bad version"))
    if version > VERSION:
        raise NewerSegment(where=where)
    if type(dev) is not str or type(seq) is not int or seq < 1:
        raise BadLine(N_("bad header"))
    if promised.get("n") != len(lines):
        raise BadLine(N_("the number of lines differs"))
    return Segment(dev, seq, digest, tuple(line(raw, dev) for raw in lines))


def line(raw: bytes, dev: str | None = None) -> Change:
    """One line of a segment whose hash is right. Raises BadLine."""
    # The segment's own hash vouches for lines whose line ends an editor has changed.
    return decode(raw, dev=dev) if checks(raw) else checked(parse(raw), dev=dev)
