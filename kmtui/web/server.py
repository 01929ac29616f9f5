"""A server for one browser of this machine: nobody else's account, page or site gets an answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final

import aiohttp_jinja2
from aiohttp import WSMsgType, web
from aiohttp.web_runner import GracefulExit
from textual_serve.server import Server, to_int

from kmtui.web.door import KEY, Door, headers_for
from kmtui.web.page_app import PageApp
from kmtui.words import _

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_TEMPLATES: Final = Path(__file__).parent
_NONCE: Final = "kmtui.nonce"
_LONGEST: Final = 1024 * 1024
"""Bytes of one message of a page: a long text that was pasted."""


class LocalServer(Server):  # type: ignore[misc, unused-ignore]
    """Shows the app to whoever has the address.

    Args:
        words: The program behind each page, and its words.
        listener: Where browsers come in, bound already: nobody can take the port in between.
        door: Who may come in.
        title: Of the page.
        tells: Says an address in the terminal.
    """

    def __init__(
        self,
        words: Sequence[str],
        listener: socket.socket,
        door: Door,
        *,
        title: str,
        tells: Callable[[str], None],
    ) -> None:
        host, port = listener.getsockname()[:2]
        super().__init__(title, host=host, port=port, title=title, templates_path=str(_TEMPLATES))
        self._words = words
        self._listener = listener
        self._door = door
        self._tells = tells
        self._pages: set[asyncio.Task[Any]] = set()

    def serve(self, debug: bool = False) -> None:  # noqa: ARG002 - as the library calls it
        """Until a signal ends it; every app behind a page has ended before this returns."""
        loop = asyncio.new_event_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            with contextlib.suppress(NotImplementedError, AttributeError):
                loop.add_signal_handler(getattr(signal, name), self.request_exit)
        web.run_app(
            self._make_app(),
            sock=self._listener,
            handle_signals=False,
            loop=loop,
            access_log=None,  # it would write the address into a log
            print=lambda *_words: None,
        )

    def request_exit(self) -> None:
        """End the server."""
        raise GracefulExit

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - as the library calls it
        """Say where it is; from now on it is there."""
        self._tells(self._door.address)

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - the same
        """Leave every app as its own key does, and wait for it."""
        pages = tuple(self._pages)
        for page in pages:
            page.cancel()
        await asyncio.gather(*pages, return_exceptions=True)

    async def _make_app(self) -> web.Application:
        app: web.Application = await super()._make_app()
        app.middlewares.append(self._at_the_door())
        app.on_response_prepare.append(_add_headers)
        return app

    def _at_the_door(self) -> Any:
        @web.middleware  # type: ignore[untyped-decorator, unused-ignore]
        async def at_the_door(request: web.Request, handler: Handler) -> web.StreamResponse:
            door = self._door
            if not door.is_from_here(request.host, request.headers.get("Origin")):
                return _refusal()
            known = door.knows(request.cookies.get(door.cookie_name))
            key = request.query.get(KEY) if request.path == "/" else None
            if key is not None and request.method == "GET" and (known or door.opens_for(key)):
                return self._let_in(is_new=not known)
            return await handler(request) if known else _refusal()

        return at_the_door

    def _let_in(self, *, is_new: bool) -> web.Response:
        """To the page itself: the address with the key stays in no history."""
        answer = web.Response(status=303, headers={"Location": "/"})
        if is_new:
            door = self._door
            answer.set_cookie(
                door.cookie_name, door.cookie, path="/", httponly=True, samesite="Strict"
            )
            self._tells(door.address)
        return answer

    @aiohttp_jinja2.template("app_index.html")  # type: ignore[untyped-decorator, unused-ignore]
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page, under the name by which it was asked for: cookies go by names."""
        request[_NONCE] = secrets.token_urlsafe(16)
        return {
            "font_size": to_int(request.query.get("fontsize", "16"), 16),
            "websocket_url": f"ws://{request.host}/ws",
            "nonce": request[_NONCE],
        }

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One page, with an app of its own behind it."""
        page = asyncio.current_task()
        assert page is not None
        self._pages.add(page)
        try:
            return await self._show(request)
        finally:
            self._pages.discard(page)

    async def _show(self, request: web.Request) -> web.WebSocketResponse:
        socket_ = web.WebSocketResponse(heartbeat=15, max_msg_size=_LONGEST)
        await socket_.prepare(request)
        app = PageApp(
            self._words,
            write_bytes=socket_.send_bytes,
            write_str=socket_.send_str,
            close=socket_.close,
            download_manager=self.download_manager,
        )
        size = (to_int(request.query.get(name, ""), usual) for name, usual in _SIZES)
        await app.start(*size)
        try:
            async for message in socket_:
                if message.type == WSMsgType.TEXT:
                    await _pass_on(message.data, app, socket_)
        finally:
            await app.stop()
            await socket_.close()
        return socket_


_SIZES: Final = (("width", 80), ("height", 24))


async def _pass_on(text: str, app: PageApp, page: web.WebSocketResponse) -> None:
    """What the page's own script sends; anything else is passed over."""
    match _packet(text):
        case ["stdin", str(typed)]:
            await app.send_bytes(typed.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}]:
            await app.set_terminal_size(width, height)
        case ["ping", answer]:
            await page.send_json(["pong", answer])
        case ["blur", *_rest]:
            await app.blur()
        case ["focus", *_rest]:
            await app.focus()


def _packet(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _refusal() -> web.Response:
    words = _(
        "This page is shown only to the browser that opened the address in the terminal. Take the"
        " address that stands there last; each opens once."
    )
    return web.Response(status=403, text=words + "\n")


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    nonce = request.get(_NONCE) or secrets.token_urlsafe(16)
    response.headers.update(headers_for(request.host, nonce))
    response.headers.pop("Server", None)
