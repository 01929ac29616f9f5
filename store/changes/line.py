"""One change line: which fields of which record were set, and what the writer had before them."""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..errors import N_
from ..ids import CHANGE_ID, FIRST_ID, LAST_ID, RECORD_ID

MAX_LINE: Final = 400 * 1024
"""Bytes of one line."""
MAX_TEXT: Final = 100_000
"""Code points of one text."""
MAX_DEPTH: Final = 8
MAX_FIELDS: Final = 200
MAX_ITEMS: Final = 10_000
MAX_BASES: Final = 1_000
MAX_NAME: Final = 200
_BIGGEST: Final = 2**53
_CRC_AT: Final = b',"crc":"'
_DEVICE: Final = re.compile(r"[0-9a-z]{1,32}")
DELETED: Final = "_deleted"
_NO_SETS: Final = ("/", "id/")
"""How no element of a set begins: its field would have no name, or take the id's place."""


class BadLine(ValueError):
    """Why a line cannot be read; the caller says where."""


class Change(NamedTuple):
    """A change line as a value."""

    id: str
    rec: str
    put: Mapping[str, Any]
    """Field to value; ``tags/<element>`` to true or null; ``_deleted`` to the ids that were seen,
    or null to bring back."""
    base: Mapping[str, Sequence[str]]
    """Field to the ids of the changes whose values were replaced."""
    time: str
    """The laptop's local time with offset; for people, no rule reads it."""
    dev: str
    who: str | None
    tx: tuple[str, int, int] | None
    """Id of the first line of the save, this line's place in it from 1, and how many there are;
    None for a save of one line."""
    undoes: str | None = None
    """The save that this one takes back."""
    odd_clock: bool = False
    """The clock was out of range when it was written."""

    @property
    def save(self) -> str:
        """The id that all lines of one save share."""
        return self.tx[0] if self.tx else self.id


def beginning(change_id: str, rec: str) -> bytes:
    """How every line of a record begins, byte for byte; what is searched for is found by it."""
    return f'{{"id":"{change_id}","rec":"{rec}",'.encode()


def encode(change: Change) -> bytes:
    """The line, with its check sum and without a line end."""
    line: dict[str, Any] = {"id": change.id, "rec": change.rec, "put": change.put}
    if change.base:
        line["base"] = change.base
    line["time"], line["dev"] = change.time, change.dev
    if change.who:
        line["who"] = change.who
    if change.tx:
        line["tx"] = change.tx
    if change.undoes:
        line["undoes"] = change.undoes
    if change.odd_clock:
        line["odd_clock"] = True
    try:
        raw = json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError as error:
        raise BadLine(N_("half of a character pair")) from error
    except ValueError as error:
        raise BadLine(N_("a number that is not finite")) from error
    return b'%s,"crc":"%08x"}' % (raw[:-1], zlib.crc32(raw[:-1]))


def checks(raw: bytes) -> bool:
    """Whether the line's check sum is right."""
    cut = len(raw) - 18
    return (
        cut > 0
        and raw[cut : cut + 8] == _CRC_AT
        and raw[cut + 8 : -2] == b"%08x" % zlib.crc32(memoryview(raw)[:cut])
        and raw.endswith(b'"}')
    )


def decode(raw: bytes, *, dev: str | None = None) -> Change:
    """Read one line strictly.

    Args:
        raw: The line without its end.
        dev: The laptop that must have written it; None takes any.

    Raises:
        BadLine: With the reason.
    """
    if not checks(raw):
        raise BadLine(N_("the check sum is wrong"))
    return checked(parse(raw), dev=dev)


def parse(raw: bytes) -> dict[str, Any]:
    """One line as strict JSON: an object, no doubled keys, no odd numbers, whole characters."""
    if len(raw) > MAX_LINE:
        raise BadLine(N_("line too long"))
    try:
        text = raw.decode("utf-8")
        found = _STRICT.decode(text)
    except BadLine:
        raise
    except (ValueError, RecursionError) as error:
        raise BadLine(N_("not JSON")) from error
    if type(found) is not dict:
        raise BadLine(N_("not an object"))
    if "\\u" in text:  # only then can half of a character pair hide
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise BadLine(N_("half of a character pair")) from error
    return found


