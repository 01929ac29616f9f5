"""What a meeting can refuse, and what it has to tell."""

from __future__ import annotations

from ..errors import N_, StoreError


class NoSuchCarrier(StoreError):
    """The folder is not there, and neither is the one that it would be made in."""

    kind = "no_carrier"
    sentence = N_("There is no folder {where}. Is the stick plugged in? Nothing was changed.")


class NotACarrier(StoreError):
    """A file was named, or something else that holds no files."""

    kind = "not_a_carrier"
    sentence = N_("{where} is no folder. Name the folder in which laptops meet.")


class CarrierIsNotebook(StoreError):
    """The folder is a notebook, lies in one, or holds this one."""

    kind = "carrier_is_notebook"
    sentence = N_(
        "{where} belongs to a notebook itself. Name another folder, on a stick or a shared one;"
        " nothing was changed."
    )


class CarrierGone(StoreError):
    """The folder vanished while it was read or written."""

    kind = "carrier_gone"
    sentence = N_(
        "{where} was gone in the middle. Everything that came in before is kept; plug it in and"
        " meet once more."
    )


class CarrierFull(StoreError):
    """There is no room for what is new here."""

    kind = "carrier_full"
    sentence = N_(
        "There is no room left on {where}. Everything is still on this laptop; make room there and"
        " meet once more."
    )


class CarrierReadOnly(StoreError):
    """The folder takes no files from us."""

    kind = "carrier_read_only"
    sentence = N_(
        "{where} cannot be written. What the others left there is taken in; they do not get what"
        " is new here."
    )


class CarrierRefused(StoreError):
    """A file could not be put there."""

    kind = "carrier_refused"
    sentence = N_(
        "{where} did not take what is new here: {reason}. Everything is still on this laptop; try"
        " another stick."
    )


class TooManyFiles(StoreError):
    """There is more in the folder than is looked through."""

    kind = "too_many_files"
    sentence = N_(
        "{where} holds more than {limit} files; not all were looked at. Name the folder in which"
        " laptops meet, and keep other things elsewhere."
    )


class NotGiven(StoreError):
    """A file of the notebook is damaged and stands nowhere in the folder."""

    kind = "not_given"
    sentence = N_(
        "{where} is damaged here and was not given. Meet where its laptop meets, or look: kmtui"
        " verify."
    )


class KeptAnew(StoreError):
    """Files of this laptop were damaged; what was left of them was written again."""

    kind = "kept_anew"
    sentence = N_(
        "A file of this notebook was damaged ({where}). {lines} lines of it and {values} values of"
        " the lists were kept anew; the file is in damaged."
    )


class StrayDevice(StoreError):
    """A notebook's own file in the folder, without the notebook."""

    kind = "stray_device"
    sentence = N_(
        "{where} in the folder belongs into a notebook; somebody has copied it there. It is left"
        " alone."
    )


class NotTakenIn(StoreError):
    """A file that waiting does not mend."""

    kind = "not_taken_in"
    sentence = N_("{where} is not taken in: {reason}.")


class TooFarAhead(StoreError):
    """Lines whose ids no clock can have made."""

    kind = "far_ahead"
    sentence = N_(
        "{where} says that it was written after the year 2089. It is kept aside and looked at"
        " again; everything else came in."
    )


class RepeatsAnother(StoreError):
    """Other content under the ids of another laptop's lines."""

    kind = "repeats_another"
    sentence = N_(
        "{where} has other words in the place of what {laptop} wrote. It is kept aside; what"
        " {laptop} wrote stands."
    )


class Cloned(StoreError):
    """Another laptop writes under our id: the notebook's folder was copied."""

    kind = "cloned"
    sentence = N_(
        "Two laptops wrote under one name ({where}), as happens when a notebook is copied. This one"
        " is {laptop} from now on; everything of both is kept."
    )


class ClonedElsewhere(StoreError):
    """Two other laptops write under one id."""

    kind = "cloned_elsewhere"
    sentence = N_(
        "Two other laptops wrote under one name ({where}), as happens when a notebook is copied."
        " Everything of both is kept; each gets a name of its own when it meets next."
    )


class OddClock(StoreError):
    """A laptop's clock stood far from ours, or out of range."""

    kind = "clock"
    sentence = N_(
        "The clock of {laptop} is or was wrong: it wrote at {time}. Nothing is lost; set the clock"
        " right."
    )
