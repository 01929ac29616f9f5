"""The sentences of the interface: taken out of the code, into the catalogues, and compiled.

``python -m tests.catalogues`` (``just words``) renews the catalogues and tells what is missing.
"""

from __future__ import annotations

import gettext
import io
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP: Final = Path(__file__).parents[1]
TREES: Final = ("kmtui", "store")
KEYWORDS: Final = {"_": None, "N_": None, "counted": (1, 2)}
LANGUAGES: Final = ("en", "th")
_HEADER: Final = """\
# The sentences of kmtui. The code is written in English; `just words` renews this file.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
Sentence = str | tuple[str, ...]
"""A ``msgid``; with its plural where there is one."""


def folder(language: str) -> Path:
    """Where a language's catalogues stand."""
    return TOP / "kmtui" / "locale" / language / "LC_MESSAGES"


def extracted() -> dict[Sentence, list[str]]:
    """Every sentence that the code marks, with the files that it stands in."""
    found: dict[Sentence, list[str]] = {}
    for tree in TREES:
        marked = extract_from_dir(TOP / tree, [("**.py", "python")], keywords=KEYWORDS)
        for name, _line, sentence, _comments, _context in marked:
            files = found.setdefault(sentence, [])
            if (file := f"{tree}/{Path(name).as_posix()}") not in files:
                files.append(file)
    return found


def read(language: str) -> Catalog:
    """The catalogue as it is written; empty where there is none yet."""
    path = folder(language) / "kmtui.po"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return read_po(io.StringIO(text), locale=language)


def renewed(language: str, found: dict[Sentence, list[str]]) -> Catalog:
    """The sentences of the code with the translations that are there; English is itself."""
    known = read(language)
    catalogue = Catalog(locale=language)
    for sentence, files in sorted(found.items(), key=lambda one: _first(one[0])):
        kept = known.get(_first(sentence))
        blank: Sentence = "" if isinstance(sentence, str) else ("",) * catalogue.num_plurals
        said = kept.string if kept is not None and not kept.fuzzy else blank
        if language == "en":
            said = sentence
        catalogue.add(sentence, said, [(file, 0) for file in sorted(files)])
    return catalogue


def write(language: str, catalogue: Catalog) -> None:
    """Write the catalogue for people, and compiled for the program."""
    body = io.BytesIO()
    write_po(body, catalogue, width=96, omit_header=True, include_lineno=False)
    header = _HEADER.format(language=language, plurals=catalogue.plural_forms)
    folder(language).mkdir(parents=True, exist_ok=True)
    text = header + body.getvalue().decode()
    (folder(language) / "kmtui.po").write_text(text.rstrip() + "\n", encoding="utf-8")
    path = folder(language) / "kmtui.mo"
    # Left alone where it says the same: its header has a time of day.
    if not path.exists() or compiled(language) != said(catalogue):
        with path.open("wb") as file:
            write_mo(file, catalogue)


def said(catalogue: Catalog) -> dict[object, str]:
    """What the catalogue says, by sentence, as gettext looks it up."""
    told: dict[object, str] = {}
    for message in catalogue:
        if not message.id:
            continue
        if message.pluralizable:
            told |= {(message.id[0], form): one for form, one in enumerate(forms(message))}
        else:
            told[message.id] = forms(message)[0]
    return {key: text for key, text in told.items() if text}


def compiled(language: str) -> dict[object, str]:
    """What the compiled catalogue says; empty where there is none."""
    path = folder(language) / "kmtui.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        everything: dict[object, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    return {key: text for key, text in everything.items() if key}


def forms(message: Message) -> tuple[str, ...]:
    """What is said for one sentence: one form, or one for each number."""
    said = message.string
    return (said or "",) if isinstance(said, str | None) else tuple(said)


def missing(catalogue: Catalog) -> list[str]:
    """The sentences that nobody has said in this language yet."""
    return [_first(one.id) for one in catalogue if one.id and not all(forms(one))]


def _first(sentence: Sentence | list[str]) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def main() -> int:
    """Renew both catalogues; 1 where a sentence has no translation."""
    found = extracted()
    left = 0
    for language in LANGUAGES:
        catalogue = renewed(language, found)
        write(language, catalogue)
        for sentence in missing(catalogue):
            print(f"{language}: {sentence}", file=sys.stderr)
            left += 1
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
