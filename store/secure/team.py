"""What a person does about keys: on, off, take the team's in, hand it on, vouch for a laptop."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ..device import new_device
from ..errors import FileExists
from ..files import read_plain, refused
from ..values import Value
from .errors import KeysOff, NoSuchLaptop, OtherTeam
from .keys import (
    FILE,
    Keys,
    Trusted,
    exported,
    fingerprint,
    imported,
    new_keys,
    public_key,
    read_keys,
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
    """Whether somebody has vouched for that key."""
    unsigned: bool
    """Whether its files from before it signed are taken in."""


class Team:
    """The keys of one notebook.

    Args:
        folder: The notebook's.
        laptop: This one's id.
        known: Laptops whose files are here already; what they wrote before keys were on is theirs.
    """

    def __init__(self, folder: Path, laptop: str, known: Collection[str]) -> None:
        self._folder = folder
        self._laptop = laptop
        self._known = known

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
        waiting = [
            Vouched(laptop=one, fingerprint=fingerprint(key), trusted=False, unsigned=False)
            for one, key in sorted(keys.met.items())
        ]
        known = [
            Vouched(
                laptop=one,
                fingerprint=fingerprint(trusted.key) if trusted.key else "",
                trusted=bool(trusted.key),
                unsigned=trusted.unsigned,
            )
            for one, trusted in sorted(keys.trusted.items())
            if one != self._laptop and one not in keys.met
        ]
        return (*waiting, *known)

    def turn_on(self) -> None:
        """Make the team's key; nothing where it is here already.

        Raises:
            SecureExtraMissing, KeysDamaged, DiskRefused, NotebookReadOnly
        """
        if read_keys(self._folder) is None:
            self._begin(new_keys())

    def join(self, file: Path, passphrase: str = "") -> None:
        """Take the team's key in from a file that ``export`` has written.

        Raises:
            NotAKey, OtherTeam, SecureExtraMissing, KeysDamaged, NoSuchFile, CannotRead
        """
        identity = imported(read_plain(file, _LIMIT), passphrase, str(file))
        before = read_keys(self._folder)
        if before is not None and before.identity != identity:
            raise OtherTeam
        if before is None:
            self._begin(new_keys(identity))

    def _begin(self, keys: Keys) -> None:
        for one in self._known:
            keys = keys.with_trusted(one, Trusted(unsigned=True))
        write_keys(self._folder, keys)

    def export(self, file: Path, passphrase: str | None) -> None:
        """Write the team's key for another laptop.

        Args:
            file: Must not be there yet; not on the stick that the team meets with.
            passphrase: At least four words; None writes it as it is.

        Raises:
            WeakPassphrase, FileExists, KeysOff, KeysDamaged, SecureExtraMissing, DiskRefused
        """
        content = exported(self._keys(), passphrase)
        if file.exists():
            raise FileExists(where=str(file))
        write_secret(file, content)

    def trust(self, laptop: str, *, digits: str = "", unsigned: bool = False) -> None:
        """Vouch for a laptop, after its fingerprint was read out.

        Args:
            laptop: Its id.
            digits: Of its fingerprint, where they were typed; blanks do not matter.
            unsigned: Take in its files from before it signed, too.

        Raises:
            NoSuchLaptop: It was not met, or with another key. Nothing is changed.
            KeysOff, KeysDamaged
        """
        keys = self._keys()
        before = keys.trusted.get(laptop, Trusted())
        key = keys.met.get(laptop, before.key)
        if not key and not unsigned:
            raise NoSuchLaptop(laptop=laptop)
        if digits and "".join(digits.split()) != "".join(fingerprint(key).split()):
            raise NoSuchLaptop(laptop=laptop)
        keep = unsigned or (before.unsigned and laptop in self._known)
        write_keys(self._folder, keys.with_trusted(laptop, Trusted(key, unsigned=keep)))

    def turn_off(self) -> Path:
        """Meet in plain again; the keys are put aside, not deleted.

        Returns:
            Where they are.

        Raises:
            KeysOff, DiskRefused, NotebookReadOnly
        """
        if not self.is_on:
            raise KeysOff
        aside = self._folder / f"secure-{new_device().id}.old.json"
        try:
            (self._folder / FILE).replace(aside)
        except OSError as error:
            raise refused(error, aside) from error
        return aside
