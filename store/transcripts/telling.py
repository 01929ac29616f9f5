"""What a proposal asks a person, or tells where nobody can answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store.names import looks_like_role

from .lines import BLANKS, plain
from .proposal import Known, ProposedSpeaker
from .sheet import Sheet

_SHOWN: Final = 60
"""Code points of a line that a sentence repeats."""


def tell(sheet: Sheet, speakers: Sequence[ProposedSpeaker], known: Known) -> None:
    """Write down the findings about speakers and about lines that were left over."""
    first: dict[str, int] = {}
    for turn in sheet.turns:
        first.setdefault(turn.label, turn.line)
    for one in speakers:
        _about(one, first[one.label], sheet)
        meant = [person.name for person in known.people if person.id in one.near]
        if meant and one.person is None:
            names = ", ".join(meant)
            sheet.find("near_name", first[one.label], asks=True, label=one.label, text=names)
    for noted in sheet.not_understood:
        sheet.find("not_understood", noted.line, text=shortened(noted.text))
    left_out = sum(one.kind in ("sticker", "media") for one in sheet.dropped)
    if left_out:
        sheet.find("media_left_out", None, count=left_out)
    for dropped in sheet.dropped:
        if dropped.kind in ("footer", "comment", "box"):
            sheet.find("dropped", dropped.line, text=shortened(dropped.text))


def _about(speaker: ProposedSpeaker, line: int, sheet: Sheet) -> None:
    if speaker.is_role:
        sheet.find("role_word_label", line, asks=True, label=speaker.label)
    elif speaker.person is None and looks_like_role(speaker.name):
        sheet.find("role_word_name", line, asks=True, label=speaker.label)
    if speaker.agency is not None and speaker.agency.in_text:
        sheet.find(
            "agency_column",
            speaker.agency.line,
            asks=True,
            label=speaker.label,
            text=speaker.agency.name,
        )
    for alias in speaker.aliases:
        said = next((turn.line for turn in sheet.turns if alias in plain(turn.text)), line)
        sheet.find("alias", said, asks=True, label=speaker.label, text=alias)


def shortened(text: str) -> str:
    """The start of a line, for a sentence."""
    bare = " ".join(text.strip(BLANKS).split())
    return bare if len(bare) <= _SHOWN else bare[:_SHOWN] + "…"
