"""`kmtui office`: the change lines of many laptops as one file, and as tables, for an office."""

from __future__ import annotations

from pathlib import Path

import click

from kmtui.meeting import held_sentence
from kmtui.words import _, counted, figure, told
from store.device import read_device
from store.errors import N_
from store.office.packing import Packed, pack
from store.office.tables import statements, write_tables
from store.secure.guard import Guard, guard_of

from .columns import one_line
from .door import folder
from .job import Job
from .sync import Shown, bytes_done
from .telling import answer, answer_lines, talk, wants_json

DONE_IN_PART = 3


@click.command(
    "office",
    cls=Job,
    help=N_(
        "Pack the change lines of the folders in which laptops meet into one file, for an office"
        " with many of them. The folders are only read. Exit code 3: something was left out."
    ),
)
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="FOLDER...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("The file, .parquet or .csv."),
)
@click.option(
    "--tables",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=N_("Write sessions, lessons, roles, outcomes and open conflicts there as .csv too."),
)
@click.option(
    "--sql",
    type=click.Choice(["duckdb", "postgres"]),
    help=N_("Print the fold for who runs the engine alone; nothing is packed."),
)
def office_command(
    folders: tuple[Path, ...], output: Path | None, tables: Path | None, sql: str | None
) -> None:
    """Verified, each line once."""
    context = click.get_current_context()
    if sql is not None:
        text = "\n".join(map(statements, (sql, "fold", "tables")))
        answer({"sql": text}) if wants_json() else answer_lines(text.splitlines())
        return
    if not folders or output is None:
        raise click.UsageError(_("Name the folders, and the file with -o."), context)
    guard = _guard()
    with Shown(bytes_done) as shown:
        try:
            packed = pack(folders, output, guard=guard, progress=shown)
        finally:
            guard.keep()  # whom `kmtui secure --trust` may name from now on
    counts = write_tables(output, tables) if tables is not None else {}
    _tell(packed, output, tables, counts)
    if packed.held:
        context.exit(DONE_IN_PART)


def _guard() -> Guard:
    """The keys of this user's notebook, where it has some."""
    place = folder()
    device = read_device(place)
    return guard_of(place, device.id) if device else Guard()


def _tell(packed: Packed, output: Path, tables: Path | None, counts: dict[str, int]) -> None:
    if wants_json():
        held = [
            {"file": one.file, "reason": told(one.refusal), "retry": one.retry}
            for one in packed.held
        ]
        answer(
            {
                "file": str(output),
                "segments": packed.segments,
                "changes": packed.changes,
                "laptops": list(packed.laptops),
                "held": held,
                "tables": counts,
            }
        )
        return
    changes = counted("{count} change", "{count} changes", packed.changes)
    laptops = counted("{count} laptop", "{count} laptops", len(packed.laptops))
    lines = [
        _("{file} holds {changes} of {laptops}.").format(
            file=output,
            changes=changes.format(count=figure(packed.changes)),
            laptops=laptops.format(count=figure(len(packed.laptops))),
        )
    ]
    lines.append(f"{_('closed files')} {figure(packed.segments)}")
    lines += [f"{name} {figure(count)}" for name, count in counts.items()]
    answer_lines(one_line(line) for line in lines)
    for one in packed.held:
        talk(one_line(f"! {held_sentence(one)}"))
    if tables is not None:
        talk(_("The tables are in {folder}.").format(folder=tables))
