"""How lines of Thai are broken: ours beside Textual alone, ICU, PyThaiNLP and thaibreak.

    python -m bench.wrapping [--rounds 5]

reads the manual's Thai pages, the demo forums and, where it lies beside the project, the founding
forum, and breaks them at every width from 20 to 80. Engines that are not installed are left out
and said so; `pip install icu4py pythainlp thaibreak` brings them, into an environment of their own.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bench.rounds import interleaved, median
from kmtui.thai import letters, words
from kmtui.thai.lines import wrapped

TOP: Final = Path(__file__).parents[1]
FORUM: Final = TOP.parent / "shared" / "field" / "forum-part-6.txt"
WIDTHS: Final = range(20, 81)
_RUN: Final = re.compile(r"\S+")
_THAI: Final = re.compile("[\u0e01-\u0e4e]")
_BAD_FIRST: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e30\u0e32\u0e33\u0e45ๆฯ]")
_BAD_LAST: Final = re.compile("[เแโใไ]$")
Ends = Callable[[str], "set[int]"]
"""Where an engine ends words inside a run without blanks."""
Break = Callable[[str, int], "list[str]"]


class Counted(NamedTuple):
    """What a reader would stumble over, in all texts at all widths."""

    lines: int
    first: int
    """Lines that begin with a mark, ะ า ำ ๅ ๆ or ฯ."""
    last: int
    """Lines that end with a leading vowel."""
    lost: int
    """Paragraphs that lost a letter."""


def texts() -> dict[str, str]:
    """The texts by name."""
    files = [*sorted((TOP / "docs" / "manual" / "th").glob("*.md"))]
    files += sorted((TOP / "kmtui" / "demo").glob("*.txt"))
    files += [FORUM] if FORUM.exists() else []
    return {path.name: path.read_text(encoding="utf-8") for path in files}


# engines


def _icu() -> Ends:
    from icu4py.breakers import LineBreaker

    return lambda run: {end for _start, end in LineBreaker(run, "th").segments()}


def _pythainlp() -> Ends:
    from pythainlp.tokenize import word_tokenize

    def ends(run: str) -> set[int]:
        found, at = set(), 0
        for word in word_tokenize(run, engine="newmm"):
            at += len(word)
            found.add(at)
        return found

    return ends


def _thaibreak() -> Ends:
    from thaibreak import boundaries

    return lambda run: set(boundaries(run))


_OTHERS: Final[dict[str, tuple[str, Callable[[], Ends]]]] = {
    "ICU": ("icu4py", _icu),
    "thaibreak": ("thaibreak", _thaibreak),
    "PyThaiNLP": ("pythainlp", _pythainlp),
}


def textual_alone(paragraph: str, width: int) -> list[str]:
    """As Rich and Textual break a line when nobody helps them."""
    console = Console(width=width, file=None)
    return [line.plain for line in Text(paragraph).wrap(console, width)] or [""]


def filled(ends: Ends, paragraph: str, width: int) -> list[str]:
    """Lines filled with the words of an engine, as a program that trusts it would."""
    lines = [""]
    for piece in re.findall(r"\S+\s*|\s+", paragraph):
        bare = piece.rstrip()
        cuts = sorted({*(ends(bare) if bare else ()), len(bare)} - {0})
        at = 0
        for cut in cuts:
            word = bare[at:cut]
            if lines[-1].strip() and cell_len(lines[-1] + word) > width:
                lines.append("")
            for letter in letters.letters(word):
                if cell_len(lines[-1] + letter) > width:
                    lines.append("")
                lines[-1] += letter
            at = cut
        lines[-1] += piece[len(bare) :]
    return lines


def counted(break_it: Break, paragraphs: list[str], widths: range = WIDTHS) -> Counted:
    """What goes wrong in these paragraphs at all widths."""
    lines = first = last = lost = 0
    for width in widths:
        for paragraph in paragraphs:
            made = break_it(paragraph, width)
            lines += len(made)
            first += sum(bool(_BAD_FIRST.match(line)) for line in made[1:])
            last += sum(bool(_BAD_LAST.search(line.rstrip())) for line in made[:-1])
            lost += "".join("".join(made).split()) != "".join(paragraph.split())
    return Counted(lines, first, last, lost)


# what others support


def runs(paragraphs: list[str]) -> Iterator[str]:
    """Every run without blanks that holds Thai."""
    for paragraph in paragraphs:
        for run in _RUN.findall(paragraph):
            if _THAI.search(run):
                yield run


def unsupported(paragraphs: list[str], others: list[Ends]) -> tuple[int, int, list[str]]:
    """Our breaks inside Thai, those that no other engine makes, and where they are."""
    made, alone, where = 0, 0, []
    for run in runs(paragraphs):
        theirs: set[int] = set().union(*(ends(run) for ends in others))
        for end in words.breaks(run)[:-1]:
            if not (_THAI.match(run[end]) and _THAI.match(run[end - 1])):
                continue
            made += 1
            if end not in theirs:
                alone += 1
                where.append(f"{run[max(0, end - 12) : end]}|{run[end : end + 12]}")
    return made, alone, where


# cost

_FRESH: Final = """
import json, sys, time
def held():
    pages = open('/proc/self/statm').read().split()[1]
    return int(pages) * 4096 / 1e6
