"""The door of `kmtui serve`: who may come in, and what a browser is told about the page."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

HOST: Final = "127.0.0.1"
"""This machine only: whoever reaches the page writes in the notebook."""
KEY: Final = "key"
"""The name of the secret in the address."""

_LETTERS: Final = 32
"""Bytes of chance in a secret."""


def _secret() -> str:
    return secrets.token_urlsafe(_LETTERS)


def _same(given: str, own: str) -> bool:
    """In a time that tells nothing about how much of it was right."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), own.encode())


class Door:
    """Lets in the browser that has the address, and afterwards knows it by its cookie.

    An address opens once: other accounts of the machine can read the line with which a browser
    was started. Whoever comes second is told to take the next address from the terminal.

    Args:
        port: Where the server listens; cookies do not tell ports apart, so the name does.
        chance: Makes a secret; tests pass their own.
    """

    def __init__(self, port: int, chance: Callable[[], str] = _secret) -> None:
        self.cookie_name = f"kmtui-{port}"
        self.cookie = chance()
        self._own = {f"{name}:{port}" for name in (HOST, "localhost")}
        self._at = f"http://{HOST}:{port}/?{KEY}="
        self._chance = chance
        self._key = chance()

    @property
    def address(self) -> str:
        """What is typed into a browser, once."""
        return self._at + self._key

    def opens_for(self, key: str) -> bool:
        """Whether this is the key of the address; it opens nothing a second time."""
        if not _same(key, self._key):
            return False
        self._key = self._chance()
        return True

    def knows(self, cookie: str | None) -> bool:
        """Whether a browser that was let in asks."""
        return cookie is not None and _same(cookie, self.cookie)

    def is_from_here(self, host: str, origin: str | None) -> bool:
        """Whether a request is meant for this server, and comes from one of its own pages.

        Args:
            host: The ``Host`` that was asked for; another name for this address is a trick.
            origin: The page that asks; None where a browser opens the page itself.
        """
        return host in self._own and (origin is None or _is_page_of(origin, host))


def _is_page_of(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.netloc == host


def headers_for(host: str, nonce: str) -> dict[str, str]:
    """What every answer carries.

    Args:
        host: Under which the page was asked for.
        nonce: Of this answer's own lines of script; no other line of script runs.
    """
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{nonce}'",
        "style-src": "'self' 'unsafe-inline'",  # the terminal places its letters by style
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": f"'self' ws://{host}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in rules.items()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
