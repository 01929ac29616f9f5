"""The measuring programs run, and measure notebooks that are what they say. No times here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from bench import notebooks, rounds
from store.notebook import Notebook

TOP: Final = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("name", "sizes"),
    [("saving", ["2", "4"]), ("opening", ["4"]), ("log_cost", ["4"]), ("meeting", ["4"])],
)
def test_a_measuring_program_comes_to_its_ratios(
    name: str, sizes: list[str], tmp_path: Path
) -> None:
    if name == "opening" and not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc, which only Linux has")

    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}", "--rounds", "2", "--sessions", *sizes],
        cwd=TOP,
        env={**os.environ, "KMTUI_BENCH": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert done.returncode == 0, done.stderr
    assert "goal: at most" in done.stdout
    assert sorted(path.name.split("-")[1] for path in tmp_path.iterdir()) == sizes


def test_lines_are_counted_beside_those_of_textual_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.wrapping", "--rounds", "1", "--widths", "1"],
        cwd=TOP,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert done.returncode == 0, done.stderr
    counts = {
        line[:16].strip(): [int(one) for one in line[16:].split()]
        for line in done.stdout.splitlines()
        if line.startswith(("ours  ", "Textual alone  ")) and "ms" not in line
    }
    assert counts["ours"][1:] == [0, 0, 0]
    assert counts["Textual alone"][1] > 0


def test_the_notebooks_hold_what_the_figures_name(tmp_path: Path) -> None:
    notebooks.write(tmp_path / "notebook", 3)

    with Notebook.open(tmp_path / "notebook", read_only=True) as notebook:
        rows = notebook.sessions()
        wholes = [notebook.session(row.id) for row in rows]

    assert [row.turns for row in rows] == [notebooks.TURNS] * 3
    assert [row.lessons for row in rows] == [notebooks.LESSONS] * 3
    assert [len(whole.attendance) for whole in wholes] == [notebooks.PEOPLE] * 3
    assert all(lesson.evidence for whole in wholes for lesson in whole.lessons)


def test_the_same_seed_writes_the_same_notebook(tmp_path: Path) -> None:
    for name in ("one", "other"):
        notebooks.write(tmp_path / name, 2)

    titles, texts = [], []
    for name in ("one", "other"):
        with Notebook.open(tmp_path / name, read_only=True) as notebook:
            titles.append([(row.id, row.title, row.date) for row in notebook.sessions()])
            texts.append([(turn.id, turn.text) for turn in notebook.turns()])

    assert titles[0] == titles[1]
    assert texts[0] == texts[1]


def test_jobs_take_turns_in_going_first() -> None:
    order: list[str] = []
    jobs = {name: lambda name=name: order.append(name) for name in "abc"}

    times = rounds.interleaved(jobs, 3)

    assert "".join(order) == "abcbcacab"
    assert {name: len(taken) for name, taken in times.items()} == {"a": 3, "b": 3, "c": 3}


def test_a_goal_that_was_not_reached_is_said() -> None:
    assert "reached" in rounds.verdict("saved / raw", 1.05, 1.1)
    assert "MISSED" in rounds.verdict("saved / raw", 1.15, 1.1)
