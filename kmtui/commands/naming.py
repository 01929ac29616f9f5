"""Questions about names, asked in the terminal."""

from __future__ import annotations

from kmtui.words import _

from .columns import one_line
from .telling import ask, ask_yes


def same_person(written: str, known: str) -> bool:
    """Ask whether a near name is the known one."""
    question = _("Is {written} the same person as {known}?")
    return ask_yes(one_line(question.format(written=written, known=known)), default=True)


def asked_for_name(role_word: str) -> str:
    """Ask who is behind a role word; empty leaves it open."""
    question = _("{word} is a role. Whose name? (Enter: nobody knows)")
    return ask(one_line(question.format(word=role_word)))
