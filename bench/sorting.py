"""How names are sorted: ours beside code points, ICU and PyThaiNLP, counted against ICU.

    python -m bench.sorting [--names FILE]

sorts twenty thousand Thai names (of a file, one a line, or words of the list) and counts
neighbours that ICU's Thai order would turn round. ICU (`PyICU`) has to be installed for the count;
PyThaiNLP is measured where it is.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from bench.rounds import interleaved, median
from kmtui.thai.dictionary import words
from store.text import sort_key

_AMOUNT: Final = 20_000
_NAME: Final = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]{2,24}")
_GOAL: Final = 10


def names(path: Path | None, amount: int = _AMOUNT) -> list[str]:
    """So many names, the same each time: of a file, one a line, or of the list of words."""
    stock = path.read_text(encoding="utf-8").split("\n") if path else sorted(words())
    fitting = sorted({one for one in stock if _NAME.fullmatch(one)})
    dice = random.Random(6)
    return dice.sample(fitting, min(amount, len(fitting)))


def _icu() -> Any:
    """ICU's collator for Thai; None where it is not installed."""
    if importlib.util.find_spec("icu") is None:
        return None
    from icu import Collator, Locale

    return Collator.createInstance(Locale("th"))


def turned_round(ordered: list[str], compare: Callable[[str, str], int]) -> int:
    """Neighbours that stand the wrong way round for ICU."""
    return sum(compare(one, other) > 0 for one, other in pairwise(ordered))


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--amount", type=int, default=_AMOUNT)
    line = parser.parse_args()
    some = names(line.names, line.amount)
    jobs: dict[str, Callable[[], list[str]]] = {
        "ours": lambda: sorted(some, key=sort_key),
        "code points": lambda: sorted(some),
    }
    if importlib.util.find_spec("pythainlp") is not None:
        from pythainlp.util import collate

        jobs["PyThaiNLP"] = lambda: collate(some)
    if (collator := _icu()) is not None:
        jobs["ICU"] = lambda: sorted(some, key=collator.getSortKey)
    compare: Callable[[str, str], int] | None = collator and collator.compare
    times = interleaved(jobs, line.rounds)
    print(f"{len(some)} names")
    for name, job in jobs.items():
        wrong: Any = "?" if compare is None else turned_round(job(), compare)
        print(f"{name:<14}{median(times, name):>10.1f} ms{wrong:>8} turned round")
    if compare is None:
        print("ICU is not installed (PyICU): nothing was counted")
    else:
        found = turned_round(jobs["ours"](), compare)
        print(f"goal: at most {_GOAL}; {'reached' if found <= _GOAL else 'missed'}: {found}")


if __name__ == "__main__":
    main()
