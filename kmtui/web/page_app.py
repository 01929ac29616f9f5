"""The app behind one page: a program of its own that ends with the page, its line kept."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from typing import Any, Final

from textual_serve.app_service import AppService

_PATIENCE: Final = 20.0
"""Seconds that an app has for what it was asked to keep, before it is ended by force."""


class PageApp(AppService):  # type: ignore[misc, unused-ignore]
    """Started without a shell, and read until it has ended, also when the page is gone.

    Args:
        words: The program and its words.
        given: As ``AppService``.
    """

    def __init__(self, words: Sequence[str], **given: Any) -> None:
        super().__init__("", **given)
        self._words = words

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width=width, height=height),
        )
        self._stdin = self._process.stdin
        return self._process

    async def on_data(self, payload: bytes) -> None:
        """An app whose page is gone must not wait for somebody who reads it."""
        with contextlib.suppress(ConnectionError):
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """The same."""
        with contextlib.suppress(ConnectionError):
            await super().on_meta(data)

    async def stop(self) -> None:
        """Ask the app to end, and wait until it has; nothing in it is lost."""
        try:
            await asyncio.wait_for(super().stop(), _PATIENCE)
        except TimeoutError:
            if self._process is not None and self._process.returncode is None:
                self._process.kill()
        if self._process is not None:
            await self._process.wait()
