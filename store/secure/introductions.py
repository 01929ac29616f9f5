"""Introductions: a laptop that is trusted says in a signed file whose keys it vouches for.

Each tells only whom its own people have vouched for; what follows from that is added up here, so
that a word that is taken back takes with it what hung on it.
"""

from __future__ import annotations

from typing import Any, Final

from ..changes import segments
from ..changes.line import BadLine
from .keys import LINE, Keys, Several

VOUCH: Final = "vouch."
"""Begins a field of a laptop's own record: for which laptop, with its keys."""
_MOST: Final = 100
"""Lines of one file that are looked at."""


def heard(keys: Keys, piece: segments.Piece) -> Keys:
    """The keys, with what a file that its laptop has signed says of others."""
    said = dict(keys.heard.get(piece.dev, {}))
    begins = f'"rec":"laptop/{piece.dev}"'.encode()
    found = [raw for raw in piece.lines if begins in raw[:200] and b'"vouch.' in raw]
    for raw in found[:_MOST]:
        try:
            change = segments.line(raw, piece.dev)
        except BadLine:
            continue  # told by who takes the file in
        for name, value in change.put.items():
            if name.startswith(VOUCH):
                _hear(said, name.removeprefix(VOUCH), change.id, value)
    return keys.with_heard(piece.dev, said) if found else keys


def _hear(said: dict[str, tuple[str, ...]], laptop: str, line: str, value: Any) -> None:
    """A later line stands; what came before it is behind."""
    mark = f"{LINE}{laptop}"
    if said.get(mark, ("",))[0] < line:
        some = value if isinstance(value, list) else []
        said[mark] = (line,)
        said[laptop] = tuple(one for one in some if isinstance(one, str) and len(one) == 64)[:5]


def trusted(keys: Keys, mine: str = "") -> Several:
    """By laptop every key that is trusted: by our own word, or by theirs whom we trust."""
    found = {one: set(some) for one, some in keys.trusted.items()}
    waiting = list(found)
    while waiting:
        for laptop, key in _said(keys, waiting.pop()):
            if laptop != mine and key not in found.get(laptop, set()):
                if laptop not in found:
                    waiting.append(laptop)
                found.setdefault(laptop, set()).add(key)
    return {one: tuple(sorted(some)) for one, some in found.items()}


def vouchers(keys: Keys, laptop: str, key: str, mine: str = "") -> tuple[str, ...]:
    """Who vouches for this key, of those that are trusted; none where it is our own word."""
    if key in keys.trusted.get(laptop, ()):
        return ()
    return tuple(one for one in sorted(trusted(keys, mine)) if (laptop, key) in _said(keys, one))


def _said(keys: Keys, voucher: str) -> list[tuple[str, str]]:
    """The keys that a laptop vouches for, but those that somebody here has refused."""
    return [
        (laptop, key)
        for laptop, some in keys.heard.get(voucher, {}).items()
        if not laptop.startswith(LINE)
        for key in some
        if key not in keys.refused.get(laptop, ())
    ]
