"""PostgreSQL for a test: a cluster of its own on a socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """psql on a cluster of our own; on a socket only, gone afterwards."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    runs_as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if not places or (runs_as and shutil.which("runuser") is None):
        pytest.skip("PostgreSQL is not installed")
    place = tmp_path_factory.mktemp("postgres")
    for one in (place, *place.parents):
        if one.stat().st_uid == os.geteuid() and one != Path("/"):
            one.chmod(one.stat().st_mode | 0o755)
    place.chmod(0o777)
    data = place / "data"
    binary = places[-1]

    def run(*words: str, **how: Any) -> Any:
        done = subprocess.run(
            [*runs_as, *words], capture_output=True, text=True, cwd="/", check=False, **how
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(str(binary / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
    run(str(binary / "pg_ctl"), "-D", str(data), "-o", options, "-w", "-l",
        str(place / "log"), "start")  # fmt: skip
    psql = [str(binary / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(place),
            "-d", "postgres"]  # fmt: skip
    try:
        yield lambda *words, **how: run(*psql, *words, **how)
    finally:
        run(str(binary / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
