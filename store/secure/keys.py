"""The keys of one notebook: the team's, its own, and those of the laptops that are trusted.

They stand in ``secure.json`` in the notebook's folder, for its owner only. They never go to a
carrier, into a backup or into an export; the team's key leaves by ``export`` alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ..device import KEYS, SIGNING_KEY
from ..errors import StoreError
from ..files import read_plain, write_new
from .errors import KeysDamaged

FILE: Final = KEYS
_FORMAT: Final = "kmtui-keys"
SIGNING: Final = SIGNING_KEY
_VERSION: Final = 2
_LIMIT: Final = 16 << 20
_SHORT: Final = 1_000
_MOST_KEYS, _MOST_LAPTOPS, _MOST_UNSIGNED = 5, 500, 20_000
"""What strangers can make us remember."""
LINE: Final = "line:"
"""Beside the laptops that one vouches for: the line that said so last."""
IDENTITY: Final = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{50,70}")


Several = Mapping[str, tuple[str, ...]]
"""By laptop several keys, or names of files."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a notebook."""

    identity: str
    """The team's, as age writes it."""
    seed: str
    """Of this laptop's signatures, 64 hexadecimal digits."""
    trusted: Several = field(default_factory=dict)
    """By laptop the keys that somebody here has vouched for, 64 hexadecimal digits each."""
    met: Several = field(default_factory=dict)
    """By laptop the keys that nobody has vouched for yet."""
    before: frozenset[str] = frozenset()
    """Names of the files that were known before keys were on; a name tells the file's hash."""
    unsigned: Several = field(default_factory=dict)
    """By laptop the files without a signature that were met, and are not taken in."""
    heard: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """By laptop for whose keys it vouches, and the line that said so last."""
    refused: Several = field(default_factory=dict)
    """By laptop the keys that are not trusted whoever vouches for them."""

    def with_met(self, laptop: str, key: str) -> Keys:
        """The same, with an unknown key that was met."""
        keys = self.met.get(laptop, ())
        if key in keys or len(keys) >= _MOST_KEYS or len(self.met) >= _MOST_LAPTOPS:
            return self
        return replace(self, met={**self.met, laptop: (*keys, key)})

    def with_unsigned(self, laptop: str, name: str) -> Keys:
        """The same, with a file that nobody has signed."""
        names = self.unsigned.get(laptop, ())
        if name in names or sum(map(len, self.unsigned.values())) >= _MOST_UNSIGNED:
            return self
        return replace(self, unsigned={**self.unsigned, laptop: (*names, name)})

    def with_trusted(self, laptop: str, key: str) -> Keys:
        """The same, with somebody's word for a laptop's key."""
        return replace(
            self,
            trusted=_with(self.trusted, laptop, (*_but(self.trusted, laptop, key), key)),
            met=_with(self.met, laptop, _but(self.met, laptop, key)),
            refused=_with(self.refused, laptop, _but(self.refused, laptop, key)),
        )

    def with_files(self, laptop: str) -> Keys:
        """The same, with somebody's word for the unsigned files of a laptop that were met."""
        names = self.unsigned.get(laptop, ())
        return replace(
            self, before=self.before | set(names), unsigned=_with(self.unsigned, laptop, ())
        )

    def without_trusted(self, laptop: str, some: tuple[str, ...]) -> Keys:
        """The same, with no word for these keys, whoever vouches for them; they wait again."""
        met = (*self.met.get(laptop, ()), *some)
        return replace(
            self,
            trusted=_with(self.trusted, laptop, ()),
            met=_with(self.met, laptop, tuple(dict.fromkeys(met))),
            refused=_with(self.refused, laptop, some),
        )

    def with_heard(self, voucher: str, said: Several) -> Keys:
        """The same, with what a laptop that is trusted says of others."""
        return replace(self, heard={**self.heard, voucher: said})


def _with(several: Several, laptop: str, some: tuple[str, ...]) -> Several:
    left = {one: found for one, found in several.items() if one != laptop}
    return {**left, laptop: some} if some else left


def _but(several: Several, laptop: str, key: str) -> tuple[str, ...]:
    return tuple(one for one in several.get(laptop, ()) if one != key)


def read_keys(folder: Path) -> Keys | None:
    """The keys of a notebook; None where it has none. Raises KeysDamaged."""
    path = folder / FILE
    if not path.exists():
        return None
    return keys_in(path, folder)


