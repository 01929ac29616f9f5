"""Whether a terminal puts Thai into the cells that every screen counts on, and what to do if not.

A sample is written, the terminal is asked where its cursor stands, and the sample is taken away
again. This module knows what is asked and what the answers mean; who asks is elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kmtui.words import _
from store.text import shown

SARA_AM: Final = "\u0e33"
_SARA_AM_LAST: Final = re.compile(f"([\u0e48-\u0e4b]?){SARA_AM}")
_REPLY: Final = re.compile(r"\x1b\[(\d{1,4});(\d{1,4})R")
_WIDEST: Final = 12
"""Cells; no sample can be wider, whatever the terminal."""

State = Literal["right", "wrong", "silent", "garbled", "absent"]
"""``absent``: nobody sits before a terminal."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Some letters, and how many cells they must take."""

    text: str
    cells: int


CONTROL: Final = Sample("ab", 2)
"""A terminal that gives another answer for this one cannot be believed."""
SAMPLES: Final = (
    Sample("น้ำ", 2),
    Sample("ที่", 1),
    Sample("ผู้", 1),
    Sample("ก็", 1),
    Sample("กำ", 2),
)


def apart(text: str) -> str:
    """The text with the other form of SARA AM: its ring (U+0E4D), then SARA AA (U+0E32).

    It looks the same and takes the same cells in every terminal that was measured, also where one
    puts a letter and its SARA AM into one cell. Only for the way to the terminal: it is other text.
    """
    return _SARA_AM_LAST.sub("\u0e4d\\1\u0e32", text) if SARA_AM in text else text


_ASKED: Final = (
    CONTROL,
    *SAMPLES,
    *(Sample(apart(one.text), one.cells) for one in SAMPLES if SARA_AM in one.text),
)
ANSWERS: Final = len(_ASKED)
"""How many times the terminal is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a terminal does with the samples."""

    state: State
    cells: tuple[int | None, ...] = (None,) * len(SAMPLES)
    """What each sample takes; None where that is not known."""
    apart_is_right: bool | None = None
    """Whether the other form of SARA AM takes the right cells; None where that is not known."""

    @property
    def apart_helps(self) -> bool:
        """Whether SARA AM is all that is wrong, and its other form is right."""
        wrong = [one for one, got in zip(SAMPLES, self.cells, strict=True) if got != one.cells]
        return (
            self.state == "wrong"
            and self.apart_is_right is True
            and all(SARA_AM in one.text for one in wrong)
        )


def question(row: int = 1) -> str:
    """What is written to the terminal: every sample, unseen, and after each the question.

    Args:
        row: The line that may be written over and is empty afterwards, from 1.
    """
    home = f"\x1b[{row};1H"
    asked = "".join(f"{home}\x1b[2K{one.text}\x1b[6n" for one in _ASKED)
    return f"\x1b7\x1b[0;8m{asked}{home}\x1b[0m\x1b[2K\x1b8"


def columns_in(replies: str) -> list[int]:
    """The columns, from 1, in what came from the terminal; keys typed meanwhile are passed over."""
    return [int(column) for _row, column in _REPLY.findall(replies)]


def judge(columns: Sequence[int]) -> Finding:
    """What the answers mean.

    Args:
        columns: Of the cursor behind each thing asked about, in their order, from 1.
    """
    if not columns:
        return Finding(state="silent")
    taken = [column - 1 for column in columns]
    if (
        len(taken) != ANSWERS
        or taken[0] != CONTROL.cells
        or not all(0 <= one <= _WIDEST for one in taken)
    ):
        return Finding(state="garbled")
    cells = tuple(taken[1 : 1 + len(SAMPLES)])
    others = zip(_ASKED, taken, strict=True)
    apart_is_right = all(got == one.cells for one, got in [*others][1 + len(SAMPLES) :])
    right = cells == tuple(one.cells for one in SAMPLES)
    return Finding(state="right" if right else "wrong", cells=cells, apart_is_right=apart_is_right)


def terminal_name(surroundings: Mapping[str, str] = os.environ) -> str:
    """What the terminal calls itself; empty where it does not say."""
    program = surroundings.get("TERM_PROGRAM", "")
    known = {
        "WT_SESSION": "Windows Terminal",
        "KITTY_WINDOW_ID": "kitty",
        "ALACRITTY_WINDOW_ID": "Alacritty",
        "KONSOLE_VERSION": "Konsole",
        "VTE_VERSION": "VTE",
        "XTERM_VERSION": "xterm",
    }
    named = next((name for sign, name in known.items() if sign in surroundings), "")
    if "TMUX" in surroundings:
        named = "tmux"
    return shown(program or named or surroundings.get("TERM", ""))[:40]


def box(*, in_other_form: bool = False) -> list[str]:
    """The samples between borders, for the eye: straight where the terminal is right."""
    lines = ["┌─────────┐"]
    for one in SAMPLES:
        text = apart(one.text) if in_other_form else one.text
        lines.append(f"│ {text}{' ' * (8 - one.cells)}│")
    return [*lines, "└─────────┘"]


def verdict(finding: Finding) -> str:
    """What was found, in one sentence."""
    return {
        "right": _("This terminal puts Thai letters where they belong."),
        "wrong": _("This terminal puts Thai letters into other cells than it should."),
        "silent": _("This terminal does not tell where its cursor stands: compare by eye."),
        "absent": _("There is no terminal here to look at."),
        "garbled": _("What this terminal answers makes no sense: compare by eye."),
    }[finding.state]


def advice(finding: Finding, *, is_apart: bool = False) -> list[str]:
    """What to do, most useful first.

    Args:
        finding: What the terminal does.
        is_apart: Whether the other form of SARA AM is on.
    """
    told = []
    if finding.apart_helps and is_apart:
        told.append(_("Only ำ takes other cells here, and its other form is on: that mends it."))
    elif finding.apart_helps:
        told.append(_("Only ำ takes other cells here. Its other form mends it: F12, Terminal."))
    elif finding.state == "wrong":
        told.append(_("Take another terminal. On Windows: Windows Terminal, not the old console."))
        told.append(_("Measured and right: xterm, GNOME Terminal, Konsole, kitty 0.26, tmux."))
    elif finding.state != "right":
        told.append(_("The right border must be one straight line, beside every word."))
        told.append(_("It is not? On Windows take Windows Terminal, not the old console."))
        told.append(_("It is crooked only beside น้ำ and กำ? Try the other form of ำ."))
    told.append(
        _(
            "Marks beside their letters? That is how it draws: take xterm, GNOME Terminal or kitty"
            " rather than Alacritty, with Noto Sans Mono and Noto Sans Thai; on Windows Cascadia"
            " Mono."
        )
    )
    if not is_apart and not finding.apart_helps:
        told.append(_("The ring of ำ cut off or missing? Switch on its other form: F12, Terminal."))
    return told
