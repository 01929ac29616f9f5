"""The interface's language: gettext, Thai first, English beside it.

Import ``_`` and call it when the sentence is shown, not when the module is read: the language is
chosen at start (``KMTUI_LANG``, then settings.toml, then Thai).
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final, Literal

from store.errors import StoreError

LANGUAGES: Final = ("th", "en")
_FOLDER: Final = Path(__file__).parent / "locale"
_now: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_thai_digits = False
_FIGURES: Final = {0x30 + digit: 0x0E50 + digit for digit in range(10)}


def write_digits(digits: str) -> None:
    """Show numbers in ``thai`` or ``arabic`` digits from now on; what people typed stays."""
    global _thai_digits
    _thai_digits = digits == "thai"


def digits() -> Literal["arabic", "thai"]:
    """The digits that numbers are shown in now."""
    return "thai" if _thai_digits else "arabic"


def figure(number: object) -> str:
    """A number, an hour or a day as it is shown, in the digits that were chosen."""
    words = str(number)
    return words.translate(_FIGURES) if _thai_digits else words


def speak(language: str) -> None:
    """Use this language from now on; sentences in the code are English already."""
    global _language, _now
    _now = gettext.translation("kmtui", _FOLDER, languages=[language], fallback=language == "en")
    _language = language


def speak_in(language: str) -> None:
    """Use this language; English where an installation came without its catalogue."""
    try:
        speak(language)
    except FileNotFoundError:
        speak("en")


def language() -> Literal["th", "en"]:
    """The language that is spoken now; dates are written in it."""
    return "th" if _language == "th" else "en"


def _(sentence: str) -> str:
    """This sentence in the language of the interface."""
    return _now.gettext(sentence)


def counted(one: str, many: str, count: int) -> str:
    """The sentence for one or for many."""
    return _now.ngettext(one, many, count)


_WORDED: Final = frozenset({"reason", "expected"})
"""Facts that are the program's own words, not a person's or a file's."""


def told(error: StoreError) -> str:
    """A refusal of the store as a sentence in the language of the interface."""
    facts = {name: _fact(name, value) for name, value in error.facts.items()}
    return _(error.sentence).format(**facts)


def told_briefly(error: StoreError) -> str:
    """The same where one line of a screen has to do."""
    facts = {name: _fact(name, value) for name, value in error.facts.items()}
    return _(error.brief).format(**facts) if error.brief else told(error)


def _fact(name: str, value: object) -> object:
    if name in _WORDED and isinstance(value, str):
        return _(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return figure(value) if is_number else value
