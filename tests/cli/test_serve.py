"""`kmtui serve`: one sentence without its part, the app behind it, and nobody else is answered."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import ROOT, Caller

HAS_WEB = importlib.util.find_spec("textual_serve") is not None
PATIENCE = 30.0
"""Seconds until a test gives up."""
needs_web = pytest.mark.skipif(not HAS_WEB, reason="the extra `web` is not installed")


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
    assert "requirements/web.txt" in called.error["message"]


@needs_web
def test_a_taken_port_is_told(kmtui: Caller) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        called = kmtui("serve", "--port", str(listener.getsockname()[1]), "--json")

    assert called.error["kind"] == "port_taken"


def _door(port: int = 8421) -> Any:
    from kmtui.web.door import Door

    numbers = count()
    return Door(port, lambda: f"secret-{next(numbers)}")


@needs_web
@pytest.mark.parametrize(
    ("host", "origin", "answered"),
    [
        ("127.0.0.1:8421", None, True),
        ("localhost:8421", "http://localhost:8421", True),
        ("127.0.0.1:8421", "http://evil.example", False),
        ("127.0.0.1:8421", "http://localhost:8421", False),
        ("127.0.0.1:8421", "http://127.0.0.1:9000", False),
        ("127.0.0.1:8421", "https://127.0.0.1:8421", False),
        ("127.0.0.1:8421", "http://[", False),
        ("evil.example:8421", None, False),
        ("127.0.0.1:8421", "null", False),
    ],
)
def test_only_pages_of_this_machine_are_answered(
    host: str, origin: str | None, answered: bool
) -> None:
    assert _door().is_from_here(host, origin) is answered


@needs_web
def test_an_address_opens_once_and_the_next_one_is_another() -> None:
    door = _door()
    key = door.address.rpartition("=")[2]

    first, again = door.opens_for(key), door.opens_for(key)

    assert (first, again) == (True, False)
    assert door.opens_for(door.address.rpartition("=")[2])


@needs_web
@pytest.mark.parametrize("wrong", ["", "secret-", "secret-1 ", "SECRET-1", "กขค", "\udcff"])
def test_a_wrong_key_or_cookie_opens_nothing(wrong: str) -> None:
    door = _door()

    assert not door.opens_for(wrong)
    assert not door.knows(wrong)
    assert not door.knows(None)


@needs_web
def test_secrets_are_long_and_new_at_each_start() -> None:
    from kmtui.web.door import Door

    secrets = {
        text for _ in range(20) for door in [Door(8421)] for text in (door.address, door.cookie)
    }

    assert len(secrets) == 40
    assert min(len(text.rpartition("=")[2]) for text in secrets) >= 43


@dataclass
class Served:
    """A page with the demo notebook behind it."""

    port: int
    server: subprocess.Popen[str]
    address: str = ""
    cookie: str = ""
    told: list[str] = field(default_factory=list)

    def next_address(self) -> str:
        """What the terminal says next."""
        assert self.server.stderr is not None
        line = self.server.stderr.readline()
        self.told.append(line)
        found = re.search(r"http://\S+", line)
        assert found is not None, line
        return found[0]

    def come_in(self) -> str:
        """What a browser brings after it opened the address."""
        answer = page(self, "/" + self.address.rpartition("/")[2], cookie="")
        self.cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
        return self.cookie


@pytest.fixture
def served(kmtui: Caller, tmp_path: Path) -> Iterator[Served]:
    """A page with the demo notebook behind it."""
    kmtui.json("demo", "--make", kmtui.notebook)
    (tmp_path / "allowed").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    line = ["--lang", "th", "--notebook", str(kmtui.notebook), "serve", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "kmtui", *line, "--allow", str(tmp_path / "allowed")],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    found = Served(port, server)
    try:
        found.address = found.next_address()
        yield found
    finally:
        server.terminate()
        server.wait(PATIENCE)
        assert server.stderr is not None
        server.stderr.close()


@dataclass(frozen=True)
class Answer:
    """What a browser gets."""

    status: int
    headers: Message
    text: str


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        return None


def page(served: Served, path: str = "/", *, cookie: str | None = None, **headers: str) -> Answer:
    """What a browser gets that asks this machine under such a name."""
    sent = {"Cookie": served.cookie if cookie is None else cookie} | headers
    asked = urllib.request.Request(f"http://127.0.0.1:{served.port}{path}", headers=sent)
    try:
        with urllib.request.build_opener(_Stays).open(asked, timeout=PATIENCE) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, refused.headers, refused.read().decode())


@needs_web
def test_the_page_asks_nobody_else_and_is_given_to_nobody_else(served: Served) -> None:
    served.come_in()

    index = page(served)

    assert index.status == 200
    found = page(served, "/static/css/xterm.css")
    assert found.status == 200
    assert "url(" not in found.text
    assert "@import" not in found.text
    named = re.findall(r"(?:https?|wss?)://([^/\"')\s]+)", index.text)
    assert set(named) == {f"127.0.0.1:{served.port}"}
    assert page(served, Host=f"evil.example:{served.port}").status == 403
    assert page(served, Origin="http://evil.example").status == 403


@needs_web
def test_without_the_address_nothing_is_answered(served: Served) -> None:
    paths = ["/", "/ws", "/static/js/textual.js", "/static/", "/download/x", "/nothing", "/?key="]
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    wrong = [f"kmtui-{served.port}=x", f"kmtui-{served.port}=", "kmtui-1=x"]

    found = [page(served, path, cookie="") for path in paths]
    found += [page(served, path, cookie=cookie) for path in paths for cookie in wrong]
    found += [page(served, "/ws", cookie="", **upgrade)]

    assert {one.status for one in found} == {403}
    assert {len(one.text.strip().splitlines()) for one in found} == {1}


@needs_web
def test_the_address_becomes_a_cookie_of_this_port_and_opens_nothing_again(served: Served) -> None:
    path = "/" + served.address.rpartition("/")[2]

    first, second = page(served, path), page(served, path)

    assert (first.status, first.headers["Location"]) == (303, "/")
    name, *rules = str(first.headers["Set-Cookie"]).split("; ")
    assert name.startswith(f"kmtui-{served.port}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(rules)
    assert second.status == 403
    assert "Set-Cookie" not in second.headers
    assert served.next_address() not in ("", served.address)
    served.cookie = name
    assert page(served, path).status == 303  # the browser that is in already
    assert page(served).status == 200


@needs_web
def test_every_answer_forbids_frames_foreign_scripts_and_telling_where_it_came_from(
    served: Served,
) -> None:
    served.come_in()

    every = [page(served), page(served, "/static/js/textual.js"), page(served, cookie="")]

    for one in every:
        policy = str(one.headers["Content-Security-Policy"])
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy.partition("script-src")[2].partition(";")[0]
        assert one.headers["X-Frame-Options"] == "DENY"
        assert one.headers["Referrer-Policy"] == "no-referrer"
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert one.headers["Cache-Control"] == "no-store"
    nonces = re.findall(r"nonce-([\w-]+)", str(every[0].headers["Content-Security-Policy"]))
    assert re.findall(r'<script nonce="([\w-]+)">', every[0].text) == nonces
    assert "<script>" not in every[0].text


@needs_web
def test_a_forum_is_recorded_in_thai_through_the_page(served: Served, kmtui: Caller) -> None:
    asyncio.run(record(served, kmtui))

    (newest, *_others) = kmtui.json("list", "sessions")
    said = kmtui.json("list", "turns", "--session", newest["id"])
    assert [one["text"] for one in said] == ["น้ำมาถึงท้ายเหมืองแล้ว"]


@needs_web
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking it")
@pytest.mark.parametrize(
    "name",
    ["SIGTERM", *(pytest.param(one, marks=pytest.mark.long) for one in ("SIGINT", "SIGHUP"))],
)
def test_a_signal_ends_it_with_the_line_being_typed_kept(
    served: Served, kmtui: Caller, name: str
) -> None:
    async def type_and_end() -> None:
        async with Page.of(served) as browser:
            await browser.begin()
            await browser.press("ลำดวน: ยังพิมพ์ไม่จบ")
            await browser.until("ยังพิมพ์ไม่จบ")
            served.server.send_signal(getattr(signal, name))
            await browser.until_closed()

    asyncio.run(type_and_end())

    assert served.server.wait(PATIENCE) == 0
    drafts = [path.read_text("utf-8") for path in kmtui.notebook.glob("drafts/*.json")]
    assert any("ยังพิมพ์ไม่จบ" in one for one in drafts)
    assert kmtui("log", "เวทีหลังจากนั้น", "--json").code == 0  # the pen is free


@needs_web
@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no program that it is alone")
def test_a_killed_server_leaves_no_app_that_holds_the_pen(served: Served, kmtui: Caller) -> None:
    async def begin_and_kill() -> None:
        async with Page.of(served) as browser:
            await browser.begin()
            served.server.kill()

    asyncio.run(begin_and_kill())

    end = time.monotonic() + PATIENCE
    while kmtui("log", "เวทีหลังจากนั้น", "--json").code != 0:
        assert time.monotonic() < end
        served.server.poll()


@needs_web
def test_a_page_opens_no_folder_but_those_that_it_was_given(served: Served, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()

    async def ask() -> str:
        async with Page.of(served) as browser:
            await browser.until("เวทีล่าสุด")
            await browser.press("\x1b[15~")
            await browser.until("โฟลเดอร์อื่น")
            await browser.press("\x1b[15~")
            await browser.until("พิมพ์หรือวางที่อยู่ไฟล์")
            await browser.press(f"{tmp_path}/elsewhere\r")
            return await browser.until("--allow")

    assert "serve" in asyncio.run(ask())


class Page:
    """A page's own script, as far as the server sees it."""

    def __init__(self, socket_: Any) -> None:
        self._socket = socket_
        self.shown = ""

    @classmethod
    @asynccontextmanager
    async def of(cls, served: Served) -> AsyncIterator[Page]:
        """Opened with the cookie, on 80 by 24."""
        import aiohttp

        served.come_in()
        address = f"http://127.0.0.1:{served.port}/ws?width=80&height=24"
        headers = {"Cookie": served.cookie, "Origin": f"http://127.0.0.1:{served.port}"}
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(address, headers=headers) as socket_,
        ):
            await socket_.send_str(json.dumps(["resize", {"width": 80, "height": 24}]))
            yield cls(socket_)

    async def receive(self, seconds: float = 0.5) -> bool:
        """Whether the page is still open."""
        import aiohttp

        with suppress(TimeoutError):
            message: Any = await self._socket.receive(timeout=seconds)
            if message.type == aiohttp.WSMsgType.BINARY:
                self.shown += message.data.decode("utf-8", "replace")
            return message.type not in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        return True

    async def until(self, words: str) -> str:
        """Wait for words, and forget what was shown before."""
        end = time.monotonic() + PATIENCE
        while words not in self.shown:
            assert time.monotonic() < end, (words, self.shown[-2000:])
            await self.receive()
        shown, self.shown = self.shown, ""
        return shown

    async def until_closed(self) -> None:
        """Wait for the server to leave."""
        end = time.monotonic() + PATIENCE
        while await self.receive():
            assert time.monotonic() < end, self.shown[-2000:]

    async def press(self, keys: str) -> None:
        """Type."""
        await self._socket.send_str(json.dumps(["stdin", keys]))

    async def begin(self) -> None:
        """Begin a forum."""
        await self.until("เวทีล่าสุด")
        await self.press("\x1bOQ")
        await self.until("วันที่")
        await self.press("\r")
        await self.until("บทบาท")


async def record(served: Served, kmtui: Caller) -> None:
    """Begin a forum, say one thing, and leave."""
    async with Page.of(served) as browser:
        await browser.begin()
        await browser.press("ลำดวน: น้ำมาถึงท้ายเหมืองแล้ว\r")
        end = time.monotonic() + PATIENCE
        while not [one for one in kmtui.json("search", "ท้ายเหมืองแล้ว") if "turn/" in one["id"]]:
            assert time.monotonic() < end, browser.shown[-2000:]
            await browser.receive(0.2)
