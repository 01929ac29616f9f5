"""`kmtui serve`: one sentence without its part, and nobody else's page is answered."""

from __future__ import annotations

import importlib.util
import socket

import pytest

from tests.cli.calling import Caller

HAS_WEB = importlib.util.find_spec("textual_serve") is not None


@pytest.mark.skipif(HAS_WEB, reason="the extra is installed here")
def test_without_the_extra_it_says_how_to_get_it(kmtui: Caller) -> None:
    called = kmtui("serve", "--json")

    assert called.code == 1
    assert called.error["kind"] == "extra_missing"
    assert "kmtui[web]" in called.error["message"]


@pytest.mark.skipif(not HAS_WEB, reason="the extra `web` is not installed")
def test_a_taken_port_is_told(kmtui: Caller) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        called = kmtui("serve", "--port", str(listener.getsockname()[1]), "--json")

    assert called.error["kind"] == "port_taken"


@pytest.mark.skipif(not HAS_WEB, reason="the extra `web` is not installed")
@pytest.mark.parametrize(
    ("host", "origin", "answered"),
    [
        ("127.0.0.1:8421", None, True),
        ("localhost:8421", "http://localhost:8421", True),
        ("127.0.0.1:8421", "http://evil.example", False),
        ("evil.example:8421", None, False),
        ("127.0.0.1:8421", "null", False),
    ],
)
def test_only_pages_of_this_machine_are_answered(
    host: str, origin: str | None, answered: bool
) -> None:
    from kmtui.web.server import is_from_here

    assert is_from_here(host, origin, {"127.0.0.1:8421", "localhost:8421"}) is answered
