"""Options and answers that are more than text: numbers in Thai digits, one word out of several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kmtui.numbers import whole_number
from kmtui.words import _, told
from store.errors import BadValue, StoreError

from .telling import ask, talk

T = TypeVar("T")


class Number(click.ParamType):  # type: ignore[type-arg] # generic only from click 8.5 on
    """A whole number, in Thai or Arabic digits."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it, or refuse the line."""
        if isinstance(value, int):
            return value
        try:
            return whole_number(str(value), str(value))
        except BadValue:
            self.fail(_("{words} is not a whole number").format(words=repr(value)), param, ctx)


class OneOf(click.Choice[str]):
    """One of these words."""

    def get_invalid_choice_message(
        self,
        value: Any,
        ctx: click.Context | None,  # noqa: ARG002 - as click calls it
    ) -> str:
        """Say what was typed and what could have been."""
        words = ", ".join(str(one) for one in self.choices)
        return _("{word} is none of: {words}").format(word=repr(value), words=words)


NUMBER = Number()


def asked_until(question: str, read: Callable[[str], T], *, default: T | None) -> T | None:
    """Ask until the answer can be read; Enter keeps the default."""
    while True:
        words = ask(question, default="" if default is None else str(default))
        if not words or words == str(default):
            return default
        try:
            return read(words)
        except StoreError as error:
            talk(told(error))
