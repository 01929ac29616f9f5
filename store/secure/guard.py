"""What stands between a notebook and a carrier: nothing, or the team's keys."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..changes import segments
from ..errors import StoreError
from . import introductions
from .ciphers import AGE, encrypted, fingerprint, is_signed, need_libraries, opened, public_key
from .errors import Forged, Locked, NotSigned, OtherKey, OtherSigner, UnknownLaptop
from .keys import SIGNING, Keys, keep_seed, read_keys, write_keys

ENDING: Final = ".age"
"""Behind the name of an encrypted file."""


class Guard:
    """Without keys: what is plain goes through, what is encrypted is told."""

    def is_on(self) -> bool:
        """Whether what goes out is encrypted."""
        return False

    def name(self, name: str) -> str:
        """The name that a file has on the carrier."""
        return name

    def outwards(self, content: bytes) -> bytes:
        """A file's bytes as they go to the carrier."""
        return content

    def inwards(self, content: bytes, where: str) -> bytes:
        """A file's bytes as they were before. Raises Locked, OtherKey."""
        if content.startswith(AGE):
            raise Locked(where=where)
        return content

    def check(self, piece: segments.Piece, where: str) -> StoreError | None:  # noqa: ARG002
        """Why a segment of a carrier is not taken in; None where it is."""
        return None

    @property
    def knows(self) -> int:
        """How many keys are trusted."""
        return 0

    def vouches(self) -> dict[str, tuple[str, ...]]:
        """For whom this laptop vouches."""
        return {}

    def keep(self) -> None:
        """Remember the laptops that were met."""


class TeamGuard(Guard):
    """With keys: encrypted to the team, signed by its laptop.

    Args:
        folder: The notebook's.
        keys: Its keys.
        mine: This laptop's id.
    """

    def __init__(self, folder: Path, keys: Keys, mine: str) -> None:
        need_libraries()
        self._folder = folder
        self._keys = keys
        self._before = keys
        self._mine = mine

    def is_on(self) -> bool:
        """Whether what goes out is encrypted."""
        return True

    def name(self, name: str) -> str:
        """The name that a file has on the carrier."""
        return name + ENDING

    def outwards(self, content: bytes) -> bytes:
        """A file's bytes as they go to the carrier."""
        return encrypted(self._keys, content)

    def inwards(self, content: bytes, where: str) -> bytes:
        """A file's bytes as they were before. Raises OtherKey."""
        if not content.startswith(AGE):
            return content
        found = opened(self._keys, content)
        if found is None:
            raise OtherKey(where=where)
        return found

    def check(self, piece: segments.Piece, where: str) -> StoreError | None:
        """Why a segment of a carrier is not taken in; None where it is."""
        if piece.name in self._keys.before:
            return None
        if not piece.key:
            self._keys = self._keys.with_unsigned(piece.dev, piece.name)
            return NotSigned(where=where, laptop=piece.dev)
        if not is_signed(piece.key, piece.sha256, piece.sign):
            return Forged(where=where, laptop=piece.dev)
        known = self._known(piece.dev)
        if piece.key in known:
            self._keys = introductions.heard(self._keys, piece)
            return None
        if piece.dev == self._mine:
            return Forged(where=where, laptop=piece.dev)
        self._keys = self._keys.with_met(piece.dev, piece.key)
        why = OtherSigner if known else UnknownLaptop
        return why(where=where, laptop=piece.dev, fingerprint=fingerprint(piece.key))

    def _known(self, laptop: str) -> set[str]:
        if laptop == self._mine:
            return {public_key(self._keys), *self._keys.trusted.get(laptop, ())}
        return set(introductions.trusted(self._keys, self._mine).get(laptop, ()))

    @property
    def knows(self) -> int:
        """How many keys are trusted; grows when somebody is introduced."""
        return sum(map(len, introductions.trusted(self._keys, self._mine).values()))

    def vouches(self) -> dict[str, tuple[str, ...]]:
        """For whom this laptop vouches."""
        return dict(self._keys.trusted)

    def keep(self) -> None:
        """Remember the laptops that were met. Raises DiskRefused, NotebookReadOnly."""
        if not (self._folder / SIGNING).exists():
            keep_seed(self._folder, self._keys.seed)
        if self._keys != self._before:
            write_keys(self._folder, self._keys)
            self._before = self._keys


def guard_of(folder: Path, mine: str) -> Guard:
    """The guard of a notebook. Raises KeysDamaged, SecureExtraMissing."""
    keys = read_keys(folder)
    return Guard() if keys is None else TeamGuard(folder, keys, mine)
