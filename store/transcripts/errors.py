"""Why a file was not read in; nothing was changed."""

from __future__ import annotations

from store.errors import N_, StoreError


class NotATranscript(StoreError):
    """Nobody speaks in it."""

    kind = "not_a_transcript"
    sentence = N_(
        "No speaker was found in {where}. Write each turn as `name: text`, or with two blanks or a"
        " tab after the name."
    )


class EmptyTranscript(StoreError):
    """There is no text in it."""

    kind = "empty_file"
    sentence = N_("{where} is empty.")


class NotReadableText(StoreError):
    """Its bytes are no text that we can read."""

    kind = "not_text"
    sentence = N_(
        "{where} cannot be read as text ({found}). Save it as .txt, .docx or .html and import that."
    )


class DamagedText(StoreError):
    """The bytes are text in part only."""

    kind = "damaged_text"
    sentence = N_(
        "The letters of {where} cannot be read from byte {at} on. Save it again as UTF-8 text."
    )


class FileTooLarge(StoreError):
    """More than is ever read into memory."""

    kind = "file_too_large"
    sentence = N_("{where} is too large to read in: {megabytes} MB, at most {limit} MB. Split it.")


class UnpacksTooLarge(StoreError):
    """A small packed file that would fill the memory when unpacked."""

    kind = "unpacks_too_large"
    sentence = N_("{where} is not read: unpacked it would take {megabytes} MB, at most {limit} MB.")


class TooIntricate(StoreError):
    """A file whose parts are more, wider or deeper than any that a person made."""

    kind = "too_intricate"
    sentence = N_(
        "{where} is not read: {what} are {count}, at most {limit}. Save it as plain text."
    )


class LineTooLong(StoreError):
    """One line that nobody typed."""

    kind = "line_too_long"
    sentence = N_(
        "Line {line} of {where} is too long: {length} letters, at most {limit}. Split it."
    )


class TooManyLines(StoreError):
    """More lines than a forum has."""

    kind = "too_many_lines"
    sentence = N_("{where} has too many lines: {lines}, at most {limit}. Split it.")


class NotAFile(StoreError):
    """A folder, a pipe or a device."""

    kind = "not_a_file"
    sentence = N_("{where} is not a plain file.")


class FileNotRead(StoreError):
    """The disk did not give it."""

    kind = "file_not_read"
    sentence = N_("{where} cannot be opened: {reason}.")


class DamagedDocument(StoreError):
    """A Word file that cannot be opened."""

    kind = "damaged_document"
    sentence = N_(
        "{where} is not a whole Word document. Open it in Word, save it again, and retry."
    )
