"""What a meeting of laptops came to, in words and as the JSON that scripts read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kmtui.laptop_words import (
    change_count,
    forum_count,
    laptop_shape,
    left_out_sentence,
    unknown_shape,
)
from kmtui.words import _, counted, figure, told
from store.carrier.readings import HeldFile, Joined, Met
from store.errors import StoreError
from store.readings import Notice


def met_shape(met: Met) -> dict[str, Any]:
    """A meeting as JSON; a contract, to which keys are only added."""
    return {
        "sent": {"segments": met.sent.segments, "changes": met.sent.changes},
        "received": {
            "segments": met.received.segments,
            "changes": met.received.changes,
            "sessions": met.received.sessions,
            "edited": met.received.edited,
        },
        "held": [
            {"file": one.file, "reason": told(one.refusal), "retry": one.retry} for one in met.held
        ],
        "conflicts": met.conflicts,
        "laptops": [laptop_shape(one) for one in met.laptops],
        "warnings": [
            {"kind": kind, "message": message} for kind, message in warning_sentences(met)
        ],
        "unknown": [unknown_shape(one) for one in met.unknown],
        "left_out": [
            {"id": one.id, "name": one.name or None, "files": one.files} for one in met.left_out
        ],
        "safe": met.safe,
        "whole_look": met.whole_look,
    }


def warning_sentences(met: Met) -> Iterator[tuple[str, str]]:
    """Everything that a person should hear, each with its kind."""
    for one in met.joined:
        yield "joined", joined_sentence(one, dry_run=met.dry_run)
    for notice in met.warnings:
        yield notice.kind, notice_sentence(notice)
    for left in met.left_out:
        yield "left_out", left_out_sentence(left)


def notice_sentence(notice: Notice) -> str:
    """What a warning of a meeting says."""
    refusal = notice.facts.get("refusal")
    return told(refusal) if isinstance(refusal, StoreError) else notice.kind


def joined_sentence(joined: Joined, *, dry_run: bool) -> str:
    """Whose notebook, started apart, comes in with how much."""
    sentence = (
        _("The notebook of {name} was started apart and would come in: {sessions}.")
        if dry_run
        else _("The notebook of {name} was started apart and has come in: {sessions}.")
    )
    return sentence.format(name=joined.name or joined.id, sessions=forum_count(joined.sessions))


def held_sentence(held: HeldFile) -> str:
    """Why a file was not taken in, and whether it helps to wait."""
    return told(held.refusal)


def came_in_sentence(met: Met) -> str:
    """What came in, or would: ``2 new forums, 1 edited forum from 3 laptops``."""
    received = met.received
    if not received.changes:
        return _("Nothing new came in.") if not met.dry_run else _("Nothing new would come in.")
    new, edited = new_forum_count(received.sessions), edited_forum_count(received.edited)
    parts = [*([new] if received.sessions else []), *([edited] if received.edited else [])]
    what = ", ".join(parts) or change_count(received.changes)
    sentence = _("{what} from {laptops}")
    if received.on_both:
        sentence = _("{what} from {laptops}; {both} of them changed here too")
    both, laptops = figure(received.on_both), laptop_count(received.laptops)
    return sentence.format(what=what, laptops=laptops, both=both)


def went_out_sentence(met: Met) -> str:
    """What the folder got of ours, or would get."""
    if met.withheld:
        return ""  # the last sentence says it
    if not met.sent.changes:
        return _("Everything of ours is in the folder already.") if not met.held else ""
    words = _("Goes out: {changes}.") if met.dry_run else _("Went out: {changes}.")
    return words.format(changes=change_count(met.sent.changes))


def ending_sentence(met: Met) -> str:
    """Whether the stick may be pulled out."""
    if met.dry_run:
        return _("Nothing was written yet.")
    if met.stopped:
        return _("Stopped. What is done is whole; the next meeting does the rest.")
    if met.safe and not met.whole_look:
        return _("Everything of this laptop is there. Not everything that is there was looked at.")
    if met.safe:
        return _("Everything was written and read back. It is safe to pull out.")
    if met.withheld and not met.unknown:
        return _("Only laptops that are set aside have something here. Nothing was given.")
    if met.withheld:
        return _("Nothing was given and nothing taken. Say first what is done with the notebook.")
    return _("Not everything of this laptop is in the folder. Nothing is lost here.")


def new_forum_count(count: int) -> str:
    """So many new forums."""
    return counted("{count} new forum", "{count} new forums", count).format(count=figure(count))


def edited_forum_count(count: int) -> str:
    """So many forums that were here and were edited elsewhere."""
    words = counted("{count} edited forum", "{count} edited forums", count)
    return words.format(count=figure(count))


def laptop_count(count: int) -> str:
    """So many laptops."""
    return counted("{count} laptop", "{count} laptops", count).format(count=figure(count))
