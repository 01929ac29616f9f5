"""What the project says about itself is so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import kmtui

TOP: Final = Path(__file__).parents[1]
EXTRAS: Final = ("secure", "office", "web")
LOCKS: Final = {
    name: TOP / "requirements" / f"{name}.txt" for name in ("run", "dev", "build", *EXTRAS)
}
PINNED: Final = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
ELSEWHERE: Final = re.compile(
    r"/(?:home|Users|root|tmp|work|opt|workspace)/[\w.-]+|[A-Z]:\\Users\\"  # a machine of somebody
    r"|(?:pypi|pythonhosted|artifactory|npmjs|anaconda|jfrog)[\w.-]*\.(?:org|com|io|net)"
    r"|--(?:extra-)?index-url\s|--find-links\s",
    re.IGNORECASE,
)
"""Paths of a build machine, and hosts that packages come from."""


def project() -> dict[str, Any]:
    """The ``[project]`` table of pyproject.toml."""
    found: dict[str, Any] = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    return found["project"]  # type: ignore[no-any-return]


def lines(name: str) -> list[str]:
    """A file of the project, line by line."""
    return (TOP / name).read_text(encoding="utf-8").splitlines()


def shell_blocks(name: str, language: str) -> list[str]:
    """The command lines of a page's code blocks."""
    text = (TOP / name).read_text(encoding="utf-8")
    return [
        line
        for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


def test_ci_runs_the_test_command_of_the_readme_to_the_letter() -> None:
    [command] = [line for line in shell_blocks("README.md", "sh") if "-m pytest" in line]

    assert f'tests="{command}"' in lines(".ci/run")


def test_ci_installs_as_the_readme_says_to_the_letter() -> None:
    [command] = [line for line in shell_blocks("README.md", "sh") if line.endswith("kmtui demo")]

    assert f'first="{command}"' in lines(".ci/run")


def test_nothing_is_installed_without_a_lock() -> None:
    pages = ["README.md", "CONTRIBUTING.md", ".ci/run", "Justfile"]
    pages += [str(path.relative_to(TOP)) for path in (TOP / "docs" / "manual").rglob("*.md")]

    said = re.findall(r"pip install ([^&`\"\n]+)", "\n".join(map(_text, pages)))

    locked = re.compile(r"(?:-r requirements[/\\]\w+\.txt ?)+$|--no-deps --no-build-isolation .*")
    assert len(said) > 8
    assert [words for words in said if not locked.match(words.strip())] == []
    assert {f"{name}.txt" for name in EXTRAS} <= set(re.findall(r"\w+\.txt", _text("README.md")))


def test_the_build_takes_the_one_setuptools_that_is_locked() -> None:
    needs = tomllib.loads(_text("pyproject.toml"))["build-system"]["requires"]

    assert [
        f"{name}=={number}" for name, number in PINNED.findall(_text("requirements/build.txt"))
    ] == needs


def test_every_package_of_the_tree_is_in_the_list_of_the_wheel() -> None:
    setup = tomllib.loads(_text("pyproject.toml"))["tool"]["setuptools"]
    kept = [path.relative_to(TOP) for path in kept_files()]
    folders = {
        path.parent.as_posix().replace("/", ".")
        for path in kept
        if path.parts[0] in ("kmtui", "store") and path.suffix in (".py", ".mo")
    }

    assert {name.removeprefix("kmtui._own.") for name in setup["packages"]} == folders
    assert not any(name.split(".")[0] == "store" for name in setup["packages"])


@pytest.mark.long
def test_two_builds_are_the_same_bytes_and_claim_no_name_but_ours(tmp_path: Path) -> None:
    program = [sys.executable, str(TOP / ".ci" / "packages.py"), "--twice"]

    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_another_package_named_store_is_not_found_in_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "site" / "store").mkdir(parents=True)
    (tmp_path / "site" / "store" / "__init__.py").write_text("raise ImportError('theirs')\n")
    shutil.copytree(TOP / "kmtui", tmp_path / "site" / "kmtui")
    shutil.copytree(TOP / "store", tmp_path / "site" / "kmtui" / "_own" / "store")
    program = "import kmtui, store.notebook; print(store.__file__)"

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "_own" in done.stdout


def test_each_of_the_two_commands_has_its_windows_twin() -> None:
    whole = [line for line in shell_blocks("README.md", "sh") if "-m venv" in line]

    twins = [
        line.replace("python3", "py", 1)
        .replace(".venv/bin/", ".venv\\Scripts\\")
        .replace("requirements/", "requirements\\")
        for line in whole
    ]

    assert len(whole) == 2
    assert shell_blocks("README.md", "bat") == twins


def test_every_measuring_program_that_the_readme_names_is_there() -> None:
    named = set(re.findall(r"python -m (bench\.\w+)", "\n".join(lines("README.md"))))

    programs = {
        f"bench.{path.stem}"
        for path in (TOP / "bench").glob("*.py")
        if "def main(" in path.read_text(encoding="utf-8") and path.stem != "notebooks"
    }

    assert named == programs


