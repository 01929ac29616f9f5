"""A server that answers pages of this machine only, and no other site that a browser has open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_from_here(host: str, origin: str | None, own: set[str]) -> bool:
    """Whether a request is meant for this server, and comes from one of its own pages.

    Args:
        host: The ``Host`` that was asked for; another name for this address is a trick.
        origin: The page that asks; None where a browser opens the page itself.
        own: Host and port under which the server is reached.
    """
    return host in own and (origin is None or urlsplit(origin).netloc in own)


class LocalServer(Server):
    """Refuses what other sites ask for: a page elsewhere must not type into the notebook."""

    async def _make_app(self) -> web.Application:
        app: web.Application = await super()._make_app()
        own = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost")}

        @web.middleware  # type: ignore[untyped-decorator, unused-ignore]
        async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
            if is_from_here(request.host, request.headers.get("Origin"), own):
                return await handler(request)
            raise web.HTTPForbidden

        app.middlewares.append(only_here)
        return app
