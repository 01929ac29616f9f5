"""The rows of a record's fields on its card, made from what is known of each field."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, Literal, Union, get_args, get_origin

from kmtui import fields
from kmtui.labels import code_word
from kmtui.spoken_days import day_words
from kmtui.values import field_types
from kmtui.widgets.card_lines import Field, How, yes_or_no
from kmtui.words import _
from store.names import name_sort_key
from store.records import Record, fact

_ASKED_LATER: Final = frozenset({"willing", "promise_kept"})
"""Fields whose None means that nobody has said it yet, and not that there is none."""


def card_fields(record: Record, *names: str, **written: str) -> Iterator[Field]:
    """The rows of these fields.

    Args:
        record: Whose fields.
        names: Which, in this order; all that its kind has rows for where none is named.
        written: By field, how it reads where that is not the value itself.
    """
    for name in names or fields.ROWS[record.KIND]:
        yield card_field(record, name, written.get(name))


def card_field(record: Record, name: str, written: str | None = None) -> Field:
    """The row of one field."""
    value, kind = getattr(record, name), record.KIND
    if isinstance(value, frozenset):
        value = ", ".join(sorted(value, key=name_sort_key))
    choices = _choices(kind, name)
    how: How = "choice" if choices else _how(kind, name)
    if isinstance(value, date):
        written = day_words(value, "long") if written is None else written
    called = fields.label(kind, name), fields.hint(kind, name)
    return Field(record.id, name, called[0], value, how, choices, called[1], written)


def _options(kind: str, name: str) -> tuple[Any, ...]:
    """The types that a field may hold."""
    hint = field_types(kind)[name]
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _how(kind: str, name: str) -> How:
    if date in _options(kind, name):
        return "day"
    if fact(name).points_to == "person":
        return "who"
    return "text" if fields.called(kind, name).lines else "words"


def _choices(kind: str, name: str) -> Sequence[tuple[object, str]]:
    """What a field may hold, where that is one of a few; nothing for a field that is typed."""
    options = _options(kind, name)
    found: list[tuple[object, str]] = []
    for one in options:
        if one is bool:
            found += yes_or_no() if type(None) not in options else reversed(yes_or_no())
        elif get_origin(one) is Literal:
            found += [(code, code_word(kind, name, code)) for code in get_args(one)]
    if found and type(None) in options:
        found.insert(0, (None, _("not known yet") if name in _ASKED_LATER else "–"))
    return tuple(found)
