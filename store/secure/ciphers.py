"""What encrypts to the team and signs for a laptop; and the team's key in a file of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

from .errors import KeyTooCostly, NotAKey, SecureExtraMissing, WeakPassphrase
from .keys import IDENTITY, Keys

AGE: Final = b"age-encryption.org/v1\n"
"""How every encrypted file begins."""
_FEWEST_WORDS, _FEWEST_LETTERS, _FEWEST_IN_ALL = 4, 16, 12
_SHORTEST_WORD, _FEWEST_KINDS = 2, 6
_SCRYPT: Final = re.compile(rb"^-> scrypt \S+ (\d+)", re.MULTILINE)
_HEAD: Final = 64 * 1024
_MOST_WORK: Final = 20
_GIVER: Final = re.compile(r"^# laptop ([0-9a-z]{10}) ([0-9a-f]{64})\s*$", re.MULTILINE)


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


def new_keys(identity: str = "", seed: str = "") -> Keys:
    """Keys of a laptop: those of a team that it joins, or of a new one; its own, or a new one."""
    signing = bytes(_nacl().signing.SigningKey.generate()).hex()
    return Keys(identity or str(_age().x25519.Identity.generate()), seed or signing)


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


def exported(keys: Keys, passphrase: str | None, laptop: str = "") -> bytes:
    """The team's key for another laptop, plain or under a passphrase. Raises WeakPassphrase.

    It names the laptop that it is of, and its key: who was told the passphrase takes the giver's
    word for that too. A plain file vouches for nobody; anybody may have changed it.
    """
    mine = f"# laptop {laptop} {public_key(keys)}\n" if laptop else ""
    says = "# kmtui: the key of a team. Who has it reads its sticks.\n"
    text = f"{says}{mine}{keys.identity}\n".encode()
    if passphrase is None:
        return text
    words = passphrase.split()
    letters = len("".join(words))
    if not _is_strong(words, letters):
        raise WeakPassphrase
    found: bytes = _age().passphrase.encrypt(text, passphrase)
    return found


def _is_strong(words: Sequence[str], letters: int) -> bool:
    """Four different words of some length, or sixteen letters that are not a few repeated."""
    if len(set("".join(words))) < _FEWEST_KINDS:
        return False
    long = {word for word in words if len(word) >= _SHORTEST_WORD}
    return letters >= _FEWEST_LETTERS or (len(long) >= _FEWEST_WORDS and letters >= _FEWEST_IN_ALL)


def _costs_too_much(content: bytes) -> bool:
    """Whether opening it would take more memory than we ever ask for: 2^20 is a gigabyte."""
    found = _SCRYPT.search(content[:_HEAD])
    return found is not None and (len(found[1]) > 2 or int(found[1]) > _MOST_WORK)


def imported(content: bytes, passphrase: str, where: str) -> tuple[str, dict[str, str]]:
    """The identity in an exported file, and who gave it where a passphrase vouches for that.

    Raises:
        NotAKey, KeyTooCostly
    """
    is_sealed = content.startswith(AGE)
    if is_sealed:
        if _costs_too_much(content):
            raise KeyTooCostly(where=where)
        age = _age()
        try:
            content = age.passphrase.decrypt(content, passphrase)
        except age.DecryptError as error:
            raise NotAKey(where=where) from error
    found = IDENTITY.search(content.decode("utf-8", "replace"))
    if found is None:
        raise NotAKey(where=where)
    try:
        _age().x25519.Identity.from_str(found[0])
    except _age().IdentityError as error:
        raise NotAKey(where=where) from error
    giver = _GIVER.search(content.decode("utf-8", "replace"))
    return found[0], {giver[1]: giver[2]} if giver and is_sealed else {}


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
