"""Runs TinyDB's own tests against our storage and table class.

The tests come with TinyDB's source distribution of exactly the installed version; pip brings it.

    python .ci/tinydb_suite.py [FOLDER OF AN UNPACKED SOURCE DISTRIBUTION]
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

TOP = Path(__file__).parents[1]


def brought(into: Path) -> Path:
    """The unpacked source distribution of the installed TinyDB."""
    wanted = f"tinydb=={version('tinydb')}"
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*pip, "-d", str(into), wanted], check=True)
    (packed,) = into.glob("tinydb-*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(into / "source", filter="data")
    (folder,) = (into / "source").iterdir()
    return folder


def tests_alone(source: Path, into: Path) -> Path:
    """The tests without the suite's own fixtures and without its copy of the library."""
    folder = into / "suite"
    folder.mkdir()
    for path in (source / "tests").glob("test_*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def main(words: list[str]) -> int:
    """Bring, run, and give pytest's own code."""
    with tempfile.TemporaryDirectory() as place:
        into = Path(place)
        source = Path(words[0]) if words else brought(into)
        folder = tests_alone(source, into)
        line = [sys.executable, "-m", "pytest", "-q", "-p", "tests.tinydb_suite.plugin"]
        line += ["-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", str(folder), str(folder)]
        done = subprocess.run(line, cwd=TOP, check=False)
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
