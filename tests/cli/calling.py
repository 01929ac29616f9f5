"""Calling `kmtui` in a test: in this process, or as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kmtui.cli import cli

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Called:
    """What a call left behind."""

    code: int
    out: str
    err: str
    raised: str = ""
    """What no command was ready for; empty is the usual."""

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The refusal on stderr; there is nothing on stdout beside it."""
        assert self.out == ""
        found: dict[str, Any] = json.loads(self.err)["error"]
        assert set(found) == {"kind", "message", "where"}
        return found


class Caller:
    """Calls commands on one notebook."""

    def __init__(self, notebook: Path, lang: str = "en") -> None:
        self.notebook = notebook
        self._env = {"KMTUI_NOTEBOOK": str(notebook), "KMTUI_LANG": lang}

    def __call__(self, *words: str | Path, stdin: str | None = None) -> Called:
        """In this process, without a terminal."""
        found = CliRunner().invoke(
            cli, [str(word) for word in words], env=self._env, input=stdin, prog_name="kmtui"
        )
        odd = found.exception
        raised = "" if odd is None or isinstance(odd, SystemExit) else repr(odd)
        return Called(found.exit_code, found.stdout, found.stderr, raised)

    def json(self, *words: str | Path) -> Any:
        """The document of a call that succeeds."""
        called = self(*words, "--json")
        assert called.code == 0, called.err
        assert called.err == ""
        return called.document

    def alone(self, *words: str | Path, **given: Any) -> Called:
        """As a program of its own."""
        found = subprocess.run(
            [sys.executable, "-m", "kmtui", *map(str, words)],
            capture_output=True,
            cwd=ROOT,
            env=os.environ | self._env | given.pop("env", {}),
            timeout=60,
            check=False,
            **given,
        )
        out, err = found.stdout.decode("utf-8"), found.stderr.decode("utf-8")
        return Called(found.returncode, out, err)

    def bytes(self) -> dict[str, bytes]:
        """Every byte of the notebook, by file; locks and caches are nobody's memory."""
        return {
            str(file.relative_to(self.notebook)): file.read_bytes()
            for file in sorted(self.notebook.rglob("*"))
            if file.is_file() and "lock" not in file.name and "cache" not in file.parts
        }
