"""What a meeting came to, who wants to come in, and the laptops, as lines of the Sync page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kmtui.laptop_words import (
    change_count,
    laptop_state,
    seen_words,
    unknown_facts,
    unknown_sentence,
)
from kmtui.meeting import (
    came_in_sentence,
    ending_sentence,
    held_sentence,
    warning_sentences,
    went_out_sentence,
)
from kmtui.spoken_days import day_in_a_list
from kmtui.words import _, figure
from store.carrier.readings import Laptop, Met, Unknown

from .card_lines import Deed, Line, Told, heading


def met_lines(met: Met) -> Iterator[Line]:
    """What a meeting did, or would do."""
    good = met.safe or met.dry_run
    yield Told(came_in_sentence(met), "primary")
    if out := went_out_sentence(met):
        yield Told(out)
    for _kind, sentence in warning_sentences(met):
        yield Told(sentence, "warning")
    for held in met.held:
        yield Told(f"○ {held_sentence(held)}", "warning")
    if met.conflicts:
        words = _("⚡ changed on two laptops: {n}").format(n=figure(met.conflicts))
        yield Told(words, "warning") if met.dry_run else Deed("conflicts", words)
    yield Told(ending_sentence(met), "accent" if good else "warning")


def unknown_lines(several: Iterable[Unknown]) -> Iterator[Line]:
    """For each notebook that nobody here knows what it holds, and the two answers."""
    for at, one in enumerate(several):
        yield Told("")
        yield Told(unknown_sentence(one), "warning")
        for label, words in unknown_facts(one):
            yield Told(f"  {label}: {words}", "")
        yield Deed(f"take_in:{at}", _("Take it in: from now on we are one team"))
        yield Deed(f"leave_out:{at}", _("Leave it out, and do not ask again"))


def laptop_lines(laptops: Iterable[Laptop]) -> Iterator[Line]:
    """A row for each laptop, which opens it; this one first."""
    yield from heading(_("Laptops"))
    for one in laptops:
        seen = seen_words(one, lambda moment: day_in_a_list(moment.date()))
        facts = [one.name or one.id, laptop_state(one), change_count(one.changes), seen]
        yield Deed(f"laptop:{one.id}", " · ".join(fact for fact in facts if fact))
