"""What a forum's record still lacks, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kmtui.words import _, figure
from store.errors import N_
from store.readings import Gap
from store.records import RecordId

_SENTENCES: Final[Mapping[str, str]] = {
    "no_recorder": N_("Nobody is named as recorder."),
    "no_turns": N_("Nothing is recorded yet."),
    "no_lesson": N_("No lesson is drawn, and nobody said why there is none."),
    "no_facilitator": N_("Nobody is named as facilitator."),
    "no_date": N_("The day is not known."),
    "no_place": N_("The place is not known."),
    "turn_without_speaker": N_("{count} turns without a speaker."),
    "lesson_without_evidence": N_("A lesson without the words that it came from: {about}"),
    "role_not_checked": N_("Not known yet whether the role was done: {about}"),
    "role_drift": N_("Somebody did another role's job: {about}"),
    "action_without_owner": N_("A task that nobody has taken on: {about}"),
    "action_without_due": N_("A task without a day: {about}"),
    "nobody_present": N_("Nobody is named as present."),
}


def gap_words(gap: Gap, called: Callable[[RecordId], str | None]) -> str:
    """One sentence that names what is missing and whom or which record it is about.

    Args:
        gap: What is missing.
        called: What a record is called: a person's name, a lesson's title, a turn's first words.
    """
    sentence = _(_SENTENCES.get(gap.kind, N_("Something is missing: {about}")))
    about = (called(gap.about) if gap.about and "{about}" in sentence else None) or ""
    return sentence.format(about=about, count=figure(gap.count)).rstrip(" :")
