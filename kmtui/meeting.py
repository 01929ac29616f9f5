"""What a meeting of laptops came to, in words and as the JSON that scripts read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kmtui.words import _, counted, figure, told
from store.carrier.readings import HeldFile, Joined, Laptop, Met
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
        },
        "held": [
            {"file": one.file, "reason": told(one.refusal), "retry": one.retry} for one in met.held
        ],
        "conflicts": met.conflicts,
        "laptops": [_laptop_shape(one) for one in met.laptops],
        "warnings": [
            {"kind": kind, "message": message} for kind, message in warning_sentences(met)
        ],
    }


def _laptop_shape(laptop: Laptop) -> dict[str, Any]:
    return {
        "id": laptop.id,
        "name": laptop.name or None,
        "last_seen": laptop.last_seen.isoformat(timespec="seconds") if laptop.last_seen else None,
        "changes": laptop.changes,
    }


def warning_sentences(met: Met) -> Iterator[tuple[str, str]]:
    """Everything that a person should hear, each with its kind."""
    for one in met.joined:
        yield "joined", joined_sentence(one, dry_run=met.dry_run)
    for notice in met.warnings:
        yield notice.kind, notice_sentence(notice)


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
    return sentence.format(name=joined.name or joined.id, sessions=session_count(joined.sessions))


def held_sentence(held: HeldFile) -> str:
    """Why a file was not taken in, and whether it helps to wait."""
    return told(held.refusal)


def came_in_sentence(met: Met) -> str:
    """What came in, or would: ``12 new sessions from 3 laptops, 2 changed on both, 0 removed``."""
    sentence = _("{sessions} from {laptops}, {both} changed on both, {removed} removed")
    return sentence.format(
        sessions=new_session_count(met.received.sessions),
        laptops=laptop_count(met.received.laptops),
        both=figure(met.received.on_both),
        removed=figure(met.removed),
    )


def ending_sentence(met: Met) -> str:
    """Whether the stick may be pulled out."""
    if met.dry_run:
        return _("Nothing was written yet.")
    if met.stopped:
        return _("Stopped. What is done is whole; the next meeting does the rest.")
    if met.safe:
        return _("Everything was written and read back. It is safe to pull out.")
    return _("Not everything of this laptop is in the folder. Nothing is lost here.")


def new_session_count(count: int) -> str:
    """So many new sessions."""
    return counted("{count} new session", "{count} new sessions", count).format(count=figure(count))


def session_count(count: int) -> str:
    """So many sessions."""
    return counted("{count} session", "{count} sessions", count).format(count=figure(count))


def laptop_count(count: int) -> str:
    """So many laptops."""
    return counted("{count} laptop", "{count} laptops", count).format(count=figure(count))


def change_count(count: int) -> str:
    """So many changes."""
    return counted("{count} change", "{count} changes", count).format(count=figure(count))
