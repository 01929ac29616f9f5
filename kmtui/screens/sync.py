"""Sync: laptops meet in a folder; first what would come in, then the meeting, then what it did."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, ClassVar, Final

from textual.binding import BindingType

from kmtui import keys
from kmtui.asking import Pace
from kmtui.reach import first_folder, need_reach
from kmtui.screens.card import CardScreen
from kmtui.screens.choose_path import ChoosePath
from kmtui.screens.laptop import LaptopScreen
from kmtui.spoken_days import day_in_a_list
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Told
from kmtui.widgets.laptop_rows import LOOKED_AT, twins_sentence
from kmtui.widgets.met_lines import laptop_lines, met_lines, unknown_lines
from kmtui.words import _, figure, told
from store.carrier.readings import Met, UsedCarrier
from store.errors import N_, StoreError
from store.notebook import Notebook
from store.records import RecordId
from store.secure.team import Team

_OFTEN: Final = 0.2
"""Seconds between two tellings of how far a meeting has come."""


class SyncScreen(CardScreen):
    """Folders used before, another folder, and the meeting itself."""

    NAME: ClassVar[str] = N_("Meet other laptops")
    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "sync.meet", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = (*HINTS[:-1], "app.menu")
    BINDINGS: ClassVar[list[BindingType]] = [*keys.of("sync.meet")]

    def __init__(self) -> None:
        super().__init__(RecordId(""))
        self._folder: Path | None = None
        self._met: Met | None = None
        self._refused = ""
        self._is_meeting = False
        self._wants_stop = False
        self._told_at = 0.0

    def read(self, notebook: Notebook) -> CardReading:
        """The folders, and what the last look or meeting came to."""
        has_met = self._met is not None and not self._met.dry_run
        twins = len(notebook.twins(most=LOOKED_AT)) if has_met else 0
        lines = [
            *_of_keys(notebook.team),
            *self._lines(notebook.carriers(), notebook.folder, twins),
            *laptop_lines(notebook.laptops()),
        ]
        return CardReading(str(self._folder or ""), tuple(lines))

    def _lines(self, used: tuple[UsedCarrier, ...], own: Path, twins: int) -> Iterator[Line]:
        if self._refused:
            yield Told(self._refused, "warning")
            yield Told("")
        if self._met is not None:
            yield from met_lines(self._met)
            yield from unknown_lines(self._met.unknown)
            yield Told("")
        if twins:
            yield Deed("twins", twins_sentence(twins))
        if self._folder is not None and (self._met is None or self._met.dry_run):
            yield Deed("meet", _("Meet now (F5)"))
        if self._folder is None and not used:
            yield Told(_("Put a stick in, or name a folder that all laptops reach."), "")
            yield Told("")
        for one in used:
            if one.folder != self._folder:
                yield Deed(f"look:{one.folder}", _carrier_words(one))
        yield Deed("choose", _("another folder …"))
        yield Told("")
        yield Told(_("This notebook: {folder}").format(folder=own))

    def read_again(self) -> None:
        """Not while a meeting is under way, nor where it was left meanwhile."""
        if self.is_attached and not self._is_meeting:
            super().read_again()

    # up

    def do(self, deed: str) -> None:
        """Look into a folder, choose another, or meet."""
        what, _colon, folder = deed.partition(":")
        match what:
            case "look":
                self._look(Path(folder))
            case "choose":
                start = self._folder or first_folder()
                self.app.call_later(self.app.open_screen, ChoosePath(self._look, start=start))
            case "meet":
                self.action_meet()
            case "trust":
                self._trust(folder)
            case "take_in" | "leave_out":
                self._decide(what, int(folder))
            case "laptop":
                self.app.call_later(self.app.open_screen, LaptopScreen(folder), self.read_again)
            case "twins" | "conflicts":
                self.app.call_later(self.app.action_room, what)

    def _trust(self, laptop: str) -> None:
        """Somebody has heard the digits and says that they are the same."""

        def trusted(_none: None) -> None:
            self.app.tell(_("Trusted. Meet once more, and what it wrote comes in."))
            self.read_again()

        if self.app.writable:
            self.app.ask(lambda notebook: notebook.team.trust(laptop), trusted)
        else:
            self.app.tell_reading_only()

    def _decide(self, what: str, at: int) -> None:
        """Somebody has said whether a notebook that nobody here knows comes in."""
        unknown = self._met.unknown[at : at + 1] if self._met is not None else ()
        laptops = [stranger.id for one in unknown for stranger in one.laptops]
        if not self.app.writable:
            self.app.tell_reading_only()
        elif what == "take_in":
            self._run(dry_run=False, accept=laptops)
        else:
            self.app.ask(
                lambda notebook: notebook.set_aside(laptops), lambda _none: self._run(dry_run=True)
            )

    def _look(self, folder: Path) -> None:
        """Say what a meeting in this folder would do."""
        self._folder = folder
        self._run(dry_run=True)

    def action_meet(self) -> None:
        """Meet in the folder that was looked into; without one, in the one used last."""
        if self._is_meeting:
            return
        if self._folder is not None and self._met is not None:
            if self.app.writable:
                self._run(dry_run=False)
            else:
                self.app.tell_reading_only()
            return
        self.app.ask(lambda notebook: notebook.carriers(), self._look_at_last, saves=False)

    def _look_at_last(self, used: tuple[UsedCarrier, ...]) -> None:
        there = [one for one in used if one.there]
        if there:
            self._look(there[0].folder)
        else:
            self.do("choose")

    def _run(self, *, dry_run: bool, accept: Collection[str] = ()) -> None:
        folder = self._folder
        if folder is None or not self.is_attached:
            return
        self._is_meeting, self._wants_stop, self._refused = True, False, ""
        app = self.app

        def how_far(done: int, of: int) -> None:
            now = time.monotonic()
            if of and now - self._told_at >= _OFTEN:
                self._told_at = now
                app.call_later(self._tell_progress, done, of)

        self.bar.say(_("looking …") if dry_run else _("meeting … Esc stops"))

        def meet(notebook: Notebook) -> Met:
            need_reach(folder)
            return notebook.meet(
                folder,
                dry_run=dry_run,
                progress=how_far,
                stop=lambda: self._wants_stop,
                accept=accept,
            )

        app.ask(
            meet,
            self._done,
            self._not_done,
            saves=not dry_run,
            pace=Pace.LONG,
        )

    def _tell_progress(self, done: int, of: int) -> None:
        if self.is_attached and self._is_meeting:
            words = _("{percent} % of {size} MB · Esc stops")
            size = figure(f"{of / 1_000_000:.1f}")
            self.bar.say(words.format(percent=figure(100 * done // of), size=size))

    def _done(self, met: Met) -> None:
        self._is_meeting, self._met = False, met
        self.read_again()

    def _not_done(self, error: StoreError) -> None:

        self._is_meeting, self._met = False, None
        self._refused = told(error)
        self._folder = None
        self.read_again()

    def _back(self) -> None:
        if self._is_meeting:
            self._wants_stop = True
            self.bar.say(_("stopping at a whole file …"))
        else:
            super()._back()

    def keep(self, field: Field, value: Any) -> None:
        """There is no field here."""

    def action_trash(self) -> None:
        """A meeting removes nothing."""

    def action_history(self) -> None:
        """What came in is in the history of each record."""

    def action_undo(self) -> None:
        """A meeting is not taken back; each change can be."""


def _of_keys(team: Team) -> Iterator[Line]:
    """Under keys: that they are on, and who waits for somebody's word."""
    if not team.is_on:
        return
    try:
        waiting = [one for one in team.laptops() if one.fingerprint and not one.trusted]
        mine = team.fingerprint() if waiting else ""
    except StoreError as error:
        yield Told(told(error), "warning")
        return
    yield Told(_("What goes to the folder is encrypted to the team."))
    if waiting:
        words = _("Read these digits out: here {digits}. Enter where the other one reads the same:")
        yield Told(words.format(digits=mine), "warning")
    for one in waiting:
        words = _("laptop {laptop}: {digits}")
        words = words.format(laptop=one.laptop, digits=one.fingerprint)
        yield Deed(f"trust:{one.laptop}", words)
    yield Told("")


def _carrier_words(one: UsedCarrier) -> str:
    when = day_in_a_list(one.last.date()) if one.last else ""
    there = "" if one.there else " · " + _("not there now")
    return f"{one.folder} · {when}{there}" if when else f"{one.folder}{there}"
