"""`kmtui` as a program of its own, where the surroundings are bad."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.cli import COMMANDS
from store.notebook import Notebook
from tests.cli.calling import ROOT, Caller

WRITING = [["log", "ก"], ["edit", "ID", "title=x"], ["delete", "ID"], ["undo"], ["import", "FILE"]]
READING = [
    ["list", "turns"],
    ["show", "ID"],
    ["search", "น้ำ"],
    ["check"],
    ["where"],
    ["history", "ID"],
]


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    file = tmp_path / "forum.txt"
    file.write_text("เวทีบ้านดอน\n\nคุณนก    สวัสดี\n\nคุณแดง    ครับ\n", encoding="utf-8")
    return file


def filled(words: list[str], forum: str, transcript: Path) -> list[str]:
    return [{"ID": forum, "FILE": str(transcript)}.get(word, word) for word in words]


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)]
)
def test_no_command_imports_a_screen(words: list[str]) -> None:
    program = (
        "import sys\n"
        "from kmtui.cli import cli\n"
        "try:\n    cli.main(sys.argv[1:])\n"
        "except SystemExit as done:\n    code = done.code\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'textual', 'rich', 'docx', 'selectolax'}), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )

    found = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True, cwd=ROOT, check=False, timeout=60,
    )  # fmt: skip

    assert found.returncode == 0
    assert found.stderr.decode().strip() == "[]"


def test_a_logged_forum_imports_neither_folders_nor_transcripts(kmtui: Caller) -> None:
    program = (
        "import sys\n"
        "from kmtui.cli import cli\n"
        "try:\n    cli.main(['log', 'ก', '--say=คุณนก: ข', '--json'])\n"
        "except SystemExit:\n    pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)\n"
    )

    found = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, cwd=ROOT, check=True, timeout=60,
        env=os.environ | {"KMTUI_NOTEBOOK": str(kmtui.notebook)},
    )  # fmt: skip

    loaded = set(found.stderr.decode().split())
    assert json.loads(found.stdout)["turns"] == 1
    assert not loaded & {"textual", "rich", "platformdirs", "kmtui.commands.import_"}
    assert not {name for name in loaded if name.startswith("store.transcripts")}


@pytest.mark.parametrize("words", WRITING)
def test_writing_waits_its_turn_while_another_window_has_the_pen(
    kmtui: Caller, forum: str, transcript: Path, words: list[str]
) -> None:
    with Notebook.open(kmtui.notebook, program="kmtui"):
        before = kmtui.bytes()

        called = kmtui.alone(*filled(words, forum, transcript), "--json")

        assert called.code == 1
        assert called.error["kind"] == "notebook_in_use"
        assert kmtui.bytes() == before


@pytest.mark.parametrize("words", READING)
def test_reading_works_while_another_window_has_the_pen(
    kmtui: Caller, forum: str, transcript: Path, words: list[str]
) -> None:
    with Notebook.open(kmtui.notebook, program="kmtui"):
        called = kmtui.alone(*filled(words, forum, transcript), "--json")

    assert called.code == 0
    assert called.document
    assert called.err == ""


def test_a_reader_that_went_away_is_no_error(kmtui: Caller, forum: str) -> None:
    kmtui.json("log", "ข", *(f"--say=คุณนก: {'ยาว' * 200}" for _ in range(60)))
    shell = f'"{sys.executable}" -m kmtui list turns --json | head -n 1; echo "${{PIPESTATUS[0]}}"'

    found = subprocess.run(
        ["bash", "-c", shell], capture_output=True, cwd=ROOT, timeout=60, check=False,
        env=os.environ | {"KMTUI_NOTEBOOK": str(kmtui.notebook)},
    )  # fmt: skip

    assert found.stdout.splitlines()[-1] == b"0"
    assert found.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_answer_that_cannot_be_written_is_one_sentence(kmtui: Caller, forum: str) -> None:
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [sys.executable, "-m", "kmtui", "list", "turns", "--json"],
            stdout=full, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False,
            env=os.environ | {"KMTUI_NOTEBOOK": str(kmtui.notebook)},
        )  # fmt: skip

    assert found.returncode == 1
    assert json.loads(found.stderr)["error"]["kind"] == "answer_not_written"


@pytest.mark.parametrize(
    "surroundings",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp874"},
    ],
)
def test_the_answer_is_utf_8_whatever_the_locale(
    kmtui: Caller, forum: str, surroundings: dict[str, str]
) -> None:
    called = kmtui.alone("list", "turns", "--json", env=surroundings)

    assert called.code == 0
    assert called.document[0]["speaker"] == "คุณนก"


def test_nobody_is_asked_where_stdin_is_closed(kmtui: Caller, transcript: Path) -> None:
    called = kmtui.alone(
        "import", transcript, stdin=subprocess.DEVNULL, preexec_fn=lambda: os.close(0)
    )

    assert called.code == 0
    assert len(kmtui.json("list", "turns")) == 2


def limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("words", WRITING)
def test_a_full_disk_is_one_sentence_and_loses_nothing(
    kmtui: Caller, forum: str, transcript: Path, words: list[str]
) -> None:
    listed = kmtui.json("list", "turns")

    called = kmtui.alone(*filled(words, forum, transcript), "--json", preexec_fn=limited(1))

    assert called.code == 1
    assert called.error["kind"] == "disk"
    assert kmtui.json("list", "turns") == listed


def test_a_notebook_of_a_newer_version_is_told_and_left_alone(kmtui: Caller, forum: str) -> None:
    device = kmtui.notebook / "device.json"
    known = json.loads(device.read_text(encoding="utf-8"))
    number = next(key for key, value in known.items() if isinstance(value, int))
    device.write_text(json.dumps(known | {number: 99}), encoding="utf-8")
    before = kmtui.bytes()

    for words in (["list", "turns"], ["log", "ก"], ["undo"]):
        called = kmtui.alone(*words, "--json")
        assert called.code == 1
        assert called.error["kind"] == "newer_notebook"
    assert kmtui.bytes() == before


def test_garbage_in_the_laptops_own_file_loses_nothing(kmtui: Caller, forum: str) -> None:
    laptop = kmtui.json("where")["laptop"]
    (kmtui.notebook / "device.json").write_bytes(b'{"id": \xff[[[')

    called = kmtui.alone("log", "ก", "--json")

    assert called.code == 0
    assert len(kmtui.json("list", "turns")) == 2
    assert kmtui.json("where")["laptop"] == laptop


def test_a_folder_of_something_else_is_no_notebook(kmtui: Caller) -> None:
    kmtui.notebook.mkdir()
    (kmtui.notebook / "photo.jpg").write_bytes(b"\xff\xd8")
    before = kmtui.bytes()

    for words in (["list", "turns"], ["log", "ก"]):
        called = kmtui.alone(*words, "--json")
        assert called.code == 1
        assert called.error["kind"] == "not_a_notebook"
    assert kmtui.bytes() == before


def test_a_file_in_the_notebooks_place_is_one_sentence(kmtui: Caller) -> None:
    kmtui.notebook.write_text("ไม่ใช่สมุด", encoding="utf-8")

    for words in (["list", "turns"], ["log", "ก"]):
        called = kmtui.alone(*words, "--json")
        assert called.code == 1
        assert called.error["message"]
    assert kmtui.notebook.read_text(encoding="utf-8") == "ไม่ใช่สมุด"


def test_what_nobody_foresaw_is_one_sentence_and_a_file(kmtui: Caller, forum: str) -> None:
    program = (
        "import sys, kmtui.commands.where as where\n"
        "from kmtui.start import main\n"
        "def broken(*_): raise ZeroDivisionError('unforeseen')\n"
        "where._of = broken\n"
        "sys.argv = ['kmtui', 'where']\n"
        "main()\n"
    )

    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, timeout=60, check=False,
        env=os.environ | {"KMTUI_NOTEBOOK": str(kmtui.notebook)},
    )  # fmt: skip

    assert found.returncode == 1
    assert b"Traceback" not in found.stderr
    assert len(found.stderr.decode().strip().splitlines()) == 1
    kept = (kmtui.notebook / "last-error.txt").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in kept
    assert kmtui.json("list", "sessions")


def test_ctrl_c_ends_with_130_and_no_trace(kmtui: Caller, forum: str) -> None:
    program = (
        "import sys, kmtui.commands.where as where\n"
        "from kmtui.start import main\n"
        "def stopped(*_): raise KeyboardInterrupt\n"
        "where._of = stopped\n"
        "sys.argv = ['kmtui', 'where', '--json']\n"
        "main()\n"
    )

    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, timeout=60, check=False,
        env=os.environ | {"KMTUI_NOTEBOOK": str(kmtui.notebook)},
    )  # fmt: skip

    assert found.returncode == 130
    assert json.loads(found.stderr)["error"]["kind"] == "stopped"


@pytest.mark.parametrize(
    "words",
    [["nosuch"], ["list"], ["list", "nosuch"], ["list", "turns", "--nosuch"], ["show"], [],
     ["list", "turns", "--limit", "0"], ["search", " "], ["--lang", "xx", "where"],
     ["restore"], ["completion", "nosuch"], ["demo"]],
)  # fmt: skip
def test_a_wrong_line_is_one_sentence(kmtui: Caller, words: list[str]) -> None:
    called = kmtui("--json", *words)

    assert called.code == 2
    assert called.error["kind"] == "usage"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_to_complete(kmtui: Caller, shell: str) -> None:
    called = kmtui("completion", shell)

    assert called.code == 0
    assert "_KMTUI_COMPLETE" in called.out


def test_completion_offers_the_commands(kmtui: Caller) -> None:
    called = kmtui.alone(
        env={"_KMTUI_COMPLETE": "bash_complete", "COMP_WORDS": "kmtui un", "COMP_CWORD": "1"}
    )

    assert set(called.out.split()) == {"plain,undelete", "plain,undo"}


def test_every_command_says_what_it_does_in_both_languages(kmtui: Caller) -> None:
    for lang in ("th", "en"):
        for name in COMMANDS:
            called = kmtui("--lang", lang, name, "--help")
            assert called.code == 0
            assert "--json" in called.out
            assert ("Show this" in called.out) == (lang == "en")
            assert not re.findall(r"\b[A-Z][a-z]+(?: [a-z]+)+\b", called.out) or lang == "en"
            titles = re.findall(r"^(\S[^:\n]*):", called.out, re.MULTILINE)
            assert titles == (["Usage", "Options"] if lang == "en" else ["วิธีใช้", "ตัวเลือก"])


def test_the_version_is_told(kmtui: Caller) -> None:
    assert kmtui("--version").out.startswith("kmtui ")
    assert set(kmtui.json("--version")) == {"version"}


def test_the_demo_notebook_is_written_without_the_app(kmtui: Caller, tmp_path: Path) -> None:
    place = tmp_path / "demo"

    made = kmtui.json("demo", "--make", place)

    assert made == {"notebook": str(place)}
    demo = Caller(place)
    assert len(demo.json("list", "sessions")) >= 2
    assert any(one["gaps"] for one in demo.json("check")["sessions"])
    assert kmtui("demo", "--make", place, "--json").error["kind"] == "folder_not_empty"
    assert not kmtui.notebook.exists()


def test_a_torn_save_is_told_in_the_warnings_of_a_document(kmtui: Caller, forum: str) -> None:
    log = kmtui.notebook / "log" / "open.jsonl"
    content = log.read_bytes()
    whole = content.rstrip(b"\n") + b"\n"
    log.write_bytes(whole + b'{"id":"01KSR493Z2000BD25PC4S1R5T4","rec"')

    found = kmtui.json("log", "ก")

    assert [one["kind"] for one in found["warnings"]] == ["torn_tail"]
    assert len(kmtui.json("list", "sessions")) == 2


def test_the_language_is_that_of_the_notebooks_settings(kmtui: Caller, forum: str) -> None:
    (kmtui.notebook / "settings.toml").write_text('language = "en"\n', encoding="utf-8")

    english = kmtui.alone("show", "nosuch", env={"KMTUI_LANG": ""})
    (kmtui.notebook / "settings.toml").write_text('language = "th"\n', encoding="utf-8")
    thai = kmtui.alone("show", "nosuch", env={"KMTUI_LANG": ""})

    assert "There is no record" in english.err
    assert thai.err != english.err


@pytest.mark.parametrize("words", [[], ["demo"]])
def test_the_app_is_not_opened_without_a_terminal(kmtui: Caller, words: list[str]) -> None:
    called = kmtui(*words)

    assert called.code == 1
    assert "terminal" in called.err
    assert not kmtui.notebook.exists()
