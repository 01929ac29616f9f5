"""Runs TinyDB's own tests against our storage and table class.

The tests come with TinyDB's source distribution of exactly the installed version; pip brings it.

    python .ci/tinydb_suite.py [FOLDER THAT KEEPS THE PACKED SOURCE]

Without a folder (or one named by KMTUI_TINYDB_SOURCE) it is brought each time and kept nowhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path, PurePosixPath

TOP = Path(__file__).parents[1]
LARGEST = 1_000_000
"""Bytes that a file of tests may have."""


def packed(kept: Path) -> Path:
    """The source distribution of the installed TinyDB, brought by pip where it is not kept yet."""
    exact = version("tinydb")
    path = kept / f"tinydb-{exact}.tar.gz"
    if not path.exists():
        # Only TinyDB is wanted as source: what pip needs to look at it may be a wheel.
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "tinydb"]
        subprocess.run([*pip, "-d", str(kept), f"tinydb=={exact}"], check=True)
    return path


def unpack_tests(source: Path, into: Path) -> None:
    """The tests alone, each under its bare name: not the suite's fixtures nor its own TinyDB."""
    with tarfile.open(source) as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            wanted = name.parent.name == "tests" and name.match("test_*.py") and member.isreg()
            if wanted and member.size <= LARGEST and (file := archive.extractfile(member)):
                (into / name.name).write_bytes(file.read())
    if not any(into.iterdir()):
        raise SystemExit(f"{source.name} holds no tests")


def main(words: list[str]) -> int:
    """Bring, run, and give pytest's own code."""
    with tempfile.TemporaryDirectory() as place:
        named = words[0] if words else os.environ.get("KMTUI_TINYDB_SOURCE", "")
        kept = Path(named) if named else Path(place)
        kept.mkdir(parents=True, exist_ok=True)
        suite = Path(place) / "suite"
        suite.mkdir()
        unpack_tests(packed(kept), suite)
        line = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "tests.tinydb_suite.plugin"]
        line += ["-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(suite), str(suite)]
        return subprocess.run(line, cwd=TOP, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
