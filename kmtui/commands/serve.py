"""`kmtui serve`: the same app in a browser of this machine, for an office screen or a projector."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from pathlib import Path
from typing import Final

import click

from kmtui.reach import WITHIN, keep_within
from kmtui.words import _
from store.errors import N_, NoSuchFile, StoreError

from .folders import folder_named
from .job import Job
from .telling import talk

NAME: Final = "kmtui"


class WebExtraMissing(StoreError):
    """The library that shows a terminal app in a browser is not installed."""

    kind = "extra_missing"
    sentence = N_("The browser needs one more part: pip install -r requirements/web.txt.")


class PortTaken(StoreError):
    """Another program listens there."""

    kind = "port_taken"
    sentence = N_("Port {port} is taken by another program. Choose one with --port.")


@click.command(
    "serve",
    cls=Job,
    help=N_("Show the app in a browser of this machine, and of no other."),
)
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=8421,
    help=N_("Where the browser finds it."),
)
@click.option(
    "--allow",
    "allowed",
    type=click.Path(path_type=Path),
    metavar="DIR",
    multiple=True,
    help=N_("A folder that the page may open, in place of your own and of sticks."),
)
@click.pass_context
def serve_command(context: click.Context, port: int, allowed: tuple[Path, ...]) -> None:
    """One writer a notebook: a second page opens for reading."""
    if importlib.util.find_spec("textual_serve") is None:
        raise WebExtraMissing
    for one in allowed:
        if not one.is_dir():
            raise NoSuchFile(where=str(one))
    from kmtui.web.door import HOST, Door
    from kmtui.web.server import LocalServer

    folder = folder_named(context.meta.get("kmtui.notebook")).absolute()
    keep_within(allowed, folder, os.environ)
    try:
        with _listener(HOST, port) as listener:
            LocalServer(
                [sys.executable, "-m", "kmtui", "--notebook", str(folder)],
                listener,
                Door(port),
                title=NAME,
                tells=_tell_address,
            ).serve()
    finally:
        os.environ.pop(WITHIN, None)  # it is said of the page's app, not of us


def _listener(host: str, port: int) -> socket.socket:
    """Open before the address is told. Raises PortTaken."""
    listener = socket.socket()
    alone = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)  # Windows: else another could listen too
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if alone is None else alone, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # who comes before the server is ready waits a moment
    except OSError as error:
        listener.close()
        raise PortTaken(port=port) from error
    return listener


def _tell_address(address: str) -> None:
    sentence = _("kmtui is at {address} · opens in one browser, once · Ctrl+C ends it")
    talk(sentence.format(address=address))
