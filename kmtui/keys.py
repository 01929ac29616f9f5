"""Every key: what it is called, what it does, and its twin on the Thai (Kedmanee) layout.

A command is one object, so bindings, key line, palette and help cannot disagree. A Ctrl key is
bound once: ``kmtui.kedmanee`` turns its Thai twin into it before anything else sees the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from textual.binding import Binding

from kmtui import kedmanee
from kmtui.words import _
from store.errors import N_

MOST_HINTS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be asked for."""

    id: str
    """``<screen>.<what>``; settings name it."""
    keys: tuple[str, ...]
    """As Textual names them; the first is the one shown. None: the menu and Help lead to it."""
    label: str
    """One word for the key line, in English."""
    tooltip: str
    """One sentence for palette and help, in English."""
    action: str
    first: bool = False
    """Taken before the focused field sees the key, so that keys typed behind it land rightly."""

    @property
    def key_label(self) -> str:
        """The key as people call it; empty where there is none."""
        return called(self.keys[0]) if self.keys else ""

    @property
    def needs_ctrl(self) -> bool:
        """Whether every key of it is Ctrl and something; an all-Thai keyboard may not send it."""
        return all("ctrl+" in key for key in self.keys)


_KEY_NAMES: Final = {
    "ctrl": "Ctrl",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "delete": "Del",
    "insert": "Ins",
    "slash": "/",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}


def called(key: str) -> str:
    """A key as people call it."""
    return "+".join(_KEY_NAMES.get(part, part.capitalize()) for part in key.split("+"))


def _command(
    id_: str, keys: str, label: str, tooltip: str, action: str, *, first: bool = False
) -> Command:
    return Command(
        id=id_,
        keys=tuple(key for key in keys.split(",") if key),
        label=label,
        tooltip=tooltip,
        action=action,
        first=first,
    )


