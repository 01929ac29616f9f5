"""The house keeps its walls: who may import whom, and how long a file may get."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

TOP: Final = Path(__file__).parents[1]
SCREENS: Final = ("textual", "rich")
MOST_LINES: Final = 300
LONGER: Final[dict[str, str]] = {
    "kmtui/app.py": "the only one that asks the notebook: its thread, the ways between, the end",
    "kmtui/hooks/__init__.py": "what reaches into private parts, and the one list of it",
    "kmtui/keys.py": "every command in one table, so that nothing else can name a key",
    "kmtui/recording/desk.py": "what each key of the recorder means, as one machine of states",
    "kmtui/widgets/thai_area.py": "one widget: where its caret may stand decides everything else",
    "kmtui/screens/record.py": "the heart: what was typed goes out, what was kept comes back",
    "store/changes/ledger.py": "the files of lines, read and written under one rule of damage",
    "store/dates.py": "one grammar of days and hours; its words and patterns belong together",
    "store/notebook.py": "the one door: each method hands on to the module that does it",
    "store/records.py": "eleven records, all of them declarations, read best in one place",
    "store/view/forums.py": "whatever is read from the view knows which list rows are behind",
    "store/view/shelves.py": "databases, their mark and their checkpoint change together",
}
"""Files past three hundred lines, each with the reason why it is still one thing."""


def modules(*trees: str) -> list[str]:
    """Every module below these folders, by its dotted name."""
    files = (path for tree in trees for path in sorted((TOP / tree).rglob("*.py")))
    return [
        ".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")
        for path in files
    ]


def fresh(program: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a Python that has imported nothing yet."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=TOP,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


def imported_by(program: str, **surroundings: str) -> set[str]:
    """The packages that are in memory when a program has ended."""
    listing = "\nimport sys as _sys; print('\\n' + ' '.join(_sys.modules))"
    done = fresh(program + listing, **surroundings)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_the_store_brings_no_screen_no_command_line_and_no_app() -> None:
    every = "\n".join(f"import {name}" for name in modules("store"))

    brought = imported_by(every)

    assert brought.isdisjoint({*SCREENS, "click", "kmtui"})


@pytest.mark.parametrize("name", modules("store"))
def test_a_module_of_the_store_can_be_imported_first(name: str) -> None:
    done = fresh(f"import {name}")

    assert done.stderr == ""
    assert done.returncode == 0


def test_reading_the_command_line_brings_no_screen() -> None:
    brought = imported_by("import kmtui.cli")

    assert brought.isdisjoint(SCREENS)
    assert "docx" not in brought
    assert "selectolax" not in brought


@pytest.mark.parametrize(
    "words",
    [
        ["log", "เวทีลอง", "--json", "--say", "คุณก้อย: จดแล้ว"],
        ["list", "sessions", "--json"],
        ["where", "--json"],
        ["demo", "--make", "{folder}/demo"],
    ],
    ids=lambda words: words[0],
)
def test_a_command_brings_no_screen(words: list[str], tmp_path: Path) -> None:
    words = [word.format(folder=tmp_path) for word in words]
    program = f"""
from kmtui.cli import cli
try:
    cli.main(args={words!r})
except SystemExit:
    pass
"""

    brought = imported_by(program, KMTUI_NOTEBOOK=str(tmp_path / "notebook"))

    assert "tinydb" in brought, "the command has done its work"
    assert brought.isdisjoint(SCREENS)


def test_the_import_contracts_hold() -> None:
    done = fresh("import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())")

    assert done.returncode == 0, done.stdout + done.stderr


def long_files() -> Iterator[str]:
    """Files of code past the length at which one asks what the second thing is."""
    for tree in ("kmtui", "store", "bench"):
        for path in sorted((TOP / tree).rglob("*.py")):
            if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES:
                yield path.relative_to(TOP).as_posix()


def test_a_file_past_three_hundred_lines_says_why_it_is_one_thing() -> None:
    assert sorted(set(long_files()) - set(LONGER)) == []


def test_no_reason_stands_for_a_file_that_is_short_again() -> None:
    assert sorted(set(LONGER) - set(long_files())) == []