def keys_in(path: Path, folder: Path) -> Keys:
    """The keys in a file, of this version or the one before. Raises KeysDamaged."""
    try:
        found = json.loads(read_plain(path, _LIMIT))
        if found["fmt"] != _FORMAT or found["v"] not in (1, _VERSION):
            raise KeysDamaged(where=FILE)
        identity, seed = found["identity"], found["seed"]
        if not (IDENTITY.fullmatch(identity) and len(bytes.fromhex(seed)) == 32):
            raise KeysDamaged(where=FILE)
        if found["v"] == 1:
            return _of_first(found, folder)
        return Keys(
            identity,
            seed,
            _several(found["trusted"]),
            _several(found["met"]),
            frozenset(map(str, found["before"])),
            _several(found["unsigned"]),
            {str(one): _several(said) for one, said in found["heard"].items()},
            _several(found["refused"]),
        )
    except (
        StoreError, ValueError, KeyError, TypeError, AttributeError, RecursionError,
    ) as error:  # fmt: skip
        raise KeysDamaged(where=FILE) from error


def _several(found: Mapping[str, list[str]]) -> Several:
    return {str(one): tuple(map(str, some)) for one, some in found.items()}


def _of_first(found: Mapping[str, Any], folder: Path) -> Keys:
    """The first version knew one key a laptop; what is here was known then, or is signed."""
    known = {str(one): str(its["key"]) for one, its in found["trusted"].items()}
    return Keys(
        found["identity"],
        found["seed"],
        {one: (key,) for one, key in known.items() if key},
        {str(one): (str(key),) for one, key in found["met"].items()},
        names_here(folder),
    )


def names_here(folder: Path) -> frozenset[str]:
    """The names of every sealed file of a notebook."""
    return frozenset(path.name for path in (folder / "log").glob("*/*.jsonl"))


def write_keys(folder: Path, keys: Keys) -> None:
    """Keep them, for the owner's eyes. Raises DiskRefused, NotebookReadOnly."""
    values: dict[str, Any] = {
        "fmt": _FORMAT,
        "v": _VERSION,
        "identity": keys.identity,
        "seed": keys.seed,
        "trusted": keys.trusted,
        "met": keys.met,
        "before": sorted(keys.before),
        "unsigned": keys.unsigned,
        "heard": keys.heard,
        "refused": keys.refused,
    }
    write_secret(folder / FILE, json.dumps(values, indent=1, sort_keys=True).encode())


def seed_of(folder: Path) -> str:
    """This laptop's signing key from before keys were off; empty where there was none.

    It stands in a file of its own, and in the keys that were put aside: it belongs to the laptop
    and outlives the team's key, so that what was signed with it is read for ever.
    """
    try:
        found = read_plain(folder / SIGNING, _SHORT).decode("ascii").strip()
        if len(bytes.fromhex(found)) == 32:
            return found
    except (StoreError, ValueError):
        pass  # none there, or damaged: the keys that were put aside have it too
    for found_aside in _aside(folder):
        return found_aside.seed
    return ""


def _aside(folder: Path) -> Iterator[Keys]:
    """The keys that were put aside, the last ones first."""
    paths = sorted(folder.glob("secure-*.old.json"), key=lambda one: one.stat().st_mtime)
    for path in reversed(paths):
        with contextlib.suppress(KeysDamaged):
            yield keys_in(path, folder)


def again(folder: Path, keys: Keys) -> Keys:
    """The keys with what was known of others when this team's key was on here before.

    Whom another team trusted is nobody here; the files that were known before keys were on stay
    known.
    """
    for old in _aside(folder):
        if old.identity != keys.identity:
            keys = replace(keys, before=keys.before | old.before)
            continue
        merged = {one: (*old.trusted.get(one, ()), *keys.trusted.get(one, ()))
                  for one in {*old.trusted, *keys.trusted}}  # fmt: skip
        return replace(
            old,
            identity=keys.identity,
            seed=keys.seed,
            trusted={one: tuple(dict.fromkeys(some)) for one, some in merged.items()},
        )
    return keys


def keep_seed(folder: Path, seed: str) -> None:
    """Keep the signing key for good. Raises DiskRefused, NotebookReadOnly."""
    write_secret(folder / SIGNING, seed.encode())


def write_secret(path: Path, content: bytes) -> None:
    """A file that only its owner reads, where the system knows owners."""
    before = os.umask(0o077)
    try:
        write_new(path, content)
    finally:
        os.umask(before)
    with contextlib.suppress(OSError):
        path.chmod(0o600)