def checked(line: Mapping[str, Any], *, dev: str | None = None) -> Change:
    """The change in an object, every part of it checked."""
    change_id, rec, put = line.get("id"), line.get("rec"), line.get("put")
    if not is_change_id(change_id):
        raise BadLine(N_("bad id"))
    if type(rec) is not str or not RECORD_ID.fullmatch(rec):
        raise BadLine(N_("bad record id"))
    if type(put) is not dict:
        raise BadLine(N_("bad fields"))
    check_put(put)
    base = line.get("base", {})
    _check_base(base, put)
    writer = line.get("dev")
    if type(writer) is not str or not _DEVICE.fullmatch(writer):
        raise BadLine(N_("bad laptop id"))
    if dev is not None and writer != dev:
        raise BadLine(N_("written by another laptop than the file says"))
    return Change(
        id=str(change_id),
        rec=rec,
        put=put,
        base=base,
        time=_text(line, "time"),
        dev=writer,
        who=_text(line, "who") or None,
        tx=_save(line.get("tx")),
        undoes=_text(line, "undoes") or None,
        odd_clock=line.get("odd_clock") is True,
    )


def check_put(put: Mapping[str, Any]) -> None:
    """Refuse fields that the format does not hold.

    Raises:
        BadLine: With the reason.
    """
    if not put or len(put) > MAX_FIELDS:
        raise BadLine(N_("bad fields"))
    for name, value in put.items():
        _check_field(name, value)


def same_text(value: object) -> str:
    """Equal values give equal text, whatever the order of their keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def is_change_id(value: object) -> bool:
    """Whether this is a change id inside the format's range of time."""
    return (
        type(value) is str
        and CHANGE_ID.fullmatch(value) is not None
        and FIRST_ID <= value < LAST_ID
    )


def check_value(value: object, depth: int = 1) -> None:
    """Refuse what the format does not hold.

    Raises:
        BadLine: With the reason.
    """
    if type(value) is str:
        if len(value) > MAX_TEXT:
            raise BadLine(N_("text too long"))
    elif type(value) is int and not -_BIGGEST < value < _BIGGEST:
        raise BadLine(N_("number too big"))
    elif type(value) is dict or type(value) is list:
        if depth > MAX_DEPTH:
            raise BadLine(N_("nested too deep"))
        if len(value) > (MAX_FIELDS if type(value) is dict else MAX_ITEMS):
            raise BadLine(N_("too many values"))
        for item in value.values() if type(value) is dict else value:
            check_value(item, depth + 1)


def _check_field(name: str, value: object) -> None:
    if not name or len(name) > MAX_NAME or name == "id":
        raise BadLine(N_("bad field name"))
    if name.startswith("_"):
        if name != DELETED:
            raise BadLine(N_("bad field name"))
        if value is not None and not (type(value) is list and all(map(is_change_id, value))):
            raise BadLine(N_("bad deletion"))
    elif "/" in name:
        if name.startswith(_NO_SETS):
            raise BadLine(N_("bad field name"))
        if value is not None and value is not True:
            raise BadLine(N_("bad element of a set"))
    check_value(value)


def _check_base(base: object, put: Mapping[str, Any]) -> None:
    if type(base) is not dict:
        raise BadLine(N_("bad base"))
    for name, ids in base.items():
        if name not in put or type(ids) is not list or len(ids) > MAX_BASES:
            raise BadLine(N_("bad base"))
        if not all(type(one) is str and CHANGE_ID.fullmatch(one) for one in ids):
            raise BadLine(N_("bad base"))


def _text(line: Mapping[str, Any], key: str) -> str:
    value = line.get(key)
    if value is None:
        return ""
    if type(value) is not str or len(value) > MAX_NAME:
        raise BadLine(f"bad {key}")
    return value


def _save(value: object) -> tuple[str, int, int] | None:
    if value is None:
        return None
    if type(value) is list and len(value) == 3:
        first, place, count = value
        typed = type(first) is str and type(place) is int and type(count) is int
        if typed and CHANGE_ID.fullmatch(first) and 1 <= place <= count:
            return first, place, count
    raise BadLine(N_("bad save"))


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadLine(N_("a key stands twice"))
    return found


def _constant(name: str) -> None:
    raise BadLine(f"{name} is not a number")


def _int(digits: str) -> int:
    if len(digits) > 17 or not -_BIGGEST < int(digits) < _BIGGEST:
        raise BadLine(N_("number too big"))
    return int(digits)


def _float(digits: str) -> float:
    if len(digits) > 32 or not math.isfinite(number := float(digits)):
        raise BadLine(N_("number too big"))
    return number


_STRICT: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_int, parse_float=_float
)
