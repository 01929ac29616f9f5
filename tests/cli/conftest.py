"""A notebook for each test, and a way to call commands on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Caller


@pytest.fixture
def kmtui(tmp_path: Path) -> Caller:
    return Caller(tmp_path / "notebook")


@pytest.fixture
def forum(kmtui: Caller) -> str:
    """The id of a forum with two turns and a lesson."""
    found = kmtui.json(
        "log",
        "เวทีบ้านดอน",
        "--date=2026-05-17",
        "--series=ชุดน้ำ",
        "--part=๑",
        "--recorder=คุณนก",
        "--say=คุณนก: น้ำมาช้า",
        "--say=คุณแดง: ต้องซ่อมฝาย",
        "--lesson=ซ่อมฝายก่อนฝน",
    )
    session: str = found["session"]["id"]
    return session
