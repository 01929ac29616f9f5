"""`kmtui serve`: one sentence without its part, the app behind it, and nobody else is answered."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.cli.calling import ROOT, Caller

HAS_WEB = importlib.util.find_spec("textual_serve") is not None
PATIENCE = 30.0
"""Seconds until a test gives up."""


def test_without_the_extra_it_says_how_to_get_it(
    kmtui: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *rest: None if name == "textual_serve" else found(name, *rest),
    )

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


@pytest.fixture
def served(kmtui: Caller) -> Iterator[int]:
    """A page with the demo notebook behind it, on this port."""
    kmtui.json("demo", "--make", kmtui.notebook)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    line = ["--lang", "th", "--notebook", str(kmtui.notebook), "serve", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "kmtui", *line],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def page(port: int, path: str = "/", host: str = "127.0.0.1") -> tuple[int, str]:
    """What a browser gets that asks this machine under such a name."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": f"{host}:{port}"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, ""


@pytest.mark.skipif(not HAS_WEB, reason="the extra `web` is not installed")
def test_the_page_asks_nobody_else_and_is_given_to_nobody_else(served: int) -> None:
    status, html = page(served)

    assert status == 200
    found, sheet = page(served, "/static/css/xterm.css")
    assert found == 200
    assert "url(" not in sheet
    assert "@import" not in sheet
    named = re.findall(r"(?:https?|wss?)://([^/\"')\s]+)", html)
    assert set(named) == {f"127.0.0.1:{served}"}
    assert page(served, host="evil.example")[0] == 403


@pytest.mark.skipif(not HAS_WEB, reason="the extra `web` is not installed")
def test_a_forum_is_recorded_in_thai_through_the_page(served: int, kmtui: Caller) -> None:
    asyncio.run(record(served, kmtui))

    (newest, *_others) = kmtui.json("list", "sessions")
    said = kmtui.json("list", "turns", "--session", newest["id"])
    assert [one["text"] for one in said] == ["น้ำมาถึงท้ายเหมืองแล้ว"]


async def record(port: int, kmtui: Caller) -> None:
    """Begin a forum, say one thing, and leave, as the page's own script does it."""
    import aiohttp

    shown = ""
    address = f"http://127.0.0.1:{port}/ws?width=80&height=24"
    async with aiohttp.ClientSession() as client, client.ws_connect(address) as socket_:

        async def until(words: str) -> None:
            nonlocal shown
            end = time.monotonic() + PATIENCE
            while words not in shown:
                assert time.monotonic() < end, (words, shown[-2000:])
                with suppress(TimeoutError):
                    message: Any = await socket_.receive(timeout=0.5)
                    if message.type == aiohttp.WSMsgType.BINARY:
                        shown += message.data.decode("utf-8", "replace")
            shown = ""

        async def press(keys: str) -> None:
            await socket_.send_str(json.dumps(["stdin", keys]))

        await socket_.send_str(json.dumps(["resize", {"width": 80, "height": 24}]))
        await until("เวทีล่าสุด")
        await press("\x1bOQ")
        await until("วันที่")
        await press("\r")
        await until("บทบาท")
        await press("ลำดวน: น้ำมาถึงท้ายเหมืองแล้ว\r")
        end = time.monotonic() + PATIENCE
        while not [one for one in kmtui.json("search", "ท้ายเหมืองแล้ว") if "turn/" in one["id"]]:
            assert time.monotonic() < end, shown[-2000:]
            with suppress(TimeoutError):
                await socket_.receive(timeout=0.2)
