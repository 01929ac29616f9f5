"""The manual says what the program does, in both languages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

import click
import pytest

from kmtui import keys, words
from kmtui.cli import COMMANDS, cli
from kmtui.commands.list_ import KINDS
from kmtui.notices import notice_words
from store import errors
from store.readings import Notice

MANUAL: Final = Path(__file__).parents[1] / "docs" / "manual"
LANGUAGES: Final = ("th", "en")
PAGES: Final = tuple(
    sorted(
        (path.name for path in (MANUAL / "th").glob("*.md")), key=lambda one: int(one.split("-")[0])
    )
)
_BLOCK: Final = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^(#+) ", re.MULTILINE)
_KEY: Final = re.compile(r"\*\*(F\d{1,2}|Ctrl\+[^*\s]+|Enter|Esc|Tab|Del|Ins)\*\*")
_FOUND_ON_OPENING: Final = ("torn_tail", "rot", "held", "view_rebuilt", "view_renewed")
_FENCED: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def page(language: str, name: str) -> str:
    return (MANUAL / language / name).read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    """Every line of every command block."""
    return [
        line
        for name in PAGES
        for block in _BLOCK.findall(page(language, name))
        for line in block.splitlines()
    ]


def parse(words: list[str]) -> None:
    """Read the options and arguments of these words, and do nothing."""
    command = cli.get_command(click.Context(cli), words[0]) if words else None
    if command is None:
        cli.make_context("kmtui", list(words))
    else:
        command.make_context(words[0], words[1:], parent=click.Context(cli))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_a_command_line_that_the_program_understands(language: str) -> None:
    refused = []
    for line in examples(language):
        program, *words = shlex.split(line)
        if program != "kmtui":
            refused.append(f"{line}: no kmtui command")
            continue
        try:
            parse(words)
        except click.exceptions.Exit:
            continue  # --version and --help end by themselves
        except click.UsageError as error:
            refused.append(f"{line}: {error.format_message()}")

    assert refused == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_an_example(language: str, name: str) -> None:
    mine = [shlex.split(line) for line in examples(language)]
    shown = {word for words in mine if words[1:2] == [name] for word in words}
    anywhere = {word for words in mine for word in words}
    command = cli.get_command(click.Context(cli), name)
    assert command is not None

    flags = {flag for param in command.params for flag in param.opts if flag.startswith("--")}

    shared = {"--json", "--notebook", "--lang"}
    assert name in shown
    assert flags - shared - shown == set()
    assert shared - anywhere == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_listed_has_an_example(language: str) -> None:
    listed = {shlex.split(line)[2] for line in examples(language) if line.startswith("kmtui list ")}

    assert listed == set(KINDS)


def test_both_languages_have_the_same_pages() -> None:
    assert {path.name for path in (MANUAL / "en").glob("*.md")} == set(PAGES)
    assert len(PAGES) >= 12


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_headings_tables_and_commands(name: str) -> None:
    shapes = []
    for language in LANGUAGES:
        text = page(language, name)
        prose = _FENCED.sub("", text)
        shapes.append(
            (
                _HEADING.findall(prose),
                sum(line.startswith("|") for line in prose.splitlines()),
                _BLOCK.findall(text),
            )
        )

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_name_every_page(language: str) -> None:
    contents = (MANUAL / f"{language}.md").read_text(encoding="utf-8")

    named = re.findall(rf"\]\({language}/([\w-]+\.md)\)", contents)

    assert tuple(named) == PAGES


def test_the_list_of_keys_names_every_key_and_its_twin_on_the_thai_layout() -> None:
    told = set(_KEY.findall((MANUAL.parent / "keys.md").read_text(encoding="utf-8")))

    every = [key for command in keys.COMMANDS.values() for key in command.keys]
    known = {keys.called(key) for key in every}
    twins = {f"Ctrl+{key.removeprefix('ctrl+')}" for one in every for key in keys.twins(one)[1:]}

    assert (known | twins) - told == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_manual_is_in_the_list_of_keys(language: str) -> None:
    told = set(_KEY.findall((MANUAL.parent / "keys.md").read_text(encoding="utf-8")))

    used = {key for name in PAGES for key in _KEY.findall(page(language, name))}

    assert {key for key in used if key.startswith(("F", "Ctrl", "Ins"))} - told == set()
    assert "F6" in used


@pytest.mark.parametrize(("language", "headed"), [("th", "มันบอกว่า"), ("en", "it says")])
def test_what_the_manual_says_that_the_program_says_is_what_it_says(
    language: str, headed: str
) -> None:
    words.speak(language)
    try:
        said = [notice_words(Notice(kind=one)) for one in _FOUND_ON_OPENING]
        said += [words._(one) for one in _refusals()]
    finally:
        words.speak("en")
    rows = re.findall(r"^\| ([^|]+) \|", page(language, "8-keeping-safe.md"), re.MULTILINE)

    told = rows[rows.index(headed) + 1 :]

    unknown = [one for one in told if not any(_begins(one, sentence) for sentence in said)]
    assert (len(told), unknown) == (11, [])


def _refusals() -> list[str]:
    known = [one for one in vars(errors).values() if isinstance(one, type)]
    return [one.sentence for one in known if issubclass(one, errors.StoreError)]


def _begins(told: str, sentence: str) -> bool:
    """Whether a sentence begins so; a … stands for what is filled in."""
    pattern = re.escape(told).replace("…", r"\{\w+\}")
    return re.match(pattern, sentence) is not None
