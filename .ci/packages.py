"""Build what is handed on, a wheel and an sdist, so that one tree always gives the same bytes.

python .ci/packages.py          both into dist/
python .ci/packages.py --twice  build twice elsewhere and compare
python .ci/packages.py --needs  name what a build needs, for the lock
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
EARLIEST = 315532800  # 1980, the first year that a zip can tell
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "*.egg-info", ".*_cache", ".hypothesis", "__pycache__"
)
BUILD = """
import sys
from setuptools import build_meta
target = sys.argv[1]  # building changes the words of the line
build_meta.build_wheel(target)
build_meta.build_sdist(target)
"""


def moment() -> int:
    """The time that every file gets: as told, else of the last commit."""
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    asked = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, cwd=TOP, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else EARLIEST


def build(target: Path, at: int) -> list[Path]:
    """Build from a copy without anything that an earlier build left; the two files."""
    target = target.resolve()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        tree = shutil.copytree(TOP, Path(place, "kmtui"), ignore=LEFT_OUT)
        for path in tree.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        surroundings = {**os.environ, "SOURCE_DATE_EPOCH": str(at)}
        line = [sys.executable, "-c", BUILD, str(target)]
        subprocess.run(line, cwd=tree, env=surroundings, check=True, stdout=subprocess.DEVNULL)
    found = sorted(path for path in target.iterdir() if path.suffix in {".whl", ".gz"})
    for path in found:
        if path.suffix == ".gz":
            settle(path, at)
    return found


def settle(sdist: Path, at: int) -> None:
    """Pack an sdist again: names in order, one time, nobody's account."""
    packed = io.BytesIO()
    with (
        tarfile.open(sdist) as before,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as after,
    ):
        for one in sorted(before.getmembers(), key=lambda member: member.name):
            one.mtime, one.uid, one.gid, one.uname, one.gname = at, 0, 0, "", ""
            one.pax_headers = {}
            after.addfile(one, before.extractfile(one) if one.isfile() else None)
    with sdist.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=at) as whole:
        whole.write(packed.getvalue())


def sums(folder: Path, at: int) -> dict[str, str]:
    """What a build gives, by name."""
    files = build(folder, at)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(words: list[str]) -> int:
    """Build, or build twice; how it went."""
    if words == ["--needs"]:
        known = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
        print("\n".join(known["build-system"]["requires"]))
        return 0
    if words != ["--twice"]:
        shutil.rmtree(TOP / "dist", ignore_errors=True)
        for name, found in sums(TOP / "dist", moment()).items():
            print(found, name)
        return 0
    with tempfile.TemporaryDirectory() as place:
        one, two = (sums(Path(place, name), moment()) for name in ("one", "two"))
    print(*(f"{found} {name}" for name, found in one.items()), sep="\n")
    return 0 if one == two and len(one) == 2 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
