"""What keys, signatures and locked files can refuse."""

from __future__ import annotations

from ..errors import N_, StoreError


class SecureExtraMissing(StoreError):
    """This notebook encrypts and signs, and the libraries for it are not installed."""

    kind = "extra_missing"
    sentence = N_(
        "This notebook meets others only under the team's key, which needs one more part: pip"
        " install -r requirements/secure.txt. Recording works without it."
    )


class PartMissing(SecureExtraMissing):
    """Keys are to be turned on, and the libraries for it are not installed."""

    sentence = N_(
        "Keys need one more part: pip install -r requirements/secure.txt. Nothing was changed; this"
        " notebook meets others in plain as before."
    )


class KeysDamaged(StoreError):
    """The file of keys cannot be read."""

    kind = "keys_damaged"
    sentence = N_(
        "{where} cannot be read, so nothing is given to others. Move it away and take the team's"
        " key in again: kmtui secure --join FILE."
    )


class Locked(StoreError):
    """An encrypted file, and no team's key here."""

    kind = "locked"
    sentence = N_("{where} is encrypted. Take the team's key in first: kmtui secure --join FILE.")


class OtherKey(StoreError):
    """An encrypted file that the team's key does not open, or that was damaged."""

    kind = "other_key"
    sentence = N_(
        "{where} does not open with this team's key: it is another team's, or it was damaged."
    )


class NotSigned(StoreError):
    """A file of a laptop from before it signed, or of somebody who says to be it."""

    kind = "not_signed"
    sentence = N_(
        "{where} says it is of laptop {laptop} and is not signed. If that laptop wrote it before"
        " keys were on: kmtui secure --trust {laptop} --unsigned takes in just those that were met."
    )


class UnknownLaptop(StoreError):
    """A file that is signed by a laptop that nobody has vouched for."""

    kind = "unknown_laptop"
    sentence = N_(
        "{where} is of a laptop that is not known yet ({laptop}). Let it be read out on the other"
        " laptop: {fingerprint}. If it is the same: kmtui secure --trust {laptop}."
    )


class OtherSigner(StoreError):
    """A file of a known laptop, signed with a key that nobody has vouched for."""

    kind = "other_signer"
    sentence = N_(
        "{where} says it is of laptop {laptop}, signed with another key than the one that is"
        " known. Only if that laptop reads out {fingerprint}: kmtui secure --trust {laptop}."
    )


class Forged(StoreError):
    """A file that says to be of a known laptop and is signed by something else."""

    kind = "forged"
    sentence = N_("{where} says it is of laptop {laptop}, and is not signed by it. It stays out.")


class NotAKey(StoreError):
    """A file that holds no team's key, or another passphrase's."""

    kind = "not_a_key"
    sentence = N_(
        "{where} holds no team's key, or the passphrase is another one. Nothing was changed."
    )


class KeyTooCostly(StoreError):
    """A key file made so that opening it takes all memory."""

    kind = "key_too_costly"
    sentence = N_(
        "{where} asks for more memory than a key of ours ever does, so it was not opened. Ask for"
        " a new one: kmtui secure --export FILE. Nothing was changed."
    )


class OtherTeam(StoreError):
    """This notebook has a team's key already, and it is another one."""

    kind = "other_team"
    sentence = N_(
        "This notebook has the key of another team, perhaps from --on. Turn it off, then join:"
        " kmtui secure --off, kmtui secure --join FILE. This laptop's signature stays the same and"
        " nothing is lost. Nothing was changed."
    )


class WeakPassphrase(StoreError):
    """A passphrase that a lost stick could be opened by guessing."""

    kind = "weak_passphrase"
    sentence = N_(
        "That passphrase could be guessed: it needs four different words with twelve letters in"
        " all, or sixteen letters that do not repeat. Nothing was written."
    )


class KeysOff(StoreError):
    """Something that only a notebook with keys can do."""

    kind = "keys_off"
    sentence = N_("Keys are not on here. kmtui secure --on makes the team's key.")


class SeveralKeys(StoreError):
    """Several keys of one laptop wait, and it was not said which is meant."""

    kind = "several_keys"
    sentence = N_(
        "Several keys of laptop {laptop} were met. Give the digits that it reads out:"
        " --fingerprint. Nothing was changed."
    )


class NotTrusted(StoreError):
    """Nobody here has vouched for this laptop."""

    kind = "not_trusted"
    sentence = N_("Nobody here has vouched for laptop {laptop}. Nothing was changed.")


class PlainBesideKeys(StoreError):
    """The folder is a team's that encrypts, and there is no key here."""

    kind = "plain_beside_keys"
    sentence = N_(
        "The files in {where} are encrypted to a team, and its key is not here, so nothing was"
        " put there. Take the key in, then meet again: kmtui secure --join FILE."
    )


class NoSuchLaptop(StoreError):
    """No file of this laptop has been met, or its fingerprint is another one."""

    kind = "no_laptop"
    sentence = N_(
        "No file of laptop {laptop} with this fingerprint was met. Meet once, then look: kmtui"
        " secure."
    )
