"""What a person does about keys: on, off, take the team's in, hand it on, vouch for a laptop."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from ..device import new_device
from ..errors import FileExists
from ..files import read_plain, refused
from ..values import Value
from . import introductions
from .ciphers import exported, fingerprint, imported, need_libraries, new_keys, public_key
from .errors import (
    KeysDamaged,
    KeysOff,
    NoSuchLaptop,
    NotTrusted,
    OtherTeam,
    PartMissing,
    SecureExtraMissing,
    SeveralKeys,
)
from .keys import (
    FILE,
    Keys,
    again,
    keep_seed,
    names_here,
    read_keys,
    seed_of,
    write_keys,
    write_secret,
)

_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Vouched(Value):
    """A laptop, and what is known of its key."""

    laptop: str
    fingerprint: str
    """Six groups of five digits; empty where it has not been seen to sign."""
    trusted: bool
    """Whether what it signs with that key is taken in."""
    by: tuple[str, ...]
    """The laptops that vouch for it, where nobody here has."""
    unsigned: int
    """How many files of it were met that nobody has signed, and stay out."""


class Team:
    """The keys of one notebook.

    Args:
        folder: The notebook's.
        laptop: This one's id.
    """

    def __init__(self, folder: Path, laptop: str) -> None:
        self._folder = folder
        self._laptop = laptop

    @property
    def is_on(self) -> bool:
        """Whether this notebook meets others under keys."""
        return (self._folder / FILE).exists()

    def _keys(self) -> Keys:
        keys = read_keys(self._folder)
        if keys is None:
            raise KeysOff
        return keys

    def fingerprint(self) -> str:
        """This laptop's, to read out. Raises KeysOff, KeysDamaged, SecureExtraMissing."""
        return fingerprint(public_key(self._keys()))

    def laptops(self) -> tuple[Vouched, ...]:
        """The others, those that wait for somebody's word first. Raises KeysOff, KeysDamaged."""
        keys = self._keys()
        every = introductions.trusted(keys, self._laptop)
        known = {(one, key) for one, some in every.items() for key in some}
        met = {(one, key) for one, some in keys.met.items() for key in some} - known
        silent = set(keys.unsigned) - {one for one, _key in known | met}
        rows = [*sorted(met), *((one, "") for one in sorted(silent)), *sorted(known)]
        return tuple(self._told(keys, one, key) for one, key in rows if one != self._laptop)

    def _told(self, keys: Keys, laptop: str, key: str) -> Vouched:
        every = introductions.trusted(keys, self._laptop)
        return Vouched(
            laptop=laptop,
            fingerprint=fingerprint(key) if key else "",
            trusted=key in every.get(laptop, ()),
            by=introductions.vouchers(keys, laptop, key, self._laptop),
            unsigned=len(keys.unsigned.get(laptop, ())),
        )

    def turn_on(self) -> None:
        """Make the team's key; nothing where it is here already.

        Raises:
            SecureExtraMissing, KeysDamaged, DiskRefused, NotebookReadOnly
        """
        if read_keys(self._folder) is None:
            self._need_libraries()
            self._begin(new_keys(seed=seed_of(self._folder)))

    def join(self, file: Path, passphrase: str = "") -> None:
        """Take the team's key in from a file that ``export`` has written, and its giver's word.

        Raises:
            NotAKey, KeyTooCostly, OtherTeam, SecureExtraMissing, KeysDamaged, NoSuchFile,
            CannotRead
        """
        if not self.is_on:
            self._need_libraries()
        identity, giver = imported(read_plain(file, _LIMIT), passphrase, str(file))
        before = read_keys(self._folder)
        if before is not None and before.identity != identity:
            raise OtherTeam
        keys = before or new_keys(identity, seed_of(self._folder))
        for laptop, key in giver.items():
            if laptop != self._laptop:
                keys = keys.with_trusted(laptop, key)
        if before is None:
            self._begin(keys)
        elif keys != before:
            write_keys(self._folder, keys)

    @staticmethod
    def _need_libraries() -> None:
        """Before keys are on, nothing may speak as if they were. Raises PartMissing."""
        try:
            need_libraries()
        except SecureExtraMissing as error:
            raise PartMissing from error

    def _begin(self, keys: Keys) -> None:
        """What is here now was known before; what was trusted under these keys once still is."""
        keep_seed(self._folder, keys.seed)
        keys = again(self._folder, keys)
        write_keys(self._folder, replace(keys, before=keys.before | names_here(self._folder)))

    def export(self, file: Path, passphrase: str | None) -> None:
        """Write the team's key for another laptop.

        Args:
            file: Must not be there yet; not on the stick that the team meets with.
            passphrase: At least four words; None writes it as it is.

        Raises:
            WeakPassphrase, FileExists, KeysOff, KeysDamaged, SecureExtraMissing, DiskRefused
        """
        content = exported(self._keys(), passphrase, self._laptop)
        if file.exists():
            raise FileExists(where=str(file))
        write_secret(file, content)

    def trust(self, laptop: str, *, digits: str = "", unsigned: bool = False) -> None:
        """Vouch for a laptop, after its fingerprint was read out.

        Args:
            laptop: Its id.
            digits: Of its fingerprint, where they were typed; blanks do not matter.
            unsigned: Take in those of its files that nobody has signed and that were met.

        Raises:
            NoSuchLaptop: It was not met, or with another key. Nothing is changed.
            SeveralKeys: It was not said which.
            KeysOff, KeysDamaged
        """
        keys = self._keys()
        wanted = "".join(digits.split())
        known = (*keys.met.get(laptop, ()), *introductions.trusted(keys).get(laptop, ()))
        found = {one for one in known if "".join(fingerprint(one).split()) == wanted}
        if not wanted:
            found = set(keys.met.get(laptop, ()))
        if len(found) > 1 and not unsigned:
            raise SeveralKeys(laptop=laptop)
        has_files = unsigned and laptop in keys.unsigned
        if not (found or has_files) or (wanted and not found):
            raise NoSuchLaptop(laptop=laptop)
        if has_files:
            keys = keys.with_files(laptop)
        if len(found) == 1 and (wanted or not unsigned):
            keys = keys.with_trusted(laptop, found.pop())
        write_keys(self._folder, keys)

    def untrust(self, laptop: str) -> None:
        """Take back that a laptop is trusted, and what hung on its word; what is here stays.

        Raises:
            NotTrusted, KeysOff, KeysDamaged, DiskRefused, NotebookReadOnly
        """
        keys = self._keys()
        some = introductions.trusted(keys, self._laptop).get(laptop, ())
        if not some:
            raise NotTrusted(laptop=laptop)
        write_keys(self._folder, keys.without_trusted(laptop, some))

    def turn_off(self) -> Path:
        """Meet in plain again; the keys are put aside, not deleted.

        Returns:
            Where they are.

        Raises:
            KeysOff, DiskRefused, NotebookReadOnly
        """
        if not self.is_on:
            raise KeysOff
        with contextlib.suppress(KeysDamaged):
            keep_seed(self._folder, self._keys().seed)
        aside = self._folder / f"secure-{new_device().id}.old.json"
        try:
            (self._folder / FILE).replace(aside)
        except OSError as error:
            raise refused(error, aside) from error
        return aside
