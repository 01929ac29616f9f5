"""What a proposal asks a person, or tells where nobody can answer, each as one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from store.errors import N_

FindingKind = Literal[
    "two_digit_year", "several_dates", "no_year", "agency_column", "role_word_label",
    "role_word_name", "single_blank_label", "alias", "near_name", "not_understood", "dropped",
    "lost_letters", "sender_guessed", "odd_blank", "weekday_differs", "no_such_day",
    "media_left_out",
]  # fmt: skip
_SENTENCES: Final[Mapping[str, str]] = {
    "two_digit_year": N_("Line {line}: the year of “{text}” has two digits; read as {year}."),
    "several_dates": N_("Line {line}: another date, “{text}”; the first one was taken."),
    "no_year": N_("Line {line}: “{text}” has no year; no date was taken."),
    "agency_column": N_(
        "Line {line}: “{text}” may be the agency of {label}; it stays in the text."
    ),
    "role_word_label": N_(
        "Line {line}: “{label}” is a role word; who spoke was not written, so no person was made."
    ),
    "role_word_name": N_(
        "Line {line}: “{label}” begins with a role word; it was taken for somebody's name."
    ),
    "single_blank_label": N_(
        "Line {line}: “{label}” may be a speaker, but only one blank follows it; it was not split."
    ),
    "odd_blank": N_("Line {line}: only one blank follows “{label}”; read as a turn."),
    "alias": N_("Line {line}: “{text}” may be another name of {label}."),
    "near_name": N_("Line {line}: “{label}” may be {text}."),
    "not_understood": N_("Line {line} was not understood: “{text}”."),
    "dropped": N_("Line {line} is no part of the forum and was left out: “{text}”."),
    "media_left_out": N_("{count} stickers and pictures are no speech and were left out."),
    "lost_letters": N_("Line {line} has letters that were already lost when the file was saved."),
    "sender_guessed": N_("Line {line}: where the sender's name ends was guessed: {label}."),
    "weekday_differs": N_("Line {line}: “{text}” is another day of the week; the date was taken."),
    "no_such_day": N_("Line {line}: there is no such day as in “{text}”; no date was taken."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to ask a person about, or to tell where nobody can answer."""

    kind: FindingKind
    line: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    asks: bool = False
    """A person should answer; the safe reading was taken meanwhile."""

    @property
    def sentence(self) -> str:
        """A template in English; ``facts`` and ``line`` fill it, also after translation."""
        return _SENTENCES[self.kind]

    @property
    def all_facts(self) -> dict[str, object]:
        """What fills the sentence."""
        return {"line": self.line, "text": "", "label": "", "year": "", "count": 0, **self.facts}

    def __str__(self) -> str:
        return self.sentence.format(**self.all_facts)
