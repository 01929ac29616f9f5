"""The keys of one notebook: the team's, its own, and those of the laptops that are trusted.

They stand in ``secure.json`` in the notebook's folder, for its owner only. They never go to a
carrier, into a backup or into an export; the team's key leaves by ``export`` alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ..device import KEYS
from ..errors import StoreError
from ..files import read_plain, write_new
from .errors import KeysDamaged, NotAKey, SecureExtraMissing, WeakPassphrase

FILE: Final = KEYS
_FORMAT: Final = "kmtui-keys"
_VERSION: Final = 1
_LIMIT: Final = 1 << 20
_IDENTITY: Final = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{50,70}")
AGE: Final = b"age-encryption.org/v1\n"
"""How every encrypted file begins."""
_FEWEST_WORDS, _FEWEST_LETTERS = 4, 16


@dataclass(frozen=True, slots=True)
class Trusted:
    """What is known of another laptop."""

    key: str = ""
    """64 hexadecimal digits; empty where it has not been seen to sign."""
    unsigned: bool = False
    """Whether files of it from before it signed are taken in."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a notebook."""

    identity: str
    """The team's, as age writes it."""
    seed: str
    """Of this laptop's signatures, 64 hexadecimal digits."""
    trusted: dict[str, Trusted] = field(default_factory=dict)
    """By laptop."""
    met: dict[str, str] = field(default_factory=dict)
    """Keys of laptops that nobody has vouched for yet."""

    def with_met(self, laptop: str, key: str) -> Keys:
        """The same, with an unknown laptop that was met."""
        return replace(self, met={**self.met, laptop: key})

    def with_trusted(self, laptop: str, trusted: Trusted) -> Keys:
        """The same, with somebody's word for a laptop."""
        met = {one: key for one, key in self.met.items() if one != laptop}
        return replace(self, trusted={**self.trusted, laptop: trusted}, met=met)


def read_keys(folder: Path) -> Keys | None:
    """The keys of a notebook; None where it has none. Raises KeysDamaged."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        found = json.loads(read_plain(path, _LIMIT))
        if found["fmt"] != _FORMAT or found["v"] != _VERSION:
            raise KeysDamaged(where=FILE)
        if not (_IDENTITY.fullmatch(found["identity"]) and len(bytes.fromhex(found["seed"])) == 32):
            raise KeysDamaged(where=FILE)
        trusted = {
            str(one): Trusted(str(known["key"]), bool(known["unsigned"]))
            for one, known in found["trusted"].items()
        }
        met = {str(one): str(key) for one, key in found["met"].items()}
        return Keys(found["identity"], found["seed"], trusted, met)
    except (StoreError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysDamaged(where=FILE) from error


def write_keys(folder: Path, keys: Keys) -> None:
    """Keep them, for the owner's eyes. Raises DiskRefused, NotebookReadOnly."""
    values: dict[str, Any] = {
        "fmt": _FORMAT,
        "v": _VERSION,
        "identity": keys.identity,
        "seed": keys.seed,
        "trusted": {
            one: {"key": known.key, "unsigned": known.unsigned}
            for one, known in sorted(keys.trusted.items())
        },
        "met": dict(sorted(keys.met.items())),
    }
    write_secret(folder / FILE, json.dumps(values, indent=1).encode())


def write_secret(path: Path, content: bytes) -> None:
    """A file that only its owner reads, where the system knows owners."""
    before = os.umask(0o077)
    try:
        write_new(path, content)
    finally:
        os.umask(before)
    with contextlib.suppress(OSError):
        path.chmod(0o600)


# age, and Ed25519


def _age() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise SecureExtraMissing from error
    return pyrage


def _nacl() -> Any:
    try:
        import nacl.exceptions
        import nacl.signing
    except ImportError as error:
        raise SecureExtraMissing from error
    return nacl


def need_libraries() -> None:
    """Raises SecureExtraMissing where they are not installed."""
    _age()
    _nacl()


def new_keys(identity: str = "") -> Keys:
    """Keys of a laptop: those of a team that it joins, or of a new one."""
    signing = _nacl().signing.SigningKey.generate()
    return Keys(identity or str(_age().x25519.Identity.generate()), bytes(signing).hex())


def encrypted(keys: Keys, content: bytes) -> bytes:
    """What only the team opens; Debian's ``age`` does too. Another result every time."""
    age = _age()
    identity = age.x25519.Identity.from_str(keys.identity)
    found: bytes = age.encrypt(content, [identity.to_public()])
    return found


def opened(keys: Keys, content: bytes) -> bytes | None:
    """What stands in an encrypted file; None where it is another team's, or damaged."""
    age = _age()
    try:
        found: bytes = age.decrypt(content, [age.x25519.Identity.from_str(keys.identity)])
    except age.DecryptError:
        return None
    return found


def exported(keys: Keys, passphrase: str | None) -> bytes:
    """The team's key for another laptop, plain or under a passphrase. Raises WeakPassphrase."""
    text = f"# kmtui: the key of a team. Who has it reads its sticks.\n{keys.identity}\n".encode()
    if passphrase is None:
        return text
    if len(passphrase.split()) < _FEWEST_WORDS and len(passphrase) < _FEWEST_LETTERS:
        raise WeakPassphrase
    found: bytes = _age().passphrase.encrypt(text, passphrase)
    return found


def imported(content: bytes, passphrase: str, where: str) -> str:
    """The identity in an exported file. Raises NotAKey."""
    if content.startswith(AGE):
        age = _age()
        try:
            content = age.passphrase.decrypt(content, passphrase)
        except age.DecryptError as error:
            raise NotAKey(where=where) from error
    found = _IDENTITY.search(content.decode("utf-8", "replace"))
    if found is None:
        raise NotAKey(where=where)
    try:
        _age().x25519.Identity.from_str(found[0])
    except _age().IdentityError as error:
        raise NotAKey(where=where) from error
    return found[0]


_SAYS: Final = b"kmtui-segment-1:"
"""Before what is signed, so that a signature means nothing elsewhere."""


def public_key(keys: Keys) -> str:
    """This laptop's, 64 hexadecimal digits."""
    signing = _nacl().signing.SigningKey(bytes.fromhex(keys.seed))
    return bytes(signing.verify_key).hex()


def signature(keys: Keys, digest: str) -> str:
    """Of a segment's check sum, which covers laptop, number and every line."""
    signing = _nacl().signing.SigningKey(bytes.fromhex(keys.seed))
    return bytes(signing.sign(_SAYS + digest.encode()).signature).hex()


def is_signed(key: str, digest: str, sign: str) -> bool:
    """Whether a signature is by this key over this check sum."""
    nacl = _nacl()
    try:
        nacl.signing.VerifyKey(bytes.fromhex(key)).verify(
            _SAYS + digest.encode(), bytes.fromhex(sign)
        )
    except (nacl.exceptions.BadSignatureError, nacl.exceptions.ValueError, ValueError, TypeError):
        return False
    return True


def fingerprint(key: str) -> str:
    """Six groups of five digits to read out: a hundred bits, too many to make a key to match."""
    number = int.from_bytes(hashlib.sha256(b"kmtui-laptop-1:" + key.encode()).digest(), "big")
    digits = f"{number % 10**30:030}"
    return " ".join(digits[at : at + 5] for at in range(0, 30, 5))
