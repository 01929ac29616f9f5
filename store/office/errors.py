"""What packing for an office can refuse."""

from __future__ import annotations

from ..errors import N_, StoreError


class OfficeExtraMissing(StoreError):
    """The engine that reads and writes tables is not installed."""

    kind = "extra_missing"
    sentence = N_(
        "Tables for the office need one more part: pip install -r requirements/office.txt."
    )


class NothingToPack(StoreError):
    """No whole segment stands in the folders."""

    kind = "nothing_to_pack"
    sentence = N_(
        "There is nothing to pack in {where}. Name the folders in which laptops meet; nothing was"
        " written."
    )


class NoOfficeFolder(StoreError):
    """A folder that was named is not there, or cannot be read."""

    kind = "no_folder"
    sentence = N_("There is no folder {where}, or it cannot be read. Nothing was written.")


class NotAnOfficeFile(StoreError):
    """The output's name says no kind of file that can be written."""

    kind = "office_file"
    sentence = N_("{where} must end in .parquet or in .csv. Nothing was written.")


class OfficeNotWritten(StoreError):
    """The engine or the disk refused."""

    kind = "office_not_written"
    sentence = N_("{where} was not written: {reason}. What stood there before still stands.")
