"""The questions of an AAR, as they are asked."""

from __future__ import annotations

from typing import Final

from kmtui.words import _
from store.errors import N_

QUESTIONS: Final = {
    "expected": N_("What did you expect?"),
    "exceeded": N_("What was better than expected?"),
    "short": N_("What fell short?"),
    "next": N_("What will you do next?"),
    "lesson": N_("What did you learn?"),
    "suggestion": N_("What do you suggest?"),
    "other": N_("Anything else?"),
}
"""The four questions of GotoKnow members first. Source: field notes 4.1."""
ALWAYS: Final = ("expected", "exceeded", "short", "next")


def question_words(question: str) -> str:
    """What a question is called; the code itself where a newer version made it."""
    return _(QUESTIONS[question]) if question in QUESTIONS else question
