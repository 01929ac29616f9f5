"""Every refusal of the store.

A class is named for the fact. Its ``sentence`` is a template in English that says what was wrong,
where, and what to do; ``facts`` fill it. An app that speaks another language translates the
template and fills it with the same facts, so no sentence is put together in two places.
"""

from __future__ import annotations

from typing import ClassVar


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a sentence for translation without translating it now."""
    return sentence


class StoreError(Exception):
    """The root of all refusals: what was asked was not done, and nothing was changed."""

    sentence: ClassVar[str] = N_("The notebook refused this.")
    brief: ClassVar[str] = ""
    """The same for where a line has to do, without the place; empty where the sentence is short."""
    kind: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence.format(**self.facts)

    @property
    def where(self) -> str | None:
        """The file, line, field or record that it is about; None where there is no such place."""
        found = self.facts.get("where")
        return None if found is None else str(found)


class NotebookInUse(StoreError):
    """Another window or program writes to this notebook."""

    kind = "notebook_in_use"
    sentence = N_(
        "The notebook is open in another window ({holder}). Close that one, or write there."
    )


class NotebookReadOnly(StoreError):
    """This notebook was opened for reading."""

    kind = "read_only"
    sentence = N_("The notebook {where} cannot be written. It is open for reading only.")


class NotANotebook(StoreError):
    """The folder holds something else."""

    kind = "not_a_notebook"
    sentence = N_("{where} is not a kmtui notebook. Name its folder with --notebook.")


class NewerNotebook(StoreError):
    """A newer version of the program made this notebook."""

    kind = "newer_notebook"
    sentence = N_(
        "The notebook {where} was made by a newer kmtui (format {found}, this one reads {known})."
        " Install the newer version; nothing was changed."
    )


class DiskRefused(StoreError):
    """The disk did not take it: read-only, pulled out."""

    kind = "disk"
    sentence = N_(
        "Not saved: {reason} ({where}). Nothing was lost or changed; look at it and try again."
    )
    brief = N_("Not saved: {reason}")


class DiskFull(DiskRefused):
    """The disk did not take it: there is no room."""

    sentence = N_(
        "Not saved: the disk is full ({where}). Nothing was lost or changed; make room and try"
        " again."
    )
    brief = N_("Not saved: the disk is full. Make room.")


class SyncFailed(StoreError):
    """The disk could not promise that it kept the save; no more saves until reopened."""

    kind = "sync_failed"
    sentence = N_(
        "The disk could not confirm the save ({where}: {reason}). Close kmtui, check the disk, and"
        " open the notebook again; everything saved before this is kept."
    )
    brief = N_("The disk could not confirm the save. Close kmtui.")


class DamagedSegment(StoreError):
    """A file of change lines does not hold what it promises."""

    kind = "damaged_segment"
    sentence = N_("{where} cannot be read: {reason}. It is kept aside and tried again later.")


class NewerSegment(StoreError):
    """A file of change lines was written by a newer version."""

    kind = "newer_segment"
    sentence = N_(
        "{where} was written by a newer kmtui. It is kept and will be read after an update."
    )


class DamagedRecord(StoreError):
    """A stored value is not what its field can hold."""

    kind = "damaged_record"
    sentence = N_("{where}: expected {expected}, found {found}.")


class UnknownRecord(StoreError):
    """There is no record with this id."""

    kind = "unknown_record"
    sentence = N_("There is no record {where}. `kmtui list` and `kmtui search` show the ids.")


class AmbiguousRecord(StoreError):
    """The shortened id fits several records."""

    kind = "ambiguous_record"
    sentence = N_("{where} fits {count} records. Give more of the id.")


class UnknownField(StoreError):
    """The record has no such field."""

    kind = "unknown_field"
    sentence = N_("{where}: there is no such field. Fields here: {fields}.")


class BadValue(StoreError):
    """The value does not fit its field."""

    kind = "bad_value"
    sentence = N_("{where}: {value} is not {expected}.")


class TooLong(StoreError):
    """The text is longer than the format holds."""

    kind = "too_long"
    sentence = N_("{where} is too long: {length}, at most {limit}. Split it and save the parts.")


class BackupLacks(StoreError):
    """What was read back of a backup lacks forums that are shown here."""

    kind = "backup_lacks"
    sentence = N_(
        "The backup {where} lacked {count} forums that are here and was not kept. Look first:"
        " kmtui verify --rebuild; then make it again."
    )


class NoLaterTime(StoreError):
    """Nothing can be written behind what a laptop wrote at the very end of the format's time."""

    kind = "no_later_time"
    sentence = N_(
        "{where} cannot be changed: a laptop wrote to it with a time at the end of all times. Make"
        " it anew, or set that laptop aside."
    )


class NothingToUndo(StoreError):
    """No change of this laptop is left to take back."""

    kind = "nothing_to_undo"
    sentence = N_("There is nothing to undo on this laptop.")


class MetSince(StoreError):
    """The own change that undo would take back is older than a meeting with other laptops."""

    kind = "met_since"
    sentence = N_(
        "The last own change is from before the last meeting with other laptops: {what}. It was not"
        " taken back."
    )


class NothingToRedo(StoreError):
    """Nothing was taken back, or something new was done since."""

    kind = "nothing_to_redo"
    sentence = N_("There is nothing to do again on this laptop.")


class ChangedSince(StoreError):
    """Somebody edited the same field after the change that should be undone."""

    kind = "changed_since"
    sentence = N_("Cannot undo: {where} was edited again since. Change it by hand instead.")


class NotDeleted(StoreError):
    """The record is not in the trash."""

    kind = "not_deleted"
    sentence = N_("{where} is not in the trash; there is nothing to bring back.")


class AlreadyDeleted(StoreError):
    """The record is in the trash already."""

    kind = "already_deleted"
    sentence = N_("{where} is in the trash already. `kmtui undelete` brings it back.")


class NotABackup(StoreError):
    """The file is not a whole backup of a notebook."""

    kind = "not_a_backup"
    sentence = N_("{where} is not a whole kmtui backup: {reason}. Nothing was changed.")


class FolderNotEmpty(StoreError):
    """A backup is only restored into an empty or new folder."""

    kind = "folder_not_empty"
    sentence = N_("{where} is not empty. Name a new folder with --notebook; nothing was changed.")


class HalfRestored(StoreError):
    """A restore was cut off; what is there is not the whole notebook."""

    kind = "half_restored"
    sentence = N_("{where} was not restored to its end. Run `kmtui restore` again with its backup.")


class NoSuchFile(StoreError):
    """There is no file of this name."""

    kind = "no_such_file"
    sentence = N_("There is no file {where}. Look at its name and folder.")


class FileExists(StoreError):
    """A file of this name is there already."""

    kind = "file_exists"
    sentence = N_("{where} is there already. Choose another name; nothing was overwritten.")
