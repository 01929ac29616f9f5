"""The worked change of CONTRIBUTING.md is made in a copy of the tree, and does what it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

TOP: Final = Path(__file__).parents[1]
_STEP: Final = re.compile(
    r"In `([^`]+)`(?:, behind `([^`]+)`)?:\n\n```(?:text|po)\n(.*?)```", re.DOTALL
)
_PAGE: Final = """
import json, sys
from pathlib import Path
from kmtui.widgets.forum_lines import ForumLines
from store.notebook import Notebook
with Notebook.open(Path(sys.argv[1]), read_only=True) as book:
    whole = book.session(book.sessions()[0].id)
    print(json.dumps([" ".join(cell.text for cell in row.cells) for row in ForumLines(whole, 78)]))
"""


def steps() -> list[tuple[str, str, str]]:
    """File, the line behind which something is put, and what is put there."""
    text = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = text[text.index("## A worked first change") : text.index("## Words")]
    return _STEP.findall(part)


def run(tree: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env={**os.environ, "KMTUI_LANG": "en", "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def kmtui(tree: Path, *words: str) -> Any:
    return json.loads(run(tree, "-m", "kmtui", "--notebook", str(tree / "book"), *words, "--json"))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with the change in it, and a notebook from before."""
    copy = tmp_path_factory.mktemp("first") / "tree"
    for part in ("kmtui", "store"):
        shutil.copytree(TOP / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "tests").mkdir()
    for name in ("__init__.py", "catalogues.py", "test_fields.py"):
        shutil.copy(TOP / "tests" / name, copy / "tests" / name)
    kmtui(copy, "log", "เวทีก่อนหน้า", "--date", "2026-05-15")
    kmtui(copy, "verify", "--rebuild")
    for file, behind, added in steps():
        path = copy / file
        if behind:
            lines = path.read_text(encoding="utf-8").split("\n")
            (at,) = [number for number, line in enumerate(lines) if behind in line]
            lines.insert(at + 1, added.rstrip("\n"))
            path.write_text("\n".join(lines), encoding="utf-8")
        else:
            words = [sys.executable, "-m", "tests.catalogues"]
            subprocess.run(words, cwd=copy, capture_output=True, check=False)  # 1: not said yet
            path.write_text(_said(path.read_text(encoding="utf-8"), added), encoding="utf-8")
    run(copy, "-m", "tests.catalogues")
    return copy


def _said(catalogue: str, added: str) -> str:
    """The catalogue with these sentences said in it."""
    for sentence, said in re.findall(r'msgid "(.*)"\nmsgstr "(.*)"', added):
        unsaid = f'msgid "{sentence}"\nmsgstr ""\n'
        assert unsaid in catalogue
        catalogue = catalogue.replace(unsaid, f'msgid "{sentence}"\nmsgstr "{said}"\n')
    return catalogue


def test_the_recipe_touches_two_files_of_the_program_and_the_catalogue() -> None:
    files = {file for file, _behind, _added in steps()}

    assert sorted(file for file in files if file.endswith(".py")) == [
        "kmtui/fields.py",
        "store/records.py",
    ]
    assert len(files) == 3


def test_a_new_text_of_a_forum_is_kept_shown_listed_and_found(tree: Path) -> None:
    kmtui(tree, "log", "เวทีน้ำ", "--date", "2026-05-17", "--weather", "ฝนตกหนัก")

    rows = {row["title"]: row["weather"] for row in kmtui(tree, "list", "sessions")}
    hits = kmtui(tree, "search", "ฝนตกหนัก")
    page = json.loads(run(tree, "-c", _PAGE, str(tree / "book")))

    assert rows["เวทีน้ำ"] == "ฝนตกหนัก"
    assert rows["เวทีก่อนหน้า"] == ""
    assert [hit["field"] for hit in hits] == ["weather"]
    assert any("Weather" in line and "ฝนตกหนัก" in line for line in page)


def test_a_joined_forum_takes_the_new_text_from_the_other_record(tree: Path) -> None:
    first = kmtui(tree, "log", "เวทีป่า", "--date", "2026-05-16")["session"]["id"]
    other = kmtui(tree, "log", "เวทีป่าไม้", "--weather", "แดดจัด")["session"]["id"]

    kmtui(tree, "join", first, other)

    rows = {row["title"]: row["weather"] for row in kmtui(tree, "list", "sessions")}
    assert rows["เวทีป่า"] == "แดดจัด"
    assert "เวทีป่าไม้" not in rows


def test_the_test_of_fields_passes_with_it(tree: Path) -> None:
    run(tree, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_fields.py")
