"""`kmtui secure`: encrypt what goes to a carrier, sign it, and say which laptops are trusted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook
from store.secure.team import Team, Vouched

from .columns import columns, one_line
from .door import reading, writing
from .job import Job
from .telling import answer, answer_lines, ask_yes, can_ask, talk, wants_json

_FROM_SURROUNDINGS = "KMTUI_PASSPHRASE"


@click.command(
    "secure",
    cls=Job,
    help=N_(
        "Encrypt what goes to a stick and sign it, so that a lost one tells nothing and nobody"
        " writes in another's name. Without an option: what is so now. A passphrase is asked for,"
        " or read from KMTUI_PASSPHRASE."
    ),
)
@click.option("--on", "turn_on", is_flag=True, help=N_("Make the team's key here."))
@click.option(
    "--join",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Take the team's key in from a file that --export has written."),
)
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Write the team's key into a file for another laptop."),
)
@click.option(
    "--passphrase", is_flag=True, help=N_("Put the exported key under a passphrase, asked twice.")
)
@click.option("--trust", metavar="LAPTOP", help=N_("Vouch for a laptop, by its id."))
@click.option(
    "--untrust", metavar="LAPTOP", help=N_("Take that back, with what hung on that laptop's word.")
)
@click.option(
    "--fingerprint",
    metavar="DIGITS",
    default="",
    help=N_("The digits that were read out; else they are shown and asked about."),
)
@click.option(
    "--unsigned", is_flag=True, help=N_("Take in what was met of that laptop without a signature.")
)
@click.option("--off", "turn_off", is_flag=True, help=N_("Meet in plain again."))
def secure_command(
    turn_on: bool,
    join: Path | None,
    export: Path | None,
    passphrase: bool,
    trust: str | None,
    untrust: str | None,
    fingerprint: str,
    unsigned: bool,
    turn_off: bool,
) -> None:
    """One thing at a time."""
    wanted = [one for one in (turn_on, join, export, trust, untrust, turn_off) if one]
    if len(wanted) > 1:
        raise click.UsageError(_("One of the things that can be done to keys at a time."))
    if not wanted:
        with reading() as notebook:
            _tell(notebook)
        return
    with writing() as notebook:
        team = notebook.team
        if turn_on:
            team.turn_on()
        elif join is not None:
            team.join(join, _asked_once(join))
        elif export is not None:
            team.export(export, _asked_twice() if passphrase else None)
            talk(_("Whoever has this file reads the team's sticks. Keep it apart from them."))
        elif trust is not None:
            _trust(team, trust, fingerprint, unsigned=unsigned)
            notebook.take_held()
        elif untrust is not None:
            team.untrust(untrust)
        else:
            talk(_("The keys are put aside in {file}.").format(file=team.turn_off().name))
        _tell(notebook)


def _asked_once(file: Path) -> str:
    """The passphrase of a file, where it is under one."""
    from store.files import read_plain
    from store.secure.ciphers import AGE

    if not read_plain(file, 64 * 1024).startswith(AGE):
        return ""
    return _passphrase(confirm=False)


def _asked_twice() -> str:
    return _passphrase(confirm=True)


def _passphrase(*, confirm: bool) -> str:
    given = os.environ.get(_FROM_SURROUNDINGS)
    if given is not None:
        return given
    if not can_ask():
        raise click.UsageError(_("Give the passphrase in KMTUI_PASSPHRASE."))
    again = _("Once more") if confirm else False
    found: str = click.prompt(
        _("Passphrase"), hide_input=True, confirmation_prompt=again, err=True, default=""
    )
    return found


def _trust(team: Team, laptop: str, digits: str, *, unsigned: bool) -> None:
    waiting = [one for one in team.laptops() if one.laptop == laptop and not one.trusted]
    signed = [one.fingerprint for one in waiting if one.fingerprint]
    if not digits and len(signed) == 1 and not unsigned:
        digits = signed[0]
        _must_be_so(
            _("Read out on the other laptop with `kmtui secure`: is it {digits}?").format(
                digits=digits
            ),
            _("Give the digits that were read out with --fingerprint."),
        )
    team.trust(laptop, digits=digits, unsigned=unsigned)


def _must_be_so(question: str, else_: str) -> None:
    if not can_ask():
        raise click.UsageError(else_)
    if not ask_yes(question, default=False):
        raise click.Abort


def _tell(notebook: Notebook) -> None:
    team = notebook.team
    mine = team.fingerprint() if team.is_on else ""
    others = team.laptops() if team.is_on else ()
    names = {one.id: one.name for one in notebook.laptops()}
    if wants_json():
        answer(
            {
                "on": team.is_on,
                "laptop": notebook.laptop,
                "fingerprint": mine,
                "laptops": [
                    {
                        "id": one.laptop,
                        "name": names.get(one.laptop, ""),
                        "fingerprint": one.fingerprint,
                        "trusted": one.trusted,
                        "vouched_by": list(one.by),
                        "unsigned": one.unsigned,
                    }
                    for one in others
                ],
            }
        )
        return
    if not team.is_on:
        answer_lines([_("Keys are off: sticks can be read by whoever finds them.")])
        return
    answer_lines([_("Keys are on: what goes to a stick is encrypted and signed.")])
    rows: list[tuple[str, ...]] = [(_("this laptop"), notebook.laptop, mine)]
    rows += [
        (_state(one, names), one.laptop, one.fingerprint or "-", names.get(one.laptop, ""))
        for one in others
    ]
    answer_lines(one_line(line) for line in columns(rows))


def _state(one: Vouched, names: Mapping[str, str]) -> str:
    if one.by:
        who = ", ".join(names.get(voucher) or voucher for voucher in one.by)
        return _("trusted: {who} vouches").format(who=who)
    if one.trusted:
        return _("trusted")
    if one.unsigned and not one.fingerprint:
        return _("without a signature: {n} files").format(n=one.unsigned)
    return _("not known here")
