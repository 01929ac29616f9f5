"""`kmtui completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from store.errors import N_

from .job import Job
from .telling import answer, answer_lines, wants_json
from .typed import OneOf


@click.command(
    "completion",
    cls=Job,
    help=N_('Print the completion script of SHELL: eval "$(kmtui completion bash)".'),
)
@click.argument("shell", type=OneOf(["bash", "zsh", "fish"]), metavar="{bash|zsh|fish}")
def completion_command(shell: str) -> None:
    """Nothing is installed; the shell reads it."""
    context = click.get_current_context()
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(context.find_root().command, {}, "kmtui", "_KMTUI_COMPLETE").source()
    if wants_json():
        answer({"shell": shell, "script": script})
    else:
        answer_lines([script])
