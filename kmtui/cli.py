"""The command line: every job without a screen. It imports no textual, and each command alone."""

from __future__ import annotations

import gc

gc.disable()  # a command is over before there is garbage; looking for it costs a tenth of `log`

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import click

from kmtui.line import digits_of, json_wanted_by, language_of
from kmtui.words import _, speak_in, write_digits
from store.errors import N_, StoreError

from .commands.folders import folder_named
from .commands.job import Translated, shared_options
from .commands.telling import answer, answer_lines, ready_streams, refuse, told_error

COMMANDS: Final = {
    "log": ("log", N_("Keep a forum in one line.")),
    "import": ("import_", N_("Read transcripts in.")),
    "list": ("list_", N_("List sessions, turns, lessons, people and more.")),
    "show": ("show", N_("Show one record with everything in it.")),
    "search": ("search", N_("Find words in everything that was said and drawn.")),
    "check": ("check", N_("Tell what the record of a forum still lacks.")),
    "edit": ("edit", N_("Change fields of a record.")),
    "delete": ("edit", N_("Put a record into the trash.")),
    "undelete": ("edit", N_("Take a record out of the trash.")),
    "undo": ("edit", N_("Take back the last change of this laptop.")),
    "redo": ("edit", N_("Do again what `undo` took back last.")),
    "history": ("history", N_("Who changed what, when, from what.")),
    "sync": ("sync", N_("Meet other laptops in a folder.")),
    "conflicts": ("conflicts", N_("List what two laptops wrote differently.")),
    "settle": ("settle", N_("Say which of two values stands.")),
    "twins": ("twins", N_("List what may be one thing, recorded twice.")),
    "join": ("join", N_("Read two records as one.")),
    "secure": ("secure", N_("Encrypt and sign what goes to a stick.")),
    "office": ("office", N_("Pack what many laptops wrote, for the tables of an office.")),
    "backup": ("backup", N_("Write the whole notebook into one file.")),
    "restore": ("backup", N_("Make a notebook from a backup.")),
    "verify": ("verify", N_("Read every line of the notebook again.")),
    "serve": ("serve", N_("Show the app in a browser of this machine.")),
    "where": ("where", N_("Tell where the notebook is and who writes in it.")),
    "demo": ("demo", N_("Open a throw-away notebook with forums in it.")),
    "completion": ("completion", N_("Print the completion script of a shell.")),
}
"""By name: the module in ``kmtui.commands`` that has it, and what it does."""


class LazyGroup(Translated, click.Group):
    """The commands by name; a module is imported when its command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """In the order of the work."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - the same
        cmd_name: str,
    ) -> click.Command | None:
        """Import the one that was named."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kmtui.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - the same
        formatter: click.HelpFormatter,
    ) -> None:
        """Tell what each does without importing any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(does)) for name, (_module, does) in COMMANDS.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and end with the exit code that scripts may build on: 0, 1, 2, 3 or 130."""
        kwargs.pop("standalone_mode", None)
        given = args[0] if args else kwargs.get("args")
        line = [str(one) for one in (sys.argv[1:] if given is None else given)]
        ready_streams()
        speak_in(language_of(line))
        write_digits(digits_of(line))
        run: Any = super().main
        sys.exit(code_of(lambda: run(*args, standalone_mode=False, **kwargs), line))


def code_of(run: Any, line: Sequence[str]) -> int:
    """What running came to; every refusal is one sentence, or one document, on stderr."""
    json_wanted = json_wanted_by(line)
    try:
        done = run()
    except click.UsageError as error:
        refuse(_usage(error), json_wanted=json_wanted)
        return 2
    except click.Abort:
        refuse(
            {"kind": "stopped", "message": _("Stopped."), "where": None}, json_wanted=json_wanted
        )
        return 130
    except StoreError as error:
        refuse(told_error(error), json_wanted=json_wanted)
        return 1
    except OSError as error:
        told = {
            "kind": "disk",
            "message": _("Not done: {reason} ({where}).").format(
                reason=error.strerror or error, where=error.filename or "-"
            ),
            "where": error.filename if isinstance(error.filename, str) else None,
        }
        refuse(told, json_wanted=json_wanted)
        return 1
    return done if isinstance(done, int) else 0


def _usage(error: click.UsageError) -> dict[str, Any]:
    """A wrong line as one sentence, with the option or argument that it is about."""
    context = error.ctx
    param = getattr(error, "param", None)
    where = getattr(error, "option_name", None) or (param and _param_name(param)) or None
    if isinstance(error, click.NoSuchOption):
        message = _("There is no option {option}.").format(option=error.option_name)
    elif isinstance(error, click.MissingParameter):
        message = _("{what} is missing.").format(what=where)
    elif isinstance(error, click.BadParameter) and where:
        message = f"{where}: {error.message}"
    else:
        message = error.message
    hint = f"{context.command_path} --help" if context else "kmtui --help"
    return {"kind": "usage", "message": f"{message} ({hint})", "where": where}


def _param_name(param: click.Parameter) -> str:
    return (
        param.opts[-1]
        if isinstance(param, click.Option)
        else (param.metavar or param.human_readable_name)
    )


@click.command(
    cls=LazyGroup,
    invoke_without_command=True,
    params=[
        *shared_options(),
        click.Option(["--version"], is_flag=True, help=N_("Tell the version.")),
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("The notebook of a community forum. Without a command it opens the app."),
)
@click.pass_context
def cli(context: click.Context, version: bool) -> None:
    """Open the app, or pass on to the command that was named."""
    from kmtui import __version__

    json_wanted = bool(context.meta.get("kmtui.json"))
    if version:
        if json_wanted:
            answer({"version": __version__})
        else:
            answer_lines([f"kmtui {__version__}"])
        context.exit(0)
    if context.invoked_subcommand is None:
        if json_wanted:
            raise click.UsageError(_("Name a command; the app prints no JSON."), context)
        from .commands.app import open_app

        context.exit(open_app(folder_named(context.meta.get("kmtui.notebook"))))
