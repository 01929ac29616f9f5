"""Job: a click command with the options that every command takes, wherever they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kmtui.words import LANGUAGES, _, speak_in
from store.errors import N_


def shared_options() -> list[click.Parameter]:
    """``--json``, ``--notebook`` and ``--lang``; told before or after the command's name."""
    return [
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_note,
            help=N_("Print one JSON document."),
        ),
        click.Option(
            ["--notebook"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            expose_value=False,
            is_eager=True,
            callback=_note,
            help=N_("The notebook's folder (else KMTUI_NOTEBOOK, else this user's own)."),
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            is_eager=True,
            callback=_note,
            help=N_("Language of the sentences."),
        ),
    ]


class Translated(click.Command):
    """A command whose help is shown in the language of the interface."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Translate now: when the module was read, nobody had chosen a language."""
        self.help = _(self.help) if self.help else None
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and param.help:
                param.help = _(param.help)
        if (option := self.get_help_option(ctx)) is not None:
            option.help = _("Show this help.")
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage:") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What can be chosen; click has no Thai."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        records = [one.get_help_record(ctx) for one in options]
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record is not None])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class Job(Translated):
    """One job of the command line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())


def _note(context: click.Context, param: click.Parameter, value: Any) -> None:
    if value is None or value is False:
        return
    context.meta[f"kmtui.{param.name}"] = value
    if param.name == "lang":
        speak_in(value)
