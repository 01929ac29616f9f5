"""The interface speaks Thai and English, and says nothing that cannot be said in both."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Message
from rich.cells import cell_len

from kmtui import words
from store.errors import NothingToUndo, StoreError, UnknownRecord
from tests import catalogues

TOP: Final = catalogues.TOP
SHOWN: Final = {"notify", "echo", "talk", "Content", "Label", "Static", "Button"}
"""Calls that show their text to a person."""
SHOWN_AS: Final = {"title", "label", "placeholder", "tooltip", "message", "border_title"}
LETTERS: Final = re.compile(r"[A-Za-z\u0e00-\u0e7f]{2,}")
BLANKS: Final = re.compile(r"\{\w*[^}]*\}")
SAME_IN_THAI: Final = frozenset({"kmtui", "BAR", "AAR", "{name}: {text}"})
"""Sentences that hold no word to translate."""


def of(language: str) -> list[Message]:
    """The sentences of a catalogue, without its header."""
    return [message for message in catalogues.read(language) if message.id]


def one(sentence: object) -> str:
    """A sentence, or the first of its forms."""
    return str(sentence[0] if isinstance(sentence, tuple | list) else sentence)


@pytest.fixture(autouse=True)
def thai_again() -> Iterator[None]:
    """Leave the language as the other tests expect it."""
    before = words.language()
    yield
    words.speak(before)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_sentence_of_the_code_stands_in_the_catalogue_and_no_other(language: str) -> None:
    marked = {one(sentence) for sentence in catalogues.extracted()}

    kept = {one(message.id) for message in of(language)}

    assert sorted(marked - kept) == [], "run `just words`"
    assert sorted(kept - marked) == [], "run `just words`"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_sentence_is_left_unsaid_or_guessed(language: str) -> None:
    sentences = of(language)

    assert catalogues.missing(catalogues.read(language)) == []
    assert [one(message.id) for message in sentences if message.fuzzy] == []


def test_thai_sentences_are_thai() -> None:
    foreign = [
        one(message.id)
        for message in of("th")
        if LETTERS.search(BLANKS.sub("", one(message.id)))
        and one(message.id) not in SAME_IN_THAI
        and not all(re.search("[\u0e01-\u0e5b]", said) for said in catalogues.forms(message))
    ]

    assert foreign == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_fills_the_same_blanks(language: str) -> None:
    differing = {
        one(message.id): said
        for message in of(language)
        for said in catalogues.forms(message)
        if set(BLANKS.findall(said)) != set(BLANKS.findall(one(message.id)))
    }

    assert differing == {}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_compiled_catalogue_says_what_the_written_one_says(language: str) -> None:
    assert catalogues.compiled(language) == catalogues.said(catalogues.read(language))


def test_a_refusal_is_told_in_thai_with_its_facts() -> None:
    words.speak("th")

    told = words.told(UnknownRecord(where="lesson/01K"))

    assert "lesson/01K" in told
    assert re.search("[ก-๛]", told)


def test_english_is_what_the_code_says() -> None:
    words.speak("en")

    assert words.told(NothingToUndo()) == str(NothingToUndo())


def test_a_language_that_nobody_translated_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        words.speak("xx")


def spoken_literals(path: Path) -> Iterator[str]:
    """Words in the code that reach a person without passing through ``_``."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
        shown = [kept.value for kept in call.keywords if kept.arg in SHOWN_AS]
        if name in SHOWN:
            shown += call.args[:1]
        for text in (part for value in shown for part in literals(value)):
            if LETTERS.search(text):
                yield f"{path.relative_to(TOP)}:{call.lineno}: {text}"


def literals(value: ast.expr) -> Iterator[str]:
    """The text that a literal holds, also between the blanks of an f-string."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        for part in value.values:
            yield from literals(part)


def test_nothing_is_shown_to_a_person_in_one_language_only() -> None:
    demo = TOP / "kmtui" / "demo"  # its forums are what people said, not the interface
    files = [path for path in sorted((TOP / "kmtui").rglob("*.py")) if demo not in path.parents]

    bare = [found for path in files for found in spoken_literals(path)]

    assert bare == []


def test_the_look_for_bare_sentences_finds_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "screen.py"
    file.write_text('self.notify("Saved.")\nStatic(f"{n} turns", id="x")\nLabel(_("Name"))\n')
    monkeypatch.setattr("tests.test_words.TOP", tmp_path)

    assert list(spoken_literals(file)) == ["screen.py:1: Saved.", "screen.py:2:  turns"]


def rejected() -> set[str]:
    """The words that docs/words.md says not to use."""
    table = (catalogues.TOP / "docs" / "words.md").read_text(encoding="utf-8")
    last = [line.strip("|").split("|")[-1] for line in table.splitlines() if line.startswith("| ")]
    return {word.strip() for cell in last[1:] for word in cell.split(",") if word.strip()}


def test_one_word_is_used_for_one_thing() -> None:
    wrong = rejected()
    said = {one(message.id): " ".join(catalogues.forms(message)) for message in of("th")}
    pages = sorted((catalogues.TOP / "docs" / "manual" / "th").glob("*.md"))
    said |= {page.name: page.read_text(encoding="utf-8") for page in pages}

    assert len(wrong) > 10
    assert {
        (where, word) for where, words in said.items() for word in wrong if word in words
    } == set()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_what_has_one_line_fits_into_it(lang: str) -> None:
    words.speak(lang)
    narrow = 54
    """Columns of a border of 60 columns with its frame."""
    briefs = {kind.brief for kind in every_refusal() if kind.brief}

    assert len(briefs) > 2
    for brief in briefs:
        reason = words._("it was deleted meanwhile")
        assert cell_len(words._(brief).format(reason=reason)) <= narrow, brief


def every_refusal() -> Iterator[type[StoreError]]:
    waiting = [StoreError]
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting += kind.__subclasses__()
