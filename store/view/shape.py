"""What the view stores, as a few letters: a view of another shape is made again, not misread.

Nobody has to remember a number: the letters follow from the fields of the records, of the rows
of lists, and of a row's own bookkeeping, from the codes that those may hold, and from which of
them are searched.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any, Literal, get_origin

from .. import vocabulary
from ..changes import fold
from ..listing import ListRow
from ..records import KINDS, NamePeriod, Record, Source, searched


@cache
def shape() -> str:
    """Eight letters and digits; another field, another type of one, or another code changes them.

    Cheap enough for every command: annotations are texts, and nothing is looked up in them.
    """
    return f"{zlib.crc32(_told().encode()):08x}"


def _told() -> str:
    """All that the letters follow from, in one text."""
    classes: tuple[type[Any], ...] = (Record, *KINDS.values(), Source, NamePeriod, ListRow)
    fields = [(one.__name__, sorted(_types(one))) for one in classes]
    found = [(kind, name) for kind in KINDS for name in searched(kind)]
    codes = [
        (name, held.__args__)
        for name, held in sorted(vars(vocabulary).items())
        if get_origin(held) is Literal
    ]
    return repr((fields, found, codes, sorted(fold.BESIDE)))


def _types(of: type[Any]) -> list[tuple[str, str]]:
    """The fields of a class and what each holds, as both are written."""
    return [
        (name, str(getattr(held, "__forward_arg__", held)))
        for name, held in of.__annotations__.items()
    ]
