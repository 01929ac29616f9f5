"""What a person typed for a field, as the value that the field holds."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from kmtui.numbers import whole_number
from kmtui.words import _
from store.edits import Change
from store.errors import BadValue, UnknownField
from store.records import COMMON, KINDS, Record, RecordId, fact, facts_of
from store.text import arabic_digits, search_key
from store.vocabulary import ROLES

FindRecord = Callable[[str, str], RecordId]
"""The record of this kind that these words mean: an id, or a name. Raises UnknownRecord."""
ReadDate = Callable[[str], date]
"""The day that these words mean. Raises BadValue."""

_NOT_TYPED: Final = COMMON | {"source", "earlier", "session"}
"""Not for typing: ours, or (``session``) part of what the record is."""
_TIME: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?: ?น\.?)?")
_YES: Final = frozenset({"yes", "true", "1", "y", "ใช่", "แล้ว", "เต็มใจ"})
_NO: Final = frozenset({"no", "false", "0", "n", "ไม่", "ไม่ใช่", "ยัง", "ไม่เต็มใจ"})
_ASSIGNMENT: Final = re.compile(r"([a-z_]+(?:\.[^=+\-]+)?)([+-]?=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How the words of one kind of record's fields are read."""

    kind: str
    find: FindRecord
    read_date: ReadDate
    types: Mapping[str, Any] = field(default_factory=dict)


@cache
def field_types(kind: str) -> Mapping[str, Any]:
    """The types of the fields of a kind of record, by name."""
    return get_type_hints(KINDS[kind])


def reader_for(record: Record, find: FindRecord, read_date: ReadDate) -> Reader:
    """The reader for fields of this record."""
    kind = record.KIND
    fixed = _NOT_TYPED | ({"person"} if kind == "attendance" else set())
    hints = field_types(kind)
    twins = {name for name, facts in facts_of(kind).items() if facts.twins}  # for `kmtui join`
    typed = [one.name for one in fields(record) if one.name not in fixed | twins]
    known = {name: hints[name] for name in typed}
    return Reader(kind=kind, find=find, read_date=read_date, types=known)


def change_of(record: RecordId, assignments: tuple[str, ...], reader: Reader) -> Change:
    """``FIELD=VALUE``, ``FIELD+=VALUE`` and ``FIELD-=VALUE`` as one change.

    Raises:
        UnknownField: The record has no such field, or it is not for typing.
        BadValue: The words do not fit their field, or are no assignment.
        UnknownRecord: A name that nobody has.
    """
    whole: dict[str, Any] = {}
    add: dict[str, frozenset[str]] = {}
    take: dict[str, frozenset[str]] = {}
    for words in assignments:
        name, how, value = _parts(words)
        if how == "=":
            whole[name] = value_of(name, value, reader)
        else:
            into = add if how == "+=" else take
            into[name] = into.get(name, frozenset()) | {_element(name, value, reader)}
    return Change(record, whole, add, take)


def value_of(name: str, words: str, reader: Reader) -> Any:
    """The value of field ``name`` (``checks.recorder`` for a key of a mapping)."""
    base, _dot, key = name.partition(".")
    hint = _type_of(base, reader)
    if get_origin(hint) is Mapping or get_origin(hint) is types.MappingProxyType:
        return _keyed(name, key, words, hint, reader)
    if key:
        raise UnknownField(where=name, fields=_names(reader))
    if get_origin(hint) is frozenset:
        parts = [part.strip() for part in words.split(",")]
        return frozenset(_element(name, part, reader) for part in parts if part)
    return _one(name, words, hint, reader)


def _parts(words: str) -> tuple[str, str, str]:
    found = _ASSIGNMENT.fullmatch(words)
    if found is None:
        raise BadValue(where=_("edit"), value=words, expected="FIELD=VALUE")
    return found[1], found[2], found[3]


def _type_of(name: str, reader: Reader) -> Any:
    if name not in reader.types:
        raise UnknownField(where=name, fields=_names(reader))
    return reader.types[name]


def _names(reader: Reader) -> str:
    return ", ".join(reader.types)


def _keyed(name: str, key: str, words: str, hint: Any, reader: Reader) -> Any:
    """One key of a mapping: the roles of ``checks``, the questions of ``answers``."""
    base = name.partition(".")[0]
    if not key or (base == "checks" and key not in ROLES):
        keys = ", ".join(ROLES) if base == "checks" else _("question")
        raise BadValue(where=base, value=name, expected=f"{base}.KEY=… ({keys})")
    if not words.strip() and base == "checks":
        return None
    return _one(name, words, get_args(hint)[1], reader)


def _element(name: str, words: str, reader: Reader) -> str:
    """One element of a set field."""
    hint = _type_of(name, reader)
    if get_origin(hint) is not frozenset:
        raise BadValue(where=name, value=f"{name}+=", expected=_("a field with one value: use ="))
    if not words.strip():
        raise BadValue(where=name, value="''", expected=_("something to add or take"))
    return str(_one(name, words.strip(), get_args(hint)[0], reader))


def _one(name: str, words: str, hint: Any, reader: Reader) -> Any:
    """One plain value of type ``hint``; empty words are None where the field may be None."""
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    bare = words.strip()
    if type(None) in options and not bare:
        return None
    wanted = next(option for option in options if option is not type(None))
    facts = fact(name)
    if facts.points_to:
        return reader.find(facts.points_to, bare) if bare else RecordId("")
    if facts.clock:
        return _time(name, bare)
    if get_origin(wanted) is Literal:
        return _code(name, bare, get_args(wanted))
    return _plain(name, words, wanted, reader)


def _plain(name: str, words: str, wanted: Any, reader: Reader) -> Any:
    bare = words.strip()
    if wanted is bool:
        return _yes_or_no(name, bare)
    if wanted is int:
        return whole_number(name, bare)
    if wanted is date:
        return reader.read_date(bare)
    if wanted is datetime:
        return _moment(name, bare)
    if wanted is str:
        return words
    raise UnknownField(where=name, fields=_names(reader))


def _code(name: str, words: str, codes: tuple[str, ...]) -> str:
    if words not in codes:
        raise BadValue(
            where=name,
            value=words or "''",
            expected=_("one of {codes}").format(codes=", ".join(codes)),
        )
    return words


def _yes_or_no(name: str, words: str) -> bool:
    if search_key(words) in _YES:
        return True
    if search_key(words) in _NO:
        return False
    raise BadValue(where=name, value=words or "''", expected=_("yes or no"))


def _time(name: str, words: str) -> str:
    """A local time of day as ``HH:MM``."""
    found = _TIME.fullmatch(arabic_digits(words))
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadValue(where=name, value=words, expected=_("a time such as 09:30"))
    return f"{int(found[1]):02d}:{found[2]}"


def _moment(name: str, words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise BadValue(where=name, value=words, expected="2026-05-17T09:30:00+07:00") from None
    return moment.astimezone() if moment.tzinfo is None else moment
