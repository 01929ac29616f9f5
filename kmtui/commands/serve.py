"""`kmtui serve`: the same app in a browser of this machine, for an office screen or a projector."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

import click

from kmtui.words import _
from store.errors import N_, StoreError

from .folders import folder_named
from .job import Job
from .telling import talk

NAME: Final = "kmtui"
HOST: Final = "127.0.0.1"
"""This machine only: whoever reaches the page writes in the notebook."""


class WebExtraMissing(StoreError):
    """The library that shows a terminal app in a browser is not installed."""

    kind = "extra_missing"
    sentence = N_("The browser needs one more part: pip install 'kmtui[web]'.")


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
@click.pass_context
def serve_command(context: click.Context, port: int) -> None:
    """One writer a notebook: a second page opens for reading."""
    if importlib.util.find_spec("textual_serve") is None:
        raise WebExtraMissing
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            raise PortTaken(port=port) from error
    from kmtui.web.server import LocalServer

    folder = folder_named(context.meta.get("kmtui.notebook"))
    line = [sys.executable, "-m", "kmtui", "--notebook", str(folder)]
    templates = Path(__file__).parents[1] / "web"
    talk(_("kmtui is at http://{host}:{port} · Ctrl+C ends it").format(host=HOST, port=port))
    LocalServer(
        subprocess.list2cmdline(line) if sys.platform == "win32" else _quoted(line),
        host=HOST,
        port=port,
        title=NAME,
        templates_path=str(templates),
    ).serve()


def _quoted(line: list[str]) -> str:
    import shlex

    return shlex.join(line)
