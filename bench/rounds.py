"""Measuring side by side: everything in one loop, so that the machine's mood cancels out."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

Times = dict[str, list[float]]
"""Milliseconds by name, one a round."""


def interleaved(jobs: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Do each job once a round, beginning with another one each time."""
    names = list(jobs)
    times: Times = {name: [] for name in names}
    for lap in range(rounds):
        at = lap % len(names)
        for name in names[at:] + names[:at]:
            began = time.perf_counter()
            jobs[name]()
            times[name].append((time.perf_counter() - began) * 1000)
    return times


def median(times: Times, name: str) -> float:
    """The middle time of a job, in milliseconds."""
    return statistics.median(times[name])


def table(times: Times, beside: Mapping[str, str]) -> str:
    """A line for each job: its quartiles, and its median as a ratio to others.

    Args:
        times: What was measured.
        beside: The jobs to compare with, by the heading of their column.
    """
    heads = "".join(f"{f'x {head}':>16}" for head in beside)
    lines = [f"{'':<26}{'median ms':>12}{'quartiles':>20}{heads}"]
    for name, taken in times.items():
        low, middle, high = statistics.quantiles(taken, n=4)
        ratios = "".join(f"{middle / median(times, other):>16.2f}" for other in beside.values())
        lines.append(f"{name:<26}{middle:>12.3f}{f'{low:.3f} - {high:.3f}':>20}{ratios}")
    return "\n".join(lines)


def verdict(what: str, found: float, goal: float) -> str:
    """One line: what was reached beside what was wanted."""
    reached = "reached" if found <= goal else "MISSED"
    return f"{what}: {found:.2f}  (goal: at most {goal:g})  {reached}"