COMMANDS: Final = {
    command.id: command
    for command in (
        _command(
            "app.help",
            "f1",
            N_("Help"),
            N_("What can be done here, key by key"),
            "app.help_here",
            first=True,
        ),
        _command(
            "app.new",
            "f2",
            N_("New forum"),
            N_("Begin recording a forum"),
            "app.new_forum",
            first=True,
        ),
        _command(
            "app.find",
            "f3",
            N_("Find"),
            N_("Find a forum, or words that were said"),
            "app.find",
            first=True,
        ),
        _command("app.home", "ctrl+home", N_("Home"), N_("Back to the first page"), "app.go_home"),
        _command(
            "app.menu",
            "f10,f12,ctrl+p",
            N_("Menu"),
            N_("Everything by its name"),
            "app.command_palette",
        ),
        _command(
            "app.quit",
            "ctrl+q",
            N_("Leave"),
            N_("Leave; everything is kept"),
            "app.quit",
            first=True,
        ),
        _command(
            "app.theme",
            "ctrl+t",
            N_("Colours"),
            N_("Dark, light, or the terminal's own"),
            "app.next_theme",
        ),
        _command(
            "app.terminal",
            "",
            N_("Terminal"),
            N_("Whether this terminal shows Thai as it should"),
            "app.check_terminal",
        ),
        _command(
            "app.sync",
            "f5",
            N_("Sync"),
            N_("Meet other laptops in a folder or on a stick"),
            "app.room('sync')",
        ),
        _command(
            "sync.meet", "f5", N_("Meet"), N_("Give and take in what is new"), "meet", first=True
        ),
        _command(
            "app.conflicts",
            "",
            N_("Edited twice"),
            N_("What was edited on two laptops"),
            "app.room('conflicts')",
        ),
        _command(
            "app.twins",
            "",
            N_("Recorded twice"),
            N_("Forums, people and agencies that may be one"),
            "app.room('twins')",
        ),
        _command("twins.choose", "enter", N_("Choose"), N_("Fold a doubled line, or do it"), ""),
        _command("twins.join", "", N_("Read as one"), N_("Read both as one"), "join"),
        _command(
            "twins.fold_all",
            "",
            N_("Fold all"),
            N_("Fold every line that stands there twice"),
            "fold_all",
        ),
        _command(
            "twins.two",
            "f8",
            N_("Two, not one"),
            N_("They are two: propose them no more"),
            "two",
            first=True,
        ),
        _command("conflict.take", "enter", N_("This one"), N_("Let this value stand"), ""),
        _command("app.lessons", "f4", N_("Lessons"), N_("Every lesson"), "app.room('lessons')"),
        _command(
            "app.read_in",
            "",
            N_("Read in"),
            N_("Read a transcript in: .txt, .docx or saved .html"),
            "app.read_in",
        ),
        _command("read.keep", "f10", N_("Keep"), N_("Keep all of it"), "keep", first=True),
        _command(
            "app.settings",
            "",
            N_("Settings"),
            N_("Whose laptop, the language, the colours"),
            "app.room('settings')",
        ),
        _command("first.skip", "escape", N_("Skip"), N_("All of this can be said later"), ""),
        _command(
            "list.copy",
            "",
            N_("Copy this"),
            N_("Copy what is marked, to paste it elsewhere"),
            "app.copy_this",
        ),
        _command(
            "app.outcomes",
            "",
            N_("Tasks and decisions"),
            N_("Every task, question and decision"),
            "app.room('outcomes')",
        ),
        _command("app.people", "", N_("People"), N_("Everybody"), "app.room('people')"),
        _command("app.agencies", "", N_("Agencies"), N_("Every agency"), "app.room('agencies')"),
        _command("app.series", "", N_("Series"), N_("Forums in parts"), "app.room('series')"),
        _command("app.trash", "", N_("Trash"), N_("What was put away"), "app.room('trash')"),
        _command(
            "record.history",
            "",
            N_("History"),
            N_("Who changed what of this, and when"),
            "history",
        ),
        _command(
            "history.set_back",
            "enter",
            N_("As it was then"),
            N_("Give the field the value again that it had then"),
            "",
        ),
        _command(
            "change.redo", "ctrl+y", N_("Redo"), N_("Do again what was taken back"), "app.redo"
        ),
        _command("help.do", "enter", N_("Do it"), N_("Do what is marked"), ""),
        _command("list.open", "enter", N_("Open"), N_("Open what is marked"), "open", first=True),
        _command("form.begin", "enter", N_("Begin"), N_("Begin recording"), "begin", first=True),
        _command("form.next", "tab", N_("Next"), N_("The next field"), "next_field", first=True),
        _command(
            "form.new_person",
            "f8",
            N_("Somebody new"),
            N_("A name that is nearly a known one is somebody new"),
            "new_person",
            first=True,
        ),
        _command("form.yes", "enter", N_("Yes"), N_("That is right"), ""),
        _command(
            "line.change",
            "enter",
            N_("Change"),
            N_("Change what is marked"),
            "change",
            first=True,
        ),
        _command("line.keep", "enter", N_("Keep"), N_("Keep what is typed"), ""),
        _command("line.new_line", "f9,ctrl+j", N_("New line"), N_("Begin a line"), "new_line"),
        _command("line.leave", "escape", N_("Leave as it was"), N_("Keep nothing of it"), ""),
        _command(
            "go.back", "escape", N_("Back"), N_("Back to where you came from"), "back", first=True
        ),
        _command(
            "change.undo", "ctrl+z", N_("Undo"), N_("Take back this laptop's last change"), "undo"
        ),
        _command(
            "change.delete", "delete", N_("Trash"), N_("Put what is marked into the trash"), "trash"
        ),
        _command(
            "session.record",
            "insert,f11",
            N_("Record"),
            N_("Go on recording this forum"),
            "record",
            first=True,
        ),
        _command(
            "record.next",
            "tab",
            N_("Speaker"),
            N_("The speaker before this one, or the name begun"),
            "",
        ),
        _command(
            "record.lesson", "f6", N_("Lesson"), N_("Draw a lesson from the turn in hand"), ""
        ),
        _command(
            "record.decision", "f7", N_("Decision"), N_("A decision, from the turn in hand"), ""
        ),
        _command("record.action", "f8", N_("Task"), N_("A task, from the turn in hand"), ""),
        _command(
            "record.question",
            "f9",
            N_("Question"),
            N_("An open question, from the turn in hand"),
            "",
        ),
        _command(
            "record.people", "ctrl+r", N_("People"), N_("Who is here, and who does what"), "people"
        ),
        _command(
            "record.finish", "f10", N_("Finish"), N_("What is missing, and the way out"), "finish"
        ),
    )
}
"""By id."""
EVERYWHERE: Final = (
    "app.help",
    "app.new",
    "app.find",
    "app.lessons",
    "app.outcomes",
    "app.people",
    "app.agencies",
    "app.series",
    "app.sync",
    "app.conflicts",
    "app.twins",
    "app.read_in",
    "app.trash",
    "app.settings",
    "list.copy",
    "change.redo",
    "app.home",
    "app.terminal",
    "app.theme",
    "app.quit",
)
"""Ids of what works on every screen, as Help tells it."""


def give(own: Mapping[str, str]) -> None:
    """Name these keys wherever keys are told, instead of the ones that commands come with.

    Args:
        own: By command id, several keys with commas between; ``App.set_keymap`` binds the same.
    """
    for id_, wanted in own.items():
        COMMANDS[id_] = replace(COMMANDS[id_], keys=tuple(wanted.split(",")))


def twins(key: str) -> tuple[str, ...]:
    """The key, and what the same key gives on the Thai layout."""
    twin = kedmanee.twin(key)
    return (key,) if twin is None else (key, twin)


def of(*ids: str) -> list[Binding]:
    """Bindings of these commands."""
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.label,
            show=False,
            id=command.id,
            tooltip=command.tooltip,
            priority=command.first,
        )
        for command in map(COMMANDS.__getitem__, ids)
        if command.action and command.keys
    ]


def hinted(*ids: str) -> list[Command]:
    """These commands, at most seven."""
    return [COMMANDS[one] for one in ids[:MOST_HINTS]]


def hints(*ids: str) -> list[tuple[str, str]]:
    """Key and word of these commands in the language of the interface, at most seven."""
    return [(command.key_label, _(command.label)) for command in hinted(*ids)]