import rich.cells
from kmtui.thai import dictionary
from kmtui.thai.lines import wrapped
text = open(sys.argv[1], encoding='utf-8').read()
before = held()
began = time.perf_counter(); dictionary.words(); load = time.perf_counter() - began
after = held()
began = time.perf_counter(); wrapped(text, 60); cold = time.perf_counter() - began
began = time.perf_counter(); wrapped(text, 60); warm = time.perf_counter() - began
print(json.dumps({'load': load * 1e3, 'held': after - before, 'cold': cold * 1e3,
                  'warm': warm * 1e3}))
"""


def cost(path: Path, rounds: int) -> dict[str, float]:
    """The middle of some fresh processes: ms to load, MB held, ms cold and warm."""
    found: list[dict[str, float]] = []
    for _round in range(rounds):
        line = [sys.executable, "-c", _FRESH, str(path)]
        done = subprocess.run(line, capture_output=True, check=True, text=True, cwd=TOP)
        found.append(json.loads(done.stdout))
    middle = len(found) // 2
    return {name: sorted(one[name] for one in found)[middle] for name in found[0]}


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--widths", type=int, default=len(WIDTHS), help="fewer, for a quick look")
    line = parser.parse_args()
    widths = WIDTHS[:: max(1, len(WIDTHS) // line.widths)]
    found = texts()
    paragraphs = [part for text in found.values() for part in text.split("\n") if part.strip()]
    print(f"{len(found)} texts, {sum(map(len, paragraphs))} letters, {len(widths)} widths")
    others = _installed()
    _tell_lines(paragraphs, others, widths)
    _tell_support(paragraphs, others)
    _tell_cost(line.rounds, others)


def _installed() -> dict[str, Ends]:
    there = {}
    for name, (module, make) in _OTHERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name} is not installed ({module}); left out")
        else:
            there[name] = make()
    return there


def _tell_lines(paragraphs: list[str], others: dict[str, Ends], widths: range) -> None:
    engines: dict[str, Break] = {"ours": wrapped, "Textual alone": textual_alone}
    engines |= {name: partial(filled, ends) for name, ends in others.items()}
    print(f"{'':<16}{'lines':>10}{'bad first':>12}{'bad last':>12}{'lost':>8}")
    for name, break_it in engines.items():
        lines, first, last, lost = counted(break_it, paragraphs, widths)
        print(f"{name:<16}{lines:>10}{first:>12}{last:>12}{lost:>8}")
    print("bad first: begins with a mark, ะ า ำ ๅ ๆ ฯ; bad last: ends with เ แ โ ใ ไ; goal 0 and 0")


def _tell_support(paragraphs: list[str], others: dict[str, Ends]) -> None:
    independent = {name: ends for name, ends in others.items() if name != "PyThaiNLP"}
    for names in (independent, others):
        if not names:
            continue
        made, alone, where = unsupported(paragraphs, list(names.values()))
        share = 100 * alone / made
        print(f"breaks that none of {', '.join(names)} makes: {alone} of {made}, {share:.2f} %")
        print("   ", "   ".join(where[:8]))
    print(
        "PyThaiNLP has the same list of words, so the first line is the stricter; goal at most 1 %"
    )


def _tell_cost(rounds: int, others: dict[str, Ends]) -> None:
    path = FORUM if FORUM.exists() else TOP / "kmtui" / "demo" / "part-3.txt"
    if Path("/proc/self/statm").exists():
        told = cost(path, rounds)
        print(
            "once: {load:.1f} ms and {held:.1f} MB (goals 40 and 12); {name}: cold {cold:.1f} ms,"
            " warm {warm:.2f} ms (goals 15 and 1)".format(name=path.name, **told)
        )
    text = path.read_text(encoding="utf-8").split("\n")
    jobs: dict[str, Callable[[], Any]] = {"ours, warm": lambda: [wrapped(one, 60) for one in text]}
    jobs["Textual alone"] = lambda: [textual_alone(one, 60) for one in text]
    jobs |= {
        name: partial(lambda ends: [ends(run) for run in runs(text)], ends)
        for name, ends in others.items()
    }
    times = interleaved(jobs, rounds)
    ours = median(times, "ours, warm")
    for name in jobs:
        print(
            f"{name:<16}{median(times, name):>10.2f} ms {median(times, name) / ours:>8.1f} x ours"
        )


if __name__ == "__main__":
    main()