def test_every_decision_is_listed_and_numbered_in_order() -> None:
    listed = re.findall(
        r"^(\d+)\. \[.+\]\((\d{4})(-[\w-]+\.md)\)", _text("docs/decisions/README.md"), re.MULTILINE
    )
    there = sorted(path.name for path in (TOP / "docs" / "decisions").glob("0*.md"))

    assert [number + name for _at, number, name in listed] == there
    assert all(int(at) == int(number) for at, number, _name in listed)


@pytest.mark.parametrize(
    "path", sorted((TOP / "docs" / "decisions").glob("0*.md")), ids=lambda path: path.stem
)
def test_a_decision_says_what_led_to_it_and_what_follows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    heads = re.findall(r"^\*\*(\w+)[:.]\*\*", text, re.MULTILINE)

    assert re.match(rf"# {int(path.stem[:4])}\. ", text)
    assert heads == ["Status", "Context", "Decision", "Consequences"]


def test_every_link_of_the_pages_leads_somewhere() -> None:
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), *(TOP / "bench").glob("*.md")]

    broken = [
        f"{page.relative_to(TOP)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]

    assert broken == []


def test_the_pictures_are_drawn_from_the_app_as_it_is(tmp_path: Path) -> None:
    program = TOP / "docs" / "pictures" / "make.py"
    some = ["home", "record", "conflict"]

    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), *some],
        cwd=TOP,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert sorted(path.stem for path in tmp_path.glob("*.svg")) == sorted(some)
    names = re.findall(
        r'^    "([\w-]+)": Scene\(', program.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(names) == sorted(path.stem for path in program.parent.glob("*.svg"))
    for name in some:
        tree = ElementTree.parse(tmp_path / f"{name}.svg").getroot()
        kept = ElementTree.parse(program.parent / f"{name}.svg").getroot()
        letters = tree.findall(".//{http://www.w3.org/2000/svg}text")
        assert len(letters) > 100
        assert _said(tree) == _said(kept), f"{name}.svg is of an older app: just pictures"


def _said(tree: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in tree.iter("{http://www.w3.org/2000/svg}text"))


def test_every_picture_is_shown_on_the_page_of_all_of_them() -> None:
    folder = TOP / "docs" / "pictures"

    shown = re.findall(r"\]\(([\w-]+\.svg)\)", (folder / "README.md").read_text(encoding="utf-8"))

    assert sorted(shown) == sorted(path.name for path in folder.glob("*.svg"))
    assert len(shown) > 15


def test_the_version_stands_in_one_place() -> None:
    assert "version" not in project()
    assert project()["dynamic"] == ["version"]
    assert kmtui.__version__ == version("kmtui")


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_the_lock_holds_what_the_project_asks_for(name: str) -> None:
    pins = {found: Version(number) for found, number in PINNED.findall(LOCKS[name].read_text())}
    extras = project()["optional-dependencies"]
    asked = [] if name == "build" else project()["dependencies"]
    if name == "dev":
        asked = [*asked, *(line for extra in extras.values() for line in extra)]
    elif name in extras:
        asked = asked + extras[name]

    wanting = [
        line
        for line in asked
        if (need := Requirement(line)).name.lower() not in pins
        or pins[need.name.lower()] not in need.specifier
    ]

    assert wanting == []


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_the_locks_agree(name: str) -> None:
    run, dev, other = (dict(PINNED.findall(LOCKS[one].read_text())) for one in ("run", "dev", name))

    assert other.items() <= dev.items()
    assert name == "build" or run.items() <= other.items()


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_every_pin_names_the_bytes_that_it_means(name: str) -> None:
    text = LOCKS[name].read_text()

    bare = [
        pin
        for pin, rest in re.findall(r"^(\S+==\S+)(.*\n(?: .*\n?)*)", text, re.MULTILINE)
        if "--hash=sha256:" not in rest
    ]

    assert len(PINNED.findall(text)) > (0 if name == "build" else 10)
    assert bare == []


def kept_files() -> list[Path]:
    """What is committed; without git, everything that is not made by a tool."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True)
    if done.returncode == 0 and done.stdout:
        found = (TOP / name for name in done.stdout.decode().split("\0") if name)
        return [path for path in found if path.is_file()]
    made = re.compile(
        r"(?:^|/)(?:\.venv|build|dist|__pycache__|\.\w+_cache|\.hypothesis|[^/]+\.egg-info)/"
        r"|^snapshot_report\.html$"
    )
    every = (path for path in TOP.rglob("*") if path.is_file())
    return [path for path in every if not made.search(path.relative_to(TOP).as_posix())]


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    here = Path(__file__)

    found = [
        f"{path.relative_to(TOP)}: {hit[0]}"
        for path in kept_files()
        if path != here
        for hit in ELSEWHERE.finditer(path.read_bytes().decode("utf-8", "replace"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "words", ["see /home/somebody/notes", "C:\\Users\\nok\\x", "files.python" + "hosted.org/x"]
)
def test_the_look_for_machines_and_registries_finds_them(words: str) -> None:
    assert ELSEWHERE.search(words)


def _text(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")
